"""Instances: what calling a class of the project makes, and what its fields are filled with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tosguard.flow.calls.library import construct_base
from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.enumeration import members_by_value, missing_member
from tosguard.flow.language.inheritance import class_attribute, external_bases, linearize, metaclass_of
from tosguard.flow.solver.frame import Frame
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    ClassAtom,
    FunctionAtom,
    ObjectAtom,
    Value,
    callables,
    ordered,
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.values.values import Cell


def instantiate(frame: Frame, node: ir.Node, cls: ClassAtom, arguments: Arguments, *, plainly: bool = False) -> Value:
    """Makes an instance of a class of the project; ``plainly`` where its metaclass was asked already."""
    machine = frame.machine
    arguments = replace(arguments, site=None)
    meta = metaclass_of(cls)
    maker = class_attribute(frame, meta, "__call__") if meta is not None and not plainly else None
    if maker is not None:
        return frame.call(node, bind_method(frame, maker, cls, meta, node), arguments)
    if len(arguments.positional) == 1:
        members = join(
            members_by_value(frame, cls, arguments.positional[0]), missing_member(frame, node, cls, arguments)
        )
        if members.atoms:
            return members
    made = machine.make("instance", node, frame.context, cls, shared=arguments.crowded)
    if not frame.loops and not arguments.crowded:
        machine.single_objects.add(made)
    me = single(made)
    for symbol in external_bases(cls):
        record = construct_base(frame, node, symbol, arguments)
        if record is not None and made.record is None:
            made.record = record
    creator = class_attribute(frame, cls, "__new__")
    if creator is not None:
        from tosguard.flow.calls.calls import enter

        for function in callables(creator):
            if isinstance(function, FunctionAtom):
                me = join(me, enter(frame, node, function, arguments, cls))
        given = frozenset(a for a in me.atoms if isinstance(a, ObjectAtom))
        others = frozenset(a for a in given if a.cls is not None and cls not in linearize(a.cls))
        if others and len(others) == len(given) - 1:
            return Value(others, me.taints)
        own = given - others - {made}
        me = Value(own or given, me.taints)  # what ``object.__new__`` made stands for the instance
    instances = [a for a in ordered(me) if isinstance(a, ObjectAtom)]
    for instance in instances:
        _initialize(frame, node, instance, cls, arguments)
    return me


def _initialize(frame: Frame, node: ir.Node, made: ObjectAtom, cls: ClassAtom, arguments: Arguments) -> None:
    """Calls ``__init__`` on a new instance, or fills the fields of a class that has none."""
    initializer = class_attribute(frame, cls, "__init__")
    if initializer is not None:
        frame.call(node, bind_method(frame, initializer, made, cls, node), arguments)
    else:
        _fill_fields(frame, node, made, cls, arguments)
        after = class_attribute(frame, cls, "__post_init__")
        if after is not None:
            given = _given_to_initializer(made, cls)
            frame.call(node, bind_method(frame, after, made, cls, node), Arguments([frame.read(c) for c in given]))


def _given_to_initializer(made: ObjectAtom, cls: ClassAtom) -> list[Cell]:
    """The fields of a dataclass that ``__post_init__`` takes as arguments (``dataclasses.InitVar``)."""
    fields = {name: note for c in reversed(linearize(cls)) for name, note, _ in c.scope.annotated}
    return [made.cell(name) for name, note in fields.items() if _label(note) == "InitVar"]


def _label(annotation: ir.Expr) -> str:
    """The last name of an annotation, without its parameters."""
    inner = annotation.value if isinstance(annotation, ir.Subscript) else annotation
    return inner.id if isinstance(inner, ir.Name) else inner.attr if isinstance(inner, ir.Attribute) else ""


def _fill_fields(frame: Frame, node: ir.Node, made: ObjectAtom, cls: ClassAtom, arguments: Arguments) -> None:
    """A class without ``__init__``: dataclasses, pydantic models and named tuples take their fields as arguments."""
    machine = frame.machine
    fields = cls.fields
    for name, value in zip(fields, arguments.positional, strict=False):
        machine.write(made.cell(name), frame.hop(value, node, "stored", f"stored in field `{name}`"))
    for name, value in arguments.keywords.items():
        machine.write(made.cell(name), frame.hop(value, node, "stored", f"stored in field `{name}`"))
    for extra in (arguments.star, arguments.keyword_star):
        if extra is not None:
            for name in fields or ():
                machine.write(made.cell(name), extra)
    for name in fields[len(arguments.positional) :] if machine.fresh else ():
        default = class_attribute(frame, cls, name) if name not in arguments.keywords else None
        for atom in default.atoms if default is not None else ():
            if atom in machine.fresh and isinstance(atom, ObjectAtom):
                own = machine.make(atom.kind, (id(node), name), frame.context, None)
                machine.write(made.cell(name), single(own))
