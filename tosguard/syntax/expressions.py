"""Lowering of expressions: one function per kind of node, each moving the cursor over its own tokens.

Importing this module imports the parser; only ``lowering`` does so, and only when something is to be parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import libcst as cst

from tosguard.syntax import ir
from tosguard.syntax.cursor import Cursor
from tosguard.syntax.errors import Desync
from tosguard.syntax.literals import integer_value, string_value

ExpressionLowering = Callable[[Any, Cursor], ir.Expr]
_Lowering = TypeVar("_Lowering", bound=ExpressionLowering)

#: The lowering of each node type; ``templates`` and ``parameters`` add theirs.
EXPRESSIONS: dict[type, ExpressionLowering] = {}

_SINGLETONS: dict[str, ir.Constant] = {"None": None, "True": True, "False": False}
#: Chains of one operator longer than this are lowered as a balanced tree: values flow through both alike.
_LONGEST_SPINE = 60


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


# ------------------------------------------------------------------------------------------------- comprehensions


@lowers(cst.ListComp)
def _list_comprehension(node: cst.ListComp, cursor: Cursor) -> ir.Expr:
    start = cursor.take("[")
    element, clauses = _comprehension(node.elt, node.for_in, cursor)
    cursor.take("]")
    cursor.begin = start
    return ir.Comprehension(start, cursor.at, "list", element, None, clauses)


@lowers(cst.SetComp)
def _set_comprehension(node: cst.SetComp, cursor: Cursor) -> ir.Expr:
    start = cursor.take("{")
    element, clauses = _comprehension(node.elt, node.for_in, cursor)
    cursor.take("}")
    cursor.begin = start
    return ir.Comprehension(start, cursor.at, "set", element, None, clauses)


@lowers(cst.GeneratorExp)
def _generator(node: cst.GeneratorExp, cursor: Cursor) -> ir.Expr:
    element = expression(node.elt, cursor)
    start = cursor.begin
    clauses = _clauses(node.for_in, cursor)
    cursor.begin = start
    return ir.Comprehension(start, cursor.at, "generator", element, None, clauses)


@lowers(cst.DictComp)
def _dict_comprehension(node: cst.DictComp, cursor: Cursor) -> ir.Expr:
    start = cursor.take("{")
    key = expression(node.key, cursor)
    value, clauses = _comprehension(node.value, node.for_in, cursor)
    cursor.take("}")
    cursor.begin = start
    return ir.Comprehension(start, cursor.at, "dict", key, value, clauses)


def _unpacking_dict_comprehension(node: Any, cursor: Cursor) -> ir.Expr:
    start = cursor.take("{")
    stars = cursor.take("**")
    value, clauses = _comprehension(node.value, node.for_in, cursor)
    cursor.take("}")
    cursor.begin = start
    return ir.Comprehension(start, cursor.at, "dict", ir.Starred(stars, value.end, value), None, clauses)


if hasattr(cst, "StarredDictComp"):
    EXPRESSIONS[cst.StarredDictComp] = _unpacking_dict_comprehension


def _comprehension(
    element: cst.BaseExpression, clause: cst.CompFor, cursor: Cursor
) -> tuple[ir.Expr, tuple[ir.Clause, ...]]:
    cursor.descend(1)
    lowered = expression(element, cursor)
    clauses = _clauses(clause, cursor)
    cursor.depth -= 1
    return lowered, clauses


def _clauses(node: cst.CompFor | None, cursor: Cursor) -> tuple[ir.Clause, ...]:
    clauses = []
    while node is not None:
        start = cursor.take("async") if node.asynchronous is not None else -1
        keyword = cursor.take("for")
        target = expression(node.target, cursor)
        cursor.take("in")
        iterated = expression(node.iter, cursor)
        conditions = []
        for condition in node.ifs:
            cursor.take("if")
            conditions.append(expression(condition.test, cursor))
        begin = keyword if start < 0 else start
        clauses.append(ir.Clause(begin, cursor.at, target, iterated, tuple(conditions), start >= 0))
        node = node.inner_for_in
    return tuple(clauses)


# ------------------------------------------------------------------------------------------------------ operators


@lowers(cst.BinaryOperation, cst.BooleanOperation)
def _binary(node: Any, cursor: Cursor) -> ir.Expr:
    """Lowers a chain of operators along its left side without recursing."""
    kind = node.__class__
    links = []
    inner = node
    while inner.__class__ is kind and (inner is node or not inner.lpar):
        links.append(inner)
        inner = inner.left
    levels = min(len(links), _LONGEST_SPINE)
    cursor.descend(levels)
    operands = [expression(inner, cursor)]
    spans = [(cursor.begin, cursor.at)]
    operators = []
    for link in reversed(links):
        operators.append(_operator(link.operator, cursor))
        operands.append(expression(link.right, cursor))
        spans.append((cursor.begin, cursor.at))
    cursor.depth -= levels
    cursor.begin = spans[0][0]
    build = ir.Boolean if kind is cst.BooleanOperation else ir.Binary
    if len(links) > _LONGEST_SPINE:
        return _balanced(operands, operators, spans, build)
    lowered = operands[0]
    for operator, operand, span in zip(operators, operands[1:], spans[1:], strict=True):
        lowered = build(cursor.begin, span[1], operator, lowered, operand)
    return lowered


def _balanced(
    operands: list[ir.Expr],
    operators: list[str],
    spans: list[tuple[int, int]],
    build: Callable[[int, int, str, ir.Expr, ir.Expr], ir.Expr],
) -> ir.Expr:
    if not operators:
        return operands[0]
    middle = len(operators) // 2
    left = _balanced(operands[: middle + 1], operators[:middle], spans[: middle + 1], build)
    right = _balanced(operands[middle + 1 :], operators[middle + 1 :], spans[middle + 1 :], build)
    return build(spans[0][0], spans[-1][1], operators[middle], left, right)


_WORDS: dict[type, str] = {cst.And: "and", cst.Or: "or", cst.In: "in", cst.Is: "is", cst.Not: "not"}
_TWO_WORDS: dict[type, str] = {cst.NotIn: ("not", "in"), cst.IsNot: ("is", "not")}
_SYMBOLS: dict[type, str] = {
    cst.Add: "+", cst.Subtract: "-", cst.Multiply: "*", cst.Divide: "/", cst.FloorDivide: "//", cst.Modulo: "%",
    cst.Power: "**", cst.LeftShift: "<<", cst.RightShift: ">>", cst.BitAnd: "&", cst.BitOr: "|", cst.BitXor: "^",
    cst.MatrixMultiply: "@", cst.LessThan: "<", cst.GreaterThan: ">", cst.LessThanEqual: "<=",
    cst.GreaterThanEqual: ">=", cst.Equal: "==", cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~", **_WORDS,
}  # fmt: skip


def _operator(node: Any, cursor: Cursor) -> str:
    """Takes an operator; returns it as written, with single spaces."""
    text = _SYMBOLS.get(node.__class__)
    if text is not None:
        cursor.take(text)
        return text
    if node.__class__ in _TWO_WORDS:
        first, second = _TWO_WORDS[node.__class__]
        cursor.take(first)
        cursor.take(second)
        return f"{first} {second}"
    written: str = node.value
    cursor.take(written)
    return written


@lowers(cst.UnaryOperation)
def _unary(node: cst.UnaryOperation, cursor: Cursor) -> ir.Expr:
    cursor.descend(1)
    operator = _operator(node.operator, cursor)
    start = cursor.at - len(operator)
    operand = expression(node.expression, cursor)
    cursor.depth -= 1
    cursor.begin = start
    return ir.Unary(start, cursor.at, operator, operand)


@lowers(cst.Comparison)
def _comparison(node: cst.Comparison, cursor: Cursor) -> ir.Expr:
    cursor.descend(1)
    left = expression(node.left, cursor)
    start = cursor.begin
    operators = []
    comparators = []
    for target in node.comparisons:
        operators.append(_operator(target.operator, cursor))
        comparators.append(expression(target.comparator, cursor))
    cursor.depth -= 1
    cursor.begin = start
    return ir.Compare(start, cursor.at, left, tuple(operators), tuple(comparators))


@lowers(cst.IfExp)
def _conditional(node: cst.IfExp, cursor: Cursor) -> ir.Expr:
    cursor.descend(1)
    body = expression(node.body, cursor)
    start = cursor.begin
    cursor.take("if")
    test = expression(node.test, cursor)
    cursor.take("else")
    orelse = expression(node.orelse, cursor)
    cursor.depth -= 1
    cursor.begin = start
    return ir.Conditional(start, cursor.at, test, body, orelse)


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
