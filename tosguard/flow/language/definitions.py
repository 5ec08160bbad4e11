"""Definitions: functions, lambdas and classes as values, decorators applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.calls.handing import serve, serve_methods
from tosguard.flow.language.annotations import run_annotations
from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.enumeration import enum_member
from tosguard.flow.language.inheritance import class_attribute, external_bases, metaclass_of, possible_bases
from tosguard.flow.language.items import positions
from tosguard.flow.language.scopes import ClassScope, FunctionScope
from tosguard.flow.solver.frame import LATE
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    ANYTHING,
    BY_SERIAL,
    KEYS,
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
    constant,
    ordered,
    single,
    texts,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame

_WRAPPING = {
    "builtins.staticmethod": "staticmethod",
    "builtins.classmethod": "classmethod",
    "builtins.property": "property",
    "abc.abstractproperty": "property",
    "functools.cached_property": "property",
}
_CONTEXT_DECORATORS = ("contextlib.ContextDecorator", "contextlib.AsyncContextDecorator")
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
    run_annotations(frame, node)
    value = single(atom)
    for decorator in reversed(node.decorators):
        found = frame.eval(decorator)
        if isinstance(decorator, ir.Call) and decorator.arguments and any(map(_is_wraps, found.atoms)):
            wrapped = frame.eval(decorator.arguments[0].value)
            frame.machine.write(frame.machine.function_field(scope.dotted, "__wrapped__"), wrapped)
        value = decorated(frame, decorator, found, value, node.name)
    return value


def _is_wraps(atom: Atom) -> bool:
    return isinstance(atom, SymbolAtom) and atom.path == "functools.wraps()"


def decorated(frame: Frame, node: ir.Expr, decorator: Value, value: Value, name: str) -> Value:
    """What a decorator makes of a function or class."""
    result = NOTHING
    for atom in sorted(decorator.atoms, key=BY_SERIAL):
        if isinstance(atom, SymbolAtom):
            result = join(result, _library_decorator(frame, node, atom, value))
        elif isinstance(atom, WrappedAtom):
            if frame.context.namespace is not None:
                frame.machine.write(frame.context.namespace.cell(f"{name}.{getattr(node, 'attr', 'setter')}"), value)
            result = join(result, single(atom))
        elif isinstance(atom, ObjectAtom) and atom.cls is not None and _enters(atom.cls):
            for name_, given in (("__enter__", 0), ("__exit__", 3)):
                method = class_attribute(frame, atom.cls, name_)
                if method is not None:
                    bound = bind_method(frame, method, atom, atom.cls, node)
                    frame.call(node, bound, Arguments([ANYTHING] * given))
            result = join(result, value)
        elif isinstance(atom, Atom) and hasattr(atom, "serial"):
            made = frame.call(node, single(atom), Arguments([value]))
            known = Value(frozenset(a for a in made.atoms if a.__class__.__name__ != "Unknown"), made.taints)
            _note_wrappers(frame, known, value)
            result = join(result, known if known.atoms else NOTHING)
    return result if result.atoms else value


def _note_wrappers(frame: Frame, made: Value, value: Value) -> None:
    """Notes the functions that a decorator of the project puts in place of what it decorates: a closure that the
    decorator makes, the ``__call__`` of an instance."""
    for atom in made.atoms:
        if isinstance(atom, FunctionAtom) and atom not in value.atoms and isinstance(atom.closure.scope, FunctionScope):
            frame.machine.wrappers.add(atom.scope)
        elif isinstance(atom, ObjectAtom) and atom.cls is not None:
            method = class_attribute(frame, atom.cls, "__call__")
            for function in method.atoms if method is not None else ():
                if isinstance(function, FunctionAtom):
                    frame.machine.wrappers.add(function.scope)


def _enters(cls: ClassAtom) -> bool:
    """Whether an instance as decorator puts calls of what it decorates into its ``with`` block."""
    return any(base in _CONTEXT_DECORATORS for base in external_bases(cls))


def _library_decorator(frame: Frame, node: ir.Expr, atom: SymbolAtom, value: Value) -> Value:
    machine = frame.machine
    path = machine.canonical(atom.path)
    kind = _WRAPPING.get(path)
    if kind:
        return single(machine.wrapper(kind, value))
    if path in LATE["natives"]:  # type: ignore[operator]
        given = frame.call(node, single(atom), Arguments([value]))
        return given if any(not isinstance(a, Unknown) for a in given.atoms) else value
    if path in _DISPATCHING:
        for function in value.atoms:
            if isinstance(function, FunctionAtom):
                machine.variants_of(function)
        return value
    entry = machine.entry(path)
    if entry is not None and not entry.transparent:
        frame.call(node, single(atom), Arguments([value]))
    elif entry is not None:
        serve(frame, node, path, entry, atom, value)
    elif path.endswith("()"):
        made = machine.entry(path[:-2])
        if made is not None and made.transparent:
            serve(frame, node, path[:-2], made, atom, value)
        elif made is not None and made.role == "serve" and atom.record is not None:
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
    serve_methods(frame, node, atom)
    _made_by_metaclass(frame, node, atom)
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
        for base in possible_bases(frame.machine, value, atom):
            bases.append(base)
            frame.machine.write(base.cell(SUBCLASSES), single(atom))
        external.extend(
            frame.machine.canonical(base.path.removesuffix("[]"))
            for base in ordered(value)
            if isinstance(base, SymbolAtom)
        )
    if tuple(bases) != atom.bases or tuple(external) != atom.external:
        atom.bases, atom.external, atom.mro_cache = tuple(bases), tuple(external), None
    inherited = [f for b in reversed(bases) for f in b.fields]
    own = [name for name, _, _ in atom.scope.annotated]
    atom.fields = tuple(dict.fromkeys([*inherited, *own]))


def _made_by_metaclass(frame: Frame, node: ir.Class, atom: ClassAtom) -> None:
    """Calls what making a class calls: the metaclass's ``__new__`` and ``__init__``, the fields' ``__set_name__``."""
    meta = metaclass_of(atom)
    prepare = class_attribute(frame, meta, "__prepare__") if meta is not None else None
    if prepare is not None and meta is not None:
        given = [constant(node.name), ANYTHING]
        frame.call(node, bind_method(frame, prepare, meta, meta, node), Arguments(given))
    if meta is not None:
        _run_metaclass(frame, node, atom, meta)
    if any(base.startswith("enum.") for base in external_bases(atom)):
        _make_members(frame, node, atom)
    for field, cell in list(atom.cells.items()):
        for held in cell.value.atoms:
            if isinstance(held, ObjectAtom) and held.cls is not None:
                hook = class_attribute(frame, held.cls, "__set_name__")
                if hook is not None:
                    given = [single(atom), constant(str(field))]
                    frame.call(node, bind_method(frame, hook, held, held.cls, node), Arguments(given))


def _run_metaclass(frame: Frame, node: ir.Class, atom: ClassAtom, meta: ClassAtom) -> None:
    """Calls a metaclass's ``__new__`` and ``__init__``; what they put into the namespace is in the class."""
    machine = frame.machine
    namespace = machine.make("dict", (id(node), "namespace"), frame.context)
    bases = machine.make("tuple", (id(node), "bases"), frame.context)
    for position, base in enumerate(atom.bases):
        machine.put(bases, position, single(base))
    for field, cell in list(atom.cells.items()):
        if isinstance(field, str) and not field.startswith("<"):
            machine.put(namespace, field, frame.read(cell))
            machine.write(namespace.cell(KEYS), constant(field))
    for name, first in (("__new__", meta), ("__init__", atom)):
        method = class_attribute(frame, meta, name)
        if method is not None:
            given = [single(first), constant(node.name), single(bases), single(namespace)]
            keywords = {a.keyword: frame.eval(a.value) for a in node.arguments if a.keyword not in (None, "metaclass")}
            frame.call(node, method, Arguments(given, {k: v for k, v in keywords.items() if k is not None}))
    for key, cell in list(namespace.cells.items()):
        if isinstance(key, tuple) and isinstance(key[1], str):
            machine.write(atom.cell(key[1]), frame.read(cell))


def _make_members(frame: Frame, node: ir.Class, atom: ClassAtom) -> None:
    """Calls the ``__init__`` of an enumeration for each of its members, with what it is assigned."""
    method = class_attribute(frame, atom, "__init__")
    if method is None:
        return
    named = [(n, c) for n, c in atom.cells.items() if isinstance(n, str) and not n.startswith(("_", "<"))]
    for held, member in [(h, m) for n, c in named for h in ordered(frame.read(c)) for m in _members(frame, atom, n, h)]:
        known = positions(frame, held) if isinstance(held, ObjectAtom) and held.kind == "tuple" else None
        given = Arguments([single(held)] if known is None else known)
        frame.call(node, bind_method(frame, method, member, atom, node), given)


def _members(frame: Frame, cls: ClassAtom, name: str, held: Atom) -> list[ObjectAtom]:
    found = enum_member(frame, cls, name, held).atoms
    return [a for a in found if isinstance(a, ObjectAtom) and a.site == "member"]


def built_class(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """``type(name, bases, namespace)``."""
    machine = frame.machine
    name = next(iter(texts(arguments.positional[0])), "type")
    atom = _built(frame, node, name)
    bases: list[ClassAtom] = []
    for listed in arguments.positional[1].atoms:
        for item in positions(frame, listed) or () if isinstance(listed, ObjectAtom) else ():
            bases.extend(possible_bases(machine, item, atom))
    atom.bases, atom.mro_cache = tuple(bases), None
    for listed in arguments.positional[2].atoms:
        for field, cell in list(listed.cells.items()) if isinstance(listed, ObjectAtom) else ():
            if isinstance(field, tuple):
                machine.write(atom.cell(field[1]), frame.read(cell))
    return single(atom)


def record_class(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """``collections.namedtuple(name, fields)``."""
    given = arguments.positional
    atom = _built(frame, node, next(iter(texts(given[0])), "record") if given else "record")
    atom.external = ("typing.NamedTuple",)
    if len(given) > 1:
        names = texts(given[1])[0].replace(",", " ").split() if texts(given[1]) else []
        for listed in given[1].atoms:
            if isinstance(listed, ObjectAtom):
                names.extend(text for item in positions(frame, listed) or () for text in texts(item))
        atom.fields = tuple(names)
    return single(atom)


def _built(frame: Frame, node: ir.Node, name: str) -> ClassAtom:
    key = (id(node), frame.context)
    atom = frame.machine.built.get(key)
    if atom is None:
        made = ir.Class(node.start, node.end, name, node.start, (), (), ())
        scope = ClassScope(made, f"{frame.scope.dotted}.{name}", frame.scope)
        atom = frame.machine.built[key] = ClassAtom(scope)
    return atom


def _announce(frame: Frame, node: ir.Class, atom: ClassAtom) -> None:
    """Calls the bases' ``__init_subclass__`` hook, by which classes register themselves."""
    for base in atom.bases:
        hook = class_attribute(frame, base, "__init_subclass__")
        if hook is not None:
            given = {
                a.keyword: frame.eval(a.value)
                for a in node.arguments
                if a.keyword is not None and a.keyword != "metaclass"
            }
            frame.call(node, bind_method(frame, hook, atom, atom, node), Arguments([], given))
            return
