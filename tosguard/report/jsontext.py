"""JSON text that is the same bytes for the same document and safe to show in a terminal."""

from __future__ import annotations

import json
import re

# Inside JSON these can only stand in strings, so escaping them on the finished text is exact.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def dumps(document: object, *, compact: bool = False) -> str:
    r"""A document as JSON with a final newline.

    Args:
        document: dicts, lists, strings, numbers, booleans and None; keys keep their order.
        compact: without indentation: several times faster and smaller, for formats that only machines read.

    Returns:
        UTF-8 encodable text. Direction marks and control characters are escaped; bytes of a file name that are no UTF-8
        appear as the four characters ``\xNN``.
    """
    if compact:
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    else:
        text = json.dumps(document, ensure_ascii=False, indent=2)
    text = _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    return _SURROGATE.sub(lambda found: f"\\\\x{ord(found.group()) & 0xFF:02x}", text) + "\n"
