"""Iterating: what the elements of a value are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tosguard.flow.values.joining import join, merge_taints
from tosguard.flow.values.questions import Reader, answered
from tosguard.flow.values.tables import is_table
from tosguard.flow.values.values import (
    ALL,
    ANYTHING,
    BY_SERIAL,
    ELEMENT,
    KEYS,
    NOTHING,
    ROW,
    SOURCE,
    Atom,
    ClassAtom,
    Constant,
    ObjectAtom,
    Place,
    SymbolAtom,
    Value,
    ordered,
    single,
)

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

#: How many objects that a library object was made from are looked into.
MAX_WRAPPED = 24
#: What gives the lines of a file when it is iterated over.
_LINED = frozenset({"builtins.open()", "builtins.open().readlines()"})
#: How many iterators that give each other out by ``__iter__`` are gone through.
_MAX_ITERATORS = 3


def element_of(
    frame: Frame, value: Value, node: ir.Node | None = None, behind: frozenset[ObjectAtom] = frozenset()
) -> Value:
    """What iterating over a value gives.

    Args:
        frame: where it is iterated over.
        value: what is.
        node: the place, the frame's own without it.
        behind: the objects whose ``__iter__`` gave this value out.
    """
    atoms = value.atoms
    if len(atoms) == 1:
        (only,) = atoms
        result = _element(frame, only, node, behind)
    elif atoms:
        sorted_out = answered(frame, ("iterated", atoms), lambda question: _sort_out(question, atoms))
        result = sorted_out.held
        for atom in sorted_out.active:
            result = join(result, _element(frame, atom, node, behind))
        if sorted_out.symbols:
            result = join(result, symbol_elements(frame, sorted_out.symbols))
    else:
        result = NOTHING
    if value.taints is not None:
        result = Value(result.atoms or ANYTHING.atoms, merge_taints(result.taints, value.taints))
    return result


def _element(frame: Frame, atom: Atom, node: ir.Node | None, behind: frozenset[ObjectAtom]) -> Value:
    if isinstance(atom, ObjectAtom):
        return _object_element(frame, atom, node, behind)
    if isinstance(atom, SymbolAtom):
        return symbol_elements(frame, [atom])
    if isinstance(atom, ClassAtom):
        return _class_elements(frame, atom, node)
    return NOTHING if _is_number(atom) else ANYTHING


def _is_number(atom: Atom) -> bool:
    """Whether an atom is a constant that cannot be iterated."""
    return isinstance(atom, Constant) and not isinstance(atom.value, (str, bytes))


@dataclass(frozen=True, slots=True)
class _SortedOut:
    """The atoms of a value by how they are iterated: what those that only hold things hold, the classes and instances
    whose methods say what they give, the objects of libraries."""

    held: Value
    active: list[Atom]
    symbols: list[SymbolAtom]


def _sort_out(question: Reader, atoms: frozenset[Atom]) -> _SortedOut:
    held = NOTHING
    active: list[Atom] = []
    symbols: list[SymbolAtom] = []
    for atom in sorted(atoms, key=BY_SERIAL):
        if isinstance(atom, SymbolAtom):
            symbols.append(atom)
        elif isinstance(atom, ObjectAtom) and atom.kind != "instance":
            held = join(held, _held(question, atom))
        elif isinstance(atom, ClassAtom) or (isinstance(atom, ObjectAtom) and _is_active(question, atom)):
            active.append(atom)
        elif isinstance(atom, ObjectAtom) and (ELEMENT in atom.cells or KEYS in atom.cells):
            held = join(held, items_of(question, atom))
        elif not _is_number(atom):
            held = join(held, ANYTHING)
    return _SortedOut(held, active, symbols)


def _is_active(question: Reader, atom: ObjectAtom) -> bool:
    """Whether a class says by methods what iterating over its instance gives."""
    from tosguard.flow.language.inheritance import class_attribute

    if atom.cls is None:
        return False
    question.watch(atom)
    return any(class_attribute(question, atom.cls, name) is not None for name in _ITERATING)


_ITERATING = ("__iter__", "__aiter__", "__next__", "__anext__", "__getitem__")


def _object_element(frame: Frame, atom: ObjectAtom, node: ir.Node | None, behind: frozenset[ObjectAtom]) -> Value:
    if atom.kind != "instance":
        return _held(frame, atom)
    if atom in behind or len(behind) > _MAX_ITERATORS:
        return ANYTHING
    return _iterated_instance(frame, atom, node, behind)


def _held(reader: Reader, atom: ObjectAtom) -> Value:
    """What iterating over a collection or file gives."""
    if atom.kind == "dict":
        keys = reader.read(atom.cell(KEYS))
        return keys if keys.atoms else ANYTHING
    if atom.kind == "file":
        return reader.read(atom.cell(ELEMENT))
    return items_of(reader, atom)


def _iterated_instance(frame: Frame, atom: ObjectAtom, node: ir.Node | None, behind: frozenset[ObjectAtom]) -> Value:
    from tosguard.flow.calls.calls import call_method, find_method

    where = node if node is not None else frame.here
    me = single(atom)
    for name in ("__iter__", "__aiter__"):
        if find_method(frame, atom, name) is not None:
            iterator = call_method(frame, where, me, name, NOTHING)
            stepping = _stepping(frame, iterator)
            others = Value(iterator.atoms - stepping.atoms - {atom}, iterator.taints)
            result = element_of(frame, others, None, behind | {atom}) if others.atoms else NOTHING
            return join(result, _stepped(frame, where, stepping))
    stepping = _stepping(frame, me)
    if stepping.atoms:
        return _stepped(frame, where, stepping)
    if find_method(frame, atom, "__getitem__") is not None:
        from tosguard.flow.solver.records import Arguments

        return call_method(frame, where, me, "__getitem__", NOTHING, Arguments([ANYTHING]))
    return items_of(frame, atom) if ELEMENT in atom.cells or KEYS in atom.cells else ANYTHING


def _class_elements(frame: Frame, cls: ClassAtom, node: ir.Node | None) -> Value:
    """What iterating over a class gives: the members of an enumeration, what its metaclass says."""
    from tosguard.flow.calls.hooks import members_of
    from tosguard.flow.language.binding import bind_method
    from tosguard.flow.language.inheritance import class_attribute, metaclass_of
    from tosguard.flow.solver.records import Arguments

    where = node if node is not None else frame.here
    meta = metaclass_of(cls)
    method = class_attribute(frame, meta, "__iter__") if meta is not None else None
    if method is not None:
        iterator = frame.call(where, bind_method(frame, method, cls, meta, where), Arguments([]))
        return element_of(frame, Value(iterator.atoms - {cls}, iterator.taints), where)
    members = members_of(frame, cls)
    return members if members.atoms else ANYTHING


def _stepping(frame: Frame, iterator: Value) -> Value:
    """The iterators of the project among the atoms of a value."""
    from tosguard.flow.calls.calls import find_method

    found = [
        a
        for a in iterator.atoms
        if isinstance(a, ObjectAtom)
        and any(find_method(frame, a, step) is not None for step in ("__next__", "__anext__"))
    ]
    return Value(frozenset(found))


def _stepped(frame: Frame, where: ir.Node, iterators: Value) -> Value:
    from tosguard.flow.calls.calls import call_method, find_method

    result = NOTHING
    for atom in ordered(iterators):
        for step in ("__next__", "__anext__"):
            if isinstance(atom, ObjectAtom) and find_method(frame, atom, step) is not None:
                result = join(result, call_method(frame, where, single(atom), step, NOTHING))
    return result


def items_of(frame: Reader, atom: Place) -> Value:
    """Everything stored under positions or unknown keys of an object."""
    return frame.read(atom.cell(ALL))


def symbol_elements(frame: Frame, atoms: list[SymbolAtom]) -> Value:
    """Elements of library objects: by their own API, and of what they were made from."""
    key = ("elements", frozenset(atoms))
    return with_rows(frame, answered(frame, key, lambda question: _elements_of_symbols(question, atoms)), atoms)


def _elements_of_symbols(frame: Reader, atoms: list[SymbolAtom]) -> Value:
    machine = frame.machine
    result = NOTHING
    pending = list(atoms)
    given = frozenset(atoms)
    seen: set[Atom] = set(atoms)
    room = MAX_WRAPPED
    while pending:
        symbol = pending.pop()
        frame.watch(symbol)
        if symbol.known_keys and any(isinstance(k, str) for k in symbol.known_keys) and is_table(frame, symbol):
            result = join(result, single(symbol))  # a row of a table has the table's columns
            continue
        path = symbol.path if symbol.path.endswith("[*]") else machine.canonical(f"{symbol.path}[*]")
        if machine.known(path):
            result = join(result, single(machine.symbol(path, symbol.record, symbol)))
        if ALL in symbol.cells:
            result = join(result, frame.read(symbol.cells[ALL]))
        if SOURCE not in symbol.cells:
            continue
        source = frame.read(symbol.cells[SOURCE])
        if symbol.path in _LINED and symbol in given:
            written = frozenset(a for a in source.atoms if isinstance(a, (ObjectAtom, SymbolAtom)))
            result = join(result, Value(written, source.taints))  # a line is text, with the record that it was made of
            continue
        for inner in source.atoms:
            if room == 0 or inner in seen or not isinstance(inner, (ObjectAtom, SymbolAtom)):
                continue
            seen.add(inner)
            room -= 1
            if isinstance(inner, ObjectAtom):
                is_row = symbol.path in _LINED and all_known(frame, inner)
                result = join(result, single(inner) if is_row else _held_by_source(frame, inner))
            else:
                pending.append(inner)
        if source.taints is not None:
            result = Value(result.atoms, merge_taints(result.taints, source.taints))
    return result if result.atoms else Value(ANYTHING.atoms, result.taints)


def all_known(reader: Reader, record: ObjectAtom) -> bool:
    """Whether all fields of a record are known by their keys, so that each holds what was stored in it alone."""
    rest = record.cells.get(ELEMENT)
    return record.kind == "dict" and bool(record.known_keys) and (rest is None or not reader.read(rest).atoms)


def _held_by_source(reader: Reader, atom: ObjectAtom) -> Value:
    return reader.read(atom.cell(ELEMENT)) if atom.kind == "file" else items_of(reader, atom)


def with_rows(frame: Frame, element: Value, collections: list[SymbolAtom]) -> Value:
    """The element of collections that were read, of which nothing is known, as a record that the code may fill: what is
    stored in a row is in its collection. Tables and data sets with an API of their own hand out copies."""
    if any(isinstance(a, Place) for a in element.atoms):
        return element
    rows: list[Atom] = []
    for symbol in collections:
        read = symbol.record is not None and symbol.path == f"{symbol.record.symbol}()"
        if read and ROW not in symbol.cells:
            row = frame.machine.make("dict", (ROW, symbol.serial), frame.machine.module_contexts[frame.module.dotted])
            frame.machine.write(symbol.cell(ROW), single(row))
        if ROW in symbol.cells:
            rows.extend(frame.read(symbol.cells[ROW]).atoms)
    return Value(element.atoms.union(rows), element.taints) if rows else element
