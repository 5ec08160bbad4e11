"""Which patterns a site is reported under, and which neighbour came second."""

from __future__ import annotations

from dataclasses import dataclass

from tosguard.usage.evidence import Dossier
from tosguard.usage.model import Confidence
from tosguard.usage.telling.patterns import FAMILIES, SILENCES, described, met, unmet
from tosguard.usage.telling.readings import READINGS, Reading


@dataclass(frozen=True, slots=True)
class Choice:
    """A pattern chosen for a site, the reading it was met by, and the neighbour that came second in words."""

    pattern: str
    reading: Reading
    runner_up: str = ""

    @property
    def confidence(self) -> Confidence:
        """How sure the classification is."""
        return self.reading.confidence


def choose(dossier: Dossier, role: str) -> tuple[Choice, ...]:
    """The patterns of one site, most telling first; ``ordinary-use`` alone where no other is met.

    Args:
        dossier: everything found at the site.
        role: what the site's calls do.
    """
    first = _first_readings(dossier, role)
    chosen = [r for family in FAMILIES if (r := _best(family, first)) is not None]
    kept = [r for r in chosen if not any(_silenced(r, other, dossier) for other in chosen if other is not r)]
    if not kept:
        kept = [first["ordinary-use"]]
    picked = {r.pattern for r in kept}
    return tuple(Choice(r.pattern, r, _runner_up(picked, dossier, role)) for r in kept)


def _first_readings(dossier: Dossier, role: str) -> dict[str, Reading]:
    found: dict[str, Reading] = {}
    for reading in READINGS:
        if reading.pattern not in found and met(reading, dossier, role):
            found[reading.pattern] = reading
    return found


def _best(family: tuple[str, ...], first: dict[str, Reading]) -> Reading | None:
    """The reading of a family's first pattern that is met; one of low confidence only where no other is."""
    readings = [first[p] for p in family if p in first]
    return max(readings, key=lambda r: r.confidence is not Confidence.LOW, default=None)


def _silenced(reading: Reading, other: Reading, dossier: Dossier) -> bool:
    """Whether ``other`` stands for the same act more tellingly. A reading of low confidence silences nothing."""
    if other.confidence is Confidence.LOW:
        return False
    return any(p == reading.pattern and not dossier.has(*unless) for p, unless in SILENCES.get(other.pattern, ()))


def _runner_up(picked: set[str], dossier: Dossier, role: str) -> str:
    """The reading of another pattern with the fewest needs unmet, in words."""
    best: tuple[int, Reading] | None = None
    for reading in READINGS:
        if (
            reading.pattern in picked
            or reading.pattern == "ordinary-use"
            or (reading.roles and role not in reading.roles)
        ):
            continue
        lacking = unmet(reading, dossier)
        if not lacking or len(lacking) == len(reading.needs):
            continue
        if best is None or len(lacking) < best[0]:
            best = (len(lacking), reading)
    if best is None:
        return ""
    return f"{best[1].pattern}: nothing shows that " + ", nor that ".join(described(g) for g in unmet(best[1], dossier))
