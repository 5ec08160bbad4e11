"""Attributes: reading and writing them on everything that has any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.calls.handing import inbound
from tosguard.flow.calls.templates import called_back
from tosguard.flow.disk.documents import mappings_behind
from tosguard.flow.language.binding import bind_method, interned_bound
from tosguard.flow.language.enumeration import enum_member
from tosguard.flow.language.inheritance import class_attribute, external_bases, linearize, metaclass_of
from tosguard.flow.language.namespaces import class_namespace, instance_namespace, names_fields, namespace_attribute
from tosguard.flow.natives.method_names import (
    CALLING_ATTRIBUTES,
    CONTAINER_METHODS,
    CONTAINERS,
    CUTTING,
    DUMPING,
    LETTERS,
    READING,
    SPECIAL_KINDS,
    TEXT_METHODS,
    TRIMMING,
)
from tosguard.flow.solver.frame import STAR
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join, merge_taints, tainted
from tosguard.flow.values.tables import is_table
from tosguard.flow.values.values import (
    ANYTHING,
    BY_SERIAL,
    ELEMENT,
    KEYS,
    NOTHING,
    SOURCE,
    Atom,
    BoundAtom,
    ClassAtom,
    Constant,
    FunctionAtom,
    MethodAtom,
    ModuleAtom,
    ObjectAtom,
    PartialAtom,
    Pattern,
    Place,
    SuperAtom,
    SymbolAtom,
    Value,
    WrappedAtom,
    constant,
    single,
)

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.machine import Machine
    from tosguard.syntax import ir


def read_attribute(frame: Frame, value: Value, name: str, node: ir.Node, *, silent: bool = False) -> Value:
    """``value.name``. With ``silent`` nothing is made up for objects that lack it."""
    atoms = value.atoms
    if len(atoms) == 1:
        (only,) = atoms
        result = _read(frame, only, value, name, node, silent)
    else:
        result = NOTHING
        frame.machine.steps += len(atoms) >> 5
        for atom in sorted(atoms, key=BY_SERIAL):
            result = join(result, _read(frame, atom, value, name, node, silent))
    if value.taints is not None:
        result = Value(result.atoms or ANYTHING.atoms, merge_taints(result.taints, value.taints))
    return result


def _read(frame: Frame, atom: Atom, value: Value, name: str, node: ir.Node, silent: bool) -> Value:
    if isinstance(atom, Place):
        frame.watch(atom)
    if isinstance(atom, SymbolAtom):
        return _symbol_attribute(frame, atom, name, node)
    if isinstance(atom, ObjectAtom):
        return _object_attribute(frame, atom, value, name, node, silent)
    if isinstance(atom, ModuleAtom):
        return module_attribute(frame, atom, name)
    if isinstance(atom, ClassAtom):
        return _class_read(frame, atom, name, node, silent)
    if isinstance(atom, SuperAtom):
        return _super_read(frame, atom, name, node)
    if isinstance(atom, (Constant, Pattern)):
        return (
            single(frame.machine.method(atom, name))
            if not silent and name in TEXT_METHODS
            else NOTHING
            if silent
            else ANYTHING
        )
    if isinstance(atom, (FunctionAtom, BoundAtom)):
        if name == "__name__":
            inner = atom if isinstance(atom, FunctionAtom) else atom.function
            return constant(inner.scope.node.name)
        if isinstance(atom, FunctionAtom):
            if (atom.scope.dotted, name) in frame.machine.function_fields:
                return frame.read(frame.machine.function_fields[(atom.scope.dotted, name)])
            frame.missed((atom.scope.dotted, name))
        if name == "register" and atom in frame.machine.dispatched:
            return single(frame.machine.method(atom, name))
        if isinstance(atom, BoundAtom) and name in ("__func__", "__self__"):
            return single(atom.function if name == "__func__" else atom.receiver)
        return single(atom) if name in CALLING_ATTRIBUTES else ANYTHING
    if isinstance(atom, PartialAtom):
        return _partial_attribute(frame, atom, name, node)
    if isinstance(atom, WrappedAtom) and name in ("setter", "getter", "deleter"):
        return single(atom)
    if isinstance(atom, MethodAtom):
        return ANYTHING
    return NOTHING if silent else ANYTHING


def _partial_attribute(frame: Frame, atom: PartialAtom, name: str, node: ir.Node) -> Value:
    """What ``functools.partial`` was given."""
    if name == "func":
        return atom.function
    if name not in ("args", "keywords"):
        return ANYTHING
    made = frame.machine.make("tuple" if name == "args" else "dict", (id(node), atom.serial), frame.context)
    for key, value in enumerate(atom.positional) if name == "args" else atom.keywords.items():
        frame.machine.put(made, key, value)
    return single(made)


def module_attribute(frame: Frame, atom: ModuleAtom, name: str) -> Value:
    """A global of another module, or a submodule."""
    machine = frame.machine
    cell = atom.cells.get(name)
    if cell is not None or name in atom.scope.bound:
        value = frame.read(atom.cell(name))
        if value.atoms or value.taints:
            return value
    submodule = machine.module_atom(f"{atom.scope.dotted}.{name}")
    hook = atom.cells.get("__getattr__") if not name.startswith("__") else None
    if submodule is not None:
        if hook is not None and submodule.scope.dotted not in frame.module.imports:  # loaded on first use
            frame.call(frame.here, frame.read(hook), Arguments([constant(name)]))
        return single(submodule)
    if f"{atom.scope.dotted}.{name}" in machine.project.packages:
        return single(machine.package(f"{atom.scope.dotted}.{name}"))
    star = atom.cells.get(STAR)
    if star is not None:
        result = NOTHING
        for base in frame.read(star).atoms:
            if isinstance(base, SymbolAtom):
                result = join(result, single(machine.symbol(f"{base.path}.{name}")))
        return result
    if hook is not None:
        return frame.call(frame.here, frame.read(hook), Arguments([constant(name)]))
    return frame.read(atom.cell(name))


def _class_read(frame: Frame, atom: ClassAtom, name: str, node: ir.Node, silent: bool) -> Value:
    found = class_attribute(frame, atom, name)
    if found is not None:
        result = NOTHING
        for inner in found.atoms:
            if isinstance(inner, WrappedAtom) and inner.kind == "classmethod":
                for function in inner.function.atoms:
                    if isinstance(function, FunctionAtom):
                        result = join(result, interned_bound(frame.machine, function, atom))
            elif isinstance(inner, WrappedAtom) and inner.kind == "staticmethod":
                result = join(result, inner.function)
            else:
                result = join(result, enum_member(frame, atom, name, inner))
        return tainted(result, found.taints)
    if name == "__name__":
        return constant(atom.scope.node.name)
    if name == "__subclasses__":
        return single(frame.machine.method(atom, name))
    if name == "__dict__":
        return single(class_namespace(frame, atom, node))
    if name in ("__mro__", "__bases__"):
        listed = frame.machine.make("tuple", node, frame.context)
        for position, cls in enumerate(linearize(atom) if name == "__mro__" else atom.bases):
            frame.machine.put(listed, position, single(cls))
        return single(listed)
    meta = metaclass_of(atom)
    inherited = class_attribute(frame, meta, name) if meta is not None else None
    if inherited is not None:
        return bind_method(frame, inherited, atom, meta, node)
    result = NOTHING
    for symbol in external_bases(atom):
        result = join(result, single(frame.machine.symbol(f"{symbol}.{name}")))
    if not result.atoms and not silent:
        frame.read(atom.cell(name))
    return result


def _super_read(frame: Frame, atom: SuperAtom, name: str, node: ir.Node) -> Value:
    receiver = atom.receiver
    cls = (
        receiver.cls
        if isinstance(receiver, ObjectAtom)
        else receiver
        if isinstance(receiver, ClassAtom)
        else atom.owner
    )
    start = cls if cls is not None else atom.owner
    if isinstance(receiver, ClassAtom) and atom.owner not in linearize(receiver):
        return _metaclass_super(frame, atom.owner, receiver, name, node)
    found = class_attribute(frame, start, name, after=atom.owner)
    if found is not None:
        return bind_method(frame, found, receiver, start, node)
    if name in CONTAINER_METHODS and isinstance(receiver, ObjectAtom) and _is_container(atom.owner):
        return single(frame.machine.method(receiver, name))
    result = NOTHING
    record = receiver.record if isinstance(receiver, ObjectAtom) else None
    bases = external_bases(atom.owner)
    if name == "__init__" and isinstance(receiver, ObjectAtom) and start.fields and bases:
        result = single(frame.machine.method(receiver, name))  # the library's class fills the fields that are declared
    if name == "__new__" and not bases and not external_bases(start):
        return single(frame.machine.symbol("builtins.object.__new__"))
    for symbol in bases:
        path = f"{symbol}.{name}" if name in ("__init__", "__new__") else f"{symbol}().{name}"
        result = join(result, single(frame.machine.symbol(path, record)))
    return result


def _metaclass_super(frame: Frame, owner: ClassAtom, cls: ClassAtom, name: str, node: ir.Node) -> Value:
    """``super().name`` in a method of a metaclass."""
    meta = metaclass_of(cls)
    found = class_attribute(frame, meta, name, after=owner) if meta is not None else None
    if found is not None:
        return bind_method(frame, found, cls, meta, node)
    return single(frame.machine.method(cls, name)) if name == "__call__" else ANYTHING


def _is_container(cls: ClassAtom) -> bool:
    return any(base in CONTAINERS for base in external_bases(cls))


def _classless_attribute(frame: Frame, atom: ObjectAtom, name: str, silent: bool) -> Value:
    """An attribute of a collection, a text, a parsed command line: of what no class of the project stands behind."""
    if atom.kind == "namespace":
        return namespace_attribute(frame, atom, name)
    if name == "__class__":
        return ANYTHING
    if silent:
        return NOTHING
    if name in CONTAINER_METHODS or atom.kind in SPECIAL_KINDS or name in TRIMMING or name in CUTTING:
        return single(frame.machine.method(atom, name))
    held = atom.cells.get(("item", name))  # mappings whose keys can be read as attributes
    return ANYTHING if held is None else join(ANYTHING, frame.read(held))


def _object_attribute(frame: Frame, atom: ObjectAtom, value: Value, name: str, node: ir.Node, silent: bool) -> Value:
    machine = frame.machine
    if atom.cls is None:
        return _classless_attribute(frame, atom, name, silent)
    result = NOTHING
    hook = None if silent or name.startswith("__") else class_attribute(frame, atom.cls, "__getattribute__")
    if hook is not None:
        bound = bind_method(frame, hook, atom, atom.cls, node)
        return frame.call(node, bound, Arguments([constant(name)]))
    if name == "update" and names_fields(node):
        return single(machine.method(atom, name))
    if name in READING and names_fields(node):
        return single(machine.method(instance_namespace(frame, atom, node), name))
    own = atom.cells.get(name)
    inherited = class_attribute(frame, atom.cls, name)
    if own is None and inherited is None:
        own = atom.cell(name) if not silent else None
    if own is not None:
        result = frame.read(own)
    if inherited is not None and not (result.atoms and _is_hidden(frame, atom.cls, name, inherited)):
        result = join(result, bind_method(frame, inherited, atom, atom.cls, node))
    generic = machine.generic.get(atom.cls)
    if generic is None:
        frame.watch(atom.cls)
    elif generic is not atom and not result.atoms:
        if name in generic.cells:
            result = join(result, frame.read(generic.cells[name]))
        else:
            frame.watch(generic)
    if result.atoms or result.taints:
        return result
    if name in CONTAINER_METHODS and _is_container(atom.cls):
        return single(machine.method(atom, name))
    if name in DUMPING and atom.cls.fields and external_bases(atom.cls):
        return single(machine.method(atom, name))
    result = called_back(frame, atom, atom.cls, name, node)
    if name == "__class__":
        return single(atom.cls)
    if name == "__dict__":
        return single(atom)
    for symbol in external_bases(atom.cls):
        base = machine.symbol(f"{machine.canonical(symbol)}()", atom.record) if atom.record is not None else None
        result = join(result, single(machine.symbol(f"{symbol}().{name}", atom.record, base)))
    if not result.atoms and not silent:
        hook = class_attribute(frame, atom.cls, "__getattr__")
        if hook is not None and not (name.startswith("__") and name.endswith("__")):
            bound = bind_method(frame, hook, atom, atom.cls, node)
            return frame.call(node, bound, Arguments([constant(name)]))
        if ELEMENT in atom.cells:
            return join(ANYTHING, frame.read(atom.cells[ELEMENT]))
    return result


def _is_hidden(frame: Frame, cls: ClassAtom, name: str, default: Value) -> bool:
    """Whether a class attribute is a default that an instance attribute hides: a constant, a collection made for each
    instance, an object that a field is where nobody sets it (no method and no descriptor)."""
    if all(isinstance(a, (Constant, Pattern)) for a in default.atoms) or default.atoms <= frame.machine.fresh:
        return True
    return name in cls.fields and all(
        isinstance(a, (Constant, Pattern, SymbolAtom))
        or (isinstance(a, ObjectAtom) and (a.cls is None or class_attribute(frame, a.cls, "__get__") is None))
        for a in default.atoms
    )


def _way_to(machine: Machine, atom: SymbolAtom, name: str) -> tuple[str, str, Value]:
    """The path of a library object's attribute, the catalogue's name of it, and its symbol where anything is known of
    it."""
    path = f"{atom.path}.{name}"
    canonical = machine.canonical(path)
    if path in LETTERS:
        return path, canonical, constant(LETTERS[path])
    found = single(machine.symbol(canonical, atom.record, atom)) if machine.known(canonical) else NOTHING
    return path, canonical, found


def _symbol_attribute(frame: Frame, atom: SymbolAtom, name: str, node: ir.Node) -> Value:
    machine = frame.machine
    way = atom.ways.get(name)
    if way is None:
        way = atom.ways[name] = _way_to(machine, atom, name)
    path, canonical, result = way
    sent = inbound(frame, atom, canonical, node)
    if sent is not None:
        return sent
    replaced = machine.replaced.get(path)
    if replaced is not None:
        result = join(result, frame.read(replaced))
    else:
        frame.missed(path)
    if atom.cells:
        cell = atom.cells.get(name)
        if cell is not None:
            result = join(result, frame.read(cell))
        item = atom.cells.get(("item", name))
        if item is not None:
            result = join(result, frame.read(item))
        if SOURCE in atom.cells and name not in ("append", "extend"):
            source = frame.read(atom.cells[SOURCE])
            result = tainted(result, source.taints)
            if name in READING and atom.path.endswith("()"):
                for mapping in mappings_behind(frame, single(atom)):
                    result = join(result, single(machine.method(mapping, name)))
            elif name not in CONTAINER_METHODS and atom.path.endswith("()"):
                for mapping in mappings_behind(frame, single(atom)):
                    frame.read(mapping.cell(KEYS))
                    held = mapping.cells.get(("item", name))
                    result = result if held is None else join(result, frame.read(held))
    if SOURCE in atom.cells and (name in TRIMMING or name in CUTTING) and way[2] is NOTHING:
        return join(single(machine.method(atom, name)), Value(frozenset(), result.taints))
    if way[2] is NOTHING and is_table(frame, atom):
        from tosguard.flow.language.items import read_item

        return join(result, read_item(frame, single(atom), constant(name), node))
    if not result.atoms and name not in atom.cells:
        result = join(result, frame.read(atom.cell(name)))  # something may be kept there later
    return result if result.atoms else Value(ANYTHING.atoms, result.taints)
