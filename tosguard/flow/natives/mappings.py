"""Dicts and records: what is stored under which key, and what their methods give back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.calls.called import first_positional, receiver_call, receiver_name, receiver_path
from tosguard.flow.language.items import constant_keys, read_item, store, write_item
from tosguard.flow.language.iteration import items_of
from tosguard.flow.language.storing import write_attribute
from tosguard.flow.natives.method_names import DUMPING
from tosguard.flow.values.fields import Path, remember
from tosguard.flow.values.joining import join, only_taints
from tosguard.flow.values.sizes import made_of
from tosguard.flow.values.values import (
    ANYTHING,
    ELEMENT,
    KEYS,
    REST,
    Constant,
    ObjectAtom,
    SymbolAtom,
    Value,
    constant,
    single,
)

if TYPE_CHECKING:
    from tosguard.flow.calls.called import Method
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments
    from tosguard.syntax import ir


#: Values of a dict that are kept in order.
MOST_KNOWN = 16


def update(
    frame: Frame, node: ir.Node, atom: ObjectAtom, value: Value, *, without: frozenset[object] = frozenset()
) -> None:
    """Copies the items of a dict into another, ``without`` those under some keys."""
    machine = frame.machine
    for other in value.atoms:
        if isinstance(other, ObjectAtom) and other is not atom:
            frame.read(other.cell(KEYS))
            for key, cell in list(other.cells.items()):
                if isinstance(key, tuple):
                    if key[1] not in without:
                        machine.put(atom, key[1], frame.read(cell))
                elif key == ELEMENT:
                    machine.put(atom, REST, frame.read(cell))
                elif other.kind == "instance" and isinstance(key, str) and not key.startswith("<"):
                    machine.put(atom, key, frame.read(cell))
        elif isinstance(other, SymbolAtom) and other.cells:
            machine.put(atom, REST, single(other))
    if value.taints is not None:
        machine.put(atom, REST, only_taints(value))


def _update_fields(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> None:
    """``self.__dict__.update(…)``: items become attributes."""
    given = frame.machine.make("dict", (id(node), "fields"), frame.context)
    for value in arguments.positional:
        update(frame, node, given, value)
    for key, cell in list(given.cells.items()):
        if isinstance(key, tuple) and isinstance(key[1], str):
            write_attribute(frame, single(atom), key[1], frame.read(cell))
    for name, value in arguments.keywords.items():
        write_attribute(frame, single(atom), name, value)


def update_mapping(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    """``mapping.update(…)``, also of the fields of an instance (``__dict__``, ``vars``)."""
    if atom.kind == "instance" and (receiver_name(node) == "__dict__" or receiver_call(node) == "vars"):
        _update_fields(frame, node, atom, arguments)
        return ANYTHING
    for value in arguments.positional:
        update(frame, node, atom, value)
        remember_update(frame, receiver_path(frame, node), value)
    for key, value in arguments.keywords.items():
        value = frame.hop(value, node, "stored", f"stored under {key!r}")
        write_item(frame, single(atom), constant(key), value)
        path = receiver_path(frame, node)
        if path is not None:
            remember(frame, (*path, ("item", key)), value)
    return ANYTHING


def remember_update(frame: Frame, path: Path | None, value: Value) -> None:
    """The items of the dict at a path that was just updated by one whose items are known."""
    only = next(iter(value.atoms)) if len(value.atoms) == 1 and value.taints is None else None
    if path is None or not isinstance(only, ObjectAtom) or only.kind != "dict" or frame.read(only.cell(ELEMENT)).atoms:
        return
    for key, cell in list(only.cells.items()):
        if isinstance(key, tuple):
            remember(frame, (*path, key), frame.read(cell))


def _set_item(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    if len(arguments.positional) > 1:
        key, value = arguments.positional[:2]
        store(frame, atom, constant_keys(key), key, frame.under_control(value))
    return ANYTHING


def read_key(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    """``mapping.get(key, default)``: what is stored under the key, or the default."""
    found = read_item(frame, single(atom), first_positional(arguments), node)
    if len(arguments.positional) > 1:
        found = join(found, arguments.positional[1])
    return found if found.atoms or found.taints else ANYTHING


def _set_default(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    if len(arguments.positional) > 1:
        write_item(frame, single(atom), arguments.positional[0], arguments.positional[1])
    return read_item(frame, single(atom), first_positional(arguments), node)


def _pop_item(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    pair = frame.machine.make("tuple", node, frame.context)
    keys = frame.read(atom.cell(KEYS))
    frame.machine.put(pair, 0, keys if keys.atoms else ANYTHING)
    frame.machine.put(pair, 1, items_of(frame, atom))
    return single(pair)


def _values(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    made = frame.machine.make("list", node, frame.context)
    held = [key for key in atom.cells if isinstance(key, tuple)]
    if frame.read(atom.cell(ELEMENT)).atoms or frame.branch or not 0 < len(held) <= MOST_KNOWN:
        frame.machine.put(made, REST, items_of(frame, atom))
        return single(made)
    frame.read(atom.cell(KEYS))
    for position, key in enumerate(held):
        frame.machine.put(made, position, frame.read(atom.cells[key]))
    return single(made)


def _keys(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    made = frame.machine.make("list", node, frame.context)
    keys = frame.read(atom.cell(KEYS))
    frame.machine.put(made, REST, keys if keys.atoms else ANYTHING)
    made_of(frame, made, single(atom))
    return single(made)


def _items(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    machine = frame.machine
    made = machine.make("list", node, frame.context)
    keys = frame.read(atom.cell(KEYS))
    known = [a.value for a in keys.atoms if isinstance(a, Constant)]
    rest = frame.read(atom.cell(ELEMENT))
    if known and len(known) == len(keys.atoms) and not rest.atoms and len(known) <= 16:
        for position, key in enumerate(known):
            pair = machine.make("tuple", (id(node), position), frame.context)
            machine.put(pair, 0, constant(key))
            machine.put(pair, 1, read_item(frame, single(atom), constant(key), node))
            machine.put(made, REST, single(pair))
    else:
        pair = machine.make("tuple", (id(node), -1), frame.context)
        machine.put(pair, 0, keys if keys.atoms else ANYTHING)
        machine.put(pair, 1, items_of(frame, atom))
        machine.put(made, REST, single(pair))
    made_of(frame, made, single(atom))
    return single(made)


def fields_as_dict(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    """The fields of a record under their names."""
    made = frame.machine.make("dict", node, frame.context)
    frame.read(atom.cell(KEYS))
    for key, cell in list(atom.cells.items()):
        if isinstance(key, str) and not key.startswith("<"):
            frame.machine.put(made, key, frame.read(cell))
            frame.machine.write(made.cell(KEYS), constant(key))
    return single(made)


#: The methods of dicts; those of records give their fields as a dict.
MAPPING_METHODS: dict[str, Method] = {
    "get": read_key,
    "setdefault": _set_default,
    "popitem": _pop_item,
    "values": _values,
    "keys": _keys,
    "items": _items,
    "__getitem__": read_key,
    "__setitem__": _set_item,
    **dict.fromkeys(DUMPING, fields_as_dict),
}
