"""Which lines of a notebook's cells lie on given lines of its file: git counts the latter, people the former."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import accumulate

from tosguard.sources import jsonspans


def lines_in_cells(text: str, lines: Collection[int]) -> dict[int, frozenset[int]] | None:
    """The lines of code cells that stand on lines of the file.

    Args:
        text: the notebook as JSON.
        lines: 1-based lines of the file.

    Returns:
        The 1-based number of every cell → its lines, maybe none; ``None`` for a file in which cells cannot be found.
    """
    try:
        cells = jsonspans.member(text, jsonspans.root(text), "cells")
        if cells < 0:
            return None
        starts = list(accumulate((len(line) for line in text.split("\n")), lambda at, size: at + size + 1, initial=0))
        wanted = frozenset(lines)
        return {
            number: frozenset(
                inner
                for first, last, row in _strings(text, jsonspans.member(text, cell, "source"), starts)
                if row in wanted
                for inner in range(first, last + 1)
            )
            for number, cell in enumerate(jsonspans.elements(text, cells), 1)
        }
    except (ValueError, IndexError, RecursionError):
        return None


def _strings(text: str, source: int, starts: list[int]) -> Iterator[tuple[int, int, int]]:
    """Each string of a cell's source: the first and last of its lines in the cell, and its line in the file."""
    if source < 0:
        return
    line = 1
    for at in jsonspans.elements(text, source) if text[source] == "[" else (source,):
        value, _ = jsonspans.value_at(text, at)
        if isinstance(value, str):
            breaks = value.count("\n")
            yield line, line + breaks - value.endswith("\n"), bisect_right(starts, at)
            line += breaks
