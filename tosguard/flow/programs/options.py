"""Command lines: what the options of a program are when nobody gives them, and what scripts of the project give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.inheritance import class_attribute, linearize
from tosguard.flow.language.iteration import element_of
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    ANYTHING,
    KEYS,
    NOTHING,
    REST,
    ClassAtom,
    Constant,
    ObjectAtom,
    Value,
    callables,
    constant,
    single,
    texts,
)

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments
    from tosguard.syntax import ir

_SAME_PARSER = frozenset({"add_argument_group", "add_mutually_exclusive_group", "add_subparsers", "add_parser"})


def make_parser(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """A command-line parser; its options live in one namespace object."""
    machine = frame.machine
    parser = machine.make("parser", node, frame.context)
    machine.write(parser.cell("namespace"), single(machine.make("namespace", node, frame.context)))
    if arguments.positional:
        machine.write(parser.cell("types"), arguments.positional[0])
    return single(parser)


def parser_method(frame: Frame, node: ir.Node, parser: ObjectAtom, name: str, arguments: Arguments) -> Value:
    """Calls a method of a command-line parser."""
    namespace = frame.read(parser.cell("namespace"))
    if name in _SAME_PARSER:
        return single(parser)
    if name in ("add_argument", "add_option"):
        _add_argument(frame, node, namespace, arguments)
        return ANYTHING
    if name == "set_defaults":
        for key, value in arguments.keywords.items():
            _write(frame, namespace, key, value)
        return ANYTHING
    if name in ("parse_args", "parse_intermixed_args"):
        return namespace
    if name == "parse_known_args":
        return _tuple(frame, node, [namespace, ANYTHING])
    if name in ("parse_args_into_dataclasses", "parse_dict", "parse_json_file", "parse_yaml_file", "parse"):
        return _dataclasses(frame, node, frame.read(parser.cell("types")))
    return ANYTHING


def _write(frame: Frame, namespace: Value, key: str, value: Value) -> None:
    for atom in namespace.atoms:
        if isinstance(atom, ObjectAtom):
            frame.machine.write(atom.cell(key), value)
            frame.machine.put(atom, key, value)
            frame.machine.write(atom.cell(KEYS), constant(key))


def _add_argument(frame: Frame, node: ir.Node, namespace: Value, arguments: Arguments) -> None:
    names = [t for value in arguments.positional for t in texts(value)]
    destination = arguments.keywords.get("dest")
    given = texts(destination) if destination is not None else []
    long = [n for n in names if n.startswith("--")] or names
    spelled = [n.lstrip("-").replace("-", "_") for n in names]
    keys = given or [n.lstrip("-").replace("-", "_") for n in long[:1]]
    if names and not names[0].startswith("-"):
        spelled.append(_position(frame, node, namespace))
    value = arguments.keywords.get("default", NOTHING)
    choices = arguments.keywords.get("choices")
    if choices is not None:
        value = join(value, element_of(frame, choices))
    scripted = frame.machine.option_values(frame.module.path, *spelled, *given)
    count = arguments.keywords.get("nargs")
    if scripted.atoms and count is not None and "?" not in texts(count):
        listed = frame.machine.make("list", (id(node), "nargs"), frame.context)
        frame.machine.put(listed, REST, scripted)
        scripted = single(listed)
    value = join(value, scripted)
    action = arguments.keywords.get("action")
    if action is not None and set(texts(action)) & {"store_true", "store_false"}:
        value = ANYTHING
    converted = _converted(frame, node, arguments.keywords.get("type"), value)
    for key in keys:
        _write(frame, namespace, key, join(converted, ANYTHING))


def _converted(frame: Frame, node: ir.Node, kind: Value | None, value: Value) -> Value:
    """The value of an option whose ``type`` is a function or class of the project: what that makes of it too."""
    from tosguard.flow.solver.records import Arguments as Given

    functions = frozenset(callables(kind)) if kind is not None else None
    if not functions:
        return value
    return join(value, frame.call(node, Value(functions), Given([join(value, ANYTHING)])))


def _position(frame: Frame, node: ir.Node, namespace: Value) -> str:
    """The number of a positional argument among those of its parser, from 1."""
    number = 1
    for atom in namespace.atoms:
        if isinstance(atom, ObjectAtom):
            declared = frame.machine.positionals.setdefault(atom, {})
            number = declared.setdefault(id(node), len(declared) + 1)
    return str(number)


def _tuple(frame: Frame, node: ir.Node, values: list[Value]) -> Value:
    made = frame.machine.make("tuple", node, frame.context)
    for position, value in enumerate(values):
        frame.machine.put(made, position, value)
    return single(made)


def _dataclasses(frame: Frame, node: ir.Node, types: Value) -> Value:
    """Instances of the dataclasses that a parser fills, in order."""
    from tosguard.flow.language.items import positions

    listed: list[Value] = []
    for atom in types.atoms:
        if isinstance(atom, ClassAtom):
            listed.append(single(atom))
        elif isinstance(atom, ObjectAtom):
            listed.extend(positions(frame, atom) or [element_of(frame, types)])
    return _tuple(frame, node, [filled(frame, node, value, i) for i, value in enumerate(listed)])


def filled(frame: Frame, node: ir.Node, types: Value, position: int = 0) -> Value:
    """An instance of a class whose fields come from the command line: defaults, and what scripts give."""
    machine = frame.machine
    result = NOTHING
    for atom in types.atoms:
        if not isinstance(atom, ClassAtom):
            continue
        made = machine.make("instance", (id(node), position), frame.context, atom)
        for cls in linearize(atom):
            for name, _, _ in cls.scope.annotated:
                default = class_attribute(frame, atom, name)
                value = join(default or NOTHING, machine.option_values(frame.module.path, name))
                machine.write(made.cell(name), join(value, ANYTHING))
        result = join(result, single(made))
    return result if result.atoms else ANYTHING


def field_default(frame: Frame, arguments: Arguments) -> Value:
    """``dataclasses.field(default=…)`` and the like: what the field is when nobody sets it."""
    factory = arguments.keywords.get("default_factory")
    value = arguments.keywords.get("default")
    if value is None and arguments.positional:
        value = arguments.positional[0]
    if value is None and factory is not None:
        from tosguard.flow.solver.records import Arguments as Given

        value = frame.call(frame.here, factory, Given([]))
        for atom in value.atoms:
            if isinstance(atom, ObjectAtom) and atom.cls is None:
                frame.machine.fresh.add(atom)
    return ANYTHING if value is None else value


def is_false(value: Value) -> bool:
    """Whether a value is nothing but False, None or zero."""
    return bool(value.atoms) and all(isinstance(a, Constant) and not a.value for a in value.atoms)
