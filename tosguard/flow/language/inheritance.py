"""Inheritance: the order in which a class and its bases are asked for an attribute, and what one of them has."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from tosguard.flow.values.values import ClassAtom, Value, ordered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tosguard.flow.solver.machine import Machine
    from tosguard.flow.values.questions import Reader

#: Classes that one base of a class may be.
MAX_BASES = 16


def linearize(cls: ClassAtom) -> tuple[ClassAtom, ...]:
    """The method resolution order of a class (C3; in the order of the bases where these contradict)."""
    if cls.mro_cache is None:
        cls.mro_cache = (cls,)  # what a class that derives from itself finds
        behind = _merged([*(linearize(b) for b in cls.bases), cls.bases])
        cls.mro_cache = (cls, *(base for base in behind if base is not cls))
    return cls.mro_cache


def _merged(sequences: list[tuple[ClassAtom, ...]]) -> Iterator[ClassAtom]:
    """The merge of C3 (Barrett and others, "A monotonic superclass linearization for Dylan", OOPSLA 1996): again and
    again the first head that is behind no other, else the first."""
    behind = Counter(cls for sequence in sequences for cls in sequence[1:])
    pending = [deque(sequence) for sequence in sequences if sequence]
    given: set[ClassAtom] = set()
    while pending:
        head = next((s[0] for s in pending if not behind[s[0]]), pending[0][0])
        given.add(head)
        yield head
        for sequence in pending:
            while sequence and sequence[0] in given:
                sequence.popleft()
                if sequence:
                    behind[sequence[0]] -= 1
        pending = [s for s in pending if s]


def possible_bases(machine: Machine, value: Value, of: ClassAtom) -> list[ClassAtom]:
    """The classes of the project that a base of a class may be. Of one that may be very many, which a parameter of a
    class factory is in the end, the first few: it derives from none of them more than from another."""
    found: list[ClassAtom] = [a for a in ordered(value) if isinstance(a, ClassAtom) and a is not of]
    if len(found) > MAX_BASES:
        machine.notices.add(
            "of a class that may derive from one of very many classes only a few are looked at; flows through what it "
            "inherits may be missing",
            of.scope.dotted,
        )
    return found[:MAX_BASES]


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
