"""Members of enumerations: made of class attributes, found by their value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.inheritance import class_attribute, external_bases
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    NOTHING,
    Atom,
    ClassAtom,
    Constant,
    ObjectAtom,
    PartialAtom,
    Pattern,
    Unknown,
    Value,
    constant,
    single,
)

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir


def enum_member(frame: Frame, cls: ClassAtom, name: str, value: Atom) -> Value:
    """What a class stores under a name; constants of an enumeration are members of it (and text, where it is one of
    text)."""
    held = isinstance(value, (Constant, Pattern, PartialAtom, Unknown)) or (
        isinstance(value, ObjectAtom) and not (value.cls is not None and _is_enumeration(value.cls))
    )
    bases = external_bases(cls) if held else []
    if not any(base.startswith("enum.") for base in bases):
        return single(value)
    key = ("member", cls.serial, name)
    known = frame.machine.bounds.get(key)
    if known is None:
        member = ObjectAtom("instance", cls, "member", None)
        frame.machine.write(member.cell("value"), single(value))
        frame.machine.write(member.cell("name"), constant(name))
        known = frame.machine.bounds[key] = single(member)
    text = any(base in ("builtins.str", "builtins.int", "enum.StrEnum", "enum.IntEnum") for base in bases)
    return join(known, single(value)) if text else known


def _is_enumeration(cls: ClassAtom) -> bool:
    return any(base.startswith("enum.") for base in external_bases(cls))


def members_by_value(frame: Frame, cls: ClassAtom, value: Value) -> Value:
    """``Colour(value)``: the members of an enumeration that hold a constant, all of them for any other value; nothing
    for other classes."""
    if not _is_enumeration(cls):
        return NOTHING
    wanted = value.atoms if value.atoms and all(isinstance(a, Constant) for a in value.atoms) else None
    result = NOTHING
    for name, cell in list(cls.cells.items()):
        if not isinstance(name, str) or name.startswith(("_", "<")):
            continue
        for held in frame.read(cell).atoms:
            member = enum_member(frame, cls, name, held)
            if member.atoms != {held} and (wanted is None or held in wanted):
                result = join(result, member)
    return result


def missing_member(frame: Frame, node: ir.Node, cls: ClassAtom, arguments: Arguments) -> Value:
    """What the ``_missing_`` of an enumeration makes of a value that none of its members is known to have."""
    hook = class_attribute(frame, cls, "_missing_") if external_bases(cls) else None
    if hook is None or all(
        isinstance(a, Constant) and members_by_value(frame, cls, single(a)).atoms for a in arguments.positional[0].atoms
    ):
        return NOTHING
    found = frame.call(node, bind_method(frame, hook, cls, cls, node), arguments)
    return Value(frozenset(a for a in found.atoms if isinstance(a, ObjectAtom)), found.taints)
