"""What a module shows to others: its top-level statements, the names each binds and the identifiers each mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tosguard.sources.prose import without_prose
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.sources.triage import Triage

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_CHAIN = re.compile(r"(?<![\w.])([^\W\d]\w*)((?:\s*\.\s*[^\W\d]\w*)*)")
_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+[^\n]*?import\b[ \t]*(?:\([^)]*\)|[^\n]*)|import\b[^\n]*)", re.MULTILINE)

#: Names and the attributes that are taken of each; "" among them where the name stands by itself.
References = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A top-level statement: the names it binds, all identifiers in it, what it refers to, and whether it mentions what
    triage looks for.

    Words in strings count as identifiers: ``getattr(module, "name")`` names ``name`` too. Those in comments and
    docstrings do not. ``is_script`` is set for ``if __name__ == …``, which does not run on import. ``bases`` are the
    names among a class's bases, None for what is no class. ``computes`` is set for what assigns a value.
    """

    binds: tuple[str, ...]
    mentions: frozenset[str]
    references: References
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

    def concerned(self, names: frozenset[str]) -> References:
        """What the parts refer to that are marked or mention one of these names, and the assignments that compute what
        those use.

        Args:
            names: what ``tainted`` gave.
        """
        found: list[References] = []
        used: set[str] = set()
        waiting = []
        for part in self.parts:
            if part.marked or not names.isdisjoint(part.mentions):
                found.append(part.references)
                used.update(part.references)
            elif part.computes:
                waiting.append(part)
        before = -1
        while before != len(used):
            before = len(used)
            for part in waiting:
                if not used.isdisjoint(part.binds):
                    found.append(part.references)
                    used.update(part.references)
        return joined(found)

    @property
    def mentions(self) -> frozenset[str]:
        """All identifiers of the module."""
        return frozenset().union(*(part.mentions for part in self.parts))

    @property
    def references(self) -> References:
        """All that any part refers to."""
        return joined(part.references for part in self.parts)


class Reach:
    """What the parts of a module refer to that bind what others ask for, and those that these refer to, transitively.

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

    def ask(self, names: Iterable[str]) -> References:
        """Ask for names; returns these, and what is referred to by the parts that were not reached before."""
        fresh = self._free
        self._free = []
        waiting = [*names, *(name for part in fresh for name in part.references)]
        found: list[References] = [dict.fromkeys(waiting, frozenset()), *(part.references for part in fresh)]
        while waiting:
            name = waiting.pop()
            if name in self._names:
                continue
            self._names.add(name)
            for part in self._binding.pop(name, ()):
                found.append(part.references)
                waiting.extend(part.references)
        return joined(found)


def joined(several: Iterable[References]) -> References:
    """All these references in one."""
    found: dict[str, frozenset[str]] = {}
    for references in several:
        for name, attributes in references.items():
            known = found.get(name)
            found[name] = attributes if known is None else known | attributes
    return found


def surface_of(module: ir.Module, text: str, marks: Triage) -> Surface:
    """The surface of a lowered module.

    Args:
        module: its IR.
        text: the source the IR's offsets count in.
        marks: the pattern of triage.
    """
    code = without_prose(text)
    is_marked = marks.said(code)
    return Surface(tuple(_part(statement, code, marks if is_marked else None) for statement in _flat(module.body)))


def _part(statement: ir.Stmt, code: str, marks: Triage | None) -> Part:
    span = code[statement.start : statement.end]
    return Part(
        tuple(_bound(statement)),
        frozenset(_IDENTIFIER.findall(span)),
        _references(span),
        marks is not None and marks.said(span),
        span.startswith("if __name__"),
        frozenset(base.value.id for base in statement.arguments if isinstance(base.value, ir.Name))
        if isinstance(statement, ir.Class)
        else None,
        isinstance(statement, (ir.Assign, ir.AnnAssign, ir.AugAssign)),
    )


def _references(span: str) -> References:
    found: dict[str, set[str]] = {}
    # To import a name inside of a function is not yet to use it.
    said = _IMPORT.sub("", span) if "import" in span else span
    for name, rest in set(_CHAIN.findall(said)):
        found.setdefault(name, set()).update(_IDENTIFIER.findall(rest) if rest else ("",))
    return {name: frozenset(attributes) for name, attributes in found.items()}


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
