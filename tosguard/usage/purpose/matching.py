"""What a comparison of an answer with ``==`` or ``in`` says: whether it is held against what was expected."""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.flow.facts import CallFact, Flow, Loop
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue
from tosguard.usage.reading.compared import DATA_ROLES, MEMBERSHIP, facing, looks_itself_up, other_side
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site


def compared(site: Site, flow: Flow, sink: CallFact, context: Context) -> Iterator[Clue]:
    """A comparison with ``==`` or ``in``: what the other side is decides how much it says."""
    if looks_itself_up(flow, sink, context.view):
        return
    other = other_side(flow.argument, sink, context.view)
    if other == "data" and _is_allowed(site, flow, sink, context):
        yield Clue("decided", "the output has to be one of what was read", sink.place, WEAK, hops=flow.hops)
    elif other == "data":
        yield Clue("compared", "the output is compared with what was read", sink.place, STRONG, hops=flow.hops)
    elif other == "output":
        yield Clue("compared-outputs", "two outputs are compared", sink.place, MEDIUM, hops=flow.hops)
    elif other == "unknown":
        yield Clue(
            "compared",
            "the output is compared with something that comes from elsewhere",
            sink.place,
            WEAK,
            hops=flow.hops,
        )


def _is_allowed(site: Site, flow: Flow, sink: CallFact, context: Context) -> bool:
    """Whether ``answer in table`` asks if an answer is one of those that a table allows: of nothing that comes with the
    rows that are worked through."""
    if sink.symbol != MEMBERSHIP or flow.argument != "predictions":
        return False
    rows = {b.place for c in context.calls(site) for loop in c.loops for b in births_of(loop, context)}
    table = {b.place for b in facing(flow.argument, sink, context.view) if b.entry.role in DATA_ROLES}
    return bool(rows) and rows.isdisjoint(table)


def births_of(loop: Loop, context: Context) -> Iterator[CallFact]:
    """The calls that what a loop runs over was born at."""
    for origin in sorted(loop.over.all_origins()) if loop.over is not None else ():
        yield context.view.birth(origin)
