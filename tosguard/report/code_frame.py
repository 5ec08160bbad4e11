"""Code frames: the lines of source that a finding points at, with the span marked and long lines cut around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tosguard.report.wording import source_key
from tosguard.usage.model import Location, Step

#: The most characters shown of one line; minified or generated lines are cut around the marked column.
LINE_WIDTH = 160
_LEAD = 40
#: Lines shown of a span beyond its first; a call may go on for pages.
_SPAN_LINES = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a line; ``marked`` where the finding's span covers it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One line of a frame. ``steps`` are the numbers of the trace steps that stand on it; ``before`` and ``after`` how
    many characters were cut off on either side.
    """

    number: int
    pieces: tuple[Piece, ...]
    steps: tuple[int, ...] = ()
    pointed: bool = False
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """Consecutive lines of one file or notebook cell."""

    path: str
    cell: int | None
    lines: tuple[FrameLine, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A place a frame must show: a span (``end_line`` 0 for a bare position) and the step number (0 for none)."""

    path: str
    cell: int | None
    line: int
    column: int
    end_line: int = 0
    end_column: int = 0
    step: int = 0


def points_of(location: Location, trace: Iterable[Step]) -> tuple[Point, ...]:
    """The places that the frames of one usage show: its location's span, then every step in order.

    Args:
        location: where the usage is.
        trace: its steps; they are numbered from 1.

    Returns:
        Points, the span first.
    """
    span = Point(location.path, location.cell, location.line, location.column, location.end_line, location.end_column)
    steps = (Point(s.path, s.cell, s.line, s.column, step=n) for n, s in enumerate(trace, 1))
    return (span, *steps)


def frames(
    points: Iterable[Point], sources: Mapping[str, str], *, context: int = 2, limit: int = 6
) -> tuple[Frame, ...]:
    """Frames around ``points``, near ones merged, in the order in which the points first name them.

    Args:
        points: the places to show.
        sources: text by path or ``path#cell``; places whose text is missing give no frame.
        context: lines shown around a place.
        limit: the most frames.

    Returns:
        At most ``limit`` frames.
    """
    found: list[tuple[int, list[Point]]] = []
    by_source: dict[tuple[str, int | None], list[tuple[int, Point]]] = {}
    for order, point in enumerate(points):
        by_source.setdefault((point.path, point.cell), []).append((order, point))
    for (path, cell), members in by_source.items():
        if source_key(path, cell) in sources:
            found.extend(_clusters(members, 2 * context + 1))
    found.sort(key=lambda item: item[0])
    shown = (_frame(cluster, sources, context) for _, cluster in found[:limit])
    return tuple(frame for frame in shown if frame.lines)


def _clusters(members: list[tuple[int, Point]], gap: int) -> list[tuple[int, list[Point]]]:
    """Points of one source whose frames would touch, with the order of the first one named."""
    clusters: list[tuple[int, list[Point]]] = []
    last = 0
    for order, point in sorted(members, key=lambda item: (item[1].line, item[0])):
        if not clusters or point.line - last > gap:
            clusters.append((order, [point]))
        else:
            first, group = clusters[-1]
            clusters[-1] = (min(first, order), [*group, point])
        last = point.line
    return clusters


def _frame(points: list[Point], sources: Mapping[str, str], context: int) -> Frame:
    path, cell = points[0].path, points[0].cell
    text = sources[source_key(path, cell)].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = max(1, min(p.line for p in points) - context)
    last = min(len(text), max(min(max(p.end_line, p.line), p.line + _SPAN_LINES) for p in points) + context)
    lines = [_line(text[n - 1], n, points) for n in range(first, last + 1)]
    while lines and _blank(lines[-1]):
        lines.pop()
    while lines and _blank(lines[0]):
        lines.pop(0)
    return Frame(path, cell, tuple(lines))


def _blank(line: FrameLine) -> bool:
    return not line.pointed and not any(piece.text.strip() for piece in line.pieces)


def _line(text: str, number: int, points: list[Point]) -> FrameLine:
    here = [p for p in points if p.line == number]
    start, end = _marked_span(text, number, points)
    anchor = start if end > start else (here[0].column - 1 if here else 0)
    low = 0 if len(text) <= LINE_WIDTH or anchor < LINE_WIDTH - _LEAD else max(0, anchor - _LEAD)
    high = min(len(text), low + LINE_WIDTH)
    start, end = max(start, low), min(end, high)
    if end > start:
        pieces: tuple[Piece, ...] = (Piece(text[low:start]), Piece(text[start:end], True), Piece(text[end:high]))
    else:
        pieces = (Piece(text[low:high]),)
    return FrameLine(
        number=number,
        pieces=tuple(p for p in pieces if p.text),
        steps=tuple(sorted({p.step for p in here if p.step})),
        pointed=bool(here),
        before=low,
        after=len(text) - high,
    )


def _marked_span(text: str, number: int, points: list[Point]) -> tuple[int, int]:
    """Offsets of the marked part of a line; equal where nothing is marked."""
    for point in points:
        if point.end_line and point.line <= number <= point.end_line:
            indent = len(text) - len(text.lstrip())
            start = point.column - 1 if number == point.line else indent
            end = point.end_column - 1 if number == point.end_line else len(text)
            return max(0, start), min(len(text), end)
    return 0, 0
