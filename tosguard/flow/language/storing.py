"""Writing attributes: of instances, classes and modules, through what their code says of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.inheritance import class_attribute
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.fields import stored
from tosguard.flow.values.values import (
    BY_SERIAL,
    NOTHING,
    ClassAtom,
    FunctionAtom,
    ModuleAtom,
    ObjectAtom,
    SymbolAtom,
    Value,
    WrappedAtom,
    constant,
    single,
)

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir


def _stored_by_code(frame: Frame, where: ir.Node, atom: ObjectAtom, cls: ClassAtom, name: str, value: Value) -> bool:
    """Calls what an assignment to an attribute runs: ``__setattr__``, a descriptor's ``__set__``, a property's setter.
    True where a descriptor takes the value."""
    hook = class_attribute(frame, cls, "__setattr__")
    if hook is not None:
        frame.call(where, bind_method(frame, hook, atom, cls, where), Arguments([constant(name), value]))
    held = class_attribute(frame, cls, name)
    taken = False
    for inner in held.atoms if held is not None else ():
        if isinstance(inner, WrappedAtom) and inner.setter.atoms:
            frame.call(where, bind_method(frame, inner.setter, atom, cls, where), Arguments([value]))
        elif isinstance(inner, ObjectAtom) and inner.cls is not None:
            setter = class_attribute(frame, inner.cls, "__set__")
            if setter is not None:
                taken = True
                frame.call(where, bind_method(frame, setter, inner, inner.cls, where), Arguments([single(atom), value]))
    return taken


def stores_plainly(frame: Frame, cls: ClassAtom, name: str) -> bool:
    """Whether an assignment to an attribute of an instance runs no code of the project's."""
    if class_attribute(frame, cls, "__setattr__") is not None:
        return False
    held = class_attribute(frame, cls, name)
    return held is None or not any(
        isinstance(a, WrappedAtom) or (isinstance(a, ObjectAtom) and a.cls is not None) for a in held.atoms
    )


def _supersede(frame: Frame, owner: Value, atom: ClassAtom | ModuleAtom, name: str) -> None:
    """A class patched in the straight code of its own module, or a module in that of the one module that imports it,
    before anybody used what it had: the patch is all there is."""
    cell = atom.cells.get(name)
    unseen = cell is not None and not cell.readers and cell not in frame.machine.superseded
    if not unseen or cell is None or len(owner.atoms) > 1 or frame.branch or frame.scope is not frame.module:
        return
    own = isinstance(atom, ClassAtom) and atom.scope.parent is frame.module
    if own or (isinstance(atom, ModuleAtom) and _is_alone(frame, atom)):
        frame.publish()
        cell.value = NOTHING
        frame.machine.superseded.add(cell)


def _is_alone(frame: Frame, module: ModuleAtom) -> bool:
    """Whether no module but this one imports a module; one inside a package may be imported by relative names."""
    name = module.scope.dotted
    if "." in name or module.scope.is_package:
        return False
    others = (s for s in frame.machine.project.modules.values() if s is not frame.module and s is not module.scope)
    return not any(each == name or each.startswith(f"{name}.") for other in others for each in other.imports)


def write_attribute(frame: Frame, owner: Value, name: str, value: Value) -> None:
    """``owner.name = value``."""
    machine = frame.machine
    value = frame.under_control(value)
    stored(frame, name)
    for atom in sorted(owner.atoms, key=BY_SERIAL) if len(owner.atoms) > 1 else owner.atoms:
        if isinstance(atom, ObjectAtom):
            setter = class_attribute(frame, atom.cls, f"{name}.setter") if atom.cls is not None else None
            where = frame.here
            if setter is not None:
                frame.call(where, bind_method(frame, setter, atom, atom.cls, where), Arguments([value]))
            if atom.cls is not None and _stored_by_code(frame, where, atom, atom.cls, name, value):
                continue
            machine.write(atom.cell(name), value)
        elif isinstance(atom, (ClassAtom, ModuleAtom)):
            _supersede(frame, owner, atom, name)
            machine.write(atom.cell(name), value)
        elif isinstance(atom, FunctionAtom):
            machine.write(machine.function_field(atom.scope.dotted, name), value)
        elif isinstance(atom, SymbolAtom):
            if atom.record is not None or name in atom.cells:
                machine.write(atom.cell(name), value)
            machine.replace(f"{atom.path}.{name}", value)
            if machine.canonical(f"{atom.path}.{name}") in machine.catalogue.settings:
                machine.settings.note(f"{atom.path}.{name}", frame.scope, value, sometimes=frame.branch > 0)
