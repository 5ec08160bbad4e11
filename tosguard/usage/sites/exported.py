"""Content of platforms that was saved before the code runs: files that an export or a scraper left, and collections
of it that others published, read as data.

No call of a platform's API is seen; what the file's names, short strings and documentation say of it tells. That is
weak by itself, so a file counts only where its content is trained on, kept as training records or sent to models.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tosguard.flow.facts import CallFact, Flow, Value
from tosguard.usage.evidence import MEDIUM, STRONG, Clue, Dossier
from tosguard.usage.purpose import platform
from tosguard.usage.reading import links
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.providers import SELF_HOSTED, Route
from tosguard.usage.reading.view import INFERENCE_ROLES, texts_in
from tosguard.usage.sites.sites import Site

#: Word lists whose names begin so say that a file is an export of the platform named behind.
LISTS = "exported-"

#: Those that begin so list fields and texts that nothing but the platform's content has.
FORMATS = "format-"

#: Those that begin so list what the platform is called.
CALLED = "called-"

#: What reading an export can be reported for.
PATTERNS = frozenset({"platform-data-training", "platform-data-to-llm"})

#: Roles of the calls that read an export, and of those that load a collection by its name.
LOADING = "load-dataset"
READING = ("read", LOADING)

#: Arguments that name what is read.
NAMING = ("path", "id", "data_files", "name")

#: What loading a collection can be reported for: what others collected is asked about in every evaluation.
OF_COLLECTIONS = frozenset({"platform-data-training"})

#: Kinds of known data sets that hold content of a platform.
KINDS = frozenset({"platform"})

#: Clues that rest on no more than names somewhere in the project; for exports, where all else is names too, too little.
TRAINER_BESIDE = "training-in-project"
NAMED_ONLY = frozenset({TRAINER_BESIDE, "platform-printed"})

#: What is read is a platform's; by the name of a file alone that is not sure.
CONTENT = "platform-content"


def patterns(site: Site, dossier: Dossier) -> frozenset[str]:
    """What reading an export or a collection at a site can be reported for: nothing of seeds that a model writes on."""
    if site.role != LOADING:
        return PATTERNS
    return frozenset() if dossier.has("platform-to-model") else OF_COLLECTIONS


def readers(context: Context) -> tuple[CallFact, ...]:
    """The calls that read an export of a platform, but for those whose file the project itself fills from there."""
    live = {c.place.path for c in context.view.by_role.get("platform-read", ())}
    found = [
        c
        for role in READING
        for c in context.view.by_role.get(role, ())
        if c.place.path not in live and not _filled(c, context) and platforms(c, context)
    ]
    made = {name: call.place.path for call in found for name in _written_from(call, context)}
    return tuple(c for c in found if not any(made.get(n, c.place.path) != c.place.path for n in _paths(c)))


def _written_from(call: CallFact, context: Context) -> Iterator[str]:
    """The names of the files to which the content of an export goes: whoever reads one of them reads no export."""
    for flow in context.view.flows_from(o.index for o in context.view.origins_of_call.get(call.index, ())):
        sink = context.view.call(flow.sink)
        if sink.entry.role == "write":
            yield from _paths(sink)


def _paths(call: CallFact) -> Iterator[str]:
    return (text for text in texts_in(call.arguments.get("path", Value()), 1) if text)


def _filled(call: CallFact, context: Context) -> bool:
    """Whether what is read is seen to come from calls of a platform's API."""
    births = (context.view.birth(flow.origin) for flow in context.view.flows_into.get(call.index, ()))
    return any(birth.entry.role == "platform-read" for birth in births)


def platforms(call: CallFact, context: Context) -> tuple[str, ...]:
    """The routes of the platforms whose export a call reads, by the file's name or what its reader says of itself."""
    by_name = [
        origin
        for text in (t for name in NAMING for t in texts_in(call.arguments.get(name, Value()), 1))
        if (dataset := context.lexicon.dataset(text)) is not None and dataset.kind in KINDS
        if dataset.confidence != "low"
        for origin in dataset.origins
    ]
    if call.entry.role == LOADING:
        return tuple(sorted(set(by_name)))
    path = call.place.path
    named = _named((*context.module_words(path), *context.lexicon.words(path)))
    return tuple(sorted({*by_name, *named, *_documented(path, context)}))


def _named(lists: Iterable[str]) -> frozenset[str]:
    """The platforms whose exports these lists of words are about."""
    return frozenset(name.partition("-")[2] for name in lists if name.startswith((LISTS, FORMATS)))


def _documented(path: str, context: Context) -> frozenset[str]:
    """The platform whose content a file is documented to read: several are examples of what it may be given."""
    words = context.lexicon.words(context.view.docs.get((path, ""), ""))
    called = [name for name in words if name.startswith(CALLED)]
    return _named(words) if len(called) <= 1 else frozenset()


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about an export that is read at a site."""
    fitted = {c.place for c in context.view.by_role.get("train", ())} - {c.place for c in links.text_trainers(context)}
    sure = _has_its_format(site, context)
    if sure and not any(context.view.call(f.sink).entry.role in INFERENCE_ROLES for f in context.flows(site)):
        yield Clue("platform-bulk", "a saved file is read whole", site.place, MEDIUM)
    for clue in platform.collect(site, context):
        known = clue.kind not in NAMED_ONLY or (sure and clue.kind == TRAINER_BESIDE)
        if clue.kind == "platform-to-model" and set(clue.values) == {SELF_HOSTED}:
            continue  # a saved file on an own server stays where it is
        if clue.kind == CONTENT and not sure:
            yield Clue(CONTENT, "a file that is called after a platform's content is read", clue.place, MEDIUM)
        elif known and clue.place not in fitted:
            yield clue
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        if sink.entry.role in INFERENCE_ROLES and _piece_after_piece(sink, site):
            yield Clue("platform-bulk", "the content is sent piece after piece", sink.place, MEDIUM, hops=flow.hops)
        elif sink.entry.role == "write":
            yield from _trained_on(sink, flow, context)


def _has_its_format(site: Site, context: Context) -> bool:
    """Whether the file that reads an export takes it apart by what only the platform's content has."""
    return any(name.startswith(FORMATS) for name in context.module_words(site.place.path))


def _piece_after_piece(sink: CallFact, site: Site) -> bool:
    """Whether a call is repeated over what was read: a prompt from a file that is sent again and again is not."""
    mine = set(site.all_origins)
    return any(loop.over is not None and mine.intersection(loop.over.all_origins()) for loop in sink.loops)


def _trained_on(sink: CallFact, flow: Flow, context: Context) -> Iterator[Clue]:
    """A trainer that is given the path of the file to which the content goes."""
    paths = {_below(path) for path in _paths(sink)}
    for trainer in links.text_trainers(context):
        if paths.intersection(_below(text) for text in texts_in(trainer.arguments.get("data", Value()), 1)):
            yield Clue("platform-to-training", "the content reaches a trainer", trainer.place, STRONG, hops=flow.hops)


def _below(path: str) -> str:
    """A path from the folder on that the code names; what stands before is worked out when it runs, or is here."""
    return path.rpartition("{}/")[2].removeprefix("./")


def route(site: Site, context: Context) -> Route:
    """The platforms whose content an export holds."""
    return Route(tuple(sorted({p for c in context.calls(site) for p in platforms(c, context)})), (), ())
