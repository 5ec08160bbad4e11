"""The text of one file: what is parsed, and what reports show of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
        rows: for a notebook, ``(cell, line in it)`` of each line of ``text``; line 0 is none of the cell's own.
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

    def errors_at(self, problems: Iterable[tuple[int, str]]) -> Iterator[AnalysisError]:
        """The errors at lines of ``text``; in a notebook one for each cell that holds any, where its first is."""
        if self.rows is None:
            yield from (AnalysisError(self.path, line, message) for line, message in problems)
            return
        by_cell: dict[int, list[tuple[int, str]]] = {}
        for line, message in problems:
            cell, inner = self.rows[min(max(line, 1), len(self.rows)) - 1]
            by_cell.setdefault(cell, []).append((max(inner, 1), message))
        for cell, ((inner, message), *others) in by_cell.items():
            more = f" (and {len(others)} more in this cell)" if others else ""
            yield AnalysisError(self.path, inner, f"cell {cell}: {message}{more}")


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
    for line, (cell, number) in zip(text.split("\n"), rows, strict=False):
        if number:
            cells.setdefault(cell, []).append(line)
    return {f"{path}#{cell}": "\n".join(lines) + "\n" for cell, lines in cells.items()}
