"""What a module shows to others: its top-level statements, the names each binds and the identifiers each mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tosguard.sources.prose import without_prose
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.sources.triage import Triage

_IDENTIFIER = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Part:
    """A top-level statement: the names it binds, all identifiers in it, and whether it mentions what triage looks for.

    Words in strings and comments count as identifiers: ``getattr(module, "name")`` names ``name`` too. ``is_script`` is
    set for ``if __name__ == …``, which does not run on import. ``bases`` are the names among a class's bases, None for
    what is no class. ``computes`` is set for what assigns a value.
    """

    binds: tuple[str, ...]
    mentions: frozenset[str]
    marked: bool
    is_script: bool = False
    bases: frozenset[str] | None = None
    computes: bool = False


@dataclass(frozen=True, slots=True)
class Surface:
    """The parts of one module."""

    parts: tuple[Part, ...]

    def tainted(self, seeds: Iterable[str]) -> frozenset[str]:
        """The top-level names that a marked part, or one that mentions a seed, leads to; transitively.

        Args:
            seeds: names bound by imports that reach a provider elsewhere.
        """
        names = set(seeds)
        waiting = list(self.parts)
        # Who handles a class of this module may be handed any class derived from it.
        classes = frozenset(name for part in waiting if part.bases is not None for name in part.binds)
        while True:
            rest = []
            before = len(names)
            for part in waiting:
                if part.marked or not names.isdisjoint(part.mentions):
                    names.update(part.binds)
                    names.update(part.bases & classes if part.bases else ())
                else:
                    rest.append(part)
            if len(names) == before:
                return frozenset(names)
            waiting = rest

    @property
    def mentioned(self) -> frozenset[str]:
        """All identifiers mentioned anywhere."""
        return frozenset().union(*(part.mentions for part in self.parts))

    def concerned(self, names: frozenset[str]) -> frozenset[str]:
        """All identifiers mentioned by the parts that are marked or mention one of these names, and by the assignments
        that compute what those use.

        Args:
            names: what ``tainted`` gave.
        """
        found: set[str] = set()
        waiting = []
        for part in self.parts:
            if part.marked or not names.isdisjoint(part.mentions):
                found |= part.mentions
            elif part.computes:
                waiting.append(part)
        before = -1
        while before != len(found):
            before = len(found)
            for part in waiting:
                if not found.isdisjoint(part.binds):
                    found |= part.mentions
        return frozenset(found)


class Reach:
    """What the parts of a module mention that bind what others ask for, and what those mention, transitively.

    It grows with every question; each part is looked at once.

    Args:
        surface: of the module.
    """

    __slots__ = ("_binding", "_free", "_names")

    def __init__(self, surface: Surface) -> None:
        self._names: set[str] = set()
        self._binding: dict[str, list[Part]] = {}
        # What binds nothing happens whenever the module is imported.
        self._free = [part for part in surface.parts if not part.is_script and not part.binds]
        for part in surface.parts:
            if not part.is_script:
                for name in part.binds:
                    self._binding.setdefault(name, []).append(part)

    def ask(self, names: Iterable[str]) -> frozenset[str]:
        """Ask for names; returns the identifiers, these among them, that were not reached before."""
        found: set[str] = set()
        waiting = [name for name in names if name not in self._names]
        for part in self._free:
            waiting.extend(part.mentions - self._names)
        self._free = []
        while waiting:
            name = waiting.pop()
            if name in self._names:
                continue
            self._names.add(name)
            found.add(name)
            for part in self._binding.pop(name, ()):
                waiting.extend(part.mentions - self._names)
        return frozenset(found)


def surface_of(module: ir.Module, text: str, marks: Triage) -> Surface:
    """The surface of a lowered module.

    Args:
        module: its IR.
        text: the source the IR's offsets count in.
        marks: the pattern of triage.
    """
    code = without_prose(text) if marks.said(text) else ""
    return Surface(tuple(_part(statement, text, code, marks) for statement in _flat(module.body)))


def _part(statement: ir.Stmt, text: str, code: str, marks: Triage) -> Part:
    span = text[statement.start : statement.end]
    mentions = frozenset(_IDENTIFIER.findall(span))
    return Part(
        tuple(_bound(statement)),
        mentions,
        marks.said(code[statement.start : statement.end]),
        span.startswith("if __name__"),
        frozenset(base.value.id for base in statement.arguments if isinstance(base.value, ir.Name))
        if isinstance(statement, ir.Class)
        else None,
        isinstance(statement, (ir.Assign, ir.AnnAssign, ir.AugAssign)),
    )


def _flat(body: tuple[ir.Stmt, ...]) -> Iterator[ir.Stmt]:
    """Top-level statements; compound ones are opened, so that what they bind is seen, and kept if they act."""
    for statement in body:
        blocks = _blocks(statement)
        if not blocks:
            yield statement
        for block in blocks:
            yield from _flat(block)
        if isinstance(statement, (ir.If, ir.For, ir.While, ir.With, ir.Match)):
            yield ir.ExprStmt(statement.start, statement.end, ir.Const(statement.start, statement.end, None))


def _blocks(statement: ir.Stmt) -> tuple[tuple[ir.Stmt, ...], ...]:
    if isinstance(statement, (ir.If, ir.For, ir.While)):
        return statement.body, statement.orelse
    if isinstance(statement, ir.Try):
        handlers = tuple(handler.body for handler in statement.handlers)
        return statement.body, *handlers, statement.orelse, statement.final
    if isinstance(statement, ir.With):
        return (statement.body,)
    if isinstance(statement, ir.Match):
        return tuple(case.body for case in statement.cases)
    return ()


def _bound(statement: ir.Stmt) -> Iterator[str]:
    if isinstance(statement, (ir.Function, ir.Class)):
        yield statement.name
    elif isinstance(statement, ir.Assign):
        for target in statement.targets:
            yield from _targets(target)
    elif isinstance(statement, (ir.AnnAssign, ir.AugAssign)):
        yield from _targets(statement.target)
    elif isinstance(statement, (ir.Import, ir.ImportFrom)):
        for name in statement.names:
            yield name.alias or name.name.partition(".")[0]


def _targets(target: ir.Expr) -> Iterator[str]:
    if isinstance(target, ir.Name):
        yield target.id
    elif isinstance(target, ir.Starred):
        yield from _targets(target.value)
    elif isinstance(target, ir.Collection):
        for item in target.items:
            yield from _targets(item)
    elif isinstance(target, (ir.Attribute, ir.Subscript)):
        # ``registry["x"] = make_client`` changes what ``registry`` leads to.
        yield from _targets(target.value)
