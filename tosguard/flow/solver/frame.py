"""One evaluation of one context: the variables, the open loops and guards, and the body executed in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tosguard.flow.language.scopes import ClassScope, FunctionScope, ModuleScope, Scope
from tosguard.flow.natives.builtin_names import BUILTIN_NAMES
from tosguard.flow.solver.focus import Stage
from tosguard.flow.values.fields import (
    FIELDS,
    announce_exit,
    forget_variable,
    global_path,
    known_global,
    leave_function,
    rebound_global,
    remember,
)
from tosguard.flow.values.fields import merged as merged_fields
from tosguard.flow.values.joining import FEW_TAINTS, join, tainted
from tosguard.flow.values.taints import LABELLED, Hop, Step, Taint, Ways
from tosguard.flow.values.values import (
    ANYTHING,
    NOTHING,
    REST,
    RETURNED,
    Cell,
    Value,
    constant,
    is_label,
    is_worded,
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tosguard.flow.calls.context import Context
    from tosguard.flow.solver.machine import Machine
    from tosguard.flow.solver.records import Arguments, LoopRecord
    from tosguard.flow.solver.visits import Visit
    from tosguard.flow.values.fields import Fields
    from tosguard.flow.values.values import Place

#: Evaluations of a loop body; a second pass sees what the first one stored, a third what that changed.
MAX_PASSES = 3

Environment = dict[str, Value]

#: How each kind of expression is evaluated; filled by ``expressions``.
EXPRESSIONS: dict[type, Callable[[Frame, Any], Value]] = {}
#: What lower modules call in higher ones (a property read calls a function, a call reads attributes).
LATE: dict[str, object] = {}


class Frame:
    """The state of one evaluation. ``env`` is None where the code cannot be reached (after ``return``). ``twins`` are
    the taints of the tests around as derived ones, worked out once for each ``deciding`` set of them."""

    __slots__ = (
        "branch",
        "context",
        "control",
        "deciding",
        "departures",
        "env",
        "exits",
        "guards",
        "loops",
        "machine",
        "module",
        "pending",
        "reader",
        "scope",
        "trying",
        "turn",
        "turn_before",
        "twins",
        "visit",
    )

    def __init__(self, machine: Machine, context: Context) -> None:
        self.machine = machine
        self.context = context
        self.scope: Scope = context.scope
        self.module: ModuleScope = context.module
        self.env: Environment | None = {}
        self.loops: tuple[LoopRecord, ...] = ()
        self.guards: tuple[str, ...] = ()
        self.exits: list[dict[str, list[Environment]]] = []
        self.control: Mapping[Taint, Hop] | None = None
        self.deciding: Mapping[Taint, Hop] | None = None
        self.twins: dict[Taint, Hop] = {}
        self.branch = 0
        self.trying: list[Value] = []
        self.pending: dict[Cell, Value] = {}
        self.departures: list[Fields] = []
        self.visit: Visit | None = None
        self.reader: Context | Visit = context
        self.turn = 0
        self.turn_before: int | None = None

    # ------------------------------------------------------------------------------------------------- execution

    def execute(self) -> None:
        """Runs the body of the context's scope."""
        from tosguard.flow.language.statements import execute_body

        scope, context = self.scope, self.context
        if isinstance(scope, FunctionScope):
            self.machine.entered.add(scope)
            rebound, context.rebound = context.rebound, set()
            for name, value in context.parameters.items():
                self.bind(name, value)
            context.rebound = rebound
            left, stored = context.exit, len(context.stores)
            context.exit = None
            execute_body(self, scope.node.body)
            leave_function(self)
            announce_exit(self, left)
            if len(context.stores) > stored:
                context.outdate_calls()
            if scope.node.is_generator:
                self._make_generator(scope)
            elif self.env is not None:
                self.machine.write(context.result, NONE_VALUE)
        elif isinstance(scope, (ModuleScope, ClassScope)):
            execute_body(self, scope.node.body)
        self.publish()

    def _make_generator(self, scope: FunctionScope) -> None:
        machine, context = self.machine, self.context
        generator = machine.make("generator", scope.node, context)
        if context.yields is not None:
            machine.put(generator, REST, machine.read(context.yields, context))
        machine.write(context.result, single(generator))

    def give_back(self, value: Value) -> None:
        """Notes what the function returns; of a generator what ``yield from`` gives in the end."""
        scope = self.scope
        if isinstance(scope, FunctionScope) and scope.node.is_generator:
            generator = self.machine.make("generator", scope.node, self.context)
            self.machine.write(generator.cell(RETURNED), value)
        else:
            self.machine.write(self.context.result, value)

    @property
    def here(self) -> ir.Node:
        """The node that stands for the whole scope, for calls that the language makes by itself."""
        scope = self.scope
        return scope.node if isinstance(scope, (FunctionScope, ClassScope)) else MODULE_NODE

    def eval(self, node: ir.Expr) -> Value:
        """The value of an expression."""
        return EXPRESSIONS[node.__class__](self, node)

    def call(self, node: ir.Node, callee: Value, arguments: Arguments) -> Value:
        """Calls everything a value may be; see ``calls.call``."""
        if self.pending:
            self.publish()
        return LATE["call"](self, node, callee, arguments)  # type: ignore[no-any-return, operator]

    # ------------------------------------------------------------------------------------------------- variables

    def bind(self, name: str, value: Value) -> None:
        """Assigns a variable of this scope."""
        if self.env is None:
            return
        scope, machine = self.scope, self.machine
        if name in scope.declared_global:
            atom = machine.module_atom(self.module.dotted)
            if atom is not None:
                machine.write(atom.cell(name), value)
            rebound_global(self, self.module.dotted, name, value)
            return
        if name in scope.declared_nonlocal:
            owner = self._owner(name)
            if owner is not None:
                machine.write(owner.cell(name), value)
                rebound_global(self, owner.scope.dotted, name, value)
            return
        if FIELDS in self.env:
            forget_variable(self.env, name)
        self.env[name] = value
        if isinstance(scope, FunctionScope):
            if name in self.context.parameters:
                self.context.rebound.add(name)
            if name in scope.captured and self._rebound_inside(name):
                remember(self, global_path(scope.dotted, name), value)
        elif isinstance(scope, ModuleScope) and name in scope.rewritten:
            remember(self, global_path(self.module.dotted, name), value)
        self.show(name, value)

    def show(self, name: str, value: Value) -> None:
        """Lets others see a variable of this scope, where they can."""
        scope = self.scope
        if isinstance(scope, FunctionScope):
            if name in scope.captured:
                self._show(self.context.cell(name), value)
        elif isinstance(scope, ModuleScope):
            self._show(self.context.cell(name), value)
        elif self.context.namespace is not None:
            self._show(self.context.namespace.cell(name), value)

    def _show(self, cell: Cell, value: Value) -> None:
        """Writes a variable that others see. In straight code the write waits until something could read it, so that a
        variable bound anew before that shows its last value only."""
        if cell in self.machine.superseded:
            return
        if self.branch:
            self.machine.write(cell, value)
        else:
            self.pending[cell] = value

    def publish(self) -> None:
        """Carries out the writes that wait."""
        pending = self.pending
        if pending:
            self.pending = {}
            for cell, value in pending.items():
                self.machine.write(cell, value)

    def throw(self, exceptions: Value) -> None:
        """Notes instances that are raised here: for the ``try`` around, else for the callers."""
        if self.trying:
            self.trying[-1] = join(self.trying[-1], exceptions)
            return
        if self.context.raised is None:
            self.context.raised = Cell()
            self.context.outdate_calls()
        self.machine.write(self.context.raised, exceptions)

    def enter_branch(self) -> None:
        """From here on code may or may not run: writes are joined at once."""
        self.publish()
        self.branch += 1

    def leave_branch(self) -> None:
        """The branches have met."""
        self.branch -= 1

    def _owner(self, name: str) -> Context | None:
        closure = self.context.closure
        while closure is not None:
            if isinstance(closure.scope, FunctionScope) and name in closure.scope.bound:
                return closure
            closure = closure.closure
        return None

    def lookup(self, name: str) -> Value:
        """The value of a name, by Python's scoping: here, enclosing functions, the module, builtins."""
        env = self.env
        if env is not None and name in env:
            found = env[name]
            if isinstance(self.scope, ModuleScope):
                if name not in self.module.rewritten:
                    return found
                self.publish()
                certain = known_global(env, self.module.dotted, name)
                return certain if certain is not None else join(found, self.read(self.context.cell(name)))
            if (
                self.scope.declared_nonlocal
                or not isinstance(self.scope, FunctionScope)
                or name not in self.scope.captured
            ):
                return found
            if not self._rebound_inside(name):
                return found
            certain = known_global(env, self.scope.dotted, name)
            return certain if certain is not None else join(found, self.read(self.context.cell(name)))
        closure = self.context.closure
        while closure is not None:
            scope = closure.scope
            if isinstance(scope, FunctionScope) and name in scope.bound:
                return self.read(closure.cell(name))
            closure = closure.closure
        return self._global(name)

    def _rebound_inside(self, name: str) -> bool:
        """Whether an inner function assigns this variable over ``nonlocal``."""
        stack = list(self.scope.children)
        while stack:
            child = stack.pop()
            if name in child.declared_nonlocal:
                return True
            stack.extend(child.children)
        return False

    def _global(self, name: str) -> Value:
        machine = self.machine
        module = machine.module_atoms.get(self.module.dotted)
        if module is None:
            return builtin(machine, name)
        if name in self.module.bound:
            certain = known_global(self.env, self.module.dotted, name) if self.env is not None else None
            value = self.read(module.cell(name)) if certain is None else certain
            if value is not NOTHING:
                return value
            return builtin(machine, name) if name in BUILTIN_NAMES else value
        cell = module.cells.get(name)
        if cell is not None:
            return self.read(cell)
        if name in BUILTIN_NAMES:
            return builtin(machine, name)
        if STAR in module.cells:
            return self.read(module.cell(name))
        return builtin(machine, name) if name in machine.given else ANYTHING

    # ----------------------------------------------------------------------------------------------------- hops

    def hop(self, value: Value, node: ir.Node, kind: str, text: str) -> Value:
        """``value`` with one more step behind each of its taints."""
        taints = value.taints
        if taints is None:
            return value
        return Value(value.atoms, self.hops(taints, node, kind, text))

    def hops(self, taints: Mapping[Taint, Hop], node: ir.Node, kind: str, text: str) -> Mapping[Taint, Hop]:
        """Each taint with one more step."""
        machine = self.machine
        machine.steps += len(taints) >> 3
        if machine.stage is Stage.COARSE and not all(t.common for t in taints):
            machine.touched.add(self.scope)
        step = Step(node, kind, text, self.context)
        if len(taints) > FEW_TAINTS:
            return Ways(taints, step)
        return {t: Hop(h, step) for t, h in taints.items()}

    def read(self, cell: Cell) -> Value:
        """The value of a cell, with this context as reader."""
        reader = self.reader
        if cell.last is not reader:
            cell.note(reader)
        return cell.value

    def watch(self, place: Place) -> None:
        """Has the statement that is executed here executed anew, when the context runs again or a loop takes another
        turn, after the place got another cell."""
        if self.visit is not None or self.loops:
            if place.watchers is None:
                place.watchers = set()
            place.watchers.add(self.reader)

    def missed(self, name: object) -> None:
        """The same, after there is something by this name."""
        if self.visit is not None or self.loops:
            self.machine.missed.setdefault(name, set()).add(self.reader)

    def unsettle(self) -> None:
        """Has the statement that is executed here executed anew whenever the context runs again."""
        if self.visit is not None:
            self.visit.outdate()

    def under_control(self, value: Value) -> Value:
        """``value`` with the taints of the tests that decide whether it gets here, as derived ones, but for those
        that it is a score of already."""
        control = self.control
        if control is None:
            return value
        if self.deciding is not control:
            self.deciding, self.twins = control, {t.twin(): h for t, h in control.items()}
        known = value.taints
        if known is None:
            return Value(value.atoms, self.twins)
        if known.keys() >= control.keys() or known.keys() >= self.twins.keys():
            return value
        added = {t.twin(): h for t, h in control.items() if t not in known and t.twin() not in known}
        return tainted(value, added) if added else value

    def labelled(self, value: Value, node: ir.Node) -> Value:
        """``value``, where it is a class or a number that the code spells out, with the taints of the tests that decide
        whether it is this one: ``label = 1`` under ``if "yes" in answer``."""
        if self.control is None or not is_label(value):
            return value
        chosen = self.under_control(value)
        return Value(chosen.atoms, self.hops(chosen.taints or {}, node, LABELLED, "told by a label"))

    def worded(self, value: Value, node: ir.Node) -> Value:
        """The same for a text that the code words, whatever it holds besides: ``f"{said} (correct)"``."""
        if self.control is None or not is_worded(value):
            return value
        return self.labelled(value, node) if is_label(value) else self.under_control(value)

    # ------------------------------------------------------------------------------------------------ branching

    def merge(self, left: Environment | None, right: Environment | None) -> Environment | None:
        """The variables after two branches met."""
        if left is None:
            return right
        if right is None or left is right:
            return left
        merged = dict(left)
        for name, value in right.items():
            known = merged.get(name)
            if known is not value:  # most variables are not touched by a branch
                merged[name] = value if known is None else join(known, value)
        if FIELDS in merged:
            merged[FIELDS] = merged_fields(left.get(FIELDS), right.get(FIELDS))
        return merged

    def merge_all(self, environments: Sequence[Environment | None]) -> Environment | None:
        """The variables after several branches met."""
        result: Environment | None = None
        for env in environments:
            result = self.merge(result, env)
        return result


def settled(before: Environment | None, after: Environment | None) -> bool:
    """Whether another pass over a loop body would see nothing new."""
    if before is None or after is None:
        return before is after
    for name, value in after.items():
        known = before.get(name)
        if known is not value and (known is None or not known.covers(value)):
            return False
    return True


def builtin(machine: Machine, name: str) -> Value:
    """The builtin of this name."""
    return single(machine.symbol(f"builtins.{name}"))


#: Stands for a module's body where a node is asked for.
MODULE_NODE = ir.Node(0, 0)
#: Marks a module that star-imports from a library: unknown names may come from there.
STAR = "<star>"
NONE_VALUE = constant(None)
