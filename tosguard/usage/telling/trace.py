"""The trace of a usage: the ordered steps from where an output is born to where it ends, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tosguard.flow.facts import Place
from tosguard.usage.evidence import Clue
from tosguard.usage.limits import MOST_BIRTHS, MOST_CALLERS, MOST_OF_A_KIND, MOST_STEPS
from tosguard.usage.model import Step
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.providers import UNKNOWN, Route
from tosguard.usage.sites.sites import Site

#: The role of a step by the kind of its hop.
ROLE_OF_HOP = {"born": "source", "looped": "loop", "consumed": "sink"}

#: Kinds of hops by which a value leaves the program and comes back.
CROSSING = frozenset({"written", "loaded"})

#: What is said of calls that only read what was made elsewhere.
_READ = {"load-dataset": "the data are loaded", "read": "the data are read"}

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
    clues = tuple(_few_of_a_kind(_nearest_first(clues)))
    born = [_birth(one, context) for one in (site, *others)]
    steps = [_Told(one) for birth in born for one in birth]
    steps.extend(_Told(step("loop", c.place, c.message)) for c in clues if c.kind in LOOPS)
    for clue in clues:
        if clue.kind in LOOPS:
            continue
        steps.extend(_way(clue))
    return _trimmed(steps)


def _nearest_first(clues: Iterable[Clue]) -> Iterator[Clue]:
    """The clues of every kind by how often a value leaves the program on its way there; where it comes to one function
    both straight and by way of a file, as where a script reads what it wrote before, the straight way alone."""
    clues = tuple(clues)
    waiting: dict[str, list[Clue]] = {}
    for clue in sorted(clues, key=_crossings):
        waiting.setdefault(clue.kind, []).append(clue)
    nearest: dict[tuple[str, str, str], int] = {}
    for place in clues:
        clue = waiting[place.kind].pop(0)
        there = (clue.kind, clue.place.path, clue.place.scope)
        if not clue.hops or _crossings(clue) <= nearest.setdefault(there, _crossings(clue)):
            yield clue


def _crossings(clue: Clue) -> int:
    return sum(hop.kind == "loaded" for hop in clue.hops)


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
        yield step("source", source, _born(site.role, made_by))
        yield from (called(place) for place in between)
    if any(way[0] != site.place for _, way in ways):
        yield called(site.place)
    for place in site.outward[:MOST_CALLERS]:
        yield called(place)


def called(place: Place) -> Step:
    """A step out to where the function is called."""
    return step("via", place, f"called from {place.scope or 'the script'}")


def _maker(route: Route, role: str) -> str:
    """The model that answers, or whose model it is; of content the platform."""
    if route.models:
        return route.models[0]
    known = [provider for provider in route.providers if provider != UNKNOWN]
    if role == "platform-read":
        return known[0] if known else "a platform"
    return f"a model of {known[0]}" if known else "a model"


@dataclass(frozen=True, slots=True)
class _Told:
    """A step, and whether it crosses the disk, a hub or a table: such a step is never left out."""

    step: Step
    crosses: bool = False


def _way(clue: Clue) -> Iterator[_Told]:
    """The hops of a clue, ending at its place."""
    last = max((i for i, hop in enumerate(clue.hops) if hop.kind == "loaded"), default=-1)
    for number, hop in enumerate(clue.hops):
        crosses = number <= last and hop.kind in CROSSING
        if crosses or (hop.place != clue.place and hop.kind not in ("assigned", "born")):
            yield _Told(step(ROLE_OF_HOP.get(hop.kind, "flow"), hop.place, hop.message), crosses)
    role = "sink" if clue.hops else "evidence"
    yield _Told(step(role, clue.place, clue.message))


def step(role: str, place: Place, message: str) -> Step:
    """A step at a place."""
    return Step(role, place.path, place.line, place.column, message, place.cell)


def _trimmed(steps: list[_Told]) -> tuple[Step, ...]:
    """Without repeated places, plain steps to a sink's own line and, where too long, some of the other plain steps."""
    seen: set[tuple[str, int | None, int, str]] = set()
    ends = {(s.step.path, s.step.cell, s.step.line) for s in steps if s.step.role == "sink"}
    kept: list[_Told] = []
    for one in steps:
        path, cell, line, role = one.step.path, one.step.cell, one.step.line, one.step.role
        if role == "flow" and not one.crosses and (path, cell, line) in ends:
            continue
        key = (path, cell, line, "sink" if role == "sink" else one.step.message if one.crosses else "")
        if key not in seen:
            seen.add(key)
            kept.append(one)
    files = {one.step.path for one in kept if one.step.role != "flow" or one.crosses}
    surplus = len(kept) - MOST_STEPS
    result = []
    for one in kept:
        if surplus > 0 and one.step.role == "flow" and not one.crosses and one.step.path in files:
            surplus -= 1
            continue
        result.append(one.step)
    return tuple(result)


def _born(role: str, made_by: Route) -> str:
    """What comes into being at a call; data that are only read were not made here."""
    return _READ.get(role) or f"{_verb(role)} {_maker(made_by, role)}"


def _verb(role: str) -> str:
    return {
        "embed": "embeddings from",
        "moderate": "moderation by",
        "unofficial": "an unofficial client of",
        "platform-read": "content read from",
        "tune": "tuning at",
        "local-generate": "output of",
    }.get(role, "output of")
