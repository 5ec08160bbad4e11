"""From the solved machine to facts: calls, origins and flows, in an order that is the same in every run."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tosguard.flow import facts
from tosguard.flow.calls.library import SINKS
from tosguard.flow.language.naming import names_in
from tosguard.flow.language.scopes import ClassScope, Scope
from tosguard.flow.programs.settings import Reach
from tosguard.flow.solver.summarize import Summarizer
from tosguard.flow.values.carried import Carried, Sighting
from tosguard.flow.values.joining import join
from tosguard.flow.values.sizes import item_count
from tosguard.flow.values.taints import Hop, Step, Taint
from tosguard.flow.values.values import ObjectAtom, SymbolAtom, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tosguard.flow.calls.context import Context
    from tosguard.flow.language.scopes import ModuleScope
    from tosguard.flow.solver.machine import Machine
    from tosguard.flow.solver.records import CallEdge, CallRecord, LoopRecord

#: Call sites followed outwards from a call.
MAX_CHAIN = 24
#: Arguments that say how something is called, not what it is given.
BESIDE = frozenset({"model", "base_url", "key", "path", "mode", "id"})
#: Flows of one origin into one argument of one call expression that differ only in the calling context of the call: so
#: many are told; more where the call gives birth to a value, since each caller has an answer of its own there.
MAX_ALIKE = 4
MAX_ALIKE_BIRTHS = 24
#: Flows of a project after which further ones into a call that gives birth are told no more often than into others.
MANY_FLOWS = 100_000
#: Flows into one argument of one call in one context.
MAX_INTO = 400
#: Steps of the search for what arguments hold: so many for a project, and so many more for each evaluation of a scope.
BASE_STEPS = 2_000_000
STEPS_PER_RUN = 400
#: Loops named for one call.
MAX_LOOPS = 12


class Extractor:
    """Builds the facts of one solution."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.alive = alive = machine.alive()
        records = [r for r in machine.records.values() if r.entry is not None and r.context in alive]
        records = [
            r
            for r in records
            if r.entry is not None and (r.entry.role != "pure" or r.taint or r.unmodelled or r.entry.tags)
        ]
        self.records = sorted(records, key=self._order)
        self.index = {record: i for i, record in enumerate(self.records)}
        taints = list(dict.fromkeys(r.taint for r in self.records if r.taint is not None))
        self.homes: dict[Taint, CallRecord] = {}
        self.siblings: dict[Taint, list[CallRecord]] = {}
        for record in self.records:
            if record.taint is not None:
                home = self.homes.setdefault(record.taint, record)
                if home is not record and not record.taint.common:
                    self.siblings.setdefault(record.taint, []).append(record)
        self.numbers: dict[Taint, int] = {}
        for number, taint in enumerate(taints):
            self.numbers[taint] = number
            self.numbers[taint.twin()] = number
        self.taints = taints
        self.summarizer = Summarizer(self.numbers)
        self.settings = Reach(machine)
        self.carried = Carried(self.numbers, BASE_STEPS + STEPS_PER_RUN * machine.evaluations)
        self._places: dict[tuple[int, int, int], facts.Place] = {}
        self._steps: dict[Step, facts.Hop] = {}
        self._inferred: dict[Hop, bool] = {}
        self._ways: dict[tuple[Context, Context], tuple[facts.Hop, ...]] = {}

    def _order(self, record: CallRecord) -> tuple[str, int, int, str, int]:
        return record.context.module.path, record.node.start, record.node.end, record.symbol, record.serial

    # --------------------------------------------------------------------------------------------------- places

    def place(self, module: ModuleScope, start: int, end: int, scope: Scope | None) -> facts.Place:
        """A span of a module as a place."""
        key = (id(scope or module), start, end)
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = self._located(module, start, end, scope)
        return found

    def _located(self, module: ModuleScope, start: int, end: int, scope: Scope | None) -> facts.Place:
        line, column = module.node.position(start)
        end_line, end_column = module.node.position(end)
        cell: int | None = None
        if module.cells:
            cell, line = module.cells[min(line, len(module.cells)) - 1]
            end_cell, end_line = module.cells[min(end_line, len(module.cells)) - 1]
            if end_cell != cell:
                end_line, end_column = line, column
        return facts.Place(module.path, line, column, end_line, end_column, cell, qualified(scope))

    def _node_place(self, context: Context, start: int, end: int) -> facts.Place:
        return self.place(context.module, start, end, context.scope)

    # ---------------------------------------------------------------------------------------------------- facts

    def calls(self) -> tuple[facts.CallFact, ...]:
        """All noted library calls."""
        return tuple(self._call(i, r) for i, r in enumerate(self.records))

    def _call(self, index: int, record: CallRecord) -> facts.CallFact:
        entry = record.entry
        assert entry is not None
        callers, loops, guards = self._surroundings(record)
        receiver = self._receiver(record)
        named = dict(record.named)
        for name, value in self.settings.of(record):
            if name not in record.named:
                named[name] = join(named[name], value) if name in named else value
        return facts.CallFact(
            index=index,
            symbol=record.symbol,
            entry=entry,
            place=self._node_place(record.context, record.node.start, record.node.end),
            function=dotted(record.context.scope),
            arguments={k: self.summarizer.value(v) for k, v in sorted(named.items())},
            receiver=receiver,
            callers=callers,
            loops=(*self._batch(record, named), *loops),
            guards=guards,
            unmodelled=record.unmodelled,
        )

    def _receiver(self, record: CallRecord) -> int | None:
        seen = 0
        found = record.receiver
        while found is not None and seen < 10:
            if found in self.index and found is not record:
                return self.index[found]
            found = found.receiver
            seen += 1
        return None

    def _surroundings(
        self, record: CallRecord
    ) -> tuple[tuple[facts.Place, ...], tuple[facts.Loop, ...], tuple[str, ...]]:
        callers: list[facts.Place] = []
        guards = [*record.guards]
        context = record.context
        for _ in range(MAX_CHAIN):
            edge = self._caller(context)
            if edge is None:
                break
            if edge.caller.scope not in self.machine.wrappers:
                callers.append(self._node_place(edge.caller, edge.node.start, edge.node.end))
            guards.extend(edge.guards)
            context = edge.caller
        return tuple(reversed(callers)), tuple(self._loop(x) for x in _loops_around(record)), tuple(guards)

    def _caller(self, context: Context) -> CallEdge | None:
        """The call site that a context counts for, one that counts itself before others."""
        edges = context.callers.values()
        return next((e for e in edges if e.caller in self.alive), context.first_caller())

    def _batch(self, record: CallRecord, named: Mapping[str, Value]) -> tuple[facts.Loop, ...]:
        """The requests of a batch as a repetition, where the code shows how many there are."""
        if record.entry is None or record.entry.role != "batch" or (requests := named.get("input")) is None:
            return ()
        count = item_count(requests)
        place = self._node_place(record.context, record.node.start, record.node.end)
        return (facts.Loop("batch", place, self.summarizer.value(requests, 3), count),) if count is not None else ()

    def _loop(self, loop: LoopRecord) -> facts.Loop:
        place = self._node_place(loop.context, loop.start, loop.end)
        over = self.summarizer.value(loop.over, 3) if loop.over is not None else None
        count = item_count(loop.over) if loop.over is not None else None
        return facts.Loop(loop.kind, place, over, count, names_in(*loop.written))

    # -------------------------------------------------------------------------------------------------- origins

    def origins(self) -> tuple[facts.Origin, ...]:
        """All births, each with the call sites its value is returned through."""
        return tuple(self._origin(i, t) for i, t in enumerate(self.taints))

    def _origin(self, index: int, taint: Taint) -> facts.Origin:
        record = self.homes[taint]
        context = record.context
        outer = self._node_place(context, record.node.start, record.node.end)
        chain: list[facts.Place] = []
        functions = [dotted(context.scope)]
        for _ in range(MAX_CHAIN):
            edge = self._caller(context)
            if edge is None or not self._leaves(context, taint):
                break
            if (
                edge.caller.scope not in self.machine.wrappers
            ):  # what a decorator puts around a function is no use of it
                outer = self._node_place(edge.caller, edge.node.start, edge.node.end)
                chain.append(outer)
                functions.append(dotted(edge.caller.scope))
            context = edge.caller
        also = tuple(self.index[r] for r in self.siblings.get(taint, ()))
        return facts.Origin(index, self.index[record], outer, tuple(chain), None, tuple(functions), also)

    def _leaves(self, context: Context, taint: Taint) -> bool:
        """Whether a function gives a value back to its caller: in its result, what that holds, or a collection or
        table that it was handed to fill."""
        if self.carried.holds(context.result.value, taint):
            return True
        return any(
            self.carried.holds(filled, taint) for given in context.parameters.values() if (filled := _fillable(given))
        )

    # ---------------------------------------------------------------------------------------------------- flows

    def flows(self) -> tuple[facts.Flow, ...]:
        """Every origin that reaches an argument of a call that takes data in."""
        found: list[facts.Flow] = []
        alike: dict[object, int] = {}
        for index, record in enumerate(self.records):
            entry = record.entry
            assert entry is not None
            if entry.role not in SINKS:
                continue
            most = MAX_ALIKE_BIRTHS if record.taint is not None and len(found) <= MANY_FLOWS else MAX_ALIKE
            site = (id(record.node), record.symbol)
            for sighting, name in (*self._arriving(record), *self._controlling(record)):
                origin = self.numbers[sighting.taint]
                key = (site, name, origin, sighting.keys, self._over_file(sighting.hop), sighting.taint.derived)
                alike[key] = count = alike.get(key, 0) + 1
                if count <= most:
                    found.append(self._flow(origin, index, record, name, sighting))
        if self.carried.exhausted:
            self.machine.notices.add("the project's calls hold too much to be looked into; some flows may be missing")
        return tuple(found)

    def _arriving(self, record: CallRecord) -> Iterator[tuple[Sighting, str]]:
        """The origins in the arguments of a call that matter, with the argument's name."""
        entry = record.entry
        assert entry is not None
        for name in sorted(record.named):
            if name in BESIDE and entry.role not in ("http", "unofficial", "upload"):
                continue
            for sighting in self._reaching(record, name):
                yield sighting, name

    def _reaching(self, record: CallRecord, name: str) -> list[Sighting]:
        own = record.taint
        sightings = [s for s in self.carried.sightings(record.named[name]) if s.taint is not own]
        direct = {self.numbers[s.taint] for s in sightings if not s.taint.derived}
        sightings = [s for s in sightings if not (self.numbers[s.taint] in direct and self._only_chose(s))]
        if len(sightings) > MAX_INTO:
            self.machine.notices.add(
                f"flows may be missing where a call takes in more than {MAX_INTO} values",
                dotted(record.context.scope),
            )
            sightings = sorted(sightings, key=lambda s: s.taint.common)[:MAX_INTO]
        return sorted(sightings, key=self._flow_order)

    def _only_chose(self, sighting: Sighting) -> bool:
        """Whether an origin that is there itself is also seen as what decided: that says nothing, but for what a
        comparison with data gave, which is kept beside the answer as its score."""
        return sighting.taint.derived and not self.carried.agreed(sighting.hop)

    def _flow_order(self, sighting: Sighting) -> tuple[int, bool, int, tuple[str, ...]]:
        return self.numbers[sighting.taint], sighting.taint.derived, len(sighting.keys), sighting.keys

    def _controlling(self, record: CallRecord) -> Iterator[tuple[Sighting, str]]:
        """Origins whose value only decides whether the call happens."""
        assert record.entry is not None
        if record.entry.role not in ("write", "publish", "train", "tune"):
            return
        for taint, hop in (record.control or {}).items():
            if taint in self.numbers:
                yield Sighting(taint.twin(), hop, ()), "control"

    def _flow(self, origin: int, index: int, record: CallRecord, name: str, sighting: Sighting) -> facts.Flow:
        hops = self._hops(sighting.hop)
        sink = facts.Hop(
            self._node_place(record.context, record.node.start, record.node.end),
            "consumed",
            f"given to {record.symbol} as {name}",
        )
        hop = sighting.hop
        between = self._handed_on(hop.step.context, record.context) if hop.step.kind == "stored" else ()
        keys, derived = sighting.keys, sighting.taint.derived
        return facts.Flow(origin, index, name, (*hops, *between, sink), keys, self._over_file(hop), derived)

    def _handed_on(self, inner: Context, outer: Context) -> tuple[facts.Hop, ...]:
        """The calls that a container was returned from and passed to on the way from the function that put something
        into it to the one that uses it; nothing where no function is seen to call both."""
        key = (inner, outer)
        known = self._ways.get(key)
        if known is None:
            known = self._ways[key] = () if inner is outer else self._way_between(inner, outer)
        return known

    def _way_between(self, inner: Context, outer: Context) -> tuple[facts.Hop, ...]:
        up, down = self._callers_of(inner), self._callers_of(outer)
        around = {context: number for number, (context, _) in enumerate(down)}
        meeting = next((number for number, (context, _) in enumerate(up) if context in around), None)
        if meeting is None:
            return ()
        returned = [
            facts.Hop(place, "returned", f"returned by `{below.scope.name}`")
            for (below, _), (_, place) in pairwise(up[: meeting + 1])
            if place is not None
        ]
        end = around[up[meeting][0]]
        passed = [
            facts.Hop(place, "passed", f"passed to `{below.scope.name}`")
            for (below, _), (_, place) in pairwise(down[: end + 1])
            if place is not None
        ]
        return (*returned, *reversed(passed))

    def _callers_of(self, context: Context) -> list[tuple[Context, facts.Place | None]]:
        """A context and those it is called from, outwards, each with the place of the call."""
        found: list[tuple[Context, facts.Place | None]] = [(context, None)]
        for _ in range(MAX_CHAIN):
            edge = self._caller(context)
            if edge is None:
                break
            context = edge.caller
            found.append((context, self._node_place(context, edge.node.start, edge.node.end)))
        return found

    def _over_file(self, hop: Hop) -> bool:
        """Whether a way leads over a file, hub or queue."""
        known = self._inferred.get(hop)
        if known is None:
            known = self._inferred[hop] = hop.inferred
        return known

    def _hops(self, hop: Hop | None) -> tuple[facts.Hop, ...]:
        steps: list[facts.Hop] = []
        while hop is not None:
            at = hop.step
            step = self._steps.get(at)
            if step is None:
                place = self._node_place(at.context, at.start, at.end)
                step = self._steps[at] = facts.Hop(place, at.kind, at.text)
            if not steps or steps[-1].place is not step.place:
                steps.append(step)
            hop = hop.previous
        return tuple(reversed(steps))


def dotted(scope: Scope) -> str:
    """The call graph's name of a scope."""
    while isinstance(scope, ClassScope) and scope.parent is not None:
        scope = scope.parent
    return scope.dotted


def qualified(scope: Scope | None) -> str:
    """The name of a scope inside its module, "" for the module itself."""
    if scope is None or scope is scope.module:
        return ""
    return scope.dotted[len(scope.module.dotted) + 1 :]


def _loops_around(record: CallRecord) -> list[LoopRecord]:
    """The loops that a call stands in, innermost first: its own and those around the ways it is reached.

    A context that many call sites share is seen from the file of the first of them alone.
    """
    found = dict.fromkeys(record.loops)
    pending, seen = [record.context], {record.context}
    for context in pending:
        first = context.first_caller()
        for edge in context.callers.values():
            if first is None or edge.caller.module is not first.caller.module:
                continue
            found.update(dict.fromkeys(edge.loops))
            if edge.caller not in seen and len(seen) < MAX_CHAIN:
                seen.add(edge.caller)
                pending.append(edge.caller)
    return list(found)[:MAX_LOOPS]


def _fillable(value: Value) -> Value | None:
    """The collections and tables among the things a parameter may be."""
    held = frozenset(
        a for a in value.atoms if isinstance(a, SymbolAtom) or (isinstance(a, ObjectAtom) and a.cls is None)
    )
    return Value(held) if held else None
