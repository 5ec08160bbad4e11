"""Positions as the parser's own metadata gives them, to compare the lowered tree with."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from tosguard.syntax import ir
from tosguard.syntax.masking import line_starts

_SMALL = (
    cst.Expr, cst.Assign, cst.AnnAssign, cst.AugAssign, cst.Return, cst.Raise, cst.Assert, cst.Del, cst.Break,
    cst.Continue, cst.Global, cst.Nonlocal, cst.Import, cst.ImportFrom, cst.TypeAlias,
)  # fmt: skip
_COMPOUND = (cst.If, cst.For, cst.While, cst.Try, cst.TryStar, cst.With, cst.Match, cst.FunctionDef, cst.ClassDef)
_PARTS = {
    cst.Call: "Call", cst.Attribute: "Attribute", cst.Arg: "Argument",
    cst.ExceptHandler: "Handler", cst.ExceptStarHandler: "Handler", cst.MatchCase: "Case", cst.Subscript: "Subscript",
    cst.BinaryOperation: "Binary", cst.BooleanOperation: "Boolean", cst.UnaryOperation: "Unary",
    cst.Comparison: "Compare", cst.IfExp: "Conditional", cst.Lambda: "Lambda", cst.Dict: "Dict", cst.Await: "Await",
    cst.Yield: "Yield", cst.NamedExpr: "Walrus", cst.ListComp: "Comprehension", cst.DictComp: "Comprehension",
    cst.SetComp: "Comprehension", cst.GeneratorExp: "Comprehension",
}  # fmt: skip

Spans = Counter[tuple[str, int, int]]


class _Collector(cst.CSTVisitor):
    def __init__(self, positions: Any, starts: tuple[int, ...]) -> None:
        self.positions = positions
        self.starts = starts
        self.spans: Spans = Counter()
        self.names: set[tuple[int, int]] = set()

    def offsets(self, node: cst.CSTNode) -> tuple[int, int]:
        span = self.positions[node]
        begin = self.starts[span.start.line - 1] + span.start.column
        return begin, self.starts[span.end.line - 1] + span.end.column

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, (cst.TypeParameters, cst.ImportAlias)):
            return False
        if isinstance(node, _SMALL + _COMPOUND):
            start, end = self.offsets(node)
            if getattr(node, "decorators", ()):
                start = self.offsets(node.decorators[0])[0]
            self.spans["Statement", start, end] += 1
        elif type(node) in _PARTS:
            self.spans[(_PARTS[type(node)], *self.offsets(node))] += 1
        elif isinstance(node, cst.Name):
            self.names.add(self.offsets(node))
        return not isinstance(node, cst.ImportFrom)


def parser_spans(source: str) -> tuple[Spans, set[tuple[int, int]]]:
    """What the parser's metadata says: spans by kind, and the spans of all identifiers."""
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    collector = _Collector(wrapper.resolve(PositionProvider), line_starts(source))
    wrapper.module.visit(collector)
    return collector.spans, collector.names


def nodes_of(root: Any) -> list[Any]:
    """Every node below ``root``, in no particular order."""
    found = []
    stack = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(item)
        elif isinstance(item, (ir.Node, ir.Module)):
            found.append(item)
            stack.extend(getattr(item, field.name) for field in fields(item))
    return found


def lowered_spans(module: ir.Module) -> tuple[Spans, set[tuple[int, int]]]:
    """The same of the lowered tree."""
    spans: Spans = Counter()
    names = set()
    kinds = set(_PARTS.values())
    within_lambda = {id(node.function) for node in nodes_of(module) if isinstance(node, ir.Lambda)}
    bodies = {
        id(node.body[0]) for node in nodes_of(module) if isinstance(node, ir.Function) and id(node) in within_lambda
    }
    for node in nodes_of(module):
        kind = type(node).__name__
        if isinstance(node, ir.Stmt):
            if id(node) not in within_lambda and id(node) not in bodies:
                spans["Statement", node.start, node.end] += 1
        elif kind in kinds:
            spans[kind, node.start, node.end] += 1
        elif isinstance(node, ir.Name):
            names.add((node.start, node.end))
    return spans, names
