"""Assignments of every kind, and ``del``: what a target then stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.calls.opaque import is_opaque, keep
from tosguard.flow.language.annotations import instance_of, run_annotation
from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.inheritance import class_attribute
from tosguard.flow.language.items import read_position, write_item
from tosguard.flow.language.matching import rest_of
from tosguard.flow.language.operators import combine
from tosguard.flow.language.protocols import ask, operate
from tosguard.flow.language.storing import stores_plainly, write_attribute
from tosguard.flow.natives.mappings import remember_update
from tosguard.flow.natives.sequences import delete_item, extend_each, replace_slice
from tosguard.flow.solver.counting import added_up
from tosguard.flow.solver.frame import Frame
from tosguard.flow.values.aliases import known_behind, name_again, other_names
from tosguard.flow.values.fields import path_to, remember, stored
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    UNKNOWN,
    ClassAtom,
    FunctionAtom,
    ModuleAtom,
    ObjectAtom,
    Value,
    constant,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Sequence


def assign(frame: Frame, target: ir.Expr, value: Value) -> None:
    """Binds a target (a name, attribute, item or a display of those)."""
    if isinstance(target, ir.Name):
        if value.taints is not None:
            value = frame.hop(value, target, "assigned", f"assigned to `{target.id}`")
        frame.bind(target.id, frame.labelled(value, target))
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


def execute_assignment(frame: Frame, node: ir.Assign) -> None:
    """``target = other = value``."""
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


def execute_annotated(frame: Frame, node: ir.AnnAssign) -> None:
    """``target: Type = value``; without a value, what the annotation says."""
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


def execute_augmented(frame: Frame, node: ir.AugAssign) -> None:
    """``target += value``: what can be changed in place is, for all who hold it."""
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


def execute_delete(frame: Frame, node: ir.Delete) -> None:
    """``del target``."""
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
