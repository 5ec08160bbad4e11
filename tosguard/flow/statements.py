"""Statements: what executing each kind does to the variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tosguard.flow.aliases import known_behind, name_again, other_names
from tosguard.flow.annotations import instance_of, run_annotation
from tosguard.flow.binding import bind_method
from tosguard.flow.branches import decided
from tosguard.flow.calls import call_method
from tosguard.flow.counting import added_up
from tosguard.flow.definitions import define_class, define_function
from tosguard.flow.fields import leave_function, path_to, remember, stored
from tosguard.flow.frame import MAX_PASSES, NONE_VALUE, Frame, settled
from tosguard.flow.functional import GROUP
from tosguard.flow.imports import execute_import, execute_import_from
from tosguard.flow.inheritance import class_attribute
from tosguard.flow.items import read_position, write_item
from tosguard.flow.iteration import element_of
from tosguard.flow.joining import join, only_taints
from tosguard.flow.mappings import remember_update
from tosguard.flow.matching import part_of, rest_of
from tosguard.flow.narrowing import is_exception, is_instance, listed_types, narrow_to, narrowed
from tosguard.flow.opaque import is_opaque, keep, provide_rows
from tosguard.flow.operators import combine
from tosguard.flow.protocols import TRUTH, ask, operate
from tosguard.flow.records import Arguments
from tosguard.flow.sequences import delete_item, extend_each, replace_slice
from tosguard.flow.storing import stores_plainly, write_attribute
from tosguard.flow.turns import is_last
from tosguard.flow.values import (
    ANYTHING,
    NOTHING,
    REST,
    UNKNOWN,
    ClassAtom,
    FunctionAtom,
    ModuleAtom,
    ObjectAtom,
    Value,
    constant,
    ordered,
    single,
)
from tosguard.flow.visits import visit
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tosguard.flow.frame import Environment
    from tosguard.flow.records import LoopRecord


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


def assign(frame: Frame, target: ir.Expr, value: Value) -> None:
    """Binds a target (a name, attribute, item or a display of those)."""
    if isinstance(target, ir.Name):
        if value.taints is not None:
            value = frame.hop(value, target, "assigned", f"assigned to `{target.id}`")
        frame.bind(target.id, value)
    elif isinstance(target, ir.Attribute):
        owner = frame.eval(target.value)
        value = frame.hop(value, target, "stored", f"stored in attribute `{target.attr}`")
        write_attribute(frame, owner, target.attr, value)
        _remember(frame, target, owner, value)
        if is_opaque(owner):
            keep(frame, target, value)
    elif isinstance(target, ir.Subscript):
        owner = frame.eval(target.value)
        index = frame.eval(target.index)
        value = frame.hop(value, target, "stored", f"stored under {_key_text(target)}")
        if isinstance(target.index, ir.Slice) and replace_slice(frame, target, owner, index, value):
            return
        write_item(frame, owner, index, value)
        _remember(frame, target, owner, value)
        if is_opaque(owner):
            keep(frame, target, value)
    elif isinstance(target, ir.Collection):
        _unpack(frame, target.items, value)
    elif isinstance(target, ir.Starred):
        assign(frame, target.value, value)


def _remember(frame: Frame, target: ir.Expr, owner: Value, value: Value) -> None:
    """Until further notice the target holds just this, where storing runs no code of the project's."""
    plain = owner.taints is None and bool(owner.atoms)
    for atom in owner.atoms:
        if isinstance(atom, ObjectAtom):
            plain = plain and (
                atom.cls is None or (isinstance(target, ir.Attribute) and stores_plainly(frame, atom.cls, target.attr))
            )
        elif not isinstance(atom, (ClassAtom, ModuleAtom)):
            plain = False
    path = path_to(frame, target) if plain else None
    if path is not None:
        known = frame.under_control(value)
        for other in other_names(frame, path[:-1], owner):
            remember(frame, (*other, path[-1]), known)
        remember(frame, path, known)


def _key_text(target: ir.Subscript) -> str:
    index = target.index
    return f"{index.value!r}" if isinstance(index, ir.Const) else "a key"


def _unpack(frame: Frame, items: Sequence[ir.Expr], value: Value) -> None:
    starred = next((i for i, item in enumerate(items) if isinstance(item, ir.Starred)), None)
    for position, item in enumerate(items):
        if starred is None or position < starred:
            assign(frame, item, read_position(frame, value, position))
        elif position > starred:
            assign(frame, item, read_position(frame, value, position - len(items)))
        else:
            rest = frame.machine.make("list", item, frame.context)
            after = len(items) - starred - 1
            for i, part in enumerate(rest_of(frame, value, starred, after)):
                frame.machine.put(rest, i, part)
            assign(frame, item, Value(frozenset((rest,)), value.taints))


# ------------------------------------------------------------------------------------------------------ simple ones


def _expression(frame: Frame, node: ir.ExprStmt) -> None:
    frame.eval(node.value)


def _assign(frame: Frame, node: ir.Assign) -> None:
    value = frame.eval(node.value)
    known = known_behind(frame, node.value)
    for target in node.targets:
        assign(frame, target, value)
        if known:
            name_again(frame, target, known)
        elif isinstance(node.value, ir.Dict) and isinstance(target, ir.Name):
            _remember_table(frame, target, node.value)


#: Entries of a table that are remembered.
MOST_ENTRIES = 16


def _remember_table(frame: Frame, target: ir.Name, table: ir.Dict) -> None:
    """A display of functions under constant keys holds just these until an item is stored."""
    if len(table.keys) > MOST_ENTRIES or None in table.keys:
        return
    for key, held in zip(table.keys, table.values, strict=True):
        if isinstance(key, ir.Const) and isinstance(held, ir.Name):
            value = frame.eval(held)
            if any(isinstance(a, (FunctionAtom, ClassAtom)) for a in value.atoms):
                remember(frame, (target.id, ("item", key.value)), value)


def _ann_assign(frame: Frame, node: ir.AnnAssign) -> None:
    run_annotation(frame, node.annotation)
    if node.value is not None:
        value = frame.eval(node.value)
        if not any(a is not UNKNOWN for a in value.atoms):
            value = join(value, instance_of(frame, node.annotation))
        assign(frame, node.target, value)
    elif isinstance(node.target, ir.Name):
        value = instance_of(frame, node.annotation)
        if (
            value.atoms
            and frame.env is not None
            and node.target.id not in frame.env
            and frame.context.namespace is not None
        ):
            frame.bind(node.target.id, value)


#: What an augmented assignment changes in place, by the operator, and the operators that put something in.
_CHANGED = {"+": ("list",), "*": ("list",), "|": ("set", "dict"), "-": ("set",), "&": ("set",), "^": ("set",)}
_GROWING = frozenset("+|^")


def _augmented(frame: Frame, node: ir.AugAssign) -> None:
    old = frame.eval(node.target)
    value = frame.eval(node.value)
    special = operate(frame, node, node.op, old, value, in_place=True)
    if special is not None:
        assign(frame, node.target, special)
        return
    changed = _CHANGED.get(node.op[0], ())
    objects = [a for a in old.atoms if isinstance(a, ObjectAtom) and a.kind in changed]
    if objects:
        if node.op[0] in _GROWING:
            extend_each(frame, node, objects, value)
        if node.op.startswith("|"):
            remember_update(frame, path_to(frame, node.target), value)
        if len(objects) == len(old.atoms):
            return
    made = combine(frame, node, node.op, old, value, grows=bool(frame.loops))
    assign(frame, node.target, added_up(frame, node, made, value))


def _return(frame: Frame, node: ir.Return) -> None:
    value = frame.eval(node.value) if node.value is not None else NONE_VALUE
    frame.give_back(value)
    leave_function(frame)
    frame.env = None


def _raise(frame: Frame, node: ir.Raise) -> None:
    if node.exception is not None:
        value = frame.eval(node.exception)
        raised = raised_instances(frame, node.exception, value)
        cause = raised_instances(frame, node.cause, frame.eval(node.cause)) if node.cause is not None else NOTHING
        for atom in raised.atoms if cause.atoms else ():
            if isinstance(atom, ObjectAtom):
                frame.machine.write(atom.cell("__cause__"), cause)
        frame.throw(raised)
    frame.env = None


def raised_instances(frame: Frame, node: ir.Node, value: Value) -> Value:
    """The exceptions that ``raise value`` raises: a class is instantiated."""
    result = NOTHING
    for atom in ordered(value):
        if isinstance(atom, ClassAtom):
            result = join(result, frame.call(node, single(atom), Arguments([])))
        elif isinstance(atom, ObjectAtom) and atom.cls is not None:
            result = join(result, Value(frozenset((atom,)), value.taints))
        elif isinstance(atom, ObjectAtom) and atom.kind == GROUP:
            result = join(result, element_of(frame, single(atom)))
    return Value(frozenset(a for a in result.atoms if isinstance(a, ObjectAtom) and a.cls is not None), result.taints)


def _caught(frame: Frame, types: Value | None, raised: Value) -> Value:
    """What an ``except`` clause binds: the instances raised in its block that fit; of a project's class that nobody is
    seen to raise, any instance."""
    listed = None if types is None else listed_types(frame, types)
    if listed is None:
        return join(raised, ANYTHING)
    fitting = Value(frozenset(a for a in raised.atoms if is_exception(a, listed) is not False), raised.taints)
    classes = [a for a in listed.atoms if isinstance(a, ClassAtom)]
    if not fitting.atoms:
        for cls in classes:
            fitting = join(fitting, single(frame.machine.generic_instance(cls)))
    return fitting if classes and len(classes) == len(listed.atoms) else join(fitting, ANYTHING)


def _group(frame: Frame, handler: ir.Handler, caught: Value) -> Value:
    """The group that ``except*`` binds: the exceptions that fit, in its attribute."""
    machine = frame.machine
    group = machine.make("namespace", handler, frame.context)
    listed = machine.make("tuple", (id(handler), "exceptions"), frame.context)
    machine.put(listed, REST, caught)
    machine.write(group.cell("exceptions"), single(listed))
    return single(group)


def _assert(frame: Frame, node: ir.Assert) -> None:
    ask(frame, node.test, frame.eval(node.test), TRUTH)
    narrowed(frame, node.test, True)
    if node.message is not None:
        frame.eval(node.message)


def _delete(frame: Frame, node: ir.Delete) -> None:
    for target in node.targets:
        if isinstance(target, ir.Name) and frame.env is not None:
            frame.env.pop(target.id, None)
        elif isinstance(target, ir.Subscript):
            owner, index = frame.eval(target.value), frame.eval(target.index)
            if ask(frame, target, owner, ("__delitem__",), index) is None:
                delete_item(frame, target, owner, index)
        elif isinstance(target, ir.Attribute):
            owner = frame.eval(target.value)
            hooks = ("__delattr__", f"{target.attr}.deleter")
            if ask(frame, target, owner, hooks, constant(target.attr)) is None:
                _uncover(frame, target, owner)


def _uncover(frame: Frame, target: ir.Attribute, owner: Value) -> None:
    """``del instance.name``: from here on the name is the class's again."""
    only = next(iter(owner.atoms)) if len(owner.atoms) == 1 and owner.taints is None else None
    path = path_to(frame, target)
    if path is None or not isinstance(only, ObjectAtom) or only.cls is None:
        return
    inherited = class_attribute(frame, only.cls, target.attr)
    if inherited is not None:
        stored(frame, target.attr)
        remember(frame, path, bind_method(frame, inherited, only, only.cls, target))


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
    names = tuple(_handler_names(h) for h in node.handlers)
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
        caught = _caught(frame, types, raised)
        if handler.name:
            frame.bind(handler.name, join(caught, _group(frame, handler, caught)) if node.is_star else caught)
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


def _handler_names(handler: ir.Handler) -> str:
    def text(node: ir.Expr | None) -> str:
        if isinstance(node, ir.Name):
            return node.id
        if isinstance(node, ir.Attribute):
            return node.attr
        if isinstance(node, ir.Collection):
            return "|".join(text(item) for item in node.items)
        return ""

    return text(handler.type) if handler.type is not None else "Exception"


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
    before = frame.env
    ends = [before]
    frame.enter_branch()
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
    ir.Assign: _assign,
    ir.AnnAssign: _ann_assign,
    ir.AugAssign: _augmented,
    ir.Return: _return,
    ir.Raise: _raise,
    ir.Assert: _assert,
    ir.Delete: _delete,
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
