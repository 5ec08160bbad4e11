"""What is read back of what was written: copies of the records, every field of them a step further on its way.

A record read from a file is not the one that was written: what the reader does to it is not done to the writer's. Where
values of interest were written, each call that reads them has copies of its own, one of each record however often that
is written and read again, so that there are at most as many as there are records times readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.values.taints import LOADED, Hop
from tosguard.flow.values.values import ALL, ELEMENT, KEYS, ROW, SOURCE, ObjectAtom, SymbolAtom, Value, ordered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.values.taints import Taint
    from tosguard.flow.values.values import Atom
    from tosguard.syntax import ir

    _Record: TypeAlias = ObjectAtom | SymbolAtom

#: Records copied for one read; what lies deeper is shared with the writer.
MAX_COPIED = 48
#: Copies made for a project.
MAX_COPIES = 20_000

#: The kinds of objects that are data.
_DATA = frozenset({"dict", "list", "tuple", "set", "generator", "namespace"})
#: The cells of a library object that hold what it was made from or what was put into it.
_HELD = frozenset({SOURCE, ALL, ELEMENT, KEYS, ROW})


def read_back(frame: Frame, node: ir.Node, stored: Value, message: str) -> Value:
    """What a call gets that reads what was written.

    Args:
        frame: where the call stands.
        node: the call.
        stored: what was written, with the ways on which values of interest came to the file.
        message: names the step of reading.
    """
    if stored.taints is None:
        return stored
    return _Copier(frame, node, message, stored.taints).of(stored)


class _Copier:
    """Copies what one call reads."""

    def __init__(self, frame: Frame, node: ir.Node, message: str, written: Mapping[Taint, Hop]) -> None:
        self.frame = frame
        self.node = node
        self.message = message
        self.written = written
        self.first = next(iter(written.values()))
        self.pending: list[tuple[_Record, _Record]] = []
        self.made: dict[_Record, _Record] = {}

    def of(self, value: Value) -> Value:
        """The copy of a value that was written."""
        result = Value(self._atoms(value), self.frame.hops(self.written, self.node, LOADED, self.message))
        while self.pending:
            self._fill(*self.pending.pop(0))
        return result

    def _atoms(self, value: Value) -> frozenset[Atom]:
        if not any(isinstance(a, (ObjectAtom, SymbolAtom)) and a.cells for a in value.atoms):
            return value.atoms
        return frozenset(self._copy(a) if isinstance(a, (ObjectAtom, SymbolAtom)) else a for a in ordered(value))

    def _copy(self, atom: _Record) -> _Record:
        known = self.made.get(atom)
        if known is not None:
            return known
        machine = self.frame.machine
        root = machine.copied_from.get(atom, atom)
        key = (root, id(self.node), self.frame.context)
        copy = machine.copies.get(key)
        if copy is None:
            if not _is_data(atom) or len(self.made) >= MAX_COPIED or len(machine.copies) >= MAX_COPIES:
                return atom
            copy = machine.copies[key] = _empty(root)
            machine.copied_from[copy] = root
        self.made[atom] = copy
        if copy is not atom:
            self.pending.append((atom, copy))
        return copy

    def _fill(self, original: _Record, copy: _Record) -> None:
        machine, frame = self.frame.machine, self.frame
        if isinstance(original, ObjectAtom):
            frame.read(original.cell(KEYS))
        for known in original.known_keys:
            copy.know(known)
        for key, cell in list(original.cells.items()):
            if isinstance(original, SymbolAtom) and key not in _HELD and not isinstance(key, tuple):
                continue
            value = frame.read(cell)
            target = copy.cell(key)
            atoms = self._atoms(value)
            if machine.moved.get((cell, target)) is not value:
                machine.moved[(cell, target)] = value
                machine.write(target, Value(atoms, self._on_disk(value.taints)))

    def _on_disk(self, taints: Mapping[Taint, Hop] | None) -> Mapping[Taint, Hop] | None:
        """The ways of a field's values over the file that its record was written to."""
        if taints is None:
            return None
        written = {t: _after(hop, self.written.get(t, self.first)) for t, hop in taints.items()}
        return self.frame.hops(written, self.node, LOADED, self.message)


def _is_data(atom: _Record) -> bool:
    """Whether something is a record or a collection of records."""
    if isinstance(atom, SymbolAtom):
        return any(key in _HELD or isinstance(key, tuple) for key in atom.cells)
    return atom.kind in _DATA if atom.cls is None else bool(atom.cls.fields)


def _empty(atom: _Record) -> _Record:
    if isinstance(atom, SymbolAtom):
        return SymbolAtom(atom.path, atom.record, atom.parent)
    made = ObjectAtom(atom.kind, atom.cls, atom.site, atom.context)
    made.record = atom.record
    return made


def _after(hop: Hop, written: Hop) -> Hop:
    """A way with the step of writing behind it."""
    if written.step.kind != "written":
        return hop
    return Hop(hop, written.step)
