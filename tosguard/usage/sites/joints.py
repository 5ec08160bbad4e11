"""What makes two sites of one function one usage: where their values end, and the loop they stand in.

Two equal calls that fill two data sets are two usages, so that the second one is new where the first was accepted. The
branches of a dispatch that fill one data set are one usage, and so are the calls of one evaluation run.
"""

from __future__ import annotations

from collections.abc import Sequence

from tosguard.flow.facts import CallFact, Flow, Place
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import PURPOSE_ROLES, Site

#: Something that two sites have in common; equal joints make them one usage.
Joint = tuple[object, ...]

#: Patterns that tell of material that is learned from: what counts is where it ends, not where it was asked for.
MATERIAL = frozenset({"training-on-output", "same-provider-tuning", "platform-data-training"})

#: Patterns that are about a function or file as a whole, however many calls it makes.
WHOLE = frozenset(
    {
        "competitor-benchmarking",
        "model-extraction",
        "ordinary-use",
        "rate-limit-evasion",
        "resale-proxy",
        "unofficial-access",
    }
)


def joints(pattern: str, site: Site, context: Context) -> frozenset[Joint]:
    """What a site may share with other sites of its function under this pattern; nothing where all are one."""
    if pattern in WHOLE:
        return frozenset()
    loops, ends = _loops(site, context), _ends(site, context)
    found: set[Joint] = set()
    for sink in ends:
        seen_from_here = _seen_from(site.place, sink)
        found.add(("end", seen_from_here))
        if sink.place not in seen_from_here:  # a sink inside a helper, which may fill two files
            found.update(("end", sink.place, loop) for loop in loops or (None,))
    if pattern not in MATERIAL or not ends:
        found.update(("loop", loop) for loop in loops)
    if found:  # what feeds this site ends here
        found.add(("end", (site.place,)))
    return frozenset(found)


def _ends(site: Site, context: Context) -> tuple[CallFact, ...]:
    """The calls that a site's values end at, those behind a file, a hub or a queue only where there are no others."""
    flows = [f for f in context.view.flows_from(site.all_origins) if _tells(f, context)]
    direct = [f for f in flows if not f.inferred]
    return tuple(context.view.call(f.sink) for f in direct or flows)


def _tells(flow: Flow, context: Context) -> bool:
    return context.view.call(flow.sink).entry.role in PURPOSE_ROLES


def _seen_from(place: Place, sink: CallFact) -> tuple[Place, ...]:
    """Where a value leaves the function of a place for a sink; all of its way where it is returned first."""
    way = (*sink.callers, sink.place)
    return next(((p,) for p in way if p.within == place.within), way)


def _loops(site: Site, context: Context) -> tuple[Place, ...]:
    """The loops of a site's own function that its calls stand in."""
    here = site.place.within
    found = (x.place for c in context.calls(site) for x in c.loops if x.place.within == here)
    return tuple(dict.fromkeys(found))


def together(shared: Sequence[frozenset[Joint]]) -> tuple[tuple[int, ...], ...]:
    """Which sets have something in common, directly or over others.

    Args:
        shared: the joints of each site; a site without any belongs with the first.

    Returns:
        The indices of each group, groups in the order of their first members.
    """
    home = list(range(len(shared)))

    def root(index: int) -> int:
        while home[index] != index:
            index = home[index]
        return index

    first_with: dict[Joint, int] = {}
    for index, mine in enumerate(shared):
        near = {root(first_with.setdefault(joint, index)) for joint in mine} or {0}
        least = min(near | {root(index)})
        for other in near | {root(index)}:
            home[other] = least
    groups: dict[int, list[int]] = {}
    for index in range(len(shared)):
        groups.setdefault(root(index), []).append(index)
    return tuple(tuple(members) for members in groups.values())
