"""Lowering of statements: one function per kind of node."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from tosguard.syntax import comprehensions, ir, operators, templates
from tosguard.syntax.cursor import Cursor
from tosguard.syntax.definitions import lower_class, lower_function, lower_type_alias
from tosguard.syntax.expressions import expression
from tosguard.syntax.patterns import Bindings, lower_pattern

if TYPE_CHECKING:
    import libcst as cst
else:
    from tosguard.syntax import nodes as cst

#: Where the lowerings of the other expressions are; importing them registers them.
EXPRESSION_MODULES = (comprehensions, operators, templates)

StatementLowering = Callable[[Any, Cursor], "ir.Stmt | None"]
_Lowering = TypeVar("_Lowering", bound=StatementLowering)

_STATEMENTS: dict[type, StatementLowering] = {}
#: From this many branches on, further ``elif`` follow one another instead of nesting.
_MOST_BRANCHES = 60


def _lowers(*types: type) -> Callable[[_Lowering], _Lowering]:
    def register(function: _Lowering) -> _Lowering:
        _STATEMENTS.update(dict.fromkeys(types, function))
        return function

    return register


def statements(nodes: Any, cursor: Cursor) -> tuple[ir.Stmt, ...]:
    """Lowers the statements of a module or an indented block, in order.

    Raises:
        Desync: a token does not follow the cursor.
        SyntaxProblem: something is nested too deeply.
    """
    lowered: list[ir.Stmt] = []
    for node in nodes:
        if node.__class__ is cst.SimpleStatementLine:
            _small(node.body, cursor, lowered)
        else:
            cursor.descend(1)
            statement = _STATEMENTS[node.__class__](node, cursor)
            cursor.depth -= 1
            if statement is not None:
                lowered.append(statement)
    return tuple(lowered)


def block(node: Any, cursor: Cursor) -> tuple[ir.Stmt, ...]:
    """Lowers an indented block, or the statements after a colon."""
    if node.__class__ is cst.IndentedBlock:
        return statements(node.body, cursor)
    lowered: list[ir.Stmt] = []
    _small(node.body, cursor, lowered)
    return tuple(lowered)


def _small(nodes: Any, cursor: Cursor, lowered: list[ir.Stmt]) -> None:
    for node in nodes:
        statement = _STATEMENTS[node.__class__](node, cursor)
        if statement is not None:
            lowered.append(statement)


# --------------------------------------------------------------------------------------------- simple statements


@_lowers(cst.Expr)
def _expression(node: cst.Expr, cursor: Cursor) -> ir.Stmt:
    value = expression(node.value, cursor)
    return ir.ExprStmt(cursor.begin, cursor.at, value)


@_lowers(cst.Assign)
def _assign(node: cst.Assign, cursor: Cursor) -> ir.Stmt:
    targets = []
    start = -1
    for target in node.targets:
        targets.append(expression(target.target, cursor))
        if start < 0:
            start = cursor.begin
        cursor.take("=")
    value = expression(node.value, cursor)
    return ir.Assign(start, cursor.at, tuple(targets), value)


@_lowers(cst.AnnAssign)
def _annotated(node: cst.AnnAssign, cursor: Cursor) -> ir.Stmt:
    target = expression(node.target, cursor)
    start = cursor.begin
    cursor.take(":")
    annotation = expression(node.annotation.annotation, cursor)
    value = None
    if node.value is not None:
        cursor.take("=")
        value = expression(node.value, cursor)
    return ir.AnnAssign(start, cursor.at, target, annotation, value)


_AUGMENTED: dict[type, str] = {
    cst.AddAssign: "+", cst.SubtractAssign: "-", cst.MultiplyAssign: "*", cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//", cst.ModuloAssign: "%", cst.PowerAssign: "**", cst.LeftShiftAssign: "<<",
    cst.RightShiftAssign: ">>", cst.BitAndAssign: "&", cst.BitOrAssign: "|", cst.BitXorAssign: "^",
    cst.MatrixMultiplyAssign: "@",
}  # fmt: skip


@_lowers(cst.AugAssign)
def _augmented(node: cst.AugAssign, cursor: Cursor) -> ir.Stmt:
    target = expression(node.target, cursor)
    start = cursor.begin
    operator = _AUGMENTED[node.operator.__class__]
    cursor.take(operator + "=")
    value = expression(node.value, cursor)
    return ir.AugAssign(start, cursor.at, target, operator, value)


@_lowers(cst.Return)
def _return(node: cst.Return, cursor: Cursor) -> ir.Stmt:
    start = cursor.take("return")
    value = None if node.value is None else expression(node.value, cursor)
    return ir.Return(start, cursor.at, value)


@_lowers(cst.Raise)
def _raise(node: cst.Raise, cursor: Cursor) -> ir.Stmt:
    start = cursor.take("raise")
    exception = cause = None
    if node.exc is not None:
        exception = expression(node.exc, cursor)
    if node.cause is not None:
        cursor.take("from")
        cause = expression(node.cause.item, cursor)
    return ir.Raise(start, cursor.at, exception, cause)


@_lowers(cst.Assert)
def _assert(node: cst.Assert, cursor: Cursor) -> ir.Stmt:
    start = cursor.take("assert")
    test = expression(node.test, cursor)
    message = None if node.msg is None else expression(node.msg, cursor)
    return ir.Assert(start, cursor.at, test, message)


@_lowers(cst.Del)
def _delete(node: cst.Del, cursor: Cursor) -> ir.Stmt:
    start = cursor.take("del")
    target = expression(node.target, cursor)
    is_display = isinstance(target, ir.Collection) and target.kind in ("tuple", "list")
    targets = target.items if is_display and isinstance(target, ir.Collection) else (target,)
    return ir.Delete(start, cursor.at, targets)


@_lowers(cst.Pass)
def _pass(node: cst.Pass, cursor: Cursor) -> None:
    cursor.take("pass")


@_lowers(cst.Break)
def _break(node: cst.Break, cursor: Cursor) -> ir.Stmt:
    return ir.Jump(cursor.take("break"), cursor.at, "break")


@_lowers(cst.Continue)
def _continue(node: cst.Continue, cursor: Cursor) -> ir.Stmt:
    return ir.Jump(cursor.take("continue"), cursor.at, "continue")


@_lowers(cst.Global, cst.Nonlocal)
def _scoping(node: cst.Global | cst.Nonlocal, cursor: Cursor) -> ir.Stmt:
    kind = "global" if isinstance(node, cst.Global) else "nonlocal"
    start = cursor.take(kind)
    names = []
    for item in node.names:
        cursor.take(item.name.value)
        names.append(item.name.value)
    return ir.Scoping(start, cursor.at, kind, tuple(names))


@_lowers(cst.TypeAlias)
def _type_alias(node: cst.TypeAlias, cursor: Cursor) -> ir.Stmt:
    return lower_type_alias(node, cursor)


# -------------------------------------------------------------------------------------------------------- imports


@_lowers(cst.Import)
def _import(node: cst.Import, cursor: Cursor) -> ir.Stmt:
    start = cursor.take("import")
    names = tuple([_imported(item, cursor) for item in node.names])
    return ir.Import(start, cursor.at, names)


@_lowers(cst.ImportFrom)
def _import_from(node: cst.ImportFrom, cursor: Cursor) -> ir.Stmt:
    start = cursor.take("from")
    module = ""
    for _ in node.relative:
        cursor.take(".")
    if node.module is not None:
        module, _ = _dotted(node.module, cursor)
    cursor.take("import")
    if isinstance(node.names, cst.ImportStar):
        star = cursor.take("*")
        names: tuple[ir.ImportName, ...] = (ir.ImportName(star, star + 1, "*", None),)
    else:
        names = tuple([_imported(item, cursor) for item in node.names])
    if node.rpar is not None:
        cursor.take(")")
    return ir.ImportFrom(start, cursor.at, module, len(node.relative), names)


def _imported(node: cst.ImportAlias, cursor: Cursor) -> ir.ImportName:
    name, start = _dotted(node.name, cursor)
    alias = None
    if node.asname is not None:
        cursor.take("as")
        bound: Any = node.asname.name
        cursor.take(bound.value)
        alias = bound.value
    return ir.ImportName(start, cursor.at, name, alias)


def _dotted(node: Any, cursor: Cursor) -> tuple[str, int]:
    """A dotted name and where it starts."""
    names: list[str] = []
    while isinstance(node, cst.Attribute):
        names.append(node.attr.value)
        node = node.value
    names.append(node.value)
    names.reverse()
    start = cursor.take(names[0])
    for name in names[1:]:
        cursor.take(name)
    return ".".join(names), start


# -------------------------------------------------------------------------------------------- compound statements


@_lowers(cst.FunctionDef)
def _function(node: cst.FunctionDef, cursor: Cursor) -> ir.Stmt:
    return lower_function(node, cursor, block)


@_lowers(cst.ClassDef)
def _class(node: cst.ClassDef, cursor: Cursor) -> ir.Stmt:
    return lower_class(node, cursor, block)


@_lowers(cst.If)
def _if(node: cst.If, cursor: Cursor) -> ir.Stmt:
    branches: list[tuple[int, ir.Expr, tuple[ir.Stmt, ...]]] = []
    orelse: tuple[ir.Stmt, ...] = ()
    rest: cst.If | cst.Else | None = node
    keyword = "if"
    levels = 0
    while isinstance(rest, cst.If):
        start = cursor.take(keyword)
        keyword = "elif"
        test = expression(rest.test, cursor)
        branches.append((start, test, block(rest.body, cursor)))
        if levels < _MOST_BRANCHES:
            cursor.descend(1)
            levels += 1
        rest = rest.orelse
    if rest is not None:
        cursor.take("else")
        orelse = block(rest.body, cursor)
    cursor.depth -= levels
    return _nested(branches, orelse, cursor.at)


def _nested(branches: list[tuple[int, ir.Expr, tuple[ir.Stmt, ...]]], orelse: tuple[ir.Stmt, ...], end: int) -> ir.Stmt:
    """Builds the chain from its end. Beyond ``_MOST_BRANCHES`` the tests follow one another in the last ``orelse``,
    which lets values through both ways just as the chain does."""
    if len(branches) > _MOST_BRANCHES:
        surplus = [ir.If(start, end, test, body, ()) for start, test, body in branches[_MOST_BRANCHES:]]
        orelse = (*surplus, *orelse)
        branches = branches[:_MOST_BRANCHES]
    for start, test, body in reversed(branches[1:]):
        orelse = (ir.If(start, end, test, body, orelse),)
    start, test, body = branches[0]
    return ir.If(start, end, test, body, orelse)


def _else(node: cst.Else | None, cursor: Cursor) -> tuple[ir.Stmt, ...]:
    if node is None:
        return ()
    cursor.take("else")
    return block(node.body, cursor)


@_lowers(cst.For)
def _for(node: cst.For, cursor: Cursor) -> ir.Stmt:
    is_async = node.asynchronous is not None
    start = cursor.take("async") if is_async else -1
    keyword = cursor.take("for")
    target = expression(node.target, cursor)
    cursor.take("in")
    iterated = expression(node.iter, cursor)
    body = block(node.body, cursor)
    orelse = _else(node.orelse, cursor)
    return ir.For(start if is_async else keyword, cursor.at, target, iterated, body, orelse, is_async)


@_lowers(cst.While)
def _while(node: cst.While, cursor: Cursor) -> ir.Stmt:
    start = cursor.take("while")
    test = expression(node.test, cursor)
    body = block(node.body, cursor)
    orelse = _else(node.orelse, cursor)
    return ir.While(start, cursor.at, test, body, orelse)


@_lowers(cst.Try, cst.TryStar)
def _try(node: Any, cursor: Cursor) -> ir.Stmt:
    start = cursor.take("try")
    body = block(node.body, cursor)
    handlers = tuple([_handler(handler, cursor) for handler in node.handlers])
    orelse = _else(node.orelse, cursor)
    final: tuple[ir.Stmt, ...] = ()
    if node.finalbody is not None:
        cursor.take("finally")
        final = block(node.finalbody.body, cursor)
    return ir.Try(start, cursor.at, body, handlers, orelse, final, node.__class__ is cst.TryStar)


def _handler(node: Any, cursor: Cursor) -> ir.Handler:
    start = cursor.take("except")
    if node.__class__ is cst.ExceptStarHandler:
        cursor.take("*")
    caught = None if node.type is None else expression(node.type, cursor)
    name = None
    if node.name is not None:
        cursor.take("as")
        name = node.name.name.value
        cursor.take(name)
    body = block(node.body, cursor)
    return ir.Handler(start, cursor.at, caught, name, body)


@_lowers(cst.With)
def _with(node: cst.With, cursor: Cursor) -> ir.Stmt:
    is_async = node.asynchronous is not None
    start = cursor.take("async") if is_async else -1
    keyword = cursor.take("with")
    if isinstance(node.lpar, cst.LeftParen):
        cursor.take("(")
    items = tuple([_with_item(item, cursor) for item in node.items])
    if isinstance(node.rpar, cst.RightParen):
        cursor.take(")")
    body = block(node.body, cursor)
    return ir.With(start if is_async else keyword, cursor.at, items, body, is_async)


def _with_item(node: cst.WithItem, cursor: Cursor) -> ir.WithItem:
    context = expression(node.item, cursor)
    start = cursor.begin
    target = None
    if node.asname is not None:
        cursor.take("as")
        target = expression(node.asname.name, cursor)
    return ir.WithItem(start, cursor.at, context, target)


@_lowers(cst.Match)
def _match(node: cst.Match, cursor: Cursor) -> ir.Stmt:
    start = cursor.take("match")
    subject = expression(node.subject, cursor)
    cases = tuple([_case(case, cursor) for case in node.cases])
    return ir.Match(start, cursor.at, subject, cases)


def _case(node: cst.MatchCase, cursor: Cursor) -> ir.Case:
    start = cursor.take("case")
    found = Bindings()
    lower_pattern(node.pattern, cursor, found)
    guard = None
    if node.guard is not None:
        cursor.take("if")
        guard = expression(node.guard, cursor)
    body = block(node.body, cursor)
    return ir.Case(start, cursor.at, tuple(found.captures), tuple(found.paths), tuple(found.values), guard, body)
