"""A file, or a place in one, that could not be used; never the end of a run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What was wrong with a file. ``path`` is relative with forward slashes, ``line`` 1-based (0 for the whole file)."""

    path: str
    line: int
    message: str
