"""The flow of one usage as a picture: numbered stations on one lane a file, from the source to the sink.

The numbers are those of the written steps, so the picture stays small and its text alternative complete. Geometry only;
the template writes the SVG.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tosguard.report.prose import counted, one_line, place
from tosguard.usage.model import Step

#: Traces longer than this show their beginning and end, with a gap between.
MOST_STATIONS = 14

_STATION = 50
_LANE = 48
_TOP = 20
_LETTER = 6.7
_LABEL_LIMIT = 30
_LABELS = {"source": "source", "sink": "sink", "via": "via", "loop": "loop", "evidence": "inferred"}


@dataclass(frozen=True, slots=True)
class Station:
    """A step in the picture: its centre, number, role, and the word under it ("" for ordinary steps)."""

    x: int
    y: int
    number: int
    role: str
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A file's lane: its label, cut from the left where long, and its height."""

    label: str
    y: int


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """Everything the template needs to draw one flow, in pixels.

    ``start`` is where the lanes' lines begin. ``followed``, ``inferred`` and ``heads`` are the data of SVG paths: the
    links between neighbouring stations, those that are inferred, lead through another place or stand for left-out
    steps, and the arrow heads.
    """

    width: int
    height: int
    start: int
    lanes: tuple[Lane, ...]
    followed: str
    inferred: str
    heads: str
    stations: tuple[Station, ...]
    omitted: int
    summary: str


def flow_picture(trace: Iterable[Step], *, inferred: bool = False) -> FlowPicture | None:
    """Lay out the picture of a trace.

    Args:
        trace: the steps from source to sink.
        inferred: the use rests on a link that was inferred; what stands behind the last sink is drawn as that link.

    Returns:
        The picture, or None where there is nothing to connect (fewer than two steps).
    """
    numbered = list(enumerate(trace, 1))
    ends = [number for number, step in numbered if step.role == "sink"]
    tail = max(ends, default=len(numbered)) if inferred else len(numbered)
    steps = [(number, step) for number, step in numbered if step.role != "evidence" or number > tail]
    if len(steps) < 2:
        return None
    shown, gap = _abridged(steps)
    names = list(dict.fromkeys(_lane_name(step) for _, step in shown))
    lanes = tuple(Lane(_shorten(name), _TOP + index * _LANE) for index, name in enumerate(names))
    start = round(max(len(lane.label) for lane in lanes) * _LETTER) + 20
    height_of = {name: lane.y for name, lane in zip(names, lanes, strict=True)}
    stations: list[Station] = []
    followed: list[str] = []
    dashed: list[str] = []
    x = start + _STATION // 2
    for index, (number, step) in enumerate(shown):
        y = height_of[_lane_name(step)]
        if index:
            after_gap = gap is not None and index == gap
            x += _STATION * 2 if after_gap else _STATION
            links = dashed if after_gap or step.role in ("via", "evidence") else followed
            links.append(_link(stations[-1], x, y))
        stations.append(Station(x, y, number, step.role, _LABELS.get(step.role, "")))
    return FlowPicture(
        width=x + _STATION // 2 + 6,
        height=_TOP + (len(lanes) - 1) * _LANE + 30,
        start=start,
        lanes=lanes,
        followed="".join(followed),
        inferred="".join(dashed),
        heads="".join(f"M{stop.x - 12} {stop.y}l-7 -4v8z" for stop in stations[1:]),
        stations=tuple(stations),
        omitted=len(steps) - len(shown),
        summary=_summary(steps[0][1], steps[-1][1], len(steps), len({_lane_name(s) for _, s in steps})),
    )


def _abridged(steps: list[tuple[int, Step]]) -> tuple[list[tuple[int, Step]], int | None]:
    if len(steps) <= MOST_STATIONS:
        return steps, None
    half = MOST_STATIONS // 2
    return steps[:half] + steps[-half:], half


def _lane_name(step: Step) -> str:
    name = one_line(step.path)
    return name if step.cell is None else f"{name} [{step.cell}]"


def _shorten(name: str) -> str:
    return name if len(name) <= _LABEL_LIMIT else "…" + name[-(_LABEL_LIMIT - 1) :]


def _link(before: Station, x: int, y: int) -> str:
    start, end, middle = before.x + 11, x - 15, (before.x + x) // 2
    if before.y == y:
        return f"M{start} {y}H{end}"
    return f"M{start} {before.y}C{middle} {before.y} {middle} {y} {end} {y}"


def _summary(first: Step, last: Step, steps: int, files: int) -> str:
    ends = f"{place(first.path, first.line, first.cell)} to {place(last.path, last.line, last.cell)}"
    return f"Flow from {ends}: {counted(steps, 'step')} across {counted(files, 'file')}"
