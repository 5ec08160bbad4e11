"""Writes an inline suppression into a code cell of a notebook, leaving every other byte of the JSON file as it was.

A notebook is not written anew: formatters of JSON differ in indents, escapes and the order of keys, and the file's
history would show a change of all of it. The new line goes between the bytes of the cell's ``source``.
"""

from __future__ import annotations

import json
from typing import Any

from tosguard.errors import ConfigurationError
from tosguard.findings.codemod import insert_suppressions
from tosguard.sources import jsonspans


def insert_into_cell(source: bytes, cell: int, line: int, comment: str, code: str, path: str) -> bytes:
    """A notebook with a comment above a statement of one cell.

    Args:
        source: the file's bytes, in UTF-8.
        cell: the 1-based number of the cell among all cells.
        line: the 1-based line of the finding in the cell.
        comment: see ``suppression_comment``.
        code: the cell's Python, its magics replaced line by line.
        path: the file's name for messages.

    Returns:
        The new bytes: the old ones with one line more in the cell.

    Raises:
        ConfigurationError: the cell holds no such statement, or the notebook is written in a way that leaves no place.
    """
    at, written = _new_line(code, line, comment, path)
    text = source.decode("utf-8")
    start = _source_of(text, cell, path)
    result = _spliced(text, start, at, written + "\n", f"{path}:cell {cell}")
    _check(text, result, cell, at, written, path)
    return result.encode("utf-8")


def _new_line(code: str, line: int, comment: str, path: str) -> tuple[int, str]:
    """Which line of the cell (0-based) the comment becomes, and how it is indented."""
    before = code.split("\n")
    after = insert_suppressions(code.encode("utf-8"), {line: comment}, path).decode("utf-8").split("\n")
    at = next(index for index, new in enumerate(after) if index >= len(before) or new != before[index])
    return at, after[at]


def _source_of(text: str, cell: int, path: str) -> int:
    """The offset of the value of a cell's ``source``."""
    cells = jsonspans.member(text, jsonspans.root(text), "cells")
    start = (
        next((at for number, at in enumerate(jsonspans.elements(text, cells), 1) if number == cell), -1)
        if cells > 0
        else -1
    )
    found = jsonspans.member(text, start, "source") if start > 0 else -1
    if found < 0:
        raise _no_place(f"{path}:cell {cell}", "its cells are not where today's format has them")
    return found


def _spliced(text: str, start: int, at: int, line: str, where: str) -> str:
    """The text with one line more in the string, or list of strings, that begins at ``start``."""
    pieces = list(jsonspans.elements(text, start)) if text[start] == "[" else [start]
    left = at
    for piece in pieces:
        if text[piece] != '"':
            break
        value, end = jsonspans.value_at(text, piece)
        if left == 0 and text[start] == "[":
            if value.startswith("%%"):
                break
            gap = jsonspans.blanks_before(text, piece)
            return f"{text[:piece]}{_quoted(line, text)},{gap}{text[piece:]}"
        breaks = value.count("\n")
        if left < breaks or (left == breaks and text[start] != "["):
            if left == 0 and value.startswith("%%"):
                break
            offset = piece + 1 + _raw_length(text[piece + 1 : end - 1], _line_start(value, left))
            return f"{text[:offset]}{_quoted(line, text)[1:-1]}{text[offset:]}"
        left -= breaks
    raise _no_place(where, "the statement stands on the line of a cell magic")


def _line_start(value: str, line: int) -> int:
    at = 0
    for _ in range(line):
        at = value.index("\n", at) + 1
    return at


def _raw_length(raw: str, characters: int) -> int:
    """How much of a string's JSON makes its first characters."""
    at = 0
    for _ in range(characters):
        if raw[at] != "\\":
            at += 1
        elif raw[at + 1] != "u":
            at += 2
        else:
            is_pair = raw[at + 2 : at + 4].lower() in ("d8", "d9", "da", "db") and raw[at + 6 : at + 8] == "\\u"
            at += 12 if is_pair else 6
    return at


def _quoted(line: str, text: str) -> str:
    """A line as a JSON string, other letters written as the file writes them."""
    return json.dumps(line, ensure_ascii=text.isascii())


def _check(text: str, result: str, cell: int, at: int, written: str, path: str) -> None:
    """Reading the notebook must give the old cells, with one line more in the one meant."""
    before, after = (_lines(json.loads(part.removeprefix("\ufeff")), cell) for part in (text, result))
    if after != [*before[:at], written, *before[at:]]:
        raise _no_place(f"{path}:cell {cell}", "its lines cannot be told apart")


def _lines(document: Any, cell: int) -> list[str]:
    source = document["cells"][cell - 1]["source"]
    return (source if isinstance(source, str) else "".join(source)).split("\n")


def _no_place(where: str, why: str) -> ConfigurationError:
    return ConfigurationError(
        "a comment cannot be written into this cell",
        where=where,
        why=why,
        next_step="record the waiver in the waivers file: waive it without --inline",
    )
