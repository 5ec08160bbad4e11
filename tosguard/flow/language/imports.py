"""Import statements: project modules are evaluated on first import, everything else is a library symbol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.attributes import module_attribute
from tosguard.flow.solver.frame import STAR
from tosguard.flow.values.values import KEYS, ModuleAtom, ObjectAtom, Value, single, texts

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

#: The name of the ``__init__`` file in the root of the project.
ROOT_PACKAGE = "__init__"


def module_value(frame: Frame, dotted: str) -> Value:
    """The value of a module by its absolute dotted name: the project's, or a library's symbol."""
    machine = frame.machine
    found = machine.module_atom(dotted)
    if found is not None:
        machine.imported.setdefault((frame.module.dotted, dotted))
        return single(found)
    if dotted in machine.project.packages:
        return single(machine.package(dotted))
    return single(machine.symbol(dotted))


def _imported(frame: Frame, dotted: str, found: str | None) -> Value:
    """The module that an import was found to mean; a library's where none was, though a folder may have its name."""
    if found is None and dotted in frame.machine.project.packages and dotted not in frame.machine.project.modules:
        return single(frame.machine.symbol(dotted))
    return module_value(frame, found or dotted)


def execute_import(frame: Frame, node: ir.Import) -> None:
    """``import a.b as c``."""
    frame.publish()
    project = frame.machine.project
    for name in node.names:
        target = project.meant(frame.module, name.name)
        if name.alias:
            frame.bind(name.alias, _imported(frame, name.name, target))
            continue
        head = name.name.partition(".")[0]
        if target is None:
            root = project.meant(frame.module, head) if "." in name.name else None
            frame.bind(head, _imported(frame, head, root))
            continue
        module_value(frame, target)
        frame.bind(head, module_value(frame, target[: len(target) - len(name.name) + len(head)]))


def execute_import_from(frame: Frame, node: ir.ImportFrom) -> None:
    """``from a import b, c as d`` and ``from a import *``."""
    frame.publish()
    project = frame.machine.project
    if node.level:
        base: str | None = project.relative(frame.module, node.level, node.module)
        if base is not None and base not in project.modules and base not in project.packages:
            base = project.absolute(frame.module, node.module) if node.module else None
    else:
        base = project.meant(frame.module, node.module, (name.name for name in node.names))
    if node.level and not base and not node.module:
        _import_from_root(frame, node)
        return
    source = _imported(frame, node.module or frame.module.package or ".", base)
    (atom,) = source.atoms
    for name in node.names:
        if name.name == "*":
            _import_all(frame, atom, base or node.module)
        elif isinstance(atom, ModuleAtom):
            value = module_attribute(frame, atom, name.name)
            for inner in value.atoms:
                if isinstance(inner, ModuleAtom):
                    frame.machine.imported.setdefault((frame.module.dotted, inner.scope.dotted))
            frame.bind(name.alias or name.name, value)
        else:
            frame.bind(name.alias or name.name, single(frame.machine.symbol(f"{base or node.module}.{name.name}")))


def _import_from_root(frame: Frame, node: ir.ImportFrom) -> None:
    """``from . import a`` in (or up to) the root of the project, which is a package without a name of its own."""
    machine = frame.machine
    package = machine.module_atom(ROOT_PACKAGE) if frame.module.dotted != ROOT_PACKAGE else None
    for name in node.names:
        if name.name == "*":
            continue
        if name.name in machine.project.modules or name.name in machine.project.packages or package is None:
            frame.bind(name.alias or name.name, module_value(frame, name.name))
        else:
            frame.bind(name.alias or name.name, module_attribute(frame, package, name.name))


def _import_all(frame: Frame, atom: object, dotted: str) -> None:
    machine = frame.machine
    own = machine.module_atoms.get(frame.module.dotted)
    if not isinstance(atom, ModuleAtom):
        if own is not None:
            machine.write(own.cell(STAR), single(machine.symbol(dotted)))
        return
    frame.unsettle()
    exported = _exported(frame, atom)
    for inner in sorted(exported or ()):
        if inner not in atom.cells and machine.module_atom(f"{atom.scope.dotted}.{inner}") is not None:
            frame.bind(inner, module_value(frame, f"{atom.scope.dotted}.{inner}"))
    for name, cell in list(atom.cells.items()):
        if not isinstance(name, str) or name.startswith("<"):
            if name == STAR and own is not None:
                machine.write(own.cell(STAR), frame.read(cell))
            continue
        if name in exported if exported is not None else not name.startswith("_"):
            frame.bind(name, frame.read(cell))


def _exported(frame: Frame, atom: ModuleAtom) -> set[str] | None:
    """The names of ``__all__``, None where a module has none."""
    cell = atom.cells.get("__all__")
    if cell is None:
        return None
    names: set[str] = set()
    for listed in cell.value.atoms:
        if isinstance(listed, ObjectAtom):
            for key, item in listed.cells.items():
                if key != KEYS:
                    names.update(texts(item.value))
    return names or None
