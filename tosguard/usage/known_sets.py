"""Which loads of data sets known to be a provider's output are worth telling, where a project has several.

A project that chooses what to train on has a script for every way to count, score and choose. One that is seen to train
on such data is told for that; of scripts that only write something beside, one stands for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tosguard.usage.candidate import Candidate
from tosguard.usage.evidence import WEAK
from tosguard.usage.links import same_part
from tosguard.usage.model import Confidence

#: The attribute that says that a usage begins at a data set, and its value.
ORIGIN, DATASET = "origin", "dataset"

#: Shows that the data are trained on, or made into what is trained on.
SHOWN = ("data-to-trainer", "training-record", "training-publication")

#: The attribute that names the data sets of a usage.
SETS = "datasets"


def told(found: Collection[Candidate]) -> Iterator[Candidate]:
    """The candidates, without the loads of known data sets that are steps beside others.

    Args:
        found: all candidates of a project.
    """
    loads = [c for c in found if DATASET in c.attributes.get(ORIGIN, ())]
    shown = [c for c in loads if _is_shown(c)]
    kept: list[Candidate] = []
    for load in sorted((c for c in loads if not _is_shown(c)), key=_order):
        beside = any(_same_data(load, other) for other in shown)
        if not beside and not any(_same_data(load, other) and _same_part(load, other) for other in kept):
            kept.append(load)
    dropped = {id(c) for c in loads} - {id(c) for c in (*shown, *kept)}
    yield from (c for c in found if id(c) not in dropped)


def _is_shown(load: Candidate) -> bool:
    """Whether a load is seen to serve training; a command line that trains is all that is known of its own."""
    return load.dossier.has(*SHOWN) or load.confidence is Confidence.HIGH


def _same_data(one: Candidate, other: Candidate) -> bool:
    return one.attributes.get(SETS) == other.attributes.get(SETS)


def _same_part(one: Candidate, other: Candidate) -> bool:
    return same_part(one.place.path, other.place.path)


def _order(load: Candidate) -> tuple[bool, str, int]:
    """Those first whose names speak of training."""
    named = any(c.strength != WEAK for c in load.dossier.of("training-words"))
    return not named, load.place.path, load.place.line
