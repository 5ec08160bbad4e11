"""The text of one file: what is parsed, and what reports show of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tosguard.report.model import AnalysisError
from tosguard.sources.kinds import NOTEBOOK
from tosguard.sources.magics import Fragment
from tosguard.sources.notebook import read_notebook
from tosguard.sources.reading import decode


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file.

    Attributes:
        path: its path.
        text: what is parsed; a notebook's code cells one after the other.
        rows: for a notebook, ``(cell, line in it)`` of each line of ``text``.
        parts: text by report key: the path, or ``path#cell`` for each code cell.
        commands: what a notebook holds beside Python.
        problem: line and reason where the text had to be guessed.
    """

    path: str
    text: str
    rows: tuple[tuple[int, int], ...] | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    commands: tuple[Fragment, ...] = ()
    problem: tuple[int, str] | None = None

    def error_at(self, line: int, message: str) -> AnalysisError:
        """An error at a line of ``text``, told by its cell in a notebook."""
        if self.rows is None or not 0 < line <= len(self.rows):
            return AnalysisError(self.path, line, message)
        cell, inner = self.rows[line - 1]
        return AnalysisError(self.path, inner, f"cell {cell}: {message}")


def source_of(path: str, kind: str, data: bytes) -> Source:
    """The text of a file's bytes.

    Args:
        path: the path reports name.
        kind: its kind.
        data: its bytes.

    Raises:
        NotebookProblem: it should be a notebook and is none.
    """
    found = decode(data)
    problem = (found.line, found.problem) if found.problem else None
    if kind != NOTEBOOK:
        return Source(path, found.text, parts={path: found.text}, problem=problem)
    notebook = read_notebook(found.text)
    rows = notebook.cells.rows
    return Source(path, notebook.source, rows, _cells(path, notebook.source, rows), notebook.fragments, problem)


def _cells(path: str, text: str, rows: tuple[tuple[int, int], ...]) -> dict[str, str]:
    cells: dict[int, list[str]] = {}
    for line, (cell, _) in zip(text.split("\n"), rows, strict=False):
        cells.setdefault(cell, []).append(line)
    return {f"{path}#{cell}": "\n".join(lines) + "\n" for cell, lines in cells.items()}
