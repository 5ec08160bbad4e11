"""Methods the language calls by itself: truth tests, operators, comparisons, text, ``with``, ``await``, ``del``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.inheritance import class_attribute, metaclass_of
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import NOTHING, ClassAtom, ObjectAtom, SymbolAtom, Value, ordered

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

#: What ``if x``, ``not x``, ``x and y`` ask of an object.
TRUTH = ("__bool__", "__len__")
TEXT_OF = ("__str__", "__repr__")
FORMATTED = ("__format__", "__str__", "__repr__")

#: Builtins that hand over to a method of their argument.
ASKING: dict[str, tuple[str, ...]] = {
    "builtins.print": TEXT_OF,
    "builtins.len": ("__len__",),
    "builtins.hash": ("__hash__",),
    "builtins.abs": ("__abs__",),
    "builtins.bool": TRUTH,
    "builtins.int": ("__int__", "__index__"),
    "builtins.float": ("__float__",),
    "builtins.complex": ("__complex__", "__float__"),
    "builtins.bytes": ("__bytes__",),
    "builtins.format": FORMATTED,
    "builtins.round": ("__round__",),
    "builtins.dir": ("__dir__",),
    "builtins.divmod": ("__divmod__",),
    "builtins.pow": ("__pow__",),
    "os.fspath": ("__fspath__",),
    "pickle.dumps": ("__reduce_ex__", "__reduce__", "__getstate__"),
    "pickle.dump": ("__reduce_ex__", "__reduce__", "__getstate__"),
}

#: What an operator's method returns to leave it to the other side.
DECLINED = "builtins.NotImplemented"

BINARY = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "|": "or", "&": "and",
    ">>": "rshift", "<<": "lshift", "@": "matmul", "**": "pow", "^": "xor",
}  # fmt: skip
UNARY = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}
#: A comparison's own method, and the one that the other side answers it with.
COMPARING: dict[str, tuple[tuple[str, ...], str]] = {
    "==": (("__eq__",), "__eq__"),
    "!=": (("__ne__", "__eq__"), "__ne__"),
    "<": (("__lt__",), "__gt__"),
    ">": (("__gt__",), "__lt__"),
    "<=": (("__le__",), "__ge__"),
    ">=": (("__ge__",), "__le__"),
}
#: What ``functools.total_ordering`` answers the missing comparisons with.
_ORDERING = ("__lt__", "__le__", "__gt__", "__ge__")


def has_instances(value: Value) -> bool:
    """Whether a value may be an instance of a class of the project; a class with a metaclass of the project is one."""
    for atom in value.atoms:  # asked of every operand, and a generator takes twice as long
        kind = atom.__class__
        if kind is ObjectAtom:
            if atom.cls is not None:  # type: ignore[attr-defined]
                return True
        elif kind is ClassAtom and metaclass_of(atom) is not None:  # type: ignore[arg-type]
            return True
    return False


def ask(frame: Frame, node: ir.Node, value: Value, names: tuple[str, ...], *given: Value) -> Value | None:
    """Calls the first of some methods that each instance has; None where no instance has any."""
    if not has_instances(value):
        return None
    result: Value | None = None
    for atom in ordered(value):
        cls = atom.cls if isinstance(atom, ObjectAtom) else metaclass_of(atom) if isinstance(atom, ClassAtom) else None
        if cls is None:
            continue
        for name in names:
            method = class_attribute(frame, cls, name)
            if method is not None:
                found = frame.call(node, bind_method(frame, method, atom, cls, node), Arguments(list(given)))
                result = found if result is None else join(result, found)
                break
    return result


def operate(frame: Frame, node: ir.Node, op: str, left: Value, right: Value, *, in_place: bool = False) -> Value | None:
    """``left op right`` where a class of the project says what it means: in place, on the left, else on the right."""
    name = BINARY.get(op)
    if name is None:
        return None
    names = (f"__i{name}__", f"__{name}__") if in_place else (f"__{name}__",)
    found = ask(frame, node, left, names, right)
    if found is not None and not any(isinstance(a, SymbolAtom) and a.path == DECLINED for a in found.atoms):
        return found
    reflected = ask(frame, node, right, (f"__r{name}__",), left)
    return found if reflected is None else reflected


def compare(frame: Frame, node: ir.Node, op: str, left: Value, right: Value) -> Value:
    """The methods that a comparison calls; what they return."""
    if op in ("in", "not in"):
        from tosguard.flow.language.iteration import element_of

        found = ask(frame, node, right, ("__contains__",), left)
        if found is None and has_instances(right):
            element_of(frame, right, node)
        elif found is None and any(isinstance(a, ObjectAtom) and a.kind in ("list", "tuple") for a in right.atoms):
            element = element_of(frame, right, node)
            found = ask(frame, node, element, ("__eq__",), left)
            found = ask(frame, node, left, ("__eq__",), element) if found is None else found
        return found or NOTHING
    rule = COMPARING.get(op)
    if rule is None:
        return NOTHING
    found = ask(frame, node, left, rule[0], right)
    if found is None:
        found = ask(frame, node, right, (rule[1],), left)
    if found is None and rule[1] in _ORDERING:
        found = ask(frame, node, left, _ORDERING, right)
    return found or NOTHING
