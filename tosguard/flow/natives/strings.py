"""Text: f-strings, ``%``, ``format``, paths and the string methods, folded as far as constants go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tosguard.flow.values.joining import join, join_all, merge_taints
from tosguard.flow.values.reach import reached
from tosguard.flow.values.taints import Hop, Taint
from tosguard.flow.values.values import (
    ANYTHING,
    NOTHING,
    Atom,
    Constant,
    ObjectAtom,
    Pattern,
    SymbolAtom,
    Value,
    folded,
    is_plain,
    ordered,
    pattern,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments
    from tosguard.syntax import ir

Parts = tuple["str | None", ...]

#: Text longer than this is prose, not a path or an id: its end becomes a hole.
MAX_TEXT = 4000
#: Combinations of alternatives folded; beyond, the text is unknown.
MAX_ALTERNATIVES = 12
#: Combinations of two texts joined; beyond, the text is unknown. A value keeps no more alternatives than this anyway.
MAX_COMBINATIONS = 48


def text_parts(value: Value) -> list[Parts] | None:
    """The texts a value may be, as literal parts and holes; None when it is not text at all."""
    found: list[Parts] = []
    hole = False
    for atom in ordered(value):
        if isinstance(atom, Constant):
            text = atom.value
            if text.__class__ is str:
                found.append((text,))
            elif isinstance(text, bool) or text is None or isinstance(text, bytes):
                hole = True
            elif isinstance(text, (str, int, float)):
                found.append((str(text),))
        elif isinstance(atom, Pattern):
            found.append(atom.parts)
        elif isinstance(atom, SymbolAtom) and "<text>" in atom.cells:
            found.extend(text_parts(atom.cells["<text>"].value) or [(None,)])
        else:
            hole = True
    if len(found) > MAX_ALTERNATIVES:
        return [(None,)]
    if hole or not found:
        found.append((None,))
    return found


def tells_text(value: Value) -> bool:
    """Whether a value is an object that stands for a text which may grow: a path."""
    for atom in value.atoms:  # noqa: SIM110 – asked of every operand, and a generator takes twice as long
        if atom.__class__ is SymbolAtom and "<text>" in atom.cells:
            return True
    return False


def concatenated_text(left: Sequence[Parts], right: Sequence[Parts]) -> Value:
    """Every text of the left followed by every one of the right; unknown text where these are too many."""
    if len(left) * len(right) > MAX_COMBINATIONS:
        return ANYTHING
    return join_all(pattern((*head, *tail)) for head in left for tail in right)


def grown_text(left: Sequence[Parts], right: Sequence[Parts]) -> Value:
    """Text that grows turn by turn in a loop: where it was open at its end it stays as it is, with what comes next as a
    piece of its own, so that neither the number nor the length of its alternatives depends on how often one looks."""
    found: dict[Parts, None] = {}
    for head in left:
        if head and head[-1] is None:
            found.setdefault(head)
            for tail in right:
                if any(tail):
                    found.setdefault((None, *tail, None))
        else:
            for tail in right:
                found.setdefault((*head, *tail, None))
    return join_all(pattern(parts) for parts in found) if len(found) <= MAX_COMBINATIONS else ANYTHING


def carried(atom: Atom) -> bool:
    """Whether an object stays visible in text made of it: records (as JSON) and what library calls made of objects."""
    if isinstance(atom, ObjectAtom):
        return atom.kind in ("dict", "list", "tuple") or (atom.cls is not None and bool(atom.cls.fields))
    return isinstance(atom, SymbolAtom) and bool(atom.cells)


def formatted(frame: Frame, node: ir.Node, values: Sequence[Value]) -> Value:
    """The concatenation of values as text, taints of all of them in it."""
    taints: Mapping[Taint, Hop] | None = None
    symbols: list[Atom] = []
    told = False
    for value in values:
        taints = merge_taints(taints, reached(frame, value))
        if not is_plain(value):
            told = told or tells_text(value)
            symbols.extend(a for a in value.atoms if not a.is_plain and carried(a))
    if taints is not None:
        taints = frame.hops(taints, node, "formatted", "formatted into text")
    text = _concatenation(values) if told else _concatenated(values)
    if symbols:
        return Value(text.atoms | frozenset(symbols), taints)
    return text if taints is None else Value(text.atoms, taints)


def _concatenated(values: Sequence[Value]) -> Value:
    """The texts of values one after the other, worked out once."""
    key = tuple(value.atoms for value in values)
    known = folded.get(key)
    if known is None:
        known = folded[key] = _concatenation(values)
    return known


def _concatenation(values: Sequence[Value]) -> Value:
    """The texts of values one after the other."""
    result = NOTHING
    for parts in _combined([text_parts(value) or [(None,)] for value in values]):
        if sum(len(p) for p in parts if p) > MAX_TEXT:
            parts = (*_cut(parts), None)
        result = join(result, pattern(parts))
    return result


def _combined(pieces: Sequence[Sequence[Parts]]) -> list[Parts]:
    """Every text that pieces with alternatives give one after the other. Where these are too many the text as it is
    written: a piece that may be several things is a hole in it then."""
    alternatives: list[Parts] = [()]
    for options in pieces:
        alternatives = [(*head, *tail) for head in alternatives for tail in options]
        if len(alternatives) > MAX_ALTERNATIVES:
            return [tuple(part for options in pieces for part in (options[0] if len(options) == 1 else (None,)))]
    return alternatives


def _cut(parts: Parts) -> Parts:
    kept: list[str | None] = []
    room = MAX_TEXT
    for part in parts:
        kept.append(part if part is None else part[:room])
        room -= len(part or "")
        if room <= 0:
            break
    return tuple(kept)


_PERCENT = re.compile(r"%(?:\((\w+)\))?[-+ #0]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa%]")
_BRACES = re.compile(r"\{(\w*)(?:[.\[][^{}:!]*)?(?:![rsa])?(?::[^{}]*)?\}|\{\{|\}\}")


def percent(frame: Frame, node: ir.Node, left: Value, right: Value) -> Value:
    """``text % values``."""
    from tosguard.flow.language.items import positions

    values: list[Value] = [right]
    for atom in right.atoms:
        if isinstance(atom, ObjectAtom):
            values = positions(frame, atom) or [right]
    named = {
        key[1]: frame.read(cell)
        for atom in right.atoms
        if isinstance(atom, ObjectAtom) and atom.kind == "dict"
        for key, cell in list(atom.cells.items())
        if isinstance(key, tuple) and isinstance(key[1], str)
    }
    return _filled(frame, node, left, _PERCENT, values, named, right)


def format_call(frame: Frame, node: ir.Node, text: Value, arguments: Arguments) -> Value:
    """``text.format(…)``."""
    return _filled(frame, node, text, _BRACES, arguments.positional, arguments.keywords, arguments.every())


def _filled(
    frame: Frame,
    node: ir.Node,
    text: Value,
    holes: re.Pattern[str],
    positional: Sequence[Value],
    keywords: Mapping[str, Value],
    every: Value,
) -> Value:
    templates = [a.value for a in text.atoms if isinstance(a, Constant) and isinstance(a.value, str)]
    taints = merge_taints(text.taints, reached(frame, every))
    if taints is not None:
        taints = frame.hops(taints, node, "formatted", "formatted into text")
    result = NOTHING
    for template in templates[:MAX_ALTERNATIVES]:
        pieces: list[Sequence[Parts]] = []
        position, end = 0, 0
        for match in holes.finditer(template[:MAX_TEXT]):
            literal = template[end : match.start()]
            end = match.end()
            if match.group() in ("%%", "{{", "}}"):
                pieces.append([(literal + match.group()[0],)])
                continue
            name = match.group(1)
            if name and not name.isdigit():
                value = keywords.get(name, ANYTHING)
            else:
                index = int(name) if name else position
                position += 1
                value = positional[index] if index < len(positional) else ANYTHING
            _shown(frame, node, match.group(), value)
            pieces.extend(([(literal,)], text_parts(value) or [(None,)]))
        for parts in _combined([*pieces, [(template[end:],)]]):
            result = join(result, pattern(parts))
    if not templates:
        result = ANYTHING
    return Value(result.atoms, taints)


def _shown(frame: Frame, node: ir.Node, hole: str, value: Value) -> None:
    """Calls the method by which an instance becomes text in a hole of a template."""
    from tosguard.flow.language.protocols import FORMATTED, TEXT_OF, ask, has_instances

    if not has_instances(value):
        return
    if "!r" in hole or (hole.startswith("%") and hole.endswith("r")):
        ask(frame, node, value, TEXT_OF[1:])
    else:
        ask(frame, node, value, FORMATTED if hole.startswith("{") and "!s" not in hole else TEXT_OF)


def joined_path(frame: Frame, *pieces: Value) -> Value | None:
    """Path pieces joined with ``/``; None when none of them is text or a path."""
    if not any(_is_text(a) for p in pieces for a in p.atoms):
        return None
    alternatives: list[Parts] = [()]
    taints: Mapping[Taint, Hop] | None = None
    for piece in pieces:
        taints = merge_taints(taints, piece.taints)
        options = text_parts(piece) or [(None,)]
        joined: list[Parts] = []
        for head in alternatives:
            for tail in options:
                joined.append(_join_path(head, tail))
        alternatives = joined if len(joined) <= MAX_ALTERNATIVES else [(None,)]
    result = NOTHING
    for parts in alternatives:
        result = join(result, pattern(parts))
    return Value(result.atoms, taints)


def _is_text(atom: Atom) -> bool:
    if isinstance(atom, SymbolAtom):
        return "<text>" in atom.cells
    return isinstance(atom, Pattern) or (isinstance(atom, Constant) and isinstance(atom.value, str))


def _join_path(head: Parts, tail: Parts) -> Parts:
    if not head or (tail and isinstance(tail[0], str) and tail[0].startswith("/")):
        return tail
    if isinstance(head[-1], str) and head[-1].endswith("/"):
        return (*head, *tail)
    if head == ("",) or head == (".",):
        return tail
    return (*head, "/", *tail)
