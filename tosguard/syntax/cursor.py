"""The place up to which a source has been lowered.

The lowering visits tokens in source order and looks each one up in the masked source from here on, which costs one
``str.find`` a token where the metadata of the parser costs a second rendering of the file.
"""

from __future__ import annotations

from tosguard.syntax.errors import Desync, SyntaxProblem
from tosguard.syntax.masking import line_and_column, line_starts

#: Deepest nesting of the lowered tree, so that whoever walks it may recurse.
MAX_DEPTH = 200


class Cursor:
    """A position in one masked source, and what the lowering must remember on its way.

    Attributes:
        text: the masked source.
        source: the source itself.
        at: offset after the last token taken.
        begin: offset of the first token of the last expression, its parentheses included.
        depth: nodes around the one being lowered.
        yields: whether the function being lowered has yielded so far.
    """

    __slots__ = ("at", "begin", "depth", "source", "text", "yields")

    def __init__(self, source: str, masked: str) -> None:
        self.text = masked
        self.source = source
        self.at = 0
        self.begin = 0
        self.depth = 0
        self.yields = False

    def take(self, token: str) -> int:
        """Moves behind the next occurrence of a token; returns where it starts.

        Raises:
            Desync: the token does not follow.
        """
        start = self.text.find(token, self.at)
        if start < 0:
            raise Desync(token)
        self.at = start + len(token)
        return start

    def take_literal(self, literal: str) -> int:
        """Moves behind a string literal, which the masked source shows as one quote; returns where it starts.

        Raises:
            Desync: another literal, or none, follows.
        """
        start = self.take('"')
        if not self.source.startswith(literal, start):
            raise Desync(literal)
        self.at = start + len(literal)
        return start

    def descend(self, levels: int) -> None:
        """Counts levels of nesting about to be entered.

        Raises:
            SyntaxProblem: the tree would become deeper than ``MAX_DEPTH``.
        """
        self.depth += levels
        if self.depth > MAX_DEPTH:
            line, column = line_and_column(line_starts(self.source), self.at)
            raise SyntaxProblem(line, column, "the code is nested too deeply to be analysed")
