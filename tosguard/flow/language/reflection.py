"""Reflection: names, attributes, bases and types that a program asks for at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.attributes import read_attribute
from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.definitions import built_class, record_class
from tosguard.flow.language.storing import write_attribute
from tosguard.flow.natives.natives import called_name, first, native
from tosguard.flow.programs.options import field_default, filled, make_parser
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    ANYTHING,
    KEYS,
    NAMESPACE,
    NOTHING,
    Atom,
    ClassAtom,
    FunctionAtom,
    ModuleAtom,
    ObjectAtom,
    Pattern,
    Value,
    constant,
    single,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

#: Classes and functions of a module that its attribute may be, whose name is not known; more are none.
MAX_TAKEN = 20


@native("builtins.getattr")
def _getattr(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return ANYTHING
    owner, name = arguments.positional[:2]
    result = arguments.positional[2] if len(arguments.positional) > 2 else NOTHING
    names = texts(name)
    for text in names:
        result = join(result, read_attribute(frame, owner, text, node, silent=len(arguments.positional) > 2))
    if not names or len(names) < len(name.atoms):
        result = join(result, _any_attribute(frame, owner, name))
    return result if result.atoms or result.taints else ANYTHING


def _any_attribute(frame: Frame, owner: Value, name: Value) -> Value:
    """An attribute whose name is a pattern: everything that fits. Of a module whose attribute is taken by a name that
    is not known at all, any of its classes."""
    patterns = [a for a in name.atoms if isinstance(a, Pattern)]
    result = Value(ANYTHING.atoms, owner.taints)
    for atom in owner.atoms:
        holder = atom.cls if isinstance(atom, ObjectAtom) else atom
        if isinstance(holder, ClassAtom) and patterns:
            for key, cell in list(holder.cells.items()):
                if isinstance(key, str) and any(_fits(p, key) for p in patterns):
                    result = join(result, bind_method(frame, frame.read(cell), atom, holder, frame.here))
        elif isinstance(atom, ModuleAtom):
            result = join(result, _any_of_module(frame, atom, patterns))
    return result


def _any_of_module(frame: Frame, module: ModuleAtom, patterns: Sequence[Pattern]) -> Value:
    frame.unsettle()
    kinds = (ClassAtom, FunctionAtom) if patterns else (ClassAtom,)
    found: set[Atom] = set()
    for key, cell in list(module.cells.items()):
        if (
            isinstance(key, str)
            and not key.startswith(("<", "_"))
            and (not patterns or any(_fits(p, key) for p in patterns))
        ):
            found.update(a for a in frame.read(cell).atoms if isinstance(a, kinds))
    return Value(frozenset(found)) if len(found) <= MAX_TAKEN else NOTHING


def _fits(pattern: Pattern, text: str) -> bool:
    import re

    return re.fullmatch("".join(".*" if p is None else re.escape(p) for p in pattern.parts), text) is not None


@native("builtins.setattr")
def _setattr(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) >= 3:
        for name in texts(arguments.positional[1]):
            write_attribute(frame, arguments.positional[0], name, arguments.positional[2])
    return ANYTHING


@native("builtins.globals", "builtins.locals", "builtins.vars")
def _globals(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if arguments.positional:
        return arguments.positional[0]
    made = frame.machine.make("dict", node, frame.context)
    frame.unsettle()
    if called_name(node) != "globals":
        for name, value in (frame.env or {}).items():
            if not name.startswith("<"):
                frame.machine.put(made, name, value)
    module = frame.machine.module_atoms.get(frame.module.dotted)
    for key, cell in list(module.cells.items()) if module is not None else ():
        if isinstance(key, str) and not key.startswith("<"):
            frame.machine.put(made, key, frame.read(cell))
    if module is not None and called_name(node) == "globals":
        frame.machine.write(made.cell(NAMESPACE), single(module))
    return single(made)


@native("builtins.super")
def _super(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    owner: ClassAtom | None = None
    receiver: Value | None = None
    if len(arguments.positional) >= 2:
        owner = next((a for a in arguments.positional[0].atoms if isinstance(a, ClassAtom)), None)
        receiver = arguments.positional[1]
    else:
        context = frame.context
        while context is not None and (context.atom is None or context.atom.owner is None):
            if context.closure is None:
                break
            context = context.closure
            frame.unsettle()
        if context.atom is not None:
            owner = context.atom.owner
            first = next(iter(context.parameters.values()), None)
            receiver = first
    if owner is None or receiver is None:
        return ANYTHING
    found = [frame.machine.super_atom(owner, a) for a in receiver.atoms if isinstance(a, (ObjectAtom, ClassAtom))]
    return Value(frozenset(found)) if found else ANYTHING


@native("builtins.type")
def _type(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) == 3:
        return built_class(frame, node, arguments)
    found = [a.cls for a in first(arguments).atoms if isinstance(a, ObjectAtom) and a.cls is not None]
    return Value(frozenset(found)) if found else ANYTHING


@native("collections.namedtuple")
def _named_tuple(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return record_class(frame, node, arguments)


@native("functools.wraps", "functools.update_wrapper")
def _wraps(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return single(frame.machine.symbol("functools.wraps()"))


@native("functools.wraps()")
def _wrapped(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return first(arguments)


@native(
    "typing.cast",
    "asyncio.run",
    "asyncio.wait_for",
    "asyncio.shield",
    "ray.get",
    "contextlib.suppress",
)
def _same(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return (
        arguments.positional[1 if called_name(node) == "cast" and len(arguments.positional) > 1 else 0]
        if arguments.positional
        else ANYTHING
    )


@native("dataclasses.asdict", "dataclasses.astuple")
def _as_dict(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    made = frame.machine.make("dict", node, frame.context)
    for atom in first(arguments).atoms:
        if isinstance(atom, ObjectAtom):
            frame.read(atom.cell(KEYS))
            for key, cell in list(atom.cells.items()):
                if isinstance(key, str) and not key.startswith("<"):
                    frame.machine.put(made, key, frame.read(cell))
                    frame.machine.write(made.cell(KEYS), constant(key))
    return Value(frozenset((made,)), first(arguments).taints)


@native(
    "dataclasses.field",
    "pydantic.Field",
    "typer.Option",
    "typer.Argument",
    "attr.ib",
    "attrs.field",
    "pydantic.fields.Field",
)
def _field(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return field_default(frame, arguments)


@native(
    "argparse.ArgumentParser",
    "optparse.OptionParser",
    "transformers.HfArgumentParser",
    "trl.TrlParser",
    "configargparse.ArgumentParser",
    "jsonargparse.ArgumentParser",
    "fastchat.utils.ArgumentParser",
    "simple_parsing.ArgumentParser",
)
def _parser(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return make_parser(frame, node, arguments)


@native("tyro.cli", "simple_parsing.parse", "draccus.parse", "chz.entrypoint", "pyrallis.parse", "jsonargparse.CLI")
def _filled(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    target = first(arguments)
    functions = Value(frozenset(a for a in target.atoms if not isinstance(a, ClassAtom)))
    return join(filled(frame, node, target), frame.call(node, functions, Arguments([])) if functions.atoms else NOTHING)
