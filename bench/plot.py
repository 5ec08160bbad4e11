"""A line chart of time against lines, as an SVG that needs nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

_WIDTH, _HEIGHT, _MARGIN = 720, 440, 64
_COLORS = ("#0b6e4f", "#c1440e", "#3d5a99", "#8a6d00", "#6a3d9a")

Points = Sequence[tuple[float, float]]


def chart(series: Mapping[str, Points], title: str, across: str, up: str) -> str:
    """Both axes are logarithmic, so that a straight line is a power and its slope the exponent.

    Args:
        series: points by name.
        title: what is said above.
        across: what the horizontal axis is.
        up: what the vertical one is.
    """
    points = [point for line in series.values() for point in line if min(point) > 0]
    if not points:
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}"/>\n'
    xs, ys = [math.log10(x) for x, _ in points], [math.log10(y) for _, y in points]
    x0, x1, y0, y1 = math.floor(min(xs)), math.ceil(max(xs)), math.floor(min(ys)), math.ceil(max(ys))
    x1, y1 = max(x1, x0 + 1), max(y1, y0 + 1)

    def at(x: float, y: float) -> tuple[float, float]:
        across_ = _MARGIN + (math.log10(x) - x0) / (x1 - x0) * (_WIDTH - 2 * _MARGIN)
        return across_, _HEIGHT - _MARGIN - (math.log10(y) - y0) / (y1 - y0) * (_HEIGHT - 2 * _MARGIN)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif"'
        ' font-size="13">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_WIDTH / 2}" y="28" text-anchor="middle" font-size="16">{title}</text>',
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 16}" text-anchor="middle">{across}</text>',
        f'<text x="18" y="{_HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 18 {_HEIGHT / 2})">{up}</text>',
    ]
    for power in range(x0, x1 + 1):
        x, bottom = at(10**power, 10**y0)
        parts.append(f'<path d="M{x:.1f} {bottom:.1f}V{_MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18:.1f}" text-anchor="middle">{_number(10**power)}</text>')
    for power in range(y0, y1 + 1):
        left, y = at(10**x0, 10**power)
        parts.append(f'<path d="M{left:.1f} {y:.1f}H{_WIDTH - _MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{_number(10**power)}</text>')
    for number, (name, line) in enumerate(series.items()):
        color = _COLORS[number % len(_COLORS)]
        placed = [at(x, y) for x, y in line if min(x, y) > 0]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)
        parts.append(f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts.extend(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{color}"/>' for x, y in placed)
        slope = exponent(line)
        said = f"{name}, exponent {slope:.2f}" if slope is not None else name
        parts.append(f'<text x="{_MARGIN + 12}" y="{_MARGIN + 18 + 18 * number}" fill="{color}">{said}</text>')
    return "\n".join([*parts, "</svg>", ""])


def exponent(points: Points) -> float | None:
    """The power of x that y grows with: the slope of the line of least squares through the logarithms."""
    logs = [(math.log(x), math.log(y)) for x, y in points if min(x, y) > 0]
    if len(logs) < 2:
        return None
    middle_x, middle_y = (sum(values) / len(logs) for values in zip(*logs, strict=True))
    spread = sum((x - middle_x) ** 2 for x, _ in logs)
    return sum((x - middle_x) * (y - middle_y) for x, y in logs) / spread if spread else None


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"
