"""Files that do nothing with a provider but manage models, files and jobs: that they talk to it stays visible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tosguard.flow.facts import CallFact
from tosguard.usage.candidate import Candidate
from tosguard.usage.context import Context
from tosguard.usage.evidence import WEAK, Clue, Dossier
from tosguard.usage.model import Confidence, Step
from tosguard.usage.sites import find_sites

#: The tag of calls that manage things at a provider: ``client.models.list``.
ADMINISTRATION = "administration"

#: The role of steps that only speak for a usage: the call there is no part of it.
ASIDE = "evidence"

#: Kinds of topics whose administration is a use of a provider.
PROVIDING = "provider"


def candidates(context: Context, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The administrative calls of files in which nothing else is found, as ordinary uses.

    Args:
        context: the project.
        found: what was found before.
    """
    told = {path for c in found for path in (c.place.path, *(s.path for s in c.steps if s.role != ASIDE))}
    calls = [c for c in context.view.by_tag.get(ADMINISTRATION, ()) if _counts(c) and c.place.path not in told]
    for site in find_sites(context.view, calls):
        call, place = context.view.call(site.calls[0]), site.place
        route = context.route(site)
        if route.local or place.path in told:
            continue
        said = f"{call.symbol.rpartition('.')[2]} asks no model but manages what a provider keeps"
        yield Candidate(
            "ordinary-use",
            Confidence.MEDIUM,
            place,
            route,
            Dossier([Clue(ADMINISTRATION, said, place, WEAK)]),
            steps=(Step("source", place.path, place.line, place.column, said, place.cell),),
            symbol=call.symbol,
        )


def _counts(call: CallFact) -> bool:
    return call.entry.kind == PROVIDING and call.entry.role == "pure"
