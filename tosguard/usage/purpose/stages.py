"""Comparisons further out than where the answers are kept: an arena, a side-by-side page, a comparing script.

A helper that logs what its models say has a purpose of its own, so its call is the site. Who calls that helper in turn,
in a file or function that is named for a comparison, sets the models beside each other all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from tosguard.flow.facts import Place
from tosguard.usage.evidence import MEDIUM, Clue
from tosguard.usage.purpose.comparison import SURE
from tosguard.usage.purpose.contestants import sides
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site

#: The word lists that name comparisons, those of models, and several models.
COMPARISON = "comparison"
OF_MODELS = "model-comparison"
SEVERAL_MODELS = "several-models"

#: The word list of what is said of two answers that are set against each other.
VOTES = "votes"


def stages(context: Context, compared: Mapping[Place, list[Clue]]) -> Iterator[tuple[Site, Clue]]:
    """The call sites of a choice of vendors in functions that are named for a comparison, each with what shows it.

    Args:
        context: the project.
        compared: what is known of comparisons at the sites themselves.
    """
    found: dict[Place, dict[int, tuple[Place, ...]]] = defaultdict(dict)
    for site in context.sites:
        if site.role != "generate" or any(c.kind in SURE for c in compared.get(site.place, ())):
            continue
        for call in context.calls(site):
            way = (*call.callers, call.place)
            told: set[str] = set()
            for depth, place in reversed(tuple(enumerate(call.callers))):
                if site.place in way[depth:] and place.path not in told and _is_stage(place, way[depth:], context):
                    told.add(place.path)
                    found[place].setdefault(call.index, tuple(reversed(way[depth:])))
    for place, ways in found.items():
        vendors = sorted({v for i in ways for v in sides(context.routes.of(context.view.call(i)))})
        if len(vendors) >= 2:
            site = Site(place, "generate", tuple(sorted(ways)), (), tuple(next(iter(ways.values()))))
            said = f"a choice of models of {', '.join(vendors)} is asked where names speak of a comparison"
            yield site, Clue("stage", said, place, MEDIUM, values=tuple(vendors))


def _is_stage(place: Place, way: tuple[Place, ...], context: Context) -> bool:
    """Whether names speak of a comparison of models where a way to a model begins, and of no judge on it: what is asked
    through a judge grades, and whose answers it grades are no matter of the choice. Prices, texts and versions are
    compared as well, and an arena may be a game's: where names say no more than that, those around have to speak of
    models, or the file of votes."""
    words = context.lexicon.words(place.path.rsplit("/", 1)[-1]) | context.lexicon.words(place.scope)
    of_models = OF_MODELS in words or (
        COMPARISON in words
        and (SEVERAL_MODELS in context.function_words(place) or VOTES in context.module_words(place.path))
    )
    return of_models and not any("judge" in context.lexicon.words(p.scope) for p in way)
