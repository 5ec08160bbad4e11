"""How many items a collection has, where the code shows it: literals, ranges, what is made of these item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.values.values import ELEMENT, Constant, ObjectAtom, Value, constant

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame

#: The cell that holds how many items a collection has at most whose items are not known one by one.
SIZE = "<size>"

#: Kinds of objects whose items are counted where they are known one by one.
COLLECTIONS = frozenset({"list", "tuple", "set", "dict"})

#: The size of a collection that grew after it was made.
GROWN = -1


def item_count(value: Value) -> int | None:
    """How many items a collection has at most; None where the code does not show it."""
    counts = []
    for atom in value.atoms:
        count = _count(atom) if isinstance(atom, ObjectAtom) else None
        if count is None:
            return None
        counts.append(count)
    return max(counts) if counts else None


def _count(atom: ObjectAtom) -> int | None:
    if SIZE in atom.cells:
        numbers = [a.value for a in atom.cells[SIZE].value.atoms if isinstance(a, Constant)]
        return numbers[0] if len(numbers) == 1 and isinstance(numbers[0], int) and numbers[0] != GROWN else None
    if atom.kind not in COLLECTIONS or (ELEMENT in atom.cells and atom.cells[ELEMENT].value.atoms):
        return None
    return sum(1 for key in atom.cells if isinstance(key, tuple))


def made_of(frame: Frame, made: ObjectAtom, over: Value) -> None:
    """Notes that a collection has an item for each of another, at most."""
    count = item_count(over)
    if count is not None:
        frame.machine.write(made.cell(SIZE), constant(count))
    else:
        outgrown(frame, made)


def outgrown(frame: Frame, atom: ObjectAtom) -> None:
    """Notes that a collection got more items than it was made with."""
    if SIZE in atom.cells:
        frame.machine.write(atom.cells[SIZE], constant(GROWN))
