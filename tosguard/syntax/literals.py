"""The values of literals, from their text, without evaluating anything."""

from __future__ import annotations

import re
import unicodedata

_ESCAPE = re.compile(
    r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<big>[0-9a-fA-F]{8})"
    r"|N\{(?P<name>[^}]+)\}|(?P<other>.))",
    re.DOTALL,
)
_SIMPLE = {
    "\n": "", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
    "v": "\v",
}  # fmt: skip


def string_value(text: str) -> str | bytes:
    """The value of one string or bytes literal, prefix and quotes included in ``text``."""
    quote_at = min(at for at in (text.find("'"), text.find('"')) if at >= 0)
    prefix = text[:quote_at].lower()
    width = 3 if text[quote_at : quote_at + 3] in ('"""', "'''") and len(text) >= quote_at + 6 else 1
    body = text[quote_at + width : -width]
    value = text_value(body, raw="r" in prefix, is_bytes="b" in prefix)
    return value.encode("latin-1", "replace") if "b" in prefix else value


def text_value(body: str, *, raw: bool, is_bytes: bool = False) -> str:
    """The value of the inside of a string literal; an escape that means nothing is kept as written."""
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    if raw or "\\" not in body:
        return body
    return _ESCAPE.sub(_byte_escape if is_bytes else _escape, body)


def integer_value(text: str) -> int | None:
    """The value of an integer literal, or ``None`` for one longer than the interpreter converts."""
    try:
        return int(text.replace("_", ""), 0)
    except ValueError:
        return None


def _byte_escape(found: re.Match[str]) -> str:
    if found["u"] or found["big"] or found["name"]:
        return found.group()
    return _escape(found)


def _escape(found: re.Match[str]) -> str:
    other = found["other"]
    if other is not None:
        return _SIMPLE.get(other, "\\" + other)
    if found["octal"] is not None:
        return chr(int(found["octal"], 8))
    if found["name"] is not None:
        try:
            return unicodedata.lookup(found["name"])
        except KeyError:
            return found.group()
    number = int(found["x"] or found["u"] or found["big"], 16)
    return chr(number) if number < 0x110000 else found.group()
