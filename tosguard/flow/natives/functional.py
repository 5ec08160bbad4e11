"""Library functions that call what they are given or put it together anew: neighbours, groups, comparers, copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.items import positions
from tosguard.flow.language.iteration import element_of
from tosguard.flow.language.protocols import ask
from tosguard.flow.natives.collecting import MAX_ROWS
from tosguard.flow.natives.natives import called_name, native, new_list
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import ANYTHING, KEYS, NOTHING, REST, ObjectAtom, PartialAtom, Value, constant, single

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir


#: The kind of a group of exceptions: raising it raises what it holds.
GROUP = "exceptions"


@native("builtins.ExceptionGroup", "builtins.BaseExceptionGroup")
def _exception_group(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    group = frame.machine.make(GROUP, node, frame.context)
    for listed in arguments.positional[1:2]:
        frame.machine.put(group, REST, element_of(frame, listed, node))
    return single(group)


@native("operator.call")
def _call(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return ANYTHING
    passed = Arguments(arguments.positional[1:], arguments.keywords, arguments.star, arguments.keyword_star)
    return frame.call(node, arguments.positional[0], passed)


@native("functools.cmp_to_key")
def _comparer(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """A key function: what it is called with is compared two at a time."""
    given = arguments.positional[0] if arguments.positional else arguments.keywords.get("mycmp", ANYTHING)
    frame.call(node, given, Arguments([ANYTHING, ANYTHING]))
    return ANYTHING


@native("timeit.timeit", "timeit.repeat", "contextvars.copy_context().run", "contextvars.Context().run")
def _run(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return _call(frame, node, arguments)


@native("itertools.accumulate")
def _accumulated(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return ANYTHING
    element = element_of(frame, arguments.positional[0], node)
    function = arguments.slot(1) or arguments.slot("func")
    if function is None:
        return new_list(frame, node, element)
    first = frame.call(node, function, Arguments([element, element]))
    return new_list(frame, node, join(element, first))


@native(
    "itertools.batched",
    "itertools.combinations",
    "itertools.combinations_with_replacement",
    "itertools.permutations",
)
def _batched(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return ANYTHING
    group = frame.machine.make("tuple", (id(node), "group"), frame.context)
    frame.machine.put(group, REST, element_of(frame, arguments.positional[0], node))
    return new_list(frame, node, single(group))


@native("itertools.pairwise")
def _pairwise(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return ANYTHING
    machine, source = frame.machine, arguments.positional[0]
    only = next(iter(source.atoms)) if len(source.atoms) == 1 and source.taints is None else None
    known = positions(frame, only) if isinstance(only, ObjectAtom) else None
    element = element_of(frame, source, node)
    pair = machine.make("tuple", (id(node), "pair"), frame.context)
    machine.put(pair, 0, element if known is None else _joined(known[:-1]))
    machine.put(pair, 1, element if known is None else _joined(known[1:]))
    return new_list(frame, node, single(pair))


def _joined(values: list[Value]) -> Value:
    result = NOTHING
    for value in values:
        result = join(result, value)
    return result


@native("heapq.heappush", "bisect.insort", "bisect.insort_left", "bisect.insort_right")
def _inserted(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) > 1:
        ask(frame, node, arguments.positional[1], ("__lt__",), element_of(frame, arguments.positional[0], node))
    for atom in arguments.positional[0].atoms if len(arguments.positional) > 1 else ():
        if isinstance(atom, ObjectAtom):
            value = frame.under_control(frame.hop(arguments.positional[1], node, "stored", "inserted"))
            frame.machine.put(atom, REST, value)
    return ANYTHING


@native("heapq.heappop", "heapq.heapreplace", "heapq.heappushpop")
def _taken(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    _inserted(frame, node, arguments)
    return element_of(frame, arguments.positional[0], node) if arguments.positional else ANYTHING


@native("copy.replace", "dataclasses.replace")
def _replaced(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """A copy of a record with other values in some fields."""
    machine = frame.machine
    source = arguments.positional[0] if arguments.positional else ANYTHING
    result = NOTHING
    for atom in source.atoms:
        if not isinstance(atom, ObjectAtom) or atom.cls is None:
            result = join(result, single(atom))
            continue
        made = machine.make("instance", node, frame.context, atom.cls)
        frame.read(atom.cell(KEYS))
        for name, cell in list(atom.cells.items()):
            if name not in arguments.keywords:
                machine.write(made.cell(name), frame.read(cell))
        for name, value in arguments.keywords.items():
            machine.write(made.cell(name), frame.hop(value, node, "stored", f"stored in field `{name}`"))
            machine.write(made.cell(KEYS), constant(name))
        result = join(result, single(made))
    return Value(result.atoms or ANYTHING.atoms, source.taints)


@native("functools.partial", "functools.partialmethod")
def _partial(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return ANYTHING
    machine = frame.machine
    key = (frame.context, id(node))
    made = machine.partials.get(key)
    if made is None:
        made = machine.partials[key] = PartialAtom(NOTHING, (), {}, method=called_name(node) == "partialmethod")
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
