"""Lowering of f-strings, template strings and adjacent literals. Importing the module registers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tosguard.syntax import ir
from tosguard.syntax.cursor import Cursor
from tosguard.syntax.errors import Desync
from tosguard.syntax.expressions import EXPRESSIONS, expression, lowers
from tosguard.syntax.literals import text_value

if TYPE_CHECKING:
    import libcst as cst
else:
    from tosguard.syntax import nodes as cst

_PLAIN = (ir.Name, ir.Const, ir.Attribute)


@lowers(cst.FormattedString)
def _template(node: Any, cursor: Cursor) -> ir.Expr:
    start = cursor.take('"')
    if not cursor.source.startswith(node.start, start):
        raise Desync(node.start)
    cursor.at = start + len(node.start)
    cursor.descend(1)
    parts: list[ir.Expr] = []
    _content(node.parts, "r" in node.start.lower(), cursor, parts)
    cursor.depth -= 1
    if not cursor.source.startswith(node.end, cursor.at):
        raise Desync(node.end)
    cursor.at += len(node.end)
    cursor.begin = start
    return _joined(start, cursor.at, parts)


if hasattr(cst, "TemplatedString"):
    EXPRESSIONS[cst.TemplatedString] = _template


def _content(nodes: Any, raw: bool, cursor: Cursor, parts: list[ir.Expr]) -> None:
    """Lowers literal text and holes in turn; every character in between belongs to one of them."""
    for node in nodes:
        if hasattr(node, "expression"):
            _hole(node, raw, cursor, parts)
            continue
        start = cursor.at
        cursor.at += len(node.value)
        text = text_value(node.value.replace("{{", "{").replace("}}", "}"), raw=raw)
        parts.append(ir.Const(start, cursor.at, text))


def _hole(node: Any, raw: bool, cursor: Cursor, parts: list[ir.Expr]) -> None:
    if not cursor.source.startswith("{", cursor.at):
        raise Desync("{")
    cursor.at += 1
    parts.append(expression(node.expression, cursor))
    if node.conversion is not None:
        cursor.take("!")
        cursor.at += len(node.conversion)
    if node.format_spec is not None:
        cursor.take(":")
        specification: list[ir.Expr] = []
        _content(node.format_spec, raw, cursor, specification)
        # Width and precision say nothing about content; a call there still is a call.
        parts.extend(part for part in specification if not isinstance(part, _PLAIN))
    cursor.take("}")


@lowers(cst.ConcatenatedString)
def _concatenated(node: cst.ConcatenatedString, cursor: Cursor) -> ir.Expr:
    start = -1
    parts: list[ir.Expr] = []
    rest: Any = node
    while True:
        is_last = rest.__class__ is not cst.ConcatenatedString
        piece = expression(rest if is_last else rest.left, cursor)
        if start < 0:
            start = cursor.begin
        parts.extend(piece.parts if isinstance(piece, ir.Template) else (piece,))
        if is_last:
            break
        rest = rest.right
    cursor.begin = start
    return _joined(start, cursor.at, parts)


def _joined(start: int, end: int, parts: list[ir.Expr]) -> ir.Expr:
    """One constant if there is no hole, else a template with neighbouring text merged."""
    merged: list[ir.Expr] = []
    run: list[Any] = []
    first = last = start

    def flush() -> None:
        if run:
            merged.append(ir.Const(first, last, run[0][:0].join(run)))
            run.clear()

    for part in parts:
        if isinstance(part, ir.Const) and isinstance(part.value, (str, bytes)):
            if run and type(part.value) is not type(run[0]):
                flush()
            if not run:
                first = part.start
            last = part.end
            run.append(part.value)
        else:
            flush()
            merged.append(part)
    flush()
    if not merged:
        return ir.Const(start, end, "")
    if len(merged) == 1 and isinstance(merged[0], ir.Const):
        return ir.Const(start, end, merged[0].value)
    return ir.Template(start, end, tuple(merged))
