"""Which library each usage goes through, by the distribution's name where the catalogue tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tosguard.catalog.model import Topic
from tosguard.usage.model import Usage

if TYPE_CHECKING:
    from tosguard.catalog.catalogue import Catalogue
    from tosguard.flow.facts import CallFact, Solution

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
#: A module path longer than this names what is in a library, not the library.
_LONGEST_PATH = 4


def name_sdks(usages: Iterable[Usage], solution: Solution, catalogue: Catalogue) -> tuple[Usage, ...]:
    """The usages with the attribute ``sdk``: the libraries called at their places.

    Args:
        usages: what the classification found.
        solution: the flow solution: its calls, and what each file imports.
        catalogue: says which distributions a topic is made of.
    """
    names = _Names({topic.name: topic for topic in catalogue.topics}, {m.path: m.imports for m in solution.modules})
    called: dict[_Spot, set[str]] = {}
    for call in solution.calls:
        if call.entry.role in _ROLES and call.entry.topic not in _PLAIN:
            place = call.place
            called.setdefault((place.path, place.cell, place.line, place.column), set()).update(names.of(call))
    return tuple(_named(usage, called) for usage in usages)


@dataclass(slots=True)
class _Names:
    """The libraries of calls. Aliases make one symbol of the ways into a library and its relatives, so what the file
    of a call imports of them goes before what the symbol says."""

    topics: Mapping[str, Topic]
    imports: Mapping[str, tuple[str, ...]]
    known: dict[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)

    def of(self, call: CallFact) -> tuple[str, ...]:
        """The distributions that a call goes through."""
        root = ".".join(call.symbol.partition("(")[0].split(".")[:_LONGEST_PATH])
        key = (call.place.path, call.entry.topic, root)
        if key not in self.known:
            self.known[key] = self._look_up(call.symbol, call.entry.topic, call.place.path)
        return self.known[key]

    def _look_up(self, symbol: str, name: str, path: str) -> tuple[str, ...]:
        topic = self.topics.get(name, Topic(name, ""))
        own = distribution_of(symbol, topic.packages, topic.modules)
        imported = (spelt(path, topic.packages, topic.modules) for path in self.imports.get(path, ()))
        others = tuple(sorted({package for package in imported if package}))
        return (own,) if own in others or not others else others


def distribution_of(symbol: str, packages: Iterable[str], modules: Mapping[str, str]) -> str:
    """The distribution that a symbol comes with.

    Args:
        symbol: a path through a library's API, as in ``google.genai.Client()``.
        packages: the distributions of its topic.
        modules: the modules of those that are called otherwise.

    Returns:
        The longest of them that the module path spells (``google-genai``), the topic's only one, else the module.
    """
    known = tuple(packages)
    return spelt(symbol, known, modules) or (known[0] if len(known) == 1 else symbol.partition("(")[0].split(".")[0])


def spelt(symbol: str, packages: Iterable[str], modules: Mapping[str, str]) -> str:
    """The distribution that the longest part of a module path names, or "".

    Args:
        symbol: a path through a library's API.
        packages: distributions.
        modules: the modules of those that are called otherwise.
    """
    path = symbol.partition("(")[0].split(".")[:_LONGEST_PATH]
    known = {_plain(package): package for package in packages}
    for length in range(len(path), 0, -1):
        module = ".".join(path[:length])
        if (package := modules.get(module) or known.get(_plain(module))) is not None:
            return package
    return ""


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
