"""Library functions that call what they are given: pools, maps, ``DataFrame.apply``, ``executor.submit``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.items import positions
from tosguard.flow.language.iteration import element_of
from tosguard.flow.solver.records import Arguments, LoopRecord
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    ANYTHING,
    NOTHING,
    SOURCE,
    BoundAtom,
    ClassAtom,
    FunctionAtom,
    ObjectAtom,
    PartialAtom,
    SymbolAtom,
    Value,
)

if TYPE_CHECKING:
    from tosguard.catalog.model import Entry, Slot
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

_KINDS = ("map", "pool", "gather", "apply", "queue")

#: The tag of libraries that make a command of a function: each of its parameters may be given, or is as by default.
COMMAND_LINE = "command-line"


def apply_function(frame: Frame, node: ir.Node, entry: Entry, arguments: Arguments, receiver: Value) -> Value:
    """Calls the function argument of a library function and gives the join of what it returns."""
    applies = entry.applies
    assert applies is not None
    function, slot = _function(frame, applies.function, arguments, receiver)
    if not function.atoms:
        return NOTHING
    given = _passed(frame, entry, arguments, receiver, slot)
    kind = next((t for t in _KINDS if t in entry.tags), "map" if applies.elements else "once")
    if "once" in entry.tags or kind == "once":
        return frame.call(node, function, given)
    over = _over(applies.elements, arguments, receiver)
    outer = frame.loops
    frame.loops = (LoopRecord(kind, frame.context, node.start, node.end, over), *outer)
    try:
        return frame.call(node, function, given)
    finally:
        frame.loops = outer


def _value(slot: Slot, arguments: Arguments, receiver: Value) -> Value | None:
    return receiver if slot == "self" else arguments.slot(slot)


def _function(
    frame: Frame, slots: tuple[Slot, ...], arguments: Arguments, receiver: Value
) -> tuple[Value, Slot | None]:
    kinds = (FunctionAtom, BoundAtom, PartialAtom, ClassAtom, SymbolAtom, ObjectAtom)
    for slot in slots:
        value = _value(slot, arguments, receiver)
        if value is None:
            continue
        if slot == "self":
            held = NOTHING
            for atom in value.atoms:
                if isinstance(atom, SymbolAtom) and SOURCE in atom.cells:
                    held = join(held, frame.read(atom.cells[SOURCE]))
            value = held
        listed = any(isinstance(a, ObjectAtom) and a.kind in ("list", "tuple") for a in value.atoms)
        for held in (value, element_of(frame, value)) if listed else (value,):
            found = frozenset(
                a for a in held.atoms if isinstance(a, kinds) and not (isinstance(a, ObjectAtom) and a.cls is None)
            )
            if found:
                return Value(found), slot
    return NOTHING, None


def _over(slots: tuple[Slot, ...], arguments: Arguments, receiver: Value) -> Value | None:
    for slot in slots:
        value = _value(slot, arguments, receiver)
        if value is not None and value.atoms:
            return value
    return None


def _passed(frame: Frame, entry: Entry, arguments: Arguments, receiver: Value, function: Slot | None) -> Arguments:
    applies = entry.applies
    assert applies is not None
    if COMMAND_LINE in entry.tags:
        return Arguments([], keyword_star=ANYTHING)
    if applies.elements:
        given: list[Value] = []
        for slot in applies.elements:
            value = _value(slot, arguments, receiver)
            if value is None or slot == function:
                continue
            element = element_of(frame, value)
            if "star" in entry.tags or entry.symbol.endswith("starmap"):
                return _starred(frame, element)
            given.append(element)
        return Arguments(given or [ANYTHING])
    passed = Arguments([])
    for slot in applies.passes:
        if slot == "rest":
            start = function + 1 if isinstance(function, int) else 0
            passed.positional.extend(arguments.positional[start:])
            passed.keywords.update({k: v for k, v in arguments.keywords.items() if k not in applies.function})
            passed.star, passed.keyword_star = arguments.star, arguments.keyword_star
        elif slot == "*":
            return arguments
        else:
            value = _value(slot, arguments, receiver)
            if value is None:
                continue
            if slot in ("args", 1) and _is_tuple(value):
                passed.positional.extend(_starred(frame, value).positional)
            elif slot in ("kwargs", "kwds") and _is_dict(value):
                _keywords(frame, passed, value)
            else:
                passed.positional.append(value)
    return passed


def _is_tuple(value: Value) -> bool:
    return any(isinstance(a, ObjectAtom) and a.kind in ("tuple", "list") for a in value.atoms)


def _is_dict(value: Value) -> bool:
    return any(isinstance(a, ObjectAtom) and a.kind == "dict" for a in value.atoms)


def _keywords(frame: Frame, passed: Arguments, value: Value) -> None:
    for atom in value.atoms:
        if isinstance(atom, ObjectAtom):
            for key, cell in list(atom.cells.items()):
                if isinstance(key, tuple) and isinstance(key[1], str):
                    passed.keywords[key[1]] = frame.read(cell)


def _starred(frame: Frame, value: Value) -> Arguments:
    given = Arguments([])
    for atom in value.atoms:
        known = positions(frame, atom) if isinstance(atom, ObjectAtom) else None
        if known is None:
            given.star = join(given.star or NOTHING, element_of(frame, value))
            continue
        for position, item in enumerate(known):
            if position < len(given.positional):
                given.positional[position] = join(given.positional[position], item)
            else:
                given.positional.append(item)
    return given
