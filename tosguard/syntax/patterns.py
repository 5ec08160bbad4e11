"""Lowering of ``match`` patterns to the names they bind and the expressions they compare with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tosguard.syntax import ir
from tosguard.syntax.cursor import Cursor
from tosguard.syntax.expressions import expression

if TYPE_CHECKING:
    import libcst as cst
else:
    from tosguard.syntax import nodes as cst


@dataclass(slots=True)
class Bindings:
    """What one pattern binds and compares with, in source order; ``path`` leads to the part being lowered."""

    captures: list[str] = field(default_factory=list)
    paths: list[tuple[ir.Step, ...]] = field(default_factory=list)
    values: list[ir.Expr] = field(default_factory=list)
    path: tuple[ir.Step, ...] = ()

    @contextmanager
    def at(self, *step: str | int) -> Iterator[None]:
        """The parts lowered inside are found by one more step."""
        outer = self.path
        self.path = (*outer, step)
        yield
        self.path = outer


def lower_pattern(node: Any, cursor: Cursor, found: Bindings) -> None:
    """Moves over a pattern, adding to ``found`` what it binds and compares with."""
    if isinstance(node, (cst.MatchValue, cst.MatchSingleton)):
        found.values.append(expression(node.value, cursor))
        return
    cursor.descend(1)
    for _ in node.lpar:
        cursor.take("(")
    _PATTERNS[node.__class__](node, cursor, found)
    for _ in node.rpar:
        cursor.take(")")
    cursor.depth -= 1


def _sequence(node: Any, cursor: Cursor, found: Bindings) -> None:
    if node.__class__ is cst.MatchList and node.lbracket is not None:
        cursor.take("[")
    total = len(node.patterns)
    starred = next((i for i, item in enumerate(node.patterns) if isinstance(item, cst.MatchStar)), total)
    for position, item in enumerate(node.patterns):
        if isinstance(item, cst.MatchStar):
            cursor.take("*")
            with found.at("rest", position, total - position - 1):
                _capture(item.name, cursor, found)
        else:
            with found.at("position", position if position < starred else position - total):
                lower_pattern(item.value, cursor, found)
    if node.__class__ is cst.MatchList and node.rbracket is not None:
        cursor.take("]")


def _mapping(node: cst.MatchMapping, cursor: Cursor, found: Bindings) -> None:
    cursor.take("{")
    for item in node.elements:
        found.values.append(expression(item.key, cursor))
        with found.at("key", len(found.values) - 1):
            lower_pattern(item.pattern, cursor, found)
    if node.rest is not None:
        cursor.take("**")
        _capture(node.rest, cursor, found)
    cursor.take("}")


def _class(node: cst.MatchClass, cursor: Cursor, found: Bindings) -> None:
    found.values.append(expression(node.cls, cursor))
    own = len(found.values) - 1
    cursor.take("(")
    for position, item in enumerate(node.patterns):
        with found.at("argument", position, own):
            lower_pattern(item.value, cursor, found)
    for keyword in node.kwds:
        cursor.take(keyword.key.value)
        with found.at("attribute", keyword.key.value):
            lower_pattern(keyword.pattern, cursor, found)
    cursor.take(")")


def _as(node: cst.MatchAs, cursor: Cursor, found: Bindings) -> None:
    if node.pattern is not None:
        lower_pattern(node.pattern, cursor, found)
        cursor.take("as")
    _capture(node.name, cursor, found)


def _or(node: cst.MatchOr, cursor: Cursor, found: Bindings) -> None:
    for item in node.patterns:
        lower_pattern(item.pattern, cursor, found)


def _capture(name: cst.Name | None, cursor: Cursor, found: Bindings) -> None:
    text = "_" if name is None else name.value
    cursor.take(text)
    if text != "_" and text not in found.captures:
        found.captures.append(text)
        found.paths.append(found.path)


_PATTERNS: dict[type, Callable[[Any, Cursor, Bindings], None]] = {
    cst.MatchList: _sequence,
    cst.MatchTuple: _sequence,
    cst.MatchMapping: _mapping,
    cst.MatchClass: _class,
    cst.MatchAs: _as,
    cst.MatchOr: _or,
}
