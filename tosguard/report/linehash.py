r"""The line hash by which code-scanning services recognise an alert (``primaryLocationLineHash``).

Written from the published description of the algorithm. The text is read as UTF-16 units; spaces and tabs are dropped,
``\r\n`` and ``\r`` become ``\n``, and a mark for the end of the file is put behind. A line's hash is the polynomial of
the hundred units from its start (zeros behind the end), base 37, modulo 2⁶⁴, in hexadecimal; ``:n`` says that it is the
n-th line of the file with that hash.
"""

from __future__ import annotations

_BLOCK = 100
_BASE = 37
_MODULUS = 1 << 64
_END = "\uffff"
_UNKEPT = str.maketrans("", "", " \t")


class LineHashes:
    """The hashes of the lines of one source; the preparation is shared between the findings of a file."""

    def __init__(self, source: str) -> None:
        kept = _normalised(source)
        self._lines = _line_windows(kept)

    def of(self, line: int) -> str:
        """The hash of a 1-based line, or "" where the source has no such line."""
        if not 1 <= line <= len(self._lines):
            return ""
        window = self._lines[line - 1]
        occurrence = self._lines[:line].count(window)
        return f"{_polynomial(window):x}:{occurrence}"


def _normalised(source: str) -> str:
    # A line feed is dropped only directly behind a carriage return; blanks between them keep both.
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        units = text.encode("utf-16-le", "surrogatepass")
        text = "".join(chr(units[i] | units[i + 1] << 8) for i in range(0, len(units), 2))
    return text.translate(_UNKEPT) + _END


def _line_windows(kept: str) -> list[str]:
    windows = []
    start = 0
    while start < len(kept):
        windows.append(kept[start : start + _BLOCK])
        end = kept.find("\n", start)
        if end < 0:
            break
        start = end + 1
    return windows


def _polynomial(window: str) -> int:
    value = 0
    for character in window:
        value = (value * _BASE + ord(character)) % _MODULUS
    return value * pow(_BASE, _BLOCK - len(window), _MODULUS) % _MODULUS
