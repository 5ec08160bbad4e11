"""Whether two sites are kept apart: by a branch, by a dispatch, or since they are one call seen from two functions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tosguard.flow.facts import CallFact, Place
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site

#: Calls of one of two sites whose ways are held against each other.
FEW_CALLS = 6


def exclusive(one: Site, other: Site, context: Context) -> bool:
    """Whether a branch keeps two sites apart."""
    if one.place == other.place:
        return False
    return any(
        context.view.exclusive(p, q)
        for p in (one.place, *one.outward)
        for q in (other.place, *other.outward)
        if p.within == q.within
    )


def parted(here: Place, there: Place, context: Context) -> bool:
    """Whether two places stand in different functions, or in the arms of a branch."""
    return here.within != there.within or context.view.exclusive(here, there)


def nested(one: Site, other: Site, context: Context) -> bool:
    """Whether one site lies on the way to the other: they are one call, seen from two functions."""
    return one.place in _way(other, context) or other.place in _way(one, context)


def works_on(one: Site, other: Site, context: Context) -> bool:
    """Whether one of two sites is shown what the other answered, and not the other way round: a step and the next one,
    that do not get the same task."""
    follows = any(s.place == other.place for s in context.fed_by(one))
    return follows is not any(s.place == one.place for s in context.fed_by(other))


def dispatched(one: Site, other: Site, context: Context) -> bool:
    """Whether one call goes to either site, by the object that it is made on: their ways part at it, into different
    functions, or in the arms of a branch. Where a loop runs over the objects, that tells that each gets its turn
    (``contestants``). Calls in the rounds of a loop that the two have in common are looked at before all others."""
    calls, others = context.calls(one), context.calls(other)
    rounds = _rounds(calls) & _rounds(others)
    mine, theirs = _first_of(calls, rounds), _first_of(others, rounds)
    found = [_partings(call, theirs, context) for call in mine]
    return sum("dispatch" in kinds for kinds in found) > sum(kinds == {"beside"} for kinds in found)


def _rounds(calls: Sequence[CallFact]) -> frozenset[Place]:
    """The loops around calls."""
    return frozenset(loop.place for call in calls for loop in call.loops)


def _first_of(calls: Sequence[CallFact], rounds: frozenset[Place]) -> Sequence[CallFact]:
    """A few calls, those in the rounds of one of these loops first."""
    return sorted(calls, key=lambda call: rounds.isdisjoint(loop.place for loop in call.loops))[:FEW_CALLS]


def _partings(call: CallFact, others: Sequence[CallFact], context: Context) -> set[str]:
    """How the way to a call parts with those to others: in a ``dispatch``, or where both are asked ``beside`` each
    other in one function. Of what is asked there both ways the dispatch tells, and of what a script begins at two
    places nothing is told here."""
    kinds: set[str] = set()
    mine = (*call.callers, call.place)
    for other in others:
        theirs = (*other.callers, other.place)
        for here, there in _parting(mine, theirs):
            if parted(here, there, context):
                kinds.add("dispatch")
            elif here != mine[0]:
                kinds.add("beside")
    return kinds


def _parting(mine: tuple[Place, ...], theirs: tuple[Place, ...]) -> tuple[tuple[Place, Place], ...]:
    """Where two ways inwards part for the first time; of ways that begin in different functions, where they part for
    the last time after a call that they have in common. Nothing where neither is so."""
    begins_together = (mine[0].path, mine[0].scope) == (theirs[0].path, theirs[0].scope)
    first = next(((p, q) for p, q in zip(mine, theirs, strict=False) if p != q), None)
    if begins_together:
        return (first,) if first is not None else ()
    after = dict(pairwise(theirs))
    return tuple((here, after[p]) for p, here in pairwise(mine) if p in after and here != after[p])[-1:]


def _way(site: Site, context: Context) -> set[Place]:
    """The places from a site's calls outwards, those of its callers among them."""
    return {*site.chain, *site.outward, *(p for c in context.calls(site) for p in c.callers)}
