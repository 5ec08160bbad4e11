"""Definitions: functions, lambdas and classes as values, decorators applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.attributes import bind_method, class_attribute
from tosguard.flow.items import positions
from tosguard.flow.frame import LATE
from tosguard.flow.records import Arguments
from tosguard.flow.scopes import ClassScope, FunctionScope
from tosguard.flow.values import (
    NOTHING,
    SUBCLASSES,
    Atom,
    ClassAtom,
    FunctionAtom,
    ObjectAtom,
    SymbolAtom,
    Unknown,
    Value,
    WrappedAtom,
    join,
    single,
    texts,
)

if TYPE_CHECKING:
    from tosguard.flow.frame import Frame
    from tosguard.syntax import ir

_WRAPPING = {
    "builtins.staticmethod": "staticmethod",
    "builtins.classmethod": "classmethod",
    "builtins.property": "property",
    "abc.abstractproperty": "property",
    "functools.cached_property": "property",
}
_DISPATCHING = frozenset({"functools.singledispatch", "functools.singledispatchmethod"})


def _function_atom(frame: Frame, scope: FunctionScope) -> FunctionAtom:
    machine = frame.machine
    key = (scope, frame.context)
    found = machine.functions.get(key)
    if found is None:
        found = machine.functions[key] = FunctionAtom(scope, frame.context, frame.context.namespace)
    for parameter in scope.node.parameters:
        if parameter.default is not None:
            value = frame.eval(parameter.default)
            found.defaults[parameter.name] = join(found.defaults.get(parameter.name, NOTHING), value)
    return found


def define_lambda(frame: Frame, node: ir.Lambda) -> Value:
    """The value of a lambda."""
    scope = frame.module.by_node[id(node.function)]
    assert isinstance(scope, FunctionScope)
    return single(_function_atom(frame, scope))


def define_function(frame: Frame, node: ir.Function) -> Value:
    """The value that a ``def`` binds: the function behind its decorators."""
    scope = frame.module.by_node[id(node)]
    assert isinstance(scope, FunctionScope)
    atom = _function_atom(frame, scope)
    value = single(atom)
    for decorator in reversed(node.decorators):
        value = decorated(frame, decorator, frame.eval(decorator), value, node.name)
    return value


def decorated(frame: Frame, node: ir.Expr, decorator: Value, value: Value, name: str) -> Value:
    """What a decorator makes of a function or class."""
    result = NOTHING
    for atom in sorted(decorator.atoms, key=lambda a: a.serial):
        if isinstance(atom, SymbolAtom):
            result = join(result, _library_decorator(frame, node, atom, value))
        elif isinstance(atom, WrappedAtom):
            if frame.context.namespace is not None:
                frame.machine.write(frame.context.namespace.cell(f"{name}.setter"), value)
            result = join(result, single(atom))
        elif isinstance(atom, Atom) and hasattr(atom, "serial"):
            made = frame.call(node, single(atom), Arguments([value]))
            known = Value(frozenset(a for a in made.atoms if a.__class__.__name__ != "Unknown"), made.taints)
            result = join(result, known if known.atoms else NOTHING)
    return result if result.atoms else value


def _library_decorator(frame: Frame, node: ir.Expr, atom: SymbolAtom, value: Value) -> Value:
    machine = frame.machine
    path = machine.canonical(atom.path)
    kind = _WRAPPING.get(path)
    if kind:
        return single(machine.wrapper(kind, value))
    if path in LATE["natives"]:  # type: ignore[operator]
        made = frame.call(node, single(atom), Arguments([value]))
        return made if any(not isinstance(a, Unknown) for a in made.atoms) else value
    if path in _DISPATCHING:
        for function in value.atoms:
            if isinstance(function, FunctionAtom):
                machine.dispatched.setdefault(function, {})
        return value
    entry = machine.entry(path)
    if entry is not None and not entry.transparent:
        frame.call(node, single(atom), Arguments([value]))
    elif entry is None and path.endswith("()"):
        made = machine.entry(path[:-2])
        if made is not None and made.role == "serve" and atom.record is not None:
            machine.served(atom.record, value)
    return value


def define_class(frame: Frame, node: ir.Class) -> Value:
    """The value that a ``class`` statement binds; its body is executed."""
    frame.publish()
    machine = frame.machine
    scope = frame.module.by_node[id(node)]
    assert isinstance(scope, ClassScope)
    key = (scope, frame.context)
    atom = machine.classes.get(key)
    if atom is None:
        atom = machine.classes[key] = ClassAtom(scope)
    _set_bases(frame, node, atom)
    context = machine.class_contexts.get(atom)
    if context is None:
        context = machine.class_context(atom, frame.context)
    if not context.running:
        machine.run(context)
    _announce(frame, node, atom)
    value = single(atom)
    for decorator in reversed(node.decorators):
        value = decorated(frame, decorator, frame.eval(decorator), value, node.name)
    return value


def _set_bases(frame: Frame, node: ir.Class, atom: ClassAtom) -> None:
    bases: list[ClassAtom] = []
    external: list[str] = []
    for argument in node.arguments:
        value = frame.eval(argument.value)
        if argument.keyword == "metaclass":
            atom.metaclass = next((a for a in value.atoms if isinstance(a, ClassAtom)), None)
        if argument.keyword is not None or argument.stars:
            continue
        for base in sorted(value.atoms, key=lambda a: a.serial):
            if isinstance(base, ClassAtom) and base is not atom:
                bases.append(base)
                frame.machine.write(base.cell(SUBCLASSES), single(atom))
            elif isinstance(base, SymbolAtom):
                external.append(frame.machine.canonical(base.path.removesuffix("[]")))
    if tuple(bases) != atom.bases or tuple(external) != atom.external:
        atom.bases, atom.external, atom.mro_cache = tuple(bases), tuple(external), None
    inherited = [f for b in reversed(bases) for f in b.fields]
    own = [name for name, _, _ in atom.scope.annotated]  # type: ignore[attr-defined]
    atom.fields = tuple(dict.fromkeys([*inherited, *own]))


def built_class(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """``type(name, bases, namespace)``."""
    machine = frame.machine
    name = next(iter(texts(arguments.positional[0])), "type")
    key = (id(node), frame.context)
    atom = machine.built.get(key)
    if atom is None:
        from tosguard.syntax import ir as tree

        made = tree.Class(node.start, node.end, name, node.start, (), (), ())
        atom = machine.built[key] = ClassAtom(ClassScope(made, f"{frame.scope.dotted}.{name}", frame.scope))
    bases: list[ClassAtom] = []
    for listed in arguments.positional[1].atoms:
        for item in positions(frame, listed) or () if isinstance(listed, ObjectAtom) else ():
            bases.extend(a for a in item.atoms if isinstance(a, ClassAtom))
    atom.bases, atom.mro_cache = tuple(bases), None
    for listed in arguments.positional[2].atoms:
        for field, cell in list(listed.cells.items()) if isinstance(listed, ObjectAtom) else ():
            if isinstance(field, tuple):
                machine.write(atom.cell(field[1]), frame.read(cell))
    return single(atom)


def _announce(frame: Frame, node: ir.Class, atom: ClassAtom) -> None:
    """Calls the bases' ``__init_subclass__`` hook, by which classes register themselves."""
    for base in atom.bases:
        hook = class_attribute(frame, base, "__init_subclass__")
        if hook is not None:
            frame.call(node, bind_method(frame, hook, atom, atom, node), Arguments([]))
            return
