"""Paths behind objects: the text of a ``Path``, the file that a file object, writer or handle stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.values.joining import join
from tosguard.flow.values.values import NOTHING, SOURCE, Atom, Constant, Pattern, SymbolAtom, Value

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame

#: Cell of a path object that holds its text.
TEXT = "<text>"
#: How many objects are looked through: a csv writer over a text wrapper over an open file.
MAX_STEPS = 8


def path_of(frame: Frame, value: Value) -> Value:
    """The path text that a value is or stands for."""
    result = NOTHING
    seen: set[Atom] = set()
    pending = list(value.atoms)
    steps = 0
    while pending and steps < MAX_STEPS * 4:
        steps += 1
        atom = pending.pop(0)
        if atom in seen:
            continue
        seen.add(atom)
        if isinstance(atom, (Constant, Pattern)):
            result = join(result, Value(frozenset((atom,))))
        elif isinstance(atom, SymbolAtom):
            frame.watch(atom)
            if TEXT in atom.cells:
                result = join(result, frame.read(atom.cells[TEXT]))
                continue
            if atom.record is not None:
                given = atom.record.named.get("path")
                if given is not None:
                    pending.extend(given.atoms)
            if atom.parent is not None and not atom.path.endswith("()"):
                pending.append(atom.parent)
            if SOURCE in atom.cells and atom.path.startswith(("csv.", "jsonlines.", "io.")):
                pending.extend(frame.read(atom.cells[SOURCE]).atoms)
    return result
