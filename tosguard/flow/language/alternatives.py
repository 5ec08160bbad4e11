"""Which parts of a file never run together: arms of an ``if`` or of a conditional expression, cases of a
``match``, a ``try`` and its handlers.

A call of one service in the one arm and of another in the other is a choice between them; the two calls one behind the
other ask both. A loop that is left with the first result tries one after the other: that is a choice as well. So is a
race: all are asked at once, the first answer is taken and the others are dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from tosguard.flow.facts import Span
from tosguard.flow.language.scopes import FunctionScope, ModuleScope
from tosguard.syntax import ir

#: Statements deeper inside one another are not looked at.
MAX_DEPTH = 60


def alternatives_of(module: ModuleScope) -> tuple[tuple[Span, ...], ...]:
    """The alternatives of a module, each as the spans of its arms, in order."""
    found = []
    for arms in _in_block(module.node.body, 0):
        spans = tuple(_span(module, arm) for arm in arms if arm)
        if len(spans) > 1:
            found.append(spans)
    for choice in module.choices:
        found.append((_span(module, (choice.body,)), _span(module, (choice.orelse,))))
    return tuple(found)


def left_loops(module: ModuleScope) -> tuple[tuple[int, int], ...]:
    """The ``for`` loops of a module that a round may leave by ``return value`` or ``break``, in a generator by
    ``return`` after what it yields, outside of exception handlers, and those that start a race: the ``(cell, line)``
    where what they run over stands."""
    left = [loop.iter.start for loop in _loops(module.node.body, 0) if _is_left(loop.body, 0)]
    return tuple(dict.fromkeys(place_in(module, start)[:2] for start in (*left, *_raced(module))))


def tried_loops(module: ModuleScope) -> tuple[tuple[int, int], ...]:
    """The ``for`` loops of a module of which the first round that succeeds is the last: it ends by ``return value`` or
    ``break``, by any ``return`` of a ``try`` whose handlers lead on, or with a loop of attempts that return so, and
    only an exception leads to another, or an answer that was tried for and is not returned; and those that start a
    race. ``(cell, line)`` as for ``left_loops``."""
    every = _loops(module.node.body, 0)
    tried = [loop.iter.start for loop in every if _ends_by_leaving(loop.body) or _returns_what_it_tried(loop.body)]
    return tuple(dict.fromkeys(place_in(module, start)[:2] for start in (*tried, *_raced(module))))


def _raced(module: ModuleScope) -> Iterator[int]:
    """Where what stands that the loops and comprehensions of functions run over that start tasks and go on with the
    first answer: they wait for the first outside of a loop, or in one that is left with it."""
    for scope, start in module.waits:
        body = scope.node.body if isinstance(scope, (FunctionScope, ModuleScope)) else ()
        around = [loop for loop in _repetitions(body, 0) if loop.start <= start <= loop.end]
        if not around or _is_left(around[-1].body, 0, inner=True):
            yield from (loop.iter.start for loop in _loops(body, 0))
            yield from (over for within, over in module.comprehended if within is scope)


def _ends_by_leaving(block: Sequence[ir.Stmt], *, inner: bool = False) -> bool:
    """Whether a round ends by leaving its loop; ``inner`` of a loop inside it, whose ``break`` is its own."""
    last = _last(block)
    if isinstance(last, ir.Return):
        return last.value is not None or _yields(block) or _is_attempt(block[-1])
    if isinstance(last, (ir.For, ir.While)):
        return _ends_by_leaving(last.body, inner=True)
    return not inner and isinstance(last, ir.Jump) and last.kind == "break"


def _is_attempt(statement: ir.Stmt) -> bool:
    """Whether an exception in a statement leads on: what ends it by a plain ``return`` has succeeded."""
    return isinstance(statement, ir.Try) and bool(statement.handlers) and not _leave(statement.handlers)


def _leave(handlers: Iterable[ir.Handler]) -> bool:
    return any(_leaves_with(handler.body) for handler in handlers)


def _returns_what_it_tried(block: Sequence[ir.Stmt]) -> bool:
    """Whether a round ends with a ``try`` that returns, on some condition, what a call in it gave, and of which an
    exception leads to the next round."""
    last = block[-1] if block else None
    if not isinstance(last, ir.Try) or not last.handlers or _leave(last.handlers):
        return False
    given: set[str] = set()
    for statement in (*last.body, *last.orelse):
        if isinstance(statement, ir.Assign) and isinstance(statement.targets[0], ir.Name):
            value = statement.value.value if isinstance(statement.value, ir.Await) else statement.value
            if isinstance(value, ir.Call):
                given.add(statement.targets[0].id)
        elif isinstance(statement, ir.If) and any(_gives(arm, given) for arm in (statement.body, statement.orelse)):
            return True
    return False


def _gives(block: Sequence[ir.Stmt], names: Collection[str]) -> bool:
    last = block[-1] if block else None
    return isinstance(last, ir.Return) and isinstance(last.value, ir.Name) and last.value.id in names


def _leaves_with(block: Sequence[ir.Stmt]) -> bool:
    last = _last(block)
    return isinstance(last, (ir.Return, ir.Raise)) or (isinstance(last, ir.Jump) and last.kind == "break")


def _loops(block: Sequence[ir.Stmt], depth: int) -> Iterator[ir.For]:
    yield from (loop for loop in _repetitions(block, depth) if isinstance(loop, ir.For))


def _repetitions(block: Sequence[ir.Stmt], depth: int) -> Iterator[ir.For | ir.While]:
    if depth > MAX_DEPTH:
        return
    for statement in block:
        if isinstance(statement, (ir.For, ir.While)):
            yield statement
        for inner in _blocks(statement):
            yield from _repetitions(inner, depth + 1)


def _is_left(block: Sequence[ir.Stmt], depth: int, *, inner: bool = False) -> bool:
    """Whether a round leaves its loop with a result; ``inner`` in a loop inside it, whose ``break`` is its own."""
    for statement in block if depth <= MAX_DEPTH else ():
        if isinstance(statement, ir.Return) and (statement.value is not None or _yields(block)):
            return True
        if isinstance(statement, ir.Jump) and statement.kind == "break" and not inner:
            return True
        if isinstance(statement, (ir.Function, ir.Class)):
            continue
        within = inner or isinstance(statement, (ir.For, ir.While))
        blocks = (statement.body, statement.orelse) if isinstance(statement, ir.Try) else _blocks(statement)
        if any(_is_left(one, depth + 1, inner=within) for one in blocks):
            return True
    return False


def _yields(block: Sequence[ir.Stmt], depth: int = 0) -> bool:
    """Whether a block of a generator gives something to who asks, outside of exception handlers."""
    for statement in block if depth <= MAX_DEPTH else ():
        if isinstance(statement, ir.ExprStmt) and isinstance(statement.value, ir.Yield):
            return True
        if isinstance(statement, (ir.Function, ir.Class)):
            continue
        blocks = (statement.body, statement.orelse) if isinstance(statement, ir.Try) else _blocks(statement)
        if any(_yields(one, depth + 1) for one in blocks):
            return True
    return False


def _in_block(
    block: Sequence[ir.Stmt], depth: int, after: Sequence[ir.Stmt] = ()
) -> Iterator[tuple[Sequence[ir.Stmt], ...]]:
    """The alternatives in a block, ``after`` which these statements run."""
    if depth > MAX_DEPTH:
        return
    for position, statement in enumerate(block):
        rest = (*block[position + 1 :], *after)
        if isinstance(statement, ir.If):
            yield statement.body, (*statement.orelse, *(rest if _leaves(statement.body) else ()))
        elif isinstance(statement, ir.Try) and statement.handlers:
            yield statement.body, *(handler.body for handler in statement.handlers)
            if _leaves(statement.body):
                yield statement.body, rest
        elif isinstance(statement, ir.Match):
            yield tuple(case.body for case in statement.cases)
        goes_on = isinstance(statement, (ir.If, ir.With, ir.Try))
        for inner in _blocks(statement):
            yield from _in_block(inner, depth + 1, rest if goes_on else ())


def _leaves(body: Sequence[ir.Stmt]) -> bool:
    """Whether a block ends by leaving what it stands in, if need be unless an exception keeps it."""
    return isinstance(_last(body), (ir.Return, ir.Raise, ir.Jump))


def _last(block: Sequence[ir.Stmt]) -> ir.Stmt | None:
    """The last statement of a block that runs to its end; None where that is one of nothing but ``pass``."""
    last = block[-1] if block else None
    while isinstance(last, (ir.Try, ir.With)):
        inner = last.orelse if isinstance(last, ir.Try) and last.orelse else last.body
        last = inner[-1] if inner else None
    return last


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


def _span(module: ModuleScope, arm: Sequence[ir.Node]) -> Span:
    return Span(place_in(module, arm[0].start), place_in(module, arm[-1].end))


def place_in(module: ModuleScope, offset: int) -> tuple[int, int, int]:
    """The ``(cell, line, column)`` of an offset, cell 0 where there are none."""
    line, column = module.node.position(offset)
    if not module.cells:
        return 0, line, column
    return (*module.cells[min(line, len(module.cells)) - 1], column)
