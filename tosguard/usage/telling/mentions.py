"""What the code uses without a usage to report: weights it loads, platforms it reads, data sets, trainers.

A usage says what output or content is for. An inventory names the rest as well: every call that
the catalogue models and that reaches a model, a platform or known data, once for each file and thing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from tosguard.catalog.catalogue import Catalogue
from tosguard.catalog.model import Dataset
from tosguard.flow.facts import CallFact, Place, Solution, Value
from tosguard.usage.beside import declared
from tosguard.usage.beside.texts import TextFile, holds_commands
from tosguard.usage.evidence import WEAK
from tosguard.usage.limits import ROW_SUFFIXES
from tosguard.usage.model import Confidence, Evidence, Usage
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.providers import SELF_HOSTED, TRAINERS, TRAINING, UNKNOWN, Route, Routes
from tosguard.usage.reading.serving import served
from tosguard.usage.reading.view import INFERENCE_ROLES, View, texts_in
from tosguard.usage.sites.materials import NAMING
from tosguard.usage.sites.requests import interpreted
from tosguard.usage.telling import merging
from tosguard.usage.telling.unmodelled import LISTED_KINDS, UNMODELLED, said, unknown_methods

_Spot = tuple[str, int | None, int]

#: Roles of calls that reach a model, a platform or data.
ROLES = INFERENCE_ROLES | {
    "client",
    "upload",
    "tune",
    "train",
    "load-weights",
    "local-generate",
    "load-dataset",
    "publish",
    "platform-read",
    "platform-write",
    "http",
}

#: Those of which each names what it asks, whatever the usage beside it names.
NAMING_ROLES = INFERENCE_ROLES | {"tune", "load-dataset"}

#: A data set of a hub that the catalogue does not know is named by its id.
HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")

#: What a file's name says of the part of a data set that it holds.
PART = re.compile(
    r"[_-](?:test|train|dev|val|valid|validation|questions?|problems?|data|subset|full|mini)$", re.IGNORECASE
)

#: A shorter name of a file is too common to stand for a data set.
SHORTEST_NAME_OF_A_SET = 4

#: How a model is counted that is named and no more.
NAMED = "named"

#: Files of settings, how much of one is read, and what may be a model id in it.
SETTINGS_SUFFIXES = (".yaml", ".yml", ".toml", ".ini", ".cfg", ".env")
LONGEST_SETTINGS = 200_000
PIECE = re.compile(r"(?<![\w./:@-])[A-Za-z][\w./:@-]*[-/:][\w./:@-]*\w(?![\w/@-])")

#: The attribute that tells a platform from a model provider.
KIND = "kind"


def mentions(
    solution: Solution, catalogue: Catalogue, usages: Iterable[Usage], texts: Collection[TextFile] = ()
) -> tuple[Usage, ...]:
    """The calls that no usage speaks of, or not of all that they name, as uses of no particular purpose and low
    confidence; what files declare.

    Args:
        solution: the flow facts of the whole project.
        catalogue: what symbols, names and data sets mean.
        usages: what the classification found.
        texts: the files that are not Python.
    """
    lexicon = Lexicon(catalogue)
    view = View(interpreted(solution, lexicon))
    routes = Routes(view, lexicon)
    platforms = {r for t in catalogue.topics if t.kind == "platform" for r in (t.provider, *t.routes.values())}
    told: dict[_Spot, set[str]] = {}
    for usage in usages:
        for spot in _spots(usage):
            told.setdefault(spot, set()).update(usage.models, usage.attribute("datasets"))
    strange = {c.index for c in unknown_methods(view.solution.calls) if c.entry.kind in LISTED_KINDS}
    found: dict[tuple[object, ...], Usage] = {}
    for call in view.solution.calls:
        place = call.place
        named = told.get((place.path, place.cell, place.line))
        unknown = call.index in strange
        data = tuple(sorted(set(_data_sets(call, lexicon))))
        if call.entry.role not in ROLES and not unknown and not data:
            continue
        route = routes.of(call)
        if named is not None and (not _names(call) or named.issuperset((*route.models, *data))):
            continue
        if call.entry.role == "http" and route.providers in ((UNKNOWN,), (SELF_HOSTED,)):
            continue
        key = (place.path, call.entry.topic, route.providers, route.models, data, call.symbol if unknown else "")
        if key not in found:
            kind = "platform" if route.providers and platforms.issuperset(route.providers) else call.entry.kind
            mention = _mention(call, route, data, kind, unmodelled=unknown or call.entry.role == "http")
            found[key] = replace(mention, served=served(mention.providers, mention.models, lexicon))
    needed = (u for u in declared.mentions(texts, catalogue) if not any(spot in told for spot in _spots(u)))
    listed = {model for usage in (*usages, *found.values()) for model in usage.models}
    words = [(path, word, line) for path, module in sorted(view.modules.items()) for word, line in module.words]
    words += _settings_words(texts) if view.solution.calls else ()
    return (*found.values(), *_models_named(words, lexicon, listed), *needed)


def _models_named(words: Iterable[tuple[str, str, int]], lexicon: Lexicon, listed: Collection[str]) -> Iterator[Usage]:
    """The model ids among the words of files, where no call is known to ask them: settings, lists to choose from,
    prices, what an option may be."""
    known = {model.lower() for model in listed}
    for path, word, line in words:
        if word.lower() not in known and lexicon.written_model(word) is not None and lexicon.dataset(word) is None:
            yield Usage(
                merging.identity(NAMED, path, word),
                NAMED,
                (),
                (word,),
                Confidence.LOW,
                merging.location(Place(path, line, 1, line, 1)),
            )


def _settings_words(texts: Iterable[TextFile]) -> Iterator[tuple[str, str, int]]:
    """The pieces of command lines and settings that may be model ids, each once a file, with their lines."""
    for text in texts:
        if not (holds_commands(text) or text.path.lower().endswith(SETTINGS_SUFFIXES)) or text.cell is not None:
            continue
        first: dict[str, int] = {}
        for number, line in enumerate(text.text[:LONGEST_SETTINGS].splitlines(), text.first_line):
            for match in PIECE.finditer(line if not line.lstrip().startswith("#") else ""):
                first.setdefault(match[0], number)
        yield from ((text.path, word, number) for word, number in first.items())


def _names(call: CallFact) -> bool:
    """Whether what a call asks, loads or trains is listed whatever else is said of its place."""
    return call.entry.role in NAMING_ROLES or (call.entry.kind == TRAINING and call.entry.role in TRAINERS)


def _spots(usage: Usage) -> Iterator[_Spot]:
    yield usage.location.path, usage.location.cell, usage.location.line
    for step in usage.trace:
        yield step.path, step.cell, step.line


def _data_sets(call: CallFact, lexicon: Lexicon) -> Iterator[str]:
    if call.entry.role not in ("load-dataset", "read"):
        return
    for name in NAMING:
        for text in texts_in(call.arguments.get(name, Value()), 2):
            if (dataset := lexicon.dataset(text) or _in_file(text, lexicon)) is not None:
                yield dataset.id
            elif name == "id" and HUB_ID.fullmatch(text):
                yield text


def _in_file(path: str, lexicon: Lexicon) -> Dataset | None:
    """The benchmark or set of attacks that a file is named for: by its stem, the part of it, or its folder's name,
    where the file is a part of it or repeats it."""
    pieces = path.replace("\\", "/").rsplit("/", 2)[-2:]
    stem, dot, suffix = pieces[-1].rpartition(".")
    if not dot or f".{suffix.lower()}" not in ROW_SUFFIXES:
        return None
    folders = [name for name in pieces[:-1] if PART.fullmatch(f"_{stem}") or name.lower() in stem.lower()]
    names = [stem, PART.sub("", stem), *folders]
    found = (lexicon.dataset(name) for name in names if len(name) >= SHORTEST_NAME_OF_A_SET and "{" not in name)
    return next((d for d in found if d is not None and d.kind in ("benchmark", "safety")), None)


def _mention(call: CallFact, route: Route, data: tuple[str, ...], kind: str, *, unmodelled: bool) -> Usage:
    place = call.place
    attributes = [("datasets", data)] if data else []
    attributes += [(KIND, (kind,))]
    return Usage(
        merging.identity(place.path, call.symbol, *route.providers, *route.models, *data),
        "ordinary-use",
        tuple(p for p in route.providers if p != UNKNOWN),
        route.models,
        Confidence.LOW,
        merging.location(place),
        evidence=(Evidence(UNMODELLED, said(call), place.path, place.line, WEAK),) if unmodelled else (),
        attributes=tuple(attributes),
    )
