"""Library functions that call what they are given later, or read it by name: part of the language's own library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.attributes import read_attribute
from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.items import read_item
from tosguard.flow.language.protocols import ask
from tosguard.flow.natives.futures import awaited, future_of
from tosguard.flow.natives.natives import called_name, native
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    ANYTHING,
    NOTHING,
    Atom,
    ClassAtom,
    FunctionAtom,
    ObjectAtom,
    SymbolAtom,
    Value,
    callables,
    ordered,
    single,
    texts,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame

#: Cell of an object that stands for a call to be made with what is given later.
_NAMES = "<names>"


@native("atexit.register", "weakref.finalize")
def _at_exit(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    skipped = 1 if len(arguments.positional) > 1 and not callables(arguments.positional[0]) else 0
    given = arguments.positional[skipped:]
    if not given:
        return ANYTHING
    frame.call(node, given[0], Arguments(given[1:], arguments.keywords))
    return given[0]


@native("weakref.ref", "weakref.WeakMethod")
def _weak(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    made = frame.machine.make("reference", node, frame.context)
    if arguments.positional:
        frame.machine.put(made, 0, arguments.positional[0])
    return single(made)


@native("weakref.proxy")
def _proxy(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return arguments.positional[0] if arguments.positional else ANYTHING


@native("signal.signal")
def _signal(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) > 1:
        frame.call(node, Value(frozenset(callables(arguments.positional[1]))), Arguments([ANYTHING, ANYTHING]))
    return ANYTHING


_LOOPS = ("asyncio.get_event_loop()", "asyncio.get_running_loop()", "asyncio.new_event_loop()")


@native(
    *(f"{loop}.{name}" for loop in _LOOPS for name in ("call_soon", "call_soon_threadsafe", "call_later", "call_at"))
)
def _call_soon(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    skipped = 1 if called_name(node) in ("call_later", "call_at") else 0
    given = arguments.positional[skipped:]
    if given:
        frame.call(node, given[0], Arguments(given[1:]))
    return ANYTHING


@native(
    "asyncio.create_task",
    "asyncio.ensure_future",
    "asyncio.TaskGroup().create_task",
    *(f"{loop}.create_task" for loop in _LOOPS),
)
def _task(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return future_of(frame, node, awaited(frame, arguments.positional[0])) if arguments.positional else ANYTHING


@native("re.sub", "re.subn", "re.compile().sub", "re.compile().subn")
def _substitute(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    for value in (*arguments.positional, *arguments.keywords.values()):
        found = frozenset(callables(value))
        if found:
            frame.call(node, Value(found), Arguments([ANYTHING]))
    taints = arguments.every().taints
    return ANYTHING if taints is None else Value(ANYTHING.atoms, taints)


# ------------------------------------------------------------------------------------------------------ reading by name


def _reader(kind: str) -> None:
    @native(f"operator.{kind}")
    def make(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
        made = frame.machine.make(kind, node, frame.context)
        for position, value in enumerate(arguments.positional):
            frame.machine.put(made, position, value)
        return single(made)


for _kind in ("attrgetter", "itemgetter", "methodcaller"):
    _reader(_kind)


def read_by_name(frame: Frame, node: ir.Node, reader: ObjectAtom, arguments: Arguments) -> Value:
    """Calls what ``operator.attrgetter``, ``itemgetter`` or ``methodcaller`` made."""
    if reader.kind == "reference":
        return frame.read(reader.cell(("item", 0)))
    if not arguments.positional:
        return ANYTHING
    subject = arguments.positional[0]
    given = [frame.read(reader.cell(("item", position))) for position in range(len(reader.known_keys))]
    if reader.kind == "methodcaller":
        result = NOTHING
        for name in texts(given[0]) if given else ():
            result = join(result, frame.call(node, read_attribute(frame, subject, name, node), Arguments(given[1:])))
        return result if result.atoms or result.taints else ANYTHING
    parts: list[Value] = []
    for value in given:
        if reader.kind == "itemgetter":
            parts.append(read_item(frame, subject, value, node))
            continue
        found = NOTHING
        for path in texts(value):
            part = subject
            for name in path.split("."):
                part = read_attribute(frame, part, name, node)
            found = join(found, part)
        parts.append(found)
    if len(parts) == 1:
        return parts[0] if parts[0].atoms or parts[0].taints else ANYTHING
    made = frame.machine.make("tuple", node, frame.context)
    for position, part in enumerate(parts):
        frame.machine.put(made, position, part)
    return single(made)


READERS = frozenset({"reference", "attrgetter", "itemgetter", "methodcaller"})


# --------------------------------------------------------------------------------------------------- making callables


@native("types.MethodType")
def _method(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return ANYTHING
    function, receiver = arguments.positional[:2]
    result = NOTHING
    for atom in ordered(receiver):
        if isinstance(atom, (ObjectAtom, ClassAtom)):
            result = join(result, bind_method(frame, function, atom, None, node))
    return result if result.atoms else function


@native("builtins.property", "builtins.staticmethod", "builtins.classmethod", "functools.cached_property")
def _wrapped(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    given = arguments.slot(0) or arguments.slot("fget")
    if given is None:
        return ANYTHING
    kind = {"staticmethod": "staticmethod", "classmethod": "classmethod"}.get(called_name(node), "property")
    made = frame.machine.wrapper(kind, given)
    setter = (arguments.slot(1) or arguments.slot("fset")) if kind == "property" else None
    if setter is not None:
        made.setter = join(made.setter, setter)
    return single(made)


# ------------------------------------------------------------------------------------------------------------ contexts


@native("contextlib.ExitStack", "contextlib.AsyncExitStack")
def _stack(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return single(frame.machine.make("exit-stack", node, frame.context))


def stack_method(frame: Frame, node: ir.Node, stack: ObjectAtom, name: str, arguments: Arguments) -> Value:
    """Calls a method of an ``ExitStack``: what is entered is left, what is pushed is called."""
    if name in ("enter_context", "enter_async_context") and arguments.positional:
        from tosguard.flow.calls.calls import call_method

        manager = arguments.positional[0]
        is_async = name == "enter_async_context"
        entered = call_method(frame, node, manager, "__aenter__" if is_async else "__enter__", manager)
        ask(frame, node, manager, ("__aexit__" if is_async else "__exit__",), ANYTHING, ANYTHING, ANYTHING)
        return entered
    if name in ("callback", "push", "push_async_callback", "push_async_exit") and arguments.positional:
        frame.call(node, arguments.positional[0], Arguments(arguments.positional[1:], arguments.keywords))
        return arguments.positional[0]
    return ANYTHING


@native("contextlib.closing", "contextlib.aclosing")
def _closing(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return ANYTHING
    ask(frame, node, arguments.positional[0], ("close", "aclose"))
    return arguments.positional[0]


# -------------------------------------------------------------------------------------------------- dispatch on a type


def register(frame: Frame, node: ir.Node, generic: FunctionAtom, arguments: Arguments, method: Atom) -> Value:
    """``generic.register(type, function)`` of a ``functools.singledispatch`` function, in all its spellings."""
    given = arguments.positional
    functions = [a for v in given for a in ordered(v) if isinstance(a, FunctionAtom)]
    types = Value(frozenset(a for v in given for a in v.atoms if isinstance(a, (ClassAtom, SymbolAtom))))
    variants = frame.machine.variants_of(generic)
    if not functions:
        frame.machine.awaiting[id(node)] = types
        return single(method)
    decorator_types = frame.machine.awaiting.get(id(node), NOTHING)
    for function in functions:
        wanted = types if types.atoms else decorator_types if decorator_types.atoms else _annotated(frame, function)
        if function not in variants:
            frame.machine.epoch += 1
        variants[function] = wanted
    return Value(frozenset(functions))


def _annotated(frame: Frame, function: FunctionAtom) -> Value:
    annotation = next((p.annotation for p in function.scope.node.parameters if p.annotation is not None), None)
    if isinstance(annotation, (ir.Name, ir.Attribute)):
        return frame.eval(annotation)
    return NOTHING


def variants_for(frame: Frame, generic: FunctionAtom, arguments: Arguments) -> list[FunctionAtom]:
    """The functions that a call of a ``singledispatch`` function may reach."""
    variants = frame.machine.dispatched[generic]
    subject = arguments.positional[0] if arguments.positional else ANYTHING
    found: dict[FunctionAtom, None] = {}
    for atom in ordered(subject):
        fitting = [f for f, types in variants.items() if (fit := _is_a(atom, types)) or fit is None]
        certain = any(_is_a(atom, variants[f]) for f in fitting)
        found.update(dict.fromkeys(fitting))
        if not certain:
            found[generic] = None
    return list(found) or [generic]


def _is_a(atom: Atom, types: Value) -> bool | None:
    """Whether an atom is an instance of one of some types; None where that is not known."""
    from tosguard.flow.language.narrowing import is_instance

    return is_instance(atom, types)
