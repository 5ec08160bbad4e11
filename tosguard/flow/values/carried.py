"""Which origins an argument carries, and where in it they sit.

Objects hold objects: a list of records, a client in an instance, a runner that knows all results. For every object the
origins anywhere behind it are worked out once, as a bit set; a search for one argument then enters only what still
holds something new, so that many calls that are given the same large object cost little each.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tosguard.flow.values.taints import AGREES
from tosguard.flow.values.values import ALL, BY_SERIAL, SOURCE, ObjectAtom, SymbolAtom

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tosguard.flow.values.taints import Hop, Taint
    from tosguard.flow.values.values import Atom, Value

#: Objects looked into for one argument.
MAX_OBJECTS = 400
#: Objects looked into for one argument once a project has used up its steps.
FEW_OBJECTS = 12
#: Places inside one argument reported for one origin: of a model's answer, of what many calls share (files, scores).
MAX_KEY_PATHS = 8
MAX_COMMON_PATHS = 3
#: Steps after which an origin that was seen at so many places of an argument is not noted at others that are entered
#: for the sake of another origin.
ALL_NOTED = 4_000_000
#: Keys that lead to a place.
MAX_KEYS = 8

Keys = tuple[str, ...]

#: What stands for the place of a score, of which the one that came of a comparison with data is told beside others.
SCORED: Keys = ("=",)
Holder = ObjectAtom | SymbolAtom


class Sighting(NamedTuple):
    """An origin in a value: its taint, the way it came, the keys under which it sits."""

    taint: Taint
    hop: Hop
    keys: Keys


@dataclass(slots=True, eq=False)
class _Part:
    """One cell of an object, or a value as a whole: what is in it, and the bits of all that is behind it. ``step`` is
    the key that leads to it, "" where that does not count."""

    step: str
    value: Value
    own: int
    inner: tuple[Holder, ...]
    mask: int = 0


class Carried:
    """Looks into values after the solution is found."""

    def __init__(self, numbers: Mapping[Taint, int], budget: int) -> None:
        """``numbers`` gives each origin's number, by its taint and by the taint's twin; ``budget`` is how many steps
        may be taken before searches are cut short."""
        self.bits: dict[Taint, int] = {t: 2 * number + t.derived for t, number in numbers.items()}
        self.budget = budget
        self.steps = 0
        self._common = 0
        for taint, bit in self.bits.items():
            if taint.common:
                self._common |= 1 << bit
        self._parts: dict[Holder, list[_Part]] = {}
        self._masks: dict[Holder, int] = {}
        self._seen: dict[tuple[frozenset[Atom], int], list[Sighting]] = {}
        self._agreed: dict[Hop, bool] = {}

    @property
    def exhausted(self) -> bool:
        """Whether so much was looked into that searches are cut short now."""
        return self.steps > self.budget

    def holds(self, value: Value, taint: Taint) -> bool:
        """Whether an origin is anywhere in a value."""
        bit = self.bits.get(taint)
        return bit is not None and bool(self._whole(value).mask >> bit & 1)

    def agreed(self, hop: Hop) -> bool:
        """Whether a way leads over a comparison with data, worked out once for each step of ways that share it."""
        known, path = self._agreed, []
        at: Hop | None = hop
        while at is not None and at not in known:
            path.append(at)
            at = at.previous
        found = at is not None and known[at]
        for passed in reversed(path):
            found = found or passed.step.text is AGREES
            known[passed] = found
        return found

    def sightings(self, value: Value) -> list[Sighting]:
        """The origins in a value with the keys under which they sit: the outermost places of each, and of several ways
        to one place the shortest. What was only chosen or scored is told once, without keys, and once
        more where it came of a comparison with data. Calls in several contexts are given the same, so each answer is
        kept: the value belongs to the solution and lives on."""
        asked = (value.atoms, id(value.taints))
        known = self._seen.get(asked)
        if known is None:
            known = self._seen[asked] = self._looked_for(value)
        return known

    def _looked_for(self, value: Value) -> list[Sighting]:
        whole = self._whole(value)
        if not whole.mask:
            return []
        best: dict[tuple[int, Keys], Sighting] = {}
        counts: dict[int, int] = {}
        wanted = whole.mask
        limit = FEW_OBJECTS if self.exhausted else MAX_OBJECTS
        pending: deque[tuple[_Part, Keys]] = deque([(whole, ())])
        seen: set[Holder] = set()
        while pending and wanted:
            part, keys = pending.popleft()
            self.steps += 1
            if part.own & wanted:
                wanted &= ~self._note(part.value, keys, wanted if self.steps > ALL_NOTED else -1, best, counts)
            for atom in part.inner:
                if atom in seen or not self._masks[atom] & wanted or len(seen) >= limit:
                    continue
                seen.add(atom)
                for inner in self._parts[atom]:
                    if inner.mask & wanted and len(keys) < MAX_KEYS:
                        pending.append((inner, (*keys, inner.step) if inner.step else keys))
        return list(best.values())

    def _note(
        self, value: Value, keys: Keys, wanted: int, best: dict[tuple[int, Keys], Sighting], counts: dict[int, int]
    ) -> int:
        """Notes the origins of one place that are wanted; returns the bits of those seen at enough places."""
        taints = value.taints or {}
        self.steps += len(taints)
        enough = 0
        for taint, hop in taints.items():
            bit = self.bits.get(taint)
            if bit is None or not wanted >> bit & 1:
                continue
            at = (SCORED if self.agreed(hop) else ()) if taint.derived else keys
            key = (bit, at)
            known = best.get(key)
            if known is None:
                counts[bit] = count = counts.get(bit, 0) + 1
                if count >= (MAX_COMMON_PATHS if taint.common else MAX_KEY_PATHS):
                    enough |= 1 << bit
                best[key] = Sighting(taint, hop, () if taint.derived else keys)
            elif hop.depth < known.hop.depth:
                best[key] = Sighting(taint, hop, () if taint.derived else keys)
        return enough

    # ------------------------------------------------------------------------------------------------------ masks

    def _whole(self, value: Value) -> _Part:
        part = self._part("", value)
        for atom in part.inner:
            self._settle(atom)
        part.mask = self._behind(part)
        return part

    def _part(self, step: str, value: Value) -> _Part:
        own = 0
        for taint in value.taints or ():
            bit = self.bits.get(taint)
            if bit is not None:
                own |= 1 << bit
        holders = [a for a in value.atoms if isinstance(a, (ObjectAtom, SymbolAtom)) and a.cells]
        if len(holders) > 1:
            holders.sort(key=BY_SERIAL)
        return _Part(step, value, own, tuple(holders))

    def _behind(self, part: _Part) -> int:
        mask = part.own
        for atom in part.inner:
            mask |= self._masks[atom]
        return mask

    def _settle(self, root: Holder) -> None:
        """Works out the masks of an object and of all behind it: those that hold each other share one."""
        if root in self._masks:
            return
        order: dict[Holder, int] = {}
        low: dict[Holder, int] = {}
        path: list[Holder] = []
        walk: list[tuple[Holder, Iterator[Holder]]] = []

        def enter(atom: Holder) -> None:
            order[atom] = low[atom] = len(order)
            path.append(atom)
            parts = self._parts[atom] = [p for p in self._cells(atom) if p.own or p.inner]
            walk.append((atom, iter([a for p in parts for a in p.inner])))

        enter(root)
        while walk:
            atom, inner = walk[-1]
            for held in inner:
                if held in self._masks:
                    continue
                if held not in order:
                    enter(held)
                    break
                low[atom] = min(low[atom], order[held])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[atom])
                if low[atom] == order[atom]:
                    self._close(atom, path)

    def _close(self, first: Holder, path: list[Holder]) -> None:
        """Gives the objects that hold each other, the last ones of ``path``, their mask."""
        ring: list[Holder] = []
        while not ring or ring[-1] is not first:
            ring.append(path.pop())
        mask = 0
        for atom in ring:
            for part in self._parts[atom]:
                mask |= part.own
                for held in part.inner:
                    mask |= self._masks.get(held, 0)
        for atom in ring:
            self._masks[atom] = mask
        for atom in ring:
            parts = self._parts[atom]
            for part in parts:
                part.mask = self._behind(part)
            self._parts[atom] = [p for p in parts if p.mask]

    def _cells(self, atom: Holder) -> Iterator[_Part]:
        for key, cell in atom.cells.items():
            if key == ALL:
                continue
            self.steps += 1
            yield self._part(_step(key), cell.value)


def _step(key: object) -> str:
    """How a cell's key is told in a path of keys; "" where it is no step."""
    if isinstance(key, tuple):
        return str(key[1]) if isinstance(key[1], str) and key[1] else "*"
    if key == SOURCE:
        return ""
    return "*" if isinstance(key, str) and key.startswith("<") else str(key)
