"""Colour for terminals: a writer that either adds ANSI codes or adds nothing."""

from __future__ import annotations

from dataclasses import dataclass

_CODES = {
    "bold": "1",
    "dim": "2",
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "good": "1;32",
    "frame": "34",
    "link": "36",
}


@dataclass(frozen=True, slots=True)
class Painter:
    """Paints text when ``enabled``; otherwise hands it back unchanged."""

    enabled: bool

    def __call__(self, text: str, style: str) -> str:
        """The text in one of the named styles above."""
        if not self.enabled or not text:
            return text
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m"
