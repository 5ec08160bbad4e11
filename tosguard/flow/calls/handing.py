"""What comes from outside: the parameters of functions that a server or a bot calls, and the clients that an importer
hands over without a word of what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.values.joining import join, tainted
from tosguard.flow.values.taints import birth_hop
from tosguard.flow.values.values import UNKNOWN, ClassAtom, FunctionAtom, SymbolAtom, Value, single
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.catalog.model import Entry
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments

#: Symbols of clients of which nothing is known but how they are called begin so.
CLIENT = "handed.client()"

#: The argument that a call of such a client must be given: many things have a method of the same name.
ASKED = "input"

#: Tag of what a server was sent: parts of the request that frameworks keep in a global object.
INBOUND = "inbound"

#: Tag of what a library calls with one thing that happened.
HANDLER = "handler"

#: Tag of handlers of commands: what they are given is a way to the platform, not content of it.
COMMAND = "command"


def handed(frame: Frame, atom: FunctionAtom, parameter: ir.Parameter, value: Value) -> Value:
    """What a parameter of a function that nobody is seen to call is, where the function handles requests or events."""
    machine = frame.machine
    record = machine.handlers.get(atom)
    if record is None or record.entry is None or parameter.kind in ("args", "kwargs"):
        return value
    symbol = record.entry.hands.get(parameter.name)
    if symbol is not None:
        value = join(value, single(machine.symbol(machine.canonical(symbol), record)))
    if COMMAND in record.entry.tags:
        return value
    taint = machine.birth(record, by_site=False)
    return tainted(value, {taint: birth_hop(record.symbol, record.node, frame.context)})


def serve(frame: Frame, node: ir.Node, path: str, entry: Entry, atom: SymbolAtom, functions: Value) -> None:
    """Notes that what a library's decorator is put on, or given in a call, handles what it says."""
    if entry.hands and functions.atoms:
        frame.machine.served(frame.machine.record(frame.context, node, path, entry, atom.record), functions)


def serve_methods(frame: Frame, node: ir.Class, cls: ClassAtom) -> None:
    """Notes the methods of a class by which the library class that it derives from calls it back: ``on_message``."""
    machine = frame.machine
    for base in cls.external:
        if not machine.catalogue.is_prefix(f"{base}()"):
            continue
        for statement in node.body:
            if not isinstance(statement, ir.Function):
                continue
            path = machine.canonical(f"{base}().{statement.name}")
            entry = machine.entry(path)
            if entry is not None and HANDLER in entry.tags and entry.hands:
                record = machine.record(frame.context, statement, path, entry)
                machine.served(record, frame.read(cls.cell(statement.name)))


def inbound(frame: Frame, atom: SymbolAtom, path: str, node: ir.Node) -> Value | None:
    """A part of the request that is read as an attribute of a framework's global object; None for anything else."""
    machine = frame.machine
    entry = machine.entry(path)
    if entry is None or INBOUND not in entry.tags:
        return None
    record = machine.record(frame.context, node, path, entry, atom.record)
    taint = machine.birth(record, by_site=False)
    return tainted(single(machine.symbol(path, record)), {taint: birth_hop(path, node, frame.context)})


def client_method(frame: Frame, callee: Value, function: ir.Expr, arguments: Arguments) -> Value:
    """What is called, where that is a method of something of which nothing is known: the method of a client, if its
    name and what it is given are those of one that the catalogue describes."""
    if not isinstance(function, ir.Attribute) or len(callee.atoms) != 1 or UNKNOWN not in callee.atoms:
        return callee
    machine = frame.machine
    path, node = "", function
    while isinstance(node, ir.Attribute):
        path = f".{node.attr}{path}"
        entry = machine.entry(f"{CLIENT}{path}")
        if entry is not None and _asks(entry, arguments):
            return Value(frozenset((machine.symbol(f"{CLIENT}{path}"),)), callee.taints)
        node = node.value  # type: ignore[assignment]
    return callee


def _asks(entry: Entry, arguments: Arguments) -> bool:
    """Whether a call is given what it asks, where the catalogue says that it is found, or all of it in one mapping."""
    slots = entry.arguments.get(ASKED, ())
    return arguments.keyword_star is not None or any(arguments.slot(slot) is not None for slot in slots)
