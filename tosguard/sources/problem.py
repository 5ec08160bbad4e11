"""A file, or a place in one, that could not be used; never the end of a run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What was wrong with a file: relative path with forward slashes, 1-based line (0 for the whole file), words."""

    path: str
    line: int
    message: str
