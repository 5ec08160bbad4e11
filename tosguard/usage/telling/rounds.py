"""What is done in one round of a loop is one piece of work: a call that is told for its bulk alone, beside one that is
told for more, is a step of that.

An agent that polls, plans and calls tools for every task of a test run makes many calls in each round. The run is an
evaluation, its calls are no bulk generation of their own. What checks every answer before it is kept as material to
train on is a step of making that material, and measures nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tosguard.flow.facts import Place
from tosguard.usage.evidence import WEAK
from tosguard.usage.model import Confidence
from tosguard.usage.sites.sites import Site
from tosguard.usage.telling.candidate import Candidate
from tosguard.usage.telling.patterns import ABSORBING, CHECKING, MEASURED_FOR_SURE, PLAIN

#: Clues that tell of a loop over many things.
REPEATING = ("loop-over-data", "loop-counted")


def told_once(found: Iterable[tuple[Site, Candidate]]) -> Iterator[Candidate]:
    """The candidates, those of bulk alone in a round that is told for more as plain uses.

    Args:
        found: each candidate with its site.

    Returns:
        The candidates in the same order.
    """
    found = tuple(found)
    told: dict[str, set[Place]] = {}
    for site, candidate in found:
        if candidate.confidence is not Confidence.LOW:
            told.setdefault(candidate.pattern, set()).update(rounds(site, candidate))
    for site, candidate in found:
        checks = candidate.pattern in CHECKING and not candidate.dossier.has(*MEASURED_FOR_SURE)
        stronger = [
            loops
            for p, loops in told.items()
            if candidate.pattern in ABSORBING.get(p, ()) or (checks and p in CHECKING[candidate.pattern])
        ]
        mine = rounds(site, candidate) if stronger else frozenset()
        if any(mine & loops for loops in stronger):
            yield replace(
                candidate, pattern=PLAIN.pattern, confidence=PLAIN.confidence, reading=PLAIN, joints=frozenset()
            )
        else:
            yield candidate


def rounds(site: Site, candidate: Candidate) -> frozenset[Place]:
    """The loops over many things that a site stands in, not those in helpers that it calls; one over nobody knows what
    only in the site's own function."""
    inside = {p.within for p in site.chain} - {site.place.within}
    loops = (c for c in candidate.dossier.of(*REPEATING) if c.strength != WEAK or c.place.within == site.place.within)
    return frozenset(c.place for c in loops if c.place.within not in inside)
