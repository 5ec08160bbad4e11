"""Whether models play a game: what each of them makes of it is how they are compared.

Players are made for one model after the other, and asked in turns that no loop over models shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.flow.facts import Loop, Place
from tosguard.usage.evidence import MEDIUM, WEAK, Clue
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.providers import LONGEST_MODEL_ID, SELF_HOSTED
from tosguard.usage.reading.view import texts_in
from tosguard.usage.sites.sites import Site

#: The word list of what games and their players are called.
GAMES = "games"

#: The word list of what games are counted in, from one to the next.
STANDINGS = "standings"

#: Calls of one site whose callers are looked at.
MOST_CALLS = 24

#: Models are looked for no deeper than this in what a loop runs over: pairs of a number and an id in a list.
DEPTH = 3


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about games at one site."""
    if not _plays(site, context):
        return
    yield Clue("game-words", "names on the way to the call speak of a game", site.place, MEDIUM)
    if _counts(site, context):
        yield Clue("standings-words", "names or the README speak of a tournament or its standings", site.place, MEDIUM)
    if any(p != SELF_HOSTED and context.lexicon.serves_others(p) for p in context.route(site).providers):
        said = "the models of any maker can be asked, by whatever id is given"
        yield Clue("any-maker", said, site.place, WEAK)
    for call in context.calls(site):
        for client in context.view.clients(call):
            for loop in client.loops:
                makers = _makers(loop, context)
                if len(makers) >= 2:
                    said = f"players are made for models of {', '.join(makers)}, one after another"
                    yield Clue("players-made", said, loop.place, MEDIUM, values=makers)
                    return


def _plays(site: Site, context: Context) -> bool:
    """Whether a function, class or file on the way to a site's calls is named for a game or a player."""
    way = _way(site, context)
    names = dict.fromkeys((*(p.scope for p in way), *(p.path.rsplit("/", 1)[-1] for p in way)))
    return any(GAMES in context.lexicon.words(name) for name in names)


def _counts(site: Site, context: Context) -> bool:
    """Whether functions on the way to a site's calls, or titles of READMEs, speak of a tournament or its standings."""
    if any(STANDINGS in context.lexicon.words(title) for title in context.titles(site.place.path)):
        return True
    return any(STANDINGS in context.function_words(p) for p in _way(site, context) if p.scope)


def _way(site: Site, context: Context) -> tuple[Place, ...]:
    """The places through which a site's calls are reached, one for each function."""
    callers = (p for call in context.calls(site)[:MOST_CALLS] for p in call.callers)
    return tuple({p.within: p for p in (*site.chain, *site.outward, *callers)}.values())


def _makers(loop: Loop, context: Context) -> tuple[str, ...]:
    """The makers of the models that a loop runs over."""
    if loop.over is None:
        return ()
    texts = dict.fromkeys(t for t in texts_in(loop.over, DEPTH) if len(t) < LONGEST_MODEL_ID)
    return tuple(sorted(context.lexicon.makers(tuple(texts))))
