"""What a Python source says to people only: comments and docstrings."""

from __future__ import annotations

import re

_PIECE = re.compile(
    # A docstring stands after the colon of a header, or is the first statement of the file.
    r"(?P<before>(?::[ \t]*(?:#[^\n]*)?\n|\A)(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*)"
    r"(?P<docstring>[rRuU]?(?:\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}))(?=[ \t]*(?:#[^\n]*)?(?:\n|\Z))"
    r"|(?P<comment>#[^\n]*)"
    r"|[\"']{3}(?:(?<=\"{3})(?:[^\\]|\\.)*?\"{3}|(?<='{3})(?:[^\\]|\\.)*?'{3})"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'",
    re.DOTALL,
)
_LETTER = re.compile(r"[^\n]")


def without_prose(text: str) -> str:
    """A source with its comments and docstrings blanked, every other character staying where it is.

    Args:
        text: Python source, lines ended by line feeds.
    """
    return _PIECE.sub(_blanked, text)


def _blanked(found: re.Match[str]) -> str:
    if found["comment"] is not None:
        return " " * len(found[0])
    if found["docstring"] is not None:
        head = found["before"].partition("\n")[0]
        rest = found[0][len(head) :]
        return head.partition("#")[0].ljust(len(head)) + _LETTER.sub(" ", rest)
    return found[0]
