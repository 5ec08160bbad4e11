"""Builtins and ``itertools`` that make, walk and reduce collections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.disk.paths import TEXT, path_of
from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.inheritance import class_attribute, metaclass_of
from tosguard.flow.language.items import positions
from tosguard.flow.language.iteration import element_of
from tosguard.flow.language.protocols import TEXT_OF, ask
from tosguard.flow.natives.containers import copy_items
from tosguard.flow.natives.mappings import update
from tosguard.flow.natives.natives import called_name, first, native, new_list
from tosguard.flow.natives.strings import formatted
from tosguard.flow.solver.counting import SUMS, counted, tallied
from tosguard.flow.solver.records import Arguments, LoopRecord
from tosguard.flow.values.joining import join, merge_taints, tainted
from tosguard.flow.values.reach import reached
from tosguard.flow.values.sizes import SIZE, made_of
from tosguard.flow.values.values import (
    ANYTHING,
    FACTORY,
    KEYS,
    LONGEST_LABEL,
    NOTHING,
    REST,
    ClassAtom,
    Constant,
    ObjectAtom,
    SymbolAtom,
    Value,
    callables,
    constant,
    single,
)

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

#: Methods of a metaclass that answer for its classes.
TYPE_HOOKS = {"isinstance": "__instancecheck__", "issubclass": "__subclasscheck__"}


@native("builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset", "collections.deque")
def _collection(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return single(frame.machine.make("list", node, frame.context))
    source = arguments.positional[0]
    made = frame.machine.make("list", node, frame.context)
    only = next(iter(source.atoms)) if len(source.atoms) == 1 else None
    if isinstance(only, ObjectAtom) and only.kind in ("list", "tuple"):
        copy_items(frame, only, made)
    elif isinstance(only, Constant) and isinstance(only.value, str) and len(only.value) <= LONGEST_LABEL:
        for position, letter in enumerate(only.value):
            frame.machine.put(made, position, constant(letter))
    else:
        frame.machine.put(made, REST, element_of(frame, source, node))
    made_of(frame, made, source)
    return Value(frozenset((made,)), source.taints)


@native(
    "types.SimpleNamespace",
    "ml_collections.ConfigDict",
    "ml_collections.config_dict.ConfigDict",
    "mlxu.ConfigDict",
    "easydict.EasyDict",
    "munch.Munch",
    "box.Box",
    "omegaconf.OmegaConf.create",
)
def _namespace(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """Mappings whose items are attributes too."""
    return _mapping(frame, node, arguments, "namespace")


@native(
    "builtins.dict",
    "collections.OrderedDict",
    "collections.defaultdict",
    "collections.Counter",
)
def _dict(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return _mapping(frame, node, arguments, "dict")


def _mapping(frame: Frame, node: ir.Node, arguments: Arguments, kind: str) -> Value:
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
    from tosguard.flow.language.items import read_position, write_item

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
    element = element_of(frame, first(arguments), node)
    key = arguments.slot(1) or arguments.slot("key")
    pair = machine.make("tuple", (id(node), 0), frame.context)
    group = machine.make("list", (id(node), 1), frame.context)
    machine.put(pair, 0, frame.call(node, key, Arguments([element])) if key is not None else element)
    machine.put(group, REST, element)
    machine.put(pair, 1, single(group))
    return new_list(frame, node, single(pair))


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
    rows = _known_rows(frame, node, arguments) if called_name(node) == "zip" else None
    if rows is not None:
        return rows
    pair = machine.make("tuple", (id(node), 0), frame.context)
    for position, value in enumerate(arguments.positional):
        machine.put(pair, position, element_of(frame, value, node))
    if arguments.star is not None:
        machine.put(pair, REST, element_of(frame, arguments.star, node))
    return new_list(frame, node, single(pair))


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
    machine.put(pair, 1, element_of(frame, first(arguments), node))
    return new_list(frame, node, single(pair), over=first(arguments))


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
    return new_list(frame, node, result, over=over)


@native("builtins.filter", "itertools.filterfalse", "itertools.takewhile", "itertools.dropwhile")
def _filter(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return ANYTHING
    element = element_of(frame, arguments.positional[1], node)
    verdict = frame.call(node, arguments.positional[0], Arguments([element]))
    if verdict.taints is not None:
        element = tainted(element, {t.twin(): h for t, h in verdict.taints.items()})
    return new_list(frame, node, element)


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
    path = called_name(node)
    return element if path in ("min", "max") else new_list(frame, node, element, over=source)


@native("builtins.reversed")
def _reversed(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    special = ask(frame, node, first(arguments), ("__reversed__",))
    if special is None:
        ask(frame, node, first(arguments), ("__len__",))
    return _same_elements(frame, node, arguments) if special is None else special


@native("itertools.chain.from_iterable", "itertools.islice")
def _same_elements(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    element = element_of(frame, first(arguments), node)
    if called_name(node) == "from_iterable":
        element = element_of(frame, element, node)
    return new_list(frame, node, element)


@native("itertools.chain")
def _chain(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    element = NOTHING
    for value in [*arguments.positional, *([arguments.star] if arguments.star else [])]:
        element = join(element, element_of(frame, value, node))
    return new_list(frame, node, element)


@native("builtins.iter", "builtins.aiter")
def _iter(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    from tosguard.flow.calls.calls import call_method, find_method

    if len(arguments.positional) > 1:
        return new_list(frame, node, frame.call(node, arguments.positional[0], Arguments([])))
    source = first(arguments)
    instances = [a for a in source.atoms if isinstance(a, ObjectAtom) and find_method(frame, a, "__iter__") is not None]
    result = Value(source.atoms - frozenset(instances), source.taints)
    for atom in instances:
        result = join(result, call_method(frame, node, single(atom), "__iter__", NOTHING))
    return result


@native("builtins.next", "builtins.anext")
def _next(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    from tosguard.flow.calls.calls import call_method, find_method

    source = first(arguments)
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
    if called_name(node) == "sum":
        for name in ("__radd__", "__add__"):
            total = join(total, ask(frame, node, element, (name,), element) or NOTHING)
    taints = reached(frame, source)
    if taints is None:
        return total
    result = Value(total.atoms, taints)
    return counted(frame, node, result) if called_name(node) in SUMS else result


@native("builtins.len")
def _length(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return tallied(frame, node, _told_of(arguments), element_of(frame, first(arguments), node))


@native(
    "builtins.isinstance",
    "builtins.issubclass",
    "builtins.hasattr",
    "builtins.callable",
    "builtins.id",
    "builtins.hash",
)
def _nothing_of_it(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    hook = TYPE_HOOKS.get(called_name(node))
    for cls in arguments.positional[1].atoms if hook and len(arguments.positional) > 1 else ():
        meta = metaclass_of(cls) if isinstance(cls, ClassAtom) else None
        method = class_attribute(frame, meta, hook) if meta is not None and hook else None
        if method is not None:
            frame.call(node, bind_method(frame, method, cls, meta, node), Arguments(arguments.positional[:1]))
    return _told_of(arguments)


def _told_of(arguments: Arguments) -> Value:
    """What only tells something of its arguments: derived from them, and holding nothing of theirs."""
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
