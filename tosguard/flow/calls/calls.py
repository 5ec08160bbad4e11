"""Calls: what happens when a value is called, by what it may be."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from tosguard.flow.calls.contexts import aim, aimed, context_for, context_of_crowd, unaim
from tosguard.flow.calls.handing import handed
from tosguard.flow.calls.library import call_symbol
from tosguard.flow.calls.parameters import bind_parameters, declared
from tosguard.flow.calls.receivers import MAX_RECEIVERS, by_method
from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.inheritance import class_attribute, external_bases
from tosguard.flow.language.instantiation import instantiate
from tosguard.flow.language.scopes import ClassScope, Scope
from tosguard.flow.natives.callbacks import READERS, read_by_name, variants_for
from tosguard.flow.natives.containers import call_container_method
from tosguard.flow.natives.graders import MATCHING, end_of_data, match_of_data
from tosguard.flow.programs.cli_defaults import may_be_command, parameter_default
from tosguard.flow.solver.counting import SUMS, counted
from tosguard.flow.solver.focus import Stage
from tosguard.flow.solver.frame import LATE, Frame
from tosguard.flow.solver.records import Arguments, CallEdge
from tosguard.flow.values.fields import after_call
from tosguard.flow.values.joining import join, merge_taints, tainted
from tosguard.flow.values.reach import reached
from tosguard.flow.values.values import (
    ANYTHING,
    BY_SERIAL,
    ELEMENT,
    NOTHING,
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
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tosguard.flow.values.taints import Hop, Taint

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
    return _summed(frame, node, result) if _sums_up(node) else result


def _sums_up(node: ir.Node) -> bool:
    """Whether a method of this name adds up what it is called on: ``(said == wanted).mean()``."""
    return isinstance(node, ir.Call) and isinstance(node.func, ir.Attribute) and node.func.attr in SUMS


def _summed(frame: Frame, node: ir.Node, value: Value) -> Value:
    """What a sum gives: the number alone where it says how often what was compared agreed."""
    carried = Value(ANYTHING.atoms, reached(frame, value))
    found = counted(frame, node, carried) if carried.taints is not None else carried
    return value if found is carried else found


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
