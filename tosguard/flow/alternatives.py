"""Which parts of a file never run together: arms of an ``if``, cases of a ``match``, a ``try`` and its handlers.

A call of one service in the one arm and of another in the other is a choice between them; the two calls one behind the
other ask both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tosguard.flow.facts import Span
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.scopes import ModuleScope

#: Statements deeper inside one another are not looked at.
MAX_DEPTH = 60


def alternatives_of(module: ModuleScope) -> tuple[tuple[Span, ...], ...]:
    """The alternatives of a module, each as the spans of its arms, in order."""
    found = []
    for arms in _in_block(module.node.body, 0):
        spans = tuple(_span(module, arm) for arm in arms if arm)
        if len(spans) > 1:
            found.append(spans)
    return tuple(found)


def _in_block(block: Sequence[ir.Stmt], depth: int) -> Iterator[tuple[Sequence[ir.Stmt], ...]]:
    if depth > MAX_DEPTH:
        return
    for position, statement in enumerate(block):
        if isinstance(statement, ir.If):
            rest = block[position + 1 :] if _leaves(statement.body) else ()
            yield statement.body, (*statement.orelse, *rest)
        elif isinstance(statement, ir.Try) and statement.handlers:
            yield statement.body, *(handler.body for handler in statement.handlers)
        elif isinstance(statement, ir.Match):
            yield tuple(case.body for case in statement.cases)
        for inner in _blocks(statement):
            yield from _in_block(inner, depth + 1)


def _leaves(body: Sequence[ir.Stmt]) -> bool:
    """Whether a block ends by leaving what it stands in."""
    return bool(body) and isinstance(body[-1], (ir.Return, ir.Raise, ir.Jump))


def _blocks(statement: ir.Stmt) -> Iterator[Sequence[ir.Stmt]]:
    """The blocks directly inside a statement."""
    if isinstance(statement, (ir.If, ir.For, ir.While)):
        yield from (statement.body, statement.orelse)
    elif isinstance(statement, ir.Try):
        yield from (statement.body, *(h.body for h in statement.handlers), statement.orelse, statement.final)
    elif isinstance(statement, ir.Match):
        yield from (case.body for case in statement.cases)
    elif isinstance(statement, (ir.With, ir.Function, ir.Class)):
        yield statement.body


def _span(module: ModuleScope, arm: Sequence[ir.Stmt]) -> Span:
    return Span(_place(module, arm[0].start), _place(module, arm[-1].end))


def _place(module: ModuleScope, offset: int) -> tuple[int, int]:
    line = module.node.position(offset)[0]
    if not module.cells:
        return 0, line
    return module.cells[min(line, len(module.cells)) - 1]
