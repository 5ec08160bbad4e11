"""The intermediate representation: what one Python source says, free of libcst, catalogue and rules.

A module is a tree of small slotted nodes. Every node carries ``start`` and ``end``: character offsets into the decoded
source (end exclusive), parentheses around an expression left out. ``Module.position`` turns an offset into a line and a
column. The tree keeps what value flow needs and nothing else: comments, whitespace, operators' precedence and
annotations' quoting are gone.

Nodes are not frozen: a frozen dataclass costs three times as much to build and a project has millions of them. Nothing
changes a node after the lowering pass has made it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

#: Bumped whenever lowering the same source gives another tree; part of every cache key.
IR_VERSION = 2

#: A step from a matched value to a part of it: ``("position", n)``, ``("rest", before, after)``,
#: ``("attribute", name)``, ``("key", i)`` and ``("argument", n, i)``; ``i`` is the index of the key or class in the
#: values of the case.
Step = tuple["str | int", ...]

Constant = str | bytes | int | float | complex | bool | None


@dataclass(slots=True, eq=False)
class Node:
    """A piece of source: characters ``start`` (inclusive) to ``end`` (exclusive)."""

    start: int
    end: int


# --------------------------------------------------------------------------------------------------- expressions


@dataclass(slots=True, eq=False)
class Expr(Node):
    """Anything that has a value."""


@dataclass(slots=True, eq=False)
class Name(Expr):
    """A bare identifier, read or bound."""

    id: str


@dataclass(slots=True, eq=False)
class Const(Expr):
    """A literal; adjacent string literals without holes are already joined. ``...`` is ``None``."""

    value: Constant


@dataclass(slots=True, eq=False)
class Template(Expr):
    """An f-string (or a concatenation with one): literal parts are ``Const``, holes any expression."""

    parts: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Attribute(Expr):
    """``value.attr``."""

    value: Expr
    attr: str


@dataclass(slots=True, eq=False)
class Subscript(Expr):
    """``value[index]``; several indices arrive as a tuple ``Collection``."""

    value: Expr
    index: Expr


@dataclass(slots=True, eq=False)
class Slice(Expr):
    """``lower:upper:step`` inside a subscript."""

    lower: Expr | None
    upper: Expr | None
    step: Expr | None


@dataclass(slots=True, eq=False)
class Argument(Node):
    """One argument of a call. ``stars`` is 1 for ``*value``, 2 for ``**value``, else 0."""

    value: Expr
    keyword: str | None
    stars: int


@dataclass(slots=True, eq=False)
class Call(Expr):
    """``func(arguments)``."""

    func: Expr
    arguments: tuple[Argument, ...]


@dataclass(slots=True, eq=False)
class Collection(Expr):
    """A list, tuple or set display; ``kind`` is ``"list"``, ``"tuple"`` or ``"set"``. Items may be ``Starred``."""

    kind: str
    items: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Starred(Expr):
    """``*value`` in a display or an assignment target."""

    value: Expr


@dataclass(slots=True, eq=False)
class Dict(Expr):
    """A dict display; a key of ``None`` marks ``**value``."""

    keys: tuple[Expr | None, ...]
    values: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Lambda(Expr):
    """``lambda parameters: body``; the body is a function of one ``Return``."""

    function: Function


@dataclass(slots=True, eq=False)
class Clause(Node):
    """``for target in iter if conditions`` of a comprehension."""

    target: Expr
    iter: Expr
    conditions: tuple[Expr, ...]
    is_async: bool


@dataclass(slots=True, eq=False)
class Comprehension(Expr):
    """A comprehension; ``kind`` is ``"list"``, ``"set"``, ``"dict"`` or ``"generator"``; ``value`` only for dicts."""

    kind: str
    element: Expr
    value: Expr | None
    clauses: tuple[Clause, ...]


@dataclass(slots=True, eq=False)
class Binary(Expr):
    """``left op right`` with ``op`` as written (``+``, ``%``, ``|``, …)."""

    op: str
    left: Expr
    right: Expr


@dataclass(slots=True, eq=False)
class Boolean(Expr):
    """``left op right`` with ``op`` ``and`` or ``or``."""

    op: str
    left: Expr
    right: Expr


@dataclass(slots=True, eq=False)
class Unary(Expr):
    """``op operand`` with ``op`` ``not``, ``-``, ``+`` or ``~``."""

    op: str
    operand: Expr


@dataclass(slots=True, eq=False)
class Compare(Expr):
    """``left op₁ c₁ op₂ c₂ …``; ``ops`` as written (``not in`` with one space)."""

    left: Expr
    ops: tuple[str, ...]
    comparators: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Conditional(Expr):
    """``body if test else orelse``."""

    test: Expr
    body: Expr
    orelse: Expr


@dataclass(slots=True, eq=False)
class Await(Expr):
    """``await value``."""

    value: Expr


@dataclass(slots=True, eq=False)
class Yield(Expr):
    """``yield value`` or, with ``is_from``, ``yield from value``."""

    value: Expr | None
    is_from: bool


@dataclass(slots=True, eq=False)
class Walrus(Expr):
    """``target := value``."""

    target: Expr
    value: Expr


# ---------------------------------------------------------------------------------------------------- statements


@dataclass(slots=True, eq=False)
class Stmt(Node):
    """Anything that is executed."""


@dataclass(slots=True, eq=False)
class ExprStmt(Stmt):
    """An expression evaluated for its effect."""

    value: Expr


@dataclass(slots=True, eq=False)
class Assign(Stmt):
    """``target₁ = target₂ = value``."""

    targets: tuple[Expr, ...]
    value: Expr


@dataclass(slots=True, eq=False)
class AnnAssign(Stmt):
    """``target: annotation = value``."""

    target: Expr
    annotation: Expr
    value: Expr | None


@dataclass(slots=True, eq=False)
class AugAssign(Stmt):
    """``target op= value`` with ``op`` without the ``=``."""

    target: Expr
    op: str
    value: Expr


@dataclass(slots=True, eq=False)
class Return(Stmt):
    """``return value``."""

    value: Expr | None


@dataclass(slots=True, eq=False)
class Raise(Stmt):
    """``raise exception from cause``."""

    exception: Expr | None
    cause: Expr | None


@dataclass(slots=True, eq=False)
class Assert(Stmt):
    """``assert test, message``."""

    test: Expr
    message: Expr | None


@dataclass(slots=True, eq=False)
class Delete(Stmt):
    """``del targets``."""

    targets: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Jump(Stmt):
    """``break`` or ``continue`` (``kind``)."""

    kind: str


@dataclass(slots=True, eq=False)
class Scoping(Stmt):
    """``global names`` or ``nonlocal names`` (``kind``)."""

    kind: str
    names: tuple[str, ...]


@dataclass(slots=True, eq=False)
class If(Stmt):
    """``if test: body else: orelse``; ``elif`` is an ``If`` in ``orelse``."""

    test: Expr
    body: tuple[Stmt, ...]
    orelse: tuple[Stmt, ...]


@dataclass(slots=True, eq=False)
class For(Stmt):
    """``for target in iter: body else: orelse``."""

    target: Expr
    iter: Expr
    body: tuple[Stmt, ...]
    orelse: tuple[Stmt, ...]
    is_async: bool


@dataclass(slots=True, eq=False)
class While(Stmt):
    """``while test: body else: orelse``."""

    test: Expr
    body: tuple[Stmt, ...]
    orelse: tuple[Stmt, ...]


@dataclass(slots=True, eq=False)
class Handler(Node):
    """``except type as name: body`` (``type`` ``None`` for a bare one; ``except*`` alike)."""

    type: Expr | None
    name: str | None
    body: tuple[Stmt, ...]


@dataclass(slots=True, eq=False)
class Try(Stmt):
    """``try: body except …: else: orelse finally: final``; ``is_star`` where the clauses are ``except*``."""

    body: tuple[Stmt, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[Stmt, ...]
    final: tuple[Stmt, ...]
    is_star: bool = False


@dataclass(slots=True, eq=False)
class WithItem(Node):
    """``context as target``."""

    context: Expr
    target: Expr | None


@dataclass(slots=True, eq=False)
class With(Stmt):
    """``with items: body``."""

    items: tuple[WithItem, ...]
    body: tuple[Stmt, ...]
    is_async: bool


@dataclass(slots=True, eq=False)
class Case(Node):
    """``case pattern if guard: body``. ``captures`` are the names bound, each with the steps from the subject to it in
    ``paths``; ``values`` the expressions compared with."""

    captures: tuple[str, ...]
    paths: tuple[tuple[Step, ...], ...]
    values: tuple[Expr, ...]
    guard: Expr | None
    body: tuple[Stmt, ...]


@dataclass(slots=True, eq=False)
class Match(Stmt):
    """``match subject: cases``."""

    subject: Expr
    cases: tuple[Case, ...]


@dataclass(slots=True, eq=False)
class ImportName(Node):
    """One name of an import: ``name as alias``; ``name`` is dotted for ``import``, ``*`` for a star import."""

    name: str
    alias: str | None


@dataclass(slots=True, eq=False)
class Import(Stmt):
    """``import names``."""

    names: tuple[ImportName, ...]


@dataclass(slots=True, eq=False)
class ImportFrom(Stmt):
    """``from ..module import names``; ``level`` counts the leading dots, ``module`` is "" for dots alone."""

    module: str
    level: int
    names: tuple[ImportName, ...]


@dataclass(slots=True, eq=False)
class Parameter(Node):
    """A parameter; ``kind`` is ``"positional"``, ``"any"``, ``"keyword"``, ``"args"`` or ``"kwargs"``."""

    name: str
    kind: str
    default: Expr | None
    annotation: Expr | None


@dataclass(slots=True, eq=False)
class Function(Stmt):
    """A ``def`` or a lambda (``name`` is then ``"<lambda>"``).

    ``start`` to ``end`` run from the first decorator to the last character of the body; ``name_start`` is the offset of
    the name (of the keyword ``lambda`` for a lambda).
    """

    name: str
    name_start: int
    parameters: tuple[Parameter, ...]
    body: tuple[Stmt, ...]
    decorators: tuple[Expr, ...]
    returns: Expr | None
    is_async: bool
    is_generator: bool


@dataclass(slots=True, eq=False)
class Class(Stmt):
    """``class name(arguments): body``; ``name_start`` is the offset of the name."""

    name: str
    name_start: int
    arguments: tuple[Argument, ...]
    body: tuple[Stmt, ...]
    decorators: tuple[Expr, ...]


@dataclass(slots=True, eq=False)
class Module:
    """One lowered source. ``line_starts[i]`` is the offset at which line ``i + 1`` begins."""

    body: tuple[Stmt, ...]
    line_starts: tuple[int, ...]

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and 1-based column (in characters) of an offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1
