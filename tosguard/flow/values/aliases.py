"""Two names of one object: what is known of a field under one name is known under the other.

``a = b`` makes two names of one object for certain. So do two variables that hold nothing but the one instance, list or
dict that a line outside any loop makes: that line makes one object each time its function runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tosguard.flow.values.fields import FIELDS, Fields, Path, path_to, remember
from tosguard.flow.values.values import ObjectAtom, Value
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame

#: Fields that are copied to another name.
MOST_COPIED = 32


def is_single(frame: Frame, atom: ObjectAtom) -> bool:
    """Whether an object is made once in this evaluation, and not in a loop that is open here."""
    return not frame.loops and atom.context is frame.context and atom in frame.machine.single_objects


def other_names(frame: Frame, path: Path, owner: Value) -> Iterator[Path]:
    """The other access paths of this evaluation that lead to the object at a path for certain."""
    env = frame.env
    if env is None or len(owner.atoms) != 1:
        return
    (atom,) = owner.atoms
    if not isinstance(atom, ObjectAtom) or not is_single(frame, atom):
        return
    if frame.visit is not None:
        frame.visit.loose = True  # any variable may be one of them
    fields = env.get(FIELDS)
    for known, value in tuple(fields.known.items()) if isinstance(fields, Fields) else ():
        if value.atoms == owner.atoms and known != path:
            yield known
    for name, value in tuple(env.items()):
        if value.atoms == owner.atoms and (name,) != path and name != FIELDS:
            yield (name,)


def known_behind(frame: Frame, node: ir.Expr) -> tuple[tuple[Path, Value], ...]:
    """What is known of the fields behind a name or attribute that is about to be named again, each with the rest of its
    path."""
    fields = frame.env.get(FIELDS) if frame.env is not None else None
    if not isinstance(fields, Fields) or not isinstance(node, (ir.Name, ir.Attribute)):
        return ()
    path = path_to(frame, node)
    if path is None:
        return ()
    count = len(path)
    found = [(known[count:], value) for known, value in fields.known.items() if known[:count] == path]
    return tuple((rest, value) for rest, value in found if rest)[:MOST_COPIED]


def name_again(frame: Frame, target: ir.Expr, known: tuple[tuple[Path, Value], ...]) -> None:
    """Notes what is known of an object under the name it was just given."""
    path = path_to(frame, target) if isinstance(target, ir.Name) else None
    if path is None or path[0] in frame.scope.declared_global or path[0] in frame.scope.declared_nonlocal:
        return
    for rest, value in known:
        remember(frame, (*path, *rest), value)
