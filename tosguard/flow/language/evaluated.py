"""``eval`` and ``exec`` of constant text: the text is parsed and read like the code around it. Nothing is executed."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from tosguard.flow.natives.natives import native
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import ANYTHING, NAMESPACE, NOTHING, ObjectAtom, Value, texts
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame

#: Characters of a text that is read as code.
MAX_TEXT = 2000


@native("builtins.exec")
def _execute(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return ANYTHING
    from tosguard.flow.natives.graders import run_with_tests

    run_with_tests(frame, node, arguments)
    return _evaluate(frame, node, arguments)


@native("builtins.eval")
def _evaluate(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """What a text evaluates to; an answer that is evaluated is most often only read as the literal that it spells."""
    if not arguments.positional:
        return ANYTHING
    from tosguard.flow.language.statements import execute_body

    result = NOTHING
    outer, space = frame.env, _namespace(arguments)
    for text in texts(arguments.positional[0]):
        frame.unsettle()
        body = _parsed(frame, node, text) if len(text) <= MAX_TEXT else ()
        if space is not None and outer is not None:
            held = {
                k[1]: frame.read(c) for k, c in space.cells.items() if isinstance(k, tuple) and isinstance(k[1], str)
            }
            frame.env = {**outer, **held}
        if len(body) == 1 and isinstance(body[0], ir.ExprStmt):
            result = join(result, frame.eval(body[0].value))
        else:
            execute_body(frame, body)
        if space is not None and outer is not None:
            for name, value in (frame.env or {}).items():
                if outer.get(name) is not value and not name.startswith("<"):
                    frame.machine.put(space, name, value)
            frame.env = outer
    taints = arguments.positional[0].taints
    return result if result.atoms or result.taints else Value(ANYTHING.atoms, taints)


def _namespace(arguments: Arguments) -> ObjectAtom | None:
    """The dict whose items are the variables, and which takes what is assigned; None for the variables around."""
    given = arguments.positional[2] if len(arguments.positional) > 2 else arguments.slot(1)
    only = next(iter(given.atoms)) if given is not None and len(given.atoms) == 1 else None
    return only if isinstance(only, ObjectAtom) and only.kind == "dict" and NAMESPACE not in only.cells else None


def _parsed(frame: Frame, node: ir.Node, text: str) -> tuple[ir.Stmt, ...]:
    """The statements of a text, every one at the place of the call; none where it defines functions or classes, which
    have no name of their own in the project."""
    key = (id(node), text)
    known = frame.machine.evaluated.get(key)
    if known is None:
        from tosguard.syntax.recovery import lower_tolerant

        module, problems = lower_tolerant(text.strip() + "\n")
        plain = not problems and all(_move(statement, node) for statement in module.body)
        known = frame.machine.evaluated[key] = module.body if plain else ()
    return known


def _move(part: object, node: ir.Node) -> bool:
    """Puts a tree at a place; False where it holds a definition."""
    if isinstance(part, tuple):
        return all(_move(inner, node) for inner in part)
    if not isinstance(part, ir.Node):
        return True
    if isinstance(part, (ir.Function, ir.Class, ir.Lambda)):
        return False
    part.start, part.end = node.start, node.end
    return all(_move(getattr(part, field.name), node) for field in fields(part) if field.name not in ("start", "end"))
