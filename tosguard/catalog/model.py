"""The catalogue in memory: entries by symbol, model ids, hosts, data sets, record shapes and word lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Where an argument is found: a keyword name (dots look into dict arguments) or a 0-based position.
Slot = str | int


@dataclass(frozen=True, slots=True)
class Applies:
    """A library function that calls one of its arguments (``function``): with elements of others (``elements``), or
    with others as they are (``passes``; ``rest`` for all that follow the function).
    """

    function: tuple[Slot, ...]
    elements: tuple[Slot, ...] = ()
    passes: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What calling a symbol means. See ``docs/catalogue.md`` for roles and fields.

    ``symbol`` is canonical; ``topic`` the file it comes from; ``arguments`` maps our argument names to slots tried in
    order; ``switches`` maps some of them to the route that is taken where the argument is true. ``fills`` names the
    fields of arguments into which the call puts what it gives (a collection), or to which it writes it (a path).
    ``hands`` maps parameters of a handler that the call declares to the symbols of the objects these are given.
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
    switches: Mapping[str, str] = field(default_factory=dict)
    fills: tuple[str, ...] = ()
    hands: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelId:
    """A pattern of model ids: who made it, which route's terms govern its weights ("" if only served), and whether the
    weights are open.
    """

    pattern: str
    vendor: str
    weights: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """A network host (``*.`` for any subdomain, optional path prefix) and the route whose terms govern it. ``audience``
    is ``api``, ``consumer`` or ``local``. ``gateway`` is the route of who passes requests on to ``route`` under the
    caller's own contract with that.
    """

    pattern: str
    route: str
    audience: str = "api"
    gateway: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What a request to a URL path means: ``path`` is the end of a URL path (``*`` for text without a slash,
    ``{model}`` for such text that names the model, or a piece of its name), ``role``,
    ``arguments`` and ``tags`` as in an ``Entry``, with slots that look into the request body. ``host`` limits it to one
    host pattern ("" for any).
    """

    path: str
    role: str
    arguments: Mapping[str, tuple[Slot, ...]] = field(default_factory=dict)
    host: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SqlFunction:
    """A function of SQL by which a statement asks a model: ``name`` (any case), ``role``, ``provider``, and the 0-based
    position of the text that names the model.
    """

    name: str
    role: str
    provider: str
    model: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """One calls file: its name, what kind of thing it is, the route of its calls (or ""), its distributions, the
    routes of those that have one of their own, and the modules of those that are called otherwise than they are."""

    name: str
    kind: str
    provider: str = ""
    packages: tuple[str, ...] = ()
    routes: Mapping[str, str] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A known data set: names it goes by (hub ids, file names; ``*`` allowed), the routes whose output it holds (empty
    for human data), what kind it is (``instruction``, ``preference``, ``benchmark``, ``safety``, ``human``,
    ``platform`` …), the generating ``models`` as their makers name them, and a ``note`` for the reader of a finding.
    """

    id: str
    names: tuple[str, ...]
    files: tuple[str, ...]
    origins: tuple[str, ...]
    kind: str
    title: str = ""
    confidence: str = "high"
    models: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A record shape: it is met when a dict has all of ``required`` (each a set of alternatives) and none of
    ``forbidden``. ``title`` says what such records are, in the plural.
    """

    id: str
    kind: str
    required: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line that is evidence outside Python. ``words`` are the leading words (each may list alternatives with
    ``|``), ``role`` as in a call, ``options`` maps our argument names to flags or 0-based positions of further words.
    """

    id: str
    words: tuple[str, ...]
    role: str
    options: Mapping[str, tuple[Slot, ...]] = field(default_factory=dict)
    provider: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfigShape:
    """A YAML, JSON or TOML file that configures a known tool: it is met when the document has all dotted keys of
    ``requires`` (each a set of alternatives; ``[]`` steps into a list's items) and none of ``forbidden``. ``values``
    maps our argument names to the dotted keys they are read from; ``files`` are usual file names (``*`` allowed),
    which count only together with the keys.
    """

    id: str
    role: str
    requires: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    provider: str = ""
    tags: tuple[str, ...] = ()
