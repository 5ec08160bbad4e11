"""The solver: contexts of functions, the work list, and the state they share.

A function is evaluated once per *context*: the set of things its arguments may be. Calling it with other things makes
another context, so two callers of one helper are kept apart; constants travel into it the same way. A function in which
a recorded value is born (a provider's answer) also gets a context per call site, so that each caller has an origin of
its
own. Contexts read shared cells (globals, fields, closure variables, results); a cell that grows queues its readers.
Everything that is joined only grows and every source of new contexts is bounded, so the solver ends; where a bound
bites
it is noted.
"""

from __future__ import annotations

import re
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from tosguard import errors
from tosguard.flow.focus import Stage
from tosguard.flow.growth import Growth, growth_of, leads, most
from tosguard.flow.notices import Notices
from tosguard.flow.records import Arguments, CallEdge, CallRecord, LoopRecord
from tosguard.flow.scopes import FunctionScope, Scope
from tosguard.flow.settings import Settings
from tosguard.flow.values import (
    ALL,
    ANYTHING,
    ELEMENT,
    KEYS,
    NOTHING,
    REST,
    Atom,
    BoundAtom,
    Cell,
    ClassAtom,
    FunctionAtom,
    MethodAtom,
    ModuleAtom,
    ObjectAtom,
    PartialAtom,
    Place,
    SliceAtom,
    SuperAtom,
    SymbolAtom,
    Taint,
    Value,
    WrappedAtom,
    constant,
    join,
    pattern,
)
from tosguard.flow.visits import FIRST_KEPT, Visit

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from tosguard.catalog.catalogue import Catalogue
    from tosguard.catalog.model import Entry
    from tosguard.flow.disk import Disk
    from tosguard.flow.fields import Fields
    from tosguard.flow.project import Project
    from tosguard.flow.questions import Question
    from tosguard.flow.visits import Mention
    from tosguard.syntax import ir

#: A variable or command of a shell script that is not known.
_VARIABLE = re.compile(r"\$(?:\{[^}]*\}|\([^)]*\)|\w+)|`[^`]*`")
#: Contexts of one function told apart by its arguments; more share one context with joined arguments.
MAX_CONTEXTS = 6
#: Columns of one table that are told apart.
MAX_COLUMNS = 24
#: Contexts of one function told apart by call site because values are born in it.
MAX_SITES = 12
#: Call expressions that have a context of their own beyond that, each with the join of what it passes.
MAX_MERGED_SITES = 9
#: The same of constructors, by the object made, and where values are born, by the context of the call.
MAX_MERGED_BIRTHS = 24
#: Project calls evaluated inside one another; deeper ones wait for the work list.
MAX_DEPTH = 40
#: Callers of callers that are asked whether a call goes round.
MAX_CHAIN = 200
#: Contexts in which one site makes objects of its own.
MAX_CLONES = 16
#: Stands for the sites of all calls that may be of very many classes.
CROWD = "<crowd>"
#: Characters of a symbol path that is followed.
MAX_PATH = 160
#: Evaluations of one context; a context that still changes after so many is reported.
MAX_RUNS = 12
#: Evaluations of one context for whatever has grown; further ones at once only for
#: what tells something (``growth``).
EAGER_RUNS = 3
#: Evaluations of a context that is not looked at closely, and in a first look for what leads on.
FAINT_RUNS = 2
LEADING_RUNS = 5
#: How often what was left for later is made up for in the end.
LATE_ROUNDS = 2
#: Steps (statements executed, origins carried along, and what a call or an attribute may be of where that is much) for
#: a project: so many, and so many more for each line, fewer for each line beyond the first ones. Real projects need ten
#: to a hundred a line; one that needs more than this is cut short, so that time grows with the code.
BASE_STEPS = 300_000
STEPS_PER_LINE = 50
FIRST_LINES = 20_000
STEPS_PER_FURTHER_LINE = 1


class Context:
    """One scope evaluated with one set of arguments. ``news`` counts how often something has grown that it read."""

    __slots__ = (
        "atom",
        "births",
        "callers",
        "cells",
        "closure",
        "exit",
        "exits",
        "faint",
        "key",
        "module",
        "namespace",
        "news",
        "parameters",
        "queued",
        "raised",
        "rebound",
        "result",
        "root",
        "round",
        "running",
        "runs",
        "scope",
        "serial",
        "stores",
        "visits",
        "visits_of_calls",
        "yields",
    )  # fmt: skip

    def __init__(self, serial: int, scope: Scope, closure: Context | None) -> None:
        self.serial = serial
        self.scope = scope
        self.module = scope.module
        self.closure = closure
        self.atom: FunctionAtom | None = None
        self.key: object = None
        self.parameters: dict[str, Value] = {}
        self.cells: dict[str, Cell] = {}
        self.result = Cell()
        self.yields: Cell | None = None
        self.namespace: ClassAtom | None = None
        self.callers: dict[tuple[int, int], CallEdge] = {}
        self.births = False
        self.stores: set[object] = set()
        self.raised: Cell | None = None
        self.exit: Fields | None = None
        self.exits = Cell()
        self.rebound: set[str] = set()
        self.root = False
        self.round = -1
        self.running = False
        self.queued = False
        self.faint = False
        self.news = 0
        self.runs = 0
        self.visits: dict[tuple[int, int], Visit] | None = None
        self.visits_of_calls: set[Visit] = set()

    def outdate(self) -> None:
        """Notes that something is there now that was not when it was looked for: whatever is not kept of an evaluation
        is evaluated anew, but for another turn of a loop it counts."""
        self.news += 1

    def outdate_calls(self) -> None:
        """Has the calls of this context evaluated anew when those who make them run again."""
        for visit in self.visits_of_calls:
            visit.outdate()
        self.visits_of_calls.clear()

    def cell(self, name: str) -> Cell:
        """The cell of a captured or global variable."""
        found = self.cells.get(name)
        if found is None:
            found = self.cells[name] = Cell()
        return found

    def first_caller(self) -> CallEdge | None:
        """The call site that made this context, None for a root."""
        for edge in self.callers.values():
            return edge
        return None


class Machine:
    """The shared state of one solution. ``touched`` are, of a first look, the scopes in which answers travel; ``faint``
    the one context of each function that is not looked at closely."""

    def __init__(self, project: Project, catalogue: Catalogue, disk: Disk, stage: Stage = Stage.WHOLE) -> None:
        self.project = project
        self.catalogue = catalogue
        #: Names that a session has without defining or importing them, as the catalogue tells (``builtins.NAME``).
        self.given = frozenset(a.removeprefix("builtins.") for a in catalogue.aliases if a.startswith("builtins."))
        self.disk = disk
        self.notices = Notices()
        self.every_branch = False
        self.stage = stage
        self.touched: set[Scope] = set()
        self.faint: dict[FunctionAtom, Context] = {}
        self.queue: list[tuple[int, int, Context]] = []
        self.late: dict[Context, bool] = {}
        self.round = 0
        self.depth = 0
        self.serial = 0
        self.evaluations = 0
        self.steps = 0
        self.budget = _budget(sum(len(m.node.line_starts) for m in project.modules.values()))
        self.module_atoms: dict[str, ModuleAtom] = {}
        self.module_contexts: dict[str, Context] = {}
        self.contexts: dict[FunctionAtom, dict[object, Context]] = {}
        self.site_contexts: dict[FunctionAtom, int] = {}
        self.targets: dict[tuple[Context, int, FunctionAtom, int], Context] = {}
        self.merged: dict[tuple[FunctionAtom, tuple[int, int]], Context] = {}
        self.merged_keys: dict[Context, tuple[FunctionAtom, tuple[int, int]]] = {}
        self.merged_sites: dict[FunctionAtom, int] = {}
        self.entered: set[FunctionScope] = set()
        self.wrappers: set[Scope] = set()
        self.functions: dict[tuple[Scope, Context], FunctionAtom] = {}
        self.classes: dict[tuple[Scope, Context], ClassAtom] = {}
        self.class_contexts: dict[ClassAtom, Context] = {}
        self.objects: dict[tuple[object, Context | None], ObjectAtom] = {}
        self.symbols: dict[tuple[str, CallRecord | None], SymbolAtom] = {}
        self.records: dict[tuple[Context, int, str, CallRecord | None], CallRecord] = {}
        self.taints: list[Taint] = []
        self.shared_taints: dict[tuple[Context | None, int, str], Taint] = {}
        self.edges: dict[tuple[str, str], None] = {}
        self.generic: dict[ClassAtom, ObjectAtom] = {}
        self.bounds: dict[tuple[str, int, int | str], Value] = {}
        self.wrapped: dict[tuple[str, frozenset[Atom]], WrappedAtom] = {}
        self.slices: dict[tuple[Context, int], SliceAtom] = {}
        self.dispatched: dict[FunctionAtom, dict[FunctionAtom, Value]] = {}
        self.awaiting: dict[int, Value] = {}
        self.rebounds: dict[tuple[PartialAtom, Atom], PartialAtom] = {}
        self.loops: dict[tuple[Context, int], LoopRecord] = {}
        self.epoch = 0
        self.missed: dict[object, set[Context | Visit]] = {}
        self.mentions: dict[int, Mention] = {}
        self.handed_over: dict[int, frozenset[str]] = {}
        self.declared: dict[tuple[FunctionAtom, str], Value] = {}
        self.importing = True
        self.built: dict[tuple[int, Context], ClassAtom] = {}
        self.evaluated: dict[tuple[int, str], tuple[ir.Stmt, ...]] = {}
        self.superseded: set[Cell] = set()
        self.partials: dict[tuple[Context, int], PartialAtom] = {}
        self.function_fields: dict[tuple[str, str], Cell] = {}
        self.replaced: dict[str, Cell] = {}
        self.questions: dict[Hashable, Question[Any]] = {}
        self.settings = Settings()
        self.imported: dict[tuple[str, str], None] = {}
        self.columns: dict[SymbolAtom | None, object] = {}
        self.columns_of: dict[SymbolAtom, dict[object, SymbolAtom]] = {}
        self.symbols_of_columns: dict[tuple[str, CallRecord | None, SymbolAtom], SymbolAtom] = {}
        self.append_slots: dict[tuple[ObjectAtom, int], int] = {}
        self.supers: dict[tuple[ClassAtom, Atom], SuperAtom] = {}
        self.options: dict[tuple[str, str], tuple[str, ...]] = {}
        self.documents: Mapping[str, object] = {}
        self.fresh: set[ObjectAtom] = set()
        self.single_objects: set[ObjectAtom] = set()
        self.copies: dict[tuple[ObjectAtom | SymbolAtom, int, Context], ObjectAtom | SymbolAtom] = {}
        self.copied_from: dict[ObjectAtom | SymbolAtom, ObjectAtom | SymbolAtom] = {}
        self.moved: dict[tuple[Cell, Cell], Value] = {}
        self.positionals: dict[ObjectAtom, dict[int, int]] = {}
        self.handlers: dict[FunctionAtom, CallRecord] = {}
        self.methods: dict[tuple[int, str], MethodAtom] = {}
        self.clones: dict[object, int] = {}
        self.homes: dict[CallRecord, CallRecord] = {}
        self.shared_homes: dict[tuple[int, str], CallRecord] = {}
        self.native_prefixes: frozenset[str] = frozenset()
        self._canonical: dict[str, str] = {}
        self._known: dict[str, bool] = {}
        self._entries: dict[str, Entry | None] = {}

    # ------------------------------------------------------------------------------------------------ interning

    def next_serial(self) -> int:
        """A number that grows with every context and record: what was met first comes first."""
        self.serial += 1
        return self.serial

    def symbol(self, path: str, record: CallRecord | None = None, parent: SymbolAtom | None = None) -> SymbolAtom:
        """The atom of a library symbol; ``parent`` is the object it is an attribute of."""
        if parent in self.columns:
            return self._of_column(path, record, parent)
        key = (path, record)
        found = self.symbols.get(key)
        if found is None:
            found = self.symbols[key] = SymbolAtom(path, record, parent)
        return found

    def _of_column(self, path: str, record: CallRecord | None, column: SymbolAtom | None) -> SymbolAtom:
        """What is an attribute of a column: the column itself where it is seen in another way, else of its own."""
        assert column is not None
        if path == column.path and record is column.record:
            return column
        key = (path, record, column)
        found = self.symbols_of_columns.get(key)
        if found is None:
            found = self.symbols_of_columns[key] = SymbolAtom(path, record, column)
        return found

    def column(self, table: SymbolAtom, key: object) -> SymbolAtom:
        """The atom of a column of a table; the table itself where it has too many, and for a column of a column."""
        known = self.columns_of.setdefault(table, {})
        found = known.get(key)
        if found is None and table not in self.columns and len(known) < MAX_COLUMNS:
            found = known[key] = SymbolAtom(table.path, table.record, table)
            self.columns[found] = key
        return found if found is not None else table

    def known(self, path: str) -> bool:
        """Whether anything is known of a symbol or of what lies behind it. Only such paths are followed: an unknown
        library's objects are anything, so paths cannot grow without end."""
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = len(path) < MAX_PATH and (
                self.catalogue.is_prefix(path) or path in self.native_prefixes or self._on_client(path)
            )
        return found

    def _on_client(self, path: str) -> bool:
        """Whether a path leads from a client to a method nobody modelled yet; what a modelled method gave is no
        client."""
        client = self.catalogue.under_client(path)
        if client is None:
            return False
        end = path.find("()", len(client.symbol) + 2)
        while end >= 0:
            if self.entry(self.canonical(path[:end])) is not None:
                return False
            end = path.find("()", end + 2)
        return "[" not in path[len(client.symbol) :]

    def rebound(self, partial: PartialAtom, function: Value) -> Value:
        """A ``partialmethod`` read through an instance."""
        (bound,) = function.atoms
        key = (partial, bound)
        found = self.rebounds.get(key)
        if found is None:
            found = self.rebounds[key] = PartialAtom(function, partial.positional, partial.keywords)
        return Value(frozenset((found,)))

    def wrapper(self, kind: str, function: Value) -> WrappedAtom:
        """A function behind ``staticmethod``, ``classmethod`` or ``property``."""
        key = (kind, function.atoms)
        found = self.wrapped.get(key)
        if found is None:
            found = self.wrapped[key] = WrappedAtom(kind, function)
        return found

    def method(self, receiver: Atom, name: str) -> MethodAtom:
        """The built-in method of a receiver."""
        key = (receiver.serial, name)
        found = self.methods.get(key)
        if found is None:
            found = self.methods[key] = MethodAtom(Value(frozenset((receiver,))), name)
        return found

    def canonical(self, path: str) -> str:
        """The catalogue's name of a symbol path."""
        found = self._canonical.get(path)
        if found is None:
            found = self._canonical[path] = self.catalogue.canonical(path)
        return found

    def entry(self, path: str) -> Entry | None:
        """The catalogue's entry of a canonical symbol."""
        try:
            return self._entries[path]
        except KeyError:
            found = self._entries[path] = self.catalogue.entry(path)
            return found

    def make(
        self, kind: str, site: object, context: Context, cls: ClassAtom | None = None, *, shared: bool = False
    ) -> ObjectAtom:
        """The object made at a site in a context: the same one whenever the site is evaluated again. Beyond
        ``MAX_CLONES`` contexts a site has one object for all others; a ``shared`` one is that of all such sites."""
        if shared:
            crowd = ((CROWD, cls, kind), None)
            return self.objects.get(crowd) or self.objects.setdefault(crowd, ObjectAtom(kind, cls, site, context))
        place = (site if isinstance(site, (str, tuple)) else id(site), cls, kind)
        found = self.objects.get((place, context))
        if found is None:
            if self.clones.get(place, 0) >= MAX_CLONES:
                key = (place, None)
                found = self.objects.get(key)
                if found is None:
                    found = self.objects[key] = ObjectAtom(kind, cls, site, context)
            else:
                self.clones[place] = self.clones.get(place, 0) + 1
                found = ObjectAtom(kind, cls, site, context)
            self.objects[(place, context)] = found
        return found

    # ---------------------------------------------------------------------------------------------------- cells

    def read(self, cell: Cell, reader: Context | Visit) -> Value:
        """The value of a cell; ``reader`` runs again when it grows."""
        if cell.last is not reader:
            cell.note(reader)
        return cell.value

    def write(self, cell: Cell, value: Value) -> None:
        """Joins a value into a cell and queues the readers when it grew."""
        old = cell.value
        if old is value or old.covers(value):
            return
        cell.value = joined = join(old, value)
        if old.covers(joined):
            return
        if cell.readers:
            self.tell(cell.readers, self._growth(old, joined))

    def _growth(self, old: Value, new: Value) -> Growth:
        growth = growth_of(old, new)
        if growth is Growth.TELLING and self.stage is not Stage.WHOLE and leads(old, new):
            return Growth.LEADING
        return growth

    def tell(self, readers: Iterable[Context | Visit | Question[Any]], growth: Growth) -> None:
        """Has those who read something that grew read it again."""
        concerned: set[Context | Question[Any]] = set()
        for reader in readers:
            if isinstance(reader, Visit):
                reader.outdate()
                concerned.add(reader.context)
            else:
                concerned.add(reader)
        for each in sorted(concerned, key=_reader_serial) if len(concerned) > 1 else concerned:
            if isinstance(each, Context):
                self.inform(each, growth)
            elif not each.stale:
                each.stale = True
                self.tell(each.readers, growth)

    def put(self, owner: Place, key: object, value: Value) -> None:
        """Stores an item of a collection under a constant key, or under an unknown one (``REST``). The join of all
        items
        is kept beside them, so that iterating does not visit each."""
        if key is REST:
            self.write(owner.cell(ELEMENT), value)
        else:
            self.write(owner.cell(("item", key)), value)
            if owner.cells.get(KEYS) is None or key not in owner.known_keys:
                owner.know(key)
                self.write(owner.cell(KEYS), ANYTHING if isinstance(key, tuple) else constant(key))
        self.write(owner.cell(ALL), value)

    def inform(self, context: Context, growth: Growth) -> None:
        """Has a context run again since something that it read has grown: soon, or, where it ran a few times already
        and the growth tells little, once at the end, when all such growth is there."""
        context.news += 1
        if self.stage is Stage.COARSE or context.faint:
            self._inform_faintly(context, growth)
        elif growth >= Growth.TELLING or context.runs < EAGER_RUNS:
            self.enqueue(context)
        elif not context.queued:
            self.late[context] = self.late.get(context, False) or growth is Growth.HOLDING

    def _inform_faintly(self, context: Context, growth: Growth) -> None:
        """The same for what is not looked at closely: for what leads on at once, for anything else one time more."""
        coarse = self.stage is Stage.COARSE
        if growth is Growth.LEADING:
            if not coarse or context.runs < LEADING_RUNS:
                self.enqueue(context)
        elif context.runs >= FAINT_RUNS:
            self.notices.add(
                "in a project of this size, what leads to no call of interest is looked at less closely; texts and "
                "settings that come from there may be missing"
            )
        elif not coarse:
            if not context.queued:
                self.late[context] = False
        elif growth is Growth.TELLING or not context.runs:
            self.enqueue(context)

    def enqueue(self, context: Context) -> None:
        """Marks a context for another run."""
        if context.queued:
            return
        if self._is_settled(context):
            return
        if context.runs >= MAX_RUNS:
            self.notices.add(
                f"flows may be missing where evaluation was still changing after {MAX_RUNS} rounds",
                context.scope.dotted,
            )
            return
        context.queued = True
        heappush(self.queue, (self.round + (context.round >= self.round), -context.serial, context))

    def exhausted(self) -> bool:
        """Whether the project has used up its steps. From then on every function is still evaluated, but once."""
        if self.steps < self.budget:
            return False
        self.notices.add("the project's calls are too entangled to be followed to the end; some flows may be missing")
        return True

    def _is_settled(self, context: Context) -> bool:
        """Whether a context is not evaluated again, or at all, since the steps are used up."""
        return (context.runs > 0 or context.scope in self.entered) and self.exhausted()

    # -------------------------------------------------------------------------------------------------- modules

    def module_atom(self, name: str) -> ModuleAtom | None:
        """A module of the project, evaluated on first use; None where there is no such file."""
        found = self.module_atoms.get(name)
        if found is not None:
            return found
        scope = self.project.modules.get(name)
        if scope is None:
            return None
        atom = self.module_atoms[name] = ModuleAtom(scope)
        context = self.module_contexts[name] = Context(self.next_serial(), scope, None)
        context.cells = atom.cells  # type: ignore[assignment]
        self.run_or_wait(context)
        return atom

    def package(self, name: str) -> ModuleAtom:
        """The atom of a package without ``__init__`` file."""
        found = self.module_atoms.get(name)
        if found is None:
            found = self.module_atoms[name] = ModuleAtom(self.project.package_scope(name))
        return found

    def replace(self, path: str, value: Value) -> None:
        """Notes that the code assigns to an attribute of a library (``openai.api_base = …``, a patched function)."""
        cell = self.replaced.get(path)
        if cell is None:
            cell = self.replaced[path] = Cell()
            self.found(path)
        self.write(cell, value)

    def found(self, name: object) -> None:
        """Notes that there is something now that some looked for in vain (``Frame.missed``)."""
        for reader in self.missed.pop(name, ()):
            reader.outdate()

    def function_field(self, function: str, name: str) -> Cell:
        """The cell of an attribute that code stores on a function."""
        found = self.function_fields.get((function, name))
        if found is None:
            found = self.function_fields[(function, name)] = Cell()
            self.found((function, name))
        return found

    def variants_of(self, generic: FunctionAtom) -> dict[FunctionAtom, Value]:
        """The functions that stand in for one, by the types that they are for."""
        found = self.dispatched.get(generic)
        if found is None:
            found = self.dispatched[generic] = {}
            self.epoch += 1
        return found

    def run_or_wait(self, context: Context) -> None:
        """Evaluates a new context now, or queues it where calls are nested too deep already."""
        if self.depth >= MAX_DEPTH:
            self.enqueue(context)
        else:
            self.run(context)

    def run(self, context: Context) -> None:
        """Evaluates a context once."""
        from tosguard.flow.frame import Frame

        context.queued = False
        self.late.pop(context, None)
        context.runs += 1
        self.evaluations += 1
        context.running = True
        context.round = self.round
        if context.runs == (FAINT_RUNS + 1 if context.faint else FIRST_KEPT):
            context.visits = {}
        self.depth += 1
        try:
            Frame(self, context).execute()
        except RecursionError:
            self.notices.add(
                "flows may be missing where values are nested too deeply to be followed", context.scope.dotted
            )
        except Exception as error:
            if errors.RAISING:
                raise
            failure = f"flows are missing where tosguard itself failed ({type(error).__name__}), which please report"
            self.notices.add(failure, context.scope.dotted)
        finally:
            self.depth -= 1
            context.running = False

    def drain(self) -> None:
        """Runs queued contexts until nothing changes, in rounds: each context once a round at most, so that it sees at
        once what all others changed; within a round those met last first, for they are what the others call."""
        queue = self.queue
        while queue:
            self.round, _, context = heappop(queue)
            if context.queued and not self._is_settled(context):
                self.run(context)

    def catch_up(self) -> None:
        """Runs what was left for later, and what that changes."""
        for _ in range(LATE_ROUNDS):
            waiting = list(self.late)
            self.late.clear()
            for context in waiting:
                self.enqueue(context)
            self.drain()
        for context, holds_more in self.late.items():
            if holds_more:
                where = context.scope.dotted
                self.notices.add("flows may be missing where evaluation was still changing in the end", where)

    # -------------------------------------------------------------------------------------------------- contexts

    def aimed(self, edge: CallEdge, atom: FunctionAtom, receiver: Atom | None) -> Context | None:
        """The context that a call site entered last."""
        return self.targets.get((edge.caller, id(edge.node), atom, receiver.serial if receiver is not None else 0))

    def aim(self, edge: CallEdge, atom: FunctionAtom, receiver: Atom | None, context: Context) -> None:
        """Notes which context a call site enters now. When its arguments have grown since, the context that it entered
        with fewer loses this caller; one that no caller is left for counts no longer (see ``alive``)."""
        key = (edge.caller, id(edge.node), atom, receiver.serial if receiver is not None else 0)
        before = self.targets.get(key)
        if before is not context:
            self.targets[key] = context
            if before is not None:
                before.callers.pop((edge.caller.serial, id(edge.node)), None)
        context.callers[(edge.caller.serial, id(edge.node))] = edge

    def unaim(self, caller: Context, node: ir.Node, atom: FunctionAtom, receiver: Atom) -> None:
        """Takes back that a call site enters a context for this receiver: it is entered for many at once now."""
        before = self.targets.pop((caller, id(node), atom, receiver.serial), None)
        if before is not None:
            before.callers.pop((caller.serial, id(node)), None)

    def forget_visits(self) -> None:
        """Drops what was kept of statements, which is half of what the solver holds, once all have been executed."""
        tables = (table.values() for table in self.contexts.values())
        once = (self.module_contexts.values(), self.class_contexts.values(), self.merged.values(), self.faint.values())
        for context in (c for contexts in (*once, *tables) for c in contexts):
            for visit in (context.visits or {}).values():
                visit.forget()
            context.visits = None

    def alive(self) -> set[Context]:
        """The contexts that count: modules, classes, functions nobody is seen to call, and what those reach by
        calls."""
        reached_by: dict[Context, list[Context]] = {}
        contexts = [
            *self.merged.values(),
            *self.faint.values(),
            *(c for table in self.contexts.values() for c in table.values()),
        ]
        for context in contexts:
            for edge in context.callers.values():
                reached_by.setdefault(edge.caller, []).append(context)
        called = {c.scope for c in contexts if c.callers}
        pending = [*self.module_contexts.values(), *self.class_contexts.values()]
        pending.extend(c for c in contexts if c.root and c.scope not in called)
        found: set[Context] = set()
        scopes: set[Scope] = set()
        _follow(pending, reached_by, found, scopes)
        for context in contexts:
            if context.root and context.scope not in scopes:
                _follow([context], reached_by, found, scopes)
        return found

    def context_for(
        self, atom: FunctionAtom, parameters: dict[str, Value], edge: CallEdge | None, before: Context | None = None
    ) -> tuple[Context, bool]:
        """The context of a function for these arguments and this call site, and whether it must be evaluated;
        ``before`` is the one that the call site entered last."""
        if self.stage is not Stage.WHOLE and self._is_faint(atom, parameters, edge):
            return self._faint_context(atom, parameters)
        key = tuple(_value_key(v) for v in parameters.values())
        table = self.contexts.get(atom)
        if table is None:
            table = self.contexts[atom] = {}
        found = table.get(key)
        if found is not None and found.births and edge is not None:
            found, fresh = self._site_context(atom, table, key, found, parameters, edge)
        elif found is None and before is not None and _only_grew(before, table, parameters):
            del table[before.key]
            table[key] = found = before
            found.key = key
            growth = most(self._growth(found.parameters.get(n, NOTHING), v) for n, v in parameters.items())
            found.parameters = dict(parameters)
            fresh = not found.running and found.runs < (MAX_RUNS if growth >= Growth.TELLING else EAGER_RUNS)
            if not fresh:
                self.inform(found, growth)
        elif found is None and atom.scope in self.entered and self.exhausted():
            found, fresh = self._merged_context(atom, parameters, None, False)[0], False
        elif found is None:
            ancestor = _ancestor(atom, edge)
            if len(table) >= MAX_CONTEXTS + self.site_contexts.get(atom, 0) or (
                ancestor is not None and len(table) >= 4
            ):
                births = any(c.births for c in table.values())
                found, fresh = self._merged_context(atom, parameters, edge, births, ancestor)
            else:
                found, fresh = self._new_context(atom, parameters), True
                found.key = key
                table[key] = found
        else:
            fresh = False
        return found, fresh

    def context_of_crowd(self, atom: FunctionAtom, parameters: dict[str, Value]) -> tuple[Context, bool]:
        """The one context of a function for all calls that may be of very many functions."""
        self.notices.add(
            "in a project of this size, calls that may be of very many functions are not told apart; answers that pass "
            "through these may be mixed up",
            atom.scope.dotted,
        )
        return self._merged_context(atom, parameters, None, False)

    def _site_context(
        self,
        atom: FunctionAtom,
        table: dict[object, Context],
        key: object,
        first: Context,
        parameters: dict[str, Value],
        edge: CallEdge,
    ) -> tuple[Context, bool]:
        """A context of this call site alone, for a function in which values are born."""
        site = (edge.caller.serial, id(edge.node))
        if site in first.callers:
            return first, False
        own = table.get((key, site))
        if own is not None:
            return own, False
        ancestor = _ancestor(atom, edge)
        if ancestor is not None:
            return ancestor, False
        used = self.site_contexts.get(atom, 0)
        if self.exhausted():
            return first, False
        if used >= MAX_SITES:
            return self._merged_context(atom, parameters, edge, True)
        self.site_contexts[atom] = used + 1
        own = table[(key, site)] = self._new_context(atom, parameters)
        own.key = key
        return own, True

    def _merged_context(
        self,
        atom: FunctionAtom,
        parameters: dict[str, Value],
        edge: CallEdge | None,
        births: bool,
        ancestor: Context | None = None,
    ) -> tuple[Context, bool]:
        """The one context that all further argument sets share; with ``edge`` the one of this call, but a recursion out
        of a shared context (``ancestor``) goes round in it."""
        key = (atom, _call_site(atom, parameters, edge, births))
        if ancestor is not None:
            key = self.merged_keys.get(ancestor, key)
        shared = self.merged.get(key)
        if shared is None and edge is not None:
            used = self.merged_sites.get(atom, 0)
            if used < (MAX_MERGED_SITES if key[1][1] and not births else MAX_MERGED_BIRTHS):
                self.merged_sites[atom] = used + 1
            else:
                key = (atom, (0, 0))
                shared = self.merged.get(key)
        if shared is None:
            shared = self.merged[key] = self._new_context(atom, parameters)
            self.merged_keys[shared] = key
            return shared, True
        self._widen(shared, parameters)
        return shared, False

    def _widen(self, shared: Context, parameters: dict[str, Value]) -> None:
        """Joins arguments into a context that several calls share, which runs again once for all that brought more."""
        grown: list[Growth] = []
        for name, value in parameters.items():
            old = shared.parameters.get(name, NOTHING)
            if not old.covers(value):
                shared.parameters[name] = joined = join(old, value)
                grown.append(self._growth(old, joined))
        if grown:  # once for all callers of a round, not for each
            self.inform(shared, most(grown))

    def _is_faint(self, atom: FunctionAtom, parameters: dict[str, Value], edge: CallEdge | None) -> bool:
        """Whether a call is not looked at closely: neither function nor caller is in focus, and no answer is passed."""
        if self.stage is Stage.COARSE:
            return True
        if atom.scope.focal or (edge is not None and edge.caller.scope.focal):
            return False
        return all(v.taints is None or all(t.common for t in v.taints) for v in parameters.values())

    def _faint_context(self, atom: FunctionAtom, parameters: dict[str, Value]) -> tuple[Context, bool]:
        """The one context of a function for all calls that are not looked at closely."""
        shared = self.faint.get(atom)
        if shared is not None:
            self._widen(shared, parameters)
            return shared, False
        shared = self.faint[atom] = self._new_context(atom, parameters)
        shared.faint = True
        return shared, True

    def _new_context(self, atom: FunctionAtom, parameters: dict[str, Value]) -> Context:
        context = Context(self.next_serial(), atom.scope, atom.closure)
        context.atom = atom
        context.parameters = dict(parameters)
        return context

    # -------------------------------------------------------------------------------------------------- records

    def record(
        self, context: Context, node: ir.Node, symbol: str, entry: Entry | None, receiver: CallRecord | None = None
    ) -> CallRecord:
        """The record of a library call in a context and on a receiver, made on first use."""
        key = (context, id(node), symbol, receiver)
        found = self.records.get(key)
        if found is None:
            serial = self.next_serial()
            found = self.records[key] = CallRecord(
                context, node, symbol, entry, serial, Arguments([]), receiver=receiver
            )
        return found

    def birth(self, record: CallRecord, *, by_site: bool) -> Taint:
        """The taint of what a call gives birth to. With ``by_site`` its function gets a context per call site and the
        value an identity per context, whichever of several clients the call is made on; without (files, scores) one
        call expression has one taint in all contexts."""
        if record.taint is None:
            key = (record.context if by_site else None, id(record.node), record.symbol)
            shared = self.shared_taints.get(key)
            if shared is None:
                shared = self.shared_taints[key] = Taint(record, len(self.taints), common=not by_site)
                self.taints.append(shared)
            record.taint = shared
        if by_site:
            self.gives_birth(record.context)
        return record.taint

    def gives_birth(self, context: Context) -> None:
        """Notes that values are born in a context or in what it calls."""
        if not context.births:
            context.births = True
            context.scope.focal = context.scope.focal or self.stage is Stage.FOCUSED
            context.outdate_calls()

    def loop(
        self, kind: str, context: Context, node: ir.Node, over: Value | None, written: tuple[ir.Expr, ...] = ()
    ) -> LoopRecord:
        """The record of a loop in a context: the same one whenever the loop is evaluated again."""
        key = (context, id(node))
        found = self.loops.get(key)
        if found is None:
            found = self.loops[key] = LoopRecord(kind, context, node.start, node.end, over, written)
        if over is not None:  # what a ``while`` draws from is noted by what draws (``LoopRecord.draws``)
            found.over = over
        return found

    def served(self, record: CallRecord, handler: Value) -> None:
        """Notes that functions handle requests of a server route: their parameters come from outside."""
        for atom in handler.atoms:
            function = atom.function if isinstance(atom, BoundAtom) else atom
            if isinstance(function, FunctionAtom):
                self.handlers.setdefault(function, record)

    def class_context(self, atom: ClassAtom, closure: Context) -> Context:
        """The context in which a class body runs."""
        context = self.class_contexts[atom] = Context(self.next_serial(), atom.scope, closure)
        context.namespace = atom
        return context

    def super_atom(self, owner: ClassAtom, receiver: Atom) -> SuperAtom:
        """``super()`` of a class on a receiver."""
        key = (owner, receiver)
        found = self.supers.get(key)
        if found is None:
            found = self.supers[key] = SuperAtom(owner, receiver)
        return found

    def option_values(self, path: str, *names: str) -> Value:
        """What scripts and configurations of the project give an option of a program, by any of its names; what a
        script does not tell (``$OUT/x.json``) is a hole."""
        result = NOTHING
        for name in names if self.options else ():
            for text in self.options.get((path, name), ()):
                given = pattern(_holed(text)) if "$" in text else constant(text)
                result = join(result, given)
        return result

    def home(self, record: CallRecord) -> CallRecord:
        """The record that stands for a call's result: its own, or, beyond ``MAX_CLONES`` contexts, one for all
        others."""
        place = (id(record.node), record.symbol)
        own = self.homes.get(record)
        if own is None:
            count = self.clones.get(place, 0)
            self.clones[place] = count + 1
            own = record if count < MAX_CLONES else self.shared_homes.setdefault(place, record)
            self.homes[record] = own
        return own

    def generic_instance(self, cls: ClassAtom) -> ObjectAtom:
        """The instance on which methods are evaluated that nobody is seen to call."""
        found = self.generic.get(cls)
        if found is None:
            found = self.generic[cls] = ObjectAtom("instance", cls, "generic", None)
            cls.outdate()
        return found


def _follow(
    pending: list[Context], reached_by: Mapping[Context, list[Context]], found: set[Context], scopes: set[Scope]
) -> None:
    """Adds contexts and whatever they reach by calls to those found, and their scopes."""
    while pending:
        context = pending.pop()
        if context not in found:
            found.add(context)
            scopes.add(context.scope)
            pending.extend(reached_by.get(context, ()))


def _holed(text: str) -> Iterator[str | None]:
    """Text with holes where a script's variables stand."""
    for number, piece in enumerate(_VARIABLE.split(text)):
        if number:
            yield None
        if piece:
            yield piece


def _budget(lines: int) -> int:
    """The steps for so many lines."""
    first = min(lines, FIRST_LINES)
    return BASE_STEPS + STEPS_PER_LINE * first + STEPS_PER_FURTHER_LINE * (lines - first)


def _reader_serial(reader: Context | Question[Any]) -> int:
    return reader.serial


def _value_key(value: Value) -> object:
    return value.atoms if value.taints is None else (value.atoms, frozenset(value.taints))


def _call_site(
    atom: FunctionAtom, parameters: dict[str, Value], edge: CallEdge | None, births: bool
) -> tuple[int, int]:
    """What tells calls of a function apart where contexts are shared: the call expression; of constructors the object
    that is made; where values are born the call expression in its own context."""
    if edge is None:
        return 0, 0
    if atom.scope.node.name == "__init__":
        made = next(iter(parameters.values()), NOTHING).atoms
        if len(made) == 1:
            return next(iter(made)).serial, 0
    return edge.caller.serial if births else 0, id(edge.node)


def _only_grew(before: Context, table: dict[object, Context], parameters: dict[str, Value]) -> bool:
    """Whether a context that no other call site enters need only take in more: its arguments are still what they were,
    and something besides."""
    return (
        len(before.callers) == 1
        and not before.root
        and table.get(before.key) is before
        and all(value.covers(before.parameters.get(name, NOTHING)) for name, value in parameters.items())
    )


def _ancestor(atom: FunctionAtom, edge: CallEdge | None) -> Context | None:
    """The context of the same function that this call is made from, over its callers: a recursion."""
    seen, turn = 0, 8
    mark: Context | None = None
    while edge is not None and seen < MAX_CHAIN:
        caller = edge.caller
        if caller.atom is atom:
            return caller
        if caller is mark:  # the chain has come round (Brent's way of finding that out)
            return None
        seen += 1
        if seen == turn:
            mark, turn = caller, turn * 2
        edge = caller.first_caller()
    return None
