"""Programs that only open a client which drives a consumer app: they use the app too, whatever they do with it.

What such a client gets may stay inside it, as in a browser that it drives, or be asked for and thrown away. The calls
that do so are told in the client's own file; whoever makes the client in another file is told there. Of a library that
drives an app, whoever makes its client is told where no call of it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tosguard.usage.evidence import STRONG, Clue, Dossier
from tosguard.usage.model import Confidence
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site
from tosguard.usage.telling.candidate import Candidate
from tosguard.usage.telling.trace import called, step
from tosguard.usage.telling.untold import ASIDE

#: The pattern that this is about.
UNOFFICIAL = "unofficial-access"

#: The role of calls that make clients, and the tag of those that drive consumer apps.
CLIENT, CONSUMER = "client", "consumer"


def candidates(context: Context, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The places in files of which nothing is told where a consumer app is opened.

    Args:
        context: the project.
        found: what was found before.
    """
    found = tuple(found)
    told = {path for c in found for path in (c.place.path, *(s.path for s in c.steps if s.role != ASIDE))}
    for candidate in (*_reached_from(context, found), *_clients(context)):
        if candidate.place.path not in told:
            told.add(candidate.place.path)
            yield candidate


def _reached_from(context: Context, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The places furthest out from where the project's own client reaches an app."""
    reached = {c.place: c for c in found if c.pattern == UNOFFICIAL}
    for site in context.sites:
        if (candidate := reached.get(site.place)) is None:
            continue
        for place in dict.fromkeys(p for call in context.calls(site) for p in call.callers[:1]):
            yield replace(candidate, place=place, steps=(*candidate.steps, called(place)))


def _clients(context: Context) -> Iterator[Candidate]:
    """The places where a client is made by a library that drives an app."""
    for call in context.view.by_tag.get(CONSUMER, ()):
        if call.entry.role != CLIENT:
            continue
        place, said = call.place, "a client that drives a consumer app is opened"
        site = Site(place, CLIENT, (call.index,), chain=(place,), functions=(call.function,))
        yield Candidate(
            UNOFFICIAL,
            Confidence.HIGH,
            place,
            context.route(site),
            Dossier([Clue("unofficial-client", said, place, STRONG)]),
            steps=(step("source", place, said),),
            symbol=call.symbol,
        )
