"""How much it tells that a value has grown.

Whoever read a value runs again when it grows. Much of what arrives late is one more text, list or tuple among others,
round after round; what may lead anywhere is an answer's origin, something to call or to ask, an object with a class.
Contexts run again at once for the latter, and for the rest once in the end. Those of functions that a first look found
to lead to no call of interest (``focus``) run again only for what does lead to one.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from tosguard.catalog.vocabulary import AUXILIARY
from tosguard.flow.values.values import BoundAtom, ClassAtom, FunctionAtom, ObjectAtom, SymbolAtom

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tosguard.flow.values.values import Atom, Value


class Growth(IntEnum):
    """What a value has grown by, the more telling the higher: texts and numbers, things that hold others or origins
    that many values share, what may lead on, or what does lead to a call of interest or comes from one."""

    PLAIN = 0
    HOLDING = 1
    TELLING = 2
    LEADING = 3


def growth_of(old: Value, new: Value) -> Growth:
    """What ``new`` has beyond ``old``."""
    found = Growth.PLAIN
    if new.taints is not None:
        brought = new.taints.keys() if old.taints is None else new.taints.keys() - old.taints.keys()
        if brought:
            if not all(taint.common for taint in brought):
                return Growth.TELLING
            found = Growth.HOLDING
    for atom in new.atoms:
        if atom not in old.atoms:
            if atom.is_telling:
                return Growth.TELLING
            if isinstance(atom, ObjectAtom):
                found = Growth.HOLDING
    return found


def leads(old: Value, new: Value) -> bool:
    """Whether what ``new`` has beyond ``old`` comes from a call of interest or leads to one."""
    if new.taints is not None and any(not t.common and (old.taints is None or t not in old.taints) for t in new.taints):
        return True
    return any(_leads(atom) for atom in new.atoms if atom not in old.atoms)


def _leads(atom: Atom) -> bool:
    if isinstance(atom, (FunctionAtom, ClassAtom)):
        return atom.scope.focal
    if isinstance(atom, BoundAtom):
        return atom.function.scope.focal
    if isinstance(atom, ObjectAtom):
        return atom.cls is not None and atom.cls.scope.focal
    if isinstance(atom, SymbolAtom):
        entry = atom.record.entry if atom.record is not None else None
        return entry is not None and entry.role not in AUXILIARY
    return False


def most(growths: Iterable[Growth]) -> Growth:
    """The most telling of several."""
    return max(growths, default=Growth.PLAIN)
