"""Whether models play a game: what each of them makes of it is how they are compared.

Players are made for one model after the other, and asked in turns that no loop over models shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.flow.facts import Loop
from tosguard.usage.evidence import MEDIUM, Clue
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.providers import LONGEST_MODEL_ID
from tosguard.usage.reading.view import texts_in
from tosguard.usage.sites.sites import Site

#: The word list of what games and their players are called.
GAMES = "games"

#: Models are looked for no deeper than this in what a loop runs over: pairs of a number and an id in a list.
DEPTH = 3


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about games at one site."""
    if not _plays(site, context):
        return
    yield Clue("game-words", "names on the way to the call speak of a game", site.place, MEDIUM)
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
    way = (*site.chain, *site.outward)
    names = dict.fromkeys((*(p.scope for p in way), *(p.path.rsplit("/", 1)[-1] for p in way)))
    return any(GAMES in context.lexicon.words(name) for name in names)


def _makers(loop: Loop, context: Context) -> tuple[str, ...]:
    """The makers of the models that a loop runs over."""
    if loop.over is None:
        return ()
    texts = dict.fromkeys(t for t in texts_in(loop.over, DEPTH) if len(t) < LONGEST_MODEL_ID)
    return tuple(sorted(context.lexicon.makers(tuple(texts))))
