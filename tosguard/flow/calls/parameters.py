"""Parameters: what each of them is for the arguments of a call, its default and its annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.annotations import instance_of
from tosguard.flow.programs.cli_defaults import parameter_default
from tosguard.flow.solver.frame import Frame
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    ANYTHING,
    KEYS,
    REST,
    FunctionAtom,
    Value,
    constant,
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    pass


def bind_parameters(frame: Frame, node: ir.Node, atom: FunctionAtom, arguments: Arguments) -> dict[str, Value]:
    """The value of each parameter of a function for a call's arguments."""
    parameters: dict[str, Value] = {}
    positional = list(arguments.positional)
    keywords = dict(arguments.keywords)
    name = atom.scope.node.name
    for parameter in atom.scope.node.parameters:
        kind = parameter.kind
        if kind == "args":
            parameters[parameter.name] = _extra_positional(frame, node, parameter, positional, arguments)
            positional = []
            continue
        if kind == "kwargs":
            parameters[parameter.name] = _extra_keywords(frame, node, parameter, keywords, arguments)
            continue
        value: Value | None = None
        if kind != "keyword" and positional:
            value = positional.pop(0)
        elif kind != "positional" and parameter.name in keywords:
            value = keywords.pop(parameter.name)
        if value is None:
            value = _missing(frame, atom, parameter, arguments)
        if parameter.annotation is not None and value.atoms == ANYTHING.atoms:
            value = join(value, declared(frame, atom, parameter))
        if value.taints is not None:
            value = frame.hop(value, node, "passed", f"passed to `{name}` as `{parameter.name}`")
        parameters[parameter.name] = value
    return parameters


def _missing(frame: Frame, atom: FunctionAtom, parameter: ir.Parameter, arguments: Arguments) -> Value:
    value = parameter_default(frame, atom, parameter.name)
    for extra in (arguments.star if parameter.kind != "keyword" else None, arguments.keyword_star):
        if extra is not None:
            value = extra if value is None else join(value, extra)
    return ANYTHING if value is None else value


def declared(frame: Frame, atom: FunctionAtom, parameter: ir.Parameter) -> Value:
    """An instance of a parameter's annotated type, evaluated where the function is defined."""
    key = (atom, parameter.name)
    known = frame.machine.declared.get(key)
    if known is None:
        known = instance_of(Frame(frame.machine, atom.closure), parameter.annotation)
        if known.atoms or not frame.machine.importing:
            frame.machine.declared[key] = known
    return known


def _extra_positional(
    frame: Frame, node: ir.Node, parameter: ir.Parameter, positional: list[Value], arguments: Arguments
) -> Value:
    machine = frame.machine
    made = machine.make("tuple", (id(node), id(parameter)), frame.context)
    for i, value in enumerate(positional):
        machine.put(made, i, value)
    if arguments.star is not None:
        machine.put(made, REST, arguments.star)
    return single(made)


def _extra_keywords(
    frame: Frame, node: ir.Node, parameter: ir.Parameter, keywords: dict[str, Value], arguments: Arguments
) -> Value:
    machine = frame.machine
    made = machine.make("dict", (id(node), id(parameter)), frame.context)
    for key, value in keywords.items():
        machine.put(made, key, value)
        machine.write(made.cell(KEYS), constant(key))
    if arguments.keyword_star is not None:
        machine.put(made, REST, arguments.keyword_star)
    return single(made)
