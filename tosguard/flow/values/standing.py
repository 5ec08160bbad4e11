"""Instances that stand for a class where it is not seen which one is meant: a method that nobody is seen to call runs
on one, and so does what a parameter is annotated with.

Where the constructor was run on instances of their own alone, the standing instance has nothing of what it left. The
clients that those hold are then what the method may meet, the objects over which it gets at them, and where the
project's requests go: addresses, and the settings that hold some. Whatever else they hold stays with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from tosguard.flow.language.inheritance import linearize
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import NOTHING, Atom, ClassAtom, Constant, ObjectAtom, SymbolAtom, Value

if TYPE_CHECKING:
    from tosguard.flow.solver.machine import Machine

#: Instances of a class that are asked for what they hold.
MAX_ASKED = 8

#: How deep, and in how many fields and values, a client is looked for.
MAX_DEPTH = 3
MAX_FIELDS = 24

#: What addresses have in them.
SCHEME = "://"

#: The role of calls that make a client.
CLIENT = "client"


def supply(machine: Machine) -> None:
    """Gives standing instances, for fields that are read on them and that nothing was stored in, what others hold."""
    asked: dict[tuple[Atom, int], bool] = {}
    lacking = {i: names for i in machine.generic.values() if (names := _lacking(i))}
    others = _instances(machine, {i.cls for i in lacking if i.cls is not None}) if lacking else {}
    for instance, names in lacking.items():
        for name in names:
            held = NOTHING
            for other in others.get(instance.cls, ()):
                if other is not instance and name in other.cells:
                    held = join(held, _usable(other.cells[name].value, asked))
            if held.atoms:
                machine.write(instance.cells[name], held)


def _lacking(instance: ObjectAtom) -> tuple[str, ...]:
    """The fields of an instance that something reads and nothing fills."""
    return tuple(
        name
        for name, cell in instance.cells.items()
        if isinstance(name, str) and cell.readers and not cell.value.atoms and not cell.value.taints
    )


def _instances(machine: Machine, wanted: set[ClassAtom]) -> Mapping[ClassAtom | None, list[ObjectAtom]]:
    """The first instances of classes and of what derives from them."""
    found: dict[ClassAtom | None, list[ObjectAtom]] = {}
    for instance in _made(machine):
        for cls in linearize(instance.cls) if instance.cls is not None else ():
            if cls in wanted and len(known := found.setdefault(cls, [])) < MAX_ASKED:
                known.append(instance)
    return found


def _made(machine: Machine) -> Iterable[ObjectAtom]:
    yield from dict.fromkeys(o for o in machine.objects.values() if o.kind == "instance")
    yield from machine.generic.values()


def _usable(value: Value, asked: dict[tuple[Atom, int], bool]) -> Value:
    leading = (a for a in value.atoms if _leads_to_client(a, MAX_DEPTH, asked) or _holds_address(a))
    return Value(frozenset(leading))


def _holds_address(atom: Atom) -> bool:
    """Whether an atom is an address, or a record of which a declared field is one."""
    if not isinstance(atom, ObjectAtom) or atom.cls is None:
        return _is_address(atom)
    declared = (atom.cells[name] for name in atom.cls.fields if name in atom.cells)
    return any(_is_address(held) for cell in declared for held in islice(cell.value.atoms, MAX_FIELDS))


def _is_address(atom: Atom) -> bool:
    return isinstance(atom, Constant) and isinstance(atom.value, str) and SCHEME in atom.value


def _leads_to_client(atom: Atom, depth: int, asked: dict[tuple[Atom, int], bool]) -> bool:
    """Whether a client of some library is at hand in an atom, or in what it holds; ``asked`` remembers the answers."""
    if isinstance(atom, SymbolAtom):
        entry = atom.record.entry if atom.record is not None else None
        return entry is not None and entry.role == CLIENT
    if not isinstance(atom, ObjectAtom) or not depth:
        return False
    known = asked.get((atom, depth))
    if known is None:
        held = (
            inner for cell in islice(atom.cells.values(), MAX_FIELDS) for inner in islice(cell.value.atoms, MAX_FIELDS)
        )
        known = asked[atom, depth] = any(_leads_to_client(inner, depth - 1, asked) for inner in held)
    return known
