"""Wrapping of text to a number of columns; wide characters count as two and long words are never cut."""

from __future__ import annotations

from tosguard.report.escape import columns


def wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Text as lines of at most ``width`` columns.

    Args:
        text: one paragraph.
        width: columns available, prefixes included; a word longer than a line stands alone on one.
        first: prefix of the first line.
        rest: prefix of the others.

    Returns:
        At least one line.
    """
    lines: list[str] = []
    line = first
    used = columns(first)
    empty = True
    for word in text.split():
        size = columns(word)
        if not empty and used + 1 + size > width:
            lines.append(line)
            line, used, empty = rest, columns(rest), True
        if empty:
            line, used, empty = line + word, used + size, False
        else:
            line, used = f"{line} {word}", used + 1 + size
    return [*lines, line.rstrip()]
