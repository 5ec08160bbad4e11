"""Branches that a context decides: ``if "claude" in model`` in a helper whose caller passes a constant.

Only tests over parameters and local variables count. A module's own switches (``USE_API = False``) are edited by hand,
so both sides of those are analysed; so are the flags of a function as they stand by default (``use_cache=True``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.scopes import FunctionScope
from tosguard.flow.values.values import Constant, Value
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame

_MISSING = object()
_STRING_TESTS = {"startswith": str.startswith, "endswith": str.endswith}


def decided(frame: Frame, node: ir.Expr, test: Value) -> bool | None:
    """Whether a test is known in this context; None where it may go either way."""
    if frame.machine.every_branch or not isinstance(frame.scope, FunctionScope):
        return None
    return _truth(frame, node)


def _truth(frame: Frame, node: ir.Expr) -> bool | None:
    if isinstance(node, ir.Unary) and node.op == "not":
        inner = _truth(frame, node.operand)
        return None if inner is None else not inner
    if isinstance(node, ir.Boolean):
        left, right = _truth(frame, node.left), _truth(frame, node.right)
        stop = node.op == "or"
        if left is stop or right is stop:
            return stop
        return None if left is None or right is None else not stop
    if isinstance(node, ir.Compare) and len(node.ops) == 1:
        return _compared(frame, node.ops[0], node.left, node.comparators[0])
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Attribute) and len(node.arguments) == 1:
        return _string_test(frame, node.func, node.arguments[0].value)
    if isinstance(node, ir.Name):
        known = _known(frame, node)
        if known is _MISSING or isinstance(known, str) or _by_default(frame, node.id, known):
            return None
        return bool(known)
    return None


def _by_default(frame: Frame, name: str, known: object) -> bool:
    """Whether a flag is what its function takes it for where no caller says otherwise."""
    if not isinstance(known, bool) or not isinstance(frame.scope, FunctionScope):
        return False
    default = next((p.default for p in frame.scope.node.parameters if p.name == name), None)
    return isinstance(default, ir.Const) and default.value is known


def _known(frame: Frame, node: ir.Expr) -> object:
    """The one constant an expression is in this context, or ``_MISSING``."""
    if isinstance(node, ir.Const):
        return node.value
    if isinstance(node, ir.Name) and frame.env is not None:
        value = frame.env.get(node.id)
        if value is not None and len(value.atoms) == 1 and value.taints is None:
            (atom,) = value.atoms
            if isinstance(atom, Constant) and not _is_pattern(atom.value):
                return atom.value
    if (
        isinstance(node, ir.Call)
        and isinstance(node.func, ir.Attribute)
        and node.func.attr == "lower"
        and not node.arguments
    ):
        inner = _known(frame, node.func.value)
        return inner.lower() if isinstance(inner, str) else _MISSING
    if isinstance(node, ir.Collection):
        items = [_known(frame, item) for item in node.items]
        return _MISSING if any(i is _MISSING for i in items) else tuple(items)
    return _MISSING


def _is_pattern(value: object) -> bool:
    """Whether a text stands for many: what a listing of a directory gives."""
    return isinstance(value, str) and "*" in value


def _compared(frame: Frame, op: str, left_node: ir.Expr, right_node: ir.Expr) -> bool | None:
    if not any(isinstance(n, (ir.Name, ir.Call)) for n in (left_node, right_node)):
        return None
    left, right = _known(frame, left_node), _known(frame, right_node)
    if left is _MISSING or right is _MISSING:
        return None
    if op in ("==", "is"):
        return left == right
    if op in ("!=", "is not"):
        return left != right
    if op in ("in", "not in") and isinstance(right, (str, tuple)):
        if isinstance(right, str) and not isinstance(left, str):
            return None
        inside = left in right
        return inside if op == "in" else not inside
    return None


def _string_test(frame: Frame, func: ir.Attribute, argument: ir.Expr) -> bool | None:
    test = _STRING_TESTS.get(func.attr)
    subject, wanted = _known(frame, func.value), _known(frame, argument)
    if test is None or not isinstance(subject, str):
        return None
    if isinstance(wanted, str) or (isinstance(wanted, tuple) and all(isinstance(w, str) for w in wanted)):
        return test(subject, wanted)
    return None
