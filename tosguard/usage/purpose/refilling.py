"""Records that are training data though the code does not spell them out: rows filled in, and objects asked for.

Rows of training data are read, one or several of their fields are replaced by what a model writes, and they are written
again. The written record then shows only the new fields; the others are those that the code reads from the same rows.
Or the prompt says which fields the model's answer is to have, and the answer is written as it comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tosguard.catalog.model import Shape
from tosguard.flow.facts import Flow, Value
from tosguard.usage.evidence import MEDIUM, STRONG, Clue
from tosguard.usage.reading.context import Context, sink_value
from tosguard.usage.sites.materials import known_data
from tosguard.usage.sites.sites import Site

#: Kinds of known data sets whose rows are instructions with answers.
INSTRUCTING_KINDS = frozenset({"instruction", "reasoning", "preference"})

#: Roles that give rows.
ROW_ROLES = frozenset({"read", "load-dataset"})

#: What records of a kind are told as where a prompt asks for them.
_ASKED = {"training": "training-record", "preference": "training-record", "training-weak": "weak-record"}

#: A field of an object in a text that shows what an answer is to look like.
_FIELD = re.compile(r"""["'](\w{1,40})["']\s*:""")

#: Rows stand no deeper than this in the collection that is written.
ROW_DEPTH = 3


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about rows that a site's answers are put into."""
    kept = [f for f in context.flows(site) if not f.derived and _keeps(f, context)]
    for flow in kept:
        shape = _filled(site, flow, context)
        if shape is not None:
            yield Clue(
                "training-record",
                f"put into the rows read, which makes {shape.title or 'training records'}",
                context.view.call(flow.sink).place,
                STRONG,
                hops=flow.hops,
                values=(shape.kind,),
            )
        else:
            yield from _asked_for(site, flow, context)
    if kept:
        yield from _known_rows(site, context)


def _asked_for(site: Site, flow: Flow, context: Context) -> Iterator[Clue]:
    """An answer that is kept as it comes, of which the prompt says that it is to be a record of certain fields."""
    if context.shape_at(site, flow) is not None or context.fields_at(site, flow):
        return
    fields = frozenset(key for text in context.own_prompts(site) for key in _FIELD.findall(text))
    shape = context.lexicon.shape(fields) if fields else None
    kind = _ASKED.get(shape.kind) if shape is not None else None
    if shape is not None and kind is not None:
        said = f"the prompt asks for {shape.title or 'records'}, which are kept"
        sink = context.view.call(flow.sink)
        yield Clue(kind, said, sink.place, MEDIUM, hops=flow.hops, values=(shape.kind,))


def _keeps(flow: Flow, context: Context) -> bool:
    return context.view.call(flow.sink).entry.role in ("write", "publish")


def _filled(site: Site, flow: Flow, context: Context) -> Shape | None:
    """The training shape of rows that hold an answer, their fields that the code reads counted in."""
    if context.shape_at(site, flow) is not None:
        return None
    mine = site.all_origins
    for row in _rows(sink_value(context.view.call(flow.sink), flow), context, ROW_DEPTH):
        new = {k for k, v in row.keys if k != "*" and not v.all_origins().isdisjoint(mine)}
        written = frozenset(k for k, _ in row.keys if k != "*")
        shape = context.lexicon.shape(written | context.keys_read(site)) if new else None
        if shape is not None and shape.kind == "training" and _required(shape) & {k.lower() for k in new}:
            return shape
    return None


def _rows(value: Value, context: Context, depth: int, known: bool = False) -> Iterator[Value]:
    """The records in a value that were read: those that have such an origin, or the collection that they stand in."""
    read = known or any(context.view.birth(o).entry.role in ROW_ROLES for o in value.origins)
    if read and value.keys:
        yield value
    if value.element is not None and depth > 0:
        yield from _rows(value.element, context, depth - 1, read)


def _required(shape: Shape) -> set[str]:
    return {key.lower() for group in shape.required for key in group}


def _known_rows(site: Site, context: Context) -> Iterator[Clue]:
    """Rows of a known data set of instructions that the model is shown one after the other."""
    for flow in context.inputs(site):
        birth = context.view.birth(flow.origin)
        known = known_data(birth, context) if not flow.derived else None
        if known is not None and known.kind in INSTRUCTING_KINDS:
            title = known.title or known.id
            yield Clue("instruction-input", f"the model rewrites rows of {title}", birth.place, MEDIUM, hops=flow.hops)
            return
