"""What a modelled call gives back: its birth, what it stored or selected, what its arguments make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.catalog.model import Entry
from tosguard.flow.calls.handing import INBOUND
from tosguard.flow.disk.disk import said_of
from tosguard.flow.disk.paths import path_of
from tosguard.flow.language.iteration import element_of
from tosguard.flow.solver.records import CallRecord
from tosguard.flow.values.copies import read_back
from tosguard.flow.values.joining import join, merge_taints, tainted
from tosguard.flow.values.reach import reached
from tosguard.flow.values.taints import Hop, Taint, birth_hop
from tosguard.flow.values.values import (
    ANYTHING,
    ELEMENT,
    NOTHING,
    REST,
    SOURCE,
    Constant,
    ObjectAtom,
    Pattern,
    Place,
    SymbolAtom,
    Value,
    constant,
    single,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir
#: Roles whose result is born at the call, and gets an origin per call site of the functions around it.
BIRTHS = frozenset(
    [
        "generate",
        "embed",
        "moderate",
        "rerank",
        "image",
        "speech",
        "transcribe",
        "batch",
        "harvest",
        "upload",
        "tune",
        "judge",
        "http",
        "local-generate",
        "platform-read",
        "unofficial",
    ]
)
#: Roles whose result is born at the call; who called the function around it does not matter.
PLAIN_BIRTHS = frozenset({"load-dataset", "read", "metric", "environment"})

#: The tag of calls that read a file as one text, and what such a text is not shorter than.
TEXT = "text"
SHORTEST_TEXT = 40


def held_by(frame: Frame, made: SymbolAtom, given: Value) -> Value:
    """Lets an object of a library hold what its constructor was given; gives what it holds."""
    held = Value(frozenset(a for a in given.atoms if not isinstance(a, Constant)), given.taints)
    if any(isinstance(a, (ObjectAtom, SymbolAtom)) for a in held.atoms) or held.taints:
        frame.machine.write(made.cell(SOURCE), held)
    return held


def result_of(
    frame: Frame,
    node: ir.Node,
    atom: SymbolAtom,
    path: str,
    record: CallRecord,
    named: Mapping[str, Value],
    receiver: Value,
    applied: Value | None,
) -> Value:
    """The value of a modelled call, by what its entry says that it returns.

    Args:
        frame: where it is called.
        node: the call.
        atom: what is called.
        path: its symbol.
        record: what is noted of the call.
        named: the arguments by the entry's names.
        receiver: the object on which it is called.
        applied: what a function that it was given returned, None without one.
    """
    entry = record.entry
    assert entry is not None
    if entry.role == "read" and (answer := _answer_read(frame, named)) is not None:
        return join(answer, join(single(frame.machine.make("dict", node, frame.context)), ANYTHING))
    born = _born(frame, node, record)
    if not entry.returns:
        return _default_result(frame, path, record, named, receiver, born, applied)
    result = NOTHING
    for term in entry.returns.split(" + "):
        result = join(result, _term(frame, node, term.strip(), path, record, named, receiver, born, applied))
    if born is not None and (entry.returns.startswith(("symbol:", "output")) or _is_picker(entry)):
        if entry.role in ("read", "load-dataset", "generate") and entry.returns != "output":
            _keep_birth(frame, result, record, born)
        result = tainted(result, born)
    return result if result.atoms or result.taints else ANYTHING


def _answer_read(frame: Frame, named: Mapping[str, Value]) -> Value | None:
    """The answer of a known host that is read as a file is: ``json.load(urlopen(request))``. None for another file."""
    handle = named.get("path", NOTHING)
    for atom in handle.atoms if handle.taints else ():
        made = atom.record if isinstance(atom, SymbolAtom) else None
        if made is not None and made.entry is not None and made.entry.role == "http" and _to_known_host(frame, made):
            return handle
    return None


def _born(frame: Frame, node: ir.Node, record: CallRecord) -> Mapping[Taint, Hop] | None:
    entry, machine = record.entry, frame.machine
    assert entry is not None
    role = entry.role
    if role not in BIRTHS and role not in PLAIN_BIRTHS and not _is_picker(entry) and INBOUND not in entry.tags:
        return None
    if entry.returns == "nothing":
        return None
    taint = machine.birth(record, by_site=role in BIRTHS and (role != "http" or _to_known_host(frame, record)))
    return {taint: birth_hop(record.symbol, node, frame.context)}


def _keep_birth(frame: Frame, result: Value, record: CallRecord, born: Mapping[Taint, Hop]) -> None:
    """Marks the table that a call read as its rows, for whoever gets the table and not the value."""
    home = frame.machine.home(record)
    for atom in result.atoms:
        if isinstance(atom, SymbolAtom) and atom.record is home:
            frame.machine.write(atom.cell(SOURCE), Value(frozenset(), born))


def _is_picker(entry: Entry) -> bool:
    """Whether a call draws from a collection at random or in turn: what it draws is told apart by that."""
    return bool({"random-choice", "cycle"} & set(entry.tags))


def _to_known_host(frame: Frame, record: CallRecord) -> bool:
    """Whether a request goes to a host whose terms are known; any other web request has one origin for all callers."""
    catalogue = frame.machine.catalogue
    url = record.named.get("url", NOTHING)
    for atom in url.atoms:
        # A request that was made first holds the address.
        if isinstance(atom, SymbolAtom) and atom.record is not None:
            url = join(url, atom.record.named.get("url", NOTHING))
    heads = [a.parts[0] or "" for a in url.atoms if isinstance(a, Pattern)]
    return any("." in text and catalogue.host_of(text) is not None for text in [*texts(url), *heads])


def _default_result(
    frame: Frame,
    path: str,
    record: CallRecord,
    named: Mapping[str, Value],
    receiver: Value,
    born: Mapping[Taint, Hop] | None,
    applied: Value | None,
) -> Value:
    machine = frame.machine
    entry = record.entry
    assert entry is not None
    if entry.role == "environment":
        return tainted(_environment(frame, named), born)
    if entry.role == "queue-get":
        held = NOTHING
        for parent in receiver.atoms:
            if isinstance(parent, SymbolAtom):
                held = join(held, frame.read(parent.cell(ELEMENT)))
        return held if held.atoms or held.taints else ANYTHING
    symbol = machine.symbol(f"{path}()", machine.home(record))
    source = (
        record.arguments.every() if entry.role not in BIRTHS or entry.role in ("upload", "tune", "batch") else NOTHING
    )
    if entry.role in ("read", "load-dataset"):
        source = _stored(frame, record, named)
    elif entry.role == "upload":
        source = join(source, named.get("path", NOTHING))
    if entry.role in ("pure", "tokenize", "train") and receiver.atoms:
        source = join(source, Value(frozenset(a for a in receiver.atoms if isinstance(a, Place) and a.cells)))
    read = _texts_read(entry, source)
    source = held_by(frame, symbol, source)
    result = Value(frozenset((symbol, *read)), merge_taints(source.taints, born))
    if applied is not None:
        machine.put(symbol, REST, applied)
        result = tainted(result, applied.taints)
    return result


def _texts_read(entry: Entry, stored: Value) -> Iterator[Constant]:
    """What a file that is read whole says, where that is known: a prompt. Shorter texts are settings and results."""
    for atom in stored.atoms if entry.role == "read" and TEXT in entry.tags else ():
        if isinstance(atom, Constant) and isinstance(atom.value, str) and len(atom.value) >= SHORTEST_TEXT:
            yield atom


def hand_over(frame: Frame, record: CallRecord, named: dict[str, Value]) -> None:
    """What the project wrote to a file goes along where the file is handed over by its name."""
    for name in ("path", "data"):
        if name not in named or not texts(named[name]):
            continue
        held = frame.machine.disk.read(frame.machine, path_of(frame, named[name]), frame.context)
        given = read_back(frame, record.node, held, said_of(named[name], "read"))
        named[name] = join(named[name], Value(frozenset(), reached(frame, given)))


def _stored(frame: Frame, record: CallRecord, named: Mapping[str, Value]) -> Value:
    """What the project wrote under the path or data-set id that is read here."""
    disk, machine = frame.machine.disk, frame.machine
    found = NOTHING
    path = named.get("path")
    if path is not None:
        found = disk.read(machine, path_of(frame, path), frame.reader)
    target = named.get("id")
    if target is not None:
        found = join(found, disk.read(machine, target, frame.reader, prefix="hub:"))
        found = join(found, disk.read(machine, target, frame.reader))
    hub = target is not None and path is None
    return read_back(frame, record.node, found, said_of(target if hub else path, "loaded" if hub else "read"))


def _environment(frame: Frame, named: Mapping[str, Value]) -> Value:
    result = NOTHING
    for name in texts(named.get("name", NOTHING)):
        result = join(result, single(frame.machine.symbol(f"os.environ[{name}]")))
        result = join(result, frame.machine.option_values(frame.module.path, f"${name}"))
    default = named.get("default")
    if default is not None:
        result = join(result, default)
    return join(result, ANYTHING)


def _term(
    frame: Frame,
    node: ir.Node,
    term: str,
    path: str,
    record: CallRecord,
    named: Mapping[str, Value],
    receiver: Value,
    born: Mapping[Taint, Hop] | None,
    applied: Value | None,
) -> Value:
    machine = frame.machine
    if term in ("output", "job", "handle"):
        return Value(frozenset((machine.symbol(f"{path}()", record),)), born)
    if term == "nothing":
        return constant(None)
    if term == "anything":
        return ANYTHING
    if term == "self":
        return receiver
    if term == "parts":
        named_parts = machine.make("dict", node, frame.context)
        machine.put(named_parts, REST, receiver)
        return single(named_parts)
    if term == "row":
        return join(single(machine.make("dict", node, frame.context)), ANYTHING)
    if term == "fields":
        record_made = machine.make("dict", node, frame.context)
        for name, value in named.items():
            machine.put(record_made, name, value)
        return single(record_made)
    if term == "holding":
        holder = machine.symbol(machine.canonical(f"{path}()"), machine.home(record))
        held = named.get("data", NOTHING)
        if record.entry is not None and record.entry.role == "read":
            held = join(held, _stored(frame, record, named))
        machine.write(holder.cell(SOURCE), held)
        return tainted(single(holder), held.taints)
    if term == "applied":
        return applied if applied is not None else NOTHING
    if term == "applied[]":
        made = machine.make("list", node, frame.context)
        if applied is not None:
            machine.put(made, REST, applied)
        return single(made)
    kind, _, name = term.partition(":")
    if kind == "argument":
        value = named.get(name.removesuffix("[]"), NOTHING)
        return element_of(frame, value) if name.endswith("[]") else value
    symbol = machine.symbol(machine.canonical(name), machine.home(record))
    source = named.get("data", NOTHING)
    if record.entry is not None and record.entry.role in ("read", "load-dataset"):
        source = join(source, _stored(frame, record, named))
    if applied is not None:
        source = _with_applied(frame, record, symbol, source, applied)
    kept = Value(frozenset(a for a in source.atoms if isinstance(a, Place)), source.taints)
    if kept.atoms or kept.taints:
        machine.write(symbol.cell(SOURCE), kept)
    return tainted(single(symbol), kept.taints)


def _with_applied(frame: Frame, record: CallRecord, symbol: SymbolAtom, source: Value, applied: Value) -> Value:
    """Puts what the applied function gave into the result: an item each time, or all items at once where it was called
    once."""
    applies = record.entry.applies if record.entry is not None else None
    if applies is not None and applies.elements:
        frame.machine.put(symbol, REST, applied)
        return tainted(source, applied.taints)
    return join(source, applied)
