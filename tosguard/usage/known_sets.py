"""Which loads of data sets known to be a provider's output are worth telling, where a project has several.

A project that chooses what to train on has a script for every way to count, score and choose. One that is seen to train
on such data is told for that; of scripts that only write something beside, one stands for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tosguard.flow.facts import Value
from tosguard.usage.candidate import Candidate
from tosguard.usage.configs import CONFIG_SUFFIXES
from tosguard.usage.context import Context
from tosguard.usage.evidence import WEAK
from tosguard.usage.links import same_part
from tosguard.usage.model import Confidence, Step
from tosguard.usage.trace import step
from tosguard.usage.view import texts_in

#: The attribute that says that a usage begins at a data set, and its value.
ORIGIN, DATASET = "origin", "dataset"

#: Shows that the data are trained on, or made into what is trained on.
SHOWN = ("data-to-trainer", "training-record", "training-publication")

#: The attribute that names the data sets of a usage.
SETS = "datasets"


def told(found: Collection[Candidate], context: Context) -> Iterator[Candidate]:
    """The candidates, without the loads of known data sets that are steps beside others; where settings name the data,
    with the code that reads these.

    Args:
        found: all candidates of a project.
        context: what is known of its code.
    """
    loads = [c for c in found if DATASET in c.attributes.get(ORIGIN, ())]
    shown = [c for c in loads if _is_shown(c)]
    kept: list[Candidate] = []
    for load in sorted((c for c in loads if not _is_shown(c)), key=_order):
        beside = any(_same_data(load, other) for other in shown)
        if not beside and not any(_same_data(load, other) and _same_part(load, other) for other in kept):
            kept.append(load)
    dropped = {id(c) for c in loads} - {id(c) for c in (*_apart(shown), *kept)}
    for candidate in found:
        if id(candidate) in dropped:
            continue
        if candidate in shown and candidate.place.path.endswith(CONFIG_SUFFIXES):
            candidate.steps = (*candidate.steps, *_readers(candidate, context))
        yield candidate


def _is_shown(load: Candidate) -> bool:
    """Whether a load is seen to serve training; a command line that trains is all that is known of its own."""
    return load.dossier.has(*SHOWN) or load.confidence is Confidence.HIGH


def _apart(shown: Iterable[Candidate]) -> Iterator[Candidate]:
    """These loads, with one for all configurations of a folder that name the same data: settings of one trainer."""
    told_of: set[tuple[str, frozenset[str]]] = set()
    for load in shown:
        folder, _, name = load.place.path.rpartition("/")
        settings = (folder, frozenset(load.attributes.get(SETS, ())))
        if not name.endswith(CONFIG_SUFFIXES):
            yield load
        elif settings not in told_of:
            told_of.add(settings)
            yield load


def _readers(load: Candidate, context: Context) -> Iterator[Step]:
    """The loads of the project's own code that leave open what is loaded, and the trainers that get it."""
    for call in context.view.by_role.get("load-dataset", ()):
        named = call.arguments.get("id", Value())
        if any(texts_in(named, 1)) or not same_part(call.place.path, load.place.path):
            continue
        for flow in context.view.flows_from(o.index for o in context.view.origins_of_call.get(call.index, ())):
            sink = context.view.call(flow.sink)
            if sink.entry.role == "train":
                yield step("via", call.place, "the data that settings name are loaded")
                yield step("sink", sink.place, "the data reach a trainer")
                break


def _same_data(one: Candidate, other: Candidate) -> bool:
    return one.attributes.get(SETS) == other.attributes.get(SETS)


def _same_part(one: Candidate, other: Candidate) -> bool:
    return same_part(one.place.path, other.place.path)


def _order(load: Candidate) -> tuple[bool, str, int]:
    """Those first whose names speak of training."""
    named = any(c.strength != WEAK for c in load.dossier.of("training-words"))
    return not named, load.place.path, load.place.line
