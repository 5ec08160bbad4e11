"""Lowering of operators. Importing the module registers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tosguard.syntax import ir
from tosguard.syntax.cursor import Cursor
from tosguard.syntax.expressions import expression, lowers

if TYPE_CHECKING:
    import libcst as cst
else:
    from tosguard.syntax import nodes as cst

#: Chains of one operator longer than this are lowered as a balanced tree: values flow through both alike.
_LONGEST_SPINE = 60


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
_TWO_WORDS: dict[type, tuple[str, str]] = {cst.NotIn: ("not", "in"), cst.IsNot: ("is", "not")}
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
