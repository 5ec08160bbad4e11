"""What is put into something the code does not show: a row of data that was read, a parameter of any type.

Nothing is known that could hold the value, so something is made that does, and kept beside the unknown in the variable,
or in what the unknown is an item of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.items import constant_keys
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import ANYTHING, NOTHING, REST, UNKNOWN, ObjectAtom, Place, SymbolAtom, Value
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments

#: Methods by which a collection takes something in.
GROWING = frozenset({"append", "appendleft", "extend", "insert", "add", "update", "setdefault"})

#: The method by which stores of sessions and caches take a value under a name, and how many arguments it then has.
SETTING = "set"
KEY_AND_VALUE = 2


def is_opaque(value: Value) -> bool:
    """Whether nothing in a value can hold fields."""
    return not any(isinstance(a, Place) for a in value.atoms)


def keep(frame: Frame, target: ir.Attribute | ir.Subscript, value: Value) -> None:
    """Keeps what is stored in an item or attribute of something of which nothing is known."""
    if value.taints is None and is_opaque(value):
        return
    kind = "namespace" if isinstance(target, ir.Attribute) else "dict"
    made = frame.machine.make(kind, target.value, frame.context)
    _store(frame, made, target, value)
    _place(frame, target.value, made)


def keep_given(frame: Frame, callee: Value, function: ir.Expr, arguments: Arguments) -> None:
    """Keeps what a call of ``append`` and its like hands over, where what it is called on is not known."""
    if not isinstance(function, ir.Attribute) or UNKNOWN not in callee.atoms:
        return
    if function.attr == SETTING:
        _keep_set(frame, function, arguments)
    if function.attr not in GROWING:
        return
    given = NOTHING
    for value in (*arguments.positional, *arguments.keywords.values()):
        given = join(given, value)
    if (given.taints is None and is_opaque(given)) or not is_opaque(_read(frame, function.value)):
        return
    given = frame.hop(given, function, "stored", f"handed to `{function.attr}`")
    made = frame.machine.make("list", function.value, frame.context)
    frame.machine.put(made, REST, given)
    _place(frame, function.value, made)


def _keep_set(frame: Frame, function: ir.Attribute, arguments: Arguments) -> None:
    """Keeps what ``store.set("key", value)`` hands to a store of which nothing is known: ``get`` gives it back."""
    if len(arguments.positional) != KEY_AND_VALUE:
        return
    keys, value = constant_keys(arguments.positional[0]), arguments.positional[1]
    named = [k for k in keys or () if isinstance(k, str)]
    if not named or (value.taints is None and is_opaque(value)):
        return
    owner = _read(frame, function.value)
    holders = [a for a in owner.atoms if isinstance(a, ObjectAtom) and a.cls is None]
    if not holders and is_opaque(owner):
        holders = [frame.machine.make("dict", function.value, frame.context)]
        _place(frame, function.value, holders[0])
    value = frame.hop(value, function, "stored", f"stored under '{named[0]}'")
    for holder in holders:
        for key in named:
            frame.machine.put(holder, key, value)


def _place(frame: Frame, owner: ir.Expr, made: ObjectAtom) -> None:
    """Lets ``owner`` be what was made for it: in the variable, or in the nearest thing around that holds items."""
    if isinstance(owner, ir.Name):
        value = _read(frame, owner)
        frame.bind(owner.id, Value(value.atoms | {made}, value.taints))
    elif isinstance(owner, (ir.Attribute, ir.Subscript)):
        value = Value(frozenset((made, UNKNOWN)))
        around = _read(frame, owner.value)
        if is_opaque(around):
            keep(frame, owner, value)
        for holder in around.atoms:
            if isinstance(holder, (ObjectAtom, SymbolAtom)):
                _store(frame, holder, owner, value)


def _store(frame: Frame, holder: ObjectAtom | SymbolAtom, target: ir.Attribute | ir.Subscript, value: Value) -> None:
    if isinstance(target, ir.Attribute):
        frame.machine.write(holder.cell(target.attr), value)
        if isinstance(holder, ObjectAtom):
            frame.machine.put(holder, target.attr, value)  # a store may give its fields as items too
    else:
        index = frame.eval(target.index)
        keys = constant_keys(index)
        for key in keys if keys is not None else (REST,):
            frame.machine.put(holder, key, value)


def _read(frame: Frame, node: ir.Expr) -> Value:
    """The value of a variable, attribute or item; reading it again runs no call."""
    plain = node
    while isinstance(plain, (ir.Attribute, ir.Subscript)):
        plain = plain.value
    return frame.eval(node) if isinstance(plain, ir.Name) else NOTHING


def provide_rows(frame: Frame, over: ir.Expr) -> None:
    """Lets a variable that a loop runs over, of which nothing is known, be a list of records that the loop may fill."""
    if isinstance(over, ir.Subscript):
        _provide_under_key(frame, over)
        return
    named = [over] if isinstance(over, ir.Name) else []
    if isinstance(over, ir.Call):
        named = [a.value for a in over.arguments if isinstance(a.value, ir.Name) and a.stars == 0]
    for name in named:
        value = frame.env.get(name.id) if frame.env is not None else None
        if value is None or UNKNOWN not in value.atoms or not is_opaque(value):
            continue
        rows = _rows(frame, over, name.id, value)
        frame.bind(name.id, Value(value.atoms | {rows}, value.taints))


def _provide_under_key(frame: Frame, over: ir.Subscript) -> None:
    """The same for rows that a record of data holds under a key: the list becomes part of that record."""
    keys = constant_keys(frame.eval(over.index))
    if not keys or not isinstance(keys[0], str):
        return
    value = _read(frame, over)
    if UNKNOWN not in value.atoms or not is_opaque(value):
        return
    holders = [a for a in _read(frame, over.value).atoms if isinstance(a, (ObjectAtom, SymbolAtom)) and _holds(a)]
    if holders:
        rows = Value(frozenset((_rows(frame, over, keys[0], value),)), value.taints)
        for holder in holders:
            frame.machine.put(holder, keys[0], rows)


def _holds(atom: ObjectAtom | SymbolAtom) -> bool:
    """Whether something stands for one record or document."""
    return atom.record is not None if isinstance(atom, SymbolAtom) else atom.kind == "dict"


def _rows(frame: Frame, over: ir.Expr, name: str, value: Value) -> ObjectAtom:
    """A list of one record that stands for all rows which a loop runs over."""
    rows = frame.machine.make("list", (id(over), name), frame.context)
    row = frame.machine.make("dict", (id(over), name, "row"), frame.context)
    frame.machine.put(rows, REST, Value(ANYTHING.atoms | {row}, value.taints))
    return rows
