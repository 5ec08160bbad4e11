"""Which library each usage goes through, by the distribution's name where the catalogue tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tosguard.usage.model import Usage

if TYPE_CHECKING:
    from tosguard.catalog.catalogue import Catalogue
    from tosguard.flow.facts import CallFact

_Spot = tuple[str, int | None, int, int]

ATTRIBUTE = "sdk"
#: What a call must do for its library to be named: reach a model or a platform, or train. Files, logs and tables are
#: on the way of every value.
_ROLES = frozenset((
    "client", "generate", "embed", "moderate", "rerank", "image", "speech", "transcribe", "batch", "harvest", "upload",
    "tune", "train", "load-weights", "local-generate", "load-dataset", "publish", "judge", "platform-read",
    "platform-write", "unofficial",
))  # fmt: skip
_PLAIN = frozenset(("stdlib-io",))


def name_sdks(usages: Iterable[Usage], calls: Iterable[CallFact], catalogue: Catalogue) -> tuple[Usage, ...]:
    """The usages with the attribute ``sdk``: the libraries called at their places.

    Args:
        usages: what the classification found.
        calls: the calls of the flow solution.
        catalogue: says which distributions a topic is made of.
    """
    packages = {topic.name: topic.packages for topic in catalogue.topics}
    called: dict[_Spot, set[str]] = {}
    for call in calls:
        if call.entry.role in _ROLES and call.entry.topic not in _PLAIN:
            place = call.place
            spot = (place.path, place.cell, place.line, place.column)
            called.setdefault(spot, set()).add(distribution_of(call.symbol, packages.get(call.entry.topic, ())))
    return tuple(_named(usage, called) for usage in usages)


def distribution_of(symbol: str, packages: Iterable[str]) -> str:
    """The distribution that a symbol comes with.

    Args:
        symbol: a path through a library's API, as in ``google.genai.Client()``.
        packages: the distributions of its topic.

    Returns:
        The longest of them that the module path spells (``google-genai``), the topic's only one, else the module.
    """
    path = symbol.partition("(")[0].split(".")
    known = {_plain(package): package for package in packages}
    for length in range(min(len(path), 4), 0, -1):
        if (spelt := known.get(_plain("-".join(path[:length])))) is not None:
            return spelt
    return next(iter(known.values())) if len(known) == 1 else path[0]


def _named(usage: Usage, called: Mapping[_Spot, set[str]]) -> Usage:
    where = usage.location
    spots: list[_Spot] = [(where.path, where.cell, where.line, where.column)]
    spots += [(step.path, step.cell, step.line, step.column) for step in usage.trace]
    names = {name for spot in spots for name in called.get(spot, ())}
    if not names:
        return usage
    others = [pair for pair in usage.attributes if pair[0] != ATTRIBUTE]
    return replace(usage, attributes=tuple(sorted([*others, (ATTRIBUTE, tuple(sorted(names)))])))


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
