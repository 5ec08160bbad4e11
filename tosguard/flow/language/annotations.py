"""Annotations: what a value declared with a type may be, where nothing better is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.scopes import FunctionScope
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    BY_SERIAL,
    NOTHING,
    SUBCLASSES,
    Atom,
    ClassAtom,
    Constant,
    ObjectAtom,
    SymbolAtom,
    Value,
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tosguard.flow.solver.frame import Frame

#: A declared class stands for its subclasses too where there are no more than these.
MAX_SUBCLASSES = 3

#: The wrapper whose further items say more of a value than its type.
ANNOTATED = "Annotated"

_WRAPPERS = frozenset({"Optional", "Union", ANNOTATED, "Final", "ClassVar", "Type"})


def named_annotation(frame: Frame, node: ir.Subscript) -> Value:
    """What a subscript stands for that a name is given for use as an annotation; nothing if it is no such thing."""
    named = node.value
    label = named.id if isinstance(named, ir.Name) else named.attr if isinstance(named, ir.Attribute) else ""
    return instance_of(frame, node) if label == ANNOTATED else NOTHING


def run_annotations(frame: Frame, function: ir.Function) -> None:
    """Runs the calls in a function's annotations, as defining it does, unless its file postpones them."""
    given = [p.annotation for p in function.parameters if p.annotation is not None]
    if function.returns is not None:
        given.append(function.returns)
    calling = [annotation for annotation in given if _calls(annotation)]
    if calling and not _postponed(frame):
        for annotation in calling:
            frame.eval(annotation)


def run_annotation(frame: Frame, annotation: ir.Expr) -> None:
    """Runs the calls in the annotation of a variable; those of a function's own variables are not evaluated."""
    if _calls(annotation) and not isinstance(frame.scope, FunctionScope) and not _postponed(frame):
        frame.eval(annotation)


def _calls(annotation: ir.Expr) -> bool:
    """Whether evaluating an annotation calls something."""
    if isinstance(annotation, ir.Subscript):
        return _calls(annotation.value) or _calls(annotation.index)
    if isinstance(annotation, ir.Binary):
        return _calls(annotation.left) or _calls(annotation.right)
    if isinstance(annotation, ir.Collection):
        return any(_calls(item) for item in annotation.items)
    return isinstance(annotation, ir.Call)


def _postponed(frame: Frame) -> bool:
    return any(
        isinstance(statement, ir.ImportFrom)
        and statement.module == "__future__"
        and any(name.name == "annotations" for name in statement.names)
        for statement in frame.module.node.body[:3]
    )


def instance_of(frame: Frame, annotation: ir.Expr | None) -> Value:
    """An instance of the annotated type: of the project's classes and of library types the catalogue knows."""
    if annotation is None:
        return NOTHING
    if isinstance(annotation, ir.Binary) and annotation.op == "|":
        return join(instance_of(frame, annotation.left), instance_of(frame, annotation.right))
    if isinstance(annotation, ir.Subscript):
        name = annotation.value
        label = name.id if isinstance(name, ir.Name) else name.attr if isinstance(name, ir.Attribute) else ""
        if label not in _WRAPPERS:
            return NOTHING
        parts = annotation.index.items if isinstance(annotation.index, ir.Collection) else (annotation.index,)
        result = _provided(frame, parts) if label == ANNOTATED else NOTHING
        if result.atoms:
            return result
        for part in parts:
            result = join(result, instance_of(frame, part))
        return result
    if isinstance(annotation, ir.Const) and isinstance(annotation.value, str):
        return _instances(frame, frame.lookup(annotation.value)) if annotation.value.isidentifier() else NOTHING
    if isinstance(annotation, (ir.Name, ir.Attribute)):
        return _instances(frame, frame.eval(annotation))
    return NOTHING


def _provided(frame: Frame, parts: Sequence[ir.Expr]) -> Value:
    """The instances that calls in an annotation give, as in ``Annotated[Service, Depends(service)]``."""
    result = NOTHING
    for part in parts:
        if isinstance(part, ir.Call):
            result = join(result, Value(frozenset(a for a in frame.eval(part).atoms if _is_instance(a))))
    return result


def _is_instance(atom: Atom) -> bool:
    return isinstance(atom, ObjectAtom) and atom.kind == "instance"


def _instances(frame: Frame, types: Value) -> Value:
    machine = frame.machine
    result = Value(frozenset(a for a in types.atoms if _is_instance(a)))  # of a name for an annotation that gives them
    for atom in types.atoms:
        if isinstance(atom, ClassAtom):
            result = join(result, single(machine.generic_instance(atom)))
            derived = [a for a in frame.read(atom.cell(SUBCLASSES)).atoms if isinstance(a, ClassAtom)]
            for cls in sorted(derived, key=BY_SERIAL) if len(derived) <= MAX_SUBCLASSES else ():
                result = join(result, single(machine.generic_instance(cls)))
        elif isinstance(atom, SymbolAtom) and not isinstance(atom, Constant):
            made = machine.canonical(f"{atom.path}()")
            if machine.catalogue.is_prefix(made):
                result = join(result, single(machine.symbol(made, atom.record)))
    return result
