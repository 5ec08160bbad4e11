"""What the call of a method says: what it is called on, by which name, and what is handed over first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tosguard.flow.values.fields import Path, path_to
from tosguard.flow.values.values import ANYTHING, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments
    from tosguard.flow.values.values import ObjectAtom
    from tosguard.syntax import ir

#: What works out a call of a built-in method on an object.
Method: TypeAlias = "Callable[[Frame, ir.Node, ObjectAtom, Arguments], Value]"


def first_positional(arguments: Arguments) -> Value:
    """What is handed over first by position; anything where that is not seen."""
    if arguments.positional:
        return arguments.positional[0]
    return arguments.star if arguments.star is not None else ANYTHING


def label(node: ir.Node) -> str:
    """The name of what is called on, as a trace tells it: `` to `rows```; empty where it has none."""
    from tosguard.syntax import ir as tree

    func = getattr(node, "func", None)
    owner = func.value if isinstance(func, tree.Attribute) else None
    if isinstance(owner, tree.Name):
        return f" to `{owner.id}`"
    return f" to `{owner.attr}`" if isinstance(owner, tree.Attribute) else ""


def receiver_path(frame: Frame, node: ir.Node) -> Path | None:
    """The access path of what a method is called on."""
    from tosguard.syntax import ir as tree

    func = getattr(node, "func", None)
    return path_to(frame, func.value) if isinstance(func, tree.Attribute) else None


def receiver_name(node: ir.Node) -> str:
    """The attribute that a method was called on."""
    return getattr(getattr(getattr(node, "func", None), "value", None), "attr", "")


def receiver_call(node: ir.Node) -> str:
    """The function whose result a method was called on."""
    owner = getattr(getattr(node, "func", None), "value", None)
    return getattr(getattr(owner, "func", None), "id", "")
