"""Whether answers are collected for a benchmark that scores them elsewhere.

The project is introduced as a benchmark, and what is written is called results; or the answers are written in the form
in which a known benchmark's own program reads them.
"""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.usage.evidence import MEDIUM, WEAK, Clue
from tosguard.usage.purpose.training import target_names
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site

#: The word list that names an evaluation, and the one of what is called results of it.
EVALUATION = "evaluation"
RESULTS = "results"

#: The kind of record shapes in which known benchmarks' programs read the answers that they score.
FOR_A_BENCHMARK = "benchmark-answers"


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about a benchmark of which a site may be a part."""
    for flow in context.flows(site):
        shape = context.shape_at(site, flow) if context.view.call(flow.sink).entry.role == "write" else None
        if shape is not None and shape.kind == FOR_A_BENCHMARK:
            said = f"the answers are written as {shape.title}"
            yield Clue("benchmark-data", said, context.view.call(flow.sink).place, MEDIUM, hops=flow.hops)
            break
    if not any(EVALUATION in context.lexicon.words(title) for title in context.titles(site.place.path)):
        return
    yield Clue("evaluation-readme", "the project is introduced as an evaluation or benchmark", site.place, WEAK)
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        if sink.entry.role != "write" or flow.derived:
            continue
        names = (*target_names(sink), site.place.path)
        if any(RESULTS in context.lexicon.words(piece) for name in names for piece in name.split("/")):
            yield Clue("result-words", "names say that the answers are results", sink.place, MEDIUM)
            return
