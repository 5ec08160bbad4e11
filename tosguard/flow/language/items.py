"""Subscripts: reading, writing and deleting items. Constant keys are kept apart, unknown keys joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.calls.behind import among, items_behind
from tosguard.flow.language.iteration import all_known, element_of, items_of
from tosguard.flow.language.protocols import ask
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.fields import ANY_ITEM, stored
from tosguard.flow.values.joining import join, join_all, merge_taints
from tosguard.flow.values.questions import Reader, answered
from tosguard.flow.values.reach import reached
from tosguard.flow.values.tables import columns, is_table, picks_rows, read_columns, write_through
from tosguard.flow.values.taints import Hop, Taint
from tosguard.flow.values.values import (
    ANYTHING,
    BY_SERIAL,
    ELEMENT,
    FACTORY,
    KEYS,
    NAMESPACE,
    NOTHING,
    REST,
    UNKNOWN,
    Atom,
    ClassAtom,
    Constant,
    FunctionAtom,
    ModuleAtom,
    ObjectAtom,
    Place,
    SliceAtom,
    SymbolAtom,
    Value,
    is_label,
    ordered,
    single,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir


#: Marks a key that is a class, a function or a member of an enumeration.
IDENTITY = object()


def constant_keys(index: Value) -> list[object] | None:
    """The constant keys an index may be; None when it may be anything."""
    keys: list[object] = []
    for atom in index.atoms:
        if isinstance(atom, Constant) and isinstance(atom.value, (str, int, float, bool, type(None), bytes)):
            keys.append(atom.value)
        elif _is_one_thing(atom):
            keys.append((IDENTITY, atom))
        else:
            compound = _tuple_key(atom)
            if compound is None:
                return None
            keys.append(compound)
    return keys or None


def _is_one_thing(atom: Atom) -> bool:
    """Whether an atom stands for a single object: a class, a function, a member of an enumeration."""
    return isinstance(atom, (ClassAtom, FunctionAtom)) or (isinstance(atom, ObjectAtom) and atom.site == "member")


def _tuple_key(atom: object) -> tuple[object, ...] | None:
    """The key that a tuple of constants is."""
    if not isinstance(atom, ObjectAtom) or atom.kind != "tuple":
        return None
    parts: list[object] = []
    for position in range(len(atom.known_keys)):
        cell = atom.cells.get(("item", position))
        held = next(iter(cell.value.atoms)) if cell is not None and len(cell.value.atoms) == 1 else None
        if not isinstance(held, Constant):
            return None
        parts.append(held.value)
    return tuple(parts) or None


def positions(frame: Frame, atom: ObjectAtom) -> list[Value] | None:
    """The items of a list or tuple whose length is known; None otherwise."""
    if atom.kind not in ("list", "tuple"):
        return None
    return answered(frame, ("positions", atom), lambda question: _positions(question, atom))


def _positions(question: Reader, atom: ObjectAtom) -> list[Value] | None:
    question.read(atom.cell(KEYS))
    rest = question.read(atom.cell(ELEMENT))
    if rest.atoms or rest.taints:
        return None
    question.watch(atom)
    found = {k[1]: c for k, c in atom.cells.items() if isinstance(k, tuple)}
    if set(found) != set(range(len(found))):
        return None
    return [question.read(found[i]) for i in range(len(found))]


#: Kinds of objects whose items have positions.
_LISTS = frozenset({"list", "tuple"})


def read_position(frame: Frame, value: Value, position: int) -> Value:
    """The item at a position when a value is unpacked; negative from the end."""
    atoms = value.atoms
    lists = [a for a in atoms if a.__class__ is ObjectAtom and a.kind in _LISTS]
    result = NOTHING
    if len(lists) == 1:
        result = _at_position(frame, lists[0], positions(frame, lists[0]), position)
    elif lists:
        result = answered(frame, ("at", atoms, position), lambda question: _at_positions(question, lists, position))
    if len(lists) == len(atoms):
        symbols = []
    else:
        for atom in ordered(value):
            if not isinstance(atom, SymbolAtom) and not (atom.__class__ is ObjectAtom and atom.kind in _LISTS):
                result = join(result, element_of(frame, single(atom)))
                if isinstance(atom, ObjectAtom) and atom.kind == "dict":  # a row of a file, unpacked
                    result = join(result, items_of(frame, atom))
        symbols = [a for a in atoms if isinstance(a, SymbolAtom)]
    if symbols:
        result = join(result, _symbol_items(frame, symbols, [position])[0])
    if value.taints is not None:
        result = Value(result.atoms or ANYTHING.atoms, merge_taints(result.taints, value.taints))
    return result


def _at_positions(question: Reader, lists: list[ObjectAtom], position: int) -> Value:
    """The items at a position of several lists."""
    ordered_lists = sorted(lists, key=BY_SERIAL)
    return join_all(_at_position(question, atom, _positions(question, atom), position) for atom in ordered_lists)


def _at_position(reader: Reader, atom: ObjectAtom, known: list[Value] | None, position: int) -> Value:
    """The item at a position of a list, of which ``known`` are all items if that can be told."""
    if known is None:
        return _list_item(reader, atom, position)
    return known[position] if -len(known) <= position < len(known) else NOTHING


def _list_item(frame: Reader, atom: ObjectAtom, position: int) -> Value:
    cell = atom.cells.get(("item", position))
    if cell is None or position < 0:
        return items_of(frame, atom)
    return join(frame.read(cell), frame.read(atom.cell(ELEMENT)))


def read_item(frame: Frame, value: Value, index: Value, node: ir.Node) -> Value:
    """``value[index]``."""
    keys = constant_keys(index)
    result = NOTHING
    for atom in sorted(value.atoms, key=BY_SERIAL) if len(value.atoms) > 1 else value.atoms:
        if isinstance(atom, Place):
            frame.watch(atom)
        if isinstance(atom, ObjectAtom):
            result = join(result, _object_item(frame, atom, index, keys, node))
        elif isinstance(atom, ClassAtom):
            result = join(result, _class_item(frame, atom, index, node))
        elif isinstance(atom, FunctionAtom):
            result = join(result, single(atom))
        elif not isinstance(atom, SymbolAtom):
            result = join(result, ANYTHING)
    symbols = [a for a in value.atoms if isinstance(a, SymbolAtom)]
    carried = value.taints
    if symbols and picks_rows(node):
        tables = frozenset(a for a in symbols if is_table(frame, a))
        result = join(result, Value(tables))
        symbols = [a for a in symbols if a not in tables]
    if symbols and any(isinstance(a, SliceAtom) for a in index.atoms):
        rows = frozenset(a for a in symbols if _holds_rows(frame, a))
        result = join(result, Value(rows))
        symbols = [a for a in symbols if a not in rows]
    if symbols:
        if symbols[0].path == "sys.modules":
            result = join(result, _loaded_module(frame, index))
        found, is_plain = _symbol_items(frame, symbols, columns(index))
        if is_plain and all(isinstance(a, SymbolAtom) or a is UNKNOWN or _is_blank(a) for a in value.atoms):
            carried = _inside(frame, found, carried)
        result = join(result, found)
    elif carried is not None and keys is not None:
        carried = _of_field(frame, value, keys, result, carried)
    if carried is not None:
        result = Value(result.atoms or ANYTHING.atoms, merge_taints(result.taints, carried))
    return _looked_up(value, index, result) if keys is None and index.taints is not None else result


def _looked_up(value: Value, index: Value, found: Value) -> Value:
    """What a table of labels that the code spells out gives for a key says what the key said:
    ``"ABCD"[row["answer"]]``."""
    spelled = all(isinstance(a, Constant) and isinstance(a.value, str) for a in value.atoms)
    return Value(found.atoms, index.taints) if spelled or is_label(found) else found


def _holds_rows(frame: Frame, symbol: SymbolAtom) -> bool:
    """Whether an object is a collection that was read, and no more than that: part of it holds the same rows."""
    record = symbol.record
    return (
        record is not None
        and record.entry is not None
        and record.entry.role == "read"
        and "text" not in record.entry.tags
        and symbol.path == f"{record.symbol}()"
        and not frame.machine.known(frame.machine.canonical(f"{symbol.path}[]"))
    )


def _of_field(
    frame: Frame, value: Value, keys: list[object], found: Value, carried: Mapping[Taint, Hop]
) -> Mapping[Taint, Hop] | None:
    """Of what a record carries, what is not known to sit in another field of it. What a parser may give besides, and
    that nothing is known of, does not count; where none of the records has the field, it is read of that."""
    records = frozenset(a for a in value.atoms if isinstance(a, ObjectAtom) and all_known(frame, a))
    others = value.atoms - records
    if UNKNOWN in others and not any(("item", key) in a.cells for a in records for key in keys):
        return carried
    if not records or not (found.atoms or found.taints) or not all(a is UNKNOWN or _is_blank(a) for a in others):
        return carried
    whole, inside = reached(frame, Value(records)), reached(frame, found)
    if whole is None:
        return carried
    return {t: h for t, h in carried.items() if t.common or t not in whole or (inside and t in inside)} or None


def _is_blank(atom: Atom) -> bool:
    """Whether an atom is a record of which no field is known, as a parser gives."""
    return isinstance(atom, ObjectAtom) and atom.kind == "dict" and not atom.known_keys


def _inside(frame: Frame, found: Value, carried: Mapping[Taint, Hop] | None) -> Mapping[Taint, Hop] | None:
    return among(carried, reached(frame, found)) if carried is not None else None


def _loaded_module(frame: Frame, index: Value) -> Value:
    """``sys.modules[name]``."""
    names = [a.value for a in index.atoms if isinstance(a, Constant) and isinstance(a.value, str)]
    if any(isinstance(a, SymbolAtom) and a.path == "builtins.__name__" for a in index.atoms):
        names.append(frame.module.dotted)
    found = [atom for name in names if (atom := frame.machine.module_atom(name)) is not None]
    return Value(frozenset(found)) if found else ANYTHING


def _class_item(frame: Frame, atom: ClassAtom, index: Value, node: ir.Node) -> Value:
    """``cls[index]``: a generic class is itself, whatever its parameters; a metaclass may say otherwise."""
    from tosguard.flow.calls.hooks import member_named
    from tosguard.flow.language.binding import bind_method
    from tosguard.flow.language.inheritance import class_attribute

    hook = class_attribute(frame, atom, "__class_getitem__")
    if hook is None and atom.metaclass is not None:
        hook = class_attribute(frame, atom.metaclass, "__getitem__")
    if hook is None:
        members = member_named(frame, atom, index)
        return members if members.atoms else single(atom)
    return frame.call(node, bind_method(frame, hook, atom, atom, node), Arguments([index]))


def _object_item(frame: Frame, atom: ObjectAtom, index: Value, keys: list[object] | None, node: ir.Node) -> Value:
    if atom.kind == "instance":
        from tosguard.flow.calls.calls import call_method, find_method

        if find_method(frame, atom, "__getitem__") is not None:
            return call_method(frame, node, single(atom), "__getitem__", NOTHING, Arguments([index]))
    if any(isinstance(a, SliceAtom) for a in index.atoms):
        return _sliced(frame, atom, node, index)
    frame.read(atom.cell(KEYS))
    if keys is None:
        if FACTORY in atom.cells and atom.kind == "dict":
            made = frame.call(node, frame.read(atom.cell(FACTORY)), Arguments([]))
            frame.machine.put(atom, REST, made)
        return items_of(frame, atom)
    result = frame.read(atom.cell(ELEMENT))
    for key in keys:
        if isinstance(key, int) and not isinstance(key, bool) and key < 0:
            known = positions(frame, atom)
            found = known[key] if known and -len(known) <= key else items_of(frame, atom)
            result = join(result, found)
            continue
        cell = atom.cells.get(("item", key))
        if cell is None and atom.kind == "instance" and isinstance(key, str):
            cell = atom.cells.get(key)
        elif cell is None and atom.cls is not None and isinstance(key, int) and key < len(atom.cls.fields):
            cell = atom.cells.get(atom.cls.fields[key])
        if cell is not None:
            result = join(result, frame.read(cell))
    return result if result.atoms or result.taints else _made_up(frame, atom, index, keys, node)


def _made_up(frame: Frame, atom: ObjectAtom, index: Value, keys: list[object], node: ir.Node) -> Value:
    """The item that a missing key gives: by ``__missing__``, by the factory of a ``defaultdict``."""
    if FACTORY in atom.cells:
        made = frame.call(node, frame.read(atom.cell(FACTORY)), Arguments([]))
        for key in keys:
            frame.machine.put(atom, key, made)
        return made
    return ask(frame, node, single(atom), ("__missing__",), index) or NOTHING


def _sliced(frame: Frame, atom: ObjectAtom, node: ir.Node, index: Value) -> Value:
    made = frame.machine.make("list", node, frame.context)
    known = positions(frame, atom)
    bounds = slice_bounds(index)
    if known is not None and bounds is not None and made is not atom:
        for position, value in enumerate(known[bounds]):
            frame.machine.put(made, position, value)
        return single(made)
    frame.machine.put(made, REST, items_of(frame, atom))
    return single(made)


def slice_bounds(index: Value) -> slice | None:
    """The constant bounds of a slice; None where one is not known."""
    only = next(iter(index.atoms)) if len(index.atoms) == 1 else None
    if not isinstance(only, SliceAtom):
        return None
    bounds: list[int | None] = []
    for value in (only.lower, only.upper, only.step):
        held = None
        if value is not None:
            atom = next(iter(value.atoms)) if len(value.atoms) == 1 else None
            if not isinstance(atom, Constant) or not isinstance(atom.value, (int, type(None))):
                return None
            held = atom.value
        bounds.append(held)
    return None if bounds[2] == 0 else slice(*bounds)


def _symbol_items(frame: Frame, atoms: list[SymbolAtom], keys: list[object] | None) -> tuple[Value, bool]:
    """Items of library objects: what was stored on them, what they were made from, and what their API gives; and
    whether these objects are read from records alone of which every field is known."""
    machine = frame.machine
    asked = ("items", frozenset(atoms), None if keys is None else tuple((type(key), key) for key in keys))
    result, plain = answered(frame, asked, lambda question: items_behind(question, atoms, keys))
    for atom in atoms:
        if atom.path == "os.environ":
            result = join(result, _environment(frame, keys))
            continue
        if atom.path == "sys.argv":
            result = join(result, _command_words(frame, keys))
            continue
        path = atom.path if atom.path.endswith("[]") else machine.canonical(f"{atom.path}[]")
        if machine.known(path):
            found = machine.symbol(path, atom.record, atom)
            result = join(result, single(found) if found is not atom else read_columns(frame, atom, keys, result))
    return result if result.atoms else Value(ANYTHING.atoms, result.taints), plain


def _environment(frame: Frame, keys: list[object] | None) -> Value:
    result = NOTHING
    for name in (k for k in keys or () if isinstance(k, str)):
        result = join(result, single(frame.machine.symbol(f"os.environ[{name}]")))
        result = join(result, frame.machine.option_values(frame.module.path, f"${name}"))
    return result if result.atoms else ANYTHING


def _command_words(frame: Frame, keys: list[object] | None) -> Value:
    """The arguments a program is started with."""
    numbers = [str(k) for k in keys or () if isinstance(k, int) and k > 0]
    return join(ANYTHING, frame.machine.option_values(frame.module.path, *numbers))


def write_item(frame: Frame, owner: Value, index: Value, value: Value) -> None:
    """``owner[index] = value``."""
    keys = constant_keys(index)
    value = frame.under_control(value)
    if any(isinstance(a, SliceAtom) for a in index.atoms):
        value = element_of(frame, value)
    for field in [("item", key) for key in keys] if keys is not None else [ANY_ITEM]:
        stored(frame, field)
    for atom in sorted(owner.atoms, key=BY_SERIAL) if len(owner.atoms) > 1 else owner.atoms:
        if isinstance(atom, ObjectAtom):
            if atom.kind == "instance":
                from tosguard.flow.calls.calls import call_method, find_method

                if find_method(frame, atom, "__setitem__") is not None:
                    where = frame.here
                    call_method(frame, where, single(atom), "__setitem__", NOTHING, Arguments([index, value]))
                    continue
            store(frame, atom, keys, index, value)
            if NAMESPACE in atom.cells:
                for module in atom.cells[NAMESPACE].value.atoms:
                    if isinstance(module, ModuleAtom):
                        for key in keys or ():
                            frame.machine.write(module.cell(key), value)
        elif isinstance(atom, SymbolAtom) and atom.record is not None:
            store(frame, atom, columns(index), index, value)
            write_through(frame, atom, value)


def store(frame: Frame, atom: ObjectAtom | SymbolAtom, keys: list[object] | None, index: Value, value: Value) -> None:
    """Writes an item into the cells of an object."""
    machine = frame.machine
    if keys is None:
        machine.put(atom, REST, value)
        if index.taints is not None or any(not isinstance(a, Constant) for a in index.atoms):
            machine.write(atom.cell(KEYS), Value(index.atoms, index.taints))
        return
    for key in keys:
        machine.put(atom, key, value)
        if isinstance(key, tuple) and key[0] is IDENTITY:
            machine.write(atom.cell(KEYS), Value(index.atoms, index.taints))


def shuffle(frame: Frame, atom: ObjectAtom) -> None:
    """Forgets the positions of a list: every item may be anywhere from now on."""
    frame.machine.put(atom, REST, items_of(frame, atom))
