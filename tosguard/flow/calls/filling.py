"""Calls that leave what they give in an argument: a list that a configuration names, or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.disk.disk import said_of
from tosguard.flow.disk.paths import path_of
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import NOTHING, REST, ObjectAtom, Place, Value

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import CallRecord
    from tosguard.syntax import ir


def fill(frame: Frame, node: ir.Node, record: CallRecord, given: Value) -> None:
    """Puts what a call gives into the collections, and writes it under the paths, that its entry's ``fills`` names."""
    assert record.entry is not None
    machine = frame.machine
    for name in record.entry.fills:
        argument, *fields = name.split(".")
        value = record.named.get(argument, NOTHING)
        for field in fields:
            value = _field(frame, value, field)
        for atom in value.atoms:
            if isinstance(atom, ObjectAtom):
                machine.put(atom, REST, given)
        place = path_of(frame, value)
        machine.disk.write(machine, place, frame.hop(given, node, "written", said_of(place, "written")))


def _field(frame: Frame, value: Value, name: str) -> Value:
    result = NOTHING
    for atom in value.atoms:
        cell = atom.cells.get(name) if isinstance(atom, Place) else None
        if cell is not None:
            result = join(result, frame.read(cell))
    return result
