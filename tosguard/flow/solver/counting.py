"""Counting how often an output agrees with the data: ``good += 1`` under such a comparison, a sum of its results, or
how many items were chosen by it.

A number that is raised where something else was tested tells nothing of the kind: retries, failures and tokens are
counted as well. So a count is followed only from a comparison of which one side was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.values.taints import AGREES
from tosguard.flow.values.values import Constant, Value, is_label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.values.taints import Hop, Taint
    from tosguard.syntax import ir

#: The kind of step by which agreements become a number.
COUNTED = "counted"

#: Roles of calls that give rows of data.
DATA_ROLES = frozenset({"read", "load-dataset"})

#: The tag of comparisons in which something born elsewhere meets data.
MEETS_DATA = "meets-data"

#: Names of functions that add up.
SUMS = frozenset({"sum", "fsum", "mean"})

#: Steps between a comparison and the count of it.
MAX_STEPS = 12


def born_in_data(taints: Iterable[Taint] | None, *, wanted: bool = True, chosen: bool = False) -> bool:
    """Whether some of what is carried was born in data that was read, or anywhere else if not ``wanted``; ``chosen``
    counts what only chose it as well."""
    born = (t.record.entry for t in taints or () if chosen or not t.derived)
    return any((entry.role in DATA_ROLES) is wanted for entry in born if entry is not None)


def is_verdict(taints: Collection[Taint] | None) -> bool:
    """Whether all that is carried is what something born elsewhere than in data was found to be."""
    return bool(taints) and all(t.derived for t in taints or ()) and not born_in_data(taints, chosen=True)


def _is_chosen(value: Value) -> bool:
    """Whether a value is one of the labels that the code spells out, or none of them."""
    return is_label(Value(frozenset(a for a in value.atoms if not (isinstance(a, Constant) and a.value is None))))


def meets_data(left: Value, right: Value) -> bool:
    """Whether something born elsewhere stands on one side of a comparison and data that was read on the other. A record
    that was stored with both may be on both sides. A label that the code spells out is what chose it."""
    sides = ((left, _is_chosen(left)), (right, _is_chosen(right)))
    return any(
        born_in_data(one.taints, chosen=by_one) and born_in_data(other.taints, wanted=False, chosen=by_other)
        for (one, by_one), (other, by_other) in (sides, sides[::-1])
    )


def counted(frame: Frame, node: ir.Node, value: Value) -> Value:
    """A sum, with what was compared with data among its parts as counted."""
    return _with_counts(frame, node, value, value.taints)


def tallied(frame: Frame, node: ir.Node, length: Value, item: Value) -> Value:
    """The length of what holds items like this one: how many there are says how often what chose them agreed."""
    return _with_counts(frame, node, length, item.taints)


def added_up(frame: Frame, node: ir.AugAssign, value: Value, step: Value) -> Value:
    """``value`` after ``+= step``: what was compared with data is counted where it is the step or decides on it."""
    if not node.op.startswith("+"):
        return value
    return _with_counts(frame, node, value, step.taints if step.taints is not None else frame.control)


def _with_counts(frame: Frame, node: ir.Node, value: Value, deciding: Mapping[Taint, Hop] | None) -> Value:
    found = {t: h for t, h in (deciding or {}).items() if t.derived and _agrees(h)}
    if not found:
        return value
    return Value(value.atoms, {**(value.taints or {}), **frame.hops(found, node, COUNTED, "counted")})


def _agrees(hop: Hop) -> bool:
    at: Hop | None = hop
    for _ in range(MAX_STEPS):
        if at is None or at.step.kind == COUNTED:
            return False
        if at.step.text == AGREES:
            return True
        at = at.previous
    return False
