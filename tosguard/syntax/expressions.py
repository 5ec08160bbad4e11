"""Lowering of expressions: one function per kind of node, each moving the cursor over its own tokens.

Importing this module imports the parser; only ``lowering`` does so, and only when something is to be parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from tosguard.syntax import ir
from tosguard.syntax.cursor import Cursor
from tosguard.syntax.errors import Desync
from tosguard.syntax.literals import integer_value, string_value

if TYPE_CHECKING:
    import libcst as cst
else:
    from tosguard.syntax import nodes as cst

ExpressionLowering = Callable[[Any, Cursor], ir.Expr]
_Lowering = TypeVar("_Lowering", bound=ExpressionLowering)

#: The lowering of each node type; the neighbouring modules add theirs.
EXPRESSIONS: dict[type, ExpressionLowering] = {}

_SINGLETONS: dict[str, ir.Constant] = {"None": None, "True": True, "False": False}


def lowers(*types: type) -> Callable[[_Lowering], _Lowering]:
    """Registers a function as the lowering of these node types."""

    def register(function: _Lowering) -> _Lowering:
        EXPRESSIONS.update(dict.fromkeys(types, function))
        return function

    return register


def expression(node: Any, cursor: Cursor) -> ir.Expr:
    """Lowers any expression.

    Afterwards ``cursor.begin`` and ``cursor.at`` enclose it with its parentheses; the node itself excludes them.

    Raises:
        Desync: a token of it does not follow the cursor.
        SyntaxProblem: it is nested too deeply.
    """
    if node.lpar:
        return _parenthesised(node, cursor)
    return EXPRESSIONS[node.__class__](node, cursor)


def _parenthesised(node: Any, cursor: Cursor) -> ir.Expr:
    begin = cursor.take("(")
    for _ in node.lpar[1:]:
        cursor.take("(")
    lowered = EXPRESSIONS[node.__class__](node, cursor)
    for _ in node.rpar:
        cursor.take(")")
    cursor.begin = begin
    return lowered


# -------------------------------------------------------------------------------------------------------- leaves


@lowers(cst.Name)
def _name(node: cst.Name, cursor: Cursor) -> ir.Expr:
    text = node.value
    start = cursor.text.find(text, cursor.at)
    if start < 0:
        raise Desync(text)
    cursor.begin = start
    cursor.at = end = start + len(text)
    if text in _SINGLETONS:
        return ir.Const(start, end, _SINGLETONS[text])
    return ir.Name(start, end, text)


@lowers(cst.Integer)
def _integer(node: cst.Integer, cursor: Cursor) -> ir.Expr:
    cursor.begin = start = cursor.take(node.value)
    return ir.Const(start, cursor.at, integer_value(node.value))


@lowers(cst.Float)
def _float(node: cst.Float, cursor: Cursor) -> ir.Expr:
    cursor.begin = start = cursor.take(node.value)
    return ir.Const(start, cursor.at, float(node.value))


@lowers(cst.Imaginary)
def _imaginary(node: cst.Imaginary, cursor: Cursor) -> ir.Expr:
    cursor.begin = start = cursor.take(node.value)
    return ir.Const(start, cursor.at, complex(0, float(node.value[:-1])))


@lowers(cst.Ellipsis)
def _ellipsis(node: cst.Ellipsis, cursor: Cursor) -> ir.Expr:
    cursor.begin = start = cursor.take("...")
    return ir.Const(start, cursor.at, None)


@lowers(cst.SimpleString)
def _string(node: cst.SimpleString, cursor: Cursor) -> ir.Expr:
    cursor.begin = start = cursor.take_literal(node.value)
    return ir.Const(start, cursor.at, string_value(node.value))


# -------------------------------------------------------------------------------------- attributes, calls, indices


@lowers(cst.Attribute, cst.Call, cst.Subscript)
def _spine(node: Any, cursor: Cursor) -> ir.Expr:
    """Lowers ``a.b(c)[d].e`` from the inside out, without recursing along the chain."""
    links = []
    inner = node
    while True:
        links.append(inner)
        inner = inner.func if inner.__class__ is cst.Call else inner.value
        if EXPRESSIONS[inner.__class__] is not _spine or inner.lpar:
            break
    cursor.descend(len(links))
    lowered = expression(inner, cursor)
    begin = cursor.begin
    for link in reversed(links):
        kind = link.__class__
        if kind is cst.Attribute:
            name = link.attr.value
            cursor.take(name)
            lowered = ir.Attribute(begin, cursor.at, lowered, name)
        elif kind is cst.Call:
            cursor.take("(")
            arguments = tuple([argument(item, cursor) for item in link.args])
            cursor.take(")")
            lowered = ir.Call(begin, cursor.at, lowered, arguments)
        else:
            cursor.take("[")
            index = _index(link.slice, cursor)
            cursor.take("]")
            lowered = ir.Subscript(begin, cursor.at, lowered, index)
    cursor.depth -= len(links)
    cursor.begin = begin
    return lowered


def argument(node: cst.Arg, cursor: Cursor) -> ir.Argument:
    """Lowers one argument of a call or of a class definition."""
    stars = len(node.star)
    start = cursor.take(node.star) if stars else -1
    keyword = None
    if node.keyword is not None:
        keyword = node.keyword.value
        start = cursor.take(keyword)
    value = expression(node.value, cursor)
    return ir.Argument(cursor.begin if start < 0 else start, cursor.at, value, keyword, stars)


def _index(elements: Sequence[cst.SubscriptElement], cursor: Cursor) -> ir.Expr:
    items = []
    begin = -1
    for element in elements:
        items.append(_slice(element.slice, cursor))
        if begin < 0:
            begin = cursor.begin
    if len(items) == 1 and not isinstance(elements[0].comma, cst.Comma):
        return items[0]
    return ir.Collection(begin, cursor.at, "tuple", tuple(items))


def _slice(node: cst.BaseSlice, cursor: Cursor) -> ir.Expr:
    if isinstance(node, cst.Slice):
        lower = upper = step = None
        begin = -1
        if node.lower is not None:
            lower = expression(node.lower, cursor)
            begin = cursor.begin
        colon = cursor.take(":")
        if node.upper is not None:
            upper = expression(node.upper, cursor)
        if isinstance(node.second_colon, cst.Colon):
            cursor.take(":")
        if node.step is not None:
            step = expression(node.step, cursor)
        cursor.begin = begin if begin >= 0 else colon
        return ir.Slice(cursor.begin, cursor.at, lower, upper, step)
    assert isinstance(node, cst.Index)
    if node.star:
        start = cursor.take("*")
        value = expression(node.value, cursor)
        cursor.begin = start
        return ir.Starred(start, cursor.at, value)
    return expression(node.value, cursor)


# ------------------------------------------------------------------------------------------------------- displays


@lowers(cst.StarredElement)
def _starred(node: cst.StarredElement, cursor: Cursor) -> ir.Expr:
    start = cursor.take("*")
    value = expression(node.value, cursor)
    cursor.begin = start
    return ir.Starred(start, cursor.at, value)


def elements(nodes: Sequence[Any], cursor: Cursor) -> tuple[ir.Expr, ...]:
    """Lowers the items of a display, starred ones included."""
    cursor.descend(1)
    items = tuple([_item(node, cursor) for node in nodes])
    cursor.depth -= 1
    return items


def _item(node: Any, cursor: Cursor) -> ir.Expr:
    return expression(node.value if node.__class__ is cst.Element else node, cursor)


@lowers(cst.List)
def _list(node: cst.List, cursor: Cursor) -> ir.Expr:
    start = cursor.take("[")
    items = elements(node.elements, cursor)
    cursor.take("]")
    cursor.begin = start
    return ir.Collection(start, cursor.at, "list", items)


@lowers(cst.Set)
def _set(node: cst.Set, cursor: Cursor) -> ir.Expr:
    start = cursor.take("{")
    items = elements(node.elements, cursor)
    cursor.take("}")
    cursor.begin = start
    return ir.Collection(start, cursor.at, "set", items)


@lowers(cst.Tuple)
def _tuple(node: cst.Tuple, cursor: Cursor) -> ir.Expr:
    if not node.elements:
        cursor.begin = cursor.at
        return ir.Collection(cursor.at, cursor.at, "tuple", ())
    first = _item(node.elements[0], cursor)
    start = cursor.begin
    items = (first, *elements(node.elements[1:], cursor))
    if isinstance(node.elements[-1].comma, cst.Comma):
        cursor.take(",")
    cursor.begin = start
    return ir.Collection(start, cursor.at, "tuple", items)


@lowers(cst.Dict)
def _dict(node: cst.Dict, cursor: Cursor) -> ir.Expr:
    start = cursor.take("{")
    cursor.descend(1)
    keys: list[ir.Expr | None] = []
    values = []
    for element in node.elements:
        if isinstance(element, cst.DictElement):
            keys.append(expression(element.key, cursor))
        else:
            cursor.take("**")
            keys.append(None)
        values.append(expression(element.value, cursor))
    cursor.take("}")
    cursor.depth -= 1
    cursor.begin = start
    return ir.Dict(start, cursor.at, tuple(keys), tuple(values))


# ---------------------------------------------------------------------------------------- await, yield and walrus


@lowers(cst.Await)
def _await(node: cst.Await, cursor: Cursor) -> ir.Expr:
    cursor.descend(1)
    start = cursor.take("await")
    value = expression(node.expression, cursor)
    cursor.depth -= 1
    cursor.begin = start
    return ir.Await(start, cursor.at, value)


@lowers(cst.Yield)
def _yield(node: cst.Yield, cursor: Cursor) -> ir.Expr:
    cursor.yields = True
    start = cursor.take("yield")
    value = None
    inner: Any = node.value
    is_from = isinstance(inner, cst.From)
    if is_from:
        cursor.take("from")
        inner = inner.item
    if inner is not None:
        value = expression(inner, cursor)
    cursor.begin = start
    return ir.Yield(start, cursor.at, value, is_from)


@lowers(cst.NamedExpr)
def _walrus(node: cst.NamedExpr, cursor: Cursor) -> ir.Expr:
    target = expression(node.target, cursor)
    start = cursor.begin
    cursor.take(":=")
    value = expression(node.value, cursor)
    cursor.begin = start
    return ir.Walrus(start, cursor.at, target, value)
