"""How much it tells that a value has grown.

Whoever read a value runs again when it grows. Much of what arrives late is one more text, list or tuple among others,
round after round; what may lead anywhere is an answer's origin, something to call or to ask, an object with a class.
Contexts run again at once for the latter, and for the rest once in the end.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from tosguard.flow.values import ObjectAtom

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tosguard.flow.values import Value


class Growth(IntEnum):
    """What a value has grown by, the more telling the higher: texts and numbers, things that hold others or origins
    that many values share, or what leads on."""

    PLAIN = 0
    HOLDING = 1
    TELLING = 2


def growth_of(old: Value, new: Value) -> Growth:
    """What ``new`` has beyond ``old``."""
    found = Growth.PLAIN
    if new.taints is not None:
        for taint in new.taints:
            if old.taints is None or taint not in old.taints:
                if not taint.common:
                    return Growth.TELLING
                found = Growth.HOLDING
    for atom in new.atoms:
        if atom not in old.atoms:
            if atom.is_telling:
                return Growth.TELLING
            if isinstance(atom, ObjectAtom):
                found = Growth.HOLDING
    return found


def most(growths: Iterable[Growth]) -> Growth:
    """The most telling of several."""
    return max(growths, default=Growth.PLAIN)
