"""Operators: sums, unions, pipes and comparisons of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.catalog.model import Entry
from tosguard.flow.calls.library import observe_comparison
from tosguard.flow.language.iteration import element_of
from tosguard.flow.language.protocols import has_instances, operate
from tosguard.flow.natives.strings import carried, concatenated_text, grown_text, percent, tells_text, text_parts
from tosguard.flow.solver.frame import Frame
from tosguard.flow.values.joining import join, merge_taints, tainted
from tosguard.flow.values.reach import reached
from tosguard.flow.values.tables import tables_in
from tosguard.flow.values.values import (
    ANYTHING,
    REST,
    SOURCE,
    Constant,
    ObjectAtom,
    SymbolAtom,
    Value,
    folded,
    is_plain,
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    pass

#: Kinds of objects that a sum joins.
LISTS = ("list", "tuple")


def combine(frame: Frame, node: ir.Node, op: str, left: Value, right: Value, *, grows: bool = False) -> Value:
    """The value of ``left op right``: text is joined, lists concatenated, runnables piped, taints kept. ``grows`` where
    the left side becomes the result, turn by turn."""
    taints = merge_taints(left.taints, right.taints)
    if op == "+" and is_plain(left) and is_plain(right):
        text = _added(left, right, grows)
        return text if taints is None else Value(text.atoms, taints)
    if has_instances(left) or has_instances(right):
        special = operate(frame, node, op, left, right)
        if special is not None:
            return tainted(special, taints)
    if op == "+":
        if _has_list(left) and _has_list(right):
            from tosguard.flow.natives.sequences import concatenated

            return concatenated(frame, node, left, right)
        told = tells_text(left) or tells_text(right)
        text = _sum_of_texts(left, right, grows) if told else _added(left, right, grows)
        return _carrying(frame, text, left, right)
    if op == "%":
        return percent(frame, node, left, right)
    if op == "/":
        from tosguard.flow.natives.strings import joined_path

        path = joined_path(frame, left, right)
        if path is not None:
            from tosguard.flow.natives.files import path_object

            return tainted(path_object(frame, node, path), path.taints)
    if op == "|":
        return piped(frame, node, left, right)
    if op == "&" and _is_collection(left) and _is_collection(right):
        return _overlap(frame, node, left, right)
    if op == "*" and _has_list(left):
        repeated = frame.machine.make("list", node, frame.context)
        frame.machine.put(repeated, REST, element_of(frame, left))
        return Value(frozenset((repeated,)), taints)
    return Value(tables_in(frame, left, right) or ANYTHING.atoms, taints)


def _added(left: Value, right: Value, grows: bool) -> Value:
    """The sum of values, worked out once."""
    key = (left.atoms, right.atoms, grows)
    known = folded.get(key)
    if known is None:
        known = folded[key] = _sum_of_texts(left, right, grows)
    return known


def _sum_of_texts(left: Value, right: Value, grows: bool) -> Value:
    """One text followed by another; anything for a number, or where one of them is no text."""
    heads, tails = text_parts(left), text_parts(right)
    if heads is None or tails is None or _is_number(left) or _is_number(right):
        return ANYTHING
    return grown_text(heads, tails) if grows else concatenated_text(heads, tails)


def _is_number(value: Value) -> bool:
    """Whether a value is known to be a number: what is added to it is no text, and the sum is not worked out, since it
    would grow from round to round."""
    constants = [a.value for a in value.atoms if isinstance(a, Constant)]
    return bool(constants) and all(isinstance(c, (int, float)) for c in constants)


def _has_list(value: Value) -> bool:
    for atom in value.atoms:  # noqa: SIM110 – asked of every operand, and a generator takes twice as long
        if atom.__class__ is ObjectAtom and atom.kind in LISTS:
            return True
    return False


#: The tag of a library's objects that a pipe feeds.
RUNNABLE = "runnable"

#: A pipe: it gives the prompt that stands before a model.
_PIPE = Entry("operator.or", "pure", "stdlib-io", "library", tags=(RUNNABLE,))


def _carrying(frame: Frame, text: Value, left: Value, right: Value) -> Value:
    """Text made of two values: what library calls made of objects (``json.dumps(record)``) stays visible in it."""
    atoms = text.atoms
    kept = [a for v in (left, right) for a in v.atoms if not a.is_plain and carried(a)]
    kept += tables_in(frame, left, right)
    if kept:
        atoms = atoms | frozenset(kept)
    taints = merge_taints(left.taints, right.taints)
    return text if atoms is text.atoms and taints is None else Value(atoms, taints)


def piped(frame: Frame, node: ir.Node, left: Value, right: Value) -> Value:
    """``a | b``: dicts are merged; a pipe of runnables is called by its last stage that the catalogue knows."""
    dicts = [a for v in (left, right) for a in v.atoms if isinstance(a, ObjectAtom) and a.kind == "dict"]
    if dicts and not any(isinstance(a, SymbolAtom) for v in (left, right) for a in v.atoms):
        from tosguard.flow.natives.mappings import update

        made = frame.machine.make("dict", node, frame.context)
        update(frame, node, made, left)
        update(frame, node, made, right)
        return single(made)
    stages = [a for a in right.atoms if isinstance(a, SymbolAtom) and _is_runnable(a)] if left.atoms else []
    if not stages:
        return join(left, right)
    rest = Value(right.atoms - frozenset(stages), right.taints)
    return join(join(left, rest), Value(frozenset(_fed(frame, node, stage, left) for stage in stages)))


def _is_runnable(stage: SymbolAtom) -> bool:
    """Whether a pipe may end in an object: one that the catalogue says so of, or that was made of such a one without
    asking it anything."""
    record = stage.record
    while record is not None and (record.entry is None or record.entry.role in ("pure", "client")):
        if record.entry is not None and RUNNABLE in record.entry.tags:
            return True
        record = record.receiver
    return False


def _fed(frame: Frame, node: ir.Node, stage: SymbolAtom, left: Value) -> SymbolAtom:
    """A stage of a pipe that is fed by what stands before it: the same object elsewhere stays without."""
    machine = frame.machine
    record = machine.record(frame.context, node, _PIPE.symbol, _PIPE, stage.record)
    record.named = {"input": left}
    fed = machine.symbol(stage.path, record)
    machine.write(fed.cell(SOURCE), single(stage))
    return fed


def _is_collection(value: Value) -> bool:
    """Whether a value is a set or a count of things."""
    return any(isinstance(a, ObjectAtom) and a.kind in ("set", "dict") for a in value.atoms)


def _overlap(frame: Frame, node: ir.Node, left: Value, right: Value) -> Value:
    """What two sets or counts have in common: every one of one is compared with those of the other."""
    mine, theirs = reached(frame, left), reached(frame, right)
    taints = merge_taints(mine, theirs)
    if taints is None:
        return left
    sides = (Value(left.atoms, mine), Value(right.atoms, theirs))
    return join(left, observe_comparison(frame, node, "==", *sides, taints))
