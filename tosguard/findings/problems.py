"""What is wrong with suppressions, waivers and baseline: worth telling, never a reason to stop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something to tell the user. ``line`` is 0 where none is known.

    ``kind`` is one of suppression-malformed, suppression-without-reason, suppression-unknown-rule, suppression-expired,
    suppression-unused, waiver-unknown-rule, waiver-expired, waiver-expiring, waiver-unused, baseline-dead.
    """

    path: str
    line: int
    kind: str
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message}"


def suggestion(word: str, known: Iterable[str]) -> str:
    """`` (did you mean 'x'?)`` for the nearest known word, or ""."""
    from difflib import get_close_matches

    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f" (did you mean '{near[0]}'?)" if near else ""
