"""Calls of library symbols: what the catalogue says they mean is done here, and noted for the classification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.catalog.model import Entry
from tosguard.flow.calls.filling import fill
from tosguard.flow.calls.handing import serve
from tosguard.flow.calls.hooks import HOOKED, run_hooks
from tosguard.flow.calls.results import BIRTHS, hand_over, held_by, result_of
from tosguard.flow.disk.disk import said_of
from tosguard.flow.disk.paths import path_of
from tosguard.flow.disk.sql import keep_rows, selected_rows
from tosguard.flow.language.items import read_item
from tosguard.flow.language.protocols import ASKING, ask
from tosguard.flow.natives.applying import apply_function
from tosguard.flow.natives.futures import SHAPES, future_of
from tosguard.flow.natives.method_names import OF_TEXT
from tosguard.flow.natives.natives import NATIVES
from tosguard.flow.solver.counting import MEETS_DATA, meets_data
from tosguard.flow.solver.records import Arguments, CallRecord
from tosguard.flow.values.joining import join, merge_taints, tainted
from tosguard.flow.values.reach import reached
from tosguard.flow.values.tables import call_column
from tosguard.flow.values.taints import AGREES, Hop, Taint, birth_hop
from tosguard.flow.values.values import (
    ANYTHING,
    NOTHING,
    REST,
    SOURCE,
    Atom,
    Constant,
    Place,
    SymbolAtom,
    Value,
    callables,
    constant,
    ordered,
    single,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tosguard.catalog.model import Slot
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir
#: Roles that take data in.
SINKS = frozenset(
    [
        "write",
        "publish",
        "log",
        "train",
        "tokenize",
        "tune",
        "upload",
        "batch",
        "metric",
        "judge",
        "platform-write",
        "queue-put",
        "label-tool",
        "generate",
        "local-generate",
        "embed",
        "moderate",
        "rerank",
        "http",
        "unofficial",
    ]
)
#: The keywords under which a wrapper that leaves functions as they are is given the one it is put around.
WRAPPED_NAMES = frozenset({"f", "fn", "func", "function", "target", "wrapped", "wrapper", "user_function"})
#: The tag of methods whose object keeps what they are given, as a buffer does.
STORES = "stores-in-self"
#: Where a factory's telling argument stands unless its entry's ``select`` says otherwise.
FIRST: tuple[Slot, ...] = (0,)


def call_symbol(frame: Frame, node: ir.Node, atom: SymbolAtom, arguments: Arguments) -> Value:
    """Calls a library symbol."""
    machine = frame.machine
    path = machine.canonical(atom.path)
    if path in ASKING:
        for value in arguments.positional:
            ask(frame, node, value, ASKING[path])
        if "file" in arguments.keywords:
            _print_to(frame, node, arguments.keywords["file"], arguments)
    native = NATIVES.get(path)
    if native is not None:
        return native(frame, node, arguments)
    entry = machine.entry(path)
    if entry is None and path.endswith("()") and (called := machine.entry(f"{path}()")) is not None:
        path, entry = f"{path}()", called  # an instance is called itself: ``llm(prompt)``
    if entry is None:
        found = call_column(frame, node, atom, arguments)
        return found if found is not None else _unknown_call(frame, node, atom, path, arguments)
    if entry.transparent:
        functions = _functions_given(arguments) or _calls_given(frame, arguments)
        if functions:
            serve(frame, node, path, entry, atom, Value(frozenset(functions)))
            return Value(frozenset(functions))
        return single(machine.symbol(f"{path}()", atom.record))
    result = _modelled_call(frame, node, atom, path, entry, arguments)
    if path in HOOKED and arguments.keywords:
        result = run_hooks(frame, node, arguments, result)
    shape = SHAPES.get(path)
    if shape is not None:
        return shape(frame, node, arguments)
    if "future" not in entry.tags:
        return result
    for name in ("callback", "error_callback"):
        if name in arguments.keywords:
            frame.call(node, arguments.keywords[name], Arguments([result]))
    return future_of(frame, node, result)


def _print_to(frame: Frame, node: ir.Node, file: Value, arguments: Arguments) -> None:
    """``print(…, file=file)`` writes to the file, or to an object of the project that has the method."""
    ask(frame, node, file, ("write",), ANYTHING)
    printed = NOTHING
    for value in arguments.positional:
        printed = join(printed, value)
    for atom in ordered(file):
        if isinstance(atom, SymbolAtom) and atom.record is not None:
            write = frame.machine.symbol(f"{atom.path}.write", atom.record, atom)
            if frame.machine.entry(frame.machine.canonical(write.path)) is not None:
                call_symbol(frame, node, write, Arguments([printed]))


def _functions_given(arguments: Arguments) -> list[Atom]:
    """The functions that a wrapper which leaves functions as they are is put around. What is handed to it under any
    other name is called beside them: ``retry(before=noted, retry_error_callback=give_up)``."""
    given = arguments.star if arguments.star is not None else NOTHING
    for value in arguments.positional:
        given = join(given, value)
    for name in WRAPPED_NAMES & arguments.keywords.keys():
        given = join(given, arguments.keywords[name])
    return callables(given)


def _calls_given(frame: Frame, arguments: Arguments) -> list[Atom]:
    """What is put first into a wrapper that leaves functions as they are, where it is a call that the catalogue knows:
    ``retry(client.complete)``."""
    machine = frame.machine
    first = arguments.positional[0] if arguments.positional else NOTHING
    entries = [(a, machine.entry(machine.canonical(a.path))) for a in first.atoms if isinstance(a, SymbolAtom)]
    return [a for a, entry in entries if entry is not None and entry.role not in ("pure", "client")]


def construct_base(frame: Frame, node: ir.Node, symbol: str, arguments: Arguments) -> CallRecord | None:
    """Notes that an instance of a library subclass is made; None where the catalogue has nothing on the base."""
    machine = frame.machine
    path = machine.canonical(symbol)
    if not machine.catalogue.is_prefix(path):
        return None
    entry = machine.entry(path)
    record = machine.record(frame.context, node, path, entry)
    record.arguments, record.loops, record.guards = arguments, frame.loops, frame.guards
    if entry is not None:
        record.named = named_arguments(frame, entry, arguments, NOTHING, node)
    if entry is not None and entry.role not in BIRTHS:
        held_by(frame, machine.symbol(f"{path}()", record), arguments.every())
    return record


def _unknown_call(frame: Frame, node: ir.Node, atom: SymbolAtom, path: str, arguments: Arguments) -> Value:
    machine = frame.machine
    if path.endswith("()"):
        maker = machine.entry(path[:-2])
        if maker is not None and maker.transparent:
            functions = Value(frozenset(_functions_given(arguments) or _calls_given(frame, arguments)))
            serve(frame, node, path[:-2], maker, atom, functions)
            return functions if functions.atoms else single(atom)
    chosen = _by_constant(frame, path, arguments, FIRST)
    if chosen is not None:
        record = machine.record(frame.context, node, chosen, machine.entry(chosen), atom.record)
        _note(frame, record, arguments, NOTHING)
        return single(machine.symbol(chosen, record))
    known = atom.record is not None and atom.record.entry is not None and path.rpartition(".")[2] not in OF_TEXT
    client = machine.catalogue.under_client(path) if known else None
    every = arguments.every()
    taints = merge_taints(every.taints, None)
    parent = atom.parent
    if client is not None:
        unmodelled = Entry(path, "pure", client.topic, client.kind, client.provider, tags=("unmodelled",))
        record = machine.record(frame.context, node, path, unmodelled, atom.record)
        record.unmodelled = True
        _note(frame, record, arguments, NOTHING)
        return tainted(single(machine.symbol(f"{path}()", record)), taints)
    source = every if any(isinstance(a, Place) for a in every.atoms) else None
    if parent is not None:
        frame.watch(parent)
    if parent is not None and parent.cells:
        source = join(source or NOTHING, single(parent))
    if source is None:
        if not machine.known(f"{path}()"):
            return ANYTHING if taints is None else Value(ANYTHING.atoms, taints)
        if atom.record is not None:
            return tainted(single(machine.symbol(f"{path}()", atom.record)), taints)
    record = machine.record(frame.context, node, path, None, atom.record)
    if atom.record is not None and atom.record.entry is not None:
        record = atom.record
    symbol = machine.symbol(f"{path}()", machine.home(record))
    if source is not None:
        machine.write(symbol.cell(SOURCE), source)
    return tainted(single(symbol), taints)


def _by_constant(frame: Frame, path: str, arguments: Arguments, slots: tuple[Slot, ...]) -> str | None:
    """A factory that a constant argument tells apart: ``boto3.client(bedrock-runtime)``."""
    machine = frame.machine
    if not machine.catalogue.is_prefix(path):
        return None
    given = next((value for slot in slots if (value := arguments.slot(slot)) is not None), None)
    for text in texts(given) if given is not None else ():
        if len(text) < 60 and "." not in text:
            chosen = machine.canonical(f"{path}({text})")
            if machine.catalogue.is_prefix(chosen):
                return chosen
    return None


def _modelled_call(
    frame: Frame, node: ir.Node, atom: SymbolAtom, path: str, entry: Entry, arguments: Arguments
) -> Value:
    machine = frame.machine
    slots = entry.arguments.get("select", FIRST)
    chosen = _by_constant(frame, path, arguments, slots) if entry.role == "pure" else None
    receiver = _receiver(frame, atom)
    record = machine.record(frame.context, node, path, entry, _maker(frame, path, entry, atom.record))
    _note(frame, record, arguments, receiver)
    record.named = named = named_arguments(frame, entry, arguments, receiver, node)
    if "path" in named:
        named["path"] = join(named["path"], path_of(frame, named["path"]))
    if entry.role in ("upload", "tune"):
        hand_over(frame, record, named)
    if "handler" in named:
        machine.served(record, named["handler"])
    applied = apply_function(frame, node, entry, arguments, receiver) if entry.applies is not None else None
    if chosen is not None:
        return single(machine.symbol(chosen, record))
    role = entry.role
    if role in ("write", "publish"):
        _write(frame, node, record, named)
    elif role == "queue-put" or STORES in entry.tags:
        _put(frame, atom, named)
    result = result_of(frame, node, atom, path, record, named, receiver, applied)
    if "statement" in named and "sql" in entry.tags:
        keep_rows(frame, node, named, many=path.endswith("many"))
        result = join(result, selected_rows(frame, node, named))
    if entry.fills:
        fill(frame, node, record, result)
    if role == "metric":
        derived = _argument_taints(frame, arguments, receiver)
        if derived:
            result = tainted(result, {t.twin(): h for t, h in derived.items()})
    return result


def _receiver(frame: Frame, atom: SymbolAtom) -> Value:
    """The object a method belongs to, with what it was made from, or as what was born at the call that gave it."""
    parent = atom.parent
    if parent is None:
        return NOTHING
    frame.watch(parent)
    receiver = single(parent)
    record = parent.record
    if record is not None and record.taint is not None and parent.path == f"{record.symbol}()":
        receiver = tainted(receiver, {record.taint: birth_hop(record.symbol, record.node, record.context)})
    # A part of what a call gave (``output.loss``) was made of the same.
    source = parent if SOURCE in parent.cells or parent.parent is None else parent.parent
    return tainted(receiver, frame.read(source.cells[SOURCE]).taints) if SOURCE in source.cells else receiver


def _maker(frame: Frame, path: str, entry: Entry, receiver: CallRecord | None) -> CallRecord | None:
    """The call that made what a method is called on; of a table, computed over and over, the call that read it."""
    owner = path.rpartition(".")[0]
    if entry.role != "pure" or receiver is None or frame.machine.canonical(f"{owner}[]") != owner:
        return receiver
    while receiver.receiver is not None and receiver.entry is not None and receiver.entry.role == "pure":
        receiver = receiver.receiver
    return receiver


def _note(frame: Frame, record: CallRecord, arguments: Arguments, receiver: Value) -> None:
    record.arguments = arguments
    record.receiver_value = receiver
    record.loops = frame.loops
    record.guards = frame.guards
    record.control = frame.control


def _argument_taints(frame: Frame, arguments: Arguments, receiver: Value) -> Mapping[Taint, Hop] | None:
    return merge_taints(reached(frame, arguments.every()), reached(frame, receiver))


def _write(frame: Frame, node: ir.Node, record: CallRecord, named: Mapping[str, Value]) -> None:
    data = named.get("data", NOTHING)
    taints = reached(frame, data)
    if taints is not None:
        data = Value(data.atoms, frame.hops(taints, node, "written", _written_text(frame, record, named)))
    target = named.get("id") if record.entry is not None and record.entry.role == "publish" else None
    if target is not None:
        frame.machine.disk.write(frame.machine, target, data, prefix="hub:")
    path = path_of(frame, named.get("path", NOTHING))
    frame.machine.disk.write(frame.machine, path, data)


def _written_text(frame: Frame, record: CallRecord, named: Mapping[str, Value]) -> str:
    if record.entry is not None and record.entry.role == "publish" and "path" not in named:
        return said_of(named.get("id"), "published")
    return said_of(path_of(frame, named.get("path", NOTHING)), "written")


def _put(frame: Frame, atom: SymbolAtom, named: Mapping[str, Value]) -> None:
    if atom.parent is not None:
        frame.machine.put(atom.parent, REST, named.get("data", NOTHING))


def named_arguments(
    frame: Frame, entry: Entry, arguments: Arguments, receiver: Value, node: ir.Node
) -> dict[str, Value]:
    """The entry's arguments by our names."""
    named: dict[str, Value] = {}
    taken: set[Slot] = {s for slots in entry.arguments.values() for s in slots}
    for name, slots in entry.arguments.items():
        for slot in slots:
            value = _slot(frame, slot, arguments, receiver, taken, node)
            if value is not None and (value.atoms or value.taints):
                named[name] = join(named[name], value) if name in named and name == "input" else value
                if name != "input":
                    break
    return named


def _slot(
    frame: Frame, slot: Slot, arguments: Arguments, receiver: Value, taken: set[Slot], node: ir.Node
) -> Value | None:
    if slot == "self":
        return receiver if receiver.atoms else None
    if slot == "*":
        return arguments.every()
    if slot == "rest":
        rest = NOTHING
        for position, value in enumerate(arguments.positional):
            if position not in taken:
                rest = join(rest, value)
        for key, value in arguments.keywords.items():
            if key not in taken:
                rest = join(rest, value)
        return rest
    if isinstance(slot, str) and "." in slot and slot not in arguments.keywords:
        head, _, tail = slot.partition(".")
        found = arguments.slot(int(head) if head.isdigit() else head)
        for key in tail.split("."):
            if found is None:
                return None
            found = read_item(frame, found, constant(key), node)
        return found
    found = arguments.slot(slot)
    if found is None and isinstance(slot, str) and arguments.keyword_star is not None:
        kept = frozenset(a for a in arguments.keyword_star.atoms if not isinstance(a, Constant))
        return Value(kept, arguments.keyword_star.taints)
    return found


#: What a comparison is to those who ask, by its symbol and whether an answer meets data in it: in what was read, or in
#: what that made of the labels that the code spells out.
COMPARING = {
    (symbol, met): Entry(
        symbol,
        "metric",
        "operators",
        "library",
        arguments={"predictions": (0,), "references": (1,)},
        tags=("comparison", MEETS_DATA) if met else ("comparison",),
    )
    for symbol in ("operator.contains", "operator.eq", "operator.lt")
    for met in (False, True)
}


def observe_comparison(
    frame: Frame, node: ir.Node, op: str, left: Value, right: Value, taints: Mapping[Taint, Hop]
) -> Value:
    """Notes that something born at a call is compared with something else (``answer == expected``)."""
    machine = frame.machine
    symbol = (
        "operator.contains"
        if op in ("in", "not in")
        else "operator.eq"
        if op in ("==", "!=", "is", "is not")
        else "operator.lt"
    )
    met = meets_data(left, right)
    if not met and symbol == "operator.eq":  # columns and arrays are compared item by item
        met = meets_data(Value(left.atoms, reached(frame, left)), Value(right.atoms, reached(frame, right)))
    entry = machine.entry(symbol) or COMPARING[symbol, met]
    record = machine.record(frame.context, node, symbol, entry)
    if met:
        record.entry = entry
    _note(frame, record, Arguments([left, right]), NOTHING)
    record.named = {"predictions": left, "references": right}
    derived = {t.twin(): h for t, h in taints.items()}
    said = AGREES if met else "compared"
    return Value(ANYTHING.atoms, frame.hops(derived, node, "compared", said))
