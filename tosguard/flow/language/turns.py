"""What one turn of a loop hands to the next: the variables that its body may read before it binds them.

A loop's body is evaluated again for what the turn before has changed. Most bodies bind what they read, so that a second
turn would find what the first one found; that is told from the text of the loop, once for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.solver.visits import names_in
from tosguard.flow.values.fields import FIELDS
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from tosguard.flow.solver.frame import Environment, Frame

#: The names that are bound for certain at a place; None where it is never reached.
Bound = set[str] | None


def is_last(frame: Frame, node: ir.For | ir.While, before: Environment | None, after: Environment | None) -> bool:
    """Whether a turn of a loop leaves nothing behind that the next one would read and this one has not.

    Args:
        frame: where the loop is evaluated.
        node: the loop.
        before: the variables before the turn.
        after: the variables before the next one.
    """
    if before is None or after is None:
        return before is after
    for name in handed_over(frame, node):
        value = after.get(name)
        if value is None:
            continue
        known = before.get(name)
        if known is not value and (known is None or not known.covers(value)):
            return False
    return True


def handed_over(frame: Frame, node: ir.For | ir.While) -> frozenset[str]:
    """The variables that a turn of a loop may read before it binds them."""
    known = frame.machine.handed_over.get(id(node))
    if known is None:
        reading = _Reading(frame)
        bound: set[str] = set()
        if isinstance(node, ir.For):
            reading.bind(node.target, bound)
        else:
            reading.read((node.test,), bound)
        reading.body(node.body, bound)
        known = frame.machine.handed_over[id(node)] = frozenset(reading.found)
    return known


class _Reading:
    """One walk over statements in their order. ``found`` are the names read where they may not be bound yet."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.found: set[str] = {FIELDS}

    def read(self, nodes: Iterable[ir.Node | None], bound: set[str]) -> None:
        """Notes what expressions read."""
        for node in nodes:
            if node is not None:
                self.found.update(name for name in names_in(self.frame, node) if name not in bound)

    def bind(self, target: ir.Expr | None, bound: set[str]) -> None:
        """Notes what a target binds, and reads on the way."""
        if isinstance(target, ir.Name):
            bound.add(target.id)
        elif isinstance(target, ir.Collection):
            for item in target.items:
                self.bind(item, bound)
        elif isinstance(target, ir.Starred):
            self.bind(target.value, bound)
        else:
            self.read((target,), bound)

    def body(self, statements: Sequence[ir.Stmt], bound: Bound) -> Bound:
        """Walks over statements that are executed one after the other; what is bound behind them."""
        for statement in statements:
            if bound is None:
                return None
            bound = _STATEMENTS[statement.__class__](self, statement, bound)
        return bound


def _both(ends: Iterable[Bound]) -> Bound:
    """What is bound whichever way was taken."""
    reached = [end for end in ends if end is not None]
    return set.intersection(*reached) if reached else None


def _plain(reading: _Reading, node: ir.Stmt, bound: set[str]) -> Bound:
    reading.read((node,), bound)
    return bound


def _leaving(reading: _Reading, node: ir.Stmt, bound: set[str]) -> Bound:
    reading.read((node,), bound)
    return None


def _assign(reading: _Reading, node: ir.Assign, bound: set[str]) -> Bound:
    reading.read((node.value,), bound)
    for target in node.targets:
        reading.bind(target, bound)
    return bound


def _ann_assign(reading: _Reading, node: ir.AnnAssign, bound: set[str]) -> Bound:
    reading.read((node.annotation, node.value), bound)
    if node.value is not None:
        reading.bind(node.target, bound)
    return bound


def _augmented(reading: _Reading, node: ir.AugAssign, bound: set[str]) -> Bound:
    reading.read((node.target, node.value), bound)
    reading.bind(node.target, bound)
    return bound


def _delete(reading: _Reading, node: ir.Delete, bound: set[str]) -> Bound:
    reading.read(node.targets, bound)
    bound.difference_update(target.id for target in node.targets if isinstance(target, ir.Name))
    return bound


def _if(reading: _Reading, node: ir.If, bound: set[str]) -> Bound:
    reading.read((node.test,), bound)
    return _both((reading.body(node.body, set(bound)), reading.body(node.orelse, bound)))


def _for(reading: _Reading, node: ir.For, bound: set[str]) -> Bound:
    reading.read((node.iter,), bound)
    inside = set(bound)
    reading.bind(node.target, inside)
    reading.body(node.body, inside)
    reading.body(node.orelse, set(bound))
    return bound


def _while(reading: _Reading, node: ir.While, bound: set[str]) -> Bound:
    reading.read((node.test,), bound)
    reading.body(node.body, set(bound))
    reading.body(node.orelse, set(bound))
    return bound


def _try(reading: _Reading, node: ir.Try, bound: set[str]) -> Bound:
    ends = [reading.body(node.orelse, reading.body(node.body, set(bound)))]
    for handler in node.handlers:
        reading.read((handler.type,), bound)
        inside = set(bound)
        if handler.name:
            inside.add(handler.name)
        ends.append(reading.body(handler.body, inside))
    after = _both(ends)
    final = reading.body(node.final, set(bound))
    return None if after is None or final is None else after | final


def _with(reading: _Reading, node: ir.With, bound: set[str]) -> Bound:
    for item in node.items:
        reading.read((item.context,), bound)
        reading.bind(item.target, bound)
    return reading.body(node.body, bound)


def _match(reading: _Reading, node: ir.Match, bound: set[str]) -> Bound:
    reading.read((node.subject,), bound)
    for case in node.cases:
        inside = set(bound) | set(case.captures)
        reading.read((*case.values, case.guard), inside)
        reading.body(case.body, inside)
    return bound


def _definition(reading: _Reading, node: ir.Function | ir.Class, bound: set[str]) -> Bound:
    reading.read(node.decorators, bound)
    if isinstance(node, ir.Class):
        reading.read(node.arguments, bound)
    else:
        reading.read((*node.parameters, node.returns), bound)
    bound.add(node.name)
    return bound


def _import(reading: _Reading, node: ir.Import | ir.ImportFrom, bound: set[str]) -> Bound:
    bound.update(names_in(reading.frame, node))
    return bound


_STATEMENTS: dict[type, Callable[[_Reading, Any, set[str]], Bound]] = {
    ir.ExprStmt: _plain,
    ir.Assert: _plain,
    ir.Scoping: _plain,
    ir.Return: _leaving,
    ir.Raise: _leaving,
    ir.Jump: _leaving,
    ir.Assign: _assign,
    ir.AnnAssign: _ann_assign,
    ir.AugAssign: _augmented,
    ir.Delete: _delete,
    ir.If: _if,
    ir.For: _for,
    ir.While: _while,
    ir.Try: _try,
    ir.With: _with,
    ir.Match: _match,
    ir.Function: _definition,
    ir.Class: _definition,
    ir.Import: _import,
    ir.ImportFrom: _import,
}
