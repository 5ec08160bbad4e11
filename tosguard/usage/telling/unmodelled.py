"""Calls that the catalogue only half knows: a method of a known client, a path of a known host. They stay visible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tosguard.catalog.symbols import prefixes
from tosguard.flow.facts import CallFact, Value
from tosguard.usage.evidence import WEAK, Clue, Dossier
from tosguard.usage.model import Confidence, Step
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.view import texts_in
from tosguard.usage.sites.sites import find_sites
from tosguard.usage.telling.candidate import Candidate

#: The pattern under which an inventory counts them.
UNMODELLED = "unmodelled"

#: Kinds of topics whose unknown methods reach a model: each is a use of its own.
ASKING_KINDS = frozenset({"provider"})

#: Kinds of topics whose unknown methods an inventory lists.
LISTED_KINDS = frozenset({"provider", "wrapper", "platform", "evaluation"})

#: Methods by which objects of any library are closed: they ask nothing.
CLOSING = frozenset({"close", "aclose", "is_closed", "shutdown", "disconnect"})


def is_unknown_method(call: CallFact) -> bool:
    """Whether a call is a method of a known client that no entry models."""
    return call.unmodelled and call.entry.role == "pure" and call.symbol.rpartition(".")[2] not in CLOSING


def unknown_methods(calls: Iterable[CallFact]) -> tuple[CallFact, ...]:
    """The calls of unknown methods that say something: where a variable may hold one of several clients, and the method
    is known of another of them, the rest is no call; what is done with the result of such a call is not asked either.
    """
    calls = tuple(calls)
    known = {c.place for c in calls if not c.unmodelled}
    results = {f"{c.symbol}()" for c in calls if is_unknown_method(c)}
    return tuple(
        c for c in calls if is_unknown_method(c) and c.place not in known and results.isdisjoint(prefixes(c.symbol)[1:])
    )


def said(call: CallFact) -> str:
    """What is not known of an unmodelled call."""
    urls = tuple(texts_in(call.arguments.get("url", Value()), 1))
    if is_unknown_method(call) and not urls:
        return f"the catalogue knows the client but not {call.symbol}"
    return f"the catalogue knows the host but not the path of {urls[0][:80]}" if urls else "the request is not modelled"


def candidates(context: Context) -> Iterator[Candidate]:
    """Unknown methods of providers' clients, as ordinary uses."""
    calls = [c for c in unknown_methods(context.view.solution.calls) if c.entry.kind in ASKING_KINDS]
    for site in find_sites(context.view, calls):
        call = context.view.call(site.calls[0])
        place = site.place
        yield Candidate(
            "ordinary-use",
            Confidence.MEDIUM,
            place,
            context.route(site),
            Dossier([Clue(UNMODELLED, said(call), place, WEAK)]),
            steps=(Step("source", place.path, place.line, place.column, said(call), place.cell),),
            symbol=call.symbol,
        )
