"""Sites: where in the code a usage belongs.

An SDK call inside a helper is not a site; the call in the function that wants the output is. Each origin of an
inference call is followed outwards along the calls that return it, to the first function in which something is done
with it: a sink, a comparison with an expected answer. A function that several others call for purposes of their own is
passed through. Calls that end at the same place (the branches of a dispatch) are one site.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from tosguard.flow.facts import CallFact, Origin, Place, Value
from tosguard.usage.reading.compared import COMPARISON, asked_after, facing, other_side, way_of
from tosguard.usage.reading.view import INFERENCE_ROLES, View
from tosguard.usage.sites.homes import Homes, belonging, homes

#: A flow into one of these shows what an output is for.
PURPOSE_ROLES = frozenset(
    {"train", "tune", "upload", "write", "publish", "metric", "judge", "generate", "local-generate", "label-tool"}
)

#: A flow into one of these shows at least that something is done with the output.
LESSER_ROLES = frozenset({"log", "serve", "platform-write", "queue-put", "http", "embed", "tokenize"})

#: What files of earlier answers, and functions that keep them, are called.
CACHE = "cache"

#: What a site is about, by the role of its calls; roles not named here are sites of their own name.
TOPIC_OF_ROLE = {"batch": "generate", "harvest": "generate"}


@dataclass(frozen=True, slots=True)
class Site:
    """One place where a usage belongs.

    ``role`` is what its calls do; ``calls`` index ``Solution.calls``; ``origins`` are the values born there; ``chain``
    the places from the SDK call outwards, the site's own place last; ``functions`` the functions these stand in;
    ``outward`` the call sites that the value is returned through further out; ``ways`` the chain of each of its calls,
    where several end at this place.
    """

    place: Place
    role: str
    calls: tuple[int, ...]
    origins: tuple[int, ...] = ()
    chain: tuple[Place, ...] = ()
    functions: tuple[str, ...] = ()
    outward: tuple[Place, ...] = ()
    ways: tuple[tuple[int, tuple[Place, ...]], ...] = ()

    @property
    def all_origins(self) -> frozenset[int]:
        """The site's values."""
        return frozenset(self.origins)


def is_inference(call: CallFact) -> bool:
    """Whether a model of some provider answers at this call."""
    return call.entry.role in INFERENCE_ROLES


def find_sites(view: View, calls: Iterable[CallFact]) -> tuple[Site, ...]:
    """The sites of these calls, in order of place."""
    calls = tuple(calls)
    callers, known = _callers(calls, view), homes(calls, view)
    grouped: dict[tuple[str, int, int, int, str], list[Site]] = defaultdict(list)
    for call in calls:
        for site in _sites_of(call, view, callers, known):
            place = site.place
            grouped[place.path, place.cell or 0, place.line, place.column, site.role].append(site)
    return tuple(_joined(grouped[key]) for key in sorted(grouped))


def _callers(calls: tuple[CallFact, ...], view: View) -> Mapping[Place, set[Place]]:
    """For every place that a value passes on its way out, the places it is returned to."""
    found: dict[Place, set[Place]] = defaultdict(set)
    for call in calls:
        for origin in view.origins_of_call.get(call.index, ()):
            way = way_of(origin, call)
            for inner, outer in pairwise(way):
                if inner.within != outer.within:  # a function that calls itself is no other
                    found[inner].add(outer)
    return found


def _sites_of(call: CallFact, view: View, callers: Mapping[Place, set[Place]], known: Homes) -> list[Site]:
    role = TOPIC_OF_ROLE.get(call.entry.role, call.entry.role)
    origins = belonging(view.origins_of_call.get(call.index, ()), call, known)
    if not origins:
        return [Site(call.place, role, (call.index,), chain=(call.place,), functions=(call.function,))]
    return [_site(call, role, origin, view, callers) for origin in origins]


def _site(call: CallFact, role: str, origin: Origin, view: View, callers: Mapping[Place, set[Place]]) -> Site:
    way = way_of(origin, call)
    level = _level(origin, way, view, callers)
    functions = tuple(dict.fromkeys((call.function, *origin.functions[: level + 1])))
    chain, outward = way[: level + 1], way[level + 1 :]
    return Site(way[level], role, (call.index,), (origin.index,), chain, functions, outward, ((call.index, chain),))


def _level(origin: Origin, way: tuple[Place, ...], view: View, callers: Mapping[Place, set[Place]]) -> int:
    """How far out the function lies that decides what the value is for."""
    last = len(way) - 1
    first = next((i for i in range(last) if len(callers[way[i]]) > 1), -1) + 1
    scopes = {p.within: i for i, p in reversed(list(enumerate(way)))}
    best = lesser = last + 1
    for flow in view.flows_of_origin.get(origin.index, ()):
        sink = view.call(flow.sink)
        if flow.inferred or sink.place == way[0]:  # elsewhere, or what an earlier turn left behind
            continue
        purposeful = sink.entry.role in PURPOSE_ROLES and _tells(flow.argument, sink, way, view)
        if not purposeful and sink.entry.role not in LESSER_ROLES:
            continue
        places = sink.way
        levels = [i for p in places if (i := scopes.get(p.within)) is not None and i >= first]
        if levels and purposeful and not _fills_a_cache(sink):
            best = min(best, *levels)
        elif levels:
            lesser = min(lesser, *levels)
    return min(best, last) if best <= last else min(lesser, last)


def _fills_a_cache(sink: CallFact) -> bool:
    """Whether what is written is only kept for the next time, by the name of the file or of who writes it: whoever gets
    the value too tells what it is for."""
    if sink.entry.role != "write":
        return False
    names = (*sink.arguments.get("path", Value()).texts(), sink.place.scope.rpartition(".")[2])
    return any(CACHE in name.lower() for name in names)


def _tells(argument: str, sink: CallFact, way: tuple[Place, ...], view: View) -> bool:
    """Whether a sink tells a purpose: a comparison does only with data or with what another call gave."""
    if COMPARISON not in sink.entry.tags:
        return True
    if asked_after(sink, way):
        return False
    other = other_side(argument, sink, view)
    if other != "output":
        return other == "data"
    return any(b.place != way[0] and b.entry.role in INFERENCE_ROLES for b in facing(argument, sink, view))


def _joined(sites: list[Site]) -> Site:
    first = sites[0]
    if len(sites) == 1:
        return first
    return Site(
        first.place,
        first.role,
        tuple(sorted({c for s in sites for c in s.calls})),
        tuple(sorted({o for s in sites for o in s.origins})),
        tuple(dict.fromkeys(p for s in sites for p in s.chain)),
        tuple(dict.fromkeys(f for s in sites for f in s.functions)),
        tuple(dict.fromkeys(p for s in sites for p in s.outward)),
        tuple(dict.fromkeys(w for s in sites for w in s.ways)),
    )
