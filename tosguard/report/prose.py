"""Text for documents: on one line, of bounded length, with nothing hidden in it; addresses that may become links."""

from __future__ import annotations

import re

from tosguard.report.escape import visible

_BREAKS = re.compile(r"\s*[\n\r\t]\s*")
_WEB = re.compile(r"https?://[^\s\"'<>\\`|()\[\]\x00-\x1f\x7f]+", re.IGNORECASE)


def one_line(text: str, limit: int = 0) -> str:
    """Text on one line, with nothing hidden in it.

    Args:
        text: any text; line breaks and tabs become a space.
        limit: the most characters to keep (0: all); what is left out is counted.

    Returns:
        Text that can be encoded as UTF-8.
    """
    line = flat(text).strip()
    if not limit or len(line) <= limit:
        return line
    return f"{line[:limit]}… ({len(line) - limit:,} more characters)"


def flat(text: str) -> str:
    """Text with line breaks and tabs as spaces and nothing hidden, its own spaces kept.

    Args:
        text: any text.

    Returns:
        Text that can be encoded as UTF-8.
    """
    return visible(_BREAKS.sub(" ", text))


def capital(text: str) -> str:
    """Text with a capital at its beginning, unless the first word is a name: a path, a model id.

    Args:
        text: a statement as the terminal shows it.

    Returns:
        The text as it stands in a document.
    """
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first.isalpha() and first.islower() else text


def code_line(text: str) -> str:
    """A line of code as shown: tabs as four spaces, everything that would not show as its escape.

    Args:
        text: a line without its end, or a part of one.

    Returns:
        Text that can be encoded as UTF-8.
    """
    return visible(text.replace("\t", "    "))


def web_link(url: str) -> str:
    """An address where it is a plain http(s) one that may become a link, else "".

    Args:
        url: an address from a rule pack.

    Returns:
        The address, or "" for other schemes and for addresses with spaces, quotes, brackets or hidden characters.
    """
    return url if _WEB.fullmatch(url) and visible(url) == url else ""


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: ``1 finding``, ``2,000 findings``.

    Args:
        number: how many.
        singular: the noun for one.
        plural: the noun for others; by default the singular with an s.

    Returns:
        Number and noun.
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def place(path: str, line: int, cell: int | None = None) -> str:
    """A place in words that fit a path: ``src/gen.py:57``, ``nb.ipynb, cell 3, line 2``; line 0 is left out.

    Args:
        path: the path, relative to the audited root.
        line: a 1-based line, 0 for none.
        cell: a 1-based notebook cell.

    Returns:
        One line of text.
    """
    name = one_line(path)
    if cell is not None:
        return f"{name}, cell {cell}, line {line}"
    return f"{name}:{line}" if line else name
