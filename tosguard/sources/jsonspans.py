"""Where the values of a JSON text stand, for those who must leave its other bytes alone or count its lines."""

from __future__ import annotations

from collections.abc import Iterator
from json.decoder import JSONDecoder
from typing import Any

_DECODER = JSONDecoder()
_BLANKS = " \t\r\n"


def root(text: str) -> int:
    """The offset of the text's value."""
    return _skipped(text, 1 if text.startswith("\ufeff") else 0)


def value_at(text: str, start: int) -> tuple[Any, int]:
    """The value at an offset, and the offset behind it."""
    return _DECODER.raw_decode(text, start)


def elements(text: str, start: int) -> Iterator[int]:
    """The offsets of a list's values; of none if no list begins at ``start``."""
    if text[start] != "[":
        return
    at = _skipped(text, start + 1)
    while text[at] != "]":
        yield at
        at = _skipped(text, _DECODER.raw_decode(text, at)[1])
        at = _skipped(text, at + 1) if text[at] == "," else at


def member(text: str, start: int, name: str) -> int:
    """The offset of a value of an object, -1 where it has none of this name or is no object."""
    if text[start] != "{":
        return -1
    at = _skipped(text, start + 1)
    while text[at] != "}":
        key, end = _DECODER.raw_decode(text, at)
        at = _skipped(text, _skipped(text, end) + 1)
        if key == name:
            return at
        at = _skipped(text, _DECODER.raw_decode(text, at)[1])
        at = _skipped(text, at + 1) if text[at] == "," else at
    return -1


def blanks_before(text: str, at: int) -> str:
    """The white space before an offset."""
    start = at
    while text[start - 1] in _BLANKS:
        start -= 1
    return text[start:at]


def _skipped(text: str, at: int) -> int:
    while text[at] in _BLANKS:
        at += 1
    return at
