"""What names say of models set beside each other: fields, files and records that are named for models.

A script that asks one vendor alone may still compare it: with answers of another's model that were stored before, or by
keeping each answer with its model's name for a table that another program makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from tosguard.flow.facts import CallFact, Place
from tosguard.usage.evidence import MEDIUM, STRONG, Clue
from tosguard.usage.reading.context import Context, sink_value
from tosguard.usage.reading.records import fields_holding, records_with
from tosguard.usage.sites.sites import Site

#: Where records of results end.
KEEPING = frozenset({"write", "publish", "log", "metric"})

#: The word list of fields that say where a model lies or how it is reached, and hold no answer of it.
SETTING = "setting-fields"

#: A site that asks models of more makers than this is asked for whichever is wanted, and stands for no side.
FEW_MAKERS = 3

#: Record shapes that hold an answer with the name of its model.
NAMED_ANSWERS = "comparison"


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about rivals in names at one site."""
    yield from _fields(site, context)
    yield from _files(site, context)


def _fields(site: Site, context: Context) -> Iterator[Clue]:
    """Records of results with a field for each of several makers, or with the name of the model beside its answer."""
    own = frozenset(context.route(site).vendors)
    seen: set[tuple[Place, frozenset[str]]] = set()
    looked_at: set[tuple[int, str]] = set()
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        if sink.entry.role not in KEEPING or (flow.sink, flow.argument) in looked_at:
            continue
        looked_at.add((flow.sink, flow.argument))
        for keys, record in records_with(sink_value(sink, flow), site.all_origins):
            if (sink.place, keys) in seen:
                continue
            seen.add((sink.place, keys))
            fields: tuple[str, ...] = ()
            if len(own) <= FEW_MAKERS:
                held = fields_holding(record, site.all_origins)
                fields = _telling(keys, held, own, context, said=_speaks_of_comparison(site, context))
            if fields:
                message = f"records hold fields for models of several makers ({', '.join(fields)})"
                yield Clue("side-by-side", message, sink.place, STRONG, hops=flow.hops, values=fields)
            shape = context.lexicon.shape(keys)
            if shape is not None and shape.kind == NAMED_ANSWERS:
                message = "each answer is kept with its question and the name of its model"
                yield Clue("named-answers", message, sink.place, MEDIUM, hops=flow.hops)


def _speaks_of_comparison(site: Site, context: Context) -> bool:
    """Whether names around a site speak of a comparison of models."""
    return "comparison" in context.nearby_words(site)


def _telling(
    keys: Iterable[str], held: Set[str], own: frozenset[str], context: Context, *, said: bool
) -> tuple[str, ...]:
    """The fields that name models, where they name the own maker of a site and another, whose fields do not hold the
    answer: what is in all of them was put under a name that nobody knows. Where none of them is seen to hold it (what
    was worked out of it may stand there), names have to say that models are compared: a table of prices names models,
    too."""
    answers = (key for key in keys if SETTING not in context.lexicon.words(key))
    named = {key: makers for key in answers if (makers := context.lexicon.makers_named(key))}
    mine = {key for key, makers in named.items() if makers & own}
    holding = held & named.keys()
    told = mine and mine < named.keys() and holding <= mine and (holding or said)
    return tuple(sorted(named)) if told else ()


def _files(site: Site, context: Context) -> Iterator[Clue]:
    """Files of several makers' answers among what the site is shown, without those that it writes itself: a grader's
    grades are called after the grader. One file may be called after a model that was made of another's."""
    found: dict[str, str] = {}
    place = site.place
    own = _written(site, context)
    for birth in _read(site, context):
        for path in context.view.paths(birth):
            if path in own:
                continue
            name = "".join(part for part in path if part).rsplit("/", 1)[-1]
            for maker in context.lexicon.makers_named(name.partition(".json")[0]):
                found.setdefault(maker, name)
                place = birth.place
    names = tuple(sorted(set(found.values())))
    if len(found) > 1 and (len(names) > 1 or "comparison" in context.lexicon.words(names[0])):
        message = f"answers of several makers' models are read ({', '.join(names)})"
        yield Clue("rival-files", message, place, MEDIUM, values=names)


def _written(site: Site, context: Context) -> set[tuple[str | None, ...]]:
    """The paths under which a site's values are written."""
    sinks = {flow.sink for flow in context.flows(site)}
    writes = (call for sink in sinks if (call := context.view.call(sink)).entry.role == "write")
    return {path for call in writes for path in context.view.paths(call)}


def _read(site: Site, context: Context) -> Iterator[CallFact]:
    """The reads whose content the site's calls are shown. One read that a helper makes for several callers is each of
    theirs."""
    places = {b.place for f in context.inputs(site) if (b := context.view.birth(f.origin)).entry.role == "read"}
    for call in context.view.by_role.get("read", ()):
        if call.place in places:
            yield call
