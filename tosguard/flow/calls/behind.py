"""Behind library objects: what sits under a key of what they were made from, however far back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.iteration import MAX_WRAPPED, all_known, items_of
from tosguard.flow.values.joining import join, merge_taints, tainted
from tosguard.flow.values.reach import inside_of
from tosguard.flow.values.tables import fitting, has_columns
from tosguard.flow.values.taints import Hop, Taint
from tosguard.flow.values.values import ALL, ELEMENT, KEYS, NOTHING, SOURCE, Atom, ObjectAtom, SymbolAtom, Value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tosguard.flow.values.questions import Question, Reader


def items_behind(question: Question[Any], atoms: list[SymbolAtom], keys: list[object] | None) -> tuple[Value, bool]:
    """What was stored under keys of library objects and of what they were made from.

    Args:
        question: reads the cells, for all who ask the same.
        atoms: the library objects.
        keys: the constant keys; None when the key may be anything.

    Returns:
        The items, and whether it is a field of records that is read, of which every field is known.
    """
    result = NOTHING
    pending = list(atoms)
    seen: set[Atom] = set(atoms)
    room = MAX_WRAPPED
    records: list[ObjectAtom] = []
    carried: Mapping[Taint, Hop] | None = None
    plain = keys is not None
    while pending:
        symbol = pending.pop()
        question.watch(symbol)
        result = join(result, _stored_item(question, symbol, keys))
        if SOURCE not in symbol.cells:
            plain = False
            continue
        source = question.read(symbol.cells[SOURCE])
        for inner in source.atoms:
            if room == 0 or inner in seen or not isinstance(inner, (ObjectAtom, SymbolAtom)):
                continue
            seen.add(inner)
            room -= 1
            if isinstance(inner, ObjectAtom):
                records.append(inner)
                result = join(result, _source_item(question, inner, keys))
            else:
                pending.append(inner)
        carried = merge_taints(carried, source.taints)
    plain = plain and all(all_known(question, record) for record in records)
    plain = plain and any(("item", key) in record.cells for record in records for key in keys or ())
    if plain and carried is not None:
        carried = among(carried, merge_taints(result.taints, inside_of(question, result.atoms)))
    return tainted(result, carried), plain


def among(carried: Mapping[Taint, Hop], inside: Mapping[Taint, Hop] | None) -> Mapping[Taint, Hop] | None:
    """Of what a whole record carries, what is in a part of it; the files it was read from carry every part."""
    return {t: h for t, h in carried.items() if t.common or (inside is not None and t in inside)} or None


def _stored_item(reader: Reader, atom: SymbolAtom, keys: list[object] | None) -> Value:
    """What the code stored on a library object under these keys."""
    if not atom.cells:
        return NOTHING
    if keys is None:
        return reader.read(atom.cell(ELEMENT if has_columns(reader, atom) else ALL))
    result = reader.read(atom.cell(ELEMENT))
    for key in fitting(atom, keys):
        cell = atom.cells.get(("item", key))
        if cell is not None:
            result = join(result, reader.read(cell))
        else:
            reader.read(atom.cell(KEYS))
    return result


def _source_item(reader: Reader, atom: ObjectAtom, keys: list[object] | None) -> Value:
    reader.read(atom.cell(KEYS))
    if keys is None:
        return items_of(reader, atom)
    found = reader.read(atom.cell(ELEMENT))
    if atom.kind in ("list", "tuple") and any(isinstance(k, str) for k in keys):
        rows = items_of(reader, atom)
        for row in rows.atoms:
            if isinstance(row, ObjectAtom) and row.kind == "dict":
                found = join(found, _source_item(reader, row, keys))
        return tainted(found, rows.taints)
    for key in keys:
        cell = atom.cells.get(("item", key))
        if cell is not None:
            found = join(found, reader.read(cell))
    return found
