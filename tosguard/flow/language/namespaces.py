"""What objects keep under names, as a whole: ``__dict__`` and ``vars()`` of instances and classes, parsed options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.inheritance import class_attribute
from tosguard.flow.natives.method_names import CONTAINER_METHODS
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    ANYTHING,
    KEYS,
    NOTHING,
    ClassAtom,
    ObjectAtom,
    Value,
    single,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir


def class_namespace(frame: Frame, cls: ClassAtom, node: ir.Node) -> ObjectAtom:
    """``cls.__dict__``."""
    made = frame.machine.make("dict", node, frame.context, cls=None)
    for name, cell in list(cls.cells.items()):
        if isinstance(name, str) and not name.startswith("<"):
            frame.machine.put(made, name, frame.read(cell))
    return made


def instance_namespace(frame: Frame, instance: ObjectAtom, node: ir.Node) -> ObjectAtom:
    """``vars(instance)`` or ``instance.__dict__`` as a dict to be read."""
    made = frame.machine.make("dict", (id(node), "fields"), frame.context, cls=None)
    for name, cell in list(instance.cells.items()):
        if isinstance(name, str) and not name.startswith("<"):
            frame.machine.put(made, name, frame.read(cell))
    return made


def fields_of(frame: Frame, instance: ObjectAtom) -> Iterator[tuple[str, Value]]:
    """The fields of an instance by their names, as ``**vars(instance)`` passes them: what was stored, else defaults."""
    declared = instance.cls.fields if instance.cls is not None else ()
    for name in dict.fromkeys((*declared, *(name for name in instance.cells if isinstance(name, str)))):
        if name.startswith("<"):
            continue
        stored = frame.read(instance.cells[name]) if name in instance.cells else NOTHING
        if not stored.atoms and instance.cls is not None:
            stored = join(stored, class_attribute(frame, instance.cls, name) or NOTHING)
        yield name, stored


def namespace_attribute(frame: Frame, atom: ObjectAtom, name: str) -> Value:
    """An option of a parsed command line; unknown options are anything. What also has items may be read like them."""
    if name == "__dict__":
        return single(atom)
    value = frame.read(atom.cell(name))
    if KEYS in atom.cells:
        held = atom.cells.get(("item", name))
        if held is not None:
            value = join(value, frame.read(held))
        elif name in CONTAINER_METHODS:
            return single(frame.machine.method(atom, name))
    return value if value.atoms or value.taints else ANYTHING


def names_fields(node: ir.Node) -> bool:
    """Whether an attribute is read of an instance's fields as a dict: of ``x.__dict__`` or ``vars(x)``."""
    owner = getattr(node, "value", None)
    return getattr(owner, "attr", "") == "__dict__" or getattr(getattr(owner, "func", None), "id", "") == "vars"
