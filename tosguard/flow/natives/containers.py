"""Calls of built-in methods on lists, dicts, sets, strings, files and generators: which of them answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.calls.called import first_positional
from tosguard.flow.language.inheritance import linearize
from tosguard.flow.language.iteration import items_of
from tosguard.flow.language.storing import write_attribute
from tosguard.flow.natives.futures import future_method
from tosguard.flow.natives.mappings import MAPPING_METHODS, read_key, update_mapping
from tosguard.flow.natives.method_names import CUTTING, TRIMMING
from tosguard.flow.natives.sequences import SEQUENCE_METHODS, extend, pop
from tosguard.flow.natives.text_methods import string_method
from tosguard.flow.programs.options import parser_method
from tosguard.flow.values.fields import ANY_ITEM, stored
from tosguard.flow.values.joining import join, merge_taints, only_taints, tainted
from tosguard.flow.values.reach import reached
from tosguard.flow.values.values import (
    ANYTHING,
    KEYS,
    NOTHING,
    REST,
    SENT,
    SUBCLASSES,
    THROWN,
    ClassAtom,
    Constant,
    FunctionAtom,
    MethodAtom,
    ObjectAtom,
    Pattern,
    SymbolAtom,
    Value,
    single,
)

if TYPE_CHECKING:
    from tosguard.flow.calls.called import Method
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments
    from tosguard.syntax import ir


#: Methods that change what they are called on, and those that give it back as good as it is.
_CHANGING = frozenset(
    [
        "append",
        "appendleft",
        "insert",
        "extend",
        "update",
        "setdefault",
        "pop",
        "popleft",
        "popitem",
        "sort",
        "reverse",
        "clear",
        "remove",
        "rotate",
        "__setitem__",
    ]
)
_SELF = frozenset(
    {
        "union",
        "difference",
        "intersection",
        "symmetric_difference",
        "__iter__",
        "__enter__",
        "tolist",
        "most_common",
        "fetchall",
        "fetchmany",
    }
)


def call_container_method(frame: Frame, node: ir.Node, atom: MethodAtom, arguments: Arguments) -> Value:
    """Calls a built-in method on what it is bound to."""
    receiver, name = atom.receiver, atom.name
    if name in _CHANGING:
        stored(frame, ANY_ITEM)
    result = NOTHING
    for held in receiver.atoms:
        if isinstance(held, ObjectAtom) and held.kind == "parser":
            result = join(result, parser_method(frame, node, held, name, arguments))
        elif isinstance(held, ObjectAtom) and held.kind == "future":
            result = join(result, future_method(frame, node, held, name, arguments))
        elif isinstance(held, ObjectAtom) and held.kind == "exit-stack":
            from tosguard.flow.natives.callbacks import stack_method

            result = join(result, stack_method(frame, node, held, name, arguments))
        elif isinstance(held, ClassAtom):
            result = join(result, _class_method(frame, node, held, name, arguments))
        elif isinstance(held, FunctionAtom):
            from tosguard.flow.natives.callbacks import register

            result = join(result, register(frame, node, held, arguments, atom))
        elif isinstance(held, ObjectAtom):
            handler = _METHODS.get(name)
            if handler is not None:
                result = join(result, handler(frame, node, held, arguments))
            elif name in _SELF or name in TRIMMING:
                result = join(result, single(held))
            elif name in CUTTING:
                result = join(result, _pieces(frame, node, held))
            else:
                result = join(result, Value(ANYTHING.atoms, reached(frame, receiver)))
        elif isinstance(held, SymbolAtom):
            result = join(result, single(held) if name in TRIMMING else _pieces(frame, node, held))
        elif isinstance(held, (Constant, Pattern)):
            text = string_method(frame, node, name, Value(frozenset((held,)), receiver.taints), arguments)
            result = join(result, text if text is not None else only_taints(receiver))
    if receiver.taints is not None:
        result = tainted(result, receiver.taints)
    return result if result.atoms or result.taints else ANYTHING


def _pieces(frame: Frame, node: ir.Node, text: ObjectAtom | SymbolAtom) -> Value:
    """The pieces of text that was made of records: each may hold any of them."""
    made = frame.machine.make("list", node, frame.context)
    frame.machine.put(made, REST, join(ANYTHING, single(text)))
    return single(made)


def _class_method(frame: Frame, node: ir.Node, cls: ClassAtom, name: str, arguments: Arguments) -> Value:
    if name == "__call__":
        from tosguard.flow.language.instantiation import instantiate

        return instantiate(frame, node, cls, arguments, plainly=True)
    made = frame.machine.make("list", node, frame.context)
    frame.machine.put(made, REST, frame.read(cls.cell(SUBCLASSES)))
    return single(made)


def _copy(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    made = frame.machine.make(atom.kind, node, frame.context)
    copy_items(frame, atom, made)
    return single(made)


def copy_items(frame: Frame, source: ObjectAtom, target: ObjectAtom) -> None:
    """Copies all items of one collection to another."""
    frame.read(source.cell(KEYS))
    for key, cell in list(source.cells.items()):
        frame.machine.write(target.cell(key), frame.read(cell))


def _fill_declared(frame: Frame, node: ir.Node, held: ObjectAtom, arguments: Arguments) -> Value:
    """``super().__init__(field=value)`` of a class whose library base takes the declared fields as arguments."""
    declared = {name for cls in linearize(held.cls) for name in cls.fields} if held.cls is not None else set()
    for name, value in arguments.keywords.items():
        if name in declared:
            write_attribute(frame, single(held), name, value)
    return ANYTHING


def _next(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    return items_of(frame, atom)


def _send(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    frame.machine.write(atom.cell(SENT), first_positional(arguments))
    return items_of(frame, atom)


def _throw(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    """``generator.throw(error)``: raised where the generator waits."""
    from tosguard.flow.language.raising import raised_instances

    frame.machine.write(atom.cell(THROWN), raised_instances(frame, node, first_positional(arguments)))
    return items_of(frame, atom)


def _update(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    """``update`` of a dict, a set, or the fields of an instance."""
    if atom.kind != "set":
        return update_mapping(frame, node, atom, arguments)
    extend(frame, node, atom, first_positional(arguments))
    return ANYTHING


def _found_at(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    """``labels.index(answer)``: where something stands, or how often, says what it is."""
    asked = reached(frame, first_positional(arguments))
    return Value(ANYTHING.atoms, merge_taints(reached(frame, single(atom)), asked))


def _pop(frame: Frame, node: ir.Node, atom: ObjectAtom, arguments: Arguments) -> Value:
    return read_key(frame, node, atom, arguments) if atom.kind == "dict" else pop(frame, node, atom, arguments)


#: What answers to a method of the name, of whatever kind the object is.
_METHODS: dict[str, Method] = {
    **SEQUENCE_METHODS,
    **MAPPING_METHODS,
    "__init__": _fill_declared,
    "update": _update,
    "pop": _pop,
    "popleft": _pop,
    "copy": _copy,
    "index": _found_at,
    "count": _found_at,
    "__next__": _next,
    "__anext__": _next,
    "fetchone": _next,
    "send": _send,
    "asend": _send,
    "throw": _throw,
    "athrow": _throw,
}
