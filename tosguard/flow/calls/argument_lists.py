"""The arguments of a call as they are written: positions, names, and what ``*`` and ``**`` spread out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.disk.documents import mappings_behind
from tosguard.flow.language.iteration import element_of
from tosguard.flow.language.namespaces import fields_of
from tosguard.flow.language.protocols import ask
from tosguard.flow.solver.frame import Frame
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.fields import FIELDS, Fields, path_to
from tosguard.flow.values.joining import join, tainted
from tosguard.flow.values.values import (
    ANYTHING,
    ELEMENT,
    KEYS,
    NOTHING,
    ObjectAtom,
    Value,
    single,
    texts,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Sequence


def arguments_of(frame: Frame, nodes: Sequence[ir.Argument]) -> Arguments:
    """Evaluates the arguments of a call."""
    arguments = Arguments([])
    for argument in nodes:
        value = frame.eval(argument.value)
        if argument.keyword is not None:
            arguments.keywords[argument.keyword] = value
        elif argument.stars == 0:
            if arguments.star is not None:
                arguments.star = join(arguments.star, value)
            else:
                arguments.positional.append(value)
        elif argument.stars == 1:
            _spread(frame, arguments, value)
        else:
            _spread_keywords(frame, arguments, value)
            _override(frame, arguments, argument.value)
    return arguments


def _spread(frame: Frame, arguments: Arguments, value: Value) -> None:
    from tosguard.flow.language.items import positions

    if arguments.star is None and len(value.atoms) == 1:
        (atom,) = value.atoms
        known = positions(frame, atom) if isinstance(atom, ObjectAtom) else None
        if known is not None:
            arguments.positional.extend(tainted(v, value.taints) for v in known)
            return
    element = element_of(frame, value)
    arguments.star = element if arguments.star is None else join(arguments.star, element)


def _spread_keywords(frame: Frame, arguments: Arguments, value: Value) -> None:
    for atom in (*value.atoms, *mappings_behind(frame, value)):
        if isinstance(atom, ObjectAtom) and atom.kind in ("dict", "instance", "namespace"):
            frame.read(atom.cell(KEYS))
            frame.watch(atom)
            keys = ask(frame, frame.here, single(atom), ("keys",))
            if keys is not None:
                element = element_of(frame, keys)
                item = ask(frame, frame.here, single(atom), ("__getitem__",), element)
                for name in texts(element) if item is not None else ():
                    arguments.keywords[name] = join(arguments.keywords.get(name, NOTHING), item or NOTHING)
            elif atom.kind != "dict":
                for name, held in fields_of(frame, atom):
                    known = arguments.keywords.get(name, NOTHING)
                    arguments.keywords[name] = join(known, tainted(held, value.taints))
            for key, cell in list(atom.cells.items()):
                if isinstance(key, tuple) and isinstance(key[1], str):
                    known = arguments.keywords.get(key[1], NOTHING)
                    arguments.keywords[key[1]] = join(known, tainted(frame.read(cell), value.taints))
            rest = frame.read(atom.cell(ELEMENT))
            if not (rest.atoms or rest.taints):
                continue
            value_rest = rest
        else:
            value_rest = Value(ANYTHING.atoms, value.taints)
        known_rest = arguments.keyword_star
        arguments.keyword_star = value_rest if known_rest is None else join(known_rest, value_rest)


def _override(frame: Frame, arguments: Arguments, node: ir.Expr) -> None:
    """Keywords spread from a dict whose items are known just here hold these alone."""
    path = path_to(frame, node)
    fields = (frame.env or {}).get(FIELDS) if path is not None else None
    for known, value in fields.known.items() if isinstance(fields, Fields) else ():
        field = known[-1]
        if known[:-1] == path and isinstance(field, tuple) and isinstance(field[1], str):
            arguments.keywords[field[1]] = value
