"""A forgiving scanner of Python source: it never fails, whatever the file holds.

``tokenize`` gives up at the first error and its tokens change between Python versions; suppressions and fingerprints
must read broken files and give the same answer on every interpreter. Strings end where Python ends them (at the end of
the line when they are never closed), replacement fields of f-strings are followed, and a ``#`` inside a string is no
comment.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

_DEEPEST_FIELD = 16

_LEXEME = re.compile(
    r"""
    (?P<blank>[ \t\f\v\ufeff]+|\\(?:\r\n|\r|\n))
  | (?P<newline>\r\n|\r|\n)
  | (?P<comment>\#[^\r\n]*)
  | (?P<prefix>[A-Za-z]{0,3})(?P<quote>\"\"\"|'''|"|')
  | (?P<number>0[xXoObB]\w+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?)
  | (?P<name>\w+)
  | (?P<op>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PREFIXES = frozenset({"", "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt"})


class Token(NamedTuple):
    """A piece of source. ``kind`` is name, number, string, op, comment or newline."""

    kind: str
    text: str
    start: int
    end: int


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a source in order, white space and continued lines left out.

    Args:
        source: any text, complete Python or not.

    Yields:
        Tokens that never overlap; every character that is no white space is in exactly one.
    """
    position = 0
    while position < len(source):
        found = _LEXEME.match(source, position)
        assert found is not None
        kind = found.lastgroup or "op"
        end = found.end()
        if kind == "quote":
            prefix = found["prefix"].lower()
            if prefix in _PREFIXES:
                kind = "string"
                end = _string_end(source, found.end(), found["quote"], "f" in prefix or "t" in prefix, 0)
            else:
                kind, end = "name", found.start("quote")
        if kind != "blank":
            yield Token(kind, source[position:end], position, end)
        position = end


def _string_end(source: str, position: int, quote: str, fields: bool, depth: int) -> int:
    """The offset behind a string whose opening quote ends at ``position``."""
    while position < len(source):
        character = source[position]
        if character == "\\":
            position += 3 if source.startswith("\r\n", position + 1) else 2
        elif source.startswith(quote, position):
            return position + len(quote)
        elif character in "\r\n" and len(quote) == 1:
            return position
        elif fields and character == "{":
            if source.startswith("{{", position):
                position += 2
            else:
                position = _field_end(source, position + 1, quote, depth + 1)
        else:
            position += 1
    return len(source)


def _field_end(source: str, position: int, quote: str, depth: int) -> int:
    """The offset behind a replacement field, or where it breaks off."""
    nesting = 0
    last_brace = -2
    while position < len(source):
        character = source[position]
        if character in "\r\n" and len(quote) == 1:
            return position
        if character in "\"'" and depth <= _DEEPEST_FIELD:
            inner = source[position : position + 3] if source[position : position + 3] in ('"""', "'''") else character
            if inner == quote and len(quote) == 1:
                # Nothing behind it on the line closes the field: the quote can only end the string.
                last_brace = _last_brace(source, position) if last_brace == -2 else last_brace
                if last_brace < position:
                    return position
            prefix = source[max(position - 2, 0) : position].lower()
            position = _string_end(source, position + len(inner), inner, "f" in prefix or "t" in prefix, depth)
        elif character in "([{":
            nesting += 1
            position += 1
        elif character == "}" and nesting == 0:
            return position + 1
        elif character in ")]}":
            nesting = max(nesting - 1, 0)
            position += 1
        elif character == ":" and nesting == 0:
            return _format_end(source, position + 1, quote, depth)
        else:
            position += 1
    return len(source)


def _last_brace(source: str, position: int) -> int:
    """The offset of the last closing brace on a line, -1 for none."""
    ends = [end for end in (source.find("\n", position), source.find("\r", position)) if end >= 0]
    return source.rfind("}", position, min(ends, default=len(source)))


def _format_end(source: str, position: int, quote: str, depth: int) -> int:
    while position < len(source):
        character = source[position]
        if (character in "\r\n" and len(quote) == 1) or (len(quote) == 3 and source.startswith(quote, position)):
            return position
        if character == "}":
            return position + 1
        if character == "{" and depth <= _DEEPEST_FIELD:
            position = _field_end(source, position + 1, quote, depth + 1)
        else:
            position += 1
    return len(source)


class LineMap:
    r"""Offsets of a source by line (1-based); ``\r\n``, ``\r`` and ``\n`` end lines."""

    def __init__(self, source: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", source))]
        self._length = len(source)

    def line(self, offset: int) -> int:
        """The line an offset stands on."""
        return bisect_right(self._starts, offset)

    def start(self, line: int) -> int:
        """The offset at which a line begins; the end of the source for a line behind it."""
        return self._starts[line - 1] if 0 < line <= len(self._starts) else self._length

    def offset(self, line: int, column: int) -> int:
        """The offset of a 1-based line and column, never behind the source."""
        return min(self.start(line) + column - 1, self._length)
