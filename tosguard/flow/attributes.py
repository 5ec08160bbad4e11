"""Attributes: reading and writing them on everything that has any."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from tosguard.flow.binding import bind_method, interned_bound
from tosguard.flow.documents import mappings_behind
from tosguard.flow.enumeration import enum_member
from tosguard.flow.frame import STAR
from tosguard.flow.handing import inbound
from tosguard.flow.inheritance import class_attribute, external_bases, linearize, metaclass_of
from tosguard.flow.joining import join, merge_taints, tainted
from tosguard.flow.records import Arguments
from tosguard.flow.tables import is_table
from tosguard.flow.values import (
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
    from collections.abc import Iterator

    from tosguard.flow.frame import Frame
    from tosguard.flow.machine import Machine
    from tosguard.syntax import ir
#: Attributes by which task queues, actors and tools call the function they were made from.
CALLING_ATTRIBUTES = frozenset(
    [
        "remote",
        "delay",
        "apply_async",
        "local",
        "aio",
        "submit",
        "fn",
        "func",
        "__wrapped__",
        "__code__",
        "run",
        "invoke",
        "__call__",
        "options",
        "spawn",
        "map",
        "starmap",
        "retry_with",
        "s",
        "si",
    ]
)
#: Methods of text and of collections; any other attribute of theirs is unknown.
SPECIAL_KINDS = frozenset({"parser", "future", "exit-stack"})
TEXT_METHODS = frozenset(name for name in dir(str) if not name.startswith("__")) | {"decode", "as_posix"}
#: Methods of text that leave the record in it as it is, and that cut text into pieces of which each may be one.
TRIMMING = frozenset({"strip", "rstrip", "lstrip", "decode", "encode", "removeprefix", "removesuffix"})
CUTTING = frozenset({"split", "splitlines", "rsplit"})
CONTAINER_METHODS = frozenset(
    [
        "append",
        "appendleft",
        "add",
        "insert",
        "extend",
        "update",
        "get",
        "setdefault",
        "pop",
        "popleft",
        "popitem",
        "values",
        "keys",
        "items",
        "copy",
        "sort",
        "reverse",
        "union",
        "difference",
        "intersection",
        "symmetric_difference",
        "tolist",
        "fetchall",
        "fetchmany",
        "fetchone",
        "most_common",
        "send",
        "asend",
        "throw",
        "athrow",
        "rotate",
        "__setitem__",
        "__getitem__",
        "__next__",
        "__anext__",
        "__iter__",
        "__enter__",
        "discard",
        "remove",
        "clear",
        "count",
        "index",
        "issubset",
        "issuperset",
    ]
)


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


def _names_fields(node: ir.Node) -> bool:
    """Whether an attribute is read of an instance's fields as a dict: of ``x.__dict__`` or ``vars(x)``."""
    owner = getattr(node, "value", None)
    return getattr(owner, "attr", "") == "__dict__" or getattr(getattr(owner, "func", None), "id", "") == "vars"


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


#: Library classes whose subclasses keep items as lists and dicts do.
CONTAINERS = frozenset(
    [
        "builtins.list",
        "builtins.dict",
        "builtins.set",
        "builtins.tuple",
        "collections.OrderedDict",
        "collections.defaultdict",
        "collections.deque",
        "collections.UserDict",
        "collections.UserList",
        "collections.Counter",
    ]
)
#: Texts of Python's own library: the letters and digits that random names are drawn from.
LETTERS = {f"string.{name}": value for name, value in vars(string).items() if isinstance(value, str) and name[0] != "_"}
#: Methods that read a mapping.
READING = frozenset({"get", "pop", "items", "values", "setdefault"})
#: Methods of records that give their fields as a dict or as text.
DUMPING = frozenset({"model_dump", "model_dump_json", "dict", "json", "_asdict", "to_dict", "asdict"})
#: Methods by which library classes call what their subclasses define; ``*`` ends a beginning.
TEMPLATES: dict[str, dict[str, tuple[str, ...]]] = {
    "threading.Thread": {"start": ("run",)},
    "multiprocessing.Process": {"start": ("run",)},
    "ast.NodeVisitor": {"visit": ("visit_*",), "generic_visit": ("visit_*",)},
    "ast.NodeTransformer": {"visit": ("visit_*",), "generic_visit": ("visit_*",)},
    "html.parser.HTMLParser": {"feed": ("handle_*",)},
    "cmd.Cmd": {"cmdloop": ("do_*",), "onecmd": ("do_*",)},
    "string.Formatter": {
        "format": ("parse", "get_field", "get_value", "convert_field", "format_field", "check_unused_args"),
        "vformat": ("parse", "get_field", "get_value", "convert_field", "format_field", "check_unused_args"),
    },
    "json.JSONEncoder": {"encode": ("default",), "iterencode": ("default",)},
    "collections.abc.Mapping": {"get": ("__getitem__",)},
    "collections.abc.MutableMapping": {
        "get": ("__getitem__",),
        "pop": ("__getitem__", "__delitem__"),
        "setdefault": ("__getitem__", "__setitem__"),
    },
}


def _is_container(cls: ClassAtom) -> bool:
    return any(base in CONTAINERS for base in external_bases(cls))


def _called_back(frame: Frame, atom: ObjectAtom, cls: ClassAtom, name: str, node: ir.Node) -> Value:
    """The methods of a subclass that a method of its library base calls."""
    result = NOTHING
    for base in external_bases(cls):
        for wanted in TEMPLATES.get(base, {}).get(name, ()):
            names = [n for c in linearize(cls) for n in c.cells if isinstance(n, str) and _answers(n, wanted)]
            for found in dict.fromkeys(names):
                method = class_attribute(frame, cls, found)
                if method is not None:
                    result = join(result, bind_method(frame, method, atom, cls, node))
    return result


def _answers(name: str, wanted: str) -> bool:
    return name.startswith(wanted[:-1]) if wanted.endswith("*") else name == wanted


def _object_attribute(frame: Frame, atom: ObjectAtom, value: Value, name: str, node: ir.Node, silent: bool) -> Value:
    machine = frame.machine
    if atom.cls is None:
        if atom.kind == "namespace":
            return namespace_attribute(frame, atom, name)
        if name == "__class__":
            return ANYTHING
        if silent:
            return NOTHING
        own_method = name in CONTAINER_METHODS or atom.kind in SPECIAL_KINDS or name in TRIMMING or name in CUTTING
        if own_method:
            return single(machine.method(atom, name))
        held = atom.cells.get(("item", name))  # mappings whose keys can be read as attributes
        return ANYTHING if held is None else join(ANYTHING, frame.read(held))
    result = NOTHING
    hook = None if silent or name.startswith("__") else class_attribute(frame, atom.cls, "__getattribute__")
    if hook is not None:
        bound = bind_method(frame, hook, atom, atom.cls, node)
        return frame.call(node, bound, Arguments([constant(name)]))
    if name == "update" and _names_fields(node):
        return single(machine.method(atom, name))
    if name in READING and _names_fields(node):
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
    result = _called_back(frame, atom, atom.cls, name, node)
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
        from tosguard.flow.items import read_item

        return join(result, read_item(frame, single(atom), constant(name), node))
    if not result.atoms and name not in atom.cells:
        result = join(result, frame.read(atom.cell(name)))  # something may be kept there later
    return result if result.atoms else Value(ANYTHING.atoms, result.taints)
