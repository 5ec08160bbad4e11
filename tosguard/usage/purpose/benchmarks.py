"""Whether answers are collected for a benchmark that scores them elsewhere.

The project is introduced as a benchmark, and what is written is called results; or the answers are written in the form
in which a known benchmark's own program reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tosguard.flow.facts import CallFact, Flow
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
    written = [sink for flow in context.flows(site) if (sink := _written(flow, context)) is not None]
    targets = [target_names(sink) for sink in written]
    if written and all(_kept_as_results(names, context) for names in targets):
        said = "what is written is named for the results of an evaluation"
        yield Clue("evaluation-words", said, written[0].place, MEDIUM)
    if not any(EVALUATION in context.lexicon.words(title) for title in context.titles(site.place.path)):
        return
    yield Clue("evaluation-readme", "the project is introduced as an evaluation or benchmark", site.place, WEAK)
    for sink, names in zip(written, targets, strict=True):
        if RESULTS in _words_in((*names, site.place.path), context):
            yield Clue("result-words", "names say that the answers are results", sink.place, MEDIUM)
            return


def _written(flow: Flow, context: Context) -> CallFact | None:
    """The call that writes what a flow brings, as it is."""
    sink = context.view.call(flow.sink)
    return sink if sink.entry.role == "write" and not flow.derived else None


def _kept_as_results(names: Iterable[str], context: Context) -> bool:
    """Whether paths speak of results and of the evaluation that they are of."""
    return {EVALUATION, RESULTS} <= _words_in(names, context)


def _words_in(names: Iterable[str], context: Context) -> frozenset[str]:
    """The word lists that the pieces of paths meet."""
    pieces = dict.fromkeys(piece for name in names for piece in name.split("/"))
    return frozenset().union(*(context.lexicon.words(piece) for piece in pieces))
