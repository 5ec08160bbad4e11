"""Markdown that shows any text as text: what the text says never becomes markup, a link, a mention or a table cell."""

from __future__ import annotations

import re

from tosguard.report.prose import code_line, one_line, web_link

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#&!$])")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)")
_BLOCK_START = re.compile(r"^([-+=]|\d{1,9}[.)](?=\s|$))")
_MENTION = "@"


def text(value: str, limit: int = 0) -> str:
    """Prose inside a paragraph, list item, heading or table cell.

    Args:
        value: any text; it ends up on one line.
        limit: the most characters to keep (0: all).

    Returns:
        Markdown that renders as ``value``. A zero-width space stands behind ``@`` so that nobody is notified.
    """
    escaped = _SPECIAL.sub(r"\\\1", one_line(value, limit))
    escaped = _AUTOLINK.sub(lambda m: f"{m[1]}\\:" if m[1] else f"{m[3]}\\.", escaped)
    escaped = escaped.replace(_MENTION, _MENTION + "\u200b")
    return _BLOCK_START.sub(lambda m: m[0][:-1] + "\\" + m[0][-1], escaped)


def code(value: str, limit: int = 0, *, cell: bool = False) -> str:
    """A code span that no backtick in the text can end.

    Args:
        value: any text; it ends up on one line.
        limit: the most characters to keep (0: all).
        cell: whether the span stands in a table cell, where a bar would end the cell even in code.

    Returns:
        Markdown, or "" for empty text.
    """
    content = one_line(value, limit)
    if not content:
        return ""
    if cell:
        content = content.replace("|", "\\|")
    ticks = "`" * (max(map(len, re.findall("`+", content)), default=0) + 1)
    pad = " " if content.startswith("`") or content.endswith("`") else ""
    return f"{ticks}{pad}{content}{pad}{ticks}"


def code_block(lines: list[str], language: str = "") -> str:
    """A fenced block that no line of it can end.

    Args:
        lines: its lines, without line ends.
        language: the info string.

    Returns:
        Markdown that ends with a line break.
    """
    body = [code_line(line) for line in lines]
    fence = "`" * max(3, max((len(run) for line in body for run in re.findall("`+", line)), default=0) + 1)
    return "\n".join([fence + language, *body, fence]) + "\n"


def link(title: str, url: str) -> str:
    """A link where the address is a plain web address, else the title and the address as text.

    Args:
        title: what the link says.
        url: where it leads.

    Returns:
        Markdown.
    """
    address = web_link(url)
    if address:
        return f"[{text(title)}](<{address}>)"
    return f"{text(title)} ({code(url)})" if url else text(title)


def table(header: list[str], rows: list[list[str]]) -> str:
    """A table of cells that are Markdown already.

    Args:
        header: the column titles.
        rows: the cells.

    Returns:
        Markdown that ends with a line break, or "" without rows.
    """
    if not rows:
        return ""
    lines = [f"| {' | '.join(header)} |", "|" + " --- |" * len(header)]
    lines += [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join(lines) + "\n"
