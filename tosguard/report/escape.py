"""Makes hostile text harmless: whatever a file name or a line of code holds, a terminal shows and does not obey."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\x1b": "\\x1b"}


def visible(text: str) -> str:
    r"""Text on one line in which nothing is hidden.

    Args:
        text: anything, lone surrogates included.

    Returns:
        The same text with control characters, direction marks, zero-width characters and undecodable bytes written as
        escapes (``\x1b``, ``\u202e``).
    """
    return _INVISIBLE.sub(lambda found: _escape(found.group()), text)


def _escape(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def plain(text: str) -> str:
    r"""Text that can be encoded as UTF-8: bytes that could not be decoded are shown as ``\xNN``."""
    return re.sub("[\ud800-\udfff]", lambda found: _escape(found.group()), text)


def columns(text: str) -> int:
    """How many columns of a terminal the text takes (wide characters two, combining ones none)."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
