"""The catalogue in memory: entries by symbol, model ids, hosts, data sets, record shapes and word lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Where an argument is found: a keyword name (dots look into dict arguments) or a 0-based position.
Slot = str | int


@dataclass(frozen=True, slots=True)
class Applies:
    """A library function that calls one of its arguments (``function``) with elements of others (``elements``)."""

    function: tuple[Slot, ...]
    elements: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What calling a symbol means. See ``docs/catalogue.md`` for roles and fields.

    ``symbol`` is canonical; ``topic`` the file it comes from; ``arguments`` maps our argument names to slots tried in order.
    """

    symbol: str
    role: str
    topic: str
    kind: str
    provider: str = ""
    arguments: Mapping[str, tuple[Slot, ...]] = field(default_factory=dict)
    model: str = ""
    returns: str = ""
    applies: Applies | None = None
    transparent: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelId:
    """A pattern of model ids: who made it, which route's terms govern its weights ("" if only served), and whether the
    weights are open."""

    pattern: str
    vendor: str
    weights: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """A network host (``*.`` for any subdomain, optional path prefix) and the route whose terms govern it. ``audience``
    is ``api``, ``consumer`` or ``local``."""

    pattern: str
    route: str
    audience: str = "api"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A known data set: names it goes by (hub ids, file names; ``*`` allowed), the routes whose output it holds (empty for
    human data), what kind it is (``instruction``, ``preference``, ``benchmark``, ``safety``, ``human``, ``platform`` …) and the
    clause file id it comes from."""

    id: str
    names: tuple[str, ...]
    files: tuple[str, ...]
    origins: tuple[str, ...]
    kind: str
    title: str = ""
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Shape:
    """A record shape: it is met when a dict has all of ``required`` (each a set of alternatives) and none of ``forbidden``."""

    id: str
    kind: str
    required: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...] = ()
