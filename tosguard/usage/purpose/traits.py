"""Whether answers are kept beside traits of the people that they are about, as audits for bias keep them."""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.usage.evidence import MEDIUM, Clue
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site

#: The word list of fields that hold what nobody is to be treated differently for.
TRAITS = "traits"

#: Where records of answers end.
KEEPING = frozenset({"write", "publish", "log"})


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clue that a site's answers and traits of people are in the same records."""
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        if sink.entry.role not in KEEPING or not context.fields_at(site, flow):
            continue
        for keys in context.records_at(flow):
            traits = sorted(key for key in keys if TRAITS in context.lexicon.whole_words(key))
            if traits:
                said = f"the answer is kept beside traits of people ({', '.join(traits)})"
                yield Clue("traits-kept", said, sink.place, MEDIUM, hops=flow.hops, values=tuple(traits))
                return
