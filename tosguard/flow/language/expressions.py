"""Expressions: what each kind evaluates to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.calls.argument_lists import arguments_of
from tosguard.flow.calls.handing import client_method
from tosguard.flow.calls.library import observe_comparison
from tosguard.flow.calls.opaque import keep_given
from tosguard.flow.language.annotations import named_annotation
from tosguard.flow.language.attributes import read_attribute
from tosguard.flow.language.definitions import define_lambda
from tosguard.flow.language.displays import evaluate_collection, evaluate_comprehension, evaluate_dict
from tosguard.flow.language.items import read_item
from tosguard.flow.language.iteration import element_of
from tosguard.flow.language.narrowing import narrowed
from tosguard.flow.language.operators import combine
from tosguard.flow.language.protocols import FORMATTED, TRUTH, UNARY, ask, has_instances
from tosguard.flow.language.protocols import compare as compare_instances
from tosguard.flow.natives.futures import awaited
from tosguard.flow.natives.natives import called_name
from tosguard.flow.natives.strings import formatted
from tosguard.flow.solver.counting import born_in_data, is_verdict
from tosguard.flow.solver.frame import EXPRESSIONS, Frame
from tosguard.flow.values.fields import known_field
from tosguard.flow.values.joining import join, merge_taints, tainted
from tosguard.flow.values.reach import reached
from tosguard.flow.values.values import (
    ANYTHING,
    NOTHING,
    RETURNED,
    SENT,
    THROWN,
    Constant,
    ObjectAtom,
    SliceAtom,
    Value,
    constant,
    is_label,
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Environment


def _name(frame: Frame, node: ir.Name) -> Value:
    return frame.lookup(node.id)


def _constant(frame: Frame, node: ir.Const) -> Value:
    return constant(node.value)


def _template(frame: Frame, node: ir.Template) -> Value:
    parts = [frame.eval(part) for part in node.parts]
    for position, (part, value) in enumerate(zip(node.parts, parts, strict=True)):
        special = ask(frame, part, value, FORMATTED, ANYTHING)
        if special is not None:
            parts[position] = join(value, special)
    return formatted(frame, node, parts)


def _attribute(frame: Frame, node: ir.Attribute) -> Value:
    known = known_field(frame, node)
    return read_attribute(frame, frame.eval(node.value), node.attr, node) if known is None else known


def _subscript(frame: Frame, node: ir.Subscript) -> Value:
    known = known_field(frame, node)
    if known is not None:
        return known
    annotated = named_annotation(frame, node)
    if annotated.atoms:
        return annotated
    owner, index = frame.eval(node.value), _index(frame, node.index)
    if has_instances(index):
        keyed = any(isinstance(a, ObjectAtom) and a.kind == "dict" for a in owner.atoms)
        listed = any(isinstance(a, ObjectAtom) and a.kind in ("list", "tuple") for a in owner.atoms)
        ask(frame, node, index, ("__hash__",) if keyed else ("__index__",) if listed else ())
    return read_item(frame, owner, index, node)


def _index(frame: Frame, node: ir.Expr) -> Value:
    """An index; sums of two known whole numbers are worked out here alone, where they cannot grow."""
    if isinstance(node, ir.Binary) and node.op in ("+", "-"):
        left, right = _number(frame, node.left), frame.eval(node.right)
        numbers = [a.value for v in (left, right) if len(v.atoms) == 1 for a in v.atoms if isinstance(a, Constant)]
        if len(numbers) == 2 and isinstance(numbers[0], int) and isinstance(numbers[1], int) and not frame.loops:
            return constant(numbers[0] + numbers[1] if node.op == "+" else numbers[0] - numbers[1])
        return combine(frame, node, node.op, left, right)
    return frame.eval(node)


def _number(frame: Frame, node: ir.Expr) -> Value:
    """A number in an index; the length of a list whose items are known is one."""
    value = frame.eval(node)
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Name) and node.func.id == "len" and node.arguments:
        from tosguard.flow.language.items import positions

        held = frame.eval(node.arguments[0].value)
        only = next(iter(held.atoms)) if len(held.atoms) == 1 and held.taints is None else None
        known = positions(frame, only) if isinstance(only, ObjectAtom) else None
        return value if known is None else constant(len(known))
    return value


def _slice(frame: Frame, node: ir.Slice) -> Value:
    bounds = [None if part is None else frame.eval(part) for part in (node.lower, node.upper, node.step)]
    key = (frame.context, id(node))
    made = frame.machine.slices.get(key)
    if made is None:
        made = frame.machine.slices[key] = SliceAtom(None, None, None)
    made.lower, made.upper, made.step = bounds
    return single(made)


def _call(frame: Frame, node: ir.Call) -> Value:
    callee = frame.eval(node.func)
    arguments = arguments_of(frame, node.arguments)
    arguments.site = node
    keep_given(frame, callee, node.func, arguments)
    return frame.call(node, client_method(frame, callee, node.func, arguments), arguments)


def _lambda(frame: Frame, node: ir.Lambda) -> Value:
    return define_lambda(frame, node)


def _binary(frame: Frame, node: ir.Binary) -> Value:
    left, right = frame.eval(node.left), frame.eval(node.right)
    return combine(frame, node, node.op, left, right)


def _boolean(frame: Frame, node: ir.Boolean) -> Value:
    left = frame.eval(node.left)
    ask(frame, node.left, left, TRUTH)
    right = frame.eval(node.right)
    if node.op == "or":
        known = [a for a in left.atoms if not (isinstance(a, Constant) and not a.value)]
        left = left if len(known) == len(left.atoms) else Value(frozenset(known), left.taints)
    if node.op == "and":
        _both(frame, node, left, right)
    return join(left, right)


def _both(frame: Frame, node: ir.Boolean, left: Value, right: Value) -> None:
    """``said_so and row["label"]``: what an answer was found to say meets what holds of the row. What is counted then
    need not be how often both agree."""
    for said, holds, node_of_it in ((left, right, node.right), (right, left, node.left)):
        if is_verdict(said.taints) and born_in_data(holds.taints, chosen=True) and _holds(node_of_it):
            observe_comparison(frame, node, "==", said, holds, merge_taints(said.taints, holds.taints) or {})


def _holds(node: ir.Expr) -> bool:
    """Whether an expression says that something holds of a row: a field of it, or that it equals something."""
    if isinstance(node, ir.Unary) and node.op == "not":
        return _holds(node.operand)
    if isinstance(node, ir.Compare):
        return all(op in ("==", "!=") for op in node.ops)
    return isinstance(node, (ir.Name, ir.Subscript, ir.Attribute))


def _unary(frame: Frame, node: ir.Unary) -> Value:
    value = frame.eval(node.operand)
    if node.op == "-" and len(value.atoms) == 1:
        (atom,) = value.atoms
        if isinstance(atom, Constant) and isinstance(atom.value, (int, float)):
            return tainted(constant(-atom.value), value.taints)
    special = ask(frame, node, value, TRUTH if node.op == "not" else (UNARY[node.op],))
    if special is not None and node.op != "not":
        return special
    if node.op == "not" and value.taints is not None:
        return Value(ANYTHING.atoms, {t.twin(): h for t, h in value.taints.items()})
    return ANYTHING if value.taints is None else Value(ANYTHING.atoms, value.taints)


def _compare(frame: Frame, node: ir.Compare) -> Value:
    left = frame.eval(node.left)
    result = ANYTHING
    for op, comparator in zip(node.ops, node.comparators, strict=True):
        right = frame.eval(comparator)
        if has_instances(left) or has_instances(right):
            result = join(result, compare_instances(frame, node, op, left, right))
        taints = merge_taints(reached(frame, left), reached(frame, right))
        if taints is not None:
            result = join(result, _near(frame, node, op, left if op in _BELOW else right))
            result = join(result, observe_comparison(frame, node, op, left, right, taints))
        left = right
    return result


#: Comparisons whose left side is the smaller one.
_BELOW = frozenset({"<", "<="})


#: Comparisons that order, and functions that give the distance of two numbers from their difference.
_ORDERINGS = _BELOW | {">", ">="}
_DISTANCES = frozenset({"abs", "fabs"})


def _near(frame: Frame, node: ir.Compare, op: str, smaller: Value) -> Value:
    """``abs(said - wanted) < 0.01``: two numbers are compared for being as good as the same."""
    side = node.left if op in _BELOW else node.comparators[-1]
    if len(node.ops) > 1 or op not in _ORDERINGS or smaller.taints is None or not isinstance(side, ir.Call):
        return NOTHING
    difference = side.arguments[0].value if side.arguments else None
    if called_name(side) not in _DISTANCES or not isinstance(difference, ir.Binary) or difference.op != "-":
        return NOTHING
    one, other = frame.eval(difference.left), frame.eval(difference.right)
    taints = merge_taints(one.taints, other.taints)
    return observe_comparison(frame, node, "==", one, other, taints) if taints is not None else NOTHING


def _conditional(frame: Frame, node: ir.Conditional) -> Value:
    from tosguard.flow.language.branches import decided

    test = frame.eval(node.test)
    ask(frame, node.test, test, TRUTH)
    verdict = decided(frame, node.test, test)
    result = NOTHING
    outer = frame.env
    for truth, branch in ((True, node.body), (False, node.orelse)):
        if verdict is not (not truth):
            frame.env = None if outer is None else dict(outer)
            narrowed(frame, node.test, truth)
            chosen = frame.eval(branch)
            if test.taints is not None and is_label(chosen):
                chosen = Value(chosen.atoms, {t.twin(): h for t, h in test.taints.items()})
            result = join(result, chosen)
            _keep_bound(frame, outer)
    frame.env = outer
    return result


def _keep_bound(frame: Frame, outer: Environment | None) -> None:
    """Carries over what an expression bound (``:=``) to the variables around it."""
    for name, value in (frame.env or {}).items():
        if outer is not None and name not in outer:
            outer[name] = value


def _await(frame: Frame, node: ir.Await) -> Value:
    value = awaited(frame, frame.eval(node.value))
    special = ask(frame, node, value, ("__await__",))
    return value if special is None else join(element_of(frame, special), value)


def _yield(frame: Frame, node: ir.Yield) -> Value:
    context, machine = frame.context, frame.machine
    if context.yields is None:
        from tosguard.flow.values.values import Cell

        context.yields = Cell()
    generator = machine.make("generator", frame.here, context)
    given = join(ANYTHING, frame.read(generator.cell(SENT)))
    thrown = frame.read(generator.cell(THROWN))
    if thrown.atoms:
        frame.throw(thrown)
    if node.value is None:
        return given
    value = frame.eval(node.value)
    if node.is_from:
        _delegate(frame, value, given, thrown)
        given = _result_of(frame, value, given)
        value = element_of(frame, value)
    machine.write(context.yields, frame.hop(value, node, "returned", "yielded"))
    return given


def _delegate(frame: Frame, iterated: Value, sent: Value, thrown: Value) -> None:
    """Hands what is sent to a generator, or thrown into it, on to those it yields from."""
    for atom in iterated.atoms:
        if isinstance(atom, ObjectAtom) and atom.kind == "generator":
            frame.machine.write(atom.cell(SENT), sent)
            frame.machine.write(atom.cell(THROWN), thrown)


def _result_of(frame: Frame, iterated: Value, given: Value) -> Value:
    """What ``yield from`` evaluates to: what the generators return in the end."""
    for atom in iterated.atoms:
        if isinstance(atom, ObjectAtom) and atom.kind == "generator":
            given = join(given, frame.read(atom.cell(RETURNED)))
    return given


def _walrus(frame: Frame, node: ir.Walrus) -> Value:
    from tosguard.flow.language.assigning import assign

    value = frame.eval(node.value)
    assign(frame, node.target, value)
    return value


def _starred(frame: Frame, node: ir.Starred) -> Value:
    return element_of(frame, frame.eval(node.value))


EXPRESSIONS.update(
    {
        ir.Name: _name,
        ir.Const: _constant,
        ir.Template: _template,
        ir.Attribute: _attribute,
        ir.Subscript: _subscript,
        ir.Slice: _slice,
        ir.Call: _call,
        ir.Collection: evaluate_collection,
        ir.Dict: evaluate_dict,
        ir.Lambda: _lambda,
        ir.Comprehension: evaluate_comprehension,
        ir.Binary: _binary,
        ir.Boolean: _boolean,
        ir.Unary: _unary,
        ir.Compare: _compare,
        ir.Conditional: _conditional,
        ir.Await: _await,
        ir.Yield: _yield,
        ir.Walrus: _walrus,
        ir.Starred: _starred,
    }
)
