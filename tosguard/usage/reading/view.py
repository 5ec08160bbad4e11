"""The solution seen from one value or call: indices over the flow facts that the collectors share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from tosguard.flow.facts import CallFact, Flow, ModuleFact, Origin, Place, Solution, Value

T = TypeVar("T")
K = TypeVar("K")

#: Roles whose result is the answer of some model.
INFERENCE_ROLES = frozenset(
    {
        "generate",
        "batch",
        "harvest",
        "embed",
        "moderate",
        "rerank",
        "image",
        "speech",
        "transcribe",
        "judge",
        "unofficial",
    }
)

#: Inference roles whose result is not a text that a model composed.
SIDE_ROLES = frozenset({"embed", "moderate", "rerank", "speech", "transcribe", "image"})

#: Tags of calls that draw from a collection at random or in turn.
PICKING = frozenset({"random-choice", "cycle"})

#: A value deeper than this is not searched any further.
VALUE_DEPTH = 6


@dataclass
class View:
    """A solution with its indices. All look-ups return facts in the solution's order."""

    solution: Solution

    def call(self, index: int) -> CallFact:
        """The call of this index."""
        return self.solution.calls[index]

    def origin(self, index: int) -> Origin:
        """The origin of this index."""
        return self.solution.origins[index]

    def birth(self, origin: int) -> CallFact:
        """The call at which an origin was born."""
        return self.solution.calls[self.solution.origins[origin].call]

    @cached_property
    def by_role(self) -> dict[str, tuple[CallFact, ...]]:
        """Calls by role."""
        return _grouped(self.solution.calls, lambda c: c.entry.role)

    @cached_property
    def by_symbol(self) -> dict[str, tuple[CallFact, ...]]:
        """Calls by symbol."""
        return _grouped(self.solution.calls, lambda c: c.symbol)

    @cached_property
    def by_tag(self) -> dict[str, tuple[CallFact, ...]]:
        """Calls by the tags of their entries."""
        found: dict[str, list[CallFact]] = defaultdict(list)
        for call in self.solution.calls:
            for tag in call.entry.tags:
                found[tag].append(call)
        return {tag: tuple(calls) for tag, calls in found.items()}

    @cached_property
    def by_path(self) -> dict[str, tuple[CallFact, ...]]:
        """Calls by file."""
        return _grouped(self.solution.calls, lambda c: c.place.path)

    @cached_property
    def origins_of_call(self) -> dict[int, tuple[Origin, ...]]:
        """Origins by the call they were born at, on whichever client."""
        found: dict[int, list[Origin]] = defaultdict(list)
        for origin in self.solution.origins:
            for call in (origin.call, *origin.also):
                found[call].append(origin)
        return {call: tuple(origins) for call, origins in found.items()}

    @cached_property
    def children(self) -> dict[int, tuple[Origin, ...]]:
        """Origins by the origin they were renamed from."""
        return _grouped((o for o in self.solution.origins if o.parent is not None), lambda o: o.parent or 0)

    @cached_property
    def flows_of_origin(self) -> dict[int, tuple[Flow, ...]]:
        """Flows by origin."""
        return _grouped(self.solution.flows, lambda f: f.origin)

    @cached_property
    def flows_into(self) -> dict[int, tuple[Flow, ...]]:
        """Flows by sink call."""
        return _grouped(self.solution.flows, lambda f: f.sink)

    @cached_property
    def modules(self) -> dict[str, ModuleFact]:
        """Modules by path."""
        return {m.path: m for m in self.solution.modules}

    @cached_property
    def callers_of(self) -> dict[str, tuple[str, ...]]:
        """Dotted function names by the function they call."""
        found: dict[str, list[str]] = defaultdict(list)
        for function in self.solution.functions:
            for callee in function.calls:
                if function.name not in found[callee]:
                    found[callee].append(function.name)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def callees(self) -> dict[str, tuple[str, ...]]:
        """Dotted names of called functions by the function that calls them."""
        return {f.name: f.calls for f in self.solution.functions}

    @cached_property
    def pickers(self) -> tuple[CallFact, ...]:
        """The calls that draw from a collection at random or in turn, one a place."""
        found = {c.place: c for c in self.solution.calls if PICKING & set(c.entry.tags)}
        return tuple(found.values())

    @cached_property
    def _function_names(self) -> dict[tuple[str, str], str]:
        return {f.place.within: f.name for f in self.solution.functions}

    @cached_property
    def docs(self) -> dict[tuple[str, str], str]:
        """The documentation of files and functions by path and scope."""
        return {f.place.within: f.doc for f in self.solution.functions if f.doc}

    def function_at(self, place: Place) -> str:
        """The dotted name of the function that a place stands in, or ""."""
        return self._function_names.get(place.within, "")

    @cached_property
    def listings(self) -> tuple[CallFact, ...]:
        """The calls that read all files of a directory."""
        return tuple(c for c in self.by_role.get("read", ()) if any("*" in "".join(p) for p in _whole(self.paths(c))))

    def paths(self, call: CallFact) -> tuple[tuple[str | None, ...], ...]:
        """The paths that a call reads or writes, as literal parts and holes."""
        value = call.arguments.get("path", Value())
        return (*((t,) for t in value.texts()), *(t.parts for t in value.templates))

    def exclusive(self, place: Place, other: Place) -> bool:
        """Whether two places of one file stand in arms of a branch of which only one runs."""
        module = self.modules.get(place.path)
        if module is None or place.path != other.path:
            return False
        for arms in module.alternatives:
            mine = next((i for i, arm in enumerate(arms) if arm.holds(place)), None)
            theirs = next((i for i, arm in enumerate(arms) if arm.holds(other)), None)
            if mine is not None and theirs is not None and mine != theirs:
                return True
        return False

    def line_of(self, path: str, scope: str) -> int:
        """The line on which a function begins, or 0."""
        return self._lines.get((path, scope), 0)

    @cached_property
    def _starts(self) -> dict[str, tuple[int, ...]]:
        """The lines on which functions begin, by file."""
        found: dict[str, set[int]] = defaultdict(set)
        for function in self.solution.functions:
            found[function.place.path].add(function.place.line)
        return {path: tuple(sorted(lines)) for path, lines in found.items()}

    @cached_property
    def _lines(self) -> dict[tuple[str, str], int]:
        return {f.place.within: f.place.line for f in self.solution.functions}

    def span(self, place: Place) -> tuple[int, int]:
        """The lines from the beginning of the function that a place stands in to that of the next one behind it."""
        start = self._lines.get(place.within, 1)
        return start, self.next_function(place) or 1 << 31

    def next_function(self, place: Place) -> int:
        """The line on which the next function behind a place begins, or 0."""
        return next((line for line in self._starts.get(place.path, ()) if line > place.line), 0)

    def flows_from(self, origins: Iterable[int]) -> tuple[Flow, ...]:
        """All flows of these origins, in the solution's order of origins."""
        return tuple(f for o in sorted(set(origins)) for f in self.flows_of_origin.get(o, ()))

    def clients(self, call: CallFact) -> Iterator[CallFact]:
        """The calls that made the object a call is made on, nearest first."""
        seen: set[int] = set()
        at = call.receiver
        while at is not None and at not in seen:
            seen.add(at)
            client = self.solution.calls[at]
            yield client
            at = client.receiver


def _grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, tuple[T, ...]]:
    found: dict[K, list[T]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return {k: tuple(v) for k, v in found.items()}


def texts_in(value: Value, depth: int = VALUE_DEPTH) -> Iterator[str]:
    """Every piece of constant text in a value, templates' literal parts included, at any depth. Summaries share their
    parts: one that was met before, no deeper in, is not entered again."""
    return _texts_in(value, depth, {})


def _texts_in(value: Value, depth: int, seen: dict[int, int]) -> Iterator[str]:
    if seen.get(id(value), -1) >= depth:
        return
    seen[id(value)] = depth
    for constant in value.constants:
        if isinstance(constant, str):
            yield constant
    for template in value.templates:
        yield "".join(part if part is not None else "{}" for part in template.parts)
    if depth <= 0:
        return
    for _, inner in value.keys:
        yield from _texts_in(inner, depth - 1, seen)
    if value.element is not None:
        yield from _texts_in(value.element, depth - 1, seen)


def parts_of(value: Value, depth: int = VALUE_DEPTH) -> Iterator[Value]:
    """A value and what it holds, outermost first. Summaries share their parts: each is met once."""
    seen: set[int] = set()
    level = [value]
    for _ in range(depth + 1):
        inner: list[Value] = []
        for part in level:
            if id(part) in seen:
                continue
            seen.add(id(part))
            yield part
            inner.extend(v for _, v in part.keys)
            if part.element is not None:
                inner.append(part.element)
        level = inner


def at_key(value: Value, *names: str) -> Value | None:
    """The field of one of these names directly in a record or in a collection's elements."""
    for name, inner in value.keys:
        if name in names:
            return inner
    return at_key(value.element, *names) if value.element is not None else None


def record_keys(value: Value, depth: int = 3) -> tuple[frozenset[str], ...]:
    """The key sets of the records in a value: its own, its elements' and its fields', outermost first.

    Summaries share their parts: each is looked into once."""
    return _record_keys(value, depth, {})


def _record_keys(
    value: Value, depth: int, known: dict[tuple[int, int], tuple[frozenset[str], ...]]
) -> tuple[frozenset[str], ...]:
    place = (id(value), depth)
    if place not in known:
        found: list[frozenset[str]] = []
        own = frozenset(k for k, _ in value.keys if k != "*")
        if own:
            found.append(own)
        if depth > 0:
            if value.element is not None:
                found.extend(_record_keys(value.element, depth - 1, known))
            for _, inner in value.keys:
                found.extend(_record_keys(inner, depth - 1, known))
        known[place] = tuple(dict.fromkeys(found))
    return known[place]


def _whole(paths: Iterable[tuple[str | None, ...]]) -> Iterator[tuple[str, ...]]:
    """Paths without their holes."""
    return (tuple(part for part in path if part) for path in paths)


def is_before(place: Place, other: Place) -> bool:
    """Whether a place comes before another in the same file."""
    return (place.cell or 0, place.line, place.column) < (other.cell or 0, other.line, other.column)
