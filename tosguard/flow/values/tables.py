"""Columns of tables: which of them an index names, and which stored ones it may mean.

A table stands for its rows, so an index is a column's name: the name itself, the second of a pair of row and column,
or a text with holes (``f"{model}-answer"``), which means every column that fits it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from tosguard.flow.values.joining import join, tainted
from tosguard.flow.values.values import (
    NOTHING,
    SOURCE,
    Atom,
    Constant,
    ObjectAtom,
    Pattern,
    Place,
    SymbolAtom,
    Value,
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments
    from tosguard.flow.values.questions import Reader

#: What the key of a column with holes in its name begins with.
HOLES = "~"

_NONE: frozenset[Atom] = frozenset()

#: Methods that only tables have.
_ROW_METHODS = ("iterrows", "iter_rows")

#: Literal texts shorter than this do not tell columns apart.
SHORTEST_PART = 3


def is_table(frame: Reader, atom: SymbolAtom) -> bool:
    """Whether an object is a table, of which every column is an attribute too: what stands for its items is like it,
    and it goes through its rows with their labels."""
    machine = frame.machine
    if machine.canonical(f"{atom.path}[]") != atom.path:
        return False
    return any(machine.known(f"{atom.path}.{method}") for method in _ROW_METHODS)


def has_columns(frame: Reader, atom: SymbolAtom) -> bool:
    """Whether a library object is a table on whose columns something was stored."""
    if atom in frame.machine.columns or not any(isinstance(k, str) or _has_holes(k) for k in atom.known_keys):
        return False
    return is_table(frame, atom)


def tables_in(frame: Frame, *values: Value) -> frozenset[Atom]:
    """The tables among values: what is computed element by element is again such a table."""
    found = [a for value in values for a in value.atoms if a.__class__ is SymbolAtom and is_table(frame, a)]
    return frozenset(found) if found else _NONE


def call_column(frame: Frame, node: ir.Node, atom: SymbolAtom, arguments: Arguments) -> Value | None:
    """A call of what was taken for a column: a method nobody modelled, which gives something like its table."""
    key = frame.machine.columns.get(atom)
    if key is None or atom.parent is None:
        return None
    func = getattr(node, "func", None)
    found = single(atom.parent) if getattr(func, "attr", None) == key else single(atom)
    return tainted(found, arguments.every().taints)


def picks_rows(node: ir.Node) -> bool:
    """Whether an index picks rows or several columns: a test, a list of names, a slice."""
    index = node.index if isinstance(node, ir.Subscript) else None
    if isinstance(index, ir.Collection):
        return index.kind == "list"
    return isinstance(index, (ir.Slice, ir.Compare, ir.Unary)) or (
        isinstance(index, ir.Binary) and index.op in ("&", "|", "^")
    )


def columns(index: Value) -> list[object] | None:
    """The columns that an index of a table names; None when it may be anything."""
    keys: list[object] = []
    for atom in index.atoms:
        pair = _column(atom)
        for named in pair.atoms if pair is not None else (atom,):
            key = _key(named)
            if key is None:
                return None
            keys.append(key)
    return keys or None


def fitting(table: SymbolAtom, keys: list[object]) -> Iterator[object]:
    """The keys under which something was stored that these columns may mean."""
    holed = [k for k in table.known_keys if _has_holes(k)]
    for key in keys:
        yield key
        if isinstance(key, str):
            yield from (k for k in holed if _expression(k).fullmatch(key) is not None)
        elif _has_holes(key):
            fits = _expression(key).fullmatch
            yield from (k for k in table.known_keys if isinstance(k, str) and fits(k) is not None)


def read_columns(frame: Reader, table: SymbolAtom, keys: list[object] | None, held: Value) -> Value:
    """``table[keys]`` where items of the table are tables again: the columns, each holding what was found of it."""
    machine = frame.machine
    if keys is None or not all(isinstance(k, (str, tuple)) for k in keys):
        return single(table)
    kept = Value(frozenset(a for a in held.atoms if isinstance(a, Place)), held.taints)
    result = NOTHING
    for key in keys:
        column = machine.column(table, key)
        if column is not table and (kept.atoms or kept.taints):
            machine.write(column.cell(SOURCE), kept)
        result = join(result, single(column))
    return result


def write_through(frame: Frame, atom: SymbolAtom, value: Value) -> None:
    """What is stored in a column is stored in its table (``df["a"][0] = …``)."""
    key = frame.machine.columns.get(atom)
    if key is not None and atom.parent is not None:
        frame.machine.put(atom.parent, key, value)


def _column(atom: object) -> Value | None:
    """The second item of a pair, where it is no number."""
    if not isinstance(atom, ObjectAtom) or atom.kind != "tuple" or len(atom.known_keys) != 2:
        return None
    cell = atom.cells.get(("item", 1))
    if cell is None or any(isinstance(a, Constant) and not isinstance(a.value, str) for a in cell.value.atoms):
        return None
    return cell.value


def _key(atom: object) -> object | None:
    if isinstance(atom, Constant) and isinstance(atom.value, (str, int, float, bool, type(None), bytes)):
        return atom.value
    if isinstance(atom, Pattern) and any(part is not None and len(part) >= SHORTEST_PART for part in atom.parts):
        return (HOLES, *atom.parts)
    return None


def _has_holes(key: object) -> bool:
    return isinstance(key, tuple) and key[:1] == (HOLES,)


@cache
def _expression(key: tuple[str | None, ...]) -> re.Pattern[str]:
    return re.compile("".join(".*" if part is None else re.escape(part) for part in key[1:]), re.DOTALL)
