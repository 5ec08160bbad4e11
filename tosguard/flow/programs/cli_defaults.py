"""What a command line gives to parameters: ``@click.option("--model", default="x")``, ``fire.Fire(main)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.disk.documents import composed
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import ANYTHING, NOTHING, FunctionAtom, Value, constant
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame

_DECLARING = frozenset({"option", "argument"})
#: Libraries that make options of a function's parameters.
_RUNNERS = frozenset({"fire", "typer", "tyro", "plac", "defopt", "cyclopts", "argh", "clize", "jsonargparse"})


def parameter_default(frame: Frame, atom: FunctionAtom, name: str) -> Value | None:
    """What a parameter is that no argument is given for; None where nothing is known of it."""
    plain = atom.defaults.get(name)
    if plain is not None:
        given = _given(frame, atom, name)
        return join(plain, given) if given.atoms else plain
    return option_default(frame, atom, name)


def _given(frame: Frame, atom: FunctionAtom, name: str) -> Value:
    """What scripts give to a parameter of a function that a library makes a command of."""
    if not frame.machine.options or not may_be_command(atom):
        return NOTHING
    return frame.machine.option_values(atom.scope.module.path, name)


def may_be_command(atom: FunctionAtom) -> bool:
    """Whether a library that makes commands of functions and of classes' methods is used beside a function."""
    return any(i.partition(".")[0] in _RUNNERS for i in atom.scope.module.imports)


def option_default(frame: Frame, atom: FunctionAtom, name: str) -> Value | None:
    """The default a command-line decorator gives to a parameter; None for functions without such decorators."""
    declared = False
    for decorator in atom.scope.node.decorators:
        if not isinstance(decorator, ir.Call):
            continue
        func = decorator.func
        label = func.attr if isinstance(func, ir.Attribute) else func.id if isinstance(func, ir.Name) else ""
        if label not in _DECLARING:
            continue
        declared = True
        if name in _names(decorator):
            default = _default(decorator)
            given = frame.machine.option_values(atom.scope.module.path, name, *_names(decorator))
            return join(join(default, given), ANYTHING) if default is not None else join(given, ANYTHING)
    if declared:
        return ANYTHING
    configuration = composed(frame, atom)
    if configuration.atoms:
        return configuration
    given = _given(frame, atom, name)
    return join(given, ANYTHING) if given.atoms else None


def _names(decorator: ir.Call) -> set[str]:
    found: set[str] = set()
    for argument in decorator.arguments:
        value = argument.value
        if argument.keyword is None and isinstance(value, ir.Const) and isinstance(value.value, str):
            found.add(value.value.lstrip("-").partition("/")[0].replace("-", "_").lower())
    return found


def _default(decorator: ir.Call) -> Value:
    for argument in decorator.arguments:
        if argument.keyword == "default" and isinstance(argument.value, ir.Const):
            return constant(argument.value.value)
    return ANYTHING
