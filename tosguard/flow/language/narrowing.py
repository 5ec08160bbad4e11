"""What a test says about a variable: ``isinstance(x, A)``, ``x is None``, ``if x``."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from tosguard.flow.language.inheritance import external_bases, linearize
from tosguard.flow.language.items import positions
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import Atom, ClassAtom, Constant, ObjectAtom, SymbolAtom, Unknown, Value, single
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Environment, Frame

#: Builtin types, with the Python types of constants and the kinds of objects that are instances of them.
_CONSTANTS: dict[str, tuple[type, ...]] = {
    "str": (str,), "int": (int, bool), "float": (float,), "bool": (bool,), "bytes": (bytes,), "complex": (complex,),
}  # fmt: skip
_KINDS = frozenset({"list", "dict", "tuple", "set"})


def narrowed(frame: Frame, test: ir.Expr, truth: bool) -> None:
    """Leaves in the variables only what passes a test (or fails it)."""
    env = frame.env
    if env is not None:
        _narrow(frame, env, test, truth)


def _narrow(frame: Frame, env: Environment, test: ir.Expr, truth: bool) -> None:
    if isinstance(test, ir.Unary) and test.op == "not":
        _narrow(frame, env, test.operand, not truth)
    elif isinstance(test, ir.Boolean):
        if (test.op == "and") is truth:
            _narrow(frame, env, test.left, truth)
            _narrow(frame, env, test.right, truth)
    elif isinstance(test, ir.Name):
        _keep(env, test, lambda atom: not (isinstance(atom, Constant) and bool(atom.value) is not truth))
    elif isinstance(test, ir.Walrus):
        _narrow(frame, env, test.target, truth)
    elif isinstance(test, ir.Compare) and len(test.ops) == 1 and test.ops[0] in ("is", "is not"):
        _narrow_none(env, test, truth)
    elif (
        isinstance(test, ir.Call)
        and isinstance(test.func, ir.Name)
        and test.func.id in ("isinstance", "issubclass")
        and len(test.arguments) == 2
    ):
        subject = test.arguments[0].value
        if isinstance(subject, ir.Name) and subject.id in env:
            types = listed_types(frame, frame.eval(test.arguments[1].value))
            if types is not None and test.func.id == "issubclass":
                _keep(env, subject, lambda atom: is_subclass(atom, types) is not (not truth))
            elif types is not None:
                narrow_to(frame, env, subject.id, types, truth)


def _narrow_none(env: Environment, test: ir.Compare, truth: bool) -> None:
    right = test.comparators[0]
    if isinstance(test.left, ir.Name) and isinstance(right, ir.Const) and right.value is None:
        wanted = truth is (test.ops[0] == "is")
        _keep(
            env, test.left, lambda a: isinstance(a, Unknown) or (isinstance(a, Constant) and a.value is None) is wanted
        )


def _keep(env: Environment, name: ir.Name, passes) -> None:  # type: ignore[no-untyped-def]
    value = env.get(name.id)
    if value is not None and value.atoms:
        kept = [a for a in value.atoms if passes(a)]
        if len(kept) < len(value.atoms):
            env[name.id] = Value(frozenset(kept), value.taints)


def narrow_to(frame: Frame, env: Environment, name: str, types: Value, truth: bool) -> None:
    """Leaves in a variable only what is (or is not) an instance of some types; an unknown value becomes one of them."""
    value = env[name]
    kept = frozenset(a for a in value.atoms if is_instance(a, types) is not (not truth))
    found = value if len(kept) == len(value.atoms) else Value(kept, value.taints)
    if truth and any(isinstance(a, Unknown) for a in kept):
        for cls in types.atoms:
            if isinstance(cls, ClassAtom):
                found = join(found, single(frame.machine.generic_instance(cls)))
    if found is not value:
        env[name] = found


def listed_types(frame: Frame, value: Value) -> Value | None:
    """The classes of the second argument of ``isinstance``; None where they are not all known."""
    found: set[Atom] = set()
    for atom in value.atoms:
        if isinstance(atom, (ClassAtom, SymbolAtom)):
            found.add(atom)
        elif isinstance(atom, ObjectAtom) and atom.kind == "tuple":
            for item in positions(frame, atom) or ():
                found.update(item.atoms)
        else:
            return None
    return Value(frozenset(found)) if found else None


def is_instance(atom: Atom, types: Value) -> bool | None:
    """Whether an atom is an instance of one of some types; None where the code does not show it."""
    answers = [_is_one(atom, kind) for kind in types.atoms]
    if True in answers:
        return True
    return None if None in answers or not answers else False


def is_subclass(atom: Atom, types: Value) -> bool | None:
    """Whether an atom is a class derived from one of some types; None where the code does not show it."""
    if not isinstance(atom, ClassAtom):
        return None if isinstance(atom, Unknown) or any(isinstance(t, SymbolAtom) for t in types.atoms) else False
    if any(isinstance(t, ClassAtom) and t in linearize(atom) for t in types.atoms):
        return True
    return None if any(isinstance(t, SymbolAtom) for t in types.atoms) else False


def is_exception(atom: Atom, types: Value) -> bool | None:
    """``is_instance`` for exceptions, whose builtin classes are told apart too."""
    answers = [_is_raised(atom, kind) for kind in types.atoms]
    return True if True in answers else None if None in answers or not answers else False


def _is_raised(atom: Atom, kind: Atom) -> bool | None:
    if not isinstance(kind, SymbolAtom) or not isinstance(atom, ObjectAtom) or atom.cls is None:
        return _is_one(atom, kind)
    wanted = _exception(kind.path)
    bases = [_exception(base) for base in external_bases(atom.cls)]
    if wanted is None or not bases or None in bases:
        return None
    return any(issubclass(base, wanted) for base in bases if base is not None)


def _exception(path: str) -> type[BaseException] | None:
    """The builtin exception of a symbol."""
    found = getattr(builtins, path.removeprefix("builtins."), None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def _is_one(atom: Atom, kind: Atom) -> bool | None:
    builtin = (
        kind.path.rpartition(".")[2] if isinstance(kind, SymbolAtom) and kind.path.startswith("builtins.") else None
    )
    if isinstance(atom, Constant):
        if isinstance(kind, ClassAtom):
            return False
        return (
            isinstance(atom.value, _CONSTANTS[builtin])
            if builtin in _CONSTANTS
            else False
            if builtin in _KINDS
            else None
        )
    if isinstance(atom, ObjectAtom):
        if atom.cls is None:
            return (
                False
                if isinstance(kind, ClassAtom) or builtin in _CONSTANTS
                else None
                if builtin is None
                else _of_kind(atom, builtin)
            )
        if isinstance(kind, ClassAtom):
            return kind in linearize(atom.cls)
        return None if external_bases(atom.cls) or builtin is None or builtin == "object" else False
    return None


def _of_kind(atom: ObjectAtom, builtin: str) -> bool | None:
    return None if builtin not in _KINDS or atom.kind not in _KINDS else atom.kind == builtin
