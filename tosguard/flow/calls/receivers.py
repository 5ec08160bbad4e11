"""Calls of one method on many objects: a registry of models, a list of evaluators."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.inheritance import class_attribute
from tosguard.flow.values.values import BY_SERIAL, Atom, BoundAtom, FunctionAtom, ObjectAtom

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

#: Objects on which one call runs a method once each; on more of them it runs once for all.
MAX_RECEIVERS = 4


def by_method(
    frame: Frame, node: ir.Node, atoms: Iterable[Atom]
) -> tuple[list[tuple[FunctionAtom, list[Atom]]], list[Atom]]:
    """Sorts out the methods that many of the called things share.

    Returns:
        The shared methods, each with its receivers, and what is left to be called one by one.
    """
    bound = [b for atom in atoms for b in _bound(frame, node, atom)]
    receivers: dict[FunctionAtom, list[Atom]] = {}
    for atom in bound:
        if isinstance(atom, BoundAtom) and atom.function not in frame.machine.dispatched:
            receivers.setdefault(atom.function, []).append(atom.receiver)
    shared = {f: r for f, r in receivers.items() if len(r) > MAX_RECEIVERS}
    left = [a for a in bound if not (isinstance(a, BoundAtom) and a.function in shared)]
    return list(shared.items()), left


def _bound(frame: Frame, node: ir.Node, atom: Atom) -> Iterable[Atom]:
    """What calling an atom runs: ``__call__`` of an instance where its class has a plain one, else the atom itself."""
    if isinstance(atom, ObjectAtom) and atom.cls is not None:
        method = class_attribute(frame, atom.cls, "__call__")
        if method is not None and all(isinstance(a, FunctionAtom) for a in method.atoms):
            return sorted(bind_method(frame, method, atom, atom.cls, node).atoms, key=BY_SERIAL)
    return (atom,)
