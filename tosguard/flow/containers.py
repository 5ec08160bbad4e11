"""Methods of lists, dicts, sets, strings and files: what they store and give back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tosguard.flow.aliases import is_single, other_names
from tosguard.flow.attributes import CUTTING, DUMPING, TRIMMING
from tosguard.flow.fields import ANY_ITEM, Path, path_to, remember, stored
from tosguard.flow.futures import future_method
from tosguard.flow.inheritance import linearize
from tosguard.flow.items import constant_keys, positions, read_item, shuffle, slice_bounds, store, write_item
from tosguard.flow.iteration import element_of, items_of
from tosguard.flow.joining import join, merge_taints, only_taints, tainted
from tosguard.flow.options import parser_method
from tosguard.flow.reach import reached
from tosguard.flow.sizes import made_of, outgrown
from tosguard.flow.storing import write_attribute
from tosguard.flow.strings import string_method
from tosguard.flow.values import (
    ANYTHING,
    ELEMENT,
    KEYS,
    NOTHING,
    REST,
    SENT,
    SUBCLASSES,
    THROWN,
    ClassAtom,
    Constant,
    FunctionAtom,
    MethodAtom,
    ObjectAtom,
    Pattern,
    SymbolAtom,
    Value,
    constant,
    single,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tosguard.flow.frame import Frame
    from tosguard.flow.records import Arguments
    from tosguard.syntax import ir


#: Values of a dict that are kept in order.
MOST_KNOWN = 16


def call_container_method(frame: Frame, node: ir.Node, atom: MethodAtom, arguments: Arguments) -> Value:
    """Calls a built-in method on what it is bound to."""
    receiver, name = atom.receiver, atom.name
    if name in _CHANGING:
        stored(frame, ANY_ITEM)
    result = NOTHING
    for held in receiver.atoms:
        if isinstance(held, ObjectAtom) and held.kind == "parser":
            result = join(result, parser_method(frame, node, held, name, arguments))
        elif isinstance(held, ObjectAtom) and held.kind == "future":
            result = join(result, future_method(frame, node, held, name, arguments))
        elif isinstance(held, ObjectAtom) and held.kind == "exit-stack":
            from tosguard.flow.callbacks import stack_method

            result = join(result, stack_method(frame, node, held, name, arguments))
        elif isinstance(held, ClassAtom):
            result = join(result, _class_method(frame, node, held, name, arguments))
        elif isinstance(held, FunctionAtom):
            from tosguard.flow.callbacks import register

            result = join(result, register(frame, node, held, arguments, atom))
        elif isinstance(held, ObjectAtom):
            handler = _METHODS.get(name)
            if handler is not None:
                result = join(result, handler(frame, node, held, arguments))
            elif name in _SELF or name in TRIMMING:
                result = join(result, single(held))
            elif name in CUTTING:
                result = join(result, _pieces(frame, node, held))
            else:
                result = join(result, Value(ANYTHING.atoms, reached(frame, receiver)))
        elif isinstance(held, SymbolAtom):
            result = join(result, single(held) if name in TRIMMING else _pieces(frame, node, held))
        elif isinstance(held, (Constant, Pattern)):
            text = string_method(frame, node, name, Value(frozenset((held,)), receiver.taints), arguments)
            result = join(result, text if text is not None else only_taints(receiver))
    if receiver.taints is not None:
        result = tainted(result, receiver.taints)
    return result if result.atoms or result.taints else ANYTHING


def _pieces(frame: Frame, node: ir.Node, text: ObjectAtom | SymbolAtom) -> Value:
    """The pieces of text that was made of records: each may hold any of them."""
    made = frame.machine.make("list", node, frame.context)
    frame.machine.put(made, REST, join(ANYTHING, single(text)))
    return single(made)


def _class_method(frame: Frame, node: ir.Node, cls: ClassAtom, name: str, arguments: Arguments) -> Value:
    if name == "__call__":
        from tosguard.flow.calls import instantiate

        return instantiate(frame, node, cls, arguments, plainly=True)
    made = frame.machine.make("list", node, frame.context)
    frame.machine.put(made, REST, frame.read(cls.cell(SUBCLASSES)))
    return single(made)


def _first(arguments: Arguments) -> Value:
    if arguments.positional:
        return arguments.positional[0]
    return arguments.star if arguments.star is not None else ANYTHING


def _label(frame: Frame, node: ir.Node) -> str:
    from tosguard.syntax import ir as tree

    func = getattr(node, "func", None)
    owner = func.value if isinstance(func, tree.Attribute) else None
    if isinstance(owner, tree.Name):
        return f" to `{owner.id}`"
    return f" to `{owner.attr}`" if isinstance(owner, tree.Attribute) else ""


def _append(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    value = arguments.positional[-1] if arguments.positional else _first(arguments)
    value = frame.under_control(frame.hop(value, node, "stored", f"appended{_label(frame, node)}"))
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
    value = arguments.positional[1] if len(arguments.positional) > 1 else _first(arguments)
    count = _first_count(frame, node, atom)
    at = constant_keys(_first(arguments))
    if count >= 0 and at is not None and len(at) == 1 and isinstance(at[0], int):
        known = [frame.read(atom.cell(("item", i))) for i in range(count)]
        _remember_items(frame, node, [*known[: at[0]], value, *known[at[0] :]])
    shuffle(frame, atom)
    outgrown(frame, atom)
    frame.machine.put(
        atom, REST, frame.under_control(frame.hop(value, node, "stored", f"inserted{_label(frame, node)}"))
    )
    return ANYTHING


def _path(frame: Frame, node: ir.Node) -> Path | None:
    """The access path of what a method is called on."""
    from tosguard.syntax import ir as tree

    func = getattr(node, "func", None)
    return path_to(frame, func.value) if isinstance(func, tree.Attribute) else None


def _remember_items(frame: Frame, node: ir.Node, items: list[Value]) -> None:
    """The items of the list a method was just called on, where it is named by a plain path."""
    path = _path(frame, node)
    if path is not None:
        for position, item in enumerate(items):
            remember(frame, (*path, ("item", position)), item)


def _extend(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    extend(frame, node, atom, _first(arguments))
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
            element = frame.hop(element_of(frame, value), node, "stored", f"added{_label(frame, node)}")
            added = frame.under_control(element)
        outgrown(frame, atom)
        frame.machine.put(atom, REST, added)


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


def _update(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    if atom.kind == "instance" and (_named(node) == "__dict__" or _owner_called(node) == "vars"):
        _update_fields(frame, node, atom, arguments)
        return ANYTHING
    if atom.kind == "set":
        extend(frame, node, atom, _first(arguments))
        return ANYTHING
    for value in arguments.positional:
        update(frame, node, atom, value)
        remember_update(frame, _path(frame, node), value)
    for key, value in arguments.keywords.items():
        value = frame.hop(value, node, "stored", f"stored under {key!r}")
        write_item(frame, single(atom), constant(key), value)
        path = _path(frame, node)
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


def _get(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    found = read_item(frame, single(atom), _first(arguments), node)
    if len(arguments.positional) > 1:
        found = join(found, arguments.positional[1])
    return found if found.atoms or found.taints else ANYTHING


def _set_default(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    if len(arguments.positional) > 1:
        write_item(frame, single(atom), arguments.positional[0], arguments.positional[1])
    return read_item(frame, single(atom), _first(arguments), node)


def _pop_item(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    pair = frame.machine.make("tuple", node, frame.context)
    keys = frame.read(atom.cell(KEYS))
    frame.machine.put(pair, 0, keys if keys.atoms else ANYTHING)
    frame.machine.put(pair, 1, items_of(frame, atom))
    return single(pair)


def _pop(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    if atom.kind == "dict":
        return _get(frame, node, atom, arguments)
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
    gone = _first(arguments)
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
    path = _path(frame, node)
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
    keys = constant_keys(arguments.positional[0]) if arguments.positional else [0 if _called(node) == "popleft" else -1]
    if count < 1 or keys is None or len(keys) != 1 or not isinstance(keys[0], int):
        return None
    position = keys[0] if keys[0] >= 0 else count + keys[0]
    cell = atom.cells.get(("item", position))
    return frame.read(cell) if cell is not None else None


def _named(node: ir.Node) -> str:
    """The attribute that a method was called on."""
    return getattr(getattr(getattr(node, "func", None), "value", None), "attr", "")


def _owner_called(node: ir.Node) -> str:
    """The function whose result a method was called on."""
    owner = getattr(getattr(node, "func", None), "value", None)
    return getattr(getattr(owner, "func", None), "id", "")


def _called(node: ir.Node) -> str:
    return getattr(getattr(node, "func", None), "attr", "")


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


def _copy(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    made = frame.machine.make(atom.kind, node, frame.context)
    copy_items(frame, atom, made)
    return single(made)


def copy_items(frame: Frame, source: ObjectAtom, target: ObjectAtom) -> None:
    """Copies all items of one collection to another."""
    frame.read(source.cell(KEYS))
    for key, cell in list(source.cells.items()):
        frame.machine.write(target.cell(key), frame.read(cell))


def _sort(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    from tosguard.flow.records import Arguments as Given

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


_CHANGING = frozenset(
    [
        "append",
        "appendleft",
        "insert",
        "extend",
        "update",
        "setdefault",
        "pop",
        "popleft",
        "popitem",
        "sort",
        "reverse",
        "clear",
        "remove",
        "rotate",
        "__setitem__",
    ]
)
_SELF = frozenset(
    {
        "union",
        "difference",
        "intersection",
        "symmetric_difference",
        "__iter__",
        "__enter__",
        "tolist",
        "most_common",
        "fetchall",
        "fetchmany",
    }
)


def _fill_declared(frame: Frame, node: ir.Node, held: ObjectAtom, arguments: Arguments) -> Value:
    """``super().__init__(field=value)`` of a class whose library base takes the declared fields as arguments."""
    declared = {name for cls in linearize(held.cls) for name in cls.fields} if held.cls is not None else set()
    for name, value in arguments.keywords.items():
        if name in declared:
            write_attribute(frame, single(held), name, value)
    return ANYTHING


_METHODS: dict[str, Callable[[Frame, ir.Node, ObjectAtom, Arguments], Value]] = {
    "__init__": _fill_declared,
    "append": _append,
    "appendleft": _append,
    "add": _append,
    "insert": _insert,
    "extend": _extend,
    "update": _update,
    "get": _get,
    "setdefault": _set_default,
    "pop": _pop,
    "popleft": _pop,
    "popitem": _pop_item,
    "remove": _remove,
    "clear": _clear,
    "reverse": _reverse,
    "values": _values,
    "keys": _keys,
    "items": _items,
    "copy": _copy,
    "sort": _sort,
    "__getitem__": _get,
    "__setitem__": _set_item,
    "__next__": _values,
    "send": _values,
}


def _next(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    return items_of(frame, atom)


def _send(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    frame.machine.write(atom.cell(SENT), _first(arguments))
    return items_of(frame, atom)


def _throw(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    """``generator.throw(error)``: raised where the generator waits."""
    from tosguard.flow.statements import raised_instances

    frame.machine.write(atom.cell(THROWN), raised_instances(frame, node, _first(arguments)))
    return items_of(frame, atom)


def fields_as_dict(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    """The fields of a record under their names."""
    made = frame.machine.make("dict", node, frame.context)
    frame.read(atom.cell(KEYS))
    for key, cell in list(atom.cells.items()):
        if isinstance(key, str) and not key.startswith("<"):
            frame.machine.put(made, key, frame.read(cell))
            frame.machine.write(made.cell(KEYS), constant(key))
    return single(made)


_METHODS.update(dict.fromkeys(DUMPING, fields_as_dict))
_METHODS["__next__"] = _METHODS["__anext__"] = _METHODS["fetchone"] = _next
_METHODS["send"] = _METHODS["asend"] = _send
_METHODS["throw"] = _METHODS["athrow"] = _throw
