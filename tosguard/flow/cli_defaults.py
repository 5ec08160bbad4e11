"""Defaults that decorators give to parameters: ``@click.option("--model", default="x")``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.values import ANYTHING, FunctionAtom, Value, constant, join
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.frame import Frame

_DECLARING = frozenset({"option", "argument"})


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
            given = frame.machine.option_values(atom.scope.module.path, name)
            return join(join(default, given), ANYTHING) if default is not None else join(given, ANYTHING)
    return ANYTHING if declared else None


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
