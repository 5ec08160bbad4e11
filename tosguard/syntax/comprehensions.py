"""Lowering of comprehensions. Importing the module registers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tosguard.syntax import ir
from tosguard.syntax.cursor import Cursor
from tosguard.syntax.expressions import EXPRESSIONS, expression, lowers

if TYPE_CHECKING:
    import libcst as cst
else:
    from tosguard.syntax import nodes as cst


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
