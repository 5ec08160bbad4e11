"""What a value carries inside: the taints and texts that sit in the fields of its objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.values.joining import add_taints, merge_taints
from tosguard.flow.values.questions import answered
from tosguard.flow.values.taints import Hop, Taint
from tosguard.flow.values.values import (
    ALL,
    BY_SERIAL,
    KEYS,
    ROW,
    SOURCE,
    Atom,
    Cell,
    MethodAtom,
    ObjectAtom,
    PartialAtom,
    SymbolAtom,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.values.questions import Reader

#: Objects looked into for one question: the records of one collection and what they hold.
MAX_OBJECTS = 32


def reached(frame: Frame, value: Value) -> Mapping[Taint, Hop] | None:
    """Every taint in a value or in the data it holds, the nearest first; the context runs again when that grows.
    Instances of the project's classes are looked into only where they are asked for themselves or are records
    (dataclasses)."""
    atoms = value.atoms
    for atom in atoms:
        if isinstance(atom, _HOLDERS):
            inside = answered(frame, atoms, lambda question: inside_of(question, atoms))
            if value.taints is None or inside is None:
                return value.taints or inside
            return add_taints(value.taints, inside)  # what it carries itself came the way it tells
    return value.taints


def inside_of(question: Reader, atoms: frozenset[Atom]) -> Mapping[Taint, Hop] | None:
    """The taints behind objects, read for whoever asks."""
    taints: Mapping[Taint, Hop] | None = None
    waiting: list[Atom] = sorted((a for a in atoms if isinstance(a, _HOLDERS)), key=BY_SERIAL)
    first = frozenset(waiting)
    seen = set(waiting)
    for atom in waiting:
        if isinstance(atom, (ObjectAtom, SymbolAtom)):
            question.watch(atom)
        for cell in _cells(atom, atom in first):
            inner = question.read(cell)
            if inner.taints is not None:
                taints = merge_taints(taints, inner.taints)
            for held in inner.atoms if len(waiting) < MAX_OBJECTS else ():
                if isinstance(held, (ObjectAtom, SymbolAtom)) and held.cells and held not in seen:
                    seen.add(held)
                    waiting.append(held)
                    if len(waiting) >= MAX_OBJECTS:
                        break
        if isinstance(atom, MethodAtom):
            taints = merge_taints(taints, atom.receiver.taints)
        elif isinstance(atom, PartialAtom):
            for inner in (*atom.positional, *atom.keywords.values()):
                taints = merge_taints(taints, inner.taints)
    return taints


_HOLDERS = (ObjectAtom, SymbolAtom, MethodAtom, PartialAtom)


def _cells(atom: Atom, asked: bool) -> list[Cell]:
    if isinstance(atom, ObjectAtom):
        if atom.cls is not None:
            if not asked and not atom.cls.fields:
                return []
            return [c for k, c in atom.cells.items() if isinstance(k, str)]
        return [c for k, c in atom.cells.items() if k in (ALL, KEYS) or (isinstance(k, str) and not k.startswith("<"))]
    if isinstance(atom, SymbolAtom):
        return [c for k, c in atom.cells.items() if k in (SOURCE, ALL, ROW)]
    return []


def deep(frame: Frame, value: Value) -> Value:
    """``value`` with everything it carries inside as taints of its own."""
    taints = reached(frame, value)
    return value if taints is value.taints else Value(value.atoms, taints)
