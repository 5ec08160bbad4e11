"""Inheritance: the order in which a class and its bases are asked for an attribute, and what one of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.values import (
    ClassAtom,
    Value,
)

if TYPE_CHECKING:
    from tosguard.flow.questions import Reader


def linearize(cls: ClassAtom) -> tuple[ClassAtom, ...]:
    """The method resolution order of a class (C3; plain depth-first order where the bases contradict)."""
    if cls.mro_cache is not None:
        return cls.mro_cache
    cls.mro_cache = (cls,)
    sequences = [list(linearize(b)) for b in cls.bases] + [list(cls.bases)]
    order = [cls]
    while any(sequences):
        sequences = [s for s in sequences if s]
        for sequence in sequences:
            head = sequence[0]
            if not any(head in other[1:] for other in sequences):
                break
        else:
            head = sequences[0][0]
        order.append(head)
        sequences = [[c for c in s if c is not head] for s in sequences]
    cls.mro_cache = tuple(order)
    return cls.mro_cache


def external_bases(cls: ClassAtom) -> list[str]:
    """The library symbols a class derives from, nearest first."""
    return list(dict.fromkeys(symbol for c in linearize(cls) for symbol in c.external))


def metaclass_of(cls: ClassAtom) -> ClassAtom | None:
    """The project's metaclass of a class, its own or inherited."""
    for candidate in linearize(cls):
        if candidate.metaclass is not None:
            return candidate.metaclass
    return None


def class_attribute(frame: Reader, cls: ClassAtom, name: str, after: ClassAtom | None = None) -> Value | None:
    """What a class or its bases store under a name; ``after`` starts the search behind that class (``super``)."""
    order = linearize(cls)
    if after is not None and after in order:
        order = order[order.index(after) + 1 :]
    for candidate in order:
        cell = candidate.cells.get(name)
        if cell is not None:
            value = frame.read(cell)
            if value.atoms or value.taints:
                return value
    return None
