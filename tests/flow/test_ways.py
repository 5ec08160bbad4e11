"""Many origins that went one step further together say the same as each of them would."""

from __future__ import annotations

from typing import cast

import pytest

from tosguard.flow.calls.context import Context
from tosguard.flow.solver.records import CallRecord
from tosguard.flow.values.fields import same_ways
from tosguard.flow.values.joining import add_taints
from tosguard.flow.values.taints import LOADED, Hop, Step, Taint, Ways, birth_hop
from tosguard.syntax import ir

HERE = cast("Context", None)
TAINTS = [Taint(cast("CallRecord", None), number) for number in range(12)]
BORN = {taint: birth_hop("ask", ir.Node(number, number), HERE) for number, taint in enumerate(TAINTS)}


def step(kind: str = "assigned") -> Step:
    """A step at some place."""
    return Step(ir.Node(1, 2), kind, "assigned to `x`", HERE)


def kinds(hop: Hop | None) -> list[str]:
    """The kinds of a way's steps, the last one first."""
    found = []
    while hop is not None:
        found.append(hop.step.kind)
        hop = hop.previous
    return found


@pytest.mark.parametrize("looked_at", [False, True], ids=["untouched", "looked at between"])
def test_each_hop_is_there_when_it_is_asked_for(looked_at: bool) -> None:
    first = Ways(BORN, step())
    if looked_at:
        assert first[TAINTS[3]].previous is BORN[TAINTS[3]]
    second = Ways(first, step(LOADED))
    assert list(second) == TAINTS and len(second) == len(TAINTS) and TAINTS[0] in second
    assert kinds(second.way(TAINTS[5])) == kinds(second[TAINTS[5]]) == [LOADED, "assigned", "born"]
    assert second[TAINTS[5]].depth == 2 and second[TAINTS[5]].inferred
    assert second[TAINTS[5]] is second.get(TAINTS[5]) is dict(second.items())[TAINTS[5]]


def test_what_is_new_is_added_by_its_way_alone() -> None:
    ways = Ways(BORN, step())
    some = {taint: BORN[taint] for taint in TAINTS[:10]}
    added = add_taints(some, ways)
    assert list(added) == TAINTS
    assert added[TAINTS[0]] is BORN[TAINTS[0]] and kinds(added[TAINTS[11]]) == ["assigned", "born"]
    assert add_taints(ways, some) is ways


def test_ways_of_the_same_steps_are_the_same() -> None:
    once, again = Ways(BORN, step()), Ways(BORN, step())
    assert same_ways(Ways(once, step()), Ways(again, step()))
    assert not same_ways(once, Ways(again, step()))
    assert not same_ways(once, Ways(BORN, step(LOADED)))
    assert once[TAINTS[0]] and same_ways(once, again)
