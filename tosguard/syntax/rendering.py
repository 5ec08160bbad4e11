"""Masking by the syntax tree: the slow, certain way, for a file whose text misled the fast one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import libcst as cst
from libcst import native  # type: ignore[attr-defined]
from libcst._nodes.internal import CodegenState

from tosguard.syntax.errors import Desync
from tosguard.syntax.masking import FILL

#: Node types blanked whole, with what; of the second group only the opening quote matters.
_BLANK: dict[type, str] = {cst.Comment: " ", cst.FormattedStringText: FILL}
_OPENED: tuple[type, ...] = (cst.FormattedString,)
if hasattr(cst, "TemplatedString"):
    _BLANK[cst.TemplatedStringText] = FILL
    _OPENED = (*_OPENED, cst.TemplatedString)


class _MaskingState(CodegenState):
    """Renders a tree while remembering where comments and literals went."""

    def begin(self) -> None:
        self.length = 0
        self.starts: list[int] = []
        self.spans: list[tuple[int, int, str]] = []

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self.length += len(value)

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.add_token(token)

    def before_codegen(self, node: Any) -> None:
        self.starts.append(self.length)

    def after_codegen(self, node: Any) -> None:
        start = self.starts.pop()
        fill = _BLANK.get(type(node))
        if fill is not None:
            self.spans.append((start, self.length, fill))

    @contextmanager
    def record_syntactic_position(self, node: Any, *, start_node: Any = None, end_node: Any = None) -> Iterator[None]:
        start = self.length
        yield
        if isinstance(node, cst.SimpleString):
            self.spans.append((start, self.length, '"'))
        elif isinstance(node, _OPENED):
            self.spans.append((start, start + len(getattr(node, "start", "")), '"'))


def mask_from_tree(source: str) -> str:
    """The source with what libcst's own tree knows to be comments and strings blanked.

    Raises:
        Desync: the tree does not render to the source, so its offsets mean nothing there.
    """
    tree: cst.Module = native.parse_module(source, None)
    state = _MaskingState(default_indent=tree.default_indent, default_newline=tree.default_newline)
    state.begin()
    tree._codegen(state)
    if "".join(state.tokens) != source:
        raise Desync("a construct the parser does not reproduce")
    characters = list(source)
    for start, end, fill in state.spans:
        characters[start:end] = (FILL if fill == '"' else fill) * (end - start)
        characters[start] = fill
    return "".join(characters)
