"""Standard-library calls that are told by an argument what to call, and readers of an object's members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.attributes import read_attribute
from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.inheritance import class_attribute, external_bases, linearize
from tosguard.flow.natives.natives import native
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join, tainted
from tosguard.flow.values.values import (
    ANYTHING,
    NOTHING,
    REST,
    ClassAtom,
    ModuleAtom,
    ObjectAtom,
    Value,
    callables,
    constant,
    single,
    texts,
)

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

#: Keywords of serialisers whose functions turn what was read into what is returned, and those that only help to write.
_READING = ("object_hook", "object_pairs_hook")
_HELPING = ("parse_float", "parse_int", "parse_constant", "default")
#: The hooks of each serialiser.
HOOKED = frozenset(
    f"{library}.{name}"
    for library in ("json", "ujson", "orjson", "msgpack")
    for name in ("load", "loads", "dump", "dumps", "unpackb", "packb")
)
#: Methods that an encoder class given as ``cls`` runs.
_ENCODING = ("default", "iterencode")


def run_hooks(frame: Frame, node: ir.Node, arguments: Arguments, result: Value) -> Value:
    """Calls what a serialiser is told to call; what its hooks make of a record is read in the record's place."""
    for name in _HELPING:
        _call_given(frame, node, arguments.keywords.get(name), ANYTHING)
    made = NOTHING
    for name in _READING:
        made = join(made, _call_given(frame, node, arguments.keywords.get(name), result))
    for cls in arguments.keywords.get("cls", NOTHING).atoms:
        for name in _ENCODING if isinstance(cls, ClassAtom) else ():
            assert isinstance(cls, ClassAtom)
            method = class_attribute(frame, cls, name)
            if method is not None:
                encoder = single(frame.machine.make("instance", node, frame.context, cls))
                (me,) = encoder.atoms
                frame.call(node, bind_method(frame, method, me, cls, node), Arguments([ANYTHING]))
    return join(result, tainted(made, result.taints)) if made.atoms or made.taints else result


def _call_given(frame: Frame, node: ir.Node, given: Value | None, argument: Value) -> Value:
    """Calls the project's functions among what an argument may be."""
    functions = frozenset(callables(given)) if given is not None else None
    return frame.call(node, Value(functions), Arguments([argument])) if functions else NOTHING


# --------------------------------------------------------------------------------------------------- members by listing


@native("inspect.getmembers", "inspect.getmembers_static")
def _members(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """``inspect.getmembers(owner)``: pairs of a name and what the owner has under it, one pair a member."""
    machine = frame.machine
    listed = machine.make("list", node, frame.context)
    for atom in arguments.positional[0].atoms if arguments.positional else ():
        for name in _names(atom):
            pair = machine.make("tuple", (id(node), name), frame.context)
            machine.put(pair, 0, constant(name))
            machine.put(pair, 1, read_attribute(frame, single(atom), name, node, silent=True))
            machine.put(listed, REST, single(pair))
    return single(listed)


def _names(atom: object) -> list[str]:
    """The names under which the project's code stored something in an object, its class and the classes behind it."""
    classes: tuple[ClassAtom, ...] = ()
    if isinstance(atom, ClassAtom):
        classes = linearize(atom)
    elif isinstance(atom, ObjectAtom) and atom.cls is not None:
        classes = linearize(atom.cls)
    own = [atom] if isinstance(atom, (ObjectAtom, ModuleAtom)) else []
    found = dict.fromkeys(name for holder in (*own, *classes) for name in holder.cells if isinstance(name, str))
    return [name for name in found if not name.startswith(("__", "<")) and "." not in name]


def member_named(frame: Frame, cls: ClassAtom, index: Value) -> Value:
    """``Colour[name]``: the members of those names, all of them for a name that is not known; nothing for other
    classes."""
    if not any(base.startswith("enum.") for base in external_bases(cls)):
        return NOTHING
    names = texts(index)
    if not names or len(names) < len(index.atoms):
        return members_of(frame, cls)
    result = NOTHING
    for name in names:
        result = join(result, read_attribute(frame, single(cls), name, frame.here, silent=True))
    return result


def members_of(frame: Frame, cls: ClassAtom) -> Value:
    """What iterating over an enumeration gives: its members; nothing for other classes."""
    result = NOTHING
    if not any(base.startswith("enum.") for base in external_bases(cls)):
        return result
    for name in _names(cls):
        for atom in read_attribute(frame, single(cls), name, frame.here, silent=True).atoms:
            if isinstance(atom, ObjectAtom) and atom.site == "member":
                result = join(result, single(atom))
    return result
