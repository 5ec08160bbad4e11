"""Statements: what executing each kind does to the variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tosguard.flow.calls.calls import call_method
from tosguard.flow.calls.opaque import provide_rows
from tosguard.flow.language.assigning import (
    assign,
    execute_annotated,
    execute_assignment,
    execute_augmented,
    execute_delete,
)
from tosguard.flow.language.branches import decided
from tosguard.flow.language.definitions import define_class, define_function
from tosguard.flow.language.imports import execute_import, execute_import_from
from tosguard.flow.language.iteration import element_of
from tosguard.flow.language.matching import part_of
from tosguard.flow.language.narrowing import is_instance, narrow_to, narrowed
from tosguard.flow.language.protocols import TRUTH, ask
from tosguard.flow.language.raising import caught_by, execute_raise, group_of, handler_names
from tosguard.flow.language.turns import is_last
from tosguard.flow.solver.frame import MAX_PASSES, NONE_VALUE, Frame, settled
from tosguard.flow.solver.visits import visit
from tosguard.flow.values.fields import leave_function
from tosguard.flow.values.joining import join, only_taints
from tosguard.flow.values.values import (
    ANYTHING,
    NOTHING,
    ClassAtom,
    Value,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tosguard.flow.solver.frame import Environment
    from tosguard.flow.solver.records import LoopRecord


def execute_body(frame: Frame, body: Sequence[ir.Stmt]) -> None:
    """Executes statements in order until one leaves."""
    machine = frame.machine
    kept = frame.context.visits is not None
    for statement in body:
        if frame.env is None:
            return
        if kept:
            visit(frame, statement, _STATEMENTS[statement.__class__])
        else:
            machine.steps += 1
            _STATEMENTS[statement.__class__](frame, statement)


# ------------------------------------------------------------------------------------------------------ simple ones


def _expression(frame: Frame, node: ir.ExprStmt) -> None:
    frame.eval(node.value)


def _return(frame: Frame, node: ir.Return) -> None:
    value = frame.eval(node.value) if node.value is not None else NONE_VALUE
    frame.give_back(frame.worded(value, node))
    leave_function(frame)
    frame.env = None


def _assert(frame: Frame, node: ir.Assert) -> None:
    ask(frame, node.test, frame.eval(node.test), TRUTH)
    narrowed(frame, node.test, True)
    if node.message is not None:
        frame.eval(node.message)


def _jump(frame: Frame, node: ir.Jump) -> None:
    if frame.exits and frame.env is not None:
        frame.exits[-1][node.kind].append(frame.env)
    frame.env = None


def _scoping(frame: Frame, node: ir.Scoping) -> None:
    """Declarations were read by the scope walk."""


# --------------------------------------------------------------------------------------------------------- branches


def _if(frame: Frame, node: ir.If) -> None:
    test = frame.eval(node.test)
    ask(frame, node.test, test, TRUTH)
    verdict = decided(frame, node.test, test)
    before, control = frame.env, frame.control
    frame.enter_branch()
    if test.taints is not None:
        frame.control = test.taints if control is None else {**control, **test.taints}
    after_body = before
    if verdict is not False:
        frame.env = None if before is None else dict(before)
        narrowed(frame, node.test, True)
        execute_body(frame, node.body)
        after_body = frame.env
    frame.env = None if before is None else dict(before)
    if verdict is True:
        frame.env = None
    else:
        narrowed(frame, node.test, False)
        execute_body(frame, node.orelse)
    frame.env = frame.env if verdict is False else frame.merge(after_body, frame.env)
    frame.control = control
    frame.leave_branch()


def _for(frame: Frame, node: ir.For) -> None:
    provide_rows(frame, node.iter)
    over = frame.eval(node.iter)
    loop = frame.machine.loop("for", frame.context, node.iter, over, (node.target, node.iter))
    _loop(frame, loop, node, over)


def _while(frame: Frame, node: ir.While) -> None:
    test = frame.eval(node.test)
    ask(frame, node.test, test, TRUTH)
    loop = frame.machine.loop("while", frame.context, node.test, None)
    control = frame.control
    if test.taints is not None:
        frame.control = test.taints if control is None else {**control, **test.taints}
    _loop(frame, loop, node, None)
    frame.control = control


def _loop(frame: Frame, loop: LoopRecord, node: ir.For | ir.While, over: Value | None) -> None:
    """Executes a loop's body, turn by turn, until another turn would find nothing that the last one has not found."""
    outer_loops, turn, before = frame.loops, frame.turn, frame.turn_before
    context, start = frame.context, frame.env
    broken: list[Environment] = []
    frame.enter_branch()
    for turned in range(1 if frame.machine.exhausted() else MAX_PASSES):
        frame.turn = turn * MAX_PASSES + turned + 1
        if turned:
            frame.turn_before = frame.turn - 1
        elif before is not None:
            frame.turn_before = before * MAX_PASSES + 1
        frame.env = None if start is None else dict(start)
        frame.loops = (loop, *outer_loops)
        continued: list[Environment] = []
        frame.exits.append({"break": broken, "continue": continued})
        news = context.news
        if isinstance(node, ir.While):
            if turned:
                frame.eval(node.test)
        elif over is not None:
            assign(frame, node.target, element_of(frame, over, node.target))
        execute_body(frame, node.body)
        frame.exits.pop()
        frame.loops = outer_loops
        after = frame.merge_all([start, frame.env, *continued])
        done = settled(start, after) or (context.news == news and is_last(frame, node, start, after))
        start = after
        if done:
            break
    frame.turn, frame.turn_before = turn, before
    frame.env = start if not node.orelse or start is None else dict(start)
    execute_body(frame, node.orelse)
    frame.env = frame.merge_all([frame.env, *broken])
    frame.leave_branch()


def _try(frame: Frame, node: ir.Try) -> None:
    before = None if frame.env is None else dict(frame.env)
    names = tuple(handler_names(h) for h in node.handlers)
    frame.enter_branch()
    frame.trying.append(NOTHING)
    execute_body(frame, node.body)
    raised = frame.trying.pop()
    after_body = frame.env
    in_handlers = frame.merge(before, after_body)
    if after_body is not None:
        execute_body(frame, node.orelse)
    ends = [frame.env]
    guards = frame.guards
    for handler, name in zip(node.handlers, names, strict=True):
        frame.env = None if in_handlers is None else dict(in_handlers)
        frame.guards = (name, *guards)
        types = frame.eval(handler.type) if handler.type is not None else None
        caught = caught_by(frame, types, raised)
        if handler.name:
            frame.bind(handler.name, join(caught, group_of(frame, handler, caught)) if node.is_star else caught)
        raised = Value(raised.atoms - caught.atoms, raised.taints)
        execute_body(frame, handler.body)
        frame.guards = guards
        ends.append(frame.env)
    if raised.atoms:
        frame.throw(raised)
    frame.env = frame.merge_all(ends)
    frame.leave_branch()
    if node.final:
        left = frame.env is None
        if left:
            frame.env = in_handlers
        execute_body(frame, node.final)
        if left:
            frame.env = None


def _with(frame: Frame, node: ir.With) -> None:
    managers: list[tuple[ir.Expr, Value]] = []
    for item in node.items:
        manager = frame.eval(item.context)
        managers.append((item.context, manager))
        entered = call_method(frame, item.context, manager, "__aenter__" if node.is_async else "__enter__", manager)
        if item.target is not None:
            assign(frame, item.target, entered)
    execute_body(frame, node.body)
    for where, manager in reversed(managers):
        leave(frame, where, manager, is_async=node.is_async)


def leave(frame: Frame, node: ir.Node, manager: Value, *, is_async: bool = False) -> None:
    """What happens when a ``with`` block is left, however it is left."""
    ask(frame, node, manager, ("__aexit__" if is_async else "__exit__",), ANYTHING, ANYTHING, ANYTHING)


def _match(frame: Frame, node: ir.Match) -> None:
    subject = frame.eval(node.subject)
    before, control = frame.env, frame.control
    ends = [before]
    frame.enter_branch()
    if subject.taints is not None:
        frame.control = subject.taints if control is None else {**control, **subject.taints}
    for case in node.cases:
        frame.env = None if before is None else dict(before)
        values = [frame.eval(v) for v in case.values]
        types = _narrow_case(frame, node.subject, values)
        captured = (
            subject
            if types is None
            else Value(frozenset(a for a in subject.atoms if is_instance(a, types) is not False), subject.taints)
        )
        for name, path in zip(case.captures, case.paths, strict=True):
            part = part_of(frame, case, captured if len(path) < 2 else subject, path, values)
            frame.bind(name, join(part, only_taints(subject)))
        if case.guard is not None:
            frame.eval(case.guard)
        execute_body(frame, case.body)
        ends.append(frame.env)
    frame.env = frame.merge_all(ends)
    frame.control = control
    frame.leave_branch()


def _narrow_case(frame: Frame, subject: ir.Expr, values: Sequence[Value]) -> Value | None:
    """The classes that a pattern names, if any; the subject is an instance of them in the case's body."""
    classes = Value(frozenset(a for v in values for a in v.atoms if isinstance(a, ClassAtom)))
    if not classes.atoms:
        return None
    if isinstance(subject, ir.Name) and frame.env is not None and subject.id in frame.env:
        narrow_to(frame, frame.env, subject.id, classes, True)
    return classes


def _function(frame: Frame, node: ir.Function) -> None:
    frame.bind(node.name, define_function(frame, node))


def _class(frame: Frame, node: ir.Class) -> None:
    frame.bind(node.name, define_class(frame, node))


_STATEMENTS: dict[type, Callable[[Frame, Any], None]] = {
    ir.ExprStmt: _expression,
    ir.Assign: execute_assignment,
    ir.AnnAssign: execute_annotated,
    ir.AugAssign: execute_augmented,
    ir.Return: _return,
    ir.Raise: execute_raise,
    ir.Assert: _assert,
    ir.Delete: execute_delete,
    ir.Jump: _jump,
    ir.Scoping: _scoping,
    ir.If: _if,
    ir.For: _for,
    ir.While: _while,
    ir.Try: _try,
    ir.With: _with,
    ir.Match: _match,
    ir.Function: _function,
    ir.Class: _class,
    ir.Import: execute_import,
    ir.ImportFrom: execute_import_from,
}
