"""The identifiers that an expression is written with: what the author calls the things in it."""

from __future__ import annotations

from tosguard.syntax import ir

#: Identifiers of one expression that are told.
MAX_NAMES = 12


def names_in(*expressions: ir.Expr | None) -> tuple[str, ...]:
    """Variables and attributes in expressions, in the order in which they are written; arguments of calls too."""
    found: dict[str, None] = {}
    pending = [e for e in reversed(expressions) if e is not None]
    while pending and len(found) < MAX_NAMES:
        node = pending.pop()
        if isinstance(node, ir.Name):
            found.setdefault(node.id)
        elif isinstance(node, ir.Attribute):
            found.setdefault(node.attr)
            pending.append(node.value)
        elif isinstance(node, ir.Subscript):
            pending.extend((node.index, node.value))
        elif isinstance(node, ir.Call):
            pending.extend(a.value for a in reversed(node.arguments))
            pending.append(node.func)
        elif isinstance(node, ir.Collection):
            pending.extend(reversed(node.items))
        elif isinstance(node, ir.Starred):
            pending.append(node.value)
        elif isinstance(node, ir.Const) and isinstance(node.value, str) and node.value.isidentifier():
            found.setdefault(node.value)
    return tuple(found)
