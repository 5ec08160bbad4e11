"""Displays and comprehensions: collections that are written out, or made by a loop inside an expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.iteration import element_of
from tosguard.flow.language.narrowing import narrowed
from tosguard.flow.language.protocols import TRUTH, ask
from tosguard.flow.solver.frame import Frame
from tosguard.flow.solver.records import LoopRecord
from tosguard.flow.values.fields import FIELDS, forget_variable
from tosguard.flow.values.fields import merged as merged_fields
from tosguard.flow.values.sizes import made_of
from tosguard.flow.values.values import (
    KEYS,
    NOTHING,
    REST,
    ObjectAtom,
    Value,
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    pass


def evaluate_collection(frame: Frame, node: ir.Collection) -> Value:
    """``[a, b, *c]``, ``(a, b)`` and ``{a, b}``."""
    machine = frame.machine
    made = machine.make(node.kind, node, frame.context)
    if not frame.loops:
        machine.single_objects.add(made)
    position: int | None = 0
    for item in node.items:
        if isinstance(item, ir.Starred):
            value = frame.eval(item.value)
            from tosguard.flow.language.items import positions

            known = None
            if len(value.atoms) == 1 and position is not None:
                (atom,) = value.atoms
                known = positions(frame, atom) if isinstance(atom, ObjectAtom) else None
            if known is not None and position is not None:
                for part in known:
                    machine.put(made, position, part)
                    position += 1
            else:
                position = None
                machine.put(made, REST, element_of(frame, value))
            continue
        value = frame.eval(item)
        if node.kind == "set":
            ask(frame, item, value, ("__hash__",))
        if value.taints is not None:
            value = frame.hop(value, item, "stored", f"put into a {node.kind}")
        if position is None or node.kind == "set":
            machine.put(made, REST, value)
        else:
            machine.put(made, position, value)
            position += 1
    return single(made)


def evaluate_dict(frame: Frame, node: ir.Dict) -> Value:
    """``{key: value, **other}``."""
    machine = frame.machine
    made = machine.make("dict", node, frame.context)
    if not frame.loops:
        machine.single_objects.add(made)
    for number, (key_node, value_node) in enumerate(zip(node.keys, node.values, strict=True)):
        value = frame.eval(value_node)
        if key_node is None:
            from tosguard.flow.natives.mappings import update

            update(frame, value_node, made, value, without=_overriding(frame, node, number))
            continue
        key = frame.eval(key_node)
        ask(frame, key_node, key, ("__hash__",))
        if value.taints is not None:
            name = repr(key_node.value) if isinstance(key_node, ir.Const) else "a key"
            value = frame.hop(value, value_node, "stored", f"stored under {name}")
        from tosguard.flow.language.items import write_item

        write_item(frame, single(made), key, value)
    return single(made)


def _overriding(frame: Frame, node: ir.Dict, number: int) -> frozenset[object]:
    """The keys of a display that come after what is spread at a position, and hide the same keys in it."""
    hiding: set[object] = set()
    for key_node, value_node in zip(node.keys[number + 1 :], node.values[number + 1 :], strict=True):
        if isinstance(key_node, ir.Const):
            hiding.add(key_node.value)
        elif isinstance(value_node, ir.Dict) and key_node is None:
            hiding.update(k.value for k in value_node.keys if isinstance(k, ir.Const))
    return frozenset(hiding)


def evaluate_comprehension(frame: Frame, node: ir.Comprehension) -> Value:
    """A comprehension or generator expression: its loops, in variables of their own."""
    outer_env, outer_loops, outer_control = frame.env, frame.loops, frame.control
    if outer_env is None:
        return NOTHING
    frame.env = dict(outer_env)
    for clause in node.clauses:
        over = frame.eval(clause.iter)
        frame.loops = (
            LoopRecord(
                "comprehension",
                frame.context,
                clause.iter.start,
                clause.iter.end,
                over,
                (clause.target, clause.iter),
            ),
            *frame.loops,
        )
        _bind_local(frame, clause.target, element_of(frame, over, clause.target))
        for condition in clause.conditions:
            test = frame.eval(condition)
            ask(frame, condition, test, TRUTH)
            narrowed(frame, condition, True)
            if test.taints is not None:
                frame.control = test.taints if frame.control is None else {**frame.control, **test.taints}
    machine = frame.machine
    kind = {"generator": "list"}.get(node.kind, node.kind)
    made = machine.make(kind, node, frame.context)
    if node.value is not None:
        from tosguard.flow.language.items import write_item

        key, value = frame.eval(node.element), frame.eval(node.value)
        write_item(frame, single(made), key, frame.under_control(value))
        if key.taints is not None:
            machine.write(made.cell(KEYS), key)
    else:
        value = frame.under_control(frame.eval(node.element))
        machine.put(made, REST, frame.hop(value, node.element, "stored", "collected in a comprehension"))
        if len(node.clauses) == 1:
            made_of(frame, made, over)
    walruses = {k: v for k, v in (frame.env or {}).items() if k not in outer_env and k in frame.scope.bound}
    inner_fields = (frame.env or {}).get(FIELDS)
    frame.env, frame.loops, frame.control = {**outer_env, **walruses}, outer_loops, outer_control
    if FIELDS in outer_env:
        frame.env[FIELDS] = merged_fields(outer_env[FIELDS], inner_fields)
    return single(made)


def _bind_local(frame: Frame, target: ir.Expr, value: Value) -> None:
    """Binds a comprehension's variable: it lives in the comprehension alone."""
    env = frame.env
    if env is None:
        return
    if isinstance(target, ir.Name):
        forget_variable(env, target.id)
        env[target.id] = frame.hop(value, target, "looped", f"iterated as `{target.id}`") if value.taints else value
    elif isinstance(target, ir.Collection):
        from tosguard.flow.language.items import read_position

        for position, item in enumerate(target.items):
            if isinstance(item, ir.Starred):
                _bind_local(frame, item.value, element_of(frame, value))
            else:
                _bind_local(frame, item, read_position(frame, value, position))
