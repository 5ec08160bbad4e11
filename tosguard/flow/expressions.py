"""Expressions: what each kind evaluates to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.annotations import named_annotation
from tosguard.flow.attributes import read_attribute
from tosguard.flow.definitions import define_lambda
from tosguard.flow.documents import mappings_behind
from tosguard.flow.fields import FIELDS, Fields, forget_variable, known_field, path_to
from tosguard.flow.fields import merged as merged_fields
from tosguard.flow.frame import EXPRESSIONS, Frame
from tosguard.flow.futures import awaited
from tosguard.flow.items import read_item
from tosguard.flow.iteration import element_of
from tosguard.flow.joining import join, merge_taints, tainted
from tosguard.flow.library import observe_comparison
from tosguard.flow.namespaces import fields_of
from tosguard.flow.narrowing import narrowed
from tosguard.flow.opaque import keep_given
from tosguard.flow.operators import combine
from tosguard.flow.protocols import FORMATTED, TRUTH, UNARY, ask, has_instances
from tosguard.flow.protocols import compare as compare_instances
from tosguard.flow.reach import reached
from tosguard.flow.records import Arguments, LoopRecord
from tosguard.flow.sizes import made_of
from tosguard.flow.strings import formatted
from tosguard.flow.values import (
    ANYTHING,
    ELEMENT,
    KEYS,
    NOTHING,
    REST,
    RETURNED,
    SENT,
    THROWN,
    Constant,
    ObjectAtom,
    SliceAtom,
    Value,
    constant,
    single,
    texts,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tosguard.flow.frame import Environment


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
        from tosguard.flow.items import positions

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
    return frame.call(node, callee, arguments)


def arguments_of(frame: Frame, nodes: Sequence[ir.Argument]) -> Arguments:
    """Evaluates the arguments of a call."""
    arguments = Arguments([])
    for argument in nodes:
        value = frame.eval(argument.value)
        if argument.keyword is not None:
            arguments.keywords[argument.keyword] = value
        elif argument.stars == 0:
            if arguments.star is not None:
                arguments.star = join(arguments.star, value)
            else:
                arguments.positional.append(value)
        elif argument.stars == 1:
            _spread(frame, arguments, value)
        else:
            _spread_keywords(frame, arguments, value)
            _override(frame, arguments, argument.value)
    return arguments


def _spread(frame: Frame, arguments: Arguments, value: Value) -> None:
    from tosguard.flow.items import positions

    if arguments.star is None and len(value.atoms) == 1:
        (atom,) = value.atoms
        known = positions(frame, atom) if isinstance(atom, ObjectAtom) else None
        if known is not None:
            arguments.positional.extend(tainted(v, value.taints) for v in known)
            return
    element = element_of(frame, value)
    arguments.star = element if arguments.star is None else join(arguments.star, element)


def _spread_keywords(frame: Frame, arguments: Arguments, value: Value) -> None:
    for atom in (*value.atoms, *mappings_behind(frame, value)):
        if isinstance(atom, ObjectAtom) and atom.kind in ("dict", "instance", "namespace"):
            frame.read(atom.cell(KEYS))
            frame.watch(atom)
            keys = ask(frame, frame.here, single(atom), ("keys",))
            if keys is not None:
                element = element_of(frame, keys)
                item = ask(frame, frame.here, single(atom), ("__getitem__",), element)
                for name in texts(element) if item is not None else ():
                    arguments.keywords[name] = join(arguments.keywords.get(name, NOTHING), item or NOTHING)
            elif atom.kind != "dict":
                for name, held in fields_of(frame, atom):
                    known = arguments.keywords.get(name, NOTHING)
                    arguments.keywords[name] = join(known, tainted(held, value.taints))
            for key, cell in list(atom.cells.items()):
                if isinstance(key, tuple) and isinstance(key[1], str):
                    known = arguments.keywords.get(key[1], NOTHING)
                    arguments.keywords[key[1]] = join(known, tainted(frame.read(cell), value.taints))
            rest = frame.read(atom.cell(ELEMENT))
            if not (rest.atoms or rest.taints):
                continue
            value_rest = rest
        else:
            value_rest = Value(ANYTHING.atoms, value.taints)
        known_rest = arguments.keyword_star
        arguments.keyword_star = value_rest if known_rest is None else join(known_rest, value_rest)


def _override(frame: Frame, arguments: Arguments, node: ir.Expr) -> None:
    """Keywords spread from a dict whose items are known just here hold these alone."""
    path = path_to(frame, node)
    fields = (frame.env or {}).get(FIELDS) if path is not None else None
    for known, value in fields.known.items() if isinstance(fields, Fields) else ():
        field = known[-1]
        if known[:-1] == path and isinstance(field, tuple) and isinstance(field[1], str):
            arguments.keywords[field[1]] = value


def _collection(frame: Frame, node: ir.Collection) -> Value:
    machine = frame.machine
    made = machine.make(node.kind, node, frame.context)
    if not frame.loops:
        machine.single_objects.add(made)
    position: int | None = 0
    for item in node.items:
        if isinstance(item, ir.Starred):
            value = frame.eval(item.value)
            from tosguard.flow.items import positions

            known = None
            if len(value.atoms) == 1 and position is not None:
                (atom,) = value.atoms
                known = positions(frame, atom) if isinstance(atom, ObjectAtom) else None
            if known is not None and position is not None:
                for part in known:
                    machine.put(made, position, part)
                    position += 1
            else:
                position = None
                machine.put(made, REST, element_of(frame, value))
            continue
        value = frame.eval(item)
        if node.kind == "set":
            ask(frame, item, value, ("__hash__",))
        if value.taints is not None:
            value = frame.hop(value, item, "stored", f"put into a {node.kind}")
        if position is None or node.kind == "set":
            machine.put(made, REST, value)
        else:
            machine.put(made, position, value)
            position += 1
    return single(made)


def _dict(frame: Frame, node: ir.Dict) -> Value:
    machine = frame.machine
    made = machine.make("dict", node, frame.context)
    if not frame.loops:
        machine.single_objects.add(made)
    for number, (key_node, value_node) in enumerate(zip(node.keys, node.values, strict=True)):
        value = frame.eval(value_node)
        if key_node is None:
            from tosguard.flow.mappings import update

            update(frame, value_node, made, value, without=_overriding(frame, node, number))
            continue
        key = frame.eval(key_node)
        ask(frame, key_node, key, ("__hash__",))
        if value.taints is not None:
            name = repr(key_node.value) if isinstance(key_node, ir.Const) else "a key"
            value = frame.hop(value, value_node, "stored", f"stored under {name}")
        from tosguard.flow.items import write_item

        write_item(frame, single(made), key, value)
    return single(made)


def _overriding(frame: Frame, node: ir.Dict, number: int) -> frozenset[object]:
    """The keys of a display that come after what is spread at a position, and hide the same keys in it."""
    hiding: set[object] = set()
    for key_node, value_node in zip(node.keys[number + 1 :], node.values[number + 1 :], strict=True):
        if isinstance(key_node, ir.Const):
            hiding.add(key_node.value)
        elif isinstance(value_node, ir.Dict) and key_node is None:
            hiding.update(k.value for k in value_node.keys if isinstance(k, ir.Const))
    return frozenset(hiding)


def _lambda(frame: Frame, node: ir.Lambda) -> Value:
    return define_lambda(frame, node)


def _comprehension(frame: Frame, node: ir.Comprehension) -> Value:
    outer_env, outer_loops, outer_control = frame.env, frame.loops, frame.control
    if outer_env is None:
        return NOTHING
    frame.env = dict(outer_env)
    for clause in node.clauses:
        over = frame.eval(clause.iter)
        frame.loops = (
            LoopRecord(
                "comprehension",
                frame.context,
                clause.iter.start,
                clause.iter.end,
                over,
                (clause.target, clause.iter),
            ),
            *frame.loops,
        )
        _bind_local(frame, clause.target, element_of(frame, over, clause.target))
        for condition in clause.conditions:
            test = frame.eval(condition)
            ask(frame, condition, test, TRUTH)
            narrowed(frame, condition, True)
            if test.taints is not None:
                frame.control = test.taints if frame.control is None else {**frame.control, **test.taints}
    machine = frame.machine
    kind = {"generator": "list"}.get(node.kind, node.kind)
    made = machine.make(kind, node, frame.context)
    if node.value is not None:
        from tosguard.flow.items import write_item

        key, value = frame.eval(node.element), frame.eval(node.value)
        write_item(frame, single(made), key, frame.under_control(value))
        if key.taints is not None:
            machine.write(made.cell(KEYS), key)
    else:
        value = frame.under_control(frame.eval(node.element))
        machine.put(made, REST, frame.hop(value, node.element, "stored", "collected in a comprehension"))
        if len(node.clauses) == 1:
            made_of(frame, made, over)
    walruses = {k: v for k, v in (frame.env or {}).items() if k not in outer_env and k in frame.scope.bound}
    inner_fields = (frame.env or {}).get(FIELDS)
    frame.env, frame.loops, frame.control = {**outer_env, **walruses}, outer_loops, outer_control
    if FIELDS in outer_env:
        frame.env[FIELDS] = merged_fields(outer_env[FIELDS], inner_fields)
    return single(made)


def _bind_local(frame: Frame, target: ir.Expr, value: Value) -> None:
    """Binds a comprehension's variable: it lives in the comprehension alone."""
    env = frame.env
    if env is None:
        return
    if isinstance(target, ir.Name):
        forget_variable(env, target.id)
        env[target.id] = frame.hop(value, target, "looped", f"iterated as `{target.id}`") if value.taints else value
    elif isinstance(target, ir.Collection):
        from tosguard.flow.items import read_position

        for position, item in enumerate(target.items):
            if isinstance(item, ir.Starred):
                _bind_local(frame, item.value, element_of(frame, value))
            else:
                _bind_local(frame, item, read_position(frame, value, position))


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
    return join(left, right)


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
            result = join(result, observe_comparison(frame, node, op, left, right, taints))
        left = right
    return result


def _conditional(frame: Frame, node: ir.Conditional) -> Value:
    from tosguard.flow.branches import decided

    test = frame.eval(node.test)
    ask(frame, node.test, test, TRUTH)
    verdict = decided(frame, node.test, test)
    result = NOTHING
    outer = frame.env
    for truth, branch in ((True, node.body), (False, node.orelse)):
        if verdict is not (not truth):
            frame.env = None if outer is None else dict(outer)
            narrowed(frame, node.test, truth)
            result = join(result, frame.eval(branch))
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
        from tosguard.flow.values import Cell

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
    from tosguard.flow.assigning import assign

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
        ir.Collection: _collection,
        ir.Dict: _dict,
        ir.Lambda: _lambda,
        ir.Comprehension: _comprehension,
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
