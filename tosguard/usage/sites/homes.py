"""Functions that run one of their own through something shared: a cache, a timer, a limiter of rates.

Where many functions hand each a function of its own to the same cache, the solver joins what the cache runs, and the
answer that one of them asked for seems to come back to all. Whose it is shows in the nesting: the function that defines
what is run is the one that runs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tosguard.flow.facts import CallFact, Origin, Place
from tosguard.usage.reading.compared import way_of
from tosguard.usage.reading.view import View

#: The file and the scope of a function.
Function = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Homes:
    """What is known of functions that run their own: ``of_call`` the function that runs the call at a place through
    something else, ``runners`` what they run it through, ``defining`` the functions that define others."""

    of_call: Mapping[Place, Function]
    runners: frozenset[Function]
    defining: frozenset[Function]

    def is_foreign(self, way: tuple[Place, ...]) -> bool:
        """Whether a way from a call outwards leads, through what many share, to a function that it does not belong to:
        the one that it belongs to is known, or the other runs a function of its own there."""
        home = _around(way[0])
        if len(way) == 1 or not home[1] or home in map(_function, way):
            return False
        if way[0] in self.of_call:
            return True
        after = next((f for f in map(_function, way[1:]) if f not in self.runners), None)
        return _function(way[1]) in self.runners and after in self.defining


def homes(calls: Iterable[CallFact], view: View) -> Homes:
    """The functions that run their own, as far as these calls show them."""
    of_call: dict[Place, Function] = {}
    runners: dict[Function, None] = {}
    for call in calls:
        home = _around(call.place)
        if not home[1] or not view.line_of(*home):
            continue
        for way in ways_of(call, view):
            functions = tuple(map(_function, way[1:]))
            if home in functions and functions[0] != home:
                of_call[call.place] = home
                runners.update(dict.fromkeys(functions[: functions.index(home)]))
    defining = {_around(f.place) for f in view.solution.functions} if runners else set()
    return Homes(of_call, frozenset(runners), frozenset(defining))


def ways_of(call: CallFact, view: View) -> Iterable[tuple[Place, ...]]:
    """The ways by which what a call gives travels outwards."""
    return (way_of(origin, call) for origin in view.origins_of_call.get(call.index, ()))


def belonging(origins: Iterable[Origin], call: CallFact, known: Homes) -> list[Origin]:
    """The origins of a call without those that lead to functions they do not belong to."""
    return [origin for origin in origins if not known.is_foreign(way_of(origin, call))]


def _function(place: Place) -> Function:
    return place.path, place.scope


def _around(place: Place) -> Function:
    """The function or class in which that of a place is defined, "" where it is none."""
    return place.path, place.scope.rpartition(".")[0]
