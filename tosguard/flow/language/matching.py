"""Taking values apart: what the rest of a display and the captures of a ``match`` pattern hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.attributes import read_attribute
from tosguard.flow.language.inheritance import class_attribute
from tosguard.flow.language.items import positions, read_item, read_position
from tosguard.flow.language.iteration import element_of
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import NOTHING, ClassAtom, ObjectAtom, Value, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

#: What a sequence pattern matches.
_SEQUENCES = ("list", "tuple", "generator", "range")


def rest_of(frame: Frame, value: Value, before: int, after: int) -> list[Value]:
    """The items that a starred target takes, between so many before and after it."""
    parts: list[Value] = []
    for atom in value.atoms:
        if isinstance(atom, ObjectAtom):
            known = positions(frame, atom)
            if known is None:
                return [element_of(frame, value)]
            parts.extend(known[before : len(known) - after])
    return parts or [element_of(frame, value)]


def part_of(frame: Frame, case: ir.Case, value: Value, path: Sequence[ir.Step], values: Sequence[Value]) -> Value:
    """The part of a subject that a capture binds.

    Args:
        frame: where the case stands.
        case: the case.
        value: its subject.
        path: the steps from the subject to the capture.
        values: the values of the expressions that the case compares with.
    """
    for step in path:
        value = _step(frame, case, value, step, values)
    return value


def _step(frame: Frame, case: ir.Case, value: Value, step: ir.Step, values: Sequence[Value]) -> Value:
    kind, first = step[0], step[1]
    if kind == "position":
        assert isinstance(first, int)
        return read_position(frame, _of_kinds(value, _SEQUENCES), first)
    if kind == "rest":
        assert isinstance(first, int) and isinstance(step[2], int)
        made = frame.machine.make("list", (id(case), step), frame.context)
        for number, part in enumerate(rest_of(frame, _of_kinds(value, _SEQUENCES), first, step[2])):
            frame.machine.put(made, number, part)
        return Value(frozenset((made,)), value.taints)
    if kind == "key":
        assert isinstance(first, int)
        return read_item(frame, _of_kinds(value, ("dict",)), values[first], case)
    if kind == "attribute":
        return read_attribute(frame, value, str(first), case)
    assert isinstance(first, int) and isinstance(step[2], int)
    return _argument(frame, case, value, first, values[step[2]])


def _of_kinds(value: Value, kinds: tuple[str, ...]) -> Value:
    """What a pattern can match: of the project's own collections only those of its kind."""
    kept = frozenset(a for a in value.atoms if not isinstance(a, ObjectAtom) or a.cls is not None or a.kind in kinds)
    return value if len(kept) == len(value.atoms) else Value(kept, value.taints)


def _argument(frame: Frame, case: ir.Case, value: Value, number: int, classes: Value) -> Value:
    """The field that the n-th argument of a class pattern stands for; a built-in type's is the value itself."""
    result = NOTHING
    known = False
    for cls in classes.atoms:
        if not isinstance(cls, ClassAtom):
            continue
        known = True
        names = list(cls.fields)
        listed = class_attribute(frame, cls, "__match_args__")
        for atom in listed.atoms if listed is not None else ():
            if isinstance(atom, ObjectAtom):
                names = [text for item in positions(frame, atom) or () for text in texts(item)[:1]]
        if number < len(names):
            result = join(result, read_attribute(frame, value, names[number], case))
    return result if known else value
