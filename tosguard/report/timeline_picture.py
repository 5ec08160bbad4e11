"""The timeline of terms as a picture: a bar a version, a row a document, a line at the audit date. Only geometry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor

from tosguard.report.prose import one_line
from tosguard.report.terms import TermsTimeline, TermsVersion, documents_of, year_fraction

_LABELS = 250
_WIDTH = 900
_ROW = 30
_TOP = 34
_LABEL_LIMIT = 38
_MOST_TICKS = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One version as a bar. ``open_ended`` where nothing has replaced it yet, ``in_force`` on the date of the audit."""

    x: int
    y: int
    width: int
    in_force: bool
    open_ended: bool
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """Text at a place."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """Everything the template needs to draw the timeline, in pixels. ``undated`` counts versions without a start."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    rows: tuple[Label, ...]
    ticks: tuple[Label, ...]
    as_of_x: int
    as_of: str
    undated: int


def timeline_picture(timeline: TermsTimeline, names: dict[str, str]) -> TimelinePicture | None:
    """Lay out the timeline.

    Args:
        timeline: versions and the date of the audit.
        names: display names of providers by id.

    Returns:
        The picture, or None where no version or no audit date can be placed.
    """
    today = year_fraction(timeline.as_of)
    dated = [v for v in timeline.versions if year_fraction(v.effective) is not None]
    if today is None or not dated:
        return None
    starts = [year_fraction(v.effective) or today for v in dated]
    ends = [year_fraction(v.superseded) or today for v in dated]
    low, high = floor(min([*starts, today])), ceil(max([*starts, *ends, today]) + 0.25)
    scale = (_WIDTH - _LABELS - 10) / (high - low)

    def place(year: float) -> int:
        return _LABELS + round((year - low) * scale)

    documents = [document for document in documents_of(timeline) if not set(document.versions).isdisjoint(dated)]
    rows = tuple(
        Label(0, _TOP + index * _ROW + 15, _row_label(names.get(document.provider, document.provider), document.title))
        for index, document in enumerate(documents)
    )
    bars = tuple(
        _bar(version, place, _TOP + index * _ROW)
        for index, document in enumerate(documents)
        for version in document.versions
        if year_fraction(version.effective) is not None
    )
    step = max(1, ceil((high - low) / _MOST_TICKS))
    ticks = tuple(Label(place(year), 14, str(year)) for year in range(low, high, step))
    return TimelinePicture(
        _WIDTH,
        _TOP + len(documents) * _ROW + 8,
        bars,
        rows,
        ticks,
        place(today),
        timeline.as_of,
        len(timeline.versions) - len(dated),
    )


def _bar(version: TermsVersion, place: Callable[[float], int], y: int) -> Bar:
    start = place(year_fraction(version.effective) or 0.0)
    end = year_fraction(version.superseded)
    stop = _WIDTH - 10 if end is None else place(end)
    until = version.superseded or "today or later"
    return Bar(
        x=start,
        y=y,
        width=max(4, stop - start - 2),
        in_force=version.in_force,
        open_ended=end is None,
        title=f"{one_line(version.document)}, version {one_line(version.version)}: {version.effective} to {until}",
    )


def _row_label(provider: str, document: str) -> str:
    name, title = one_line(provider), one_line(document)
    text = title if title.casefold().startswith(name.casefold()) else f"{name}: {title}"
    return text if len(text) <= _LABEL_LIMIT else text[: _LABEL_LIMIT - 1] + "…"
