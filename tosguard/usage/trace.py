"""The trace of a usage: the ordered steps from where an output is born to where it ends, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tosguard.flow.facts import Hop, Place
from tosguard.usage.context import Context
from tosguard.usage.evidence import Clue
from tosguard.usage.limits import MOST_BIRTHS, MOST_CALLERS, MOST_OF_A_KIND, MOST_STEPS
from tosguard.usage.model import Step
from tosguard.usage.providers import UNKNOWN, Route
from tosguard.usage.sites import Site

#: The role of a step by the kind of its hop.
ROLE_OF_HOP = {"born": "source", "looped": "loop", "consumed": "sink"}

#: Kinds of clues that name a repetition.
LOOPS = frozenset({"loop-over-data", "loop-counted", "open-loop", "handful", "document-chunks"})


def build(site: Site, clues: Iterable[Clue], context: Context, others: Iterable[Site] = ()) -> tuple[Step, ...]:
    """The steps of a usage.

    Args:
        site: where the usage is located.
        clues: the clues that its reading rests on, most telling first.
        context: the project.
        others: sibling sites that belong to the same usage.
    """
    clues = tuple(_few_of_a_kind(clues))
    steps: list[Step] = list(_birth(site, context))
    for other in others:
        steps.extend(_birth(other, context))
    steps.extend(step("loop", c.place, c.message) for c in clues if c.kind in LOOPS)
    for clue in clues:
        if clue.kind in LOOPS:
            continue
        steps.extend(_way(clue))
    return _trimmed(steps)


def _few_of_a_kind(clues: Iterable[Clue]) -> Iterator[Clue]:
    """The first clues of every kind: a trace tells one story."""
    seen: dict[str, int] = {}
    for clue in clues:
        seen[clue.kind] = seen.get(clue.kind, 0) + 1
        if seen[clue.kind] <= MOST_OF_A_KIND:
            yield clue


def _birth(site: Site, context: Context) -> Iterator[Step]:
    """Where the values are born and which calls they come through, one call of the site after the other.

    Calls that end at one site share the last places of their ways, and often the SDK call in a helper: each begins at
    the first place that is its own.
    """
    ways = site.ways or tuple((index, (context.view.call(index).place,)) for index in site.calls)
    told: set[Place] = {site.place}
    shown = 0
    for index, way in ways:
        own = [place for place in way if place not in told]
        if not own and shown:
            continue
        source, *between = own or way[:1]
        told.update(way)
        shown += 1
        if shown > MOST_BIRTHS:
            break
        made_by = context.route(site) if len(ways) == 1 else context.routes.of(context.view.call(index))
        yield step("source", source, f"{_verb(site.role)} {_maker(made_by)}")
        yield from (_called(place) for place in between)
    if any(way[0] != site.place for _, way in ways):
        yield _called(site.place)
    for place in site.outward[:MOST_CALLERS]:
        yield _called(place)


def _called(place: Place) -> Step:
    return step("via", place, f"called from {place.scope or 'the script'}")


def _maker(route: Route) -> str:
    """The model that answers, or whose model it is."""
    if route.models:
        return route.models[0]
    known = [provider for provider in route.providers if provider != UNKNOWN]
    return f"a model of {known[0]}" if known else "a model"


def _way(clue: Clue) -> Iterator[Step]:
    """The hops of a clue, ending at its place."""
    for hop in clue.hops:
        if hop.place != clue.place and hop.kind not in ("assigned", "born"):
            yield _hop(hop)
    role = "sink" if clue.hops else "evidence"
    yield step(role, clue.place, clue.message)


def _hop(hop: Hop) -> Step:
    return step(ROLE_OF_HOP.get(hop.kind, "flow"), hop.place, hop.message)


def step(role: str, place: Place, message: str) -> Step:
    """A step at a place."""
    return Step(role, place.path, place.line, place.column, message, place.cell)


def _trimmed(steps: list[Step]) -> tuple[Step, ...]:
    """Without repeated places, plain steps to a sink's own line and, where too long, some of the other plain steps."""
    seen: set[tuple[str, int | None, int, str]] = set()
    ends = {(s.path, s.cell, s.line) for s in steps if s.role == "sink"}
    kept = []
    for one in steps:
        if one.role == "flow" and (one.path, one.cell, one.line) in ends:
            continue
        key = (one.path, one.cell, one.line, "sink" if one.role == "sink" else "")
        if key not in seen:
            seen.add(key)
            kept.append(one)
    files = {s.path for s in kept if s.role != "flow"}
    surplus = len(kept) - MOST_STEPS
    result = []
    for one in kept:
        if surplus > 0 and one.role == "flow" and one.path in files:
            surplus -= 1
            continue
        result.append(one)
    return tuple(result)


def _verb(role: str) -> str:
    return {
        "embed": "embeddings from",
        "moderate": "moderation by",
        "unofficial": "an unofficial client of",
        "platform-read": "content read from",
        "tune": "tuning at",
        "local-generate": "output of",
    }.get(role, "output of")
