"""What the code uses without a usage to report: weights it loads, platforms it reads, data sets, trainers.

A usage says what output or content is for. An inventory names the rest as well: every call that
the catalogue models and that reaches a model, a platform or known data, once for each file and thing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from tosguard.catalog.catalogue import Catalogue
from tosguard.flow.facts import CallFact, Solution, Value
from tosguard.usage import merging
from tosguard.usage.lexicon import Lexicon
from tosguard.usage.materials import NAMING
from tosguard.usage.model import Confidence, Usage
from tosguard.usage.providers import UNKNOWN, Route, Routes
from tosguard.usage.view import INFERENCE_ROLES, View, texts_in

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
}

#: A data set of a hub that the catalogue does not know is named by its id.
HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")

#: The attribute that tells a platform from a model provider.
KIND = "kind"


def mentions(solution: Solution, catalogue: Catalogue, usages: Iterable[Usage]) -> tuple[Usage, ...]:
    """The calls that no usage speaks of, as uses of no particular purpose and low confidence.

    Args:
        solution: the flow facts of the whole project.
        catalogue: what symbols, names and data sets mean.
        usages: what the classification found.
    """
    lexicon = Lexicon(catalogue)
    routes = Routes(View(solution), lexicon)
    told = {spot for usage in usages for spot in _spots(usage)}
    found: dict[tuple[object, ...], Usage] = {}
    for call in solution.calls:
        place = call.place
        if call.entry.role not in ROLES or (place.path, place.cell, place.line) in told:
            continue
        route, data = routes.of(call), tuple(sorted(set(_data_sets(call, lexicon))))
        key = (place.path, call.entry.topic, route.providers, route.models, data)
        if key not in found:
            found[key] = _mention(call, route, data)
    return tuple(found.values())


def _spots(usage: Usage) -> Iterator[tuple[str, int | None, int]]:
    yield usage.location.path, usage.location.cell, usage.location.line
    for step in usage.trace:
        yield step.path, step.cell, step.line


def _data_sets(call: CallFact, lexicon: Lexicon) -> Iterator[str]:
    if call.entry.role != "load-dataset":
        return
    for name in NAMING:
        for text in texts_in(call.arguments.get(name, Value()), 2):
            if (dataset := lexicon.dataset(text)) is not None:
                yield dataset.id
            elif name == "id" and HUB_ID.fullmatch(text):
                yield text


def _mention(call: CallFact, route: Route, data: tuple[str, ...]) -> Usage:
    place = call.place
    text = "\0".join((place.path, call.symbol, *route.providers, *route.models, *data))
    attributes = [("datasets", data)] if data else []
    attributes += [(KIND, (call.entry.kind,))]
    return Usage(
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[: merging.ID_LENGTH],
        "ordinary-use",
        tuple(p for p in route.providers if p != UNKNOWN),
        route.models,
        Confidence.LOW,
        merging.location(place),
        attributes=tuple(attributes),
    )
