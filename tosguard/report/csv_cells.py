"""Cells that a spreadsheet shows and never computes.

A cell that begins with ``=``, ``+``, ``-`` or ``@`` (full-width forms too, behind spaces or quotes as well) is read as
a formula by the usual spreadsheets, even when quoted; an apostrophe before it makes it text. The same holds behind a
semicolon: where the system's list separator is the semicolon, a spreadsheet may split the cell there. Line breaks and
tabs become spaces, hidden characters their escapes, and a cell ends before the limit of 32,767 characters.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from tosguard.report.prose import one_line

_LIMIT = 32_000
_FORMULA = re.compile(r"^([\s\"']*)([=+\-@＝＋－＠])")
_SPLIT_FORMULA = re.compile(r"(;[\s\"']*)([=+\-@＝＋－＠])")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")


def cell(value: object) -> str:
    """A value as the text of a harmless cell.

    Args:
        value: text, a number, or None for an empty cell.

    Returns:
        One line of text; plain numbers stay numbers.
    """
    if value is None:
        return ""
    text = one_line(str(value), _LIMIT)
    if _NUMBER.fullmatch(text):
        return text
    text = _SPLIT_FORMULA.sub(r"\1'\2", text)
    return _FORMULA.sub(r"'\1\2", text)


def table(header: Sequence[str], rows: Iterable[Sequence[object]], *, bom: bool = True) -> str:
    """A CSV document: comma-separated, every cell quoted, CRLF line ends.

    Args:
        header: the names of the columns.
        rows: their values.
        bom: begin with a byte order mark; without it the usual spreadsheets read UTF-8 as an 8-bit encoding.

    Returns:
        The document.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return ("\ufeff" if bom else "") + target.getvalue()
