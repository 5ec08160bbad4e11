"""Files that talk to a provider though no usage tells of them: they stay visible.

A wrapper's call is told where its answers are wanted, and a trace shows so many births and no more: the wrappers of a
library with a dozen of them are behind one usage that names a few. Files that only manage models, files or jobs ask
nothing that could be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tosguard.flow.facts import CallFact
from tosguard.usage.evidence import WEAK, Clue, Dossier
from tosguard.usage.model import Confidence, Step
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site, is_inference
from tosguard.usage.telling.candidate import Candidate

#: The tag of calls that manage things at a provider: ``client.models.list``.
ADMINISTRATION = "administration"

#: The kind of a clue that a call's answers are wanted elsewhere.
ELSEWHERE = "told-elsewhere"

#: The role of steps that only speak for a usage: the call there is no part of it.
ASIDE = "evidence"

#: Kinds of topics whose calls ask a model, and those whose administration is a use of a provider.
ASKING_KINDS = frozenset({"provider", "wrapper"})
MANAGING_KINDS = frozenset({"provider"})


def candidates(context: Context, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The calls of files that ask a provider, or manage something there, and of which nothing is found: ordinary uses.

    Args:
        context: the project.
        found: what was found before.
    """
    told = {path for c in found for path in (c.place.path, *(s.path for s in c.steps if s.role != ASIDE))}
    for call in context.view.solution.calls:
        kind = _kind(call)
        if not kind or call.place.path in told:
            continue
        site = Site(call.place, call.entry.role, (call.index,), chain=(call.place,), functions=(call.function,))
        route = context.route(site)
        if context.is_own(route):
            continue
        place, said = call.place, _said(kind, call)
        yield Candidate(
            "ordinary-use",
            Confidence.MEDIUM,
            place,
            route,
            Dossier([Clue(kind, said, place, WEAK)]),
            steps=(Step("source", place.path, place.line, place.column, said, place.cell),),
            symbol=call.symbol,
        )


def _kind(call: CallFact) -> str:
    if is_inference(call) and call.entry.kind in ASKING_KINDS:
        return ELSEWHERE
    return ADMINISTRATION if ADMINISTRATION in call.entry.tags and call.entry.kind in MANAGING_KINDS else ""


def _said(kind: str, call: CallFact) -> str:
    if kind == ELSEWHERE:
        return "a model is asked here for what is told where the answers are wanted"
    return f"{call.symbol.rpartition('.')[2]} asks no model but manages what a provider keeps"
