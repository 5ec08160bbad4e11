"""What the solver notes while it evaluates: library calls, the loops around them, and who calls whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tosguard.flow.values.joining import join
from tosguard.flow.values.taints import Hop, Taint
from tosguard.flow.values.values import NOTHING, Value

if TYPE_CHECKING:
    from tosguard.catalog.model import Entry, Slot
    from tosguard.flow.calls.context import Context
    from tosguard.syntax import ir


@dataclass(slots=True, eq=False)
class Arguments:
    """The evaluated arguments of a call. ``star`` joins the items of ``*`` arguments, ``keyword_star`` the objects of
    ``**``; ``crowded`` says that they go to so many functions that it is not told apart who gave them (``calls``)."""

    positional: list[Value]
    keywords: dict[str, Value] = field(default_factory=dict)
    star: Value | None = None
    keyword_star: Value | None = None
    site: ir.Call | None = None
    crowded: bool = False

    def slot(self, slot: Slot) -> Value | None:
        """The value at a position or under a keyword, None where the call gives none."""
        if isinstance(slot, int):
            if slot < len(self.positional):
                return self.positional[slot]
            return self.star
        return self.keywords.get(slot)

    def every(self) -> Value:
        """The join of all arguments."""
        result = NOTHING
        for value in self.positional:
            result = join(result, value)
        for value in self.keywords.values():
            result = join(result, value)
        for extra in (self.star, self.keyword_star):
            if extra is not None:
                result = join(result, extra)
        return result


@dataclass(slots=True, eq=False)
class LoopRecord:
    """A repetition that is open while something is evaluated. ``over`` is what it runs over as far as that is known,
    ``written`` its target and what it runs over as the code has it."""

    kind: str
    context: Context
    start: int
    end: int
    over: Value | None
    written: tuple[ir.Expr, ...] = ()

    def draws(self, source: Value) -> None:
        """Notes that a ``while`` loop takes its items from an iterator, one each turn."""
        self.over = source if self.over is None else join(self.over, source)


@dataclass(slots=True, eq=False)
class CallRecord:
    """One library call in one context. ``entry`` is None for calls the catalogue does not know; those carry objects
    only.

    ``named`` maps the entry's argument names to values. ``taint`` is what the call gives birth to, if anything.
    """

    context: Context
    node: ir.Node
    symbol: str
    entry: Entry | None
    serial: int
    arguments: Arguments
    named: Mapping[str, Value] = field(default_factory=dict)
    receiver: CallRecord | None = None
    receiver_value: Value = NOTHING
    loops: tuple[LoopRecord, ...] = ()
    guards: tuple[str, ...] = ()
    unmodelled: bool = False
    taint: Taint | None = None
    control: Mapping[Taint, Hop] | None = None


@dataclass(slots=True, eq=False)
class CallEdge:
    """A project call site that enters a context, with the loops open there."""

    caller: Context
    node: ir.Node
    loops: tuple[LoopRecord, ...]
    guards: tuple[str, ...]
