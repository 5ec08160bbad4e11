"""Calls: what happens when a value is called, by what it may be."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from tosguard.flow.annotations import instance_of
from tosguard.flow.binding import bind_method
from tosguard.flow.callbacks import READERS, read_by_name, variants_for
from tosguard.flow.cli_defaults import may_be_command, parameter_default
from tosguard.flow.containers import call_container_method
from tosguard.flow.contexts import aim, aimed, context_for, context_of_crowd, unaim
from tosguard.flow.enumeration import members_by_value, missing_member
from tosguard.flow.fields import after_call
from tosguard.flow.focus import Stage
from tosguard.flow.frame import LATE, Frame
from tosguard.flow.graders import MATCHING, end_of_data, match_of_data
from tosguard.flow.handing import handed
from tosguard.flow.inheritance import class_attribute, external_bases, linearize, metaclass_of
from tosguard.flow.joining import join, merge_taints, tainted
from tosguard.flow.library import call_symbol, construct_base
from tosguard.flow.reach import reached
from tosguard.flow.receivers import MAX_RECEIVERS, by_method
from tosguard.flow.records import Arguments, CallEdge
from tosguard.flow.scopes import ClassScope, Scope
from tosguard.flow.values import (
    ANYTHING,
    BY_SERIAL,
    ELEMENT,
    KEYS,
    NOTHING,
    REST,
    Atom,
    BoundAtom,
    ClassAtom,
    FunctionAtom,
    MethodAtom,
    ObjectAtom,
    PartialAtom,
    SymbolAtom,
    Value,
    WrappedAtom,
    callables,
    constant,
    ordered,
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tosguard.flow.taints import Hop, Taint
    from tosguard.flow.values import Cell

#: Instances made of a class whose methods become commands that these are evaluated on.
MAX_MADE = 4
#: Functions and classes that one call in a large project may be of and is still followed on its own: beyond, what is
#: called is whatever a registry holds; all such calls share one context of a function, and one instance of a class.
MAX_TARGETS = 16
#: Classes that one call may make an instance of and is followed at all: what could be any of more is not known.
#: Functions have no such bound, for one decorator may stand at hundreds of them.
MAX_FOLLOWED = 128
_TARGETS = (FunctionAtom, BoundAtom, ClassAtom)
#: What the name of a method of the receiver begins with, where a function to apply is named.
OWN = "self."


def call(
    frame: Frame, node: ir.Node, callee: Value, arguments: Arguments, opened: tuple[PartialAtom, ...] = ()
) -> Value:
    """Calls everything a value may be and joins the results.

    Args:
        frame: where the call stands.
        node: the call.
        callee: what is called.
        arguments: what it is given.
        opened: the partials that ``callee`` was unpacked from: ``f = partial(f, x)`` in a loop holds itself, and the
            arguments of one more round say nothing new.
    """
    result = NOTHING
    atoms: Collection[Atom] = callee.atoms
    if len(atoms) > 1:
        atoms = sorted(atoms, key=BY_SERIAL)
        if arguments.site is not None:  # which of them ran is not known, nor what it left behind
            arguments = replace(arguments, site=None)
    if len(callee.atoms) > MAX_RECEIVERS:
        groups, atoms = by_method(frame, node, atoms)
        for function, receivers in groups:
            result = join(result, enter_for_all(frame, node, function, receivers, arguments))
    if len(atoms) > MAX_TARGETS:
        frame.machine.steps += len(atoms) >> 2
        if sum(isinstance(a, ClassAtom) for a in atoms) > MAX_FOLLOWED and not frame.machine.every_branch:
            atoms = _beside_classes(frame, atoms)
            result = Value(ANYTHING.atoms, _argument_taints(frame, arguments))
        if frame.machine.stage is Stage.FOCUSED and _targets(atoms) > MAX_TARGETS:
            arguments = replace(arguments, crowded=True)
    for atom in atoms:
        if isinstance(atom, PartialAtom):
            result = join(result, _call_partial(frame, node, atom, arguments, opened))
        else:
            result = join(result, _call_atom(frame, node, atom, callee, arguments))
    if callee.taints is not None:
        if (tested := end_of_data(frame, node, callee, arguments)) is not None:
            return tested
        taints = merge_taints(callee.taints, _argument_taints(frame, arguments))
        result = Value(result.atoms or ANYTHING.atoms, merge_taints(result.taints, taints))
    return result


def _targets(atoms: Iterable[Atom]) -> int:
    """How many functions and classes of the project are among called things."""
    return len({a.function if isinstance(a, BoundAtom) else a for a in atoms if isinstance(a, _TARGETS)})


def _beside_classes(frame: Frame, atoms: Iterable[Atom]) -> list[Atom]:
    """What is called but for the classes of the project."""
    frame.machine.notices.add(
        f"calls that may be of more than {MAX_FOLLOWED} classes are not followed into these", frame.scope.dotted
    )
    return [a for a in atoms if not isinstance(a, ClassAtom)]


def _call_atom(frame: Frame, node: ir.Node, atom: Atom, callee: Value, arguments: Arguments) -> Value:
    dispatched = frame.machine.dispatched
    if isinstance(atom, FunctionAtom):
        if dispatched and atom in dispatched:
            return _dispatch(frame, node, atom, arguments)
        return enter(frame, node, atom, arguments)
    if isinstance(atom, SymbolAtom):
        result = call_symbol(frame, node, atom, arguments)
        return tainted(result, match_of_data(frame, node, callee, arguments)) if atom.path in MATCHING else result
    if dispatched and isinstance(atom, BoundAtom) and atom.function in dispatched:
        return _dispatch(frame, node, atom.function, arguments, atom.receiver)
    if isinstance(atom, BoundAtom):
        return enter(frame, node, atom.function, arguments, atom.receiver)
    if isinstance(atom, MethodAtom):
        return call_container_method(frame, node, atom, arguments)
    if isinstance(atom, ClassAtom):
        return instantiate(frame, node, atom, arguments)
    if isinstance(atom, ObjectAtom) and atom.cls is not None:
        return call_method(frame, node, single(atom), "__call__", ANYTHING, replace(arguments, site=None))
    if isinstance(atom, ObjectAtom) and atom.kind in READERS:
        return read_by_name(frame, node, atom, arguments)
    if isinstance(atom, WrappedAtom):
        return call(frame, node, atom.function, arguments)
    return Value(ANYTHING.atoms, _argument_taints(frame, arguments))


def _call_partial(
    frame: Frame, node: ir.Node, atom: PartialAtom, arguments: Arguments, opened: tuple[PartialAtom, ...]
) -> Value:
    if atom in opened:
        return NOTHING
    merged = Arguments(
        [*atom.positional, *arguments.positional],
        {**atom.keywords, **arguments.keywords},
        arguments.star,
        arguments.keyword_star,
        crowded=arguments.crowded,
    )
    return call(frame, node, atom.function, merged, (*opened, atom))


def _dispatch(
    frame: Frame, node: ir.Node, generic: FunctionAtom, arguments: Arguments, receiver: Atom | None = None
) -> Value:
    result = NOTHING
    for function in variants_for(frame, generic, arguments):
        result = join(result, enter(frame, node, function, arguments, receiver))
    return result


def _argument_taints(frame: Frame, arguments: Arguments) -> Mapping[Taint, Hop] | None:
    return reached(frame, arguments.every())


def caller_name(scope: Scope | None) -> str:
    """The call graph's name of a scope: a class body runs as part of what encloses it."""
    while isinstance(scope, ClassScope):
        scope = scope.parent
    return scope.dotted if scope is not None else ""


def enter(frame: Frame, node: ir.Node, atom: FunctionAtom, arguments: Arguments, receiver: Atom | None = None) -> Value:
    """Calls a function of the project: binds its parameters, finds its context, evaluates it if new, returns its
    result."""
    machine = frame.machine
    site, crowded = arguments.site, arguments.crowded
    if receiver is not None:
        arguments = Arguments(
            [single(receiver), *arguments.positional], arguments.keywords, arguments.star, arguments.keyword_star
        )
    parameters = bind_parameters(frame, node, atom, arguments)
    edge = CallEdge(frame.context, node, frame.loops, frame.guards)
    machine.edges.setdefault((caller_name(frame.scope), atom.scope.dotted))
    if crowded:
        context, fresh = context_of_crowd(machine, atom, parameters)
    else:
        context, fresh = context_for(machine, atom, parameters, edge, aimed(machine, edge, atom, receiver))
    aim(machine, edge, atom, receiver, context)
    if fresh and not context.running:
        machine.run_or_wait(context)
    if context.births:
        machine.gives_birth(frame.context)
    if context.raised is not None:
        frame.throw(frame.read(context.raised))
    after_call(frame, site, context, receiver)
    result = frame.read(context.result)
    if result.taints is not None:
        result = frame.hop(result, node, "returned", f"returned by `{atom.scope.node.name}`")
    return result


def enter_for_all(
    frame: Frame, node: ir.Node, atom: FunctionAtom, receivers: Sequence[Atom], arguments: Arguments
) -> Value:
    """Calls a method once for many receivers: one evaluation in which ``self`` is any of them."""
    for receiver in receivers:
        unaim(frame.machine, frame.context, node, atom, receiver)
    me = Value(frozenset(receivers))
    given = Arguments([me, *arguments.positional], arguments.keywords, arguments.star, arguments.keyword_star)
    return enter(frame, node, atom, given)


def bind_parameters(frame: Frame, node: ir.Node, atom: FunctionAtom, arguments: Arguments) -> dict[str, Value]:
    """The value of each parameter of a function for a call's arguments."""
    parameters: dict[str, Value] = {}
    positional = list(arguments.positional)
    keywords = dict(arguments.keywords)
    name = atom.scope.node.name
    for parameter in atom.scope.node.parameters:
        kind = parameter.kind
        if kind == "args":
            parameters[parameter.name] = _extra_positional(frame, node, parameter, positional, arguments)
            positional = []
            continue
        if kind == "kwargs":
            parameters[parameter.name] = _extra_keywords(frame, node, parameter, keywords, arguments)
            continue
        value: Value | None = None
        if kind != "keyword" and positional:
            value = positional.pop(0)
        elif kind != "positional" and parameter.name in keywords:
            value = keywords.pop(parameter.name)
        if value is None:
            value = _missing(frame, atom, parameter, arguments)
        if parameter.annotation is not None and value.atoms == ANYTHING.atoms:
            value = join(value, declared(frame, atom, parameter))
        if value.taints is not None:
            value = frame.hop(value, node, "passed", f"passed to `{name}` as `{parameter.name}`")
        parameters[parameter.name] = value
    return parameters


def _missing(frame: Frame, atom: FunctionAtom, parameter: ir.Parameter, arguments: Arguments) -> Value:
    value = parameter_default(frame, atom, parameter.name)
    for extra in (arguments.star if parameter.kind != "keyword" else None, arguments.keyword_star):
        if extra is not None:
            value = extra if value is None else join(value, extra)
    return ANYTHING if value is None else value


def declared(frame: Frame, atom: FunctionAtom, parameter: ir.Parameter) -> Value:
    """An instance of a parameter's annotated type, evaluated where the function is defined."""
    key = (atom, parameter.name)
    known = frame.machine.declared.get(key)
    if known is None:
        known = instance_of(Frame(frame.machine, atom.closure), parameter.annotation)
        if known.atoms or not frame.machine.importing:
            frame.machine.declared[key] = known
    return known


def _extra_positional(
    frame: Frame, node: ir.Node, parameter: ir.Parameter, positional: list[Value], arguments: Arguments
) -> Value:
    machine = frame.machine
    made = machine.make("tuple", (id(node), id(parameter)), frame.context)
    for i, value in enumerate(positional):
        machine.put(made, i, value)
    if arguments.star is not None:
        machine.put(made, REST, arguments.star)
    return single(made)


def _extra_keywords(
    frame: Frame, node: ir.Node, parameter: ir.Parameter, keywords: dict[str, Value], arguments: Arguments
) -> Value:
    machine = frame.machine
    made = machine.make("dict", (id(node), id(parameter)), frame.context)
    for key, value in keywords.items():
        machine.put(made, key, value)
        machine.write(made.cell(KEYS), constant(key))
    if arguments.keyword_star is not None:
        machine.put(made, REST, arguments.keyword_star)
    return single(made)


def instantiate(frame: Frame, node: ir.Node, cls: ClassAtom, arguments: Arguments, *, plainly: bool = False) -> Value:
    """Makes an instance of a class of the project; ``plainly`` where its metaclass was asked already."""
    machine = frame.machine
    arguments = replace(arguments, site=None)
    meta = metaclass_of(cls)
    maker = class_attribute(frame, meta, "__call__") if meta is not None and not plainly else None
    if maker is not None:
        return call(frame, node, bind_method(frame, maker, cls, meta, node), arguments)
    if len(arguments.positional) == 1:
        members = join(
            members_by_value(frame, cls, arguments.positional[0]), missing_member(frame, node, cls, arguments)
        )
        if members.atoms:
            return members
    made = machine.make("instance", node, frame.context, cls, shared=arguments.crowded)
    if not frame.loops and not arguments.crowded:
        machine.single_objects.add(made)
    me = single(made)
    for symbol in external_bases(cls):
        record = construct_base(frame, node, symbol, arguments)
        if record is not None and made.record is None:
            made.record = record
    creator = class_attribute(frame, cls, "__new__")
    if creator is not None:
        for function in callables(creator):
            if isinstance(function, FunctionAtom):
                me = join(me, enter(frame, node, function, arguments, cls))
        given = frozenset(a for a in me.atoms if isinstance(a, ObjectAtom))
        others = frozenset(a for a in given if a.cls is not None and cls not in linearize(a.cls))
        if others and len(others) == len(given) - 1:
            return Value(others, me.taints)
        own = given - others - {made}
        me = Value(own or given, me.taints)  # what ``object.__new__`` made stands for the instance
    instances = [a for a in ordered(me) if isinstance(a, ObjectAtom)]
    for instance in instances:
        _initialize(frame, node, instance, cls, arguments)
    return me


def _initialize(frame: Frame, node: ir.Node, made: ObjectAtom, cls: ClassAtom, arguments: Arguments) -> None:
    """Calls ``__init__`` on a new instance, or fills the fields of a class that has none."""
    initializer = class_attribute(frame, cls, "__init__")
    if initializer is not None:
        call(frame, node, bind_method(frame, initializer, made, cls, node), arguments)
    else:
        _fill_fields(frame, node, made, cls, arguments)
        after = class_attribute(frame, cls, "__post_init__")
        if after is not None:
            given = _given_to_initializer(made, cls)
            call(frame, node, bind_method(frame, after, made, cls, node), Arguments([frame.read(c) for c in given]))


def _given_to_initializer(made: ObjectAtom, cls: ClassAtom) -> list[Cell]:
    """The fields of a dataclass that ``__post_init__`` takes as arguments (``dataclasses.InitVar``)."""
    fields = {name: note for c in reversed(linearize(cls)) for name, note, _ in c.scope.annotated}
    return [made.cell(name) for name, note in fields.items() if _label(note) == "InitVar"]


def _label(annotation: ir.Expr) -> str:
    """The last name of an annotation, without its parameters."""
    inner = annotation.value if isinstance(annotation, ir.Subscript) else annotation
    return inner.id if isinstance(inner, ir.Name) else inner.attr if isinstance(inner, ir.Attribute) else ""


def _fill_fields(frame: Frame, node: ir.Node, made: ObjectAtom, cls: ClassAtom, arguments: Arguments) -> None:
    """A class without ``__init__``: dataclasses, pydantic models and named tuples take their fields as arguments."""
    machine = frame.machine
    fields = cls.fields
    for name, value in zip(fields, arguments.positional, strict=False):
        machine.write(made.cell(name), frame.hop(value, node, "stored", f"stored in field `{name}`"))
    for name, value in arguments.keywords.items():
        machine.write(made.cell(name), frame.hop(value, node, "stored", f"stored in field `{name}`"))
    for extra in (arguments.star, arguments.keyword_star):
        if extra is not None:
            for name in fields or ():
                machine.write(made.cell(name), extra)
    for name in fields[len(arguments.positional) :] if machine.fresh else ():
        default = class_attribute(frame, cls, name) if name not in arguments.keywords else None
        for atom in default.atoms if default is not None else ():
            if atom in machine.fresh and isinstance(atom, ObjectAtom):
                own = machine.make(atom.kind, (id(node), name), frame.context, None)
                machine.write(made.cell(name), single(own))


def find_method(frame: Frame, atom: ObjectAtom, name: str) -> Value | None:
    """The project's method of this name on an instance."""
    return class_attribute(frame, atom.cls, name) if atom.cls is not None else None


def call_method(
    frame: Frame, node: ir.Node, receiver: Value, name: str, default: Value, arguments: Arguments | None = None
) -> Value:
    """Calls a method of everything a value may be. What has no such method gives ``default`` (itself where ``default``
    is the receiver)."""
    machine = frame.machine
    arguments = arguments if arguments is not None else Arguments([])
    result = NOTHING
    for atom in sorted(receiver.atoms, key=BY_SERIAL):
        if isinstance(atom, ObjectAtom) and atom.cls is not None:
            method = class_attribute(frame, atom.cls, name)
            if method is not None:
                result = join(result, call(frame, node, bind_method(frame, method, atom, atom.cls, node), arguments))
                continue
            if external_bases(atom.cls) and name == "__call__":
                result = join(result, _call_inherited(frame, node, atom, atom.cls, arguments))
                continue
        elif isinstance(atom, ObjectAtom) and atom.kind == "generator" and name in ("__enter__", "__aenter__"):
            result = join(result, frame.read(atom.cell(ELEMENT)))
            continue
        elif isinstance(atom, SymbolAtom) and name in ("__enter__", "__aenter__"):
            path = machine.canonical(f"{atom.path}.{name}()")
            if machine.catalogue.is_prefix(path):
                result = join(result, single(machine.symbol(path, atom.record)))
                continue
        result = join(result, single(atom) if default is receiver else default)
    if default is receiver or receiver.taints is not None:
        result = tainted(result, receiver.taints)
    return result


def _call_inherited(frame: Frame, node: ir.Node, atom: ObjectAtom, cls: ClassAtom, arguments: Arguments) -> Value:
    """Calls an instance whose class has no ``__call__`` of the project: that of the library class it derives from, or
    the methods of the project that this runs (``applies: {function: [self.forward]}``)."""
    machine = frame.machine
    result = NOTHING
    for base in external_bases(cls):
        entry = machine.entry(machine.canonical(f"{base}()()"))
        slots = entry.applies.function if entry is not None and entry.applies is not None else ()
        named = [slot.removeprefix(OWN) for slot in slots if isinstance(slot, str) and slot.startswith(OWN)]
        methods = [found for name in named if (found := class_attribute(frame, cls, name)) is not None]
        for method in methods:
            result = join(result, call(frame, node, bind_method(frame, method, atom, cls, node), arguments))
        if not methods:
            symbol = machine.symbol(f"{base}()" if entry is not None else f"{base}().__call__", atom.record)
            result = join(result, call(frame, node, single(symbol), arguments))
    return result


def call_unknown(frame: Frame, atom: FunctionAtom) -> None:
    """Evaluates a function that nobody is seen to call: parameters are their defaults, annotated types, or anything."""
    machine = frame.machine
    parameters: dict[str, Value] = {}
    receiver = _unknown_receiver(frame, atom)
    for position, parameter in enumerate(atom.scope.node.parameters):
        value = ANYTHING
        if position == 0 and receiver is not None:
            value = receiver
        else:
            default = parameter_default(frame, atom, parameter.name)
            value = ANYTHING if default is None else join(default, ANYTHING)
        if parameter.annotation is not None and value is not receiver and parameter.kind not in ("args", "kwargs"):
            value = join(value, declared(frame, atom, parameter))
        if position > 0 or receiver is None:
            value = handed(frame, atom, parameter, value)
        parameters[parameter.name] = value
    context, fresh = context_for(machine, atom, parameters, None)
    context.root = True
    if fresh:
        machine.run_or_wait(context)


def _unknown_receiver(frame: Frame, atom: FunctionAtom) -> Value | None:
    if atom.owner is None:
        return None
    decorators = list(atom.scope.node.decorators)
    names = {getattr(d, "id", "") for d in decorators}
    if "staticmethod" in names:
        return None
    if "classmethod" in names:
        return single(atom.owner)
    generic = single(frame.machine.generic_instance(atom.owner))
    if not may_be_command(atom):
        return generic
    # The library that runs the command made the instance.
    made = (o for o in frame.machine.objects.values() if o.cls is atom.owner and o.kind == "instance")
    return join(generic, Value(frozenset(islice(made, MAX_MADE))))


LATE["call"] = call
