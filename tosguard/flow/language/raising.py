"""Exceptions: what ``raise`` raises, and what an ``except`` clause catches of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.iteration import element_of
from tosguard.flow.language.narrowing import is_exception, listed_types
from tosguard.flow.natives.functional import GROUP
from tosguard.flow.solver.frame import Frame
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    ANYTHING,
    NOTHING,
    REST,
    ClassAtom,
    ObjectAtom,
    Value,
    ordered,
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    pass


def execute_raise(frame: Frame, node: ir.Raise) -> None:
    """``raise exception from cause``: nothing comes after it."""
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


def caught_by(frame: Frame, types: Value | None, raised: Value) -> Value:
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


def group_of(frame: Frame, handler: ir.Handler, caught: Value) -> Value:
    """The group that ``except*`` binds: the exceptions that fit, in its attribute."""
    machine = frame.machine
    group = machine.make("namespace", handler, frame.context)
    listed = machine.make("tuple", (id(handler), "exceptions"), frame.context)
    machine.put(listed, REST, caught)
    machine.write(group.cell("exceptions"), single(listed))
    return single(group)


def handler_names(handler: ir.Handler) -> str:
    """The classes that an ``except`` clause names, as a trace tells them."""

    def text(node: ir.Expr | None) -> str:
        if isinstance(node, ir.Name):
            return node.id
        if isinstance(node, ir.Attribute):
            return node.attr
        if isinstance(node, ir.Collection):
            return "|".join(text(item) for item in node.items)
        return ""

    return text(handler.type) if handler.type is not None else "Exception"
