"""Lists, tuples, sets and queues: what their methods and operators put in, take out and move.

Positions of a list are kept apart as long as they are known; what moves them joins them (``items.shuffle``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.calls.called import first_positional, label, receiver_path
from tosguard.flow.language.items import constant_keys, positions, shuffle, slice_bounds, write_item
from tosguard.flow.language.iteration import element_of, items_of
from tosguard.flow.natives.mappings import update
from tosguard.flow.natives.natives import called_name
from tosguard.flow.values.aliases import is_single, other_names
from tosguard.flow.values.fields import path_to, remember
from tosguard.flow.values.joining import merge_taints
from tosguard.flow.values.sizes import outgrown
from tosguard.flow.values.values import (
    ANYTHING,
    ELEMENT,
    KEYS,
    REST,
    ObjectAtom,
    Value,
    constant,
    single,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tosguard.flow.calls.called import Method
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments
    from tosguard.syntax import ir


def _append(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    value = arguments.positional[-1] if arguments.positional else first_positional(arguments)
    value = frame.under_control(frame.hop(value, node, "stored", f"appended{label(node)}"))
    known = _count(atom) if atom.kind == "list" and not frame.loops else None
    if known is not None and known < 32:
        position = frame.machine.append_slots.setdefault((atom, id(node)), known)
        frame.machine.put(atom, position, value)
        frame.machine.write(atom.cell(KEYS), constant(position))
    else:
        frame.machine.put(atom, REST, value)
        outgrown(frame, atom)
    return ANYTHING


def _count(atom: ObjectAtom) -> int | None:
    if ELEMENT in atom.cells and (atom.cells[ELEMENT].value.atoms or atom.cells[ELEMENT].value.taints):
        return None
    return sum(1 for k in atom.cells if isinstance(k, tuple))


def _first_count(frame: Frame, node: ir.Node, atom: ObjectAtom) -> int:
    """How many known items a list had when a call that moves them was met first; -1 where that is not known."""
    known = _count(atom) if atom.kind == "list" and not frame.loops else None
    return frame.machine.append_slots.setdefault((atom, id(node)), -1 if known is None else known)


def _insert(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    value = arguments.positional[1] if len(arguments.positional) > 1 else first_positional(arguments)
    count = _first_count(frame, node, atom)
    at = constant_keys(first_positional(arguments))
    if count >= 0 and at is not None and len(at) == 1 and isinstance(at[0], int):
        known = [frame.read(atom.cell(("item", i))) for i in range(count)]
        _remember_items(frame, node, [*known[: at[0]], value, *known[at[0] :]])
    shuffle(frame, atom)
    outgrown(frame, atom)
    frame.machine.put(atom, REST, frame.under_control(frame.hop(value, node, "stored", f"inserted{label(node)}")))
    return ANYTHING


def _remember_items(frame: Frame, node: ir.Node, items: list[Value]) -> None:
    """The items of the list a method was just called on, where it is named by a plain path."""
    path = receiver_path(frame, node)
    if path is not None:
        for position, item in enumerate(items):
            remember(frame, (*path, ("item", position)), item)


def _extend(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    extend(frame, node, atom, first_positional(arguments))
    return ANYTHING


def extend(frame: Frame, node: ir.Node, atom: ObjectAtom, value: Value) -> None:
    """Adds the elements of a value to a list or set, or the items of a dict to a dict."""
    extend_each(frame, node, [atom], value)


def extend_each(frame: Frame, node: ir.Node, atoms: Iterable[ObjectAtom], value: Value) -> None:
    """The same for everything that a variable may be: what is added is worked out once."""
    added: Value | None = None
    for atom in atoms:
        if atom.kind == "dict":
            update(frame, node, atom, value)
            continue
        if added is None:
            element = frame.hop(element_of(frame, value), node, "stored", f"added{label(node)}")
            added = frame.under_control(element)
        outgrown(frame, atom)
        frame.machine.put(atom, REST, added)


def pop(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    """``sequence.pop(…)``: the item at the position where that is known, any item otherwise."""
    taken = _taken(frame, node, atom, arguments)
    shuffle(frame, atom)
    return items_of(frame, atom) if taken is None else taken


def delete_item(frame: Frame, node: ir.Subscript, owner: Value, index: Value) -> None:
    """``del owner[index]``: positions of a list move."""
    gone = _positions_meant(index)
    for atom in owner.atoms:
        if not isinstance(atom, ObjectAtom) or atom.kind != "list":
            continue
        known = _known_items(frame, node, atom)
        path = path_to(frame, node.value)
        if known is not None and path is not None and gone is not None:
            del known[gone]
            for position, item in enumerate(known):
                remember(frame, (*path, ("item", position)), item)
        shuffle(frame, atom)


def _positions_meant(index: Value) -> slice | None:
    """The positions that a constant index or slice means; None where it is not known."""
    at = constant_keys(index)
    if at is None:
        return slice_bounds(index)
    return slice(at[0], at[0] + 1 or None) if len(at) == 1 and isinstance(at[0], int) else None


def replace_slice(frame: Frame, node: ir.Subscript, owner: Value, index: Value, value: Value) -> bool:
    """``owner[lower:upper] = value`` on a list whose items are known: what it holds from here on. False for others."""
    only = next(iter(owner.atoms)) if len(owner.atoms) == 1 and owner.taints is None else None
    bounds, path = slice_bounds(index), path_to(frame, node.value)
    given = next(iter(value.atoms)) if len(value.atoms) == 1 and value.taints is None else None
    fresh = positions(frame, given) if isinstance(given, ObjectAtom) else None
    if not isinstance(only, ObjectAtom) or only.kind != "list" or bounds is None or path is None:
        return False
    known = _known_items(frame, node, only)
    if known is None or fresh is None or bounds.step not in (None, 1):
        return False
    known[bounds] = fresh
    write_item(frame, owner, index, value)
    shuffle(frame, only)
    for position, item in enumerate(known):
        remember(frame, (*path, ("item", position)), item)
    return True


def _known_items(frame: Frame, node: ir.Node, atom: ObjectAtom) -> list[Value] | None:
    """The items of a list before a call that moves them, as when it was met first."""
    count = _first_count(frame, node, atom)
    return None if count < 0 else [frame.read(atom.cell(("item", i))) for i in range(count)]


def _remove(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    known = _known_items(frame, node, atom)
    gone = first_positional(arguments)
    if known is not None and len(gone.atoms) == 1:
        at = next((i for i, item in enumerate(known) if item.atoms == gone.atoms), None)
        if at is not None:
            _remember_items(frame, node, [*known[:at], *known[at + 1 :]])
    shuffle(frame, atom)
    return ANYTHING


def _reverse(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    known = _known_items(frame, node, atom)
    if known is not None:
        _remember_items(frame, node, known[::-1])
    shuffle(frame, atom)
    return ANYTHING


def _clear(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    if atom.kind == "list":
        shuffle(frame, atom)
    path = receiver_path(frame, node)
    if path is not None and len(path) == 1 and not frame.branch and is_single(frame, atom):
        (name,) = path
        held = frame.env.get(str(name)) if frame.env is not None else None
        if held is not None and held.atoms == {atom} and not any(other_names(frame, path, held)):
            emptied = frame.machine.make(atom.kind, node, frame.context)
            frame.machine.single_objects.add(emptied)
            frame.bind(str(name), single(emptied))
    return ANYTHING


def _taken(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value | None:
    """The item that the first ``pop`` of a list whose items are known takes out."""
    count = _first_count(frame, node, atom)
    end = 0 if called_name(node) == "popleft" else -1
    keys = constant_keys(arguments.positional[0]) if arguments.positional else [end]
    if count < 1 or keys is None or len(keys) != 1 or not isinstance(keys[0], int):
        return None
    position = keys[0] if keys[0] >= 0 else count + keys[0]
    cell = atom.cells.get(("item", position))
    return frame.read(cell) if cell is not None else None


def _sort(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    from tosguard.flow.solver.records import Arguments as Given

    key = arguments.keywords.get("key")
    if key is not None:
        frame.call(node, key, Given([items_of(frame, atom)]))
    shuffle(frame, atom)
    return ANYTHING


def concatenated(frame: Frame, node: ir.Node, left: Value, right: Value) -> Value:
    """``left + right`` of lists or tuples."""
    machine = frame.machine
    kinds = [a.kind for v in (left, right) for a in v.atoms if isinstance(a, ObjectAtom)]
    made = machine.make(kinds[0] if kinds else "list", node, frame.context)
    known: list[Value] | None = []
    for side in (left, right):
        only = next(iter(side.atoms)) if len(side.atoms) == 1 else None
        items = positions(frame, only) if isinstance(only, ObjectAtom) and only is not made else None
        known = None if known is None or items is None else known + items
    if known is not None and len(known) <= 64:
        for position, value in enumerate(known):
            machine.put(made, position, value)
    else:
        for side in (left, right):
            machine.put(made, REST, element_of(frame, side))
    return Value(frozenset((made,)), merge_taints(left.taints, right.taints))


#: The methods of lists, sets and queues.
SEQUENCE_METHODS: dict[str, Method] = {
    "append": _append,
    "appendleft": _append,
    "add": _append,
    "insert": _insert,
    "extend": _extend,
    "remove": _remove,
    "clear": _clear,
    "reverse": _reverse,
    "sort": _sort,
}
