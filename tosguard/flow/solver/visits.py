"""Statements as a context executed them last, so that running it again executes only what has changed.

A context runs again when one of the many things that it read has grown. Most of its statements read none of that. For
each statement, a compound one too, a *visit* keeps what it was given (the variables that it names, the loops and tests
around it) and what it did to the variables; the cells and questions that it read count the visit among their readers
and make it stale when they grow. A statement that is neither stale nor given anything else is not executed again: what
it wrote is written already, for cells only grow, and what it did to the variables is done again. A loop's second turn
repeats what the first one did in the same way.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from tosguard.flow.language.scopes import FunctionScope, ModuleScope
from tosguard.flow.values.fields import FIELDS, Fields, merge_exit, same, same_ways
from tosguard.flow.values.values import NOTHING, Value
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from tosguard.flow.calls.context import Context
    from tosguard.flow.language.scopes import Scope
    from tosguard.flow.solver.frame import Environment, Frame
    from tosguard.flow.solver.records import LoopRecord
    from tosguard.flow.values.taints import Hop, Taint

#: The run of a context from which on its statements are kept: most contexts run once.
FIRST_KEPT = 2

Changes = tuple[tuple[str, "Value | None"], ...]


class Visit:
    """One statement in one context: what it was given, what it did, and whether what it read has grown since."""

    __slots__ = (
        "around",
        "changes",
        "context",
        "control",
        "departures",
        "epoch",
        "given",
        "gone",
        "guards",
        "jumps",
        "loops",
        "loose",
        "mention",
        "serial",
        "stale",
        "thrown",
    )  # fmt: skip

    def __init__(self, context: Context, around: Visit | None, mention: Mention) -> None:
        self.context = context
        self.serial = context.serial
        self.around = around
        self.mention = mention
        self.stale = True
        self.loose = False
        self.epoch = 0
        self.given: tuple[Value | None, ...] = ()
        self.control: Mapping[Taint, Hop] | None = None
        self.loops: tuple[LoopRecord, ...] = ()
        self.guards: tuple[str, ...] = ()
        self.changes: Changes = ()
        self.gone = False
        self.jumps: tuple[tuple[str, Changes], ...] = ()
        self.departures: tuple[Fields, ...] = ()
        self.thrown = NOTHING

    def outdate(self) -> None:
        """Has the statement, and what it is part of, executed when its context runs next."""
        self.context.news += 1
        visit: Visit | None = self
        while visit is not None and not visit.stale:
            visit.stale = True
            visit = visit.around

    def forget(self) -> None:
        """Drops what was kept, once nothing is executed any more."""
        self.given, self.changes, self.jumps, self.departures, self.loops = (), (), (), (), ()
        self.control, self.thrown = None, NOTHING

    def fits(self, frame: Frame, env: Environment) -> bool:
        """Whether the statement is given now what it was given last."""
        if self.loose or self.epoch != frame.machine.epoch or self.loops != frame.loops or self.guards != frame.guards:
            return False
        if self.control is not frame.control and not same_ways(self.control, frame.control):
            return False
        for name, value in zip(self.mention.names, self.given, strict=True):
            now = env.get(name)
            if now is not value:
                if now is None or value is None or not same(value, now):
                    return False
                env[name] = value
        return True

    def repeat(self, frame: Frame, env: Environment) -> None:
        """Does to the variables what the statement did."""
        if frame.pending and self.mention.shows:
            frame.publish()
        for fields_left in self.departures:
            frame.departures.append(fields_left)
            merge_exit(frame.context, fields_left)
        if self.thrown is not NOTHING:
            frame.throw(self.thrown)
        for kind, changes in self.jumps:
            frame.exits[-1][kind].append(_changed(dict(env), changes))
        if self.gone:
            frame.env = None
            return
        for name, value in self.changes:
            if value is None:
                env.pop(name, None)
            else:
                env[name] = value
                if not frame.branch and name != FIELDS:
                    frame.show(name, value)


class Mention:
    """What a statement's text says: the variables that it may read or bind (those of its scope are ``names``), and
    whether others may see what was bound before it."""

    __slots__ = ("every", "names", "shows")

    def __init__(self, names: tuple[str, ...], every: dict[str, None], shows: bool) -> None:
        self.names = names
        self.every = every
        self.shows = shows


def visit(frame: Frame, statement: ir.Stmt, execute: Callable[[Frame, Any], None]) -> None:
    """Executes a statement, or does again what it did last where nothing has changed for it."""
    context, env = frame.context, frame.env
    assert env is not None and context.visits is not None
    key = (id(statement), frame.turn)
    known = context.visits.get(key)
    if known is None and frame.turn_before is not None:
        earlier = context.visits.get((id(statement), frame.turn_before))
        if earlier is not None and not earlier.stale and earlier.fits(frame, env):
            earlier.repeat(frame, env)
            return
    if known is None:
        mention = mentioned(frame, statement)
        known = context.visits[key] = Visit(context, frame.visit, mention)
    elif not known.stale and known.fits(frame, env):
        known.repeat(frame, env)
        return
    frame.machine.steps += 1
    _execute(frame, statement, execute, known, env)


def _execute(
    frame: Frame, statement: ir.Stmt, execute: Callable[[Frame, Any], None], kept: Visit, env: Environment
) -> None:
    names = kept.mention.names
    given = tuple([env.get(name) for name in names])
    kept.stale, kept.epoch = False, frame.machine.epoch
    kept.around = outer = frame.visit
    kept.given, kept.control, kept.loops, kept.guards = given, frame.control, frame.loops, frame.guards
    jumps = frame.exits[-1] if frame.exits else {}
    jumped, departed = {kind: len(left) for kind, left in jumps.items()}, len(frame.departures)
    trying = frame.trying
    if trying:
        raised, trying[-1] = trying[-1], NOTHING
    frame.visit = frame.reader = kept
    try:
        execute(frame, statement)
    except BaseException:
        kept.outdate()
        raise
    frame.visit, frame.reader = outer, outer if outer is not None else kept.context
    if trying:
        kept.thrown, trying[-1] = trying[-1], raised
    if kept.thrown is not NOTHING:
        frame.throw(kept.thrown)
    after = frame.env
    kept.gone = after is None
    kept.changes = () if after is None else _changes(names, given, after)
    kept.jumps = tuple(
        [(kind, _changes(names, given, env)) for kind, left in jumps.items() for env in left[jumped[kind] :]]
    )
    kept.departures = tuple(frame.departures[departed:])


def _changes(names: tuple[str, ...], given: tuple[Value | None, ...], after: Environment) -> Changes:
    changed = []
    for name, value in zip(names, given, strict=True):
        now = after.get(name)
        if now is not value:
            changed.append((name, now))
    return tuple(changed)


def _changed(env: Environment, changes: Changes) -> Environment:
    for name, value in changes:
        if value is None:
            env.pop(name, None)
        else:
            env[name] = value
    return env


# ----------------------------------------------------------------------------------------------------------- mentions


def mentioned(frame: Frame, statement: ir.Stmt) -> Mention:
    """What a statement of a frame's scope mentions."""
    known = frame.machine.mentions.get(id(statement))
    if known is None:
        found: dict[str, None] = {}
        shows = _collect(frame, statement, found)
        names = (*_own(frame.scope, found), FIELDS)
        known = frame.machine.mentions[id(statement)] = Mention(names, found, shows)
    return known


def names_in(frame: Frame, node: ir.Node) -> dict[str, None]:
    """The names in a tree of a frame's scope, and what ``super()`` means there."""
    found: dict[str, None] = {}
    _collect(frame, node, found)
    scope = frame.scope
    if "super" in found and isinstance(scope, FunctionScope) and scope.node.parameters:
        found.setdefault(scope.node.parameters[0].name)
    return found


def _own(scope: Scope, found: dict[str, None]) -> list[str]:
    """Those of some names that are variables of a scope, and what ``super()`` means there."""
    if "super" in found and isinstance(scope, FunctionScope) and scope.node.parameters:
        found.setdefault(scope.node.parameters[0].name)
    return [name for name in found if name in scope.bound] if not isinstance(scope, ModuleScope) else list(found)


#: Nodes at which others may see what was bound before them.
_SHOWING = (ir.Call, ir.Class, ir.Import, ir.ImportFrom, ir.If, ir.For, ir.While, ir.Try, ir.Match, ir.With, ir.Await)
#: Types of fields that hold no nodes.
_PLAIN = frozenset({"int", "str", "bool", "str | None", "Constant", "tuple[str, ...]", "tuple[tuple[Step, ...], ...]"})


def _collect(frame: Frame, node: ir.Node, found: dict[str, None]) -> bool:
    """Collects the names in a tree; whether others may see anything at it."""
    kind = node.__class__
    if kind is ir.Name:
        found[node.id] = None  # type: ignore[attr-defined]
        return False
    if kind is ir.Const:
        return False
    fields_of, shows = _FIELDS.get(kind) or _inner(kind)
    if kind in _NAMING:
        found.update(dict.fromkeys(_NAMING[kind](node)))
    for field in fields_of:
        part = getattr(node, field)
        for inner in part if part.__class__ is tuple else (part,):
            if inner is None:
                continue
            if isinstance(inner, ir.Stmt) and not isinstance(inner, ir.Function):
                mention = mentioned(frame, inner)
                found.update(mention.every)
                shows = shows or mention.shows
            elif _collect(frame, inner, found):
                shows = True
    return shows


#: The names that nodes bind besides those in them.
_NAMING: dict[type, Callable[[Any], tuple[str, ...]]] = {
    ir.Handler: lambda node: (node.name,) if node.name else (),
    ir.Function: lambda node: (node.name,),
    ir.Class: lambda node: (node.name,),
    ir.Case: lambda node: node.captures,
    ir.ImportName: lambda node: (node.alias or node.name.partition(".")[0],),
}
#: The fields of each kind of node in which names of the scope may stand, and whether others may see anything at it.
_FIELDS: dict[type, tuple[tuple[str, ...], bool]] = {}


def _inner(kind: type) -> tuple[tuple[str, ...], bool]:
    own = [f.name for f in fields(kind) if f.type not in _PLAIN]
    if kind in (ir.Function, ir.Class):
        own.remove("body")  # it has variables of its own
    found = _FIELDS[kind] = (tuple(own), kind in _SHOWING)
    return found
