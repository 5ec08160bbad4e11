"""Origins and their ways: what a recorded call gave birth to, and the steps over which it came."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tosguard.flow.calls.context import Context
    from tosguard.flow.solver.records import CallRecord
    from tosguard.syntax import ir

#: The kind of a step over a file, hub or queue.
LOADED = "loaded"
#: The kind of a step by which a test of an answer chose one of the labels that the code spells out.
LABELLED = "labelled"
#: What the step over a comparison of an answer with data says.
AGREES = "compared with what was read"


class Taint:
    """A value born at a recorded call, in one context. ``derived`` is its twin that only chose or scored what carries
    it."""

    __slots__ = ("_derived", "common", "derived", "index", "record")

    def __init__(self, record: CallRecord, index: int, derived: bool = False, common: bool = False) -> None:
        self.record = record
        self.index = index
        self.derived = derived
        self.common = common or derived
        self._derived: Taint | None = None

    def twin(self) -> Taint:
        """The taint of what was only chosen or scored by this one."""
        if self.derived:
            return self
        if self._derived is None:
            self._derived = Taint(self.record, self.index, derived=True)
        return self._derived

    def __repr__(self) -> str:
        return f"<taint {self.index}{'~' if self.derived else ''}>"


class Step:
    """Where values went one step further (offsets, context), how, and in words; shared by all that went together."""

    __slots__ = ("context", "end", "kind", "start", "text")

    def __init__(self, node: ir.Node, kind: str, text: str, context: Context) -> None:
        self.start = node.start
        self.end = node.end
        self.kind = kind
        self.text = text
        self.context = context


class Hop:
    """One step of a taint; ``previous`` leads to the birth."""

    __slots__ = ("depth", "previous", "step")

    def __init__(self, previous: Hop | None, step: Step) -> None:
        self.previous = previous
        self.step = step
        self.depth: int = 0 if previous is None else previous.depth + 1

    @property
    def inferred(self) -> bool:
        """Whether the way leads over a file, hub or queue."""
        at: Hop | None = self
        while at is not None:
            if at.step.kind == LOADED:
                return True
            at = at.previous
        return False


def birth_hop(symbol: str, node: ir.Node, context: Context) -> Hop:
    """The first step of what a call of a symbol gives birth to."""
    return Hop(None, Step(node, "born", symbol, context))


class Ways(Mapping["Taint", Hop]):
    """Many taints that all went one step further. Most of what is said of a step nobody asks for: the taints are those
    it started from, and the hops are made when the first of them is looked at."""

    __slots__ = ("_before", "_made", "_step", "_taints")

    def __init__(self, before: Mapping[Taint, Hop], step: Step) -> None:
        self._before: Mapping[Taint, Hop] = before
        self._step = step
        self._taints = before.keys()
        self._made: dict[Taint, Hop] | None = None

    def keys(self) -> KeysView[Taint]:
        """The taints."""
        return self._taints

    def __iter__(self) -> Iterator[Taint]:
        return iter(self._taints)

    def __len__(self) -> int:
        return len(self._taints)

    def __bool__(self) -> bool:
        return True

    def __contains__(self, taint: object) -> bool:
        return taint in self._taints

    def __getitem__(self, taint: Taint) -> Hop:
        return self.made()[taint]

    def get(self, taint: Taint, default: Any = None) -> Any:
        """The hop of a taint."""
        return self.made().get(taint, default)

    def items(self) -> ItemsView[Taint, Hop]:
        """The taints with their hops."""
        return self.made().items()

    def made(self) -> dict[Taint, Hop]:
        """The same, hop by hop."""
        made = self._made
        if made is None:
            steps, before = self._steps()
            made = {}
            for taint, hop in before.items():
                for step in steps:
                    hop = Hop(hop, step)
                made[taint] = hop
            self._made = self._before = made
        return made

    def way(self, taint: Taint) -> Hop:
        """The hop of one taint, where the others are not looked at."""
        if self._made is not None:
            return self._made[taint]
        steps, before = self._steps()
        hop = before[taint]
        for step in steps:
            hop = Hop(hop, step)
        return hop

    def _steps(self) -> tuple[list[Step], Mapping[Taint, Hop]]:
        """The steps since hops were made last, in their order, and these hops."""
        steps: list[Step] = []
        at: Mapping[Taint, Hop] = self
        while at.__class__ is Ways and at._made is None:
            steps.append(at._step)
            at = at._before
        steps.reverse()
        return steps, at

    def as_far_as(self, other: Ways) -> bool:
        """Whether both went as many steps of the same kinds from one place, as far as that is told without looking at
        any hop."""
        left: Mapping[Taint, Hop] = self
        right: Mapping[Taint, Hop] = other
        while left is not right:
            if (
                left.__class__ is not Ways
                or right.__class__ is not Ways
                or left._made is not None
                or right._made is not None
            ):
                return False
            if left._step.kind != right._step.kind:
                return False
            left, right = left._before, right._before
        return True
