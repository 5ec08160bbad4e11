"""Whether answers are collected for a benchmark that scores them elsewhere.

The project is introduced as a benchmark, and what is written is called results; or the answers are written in the form
in which a known benchmark's own program reads them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tosguard.catalog.model import Shape
from tosguard.flow.facts import CallFact, Flow
from tosguard.usage.evidence import MEDIUM, WEAK, Clue
from tosguard.usage.purpose.training import target_names
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site

#: The word list that names an evaluation, and the one of what is called results of it.
EVALUATION = "evaluation"
RESULTS = "results"

#: The kinds of record shapes in which known benchmarks' programs read the answers that they score, and in which the
#: results of evaluations are kept.
FOR_A_BENCHMARK, OF_AN_EVALUATION = "benchmark-answers", "evaluation"


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about a benchmark of which a site may be a part."""
    yield from _records(site, context)
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


def _records(site: Site, context: Context) -> Iterator[Clue]:
    """What the fields say beside which the answers are written: those that a benchmark's program reads, or the answer
    that was expected."""
    told: set[str] = set()
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        shape = context.shape_at(site, flow) if sink.entry.role == "write" and not flow.derived else None
        if shape is None or shape.kind in told:
            continue
        if shape.kind == FOR_A_BENCHMARK:
            said = f"the answers are written as {shape.title}"
            yield Clue("benchmark-data", said, sink.place, MEDIUM, hops=flow.hops)
            told.add(shape.kind)
        elif shape.kind == OF_AN_EVALUATION and _beside_expected(shape, context.fields_at(site, flow)):
            yield Clue("reference-data", "the answer is kept beside what was expected", sink.place, MEDIUM)
            told.add(shape.kind)


def _beside_expected(shape: Shape, fields: Collection[str]) -> bool:
    """Whether the answer stands in the first field of a shape of results alone, and something else in all others."""
    first, *others = shape.required
    held = {field.lower() for field in fields}
    return bool(others) and not held.isdisjoint(first) and all(held.isdisjoint(other) for other in others)
