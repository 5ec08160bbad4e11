"""Futures and tasks: what is asked of a call that runs elsewhere, and what gathering several of them gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tosguard.flow.language.iteration import element_of
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join, tainted
from tosguard.flow.values.values import ANYTHING, ELEMENT, NOTHING, REST, ObjectAtom, Value, single

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

#: Methods that wait for the result.
_RESULTS = frozenset({"result", "get", "wait", "__await__"})


def future_of(frame: Frame, node: ir.Node, value: Value) -> Value:
    """The handle of a call that runs elsewhere and will give ``value``."""
    made = frame.machine.make("future", node, frame.context)
    frame.machine.put(made, REST, value)
    return Value(frozenset((made,)), value.taints)


def awaited(frame: Frame, value: Value) -> Value:
    """What waiting for a value gives: the results of futures, anything else as it is."""
    futures = [a for a in value.atoms if isinstance(a, ObjectAtom) and a.kind == "future"]
    if not futures:
        return value
    result = Value(value.atoms - frozenset(futures), value.taints)
    for atom in futures:
        result = join(result, frame.read(atom.cell(ELEMENT)))
    return tainted(result, value.taints)


def future_method(frame: Frame, node: ir.Node, future: ObjectAtom, name: str, arguments: Arguments) -> Value:
    """Calls a method of a future."""
    if name in _RESULTS:
        return frame.read(future.cell(ELEMENT))
    if name == "add_done_callback" and arguments.positional:
        frame.call(node, arguments.positional[0], Arguments([single(future)]))
    return ANYTHING


def gathered(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """``gather(a, b, *rest)``: the results, in the order of what was given."""
    made = frame.machine.make("list", node, frame.context)
    for position, value in enumerate(arguments.positional):
        frame.machine.put(made, position, awaited(frame, value))
    if arguments.star is not None:
        frame.machine.put(made, REST, awaited(frame, arguments.star))
    return Value(frozenset((made,)), arguments.star.taints if arguments.star is not None else None)


def waited(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """``wait(futures)``: those that are done, and those that are not."""
    given = arguments.positional[0] if arguments.positional else NOTHING
    element = element_of(frame, given)
    made = frame.machine.make("tuple", node, frame.context)
    for position in (0, 1):
        part = frame.machine.make("set", (id(node), position), frame.context)
        frame.machine.put(part, REST, element)
        frame.machine.put(made, position, single(part))
    return Value(frozenset((made,)), given.taints)


#: What calls give beyond what the catalogue says, by symbol.
SHAPES: dict[str, Callable[[Frame, ir.Node, Arguments], Value]] = {
    "asyncio.gather": gathered,
    "tqdm.tqdm_asyncio.gather": gathered,
    "tqdm.tqdm.gather": gathered,
    "asyncio.wait": waited,
    "concurrent.futures.wait": waited,
}
