"""Builtins and language-level library functions whose meaning is part of Python itself."""

from __future__ import annotations

from collections.abc import Callable
from posixpath import normpath
from typing import TYPE_CHECKING

from tosguard.catalog.model import Entry
from tosguard.flow.attributes import (
    CONTAINERS,
    TEMPLATES,
    bind_method,
    class_attribute,
    metaclass_of,
    read_attribute,
    write_attribute,
)
from tosguard.flow.containers import copy_items, update
from tosguard.flow.copies import read_back
from tosguard.flow.counting import SUMS, counted
from tosguard.flow.definitions import built_class, record_class
from tosguard.flow.disk import said_of
from tosguard.flow.frame import LATE
from tosguard.flow.items import positions
from tosguard.flow.iteration import element_of
from tosguard.flow.options import field_default, filled, make_parser
from tosguard.flow.paths import TEXT, path_of
from tosguard.flow.protocols import TEXT_OF, ask
from tosguard.flow.reach import reached
from tosguard.flow.records import Arguments, LoopRecord
from tosguard.flow.sizes import SIZE, made_of
from tosguard.flow.strings import formatted, joined_path
from tosguard.flow.values import (
    ANYTHING,
    FACTORY,
    KEYS,
    NAMESPACE,
    NOTHING,
    REST,
    SOURCE,
    Atom,
    ClassAtom,
    Constant,
    FunctionAtom,
    ModuleAtom,
    ObjectAtom,
    PartialAtom,
    Pattern,
    SymbolAtom,
    Value,
    birth_hop,
    callables,
    constant,
    join,
    merge_taints,
    single,
    tainted,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tosguard.flow.frame import Frame
    from tosguard.syntax import ir

#: Classes and functions of a module that its attribute may be, whose name is not known; more are none.
MAX_TAKEN = 20
#: Methods of a metaclass that answer for its classes.
TYPE_HOOKS = {"isinstance": "__instancecheck__", "issubclass": "__subclasscheck__"}

Native = Callable[["Frame", "ir.Node", Arguments], Value]
NATIVES: dict[str, Native] = {}
LATE["natives"] = NATIVES


def native(*paths: str) -> Callable[[Native], Native]:
    """Registers what calling these symbols means."""

    def register(function: Native) -> Native:
        for path in paths:
            NATIVES[path] = function
        return function

    return register


def _first(arguments: Arguments) -> Value:
    if arguments.positional:
        return arguments.positional[0]
    return arguments.star if arguments.star is not None else next(iter(arguments.keywords.values()), ANYTHING)


def _list(frame: Frame, node: ir.Node, element: Value, kind: str = "list", *, over: Value | None = None) -> Value:
    """A new list of such elements, one for each item of ``over`` at most."""
    made = frame.machine.make(kind, node, frame.context)
    frame.machine.put(made, REST, element)
    if over is not None:
        made_of(frame, made, over)
    return single(made)


# ----------------------------------------------------------------------------------------------------------- attributes


@native("builtins.getattr")
def _getattr(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return ANYTHING
    owner, name = arguments.positional[:2]
    result = arguments.positional[2] if len(arguments.positional) > 2 else NOTHING
    names = texts(name)
    for text in names:
        result = join(result, read_attribute(frame, owner, text, node, silent=len(arguments.positional) > 2))
    if not names or len(names) < len(name.atoms):
        result = join(result, _any_attribute(frame, owner, name))
    return result if result.atoms or result.taints else ANYTHING


def _any_attribute(frame: Frame, owner: Value, name: Value) -> Value:
    """An attribute whose name is a pattern: everything that fits. Of a module whose attribute is taken by a name that
    is not known at all, any of its classes."""
    patterns = [a for a in name.atoms if isinstance(a, Pattern)]
    result = Value(ANYTHING.atoms, owner.taints)
    for atom in owner.atoms:
        holder = atom.cls if isinstance(atom, ObjectAtom) else atom
        if isinstance(holder, ClassAtom) and patterns:
            for key, cell in list(holder.cells.items()):
                if isinstance(key, str) and any(_fits(p, key) for p in patterns):
                    result = join(result, bind_method(frame, frame.read(cell), atom, holder, frame.here))
        elif isinstance(atom, ModuleAtom):
            result = join(result, _any_of_module(frame, atom, patterns))
    return result


def _any_of_module(frame: Frame, module: ModuleAtom, patterns: Sequence[Pattern]) -> Value:
    frame.unsettle()
    kinds = (ClassAtom, FunctionAtom) if patterns else (ClassAtom,)
    found: set[Atom] = set()
    for key, cell in list(module.cells.items()):
        if (
            isinstance(key, str)
            and not key.startswith(("<", "_"))
            and (not patterns or any(_fits(p, key) for p in patterns))
        ):
            found.update(a for a in frame.read(cell).atoms if isinstance(a, kinds))
    return Value(frozenset(found)) if len(found) <= MAX_TAKEN else NOTHING


def _fits(pattern: Pattern, text: str) -> bool:
    import re

    return re.fullmatch("".join(".*" if p is None else re.escape(p) for p in pattern.parts), text) is not None


@native("builtins.setattr")
def _setattr(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) >= 3:
        for name in texts(arguments.positional[1]):
            write_attribute(frame, arguments.positional[0], name, arguments.positional[2])
    return ANYTHING


@native("builtins.globals", "builtins.locals", "builtins.vars")
def _globals(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if arguments.positional:
        return arguments.positional[0]
    made = frame.machine.make("dict", node, frame.context)
    frame.unsettle()
    if _called(node) != "globals":
        for name, value in (frame.env or {}).items():
            if not name.startswith("<"):
                frame.machine.put(made, name, value)
    module = frame.machine.module_atoms.get(frame.module.dotted)
    for key, cell in list(module.cells.items()) if module is not None else ():
        if isinstance(key, str) and not key.startswith("<"):
            frame.machine.put(made, key, frame.read(cell))
    if module is not None and _called(node) == "globals":
        frame.machine.write(made.cell(NAMESPACE), single(module))
    return single(made)


@native("builtins.super")
def _super(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    owner: ClassAtom | None = None
    receiver: Value | None = None
    if len(arguments.positional) >= 2:
        owner = next((a for a in arguments.positional[0].atoms if isinstance(a, ClassAtom)), None)
        receiver = arguments.positional[1]
    else:
        context = frame.context
        while context is not None and (context.atom is None or context.atom.owner is None):
            if context.closure is None:
                break
            context = context.closure
            frame.unsettle()
        if context.atom is not None:
            owner = context.atom.owner
            first = next(iter(context.parameters.values()), None)
            receiver = first
    if owner is None or receiver is None:
        return ANYTHING
    found = [frame.machine.super_atom(owner, a) for a in receiver.atoms if isinstance(a, (ObjectAtom, ClassAtom))]
    return Value(frozenset(found)) if found else ANYTHING


@native("builtins.type")
def _type(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) == 3:
        return built_class(frame, node, arguments)
    found = [a.cls for a in _first(arguments).atoms if isinstance(a, ObjectAtom) and a.cls is not None]
    return Value(frozenset(found)) if found else ANYTHING


@native("collections.namedtuple")
def _named_tuple(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return record_class(frame, node, arguments)


# -----------------------------------------------------------------------------------------------------------
# collections


@native("builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset", "collections.deque")
def _collection(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return single(frame.machine.make("list", node, frame.context))
    source = arguments.positional[0]
    made = frame.machine.make("list", node, frame.context)
    only = next(iter(source.atoms)) if len(source.atoms) == 1 else None
    if isinstance(only, ObjectAtom) and only.kind in ("list", "tuple"):
        copy_items(frame, only, made)
    else:
        frame.machine.put(made, REST, element_of(frame, source, node))
    made_of(frame, made, source)
    return Value(frozenset((made,)), source.taints)


@native(
    "builtins.dict",
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.Counter",
    "types.SimpleNamespace",
)
def _dict(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    kind = "namespace" if _called(node) == "SimpleNamespace" else "dict"
    made = frame.machine.make(kind, node, frame.context)
    for key, value in arguments.keywords.items():
        if kind == "namespace":
            frame.machine.write(made.cell(key), value)
        frame.machine.put(made, key, value)
        frame.machine.write(made.cell(KEYS), constant(key))
    taints = None
    for value in arguments.positional:
        update(frame, node, made, Value(frozenset(a for a in value.atoms if getattr(a, "kind", "") == "dict")))
        taints = merge_taints(taints, value.taints)
        pairs = Value(frozenset(a for a in value.atoms if getattr(a, "kind", "") in ("list", "tuple", "generator")))
        if pairs.atoms:
            only = next(iter(pairs.atoms)) if len(pairs.atoms) == 1 else None
            rows = positions(frame, only) if isinstance(only, ObjectAtom) else None
            for row in rows if rows is not None else [element_of(frame, pairs)]:
                _pairs(frame, made, row, node)
        if callables(value):
            frame.machine.write(made.cell(FACTORY), Value(frozenset(callables(value))))
        factory = [
            a
            for a in value.atoms
            if isinstance(a, SymbolAtom) and a.path in ("builtins.list", "builtins.dict", "builtins.set")
        ]
        if factory:
            frame.machine.write(made.cell(FACTORY), Value(frozenset(factory)))
    return Value(frozenset((made,)), taints)


def _pairs(frame: Frame, made: ObjectAtom, pair: Value, node: ir.Node) -> None:
    from tosguard.flow.items import read_position, write_item

    if any(isinstance(a, ObjectAtom) for a in pair.atoms):
        write_item(frame, single(made), read_position(frame, pair, 0), read_position(frame, pair, 1))


@native("builtins.dict.fromkeys")
def _from_keys(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    made = frame.machine.make("dict", node, frame.context)
    if len(arguments.positional) > 1:
        frame.machine.put(made, REST, arguments.positional[1])
    if arguments.positional:
        frame.machine.write(made.cell(KEYS), element_of(frame, arguments.positional[0], node))
    return single(made)


@native("itertools.groupby")
def _group_by(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    machine = frame.machine
    element = element_of(frame, _first(arguments), node)
    key = arguments.slot(1) or arguments.slot("key")
    pair = machine.make("tuple", (id(node), 0), frame.context)
    group = machine.make("list", (id(node), 1), frame.context)
    machine.put(pair, 0, frame.call(node, key, Arguments([element])) if key is not None else element)
    machine.put(group, REST, element)
    machine.put(pair, 1, single(group))
    return _list(frame, node, single(pair))


@native("builtins.range")
def _range(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    made = frame.machine.make("range", node, frame.context)
    numbers = [next((a.value for a in v.atoms if isinstance(a, Constant)), None) for v in arguments.positional[:2]]
    if numbers and all(isinstance(n, int) for n in numbers) and len(arguments.positional[0].atoms) == 1:
        size = numbers[0] if len(numbers) == 1 else numbers[1] - numbers[0]  # type: ignore[operator]
        frame.machine.write(made.cell(SIZE), constant(size))
    frame.machine.put(made, REST, ANYTHING)
    return single(made)


@native("builtins.zip", "itertools.zip_longest", "itertools.product")
def _zip(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    machine = frame.machine
    rows = _known_rows(frame, node, arguments) if _called(node) == "zip" else None
    if rows is not None:
        return rows
    pair = machine.make("tuple", (id(node), 0), frame.context)
    for position, value in enumerate(arguments.positional):
        machine.put(pair, position, element_of(frame, value, node))
    if arguments.star is not None:
        machine.put(pair, REST, element_of(frame, arguments.star, node))
    return _list(frame, node, single(pair))


#: Rows of ``zip`` that are kept apart.
MAX_ROWS = 16


def _known_rows(frame: Frame, node: ir.Node, arguments: Arguments) -> Value | None:
    """The rows of ``zip`` over lists whose items are known; None where one is not."""
    columns: list[list[Value]] = []
    for value in arguments.positional:
        only = next(iter(value.atoms)) if len(value.atoms) == 1 and value.taints is None else None
        known = positions(frame, only) if isinstance(only, ObjectAtom) else None
        if known is None or len(known) > MAX_ROWS:
            return None
        columns.append(known)
    if not columns or arguments.star is not None:
        return None
    machine = frame.machine
    made = machine.make("list", node, frame.context)
    for number, row in enumerate(zip(*columns)):  # noqa: B905 - the shortest decides, as in the program
        pair = machine.make("tuple", (id(node), number + 1), frame.context)
        for position, value in enumerate(row):
            machine.put(pair, position, value)
        machine.put(made, number, single(pair))
    return single(made)


@native("builtins.enumerate")
def _enumerate(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    machine = frame.machine
    pair = machine.make("tuple", (id(node), 0), frame.context)
    machine.put(pair, 0, ANYTHING)
    machine.put(pair, 1, element_of(frame, _first(arguments), node))
    return _list(frame, node, single(pair), over=_first(arguments))


@native("builtins.map")
def _map(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return ANYTHING
    given = [element_of(frame, v, node) for v in arguments.positional[1:]]
    outer = frame.loops
    over = arguments.positional[1] if len(arguments.positional) > 1 else None
    frame.loops = (LoopRecord("map", frame.context, node.start, node.end, over), *outer)
    result = frame.call(node, arguments.positional[0], Arguments(given or [ANYTHING]))
    frame.loops = outer
    return _list(frame, node, result, over=over)


@native("builtins.filter", "itertools.filterfalse", "itertools.takewhile", "itertools.dropwhile")
def _filter(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return ANYTHING
    element = element_of(frame, arguments.positional[1], node)
    verdict = frame.call(node, arguments.positional[0], Arguments([element]))
    if verdict.taints is not None:
        element = tainted(element, {t.twin(): h for t, h in verdict.taints.items()})
    return _list(frame, node, element)


@native("builtins.sorted", "builtins.min", "builtins.max", "heapq.nlargest", "heapq.nsmallest")
def _sorted(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    source = arguments.positional[-1] if arguments.positional else ANYTHING
    element = element_of(frame, source, node)
    if len(arguments.positional) > 1:
        for value in arguments.positional:
            element = join(element, value)
    key = arguments.keywords.get("key")
    if key is not None:
        verdict = frame.call(node, key, Arguments([element]))
        if verdict.taints is not None:
            element = tainted(element, {t.twin(): h for t, h in verdict.taints.items()})
    else:
        ask(frame, node, element, ("__lt__",), element)
    path = _called(node)
    return element if path in ("min", "max") else _list(frame, node, element, over=source)


def _called(node: ir.Node) -> str:
    func = getattr(node, "func", None)
    return getattr(func, "id", "") or getattr(func, "attr", "")


@native("builtins.reversed")
def _reversed(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    special = ask(frame, node, _first(arguments), ("__reversed__",))
    if special is None:
        ask(frame, node, _first(arguments), ("__len__",))
    return _same_elements(frame, node, arguments) if special is None else special


@native("itertools.chain.from_iterable", "itertools.islice")
def _same_elements(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    element = element_of(frame, _first(arguments), node)
    if _called(node) == "from_iterable":
        element = element_of(frame, element, node)
    return _list(frame, node, element)


@native("itertools.chain")
def _chain(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    element = NOTHING
    for value in [*arguments.positional, *([arguments.star] if arguments.star else [])]:
        element = join(element, element_of(frame, value, node))
    return _list(frame, node, element)


@native("builtins.iter", "builtins.aiter")
def _iter(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    from tosguard.flow.calls import call_method, find_method

    if len(arguments.positional) > 1:
        return _list(frame, node, frame.call(node, arguments.positional[0], Arguments([])))
    source = _first(arguments)
    instances = [a for a in source.atoms if isinstance(a, ObjectAtom) and find_method(frame, a, "__iter__") is not None]
    result = Value(source.atoms - frozenset(instances), source.taints)
    for atom in instances:
        result = join(result, call_method(frame, node, single(atom), "__iter__", NOTHING))
    return result


@native("builtins.next", "builtins.anext")
def _next(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    from tosguard.flow.calls import call_method, find_method

    source = _first(arguments)
    if source.taints is not None and frame.loops and frame.loops[0].kind == "while":
        frame.loops[0].draws(source)
    result = arguments.positional[1] if len(arguments.positional) > 1 else NOTHING
    for atom in source.atoms:
        if isinstance(atom, ObjectAtom) and find_method(frame, atom, "__next__") is not None:
            result = join(result, call_method(frame, node, single(atom), "__next__", NOTHING))
        else:
            result = join(result, element_of(frame, single(atom), node))
    return tainted(result, source.taints)


@native(
    "builtins.sum",
    "builtins.any",
    "builtins.all",
    "builtins.abs",
    "builtins.round",
    "builtins.divmod",
    "builtins.pow",
    "math.fsum",
    "statistics.mean",
    "numpy.mean",
)
def _aggregate(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    source = arguments.every()
    element = element_of(frame, source, node)
    total = ANYTHING
    if _called(node) == "sum":
        for name in ("__radd__", "__add__"):
            total = join(total, ask(frame, node, element, (name,), element) or NOTHING)
    taints = reached(frame, source)
    if taints is None:
        return total
    result = Value(total.atoms, taints)
    return counted(frame, node, result) if _called(node) in SUMS else result


@native(
    "builtins.len",
    "builtins.isinstance",
    "builtins.issubclass",
    "builtins.hasattr",
    "builtins.callable",
    "builtins.id",
    "builtins.hash",
)
def _nothing_of_it(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    hook = TYPE_HOOKS.get(_called(node))
    for cls in arguments.positional[1].atoms if hook and len(arguments.positional) > 1 else ():
        meta = metaclass_of(cls) if isinstance(cls, ClassAtom) else None
        method = class_attribute(frame, meta, hook) if meta is not None and hook else None
        if method is not None:
            frame.call(node, bind_method(frame, method, cls, meta, node), Arguments(arguments.positional[:1]))
    taints = arguments.every().taints
    return ANYTHING if taints is None else Value(ANYTHING.atoms, {t.twin(): h for t, h in taints.items()})


@native(
    "builtins.str",
    "builtins.repr",
    "builtins.format",
    "builtins.ascii",
    "os.fspath",
    "os.path.expanduser",
    "os.path.abspath",
    "os.path.realpath",
    "os.path.normpath",
    "os.path.expandvars",
)
def _text(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return constant("")
    given = arguments.positional[0]
    path = path_of(frame, Value(frozenset(a for a in given.atoms if isinstance(a, SymbolAtom) and TEXT in a.cells)))
    if path.atoms:
        return tainted(path, given.taints)
    special = ask(frame, node, given, TEXT_OF)
    return formatted(frame, node, [given if special is None else tainted(special, given.taints)])


@native(
    "builtins.int",
    "builtins.float",
    "builtins.bool",
    "builtins.complex",
    "builtins.bytes",
    "builtins.ord",
    "builtins.chr",
)
def _number(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    value = arguments.positional[0] if arguments.positional else ANYTHING
    kept = frozenset(a for a in value.atoms if isinstance(a, Constant))
    return Value(kept or ANYTHING.atoms, reached(frame, value))


# -------------------------------------------------------------------------------------------------------------
# functions


@native("functools.partial", "functools.partialmethod")
def _partial(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return ANYTHING
    machine = frame.machine
    key = (frame.context, id(node))
    made = machine.partials.get(key)
    if made is None:
        made = machine.partials[key] = PartialAtom(NOTHING, (), {}, method=_called(node) == "partialmethod")
    made.function = join(made.function, arguments.positional[0])
    made.positional = tuple(arguments.positional[1:])
    made.keywords = {k: join(made.keywords.get(k, NOTHING), v) for k, v in arguments.keywords.items()}
    return single(made)


@native("functools.reduce")
def _reduce(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return ANYTHING
    element = element_of(frame, arguments.positional[1], node)
    start = arguments.positional[2] if len(arguments.positional) > 2 else element
    only = next(iter(arguments.positional[1].atoms)) if len(arguments.positional[1].atoms) == 1 else None
    known = positions(frame, only) if isinstance(only, ObjectAtom) and arguments.positional[1].taints is None else None
    if known is not None and 0 < len(known) <= MAX_ROWS:
        folded = known.pop(0) if len(arguments.positional) < 3 else start
        for item in known:
            folded = frame.call(node, arguments.positional[0], Arguments([folded, item]))
        return folded
    first = frame.call(node, arguments.positional[0], Arguments([start, element]))
    return join(first, frame.call(node, arguments.positional[0], Arguments([join(start, first), element])))


@native("functools.wraps", "functools.update_wrapper")
def _wraps(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return single(frame.machine.symbol("functools.wraps()"))


@native("functools.wraps()")
def _wrapped(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return _first(arguments)


@native(
    "typing.cast",
    "asyncio.run",
    "asyncio.wait_for",
    "asyncio.shield",
    "ray.get",
    "contextlib.suppress",
)
def _same(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return (
        arguments.positional[1 if _called(node) == "cast" and len(arguments.positional) > 1 else 0]
        if arguments.positional
        else ANYTHING
    )


@native("dataclasses.asdict", "dataclasses.astuple")
def _as_dict(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    made = frame.machine.make("dict", node, frame.context)
    for atom in _first(arguments).atoms:
        if isinstance(atom, ObjectAtom):
            frame.read(atom.cell(KEYS))
            for key, cell in list(atom.cells.items()):
                if isinstance(key, str) and not key.startswith("<"):
                    frame.machine.put(made, key, frame.read(cell))
                    frame.machine.write(made.cell(KEYS), constant(key))
    return Value(frozenset((made,)), _first(arguments).taints)


@native(
    "dataclasses.field",
    "pydantic.Field",
    "typer.Option",
    "typer.Argument",
    "attr.ib",
    "attrs.field",
    "pydantic.fields.Field",
)
def _field(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return field_default(frame, arguments)


@native(
    "argparse.ArgumentParser",
    "optparse.OptionParser",
    "transformers.HfArgumentParser",
    "trl.TrlParser",
    "configargparse.ArgumentParser",
    "jsonargparse.ArgumentParser",
    "fastchat.utils.ArgumentParser",
    "simple_parsing.ArgumentParser",
)
def _parser(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return make_parser(frame, node, arguments)


@native("tyro.cli", "simple_parsing.parse", "draccus.parse", "chz.entrypoint", "pyrallis.parse", "jsonargparse.CLI")
def _filled(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    target = _first(arguments)
    functions = Value(frozenset(a for a in target.atoms if not isinstance(a, ClassAtom)))
    return join(filled(frame, node, target), frame.call(node, functions, Arguments([])) if functions.atoms else NOTHING)


# ------------------------------------------------------------------------------------------------------------ files,
# paths


@native("os.path.join", "posixpath.join")
def _join_path(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    pieces = [
        join(path_of(frame, v), Value(frozenset(), v.taints)) if path_of(frame, v).atoms else v
        for v in arguments.positional
    ]
    return joined_path(frame, *pieces) or ANYTHING


@native("os.path.basename", "os.path.dirname")
def _part_of_path(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    value = path_of(frame, _first(arguments))
    result = NOTHING
    base = _called(node) == "basename"
    for text in texts(value):
        head, _, tail = text.rpartition("/")
        result = join(result, constant(tail if base else head))
    return result if result.atoms else ANYTHING


@native("pathlib.Path")
def _path(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    pieces = [join(path_of(frame, v), NOTHING) if path_of(frame, v).atoms else v for v in arguments.positional]
    text = joined_path(frame, *pieces) if pieces else constant(".")
    return path_object(frame, node, text or ANYTHING)


def path_object(frame: Frame, node: ir.Node, text: Value) -> Value:
    """A ``Path`` whose text is known."""
    machine = frame.machine
    record = machine.record(frame.context, node, "pathlib.Path", None)
    symbol = machine.symbol("pathlib.Path()", record)
    machine.write(symbol.cell(TEXT), text)
    return single(symbol)


@native("pathlib.Path().joinpath", "pathlib.Path().resolve", "pathlib.Path().expanduser", "pathlib.Path().absolute")
def _same_path(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    func = getattr(node, "func", None)
    owner = frame.eval(func.value) if func is not None and hasattr(func, "value") else NOTHING
    text = path_of(frame, owner)
    if _called(node) == "joinpath":
        text = joined_path(frame, text, *arguments.positional) or ANYTHING
    return path_object(frame, node, text)


@native("pathlib.Path().with_suffix", "pathlib.Path().with_name", "pathlib.Path().with_stem")
def _beside(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """A path beside another, under another name or suffix."""
    func = getattr(node, "func", None)
    owner = frame.eval(func.value) if func is not None and hasattr(func, "value") else NOTHING
    result = NOTHING
    for text in texts(path_of(frame, owner)):
        folder, slash, name = text.rpartition("/")
        stem, dot, suffix = name.rpartition(".")
        for new in texts(_first(arguments)):
            called = _called(node)
            beside = (stem if dot else name) + new if called == "with_suffix" else new
            result = join(result, constant(folder + slash + beside + (dot + suffix if called == "with_stem" else "")))
    return path_object(frame, node, result if result.atoms else ANYTHING)


_OPEN_READ = Entry("builtins.open", "read", "stdlib-io", "library", arguments={"path": ("file", 0)}, tags=("file",))
_OPEN_WRITE = Entry("builtins.open", "pure", "stdlib-io", "library", arguments={"path": ("file", 0)}, tags=("file",))


@native("builtins.open")
def _open(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    machine = frame.machine
    path = arguments.slot(0) or arguments.slot("file") or arguments.slot("filename") or ANYTHING
    mode = arguments.slot(1) or arguments.slot("mode") or constant("r")
    modes = texts(mode)
    reads = not modes or any("r" in m or "+" in m for m in modes)
    record = machine.record(frame.context, node, "builtins.open", _OPEN_READ if reads else _OPEN_WRITE)
    record.named = {"path": path, "mode": mode}
    record.arguments, record.loops, record.guards = arguments, frame.loops, frame.guards
    symbol = machine.symbol("builtins.open()", record)
    if not reads:
        return single(symbol)
    taint = machine.birth(record, by_site=False)
    born = {taint: birth_hop("builtins.open", node, frame.context)}
    place = path_of(frame, path)
    stored = read_back(frame, node, machine.disk.read(machine, place, frame.reader), said_of(place, "read"))
    if stored.atoms or stored.taints:
        machine.write(symbol.cell(SOURCE), stored)
    return Value(frozenset((symbol,)), merge_taints(born, stored.taints))


@native("get_ipython().run_line_magic", "builtins.get_ipython().run_line_magic")
def _magic(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """``%run script``: its globals become the notebook's."""
    if len(arguments.positional) < 2 or "run" not in texts(arguments.positional[0]):
        return ANYTHING
    folder = frame.module.path.rpartition("/")[0]
    for text in texts(arguments.positional[1]):
        words = [w.strip("\"'") for w in text.split() if not w.startswith("-")]
        for path in (normpath(f"{folder}/{words[0]}"), normpath(words[0])) if words else ():
            known = frame.machine.project.by_path
            scope = next((known[p] for end in ("", ".py", ".ipynb") if (p := path.lstrip("/") + end) in known), None)
            atom = frame.machine.module_atom(scope.dotted) if scope is not None else None
            if atom is None:
                continue
            for name, cell in list(atom.cells.items()):
                if isinstance(name, str) and not name.startswith(("_", "<")):
                    frame.bind(name, frame.read(cell))
                    frame.scope.bound.add(name)
    return ANYTHING


#: A class whose subclasses' methods are called by ``unittest.main``.
_TEST_CASE = "unittest.TestCase"


def native_prefixes() -> frozenset[str]:
    """Every beginning of a native symbol, so that ``os`` and ``os.path`` lead to ``os.path.join``; of classes of the
    standard library that call what their subclasses define, too."""
    found: set[str] = {"os.environ", "sys.argv", "sys.modules"}
    for path in (*NATIVES, *TEMPLATES, *CONTAINERS, _TEST_CASE):
        pieces = path.split(".")
        begun = [".".join(pieces[: n + 1]) for n in range(len(pieces))]
        found.update(begun, (b.removesuffix("()") for b in begun))
        found.add(f"{path}()")
    return frozenset(found)
