"""The solver: the work list, and the state that all contexts share.

Contexts (``contexts``) read shared cells: globals, fields, closure variables, results. A cell that grows queues its
readers. Everything that is joined only grows and every source of new contexts is bounded, so the solver ends; where a
bound bites it is noted.
"""

from __future__ import annotations

import re
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from tosguard import errors
from tosguard.flow.calls.context import Context
from tosguard.flow.language.scopes import FunctionScope, Scope
from tosguard.flow.programs.settings import Settings
from tosguard.flow.solver.focus import Stage
from tosguard.flow.solver.notices import Notices
from tosguard.flow.solver.records import Arguments, CallRecord, LoopRecord
from tosguard.flow.solver.visits import FIRST_KEPT, Visit
from tosguard.flow.values.growth import Growth, growth_of, leads
from tosguard.flow.values.interning import MAX_CLONES, Interned
from tosguard.flow.values.joining import join
from tosguard.flow.values.taints import Taint
from tosguard.flow.values.values import (
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
    ModuleAtom,
    ObjectAtom,
    PartialAtom,
    Place,
    SliceAtom,
    SuperAtom,
    SymbolAtom,
    Value,
    constant,
    pattern,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from tosguard.catalog.catalogue import Catalogue
    from tosguard.catalog.model import Entry
    from tosguard.flow.disk.disk import Disk
    from tosguard.flow.programs.project import Project
    from tosguard.flow.solver.visits import Mention
    from tosguard.flow.values.questions import Question
    from tosguard.syntax import ir

#: A variable or command of a shell script that is not known.
_VARIABLE = re.compile(r"\$(?:\{[^}]*\}|\([^)]*\)|\w+)|`[^`]*`")
#: Project calls evaluated inside one another; deeper ones wait for the work list.
MAX_DEPTH = 40
#: Evaluations of one context; a context that still changes after so many is reported.
MAX_RUNS = 20
#: Evaluations of one context for whatever has grown; further ones at once only for
#: what tells something (``growth``).
EAGER_RUNS = 3
#: Evaluations of a context that is not looked at closely, and in a first look for what leads on: in files that name a
#: provider themselves more often than in helper files.
FAINT_RUNS = 2
LEADING_RUNS = 5
HELPER_RUNS = 2
#: How often what was left for later is made up for in the end.
LATE_ROUNDS = 2
#: Steps (statements executed, origins carried along, and what a call or an attribute may be of where that is much) for
#: a project: so many, and so many more for each line, fewer for each line beyond the first ones. Real projects need ten
#: to a hundred a line; one that needs more than this is cut short, so that time grows with the code.
BASE_STEPS = 300_000
STEPS_PER_LINE = 50
FIRST_LINES = 20_000
STEPS_PER_FURTHER_LINE = 1


class Machine(Interned):
    """The shared state of one solution. ``touched`` are, of a first look, the scopes in which answers travel; ``faint``
    the one context of each function that is not looked at closely."""

    def __init__(self, project: Project, catalogue: Catalogue, disk: Disk, stage: Stage = Stage.WHOLE) -> None:
        self.project = project
        super().__init__(catalogue)
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
        self.records: dict[tuple[Context, int, str, CallRecord | None], CallRecord] = {}
        self.taints: list[Taint] = []
        self.shared_taints: dict[tuple[Context | None, int, str], Taint] = {}
        self.edges: dict[tuple[str, str], None] = {}
        self.generic: dict[ClassAtom, ObjectAtom] = {}
        self.bounds: dict[tuple[str, int, int | str], Value] = {}
        self.slices: dict[tuple[Context, int], SliceAtom] = {}
        self.dispatched: dict[FunctionAtom, dict[FunctionAtom, Value]] = {}
        self.awaiting: dict[int, Value] = {}
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
        self.homes: dict[CallRecord, CallRecord] = {}
        self.shared_homes: dict[tuple[int, str], CallRecord] = {}

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
            self.tell(cell.readers, self.growth(old, joined))

    def growth(self, old: Value, new: Value) -> Growth:
        """What a value has grown by; what leads to a call of interest is told apart where that matters."""
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
            often = HELPER_RUNS if context.scope.module.is_helper else LEADING_RUNS
            if not coarse or context.runs < often:
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
        from tosguard.flow.solver.frame import Frame

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
