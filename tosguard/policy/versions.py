"""Which snapshot was in force on a date, and which edition of a licence a model id stands under."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tosguard.errors import UsageError
from tosguard.policy.conditions import pattern
from tosguard.policy.model import Edition

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class PackEntry:
    """One line of the index: a snapshot, the days it describes (``until`` exclusive, "" = open), file and digest."""

    provider: str
    version: str
    until: str
    path: str
    sha256: str

    def covers(self, as_of: date) -> bool:
        """Whether the snapshot describes ``as_of``."""
        day = as_of.isoformat()
        return self.version <= day and (not self.until or day < self.until)


def parse_date(text: str, *, where: str = "") -> date:
    """A date as users write it.

    Raises:
        UsageError: if ``text`` is not a day of the calendar in the form YYYY-MM-DD.
    """
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is not a date", where=where, next_step="write it as YYYY-MM-DD, for example 2026-01-01"
        ) from error


def is_date(text: str) -> bool:
    """Whether ``text`` is a day of the calendar, written YYYY-MM-DD."""
    try:
        return bool(_DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def in_force(entries: Iterable[PackEntry], provider: str, as_of: date) -> PackEntry | None:
    """The snapshot of ``provider`` that describes ``as_of``, or None before the first one and in a gap."""
    return next((entry for entry in entries if entry.provider == provider and entry.covers(as_of)), None)


def first_after(entries: Iterable[PackEntry], provider: str, as_of: date) -> str:
    """The version of the earliest snapshot that begins after ``as_of``, "" if there is none."""
    later = [e.version for e in entries if e.provider == provider and e.version > as_of.isoformat()]
    return min(later, default="")


def overlaps(entries: Iterable[PackEntry]) -> tuple[tuple[PackEntry, PackEntry], ...]:
    """Pairs of snapshots of one provider that claim the same days."""
    found: list[tuple[PackEntry, PackEntry]] = []
    by_provider: dict[str, list[PackEntry]] = {}
    for entry in entries:
        by_provider.setdefault(entry.provider, []).append(entry)
    for group in by_provider.values():
        group.sort(key=lambda entry: entry.version)
        for earlier, later in itertools.pairwise(group):
            if not earlier.until or earlier.until > later.version:
                found.append((earlier, later))
    return tuple(found)


def editions_of(editions: Iterable[Edition], models: Iterable[str]) -> tuple[Edition, ...]:
    """The editions under which the given model ids stand; the first that matches an id counts, in the pack's order."""
    listed = tuple(editions)
    chosen = []
    for model in models:
        match = next((edition for edition in listed if pattern(edition.models).search(model)), None)
        if match is not None and match not in chosen:
            chosen.append(match)
    return tuple(chosen)
