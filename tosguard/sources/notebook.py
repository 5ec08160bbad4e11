"""Notebooks as one Python source, with the way back to their cells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tosguard.sources.magics import Fragment, python_of_cell

#: The line before each cell. As in scripts that editors cut into cells, it says where the next one begins, so that what
#: is wrong with one cell can be kept from those after it.
CELL = "# %%"
#: The line before a cell that is indented as a whole. Sessions take the margin away; this way every column stays.
INDENTED = "if True:"


class NotebookProblem(Exception):
    """A file that is no notebook: the 1-based line and why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class CellMap:
    """Which cell a line of the joined source stands in.

    Attributes:
        rows: for each line, the 1-based number of its cell among all cells of the file and the 1-based line in it; 0
            where the line is none of the cell's own.
        lines: how many lines each cell has, of all cells in the file.
    """

    rows: tuple[tuple[int, int], ...]
    lines: tuple[int, ...]

    def place(self, line: int) -> tuple[int, int]:
        """The cell and the line in it of a 1-based line of the joined source; the last row beyond its end."""
        if not self.rows:
            return 1, 1
        cell, inner = self.rows[min(max(line, 1), len(self.rows)) - 1]
        return cell, max(inner, 1)


@dataclass(frozen=True, slots=True)
class Notebook:
    """The Python of a notebook and what else its code cells hold.

    Attributes:
        source: the code cells as one source, each behind a line that says so, magics rewritten to what they stand for.
        cells: the way back from its lines.
        fragments: shell commands and files written, in order.
    """

    source: str
    cells: CellMap
    fragments: tuple[Fragment, ...] = ()


def read_notebook(text: str) -> Notebook:
    """Joins the code cells of a notebook (formats 3 and 4).

    Args:
        text: the decoded JSON file.

    Returns:
        The notebook; its source is empty if its language is not Python.

    Raises:
        NotebookProblem: the file is not JSON, or not a notebook.
    """
    document = _parsed(text)
    is_python = _language(document).lower().startswith(("python", "ipython", "sage"))
    pieces: list[str] = []
    rows: list[tuple[int, int]] = []
    counts: list[int] = []
    fragments: list[Fragment] = []
    for number, (is_code, source) in enumerate(_cells(document), 1):
        lines = source.split("\n")
        counts.append(len(lines))
        if not (is_code and is_python):
            continue
        python, others = python_of_cell(source, number)
        fragments.extend(others)
        before = (CELL, INDENTED) if _indented(python) else (CELL,)
        pieces.extend(f"{text}\n" for text in (*before, python))
        rows.extend((number, 0) for _ in before)
        rows.extend((number, line) for line in range(1, len(lines) + 1))
    return Notebook("".join(pieces), CellMap(tuple(rows), tuple(counts)), tuple(fragments))


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotebookProblem(error.lineno, f"the notebook is not valid JSON: {error.msg.lower()}") from None
    except RecursionError:
        raise NotebookProblem(1, "the notebook is nested too deeply to be read") from None
    except ValueError as error:
        raise NotebookProblem(1, f"the notebook is not valid JSON: {error}") from None
    if not isinstance(document, dict) or not any(
        isinstance(document.get(key), list) for key in ("cells", "worksheets")
    ):
        raise NotebookProblem(1, "this JSON file is not a notebook: it has no list of cells")
    return document


def _language(document: Mapping[str, Any]) -> str:
    """The language a notebook says its code is in; Python if it does not say."""
    metadata = _mapping(document.get("metadata"))
    for section, key in (("language_info", "name"), ("kernelspec", "language")):
        language = _mapping(metadata.get(section)).get(key)
        if isinstance(language, str) and language:
            return language
    return "python"


def _cells(document: Mapping[str, Any]) -> Iterator[tuple[bool, str]]:
    """Whether each cell holds code, and its text; a cell that is malformed counts, but is empty."""
    found = document.get("cells")
    if not isinstance(found, list):
        sheets = document.get("worksheets")
        assert isinstance(sheets, list)
        found = [cell for sheet in sheets for cell in _listed(_mapping(sheet).get("cells"))]
    for cell in found:
        content = _mapping(cell)
        source = content.get("source", content.get("input", ""))
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        text = source if isinstance(source, str) else ""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        yield content.get("cell_type") == "code", text.removesuffix("\n")


def _indented(python: str) -> bool:
    """Whether the first line of code has a margin."""
    code = (line for line in python.split("\n") if (text := line.strip()) and not text.startswith("#"))
    return next(code, "").startswith((" ", "\t"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
