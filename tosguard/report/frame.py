"""The code frame: the lines of a span with the span underlined, safe against whatever the code holds."""

from __future__ import annotations

import re

from tosguard.report.ansi import Painter
from tosguard.report.escape import columns, visible
from tosguard.usage.model import Location

_CONTEXT = 1
_MOST_LINES = 4
_NEWLINE = re.compile(r"\r\n|\r|\n")


def code_frame(source: str, location: Location, *, width: int, paint: Painter, style: str) -> list[str]:
    """The lines around a location, the span underlined.

    Args:
        source: the text of the file or cell.
        location: the span.
        width: columns available; longer lines are cut around the span.
        paint: adds colour or nothing.
        style: the style of the underline.

    Returns:
        Lines ready to print; none where the source has no such line.
    """
    lines = _NEWLINE.split(source)
    if len(lines) > location.line and not lines[-1]:
        lines.pop()
    if not 1 <= location.line <= len(lines):
        return []
    last = min(location.end_line, len(lines), location.line + _MOST_LINES - 1)
    first_shown = max(1, location.line - _CONTEXT)
    last_shown = min(len(lines), last + _CONTEXT)
    gutter = len(str(last_shown))
    room = max(width - gutter - 3, 20)
    frame = [paint(f"{'':{gutter}} |", "frame")]
    for number in range(first_shown, last_shown + 1):
        marked = location.line <= number <= last
        text, underline = _line(lines[number - 1], _span(location, number) if marked else None, room)
        frame.append(f"{paint(f'{number:>{gutter}} |', 'frame')} {text}".rstrip())
        if underline:
            frame.append(f"{paint(f'{chr(32):{gutter}} |', 'frame')} {_painted(underline, paint, style)}")
    if location.end_line > last:
        more = location.end_line - last
        frame.append(paint(f"{'':{gutter}} | … {more} more line{'s' if more > 1 else ''}", "frame"))
    return frame


def _span(location: Location, number: int) -> tuple[int, int | None]:
    """The 0-based half-open range of characters marked on a line; an end of None is the line's."""
    start = location.column - 1 if number == location.line else 0
    end = location.end_column - 1 if number == location.end_line else None
    return start, end


def _painted(underline: str, paint: Painter, style: str) -> str:
    blank = len(underline) - len(underline.lstrip(" "))
    return underline[:blank] + paint(underline[blank:], style)


def _line(line: str, span: tuple[int, int | None] | None, room: int) -> tuple[str, str]:
    """A line as it is shown and what stands under it."""
    pieces = ["    " if character == "\t" else visible(character) for character in line]
    if span is None:
        return _cut(pieces, 0, room)[0], ""
    start, end = span
    end = len(line) if end is None else min(end, len(line))
    if start == 0:
        start = len(line) - len(line.lstrip())
    start = min(start, len(line))
    text, dropped, prefix = _around(pieces, start, room)
    before = prefix + sum(columns(piece) for piece in pieces[dropped:start])
    marked = max(sum(columns(piece) for piece in pieces[start:end]), 1)
    return text, " " * before + "^" * max(min(marked, room - before), 1)


def _around(pieces: list[str], start: int, room: int) -> tuple[str, int, int]:
    """The line cut so that ``start`` is seen: text, how many characters were dropped in front, columns put there."""
    if columns("".join(pieces)) <= room or columns("".join(pieces[:start])) < room * 2 // 3:
        return _cut(pieces, 0, room)[0], 0, 0
    dropped = start
    kept = 0
    while dropped > 0 and kept + columns(pieces[dropped - 1]) <= room // 3:
        dropped -= 1
        kept += columns(pieces[dropped])
    return "…" + _cut(pieces, dropped, room - 1)[0], dropped, 1


def _cut(pieces: list[str], start: int, room: int) -> tuple[str, bool]:
    used = 0
    kept: list[str] = []
    for piece in pieces[start:]:
        size = columns(piece)
        if used + size > room:
            return "".join(_shortened_to(kept, room - 1)) + "…", True
        kept.append(piece)
        used += size
    return "".join(kept), False


def _shortened_to(pieces: list[str], room: int) -> list[str]:
    while pieces and columns("".join(pieces)) > room:
        pieces = pieces[:-1]
    return pieces
