"""Binding: what a class attribute is when it is read through an instance or a class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.inheritance import class_attribute
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join, tainted
from tosguard.flow.values.values import (
    ANYTHING,
    BY_SERIAL,
    NOTHING,
    Atom,
    BoundAtom,
    ClassAtom,
    FunctionAtom,
    ObjectAtom,
    PartialAtom,
    Value,
    WrappedAtom,
    single,
)

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.machine import Machine
    from tosguard.syntax import ir


def bind_method(frame: Frame, value: Value, receiver: Atom, cls: ClassAtom | None, node: ir.Node) -> Value:
    """A class attribute read through an instance: functions are bound, properties called."""
    result = NOTHING
    for atom in sorted(value.atoms, key=BY_SERIAL) if len(value.atoms) > 1 else value.atoms:
        if isinstance(atom, FunctionAtom):
            result = join(result, interned_bound(frame.machine, atom, receiver))
        elif isinstance(atom, WrappedAtom):
            if atom.kind == "property":
                result = join(result, frame.call(node, atom.function, Arguments([single(receiver)])))
            elif atom.kind == "classmethod":
                target: Atom = cls if cls is not None else receiver
                for inner in atom.function.atoms:
                    if isinstance(inner, FunctionAtom):
                        result = join(result, interned_bound(frame.machine, inner, target))
                    else:
                        result = join(result, single(inner))
            else:
                result = join(result, atom.function)
        elif (
            isinstance(atom, ObjectAtom)
            and atom.cls is not None
            and class_attribute(frame, atom.cls, "__get__") is not None
        ):
            getter = class_attribute(frame, atom.cls, "__get__") or NOTHING
            given = Arguments([single(receiver), single(cls) if cls is not None else ANYTHING])
            result = join(result, frame.call(node, bind_method(frame, getter, atom, atom.cls, node), given))
        elif isinstance(atom, PartialAtom) and atom.method:
            for inner in atom.function.atoms:
                if isinstance(inner, FunctionAtom):
                    bound = interned_bound(frame.machine, inner, receiver)
                    result = join(result, frame.machine.rebound(atom, bound))
        else:
            result = join(result, single(atom))
    return tainted(result, value.taints)


def interned_bound(machine: Machine, function: FunctionAtom, receiver: Atom) -> Value:
    """The one bound method of a function and a receiver."""
    key = ("bound", function.serial, receiver.serial)
    found = machine.bounds.get(key)
    if found is None:
        found = machine.bounds[key] = single(BoundAtom(function, receiver))
    return found
