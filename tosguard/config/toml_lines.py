"""On which line of a TOML file a key stands: the parser does not say, and users should not have to search."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'))*)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+)")


def key_line(text: str, path: tuple[str, ...], index: int = 0) -> int:
    """The line a key is written on.

    Args:
        text: the TOML document.
        path: tables and key from the document's root.
        index: which of several ``[[…]]`` tables, from 0.

    Returns:
        The 1-based line; the line of the nearest enclosing table if the key itself is not found; 0 for neither.
    """
    table: tuple[str, ...] = ()
    arrays: dict[tuple[str, ...], int] = {}
    best, depth = 0, 0
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            table = _parts(header[2])
            if header[1] == "[[":
                arrays[table] = arrays.get(table, -1) + 1
            reached = table
        else:
            key = _KEY.match(line)
            if not key:
                continue
            reached = table + _parts(key[1])
        wrong_item = any(path[: len(array)] == array and position != index for array, position in arrays.items())
        if path[: len(reached)] == reached and len(reached) > depth and not (wrong_item and header is None):
            if header is not None and header[1] == "[[" and arrays[table] != index:
                continue
            best, depth = number, len(reached)
    return best


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(next(part for part in found if part) for found in _PART.findall(dotted) if any(found))
