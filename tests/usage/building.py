"""Hand-made solutions: the facts of a small project, said call by call."""

from __future__ import annotations

from functools import cache

from tosguard.catalog.catalogue import Catalogue
from tosguard.catalog.loader import load
from tosguard.catalog.model import Entry
from tosguard.flow.facts import (
    CallFact,
    Flow,
    FunctionFact,
    Hop,
    Loop,
    ModuleFact,
    Origin,
    Place,
    Solution,
    Value,
)

#: Roles whose calls give a value that is followed.
BEARING = frozenset({"generate", "embed", "read", "load-dataset", "platform-read", "local-generate", "harvest", "http"})


@cache
def catalogue() -> Catalogue:
    """The catalogue as shipped."""
    return load()


def at(path: str, line: int, scope: str = "") -> Place:
    """A place of ten columns."""
    return Place(path, line, 1, line, 11, scope=scope)


def text(*constants: str) -> Value:
    """A value that may be one of these texts."""
    return Value(constants=constants)


def record(**fields: Value) -> Value:
    """A record with these fields."""
    return Value(keys=tuple(sorted(fields.items())))


def rows(element: Value) -> Value:
    """A collection of such elements."""
    return Value(element=element)


class Project:
    """Collects facts in order and gives the solution."""

    def __init__(self) -> None:
        self.calls: list[CallFact] = []
        self.origins: list[Origin] = []
        self.flows: list[Flow] = []
        self.modules: list[ModuleFact] = []
        self.functions: list[FunctionFact] = []

    def call(self, symbol: str, place: Place, *, entry: Entry | None = None, **details: object) -> int:
        """A call of a catalogue symbol; ``arguments``, ``loops``, ``receiver``, ``guards`` … as in a ``CallFact``."""
        known = entry or catalogue().entry(symbol)
        assert known is not None, symbol
        index = len(self.calls)
        details.setdefault("arguments", {})
        self.calls.append(CallFact(index, symbol, known, place, _function(place), **details))  # type: ignore[arg-type]
        return index

    def born(self, call: int, *chain: Place) -> int:
        """The origin of a call's result, returned through these call sites."""
        index = len(self.origins)
        places = (self.calls[call].place, *chain)
        functions = tuple(_function(p) for p in places)
        self.origins.append(Origin(index, call, places[-1], chain, None, functions))
        return index

    def asked(self, symbol: str, place: Place, **details: object) -> int:
        """A call and the origin of its result: the origin's index."""
        return self.born(self.call(symbol, place, **details))

    def reaches(self, origin: int, sink: int, argument: str = "data", **details: object) -> None:
        """A flow of an origin to an argument of a call."""
        hops = (
            Hop(self.origins[origin].outer, "born", "the output"),
            Hop(self.calls[sink].place, "consumed", "the end"),
        )
        self.flows.append(Flow(origin, sink, argument, hops, **details))  # type: ignore[arg-type]

    def module(self, path: str, *words: str) -> None:
        """What a file says beside its flows."""
        self.modules.append(ModuleFact(path.removesuffix(".py"), path, (), tuple((w, 1) for w in words)))

    def solution(self) -> Solution:
        """The facts so far."""
        return Solution(
            tuple(self.calls), tuple(self.origins), tuple(self.flows), tuple(self.functions), tuple(self.modules)
        )


def _function(place: Place) -> str:
    return f"{place.path.removesuffix('.py').replace('/', '.')}.{place.scope}".rstrip(".")


def over_rows(place: Place, *origins: int) -> Loop:
    """A loop over what these origins hold."""
    return Loop("for", place, Value(origins=origins))
