"""Joining values: what is either, within the bounds that keep values small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tosguard.flow.values.taints import Ways
from tosguard.flow.values.values import ANYTHING, MAX_CONSTANTS, NOTHING, UNKNOWN, WIDENED, Value, overflowed

if TYPE_CHECKING:
    from tosguard.flow.values.taints import Hop, Taint
    from tosguard.flow.values.values import Atom

#: A value of more things than this takes in no further object.
MAX_ATOMS = 48
#: A value with more origins than this takes in no further files and scores; with twice as many, no further origin.
MAX_TAINTS = 32
#: Of two ways of one taint the shorter is looked for in values with so many taints at most.
FEW_TAINTS = 8
#: Asked for as a subset, which needs no hash to be worked out.
_WIDENED: frozenset[Atom] = frozenset((WIDENED,))


def join(left: Value, right: Value) -> Value:
    """What is either. The shorter way wins where both carry the same taint."""
    if left is right:
        return left
    held, brought = left.atoms, right.atoms
    ways, more = left.taints, right.taints
    if more is None and brought <= held:
        return left
    if not held and ways is None:
        return right
    if not brought and more is None:
        return left
    atoms = held if brought <= held else _united(held, brought)
    taints = ways if more is None or more is ways else merge_taints(ways, more)
    return left if atoms is held and taints is ways else Value(atoms, taints)


def _united(left: frozenset[Atom], right: frozenset[Atom]) -> frozenset[Atom]:
    """Both sets of atoms, where ``right`` has some that are new. Where too many constants meet they are forgotten; what
    has very many atoms takes in functions and classes, but no further object."""
    size, widened = len(left), left >= _WIDENED or right >= _WIDENED
    if not widened and size + len(right) <= MAX_CONSTANTS:
        return left | right
    brought = right - left
    if not widened and size + len(brought) <= MAX_CONSTANTS:
        return left | brought
    if (widened and right >= _WIDENED) or any(a.is_text for a in brought):
        both = _without_surplus_text(left, brought)
        if both <= left:
            return left
        brought = both - left
        left_kept = left & both
        if len(left_kept) != len(left):
            return _without_surplus_objects(left_kept, brought)
    return _without_surplus_objects(left, brought)


def _without_surplus_text(left: frozenset[Atom], brought: frozenset[Atom]) -> frozenset[Atom]:
    """Both without constants where they are too many or were too many before."""
    if WIDENED in left:
        return left | frozenset(a for a in brought if not a.is_text)
    both = left | brought
    texts = [a for a in both if a.is_text]
    if len(texts) <= MAX_CONSTANTS and WIDENED not in both:
        return both
    return (both - frozenset(texts)) | {UNKNOWN, WIDENED}


def _without_surplus_objects(left: frozenset[Atom], brought: frozenset[Atom]) -> frozenset[Atom]:
    """Both without the objects that are brought to a value of very many atoms."""
    if len(left) + len(brought) <= MAX_ATOMS:
        return left | brought
    overflowed.add("objects")
    kept = frozenset(a for a in brought if not a.is_object)
    return left | kept if kept else left


def merge_taints(left: Mapping[Taint, Hop] | None, right: Mapping[Taint, Hop] | None) -> Mapping[Taint, Hop] | None:
    """Both sets of taints, each with its shorter way (the left one's where there are more than a few); the left mapping
    itself when nothing is new. A value that carries very many takes no more in: files and scores first, then anything
    (``overflowed`` notes it)."""
    if right is None or left is right:
        return left
    if left is None:
        return right
    if len(left) > FEW_TAINTS:
        return add_taints(left, right)
    merged: dict[Taint, Hop] | None = None
    for taint, hop in right.items():
        known = (merged or left).get(taint)
        if known is not None and hop.depth >= known.depth:
            continue
        if known is None and len(merged or left) >= MAX_TAINTS and _is_full(len(merged or left), taint):
            continue
        if merged is None:
            merged = dict(left)
        merged[taint] = hop
    return left if merged is None else merged


def add_taints(left: Mapping[Taint, Hop], right: Mapping[Taint, Hop]) -> Mapping[Taint, Hop]:
    """Some taints, by the ways they came, and what is new among others."""
    known = left.keys()
    if known >= right.keys():
        return left
    merged: dict[Taint, Hop] | None = None
    size = len(known)
    if size >= 2 * MAX_TAINTS:
        if not all(taint.common or taint in known for taint in right):
            overflowed.add("origins")
        return left
    for taint in right:
        if taint in known or (size >= MAX_TAINTS and _is_full(size, taint)):
            continue
        if merged is None:
            merged = dict(left.items())
        merged[taint] = right.way(taint) if right.__class__ is Ways else right[taint]
        size += 1
    return left if merged is None else merged


def _is_full(size: int, taint: Taint) -> bool:
    """Whether a value with so many taints takes this one in no more."""
    if taint.common:
        return True
    if size < 2 * MAX_TAINTS:
        return False
    overflowed.add("origins")
    return True


def join_all(values: Iterable[Value]) -> Value:
    """The join of many values."""
    result = NOTHING
    for value in values:
        result = join(result, value)
    return result


def tainted(value: Value, taints: Mapping[Taint, Hop] | None) -> Value:
    """``value`` with more taints in it."""
    if taints is None:
        return value
    merged = merge_taints(value.taints, taints)
    return value if merged is value.taints else Value(value.atoms, merged)


def only_taints(value: Value) -> Value:
    """Something unknown that carries the taints of ``value``."""
    return ANYTHING if value.taints is None else Value(ANYTHING.atoms, value.taints)
