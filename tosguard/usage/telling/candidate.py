"""A usage in the making: a site under one pattern, before siblings are merged."""

from __future__ import annotations

from dataclasses import dataclass, field

from tosguard.flow.facts import Place
from tosguard.usage.evidence import Clue, Dossier
from tosguard.usage.model import Confidence, Step
from tosguard.usage.reading.providers import Route
from tosguard.usage.sites.joints import Joint
from tosguard.usage.telling.patterns import clues_used
from tosguard.usage.telling.readings import Reading


@dataclass(slots=True)
class Candidate:
    """One site (or text line) under one pattern.

    ``steps`` is the trace; ``attributes`` maps names to values; ``main`` the clues that the reading rests on.
    ``symbol`` is what is called; ``joints`` what makes it one usage with its siblings.
    """

    pattern: str
    confidence: Confidence
    place: Place
    route: Route
    dossier: Dossier
    reading: Reading | None = None
    runner_up: str = ""
    steps: tuple[Step, ...] = ()
    attributes: dict[str, set[str]] = field(default_factory=dict)
    symbol: str = ""
    joints: frozenset[Joint] = frozenset()

    @property
    def main(self) -> tuple[Clue, ...]:
        """The clues that decided, those of the reading first, strongest first."""
        return decisive(self.dossier, self.reading)


def decisive(dossier: Dossier, reading: Reading | None) -> tuple[Clue, ...]:
    """The clues that a reading rests on, in the order of its needs."""
    if reading is None:
        return tuple(dossier)
    used = clues_used(reading)
    order = [k.rstrip("+!") for g in reading.needs for k in g]
    return tuple(sorted((c for c in dossier if c.kind in used), key=lambda c: order.index(c.kind)))
