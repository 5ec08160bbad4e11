"""What the flow solution says: modelled calls, where values come from, and how they travel. The usage layer reads only
this.

A *call* is one call expression whose callee is a symbol of the catalogue, in one calling context. An *origin* is a
value
that was born at such a call (a provider's output, rows of a data set, content of a platform, a file that was read) as
seen by the function that first does something with it: when a helper returns the output to two scripts, each script
gets
an origin of its own whose ``chain`` leads back through the helper to the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tosguard.catalog.model import Entry


@dataclass(frozen=True, slots=True)
class Place:
    """A span of source: 1-based lines and columns; ``cell`` (1-based) in notebooks; ``scope`` is the dotted qualified
    name of the enclosing function or class inside its module, "" at top level."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None
    scope: str = ""

    @property
    def within(self) -> tuple[str, str]:
        """What it stands in: the file, and the function or class in that."""
        return self.path, self.scope


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a value on its way. ``kind`` is born, assigned, passed, returned, stored, read, formatted, looped,
    compared, counted, labelled, written, loaded or consumed; ``message`` names the step in words."""

    place: Place
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Loop:
    """A repetition around a call, in its own function or in a caller's.

    ``kind`` is for, while, comprehension, map, pool, gather, apply, queue or batch (the requests of one call);
    ``over`` is the value iterated (None for a while loop); ``count`` the number of items when the code shows it (a
    literal collection or ``range(n)``); ``names`` the identifiers in the loop's target and in what it iterates.
    """

    kind: str
    place: Place
    over: Value | None
    count: int | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A string with holes: literal parts in order, ``None`` for a hole."""

    parts: tuple[str | None, ...]


#: The keys of a record and every origin in it.
Record = tuple[frozenset[str], frozenset[int]]
Records = tuple[tuple[Record, "Value"], ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A readable summary of an abstract value, bounded in depth.

    ``constants`` and ``templates`` are what it may be as text or number; ``origins`` indexes ``Solution.origins`` for
    all
    that reaches it directly; ``keys`` are the fields of a dict, record or object (``*`` for unknown keys); ``element``
    is
    what a collection holds; ``symbols`` external symbols it may be (``openai.OpenAI()``, ``torch.nn.Module``). ``open``
    says that it may be anything else as well: what nobody in the code is seen to give.
    """

    constants: tuple[str | int | float | bool | None, ...] = ()
    templates: tuple[Template, ...] = ()
    origins: tuple[int, ...] = ()
    keys: tuple[tuple[str, Value], ...] = ()
    element: Value | None = None
    symbols: tuple[str, ...] = ()
    open: bool = field(default=False, compare=False)
    _all_origins: frozenset[int] | None = field(default=None, init=False, repr=False, compare=False)
    _records: dict[int, Records] | None = field(default=None, init=False, repr=False, compare=False)

    def texts(self) -> tuple[str, ...]:
        """The constant strings it may be."""
        return tuple(c for c in self.constants if isinstance(c, str))

    def all_origins(self) -> frozenset[int]:
        """Every origin in it, at any depth; worked out once, since summaries share their parts."""
        known = self._all_origins
        if known is None:
            found = set(self.origins)
            for _, value in self.keys:
                found |= value.all_origins()
            if self.element is not None:
                found |= self.element.all_origins()
            known = frozenset(found)
            object.__setattr__(self, "_all_origins", known)
        return known

    def records(self, depth: int) -> Records:
        """The records in it, down to a depth, outermost first: their keys and every origin in them. Summaries share
        their parts, and most of them look alike: each pair of keys and origins is told once, and worked out once."""
        known = self._records
        if known is None:
            known = {}
            object.__setattr__(self, "_records", known)
        found = known.get(depth)
        if found is None:
            met: dict[Record, Value] = {}
            _collect_records(self, depth, {}, met)
            found = known[depth] = tuple(met.items())
        return found


NOTHING = Value()


@dataclass(frozen=True, slots=True)
class CallFact:
    """A call of a catalogue symbol in one calling context.

    ``symbol`` is canonical (aliases resolved); ``entry`` its catalogue entry. ``arguments`` maps the entry's argument
    names (``model``, ``input``, ``path``, ``data``, …) to values. ``receiver`` indexes ``Solution.calls``: the call
    that made the object the method is called on (the client), or None. ``callers`` is the chain of project call sites
    that leads here, outermost first. ``loops`` are the repetitions around it, innermost first, callers' loops included.
    ``guards`` are the exception names of the ``except`` clauses it stands in. ``function`` is the dotted name
    (module + scope) it stands in. ``unmodelled`` is set when the catalogue knows the client but not the method.
    """

    index: int
    symbol: str
    entry: Entry
    place: Place
    function: str
    arguments: Mapping[str, Value]
    receiver: int | None = None
    callers: tuple[Place, ...] = ()
    loops: tuple[Loop, ...] = ()
    guards: tuple[str, ...] = ()
    unmodelled: bool = False

    @property
    def way(self) -> tuple[Place, ...]:
        """Its own place and those of the calls that lead here."""
        return (self.place, *self.callers)


@dataclass(frozen=True, slots=True)
class Origin:
    """A value born at ``call``. ``outer`` is the call site in the function that uses it (equal to the call's own place
    when it is used where it is born); ``chain`` the call sites it was returned through, innermost first, ending with
    ``outer``; ``parent`` the origin it was renamed from. ``functions`` are the dotted names of the functions on the
    way,
    innermost first, ending with the one that ``outer`` stands in; ``also`` the same call on other clients (a registry
    of models behind one call expression)."""

    index: int
    call: int
    outer: Place
    chain: tuple[Place, ...] = ()
    parent: int | None = None
    functions: tuple[str, ...] = ()
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Origin ``origin`` reaches argument ``argument`` of call ``sink`` over ``hops`` (birth first, sink last).

    ``keys`` is the path of dict keys or attributes under which it sits in the argument (``("messages", "*",
    "content")``).
    ``inferred`` is set when a link goes via disk, hub or queue. ``derived`` when the output only chose, scored or
    filtered what arrives (control or comparison), its text does not enter.
    """

    origin: int
    sink: int
    argument: str
    hops: tuple[Hop, ...]
    keys: tuple[str, ...] = ()
    inferred: bool = False
    derived: bool = False


@dataclass(frozen=True, slots=True)
class FunctionFact:
    """A function, method, lambda or module body: its dotted name, place, the dotted names it calls, and the beginning
    of its documentation."""

    name: str
    place: Place
    calls: tuple[str, ...]
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file: its first and last ``(cell, line, column)``, cell 0 where there are none."""

    first: tuple[int, int, int]
    last: tuple[int, int, int]

    def holds(self, place: Place) -> bool:
        """Whether a place of the same file lies in it."""
        return self.first <= (place.cell or 0, place.line, place.column) <= self.last


@dataclass(frozen=True, slots=True)
class ModuleFact:
    """What a file says beside its flows, for weak evidence: dotted name, path, imported names, the identifiers it
    binds and
    its short string constants with their first line (``words``), the constant keys it reads from records
    (``keys_read``), the parts of it that never run together (``alternatives``), the collections of which an item by a
    moving position or one after the other is taken, with the function, whether in a loop, and the line (``draws``), the
    names of the exceptions and the statuses that it handles (``caught``), the ``(cell, line)`` of what those loops run
    over that a round may leave with its result (``left``), and of those that end with the first round that succeeds
    (``tried``), and the ``(cell, line, column)`` of the calls whose text is cut into its lines (``lined``)."""

    name: str
    path: str
    imports: tuple[str, ...]
    words: tuple[tuple[str, int], ...] = ()
    keys_read: tuple[tuple[str, int], ...] = ()
    alternatives: tuple[tuple[Span, ...], ...] = ()
    draws: tuple[tuple[str, str, bool, int], ...] = ()
    caught: tuple[tuple[str, int], ...] = ()
    left: tuple[tuple[int, int], ...] = ()
    tried: tuple[tuple[int, int], ...] = ()
    lined: frozenset[tuple[int, int, int]] = frozenset()


#: Folders of tests.
_TEST_FOLDERS = frozenset({"test", "tests"})


def is_test(path: str) -> bool:
    """Whether a file stands among the tests of the code, by its name and its folders."""
    *folders, name = path.lower().split("/")
    return "test" in name or not _TEST_FOLDERS.isdisjoint(folders)


@dataclass(frozen=True, slots=True)
class Solution:
    """The whole-project value-flow solution, in deterministic order."""

    calls: tuple[CallFact, ...]
    origins: tuple[Origin, ...]
    flows: tuple[Flow, ...]
    functions: tuple[FunctionFact, ...]
    modules: tuple[ModuleFact, ...]
    notices: tuple[str, ...] = ()
    by_function: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def _collect_records(value: Value, depth: int, seen: dict[int, int], met: dict[Record, Value]) -> None:
    """Adds a part and those inside it; one that was met before, no deeper in, is not entered again."""
    if seen.get(id(value), -1) >= depth:
        return
    seen[id(value)] = depth
    keys = frozenset(key for key, _ in value.keys if key != "*")
    if keys:
        met.setdefault((keys, value.all_origins()), value)
    if depth > 0:
        for _, inner in value.keys:
            if inner.all_origins():
                _collect_records(inner, depth - 1, seen, met)
        if value.element is not None and value.element.all_origins():
            _collect_records(value.element, depth - 1, seen, met)
