"""Methods of text (``strip``, ``replace``, ``join``, ``split`` …): what they make of what is known of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.natives.strings import MAX_ALTERNATIVES, carried, format_call, text_parts
from tosguard.flow.values.joining import join, merge_taints
from tosguard.flow.values.reach import reached
from tosguard.flow.values.values import (
    ANYTHING,
    NOTHING,
    REST,
    Atom,
    Constant,
    ObjectAtom,
    Pattern,
    SymbolAtom,
    Value,
    constant,
    pattern,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tosguard.flow.natives.strings import Parts
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments
    from tosguard.syntax import ir


_SAME = frozenset(
    [
        "strip",
        "lstrip",
        "rstrip",
        "expanduser",
        "resolve",
        "absolute",
        "as_posix",
        "__str__",
        "decode",
        "encode",
        "casefold",
        "title",
        "capitalize",
        "expandtabs",
        "removeprefix",
        "removesuffix",
        "zfill",
        "ljust",
        "rjust",
        "center",
    ]
)


def string_method(frame: Frame, node: ir.Node, name: str, receiver: Value, arguments: Arguments) -> Value | None:
    """The result of a string method, None for a method that strings do not have."""
    if name == "format":
        return format_call(frame, node, receiver, arguments)
    if name == "join":
        return _joined(frame, node, receiver, arguments)
    if name in ("split", "splitlines", "rsplit", "partition", "rpartition"):
        return _split(frame, node, receiver, arguments, name)
    if name in ("lower", "upper"):
        return _mapped(receiver, str.lower if name == "lower" else str.upper)
    if name == "replace" and len(arguments.positional) >= 2:
        return _replaced(frame, node, receiver, arguments)
    if name in _PLAIN and not arguments.positional:
        return _mapped(receiver, _PLAIN[name])
    if name in _CUTTING and len(arguments.positional) == 1:
        return _trimmed(receiver, name, arguments.positional[0])
    if name in _SAME:
        return receiver
    if name in (
        "startswith",
        "endswith",
        "isdigit",
        "isalpha",
        "isnumeric",
        "isspace",
        "find",
        "index",
        "count",
        "rfind",
    ):
        taints = reached(frame, receiver)
        return ANYTHING if taints is None else Value(ANYTHING.atoms, {t.twin(): h for t, h in taints.items()})
    return None


#: Methods worked out on constants: without arguments, and with one.
_PLAIN: dict[str, Callable[[str], str]] = {
    "strip": str.strip,
    "lstrip": str.lstrip,
    "rstrip": str.rstrip,
    "casefold": str.casefold,
    "title": str.title,
    "capitalize": str.capitalize,
}


_CUTTING: dict[str, Callable[[str, str], str]] = {
    "strip": str.strip,
    "lstrip": str.lstrip,
    "rstrip": str.rstrip,
    "removeprefix": str.removeprefix,
    "removesuffix": str.removesuffix,
}


def _trimmed(receiver: Value, name: str, given: Value) -> Value:
    """A constant without what a constant argument cuts off; other text stays as it is."""
    only = next(iter(given.atoms)) if len(given.atoms) == 1 else None
    if not isinstance(only, Constant) or not isinstance(only.value, str):
        return receiver
    text, change = only.value, _CUTTING[name]
    return _mapped(receiver, lambda held: change(held, text))


def _mapped(receiver: Value, change: Callable[[str], str]) -> Value:
    result = NOTHING
    for atom in receiver.atoms:
        if isinstance(atom, Constant) and isinstance(atom.value, str):
            result = join(result, constant(change(atom.value)))
        else:
            result = join(result, Value(frozenset((atom,))))
    return Value(result.atoms, receiver.taints)


def _replaced(frame: Frame, node: ir.Node, receiver: Value, arguments: Arguments) -> Value:
    """``text.replace(old, new)``. Templates are filled so, one piece after the other: what is left of a sentence that
    has holes already is still its text, and so is that of one of which nobody knows what is replaced."""
    old, new = (text_parts(v) or [(None,)] for v in arguments.positional[:2])
    taints = merge_taints(receiver.taints, reached(frame, arguments.every()))
    result = NOTHING
    single_old = old[0][0] if len(old) == 1 and len(old[0]) == 1 else None
    for atom in receiver.atoms:
        if isinstance(atom, Constant) and isinstance(atom.value, str) and single_old and len(new) == 1:
            result = join(result, pattern(_put_in((atom.value,), single_old, new[0])))
        elif any(part is not None and " " in part for part in _written(atom)):
            grows = any(part is not None and (single_old or "") in part for part in new[0])
            kept = Value(frozenset((atom,)))
            filled = pattern(_put_in(_written(atom), single_old, (None,))) if single_old and not grows else kept
            result = join(result, filled)
        else:
            result = join(result, ANYTHING)
    return Value(result.atoms, taints)


def _written(atom: Atom) -> Parts:
    """The parts of a text that is known, at least in part."""
    if isinstance(atom, Pattern):
        return atom.parts
    return (atom.value,) if isinstance(atom, Constant) and isinstance(atom.value, str) else ()


def _put_in(parts: Parts, old: str, new: Parts) -> list[str | None]:
    """The parts with one text put in the place of another."""
    filled: list[str | None] = []
    for part in parts:
        for i, piece in enumerate((None,) if part is None else part.split(old)):
            filled.extend((*new, piece) if i else (piece,))
    return filled


def _joined(frame: Frame, node: ir.Node, receiver: Value, arguments: Arguments) -> Value:
    from tosguard.flow.language.items import positions

    given = arguments.positional[0] if arguments.positional else ANYTHING
    taints = reached(frame, given)
    if taints is not None:
        taints = frame.hops(taints, node, "formatted", "joined into text")
    separators = text_parts(receiver) or [(None,)]
    symbols = _text_symbols(frame, given)
    if len(given.atoms) == 1 and len(separators) == 1:
        (atom,) = given.atoms
        items = positions(frame, atom) if isinstance(atom, ObjectAtom) else None
        if items and len(items) <= MAX_ALTERNATIVES:
            parts: list[str | None] = []
            for i, item in enumerate(items):
                options = text_parts(item) or [(None,)]
                parts.extend((*(separators[0] if i else ()), *(options[0] if len(options) == 1 else (None,))))
            return Value(pattern(parts).atoms | symbols, taints)
    return Value(ANYTHING.atoms | symbols, taints)


def _text_symbols(frame: Frame, value: Value) -> frozenset[Atom]:
    from tosguard.flow.language.iteration import element_of

    return frozenset(a for a in element_of(frame, value).atoms if carried(a))


def _split(frame: Frame, node: ir.Node, receiver: Value, arguments: Arguments, name: str) -> Value:
    """``text.split(separator)`` and its like: the pieces in their places where both are known."""
    made = frame.machine.make("list", node, frame.context)
    pieces = _pieces(receiver, arguments, name)
    if pieces is not None:
        for i, piece in enumerate(pieces[:MOST_PIECES]):
            frame.machine.put(made, i, constant(piece))
    else:
        symbols = frozenset(a for a in receiver.atoms if isinstance(a, SymbolAtom) and a.cells)
        frame.machine.put(made, REST, Value(ANYTHING.atoms | symbols, None))
    return Value(frozenset((made,)), receiver.taints)


#: Pieces of a text that are told apart.
MOST_PIECES = 50


def _pieces(receiver: Value, arguments: Arguments, name: str) -> list[str] | None:
    """The pieces of a constant split by a constant; None where either is not known."""
    text = _only(receiver)
    given = [_only(value) for value in arguments.positional]
    if not isinstance(text, str) or arguments.star is not None or len(given) > 2:
        return None
    separator = given[0] if given else None
    limit = given[1] if len(given) > 1 else _only(arguments.keywords.get("maxsplit", constant(-1)))
    if (given and not (isinstance(separator, str) and separator)) or not isinstance(limit, int):
        return None
    if name == "splitlines":
        return text.splitlines()
    if isinstance(separator, str) and name in ("partition", "rpartition"):
        return list(text.partition(separator) if name == "partition" else text.rpartition(separator))
    if name in ("partition", "rpartition") or set(arguments.keywords) - {"maxsplit"}:
        return None
    cut = text.split if name == "split" else text.rsplit
    return cut(separator if isinstance(separator, str) else None, limit)


def _only(value: Value) -> object:
    """The one constant that a value is, if it is one."""
    only = next(iter(value.atoms)) if len(value.atoms) == 1 else None
    return only.value if isinstance(only, Constant) else NOTHING
