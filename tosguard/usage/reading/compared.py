"""Comparisons (``==``, ``in``) that an output takes part in, and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence

from tosguard.flow.facts import CallFact, Flow, Origin, Place, Value
from tosguard.usage.limits import HANDFUL
from tosguard.usage.reading.view import INFERENCE_ROLES, View, is_before

#: The kind of step by which a value gets into a file; the next one reads it from there.
WRITTEN = "written"

#: The kinds of steps by which a value is read from a file, and by which it is compared.
LOADED = "loaded"
COMPARED = "compared"

#: The tag of comparison sinks.
COMPARISON = "comparison"

#: The tag of comparisons in which an answer meets data.
MEETS_DATA = "meets-data"

#: Roles whose results are rows with expected answers, as far as comparisons go.
DATA_ROLES = frozenset({"read", "load-dataset", "queue-get", "platform-read"})

#: Symbols of comparisons that order rather than equate.
ORDERING = "operator.lt"

#: The symbol of ``in``.
MEMBERSHIP = "operator.contains"


def other_side(argument: str, sink: CallFact, view: View) -> str:
    """What an output is compared with at a comparison.

    Returns:
        ``constant`` (a literal), ``data`` (rows that were read), ``output`` (another model's output), ``ordering``
        (greater or less) or ``unknown``.
    """
    if sink.symbol == ORDERING:
        return "ordering"
    value = sink.arguments.get("references" if argument == "predictions" else "predictions", Value())
    births = facing(argument, sink, view)
    if any(b.entry.role in DATA_ROLES for b in births):
        return "data"
    if any(b.entry.role in INFERENCE_ROLES | {"local-generate"} for b in births):
        return "output"
    if MEETS_DATA in sink.entry.tags:
        return "data"  # what data made of the labels that the code spells out
    if value.constants or value.templates:
        return "constant"
    return "unknown"


def is_spelled_out(argument: str, sink: CallFact, view: View) -> bool:
    """Whether an output is compared with one of a few constants, not with what a table of expected answers holds."""
    value = sink.arguments.get("references" if argument == "predictions" else "predictions", Value())
    few = len(value.constants) < HANDFUL and not value.templates
    return few and other_side(argument, sink, view) == "constant"


def looks_itself_up(flow: Flow, sink: CallFact, view: View) -> bool:
    """Whether ``x in collection`` asks if an output is there already: in what is grouped, seen or kept from it."""
    if sink.symbol != MEMBERSHIP:
        return False
    if asked_after(sink, way_of(view.origin(flow.origin), view.birth(flow.origin))):
        return True
    return all(flow.origin in sink.arguments.get(side, Value()).all_origins() for side in ("predictions", "references"))


def asked_after(sink: CallFact, way: Sequence[Place]) -> bool:
    """Whether ``x in collection`` is asked before the model is, in the same function: the collection is what earlier
    calls left behind, a cache say, and looking into it rates nothing."""
    here = sink.place
    return sink.symbol == MEMBERSHIP and any(p.within == here.within and is_before(here, p) for p in way)


def way_of(origin: Origin, call: CallFact) -> tuple[Place, ...]:
    """The places of an origin from its SDK call outwards."""
    return (call.place, *(p for p in origin.chain if p != call.place))


def is_read_back(flow: Flow) -> bool:
    """Whether a flow goes over files only where what was just written is read again further down in the same place: the
    writing is a save on the way, and what is read is what was asked for."""
    steps = [(one, next(iter(flow.hops[i + 1 :]), None)) for i, one in enumerate(flow.hops) if one.kind == WRITTEN]
    return bool(steps) and all(
        after is not None and after.place.within == one.place.within and is_before(one.place, after.place)
        for one, after in steps
    )


def is_resumed(flow: Flow, view: View) -> bool:
    """Whether a flow is derived by nothing but asking what was stored before whether something is in it: a program that
    was stopped goes on where it was, and rates nothing."""
    read = next((i for i, hop in enumerate(flow.hops) if hop.kind == LOADED), None)
    if read is None:
        return False
    asked = [hop.place for hop in flow.hops[read:] if hop.kind == COMPARED]
    before = any(hop.kind == COMPARED for hop in flow.hops[:read])
    return bool(asked) and not before and all(_only_membership(place, view) for place in asked)


def _only_membership(place: Place, view: View) -> bool:
    """Whether all comparisons of a line are ``in``."""
    here = {
        c.symbol for c in view.by_path.get(place.path, ()) if COMPARISON in c.entry.tags and c.place.line == place.line
    }
    return here == {MEMBERSHIP}


def facing(argument: str, sink: CallFact, view: View) -> list[CallFact]:
    """The calls that gave what an output is compared with."""
    value = sink.arguments.get("references" if argument == "predictions" else "predictions", Value())
    return [view.birth(o) for o in sorted(value.all_origins())]


def literal_of(argument: str, sink: CallFact) -> tuple[str, ...]:
    """The literal texts that an output is compared with."""
    value = sink.arguments.get("references" if argument == "predictions" else "predictions", Value())
    return tuple(t for t in value.texts() if t.strip())
