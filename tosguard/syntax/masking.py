"""Blanking what may hide code-like text: comments and the bodies of strings.

The masked source has the length of the source, so every offset means the same in both. A string literal becomes ``"``
followed by NULs, a comment spaces, a joined line two spaces. Holes of f-strings stay readable, which is what gives
calls inside them real positions.
"""

from __future__ import annotations

import re
from bisect import bisect_right

#: What the inside of a string is replaced by. No token contains it: sources with NUL characters are refused earlier.
FILL = "\0"

_PLAIN = r"""
      (?:(?<!\w)(?:[rR][bB]|[bB][rR]|[rRbBuU]))?
      (?: \"{3}[^\"\\]*(?:(?:\\.|\"(?!\"\"))[^\"\\]*)*\"{3}
        | '{3}[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'{3}
        | \"(?!\"\")[^\"\\\r\n]*(?:\\(?:\r\n|.)[^\"\\\r\n]*)*\"
        | '(?!'')[^'\\\r\n]*(?:\\(?:\r\n|.)[^'\\\r\n]*)*'
      )
"""
_OPENER = r"(?<!\w)(?:[fFtT][rR]?|[rR][fFtT])(?:\"{3}|'{3}|\"|')"
_HIDDEN = re.compile(
    rf"(?P<comment>\#[^\r\n]*) | (?P<joined>\\(?:\r\n|[\r\n])) | (?P<template>{_OPENER}) | (?P<plain>{_PLAIN})"
    r"| (?P<endless>\"{3}|'{3}) | (?P<torn>[\"'][^\r\n]*)",
    re.VERBOSE | re.DOTALL,
)
_HOLE = re.compile(
    rf"""(?P<comment>\#[^\r\n]*) | (?P<template>{_OPENER}) | (?P<plain>{_PLAIN})
      | (?P<open>[(\[{{]) | (?P<close>[)\]}}]) | (?P<skip>!=|:=) | (?P<conversion>!) | (?P<spec>:) | (?P<quote>["'])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = r"\\N\{[^}\r\n]*\} | \\(?:\r\n|[^{}]) | \\(?=[{}])"
_RAW_ESCAPE = r"\\(?:\r\n|[^{}]) | \\(?=[{}])"
_NEWLINE = re.compile(r"\r\n|\r|\n")
_LIMIT = 60
#: Each template that does not end was searched to the end of the source in vain; after this many the rest is left.
_MOST_UNCLOSED = 20


class _Unterminated(Exception):
    """The template does not end: it is left to the parser to say so."""


def _literal_pattern(quote: str, raw: bool) -> re.Pattern[str]:
    ends = "" if len(quote) == 3 else r" | (?P<line>[\r\n])"
    escape = _RAW_ESCAPE if raw else _ESCAPE
    return re.compile(
        rf"(?P<escape>{escape}) | (?P<double>\{{\{{|\}}\}}) | (?P<open>\{{) | (?P<close>\}}) | (?P<end>{quote}){ends}",
        re.VERBOSE | re.DOTALL,
    )


_LITERALS = {(quote, raw): _literal_pattern(quote, raw) for quote in ('"""', "'''", '"', "'") for raw in (False, True)}


def mask(source: str) -> str:
    """The source with comments, string bodies and joined lines blanked, character for character.

    Args:
        source: decoded Python source; need not be valid.

    Returns:
        A text of the same length. A quote that is not closed hides the rest of its line; three of them that are not
        closed leave the rest of the source as it is.
    """
    pieces: list[str] = []
    done = unclosed = 0
    search = _HIDDEN.search
    found = search(source)
    while found is not None:
        start, end = found.span()
        pieces.append(source[done:start])
        kind = found.lastgroup
        if kind in ("plain", "torn"):
            pieces.append('"' + FILL * (end - start - 1))
        elif kind == "endless":
            pieces.append(source[start:])
            return "".join(pieces)
        elif kind != "template":
            pieces.append(" " * (end - start))
        else:
            closed = _outer_template(source, start, found.group(), pieces)
            if closed is None:
                # Left readable: what the parser will see must not hide from the check of nesting.
                unclosed += 1
                pieces.append(found.group())
            end = closed or end
            if unclosed > _MOST_UNCLOSED:
                done = end
                break
        done = end
        found = search(source, done)
    pieces.append(source[done:])
    return "".join(pieces)


def line_starts(source: str) -> tuple[int, ...]:
    """The offsets at which the lines of a source begin; a line feed, a carriage return or both end a line."""
    return (0, *(found.end() for found in _NEWLINE.finditer(source)))


def line_and_column(starts: tuple[int, ...], offset: int) -> tuple[int, int]:
    """The 1-based line and column of an offset."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def _outer_template(source: str, start: int, opener: str, pieces: list[str]) -> int | None:
    """Masks an f-string; returns the offset after it, or ``None`` if it does not end."""
    inner: list[str] = []
    try:
        end = _template(source, start, opener, inner, 0)
    except _Unterminated:
        return None
    pieces.extend(inner)
    return end


def _template(source: str, start: int, opener: str, pieces: list[str], depth: int) -> int:
    """Masks the template that begins at ``start``; returns the offset after its closing quote."""
    if depth > _LIMIT:
        raise _Unterminated
    quote = opener.lstrip("fFtTrR")
    pattern = _LITERALS[quote, "r" in opener.lower()]
    pieces.append('"' + FILL * (len(opener) - 1))
    end, ended_by = _literal(source, start + len(opener), pattern, pieces, depth, spec=False)
    if ended_by != "end":
        raise _Unterminated
    return end


def _literal(
    source: str, at: int, pattern: re.Pattern[str], pieces: list[str], depth: int, *, spec: bool
) -> tuple[int, str]:
    """Masks literal text with its holes up to the closing quote, or to the ``}`` that ends a format specification."""
    done = at
    while (found := pattern.search(source, done)) is not None:
        kind = found.lastgroup
        start, end = found.span()
        if spec and kind == "double" and found.group() == "}}":
            kind, end = "close", start + 1
        if kind == "open" or (spec and kind == "double"):
            pieces.append(FILL * (start - done) + "{")
            done = _hole(source, start + 1, pattern, pieces, depth)
        elif kind == "end" or (kind == "close" and spec):
            pieces.append(FILL * (start - done) + (FILL * (end - start) if kind == "end" else "}"))
            return end, str(kind)
        elif kind == "line" and not spec:
            raise _Unterminated
        else:
            pieces.append(FILL * (end - done))
            done = end
    raise _Unterminated


def _hole(source: str, at: int, pattern: re.Pattern[str], pieces: list[str], depth: int) -> int:
    """Masks the expression of a hole and its format specification; returns the offset after its ``}``."""
    done, brackets = at, 0
    while (found := _HOLE.search(source, done)) is not None:
        kind = found.lastgroup
        start, end = found.span()
        pieces.append(source[done:start])
        if kind == "plain":
            pieces.append('"' + FILL * (end - start - 1))
        elif kind == "comment":
            pieces.append(" " * (end - start))
        elif kind == "template":
            end = _template(source, start, found.group(), pieces, depth + 1)
        elif kind == "quote":
            raise _Unterminated
        elif kind == "spec" and not brackets:
            pieces.append(":")
            end, ended_by = _literal(source, end, pattern, pieces, depth + 1, spec=True)
            if ended_by != "close" or depth > _LIMIT:
                raise _Unterminated
            return end
        else:
            pieces.append(source[start:end])
            brackets += (kind == "open") - (kind == "close")
            if brackets < 0:
                return end
        if kind == "skip" and not brackets and found.group() == ":=":
            # Outside brackets ``:`` always opens the specification, even when ``=`` follows.
            pieces[-1] = ":"
            end, _ = _literal(source, start + 1, pattern, pieces, depth + 1, spec=True)
            return end
        done = end
    raise _Unterminated
