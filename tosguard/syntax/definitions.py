"""Lowering of functions, lambdas, classes and their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tosguard.syntax import ir
from tosguard.syntax.cursor import Cursor
from tosguard.syntax.expressions import argument, expression, lowers

if TYPE_CHECKING:
    import libcst as cst
else:
    from tosguard.syntax import nodes as cst


@lowers(cst.Lambda)
def _lambda(node: cst.Lambda, cursor: Cursor) -> ir.Expr:
    cursor.descend(1)
    start = cursor.take("lambda")
    parameters = _parameters(node.params, cursor)
    cursor.take(":")
    outer, cursor.yields = cursor.yields, False
    value = expression(node.body, cursor)
    end = cursor.at
    body = (ir.Return(cursor.begin, end, value),)
    is_generator, cursor.yields = cursor.yields, outer
    cursor.depth -= 1
    cursor.begin = start
    function = ir.Function(start, end, "<lambda>", start, parameters, body, (), None, False, is_generator)
    return ir.Lambda(start, end, function)


def lower_function(node: cst.FunctionDef, cursor: Cursor, block: Any) -> ir.Function:
    """Lowers a ``def``; ``block`` lowers its body."""
    decorators, start = _decorators(node.decorators, cursor)
    if node.asynchronous is not None:
        keyword = cursor.take("async")
        cursor.take("def")
    else:
        keyword = cursor.take("def")
    name = node.name.value
    name_start = cursor.take(name)
    _skip_type_parameters(node.type_parameters, cursor)
    cursor.take("(")
    parameters = _parameters(node.params, cursor)
    cursor.take(")")
    returns = None
    if node.returns is not None:
        cursor.take("->")
        returns = expression(node.returns.annotation, cursor)
    outer, cursor.yields = cursor.yields, False
    body = block(node.body, cursor)
    is_generator, cursor.yields = cursor.yields, outer
    return ir.Function(
        keyword if start < 0 else start,
        cursor.at,
        name,
        name_start,
        parameters,
        body,
        decorators,
        returns,
        node.asynchronous is not None,
        is_generator,
    )


def lower_class(node: cst.ClassDef, cursor: Cursor, block: Any) -> ir.Class:
    """Lowers a ``class``; ``block`` lowers its body."""
    decorators, start = _decorators(node.decorators, cursor)
    keyword = cursor.take("class")
    name = node.name.value
    name_start = cursor.take(name)
    _skip_type_parameters(node.type_parameters, cursor)
    arguments = tuple([argument(item, cursor) for item in (*node.bases, *node.keywords)])
    if isinstance(node.rpar, cst.RightParen):
        cursor.take(")")
    body = block(node.body, cursor)
    return ir.Class(keyword if start < 0 else start, cursor.at, name, name_start, arguments, body, decorators)


def lower_type_alias(node: cst.TypeAlias, cursor: Cursor) -> ir.Assign:
    """Lowers ``type name = value`` as the assignment it amounts to."""
    start = cursor.take("type")
    name = node.name.value
    name_start = cursor.take(name)
    target = ir.Name(name_start, cursor.at, name)
    _skip_type_parameters(node.type_parameters, cursor)
    cursor.take("=")
    value = expression(node.value, cursor)
    return ir.Assign(start, cursor.at, (target,), value)


def _decorators(nodes: Any, cursor: Cursor) -> tuple[tuple[ir.Expr, ...], int]:
    """The decorators, and where the first begins (-1 if there is none)."""
    start = -1
    lowered = []
    for node in nodes:
        at = cursor.take("@")
        if start < 0:
            start = at
        lowered.append(expression(node.decorator, cursor))
    return tuple(lowered), start


def _parameters(node: cst.Parameters, cursor: Cursor) -> tuple[ir.Parameter, ...]:
    lowered = [_parameter(parameter, "positional", cursor) for parameter in node.posonly_params]
    lowered.extend(_parameter(parameter, "any", cursor) for parameter in node.params)
    if isinstance(node.star_arg, cst.Param):
        lowered.append(_parameter(node.star_arg, "args", cursor))
    lowered.extend(_parameter(parameter, "keyword", cursor) for parameter in node.kwonly_params)
    if node.star_kwarg is not None:
        lowered.append(_parameter(node.star_kwarg, "kwargs", cursor))
    return tuple(lowered)


def _parameter(node: cst.Param, kind: str, cursor: Cursor) -> ir.Parameter:
    start = -1
    if kind == "args":
        start = cursor.take("*")
    elif kind == "kwargs":
        start = cursor.take("**")
    name = node.name.value
    name_start = cursor.take(name)
    annotation = default = None
    if node.annotation is not None:
        annotation = expression(node.annotation.annotation, cursor)
    if node.default is not None:
        default = expression(node.default, cursor)
    return ir.Parameter(name_start if start < 0 else start, cursor.at, name, kind, default, annotation)


def _skip_type_parameters(node: cst.TypeParameters | None, cursor: Cursor) -> None:
    """Moves over ``[T: bound = default, *Ts, **P]``: types carry no values."""
    if node is None:
        return
    cursor.take("[")
    for parameter in node.params:
        cursor.take(parameter.param.name.value)
        bound = getattr(parameter.param, "bound", None)
        if bound is not None:
            expression(bound, cursor)
        if parameter.default is not None:
            if isinstance(parameter.star, str) and parameter.star:
                cursor.take("=")
                cursor.take(parameter.star)
            expression(parameter.default, cursor)
    cursor.take("]")
