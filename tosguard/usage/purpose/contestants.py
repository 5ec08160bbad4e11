"""Loops over the project's own clients: functions, classes or instances, one for each maker's models.

A dispatch that serves several makers is a choice. Where the loop around it runs over the very functions or objects that
the dispatch goes to, every one of them gets its turn, unless a round leaves the loop with its result (a fallback).
"""

from __future__ import annotations

from itertools import combinations

from tosguard.flow.facts import Loop
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.providers import SELF_HOSTED, Route
from tosguard.usage.reading.view import parts_of
from tosguard.usage.sites.sites import Site

#: How the flow names functions, classes and instances of the project itself.
OWN_SYMBOL = "project:"

#: Calls of one site that are looked at.
MOST_CALLS = 24

#: What a loop runs over is looked into no deeper: pairs of a name and a function in a list.
DEPTH = 3

#: The vendor of a model on an own server, for counting.
OWN = "own"


def sides(route: Route) -> frozenset[str]:
    """The makers a route's models come from; an own server counts as one."""
    if route.local or SELF_HOSTED in route.providers:
        return frozenset({OWN})
    return frozenset(route.vendors)


def in_turn(loop: Loop, site: Site, context: Context) -> frozenset[str]:
    """The makers whose models a site asks through different functions or objects that a loop runs over, of which one
    asks others' models than another: the tools of an agent all ask whichever it has."""
    names = contestants(loop)
    if len(names) < 2 or is_left(loop, context):
        return frozenset()
    asked: dict[str, frozenset[str]] = {}
    for call in context.calls(site)[:MOST_CALLS]:
        if all(loop.place != around.place for around in call.loops):
            continue
        way = {call.function, *(context.view.function_at(place) for place in call.callers)}
        for name in names:
            if any(function == name or function.startswith(f"{name}.") for function in way):
                asked[name] = asked.get(name, frozenset()) | sides(context.routes.of(call))
    rivals = any(one and other and one.isdisjoint(other) for one, other in combinations(asked.values(), 2))
    return frozenset().union(*asked.values()) if rivals else frozenset()


def contestants(loop: Loop) -> tuple[str, ...]:
    """The dotted names of the project's functions and classes that a loop runs over."""
    if loop.over is None:
        return ()
    symbols = (s for part in parts_of(loop.over, DEPTH) for s in part.symbols if s.startswith(OWN_SYMBOL))
    return tuple(dict.fromkeys(s.removeprefix(OWN_SYMBOL).removesuffix("()") for s in symbols))


def is_tried(loop: Loop, context: Context) -> bool:
    """Whether the first round that succeeds is the last one."""
    module = context.view.modules.get(loop.place.path)
    return module is not None and (loop.place.cell or 0, loop.place.line) in module.tried


def is_left(loop: Loop, context: Context) -> bool:
    """Whether a round may leave the loop with its result: one is tried after the other until an answer is there."""
    module = context.view.modules.get(loop.place.path)
    return module is not None and (loop.place.cell or 0, loop.place.line) in module.left
