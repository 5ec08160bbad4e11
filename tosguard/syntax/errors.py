"""What goes wrong while a source is read: one value, in plain words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class SyntaxProblem(Exception):
    """A source, or one statement of it, that cannot be read as Python 3.

    Not frozen: the interpreter writes the traceback into an exception while it travels.

    Args:
        line: 1-based line.
        column: 1-based column, in characters.
        message: what is wrong, in words a reader of the report understands.
    """

    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}"


class Desync(Exception):
    """The cursor lost the tree: a token was not found where the syntax tree says it is. Never leaves this room."""
