"""Readable summaries of abstract values, for the classification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow import facts
from tosguard.flow.values.values import (
    ALL,
    BY_SERIAL,
    ELEMENT,
    KEYS,
    ROW,
    SOURCE,
    Atom,
    BoundAtom,
    Constant,
    FunctionAtom,
    ObjectAtom,
    Pattern,
    Place,
    SymbolAtom,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tosguard.flow.values.taints import Taint

#: Levels of nesting described.
MAX_DEPTH = 5
#: Parts described of one value in all.
MAX_PARTS = 250
#: Keys described of one record.
MAX_KEYS = 60
#: Characters of a constant text kept.
MAX_TEXT = 4000


class Summarizer:
    """Turns values into ``facts.Value``; ``numbers`` gives the index of each taint's origin."""

    def __init__(self, numbers: Mapping[Taint, int]) -> None:
        self.numbers = numbers
        self.known: dict[tuple[frozenset[Atom], frozenset[Taint], int], facts.Value] = {}
        self.room = MAX_PARTS

    def value(self, value: Value, depth: int = 0) -> facts.Value:
        """The summary of a value."""
        if depth == 0 or self.room <= 0:
            self.room = MAX_PARTS if depth == 0 else 0
        key = (value.atoms, frozenset(value.taints or ()), depth)
        found = self.known.get(key)
        if found is None:
            found = self._described(value, depth)
            if self.room > 0:
                self.known[key] = found
        return found

    def _described(self, value: Value, depth: int) -> facts.Value:
        self.room -= 1
        constants: dict[object, None] = {}
        templates: dict[tuple[str | None, ...], None] = {}
        symbols: dict[str, None] = {}
        keys: dict[str, list[Value]] = {}
        elements: list[Value] = []
        self._collect(value, constants, templates, symbols, keys, elements, depth, set())
        deeper = depth < MAX_DEPTH and self.room > 0
        taints = set(value.taints or ())
        for held in (*(v for each in keys.values() for v in each), *elements) if not deeper else ():
            taints.update(held.taints or ())  # what is described no further still tells where it comes from
        origins = sorted({self.numbers[t] for t in taints if t in self.numbers and not t.derived})
        return facts.Value(
            constants=tuple(sorted(constants, key=_constant_order)),  # type: ignore[arg-type]
            templates=tuple(facts.Template(t) for t in sorted(templates, key=repr)),
            origins=tuple(origins),
            keys=tuple((k, self._joined(v, depth + 1)) for k, v in list(keys.items())[:MAX_KEYS]) if deeper else (),
            element=self._joined(elements, depth + 1) if elements and deeper else None,
            symbols=tuple(sorted(symbols)),
            open=any(isinstance(atom, Unknown) for atom in value.atoms),
        )

    def _joined(self, values: list[Value], depth: int) -> facts.Value:
        from tosguard.flow.values.joining import join_all

        return self.value(join_all(values), depth)

    def _collect(
        self,
        value: Value,
        constants: dict[object, None],
        templates: dict[tuple[str | None, ...], None],
        symbols: dict[str, None],
        keys: dict[str, list[Value]],
        elements: list[Value],
        depth: int,
        seen: set[Atom],
    ) -> None:
        for atom in sorted(value.atoms, key=BY_SERIAL):
            if atom in seen:
                continue
            seen.add(atom)
            if isinstance(atom, Constant):
                if isinstance(atom.value, (str, int, float, bool, type(None))):
                    text = atom.value[:MAX_TEXT] if isinstance(atom.value, str) else atom.value
                    constants.setdefault(text)
            elif isinstance(atom, Pattern):
                templates.setdefault(atom.parts)
            elif isinstance(atom, SymbolAtom):
                symbols.setdefault(atom.path)
                self._fields(atom, keys, elements)
                if SOURCE in atom.cells and len(seen) < 40:
                    self._collect(atom.cells[SOURCE].value, constants, templates, symbols, keys, elements, depth, seen)
            elif isinstance(atom, ObjectAtom):
                self._fields(atom, keys, elements)
                if atom.cls is not None:
                    symbols.setdefault(f"project:{atom.cls.scope.dotted}()")
            elif isinstance(atom, FunctionAtom):
                symbols.setdefault(f"project:{atom.scope.dotted}")
            elif isinstance(atom, BoundAtom):
                symbols.setdefault(f"project:{atom.function.scope.dotted}")

    def _fields(self, atom: Place, keys: dict[str, list[Value]], elements: list[Value]) -> None:
        for key, cell in atom.cells.items():
            held = cell.value
            if not (held.atoms or held.taints) or key in (ALL, KEYS, SOURCE):
                continue
            if key in (ELEMENT, ROW):
                elements.append(held)
            elif isinstance(key, tuple):
                if isinstance(key[1], str):
                    keys.setdefault(key[1], []).append(held)
                else:
                    elements.append(held)
            elif isinstance(key, str) and not key.startswith("<") and isinstance(atom, ObjectAtom):
                keys.setdefault(key, []).append(held)


def _constant_order(value: object) -> tuple[str, str]:
    return type(value).__name__, str(value)
