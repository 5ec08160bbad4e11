"""Which loads of data sets known to be a provider's output are worth telling, where a project has several.

A project that chooses what to train on has a script for every way to count, score and choose. One that is seen to train
on such data is told for that; of scripts that only write something beside, one stands for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tosguard.flow.facts import Value
from tosguard.usage.beside.configs import CONFIG_SUFFIXES
from tosguard.usage.evidence import WEAK
from tosguard.usage.model import Confidence, Step
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.links import same_part
from tosguard.usage.reading.view import texts_in
from tosguard.usage.telling.candidate import Candidate
from tosguard.usage.telling.trace import step

#: The attribute that says that a usage begins at a data set, and its value.
ORIGIN, DATASET = "origin", "dataset"

#: Shows that the data are trained on, or made into what is trained on.
SHOWN = ("data-to-trainer", "training-record", "training-publication")

#: Files whose loads each say what becomes of them.
CODE = (".py", ".pyi", ".ipynb")

#: A trace that names other loads of the same data is no longer than this.
MOST_STEPS = 40

#: The attribute that names the data sets of a usage.
SETS = "datasets"


def told(found: Collection[Candidate], context: Context) -> Iterator[Candidate]:
    """The candidates, without the loads of known data sets that are steps beside others, which name them; where
    settings name the data, with the code that reads these.

    Args:
        found: all candidates of a project.
        context: what is known of its code.
    """
    loads = [c for c in found if DATASET in c.attributes.get(ORIGIN, ())]
    homes = _homes(loads)
    for load in loads:
        home = homes[id(load)]
        if home is not load and len(home.steps) < MOST_STEPS:
            home.steps = (*home.steps, step("evidence", load.place, "the same data are named here too"))
    for candidate in found:
        if homes.get(id(candidate), candidate) is not candidate:
            continue
        if id(candidate) in homes and candidate.place.path.endswith(CONFIG_SUFFIXES):
            candidate.steps = (*candidate.steps, *_readers(candidate, context))
        yield candidate


def _homes(loads: Iterable[Candidate]) -> dict[int, Candidate]:
    """For each load, by its identity, the one that is told for it: itself, or another of the same data."""
    homes: dict[int, Candidate] = {}
    kept: list[Candidate] = []
    for load in sorted(loads, key=_order):
        home = next((other for other in kept if _tells(other, load)), load)
        homes[id(load)] = home
        if home is load:
            kept.append(load)
    return homes


def _tells(kept: Candidate, load: Candidate) -> bool:
    """Whether a load that is told says all of another: it is seen to serve training and the other is not, or neither
    is, or both are lines of settings or scripts in one folder."""
    if kept.attributes.get(SETS) != load.attributes.get(SETS):
        return False
    if not _is_shown(load):
        return _is_shown(kept) or same_part(kept.place.path, load.place.path)
    paths = (kept.place.path, load.place.path)
    return not any(p.endswith(CODE) for p in paths) and len({p.rpartition("/")[0] for p in paths}) == 1


def _is_shown(load: Candidate) -> bool:
    """Whether a load is seen to serve training; a command line that trains is all that is known of its own."""
    return load.dossier.has(*SHOWN) or load.confidence is Confidence.HIGH


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


def _order(load: Candidate) -> tuple[bool, bool, str, int]:
    """Those first that serve training, then those whose names speak of it."""
    named = any(c.strength != WEAK for c in load.dossier.of("training-words"))
    return not _is_shown(load), not named, load.place.path, load.place.line
