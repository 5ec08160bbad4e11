"""Whether models of different vendors get the same tasks and their results meet.

This looks at all sites at once: two sites (or the branches of one) are compared when they stand in the same repetition,
or what they give ends in the same place, and their vendors differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tosguard.flow.facts import Loop, Place
from tosguard.usage.context import Context
from tosguard.usage.evidence import STRONG, WEAK, Clue
from tosguard.usage.providers import SELF_HOSTED, Route
from tosguard.usage.sites import Site
from tosguard.usage.view import texts_in

#: Roles whose results can be compared as answers.
COMPARED_ROLES = frozenset({"generate", "embed", "local-generate", "moderate", "transcribe", "image", "speech"})

#: Roles in which results meet.
MEETING_ROLES = frozenset({"write", "publish", "log", "metric"})

#: The vendor of a model on an own server, for counting.
OWN = "own"


def collect_all(context: Context, local: tuple[Site, ...]) -> dict[Place, list[Clue]]:
    """The clues about comparison at every site, by the site's place. ``local`` are sites of open or own models."""
    found: dict[Place, list[Clue]] = defaultdict(list)
    sites = [s for s in (*context.sites, *local) if s.role in COMPARED_ROLES]
    for site in context.sites:
        if site.role in COMPARED_ROLES:
            found[site.place].extend(_alone(site, context))
    for members, where in _groups(sites, context):
        group = _independent(members, context)
        vendors = {v for s in group for v in sides(context.route(s))}
        if len(vendors) < 2 or len(group) < 2:
            continue
        kind = "own-model-compared" if OWN in vendors and len(vendors) == 2 else "several-vendors"
        names = ", ".join(sorted(vendors))
        for site in group:
            found[site.place].append(
                Clue(
                    kind,
                    f"models of several makers ({names}) get the same tasks",
                    where,
                    STRONG,
                    values=tuple(sorted(vendors)),
                )
            )
    for members, where in _meetings(sites, context):
        group = _independent(members, context)
        vendors = {v for s in group for v in sides(context.route(s))}
        if len(vendors) >= 2 and len(group) >= 2:
            for site in group:
                if any(c.kind == "results-meet" for c in found[site.place]):
                    continue
                found[site.place].append(
                    Clue("results-meet", "the results of the compared models end in the same place", where, STRONG)
                )
    return found


def _independent(group: list[Site], context: Context) -> list[Site]:
    """The sites of a group that are no pipeline: none feeds or is fed by another of it, none judges."""
    inside = {s.place for s in group}
    linked: set[Place] = set()
    for site in group:
        fed = {other.place for other in context.fed_by(site)} & inside
        linked |= fed | ({site.place} if fed else set())
    return [s for s in group if s.place not in linked and not context.judges(s)]


def sides(route: Route) -> frozenset[str]:
    """The makers a route's models come from; an own server counts as one."""
    if SELF_HOSTED in route.providers:
        return frozenset({OWN})
    return frozenset(route.vendors)


def _alone(site: Site, context: Context) -> Iterator[Clue]:
    """One site that serves several vendors: a loop over their models, or a dispatch that takes any."""
    for loop in dict.fromkeys(loop for call in context.calls(site) for loop in call.loops):
        vendors = _vendors_of_loop(loop, context)
        if len(vendors) >= 2:
            yield Clue(
                "several-vendors",
                f"a loop runs models of {', '.join(sorted(vendors))}",
                loop.place,
                STRONG,
                values=tuple(sorted(vendors)),
            )
            return
    vendors = {v for c in context.calls(site) for v in sides(context.routes.of(c))}
    if len(vendors) >= 2:
        yield Clue(
            "open-choice",
            f"one call serves models of {', '.join(sorted(vendors))}",
            site.place,
            WEAK,
            values=tuple(sorted(vendors)),
        )


def _vendors_of_loop(loop: Loop, context: Context) -> set[str]:
    if loop.over is None:
        return set()
    ids = (context.lexicon.model_id(t) for t in texts_in(loop.over, 3) if len(t) < 100)
    vendors = {m.vendor for m in ids if m is not None}
    for symbol in loop.over.symbols:
        entry = context.lexicon.catalogue.under_client(symbol)
        if entry is not None and entry.provider:
            vendors.add(context.lexicon.vendor(entry.provider) or entry.provider)
    return vendors


def _groups(sites: list[Site], context: Context) -> Iterator[tuple[list[Site], Place]]:
    """Sites of one function (or one notebook or script's top level) that share a repetition or stand side by side."""
    by_loop: dict[Place, list[Site]] = defaultdict(list)
    for site in sites:
        for loop in dict.fromkeys(loop for call in context.calls(site) for loop in call.loops):
            if loop.kind != "while" and site not in by_loop[loop.place]:
                by_loop[loop.place].append(site)
    for place, group in by_loop.items():
        yield group, place


def _meetings(sites: list[Site], context: Context) -> Iterator[tuple[list[Site], Place]]:
    by_sink: dict[int, list[Site]] = defaultdict(list)
    for site in sites:
        for flow in context.flows(site):
            if context.view.call(flow.sink).entry.role in MEETING_ROLES and site not in by_sink[flow.sink]:
                by_sink[flow.sink].append(site)
    for sink, group in by_sink.items():
        yield group, context.view.call(sink).place
