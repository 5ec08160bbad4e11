"""Which context a call enters: what keeps two callers of one helper apart, and where they are joined.

A function is evaluated once for each set of things its arguments may be, so that constants travel into it and callers
are kept apart. One in which a recorded value is born also has a context per call site, so that each caller has an
origin of its own. Beyond a number of these, calls share a context whose arguments are joined: by call site while there
are few, then all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.calls.context import Context
from tosguard.flow.solver.focus import Stage
from tosguard.flow.solver.machine import EAGER_RUNS, MAX_RUNS
from tosguard.flow.values.growth import Growth, most
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import NOTHING, Atom, FunctionAtom, Value

if TYPE_CHECKING:
    from tosguard.flow.solver.machine import Machine
    from tosguard.flow.solver.records import CallEdge
    from tosguard.syntax import ir

#: Contexts of one function told apart by its arguments; more share one context with joined arguments.
MAX_CONTEXTS = 6
#: Contexts of one function told apart by call site because values are born in it.
MAX_SITES = 12
#: Call expressions that have a context of their own beyond that, each with the join of what it passes.
MAX_MERGED_SITES = 9
#: The same of constructors, by the object made, and where values are born, by the context of the call.
MAX_MERGED_BIRTHS = 24
#: Callers of callers that are asked whether a call goes round.
MAX_CHAIN = 200


def aimed(machine: Machine, edge: CallEdge, atom: FunctionAtom, receiver: Atom | None) -> Context | None:
    """The context that a call site entered last."""
    return machine.targets.get((edge.caller, id(edge.node), atom, receiver.serial if receiver is not None else 0))


def aim(machine: Machine, edge: CallEdge, atom: FunctionAtom, receiver: Atom | None, context: Context) -> None:
    """Notes which context a call site enters now. When its arguments have grown since, the context that it entered
    with fewer loses this caller; one that no caller is left for counts no longer (see ``alive``)."""
    key = (edge.caller, id(edge.node), atom, receiver.serial if receiver is not None else 0)
    before = machine.targets.get(key)
    if before is not context:
        machine.targets[key] = context
        if before is not None:
            before.callers.pop((edge.caller.serial, id(edge.node)), None)
    context.callers[(edge.caller.serial, id(edge.node))] = edge


def unaim(machine: Machine, caller: Context, node: ir.Node, atom: FunctionAtom, receiver: Atom) -> None:
    """Takes back that a call site enters a context for this receiver: it is entered for many at once now."""
    before = machine.targets.pop((caller, id(node), atom, receiver.serial), None)
    if before is not None:
        before.callers.pop((caller.serial, id(node)), None)


def context_for(
    machine: Machine,
    atom: FunctionAtom,
    parameters: dict[str, Value],
    edge: CallEdge | None,
    before: Context | None = None,
) -> tuple[Context, bool]:
    """The context of a function for these arguments and this call site, and whether it must be evaluated;
    ``before`` is the one that the call site entered last."""
    if machine.stage is not Stage.WHOLE and _is_faint(machine, atom, parameters, edge):
        return _faint_context(machine, atom, parameters)
    key = tuple(_value_key(v) for v in parameters.values())
    table = machine.contexts.get(atom)
    if table is None:
        table = machine.contexts[atom] = {}
    found = table.get(key)
    if found is not None and found.births and edge is not None:
        found, fresh = _site_context(machine, atom, table, key, found, parameters, edge)
    elif found is None and before is not None and _only_grew(before, table, parameters):
        del table[before.key]
        table[key] = found = before
        found.key = key
        growth = most(machine.growth(found.parameters.get(n, NOTHING), v) for n, v in parameters.items())
        found.parameters = dict(parameters)
        fresh = not found.running and found.runs < (MAX_RUNS if growth >= Growth.TELLING else EAGER_RUNS)
        if not fresh:
            machine.inform(found, growth)
    elif found is None and atom.scope in machine.entered and machine.exhausted():
        found, fresh = _merged_context(machine, atom, parameters, None, False)[0], False
    elif found is None:
        ancestor = _ancestor(atom, edge)
        if len(table) >= MAX_CONTEXTS + machine.site_contexts.get(atom, 0) or (
            ancestor is not None and len(table) >= 4
        ):
            births = any(c.births for c in table.values())
            found, fresh = _merged_context(machine, atom, parameters, edge, births, ancestor)
        else:
            found, fresh = _new_context(machine, atom, parameters), True
            found.key = key
            table[key] = found
    else:
        fresh = False
    return found, fresh


def context_of_crowd(machine: Machine, atom: FunctionAtom, parameters: dict[str, Value]) -> tuple[Context, bool]:
    """The one context of a function for all calls that may be of very many functions."""
    machine.notices.add(
        "in a project of this size, calls that may be of very many functions are not told apart; answers that pass "
        "through these may be mixed up",
        atom.scope.dotted,
    )
    return _merged_context(machine, atom, parameters, None, False)


def _site_context(
    machine: Machine,
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
    used = machine.site_contexts.get(atom, 0)
    if machine.exhausted():
        return first, False
    if used >= MAX_SITES:
        return _merged_context(machine, atom, parameters, edge, True)
    machine.site_contexts[atom] = used + 1
    own = table[(key, site)] = _new_context(machine, atom, parameters)
    own.key = key
    return own, True


def _merged_context(
    machine: Machine,
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
        key = machine.merged_keys.get(ancestor, key)
    shared = machine.merged.get(key)
    if shared is None and edge is not None:
        used = machine.merged_sites.get(atom, 0)
        if used < (MAX_MERGED_SITES if key[1][1] and not births else MAX_MERGED_BIRTHS):
            machine.merged_sites[atom] = used + 1
        else:
            key = (atom, (0, 0))
            shared = machine.merged.get(key)
    if shared is None:
        shared = machine.merged[key] = _new_context(machine, atom, parameters)
        machine.merged_keys[shared] = key
        return shared, True
    _widen(machine, shared, parameters)
    return shared, False


def _widen(machine: Machine, shared: Context, parameters: dict[str, Value]) -> None:
    """Joins arguments into a context that several calls share, which runs again once for all that brought more."""
    grown: list[Growth] = []
    for name, value in parameters.items():
        old = shared.parameters.get(name, NOTHING)
        if not old.covers(value):
            shared.parameters[name] = joined = join(old, value)
            grown.append(machine.growth(old, joined))
    if grown:  # once for all callers of a round, not for each
        machine.inform(shared, most(grown))


def _is_faint(machine: Machine, atom: FunctionAtom, parameters: dict[str, Value], edge: CallEdge | None) -> bool:
    """Whether a call is not looked at closely: neither function nor caller is in focus, and no answer is passed."""
    if machine.stage is Stage.COARSE:
        return True
    if atom.scope.focal or (edge is not None and edge.caller.scope.focal):
        return False
    return all(v.taints is None or all(t.common for t in v.taints) for v in parameters.values())


def _faint_context(machine: Machine, atom: FunctionAtom, parameters: dict[str, Value]) -> tuple[Context, bool]:
    """The one context of a function for all calls that are not looked at closely."""
    shared = machine.faint.get(atom)
    if shared is not None:
        _widen(machine, shared, parameters)
        return shared, False
    shared = machine.faint[atom] = _new_context(machine, atom, parameters)
    shared.faint = True
    return shared, True


def _new_context(machine: Machine, atom: FunctionAtom, parameters: dict[str, Value]) -> Context:
    context = Context(machine.next_serial(), atom.scope, atom.closure)
    context.atom = atom
    context.parameters = dict(parameters)
    return context


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
