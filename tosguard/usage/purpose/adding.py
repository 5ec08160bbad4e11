"""Whether what the answers are for adds up: clues that each say little, from sources that do not depend on each other.

A README, a trainer elsewhere in the project, names, documentation or a prompt, and the shape of what is kept: one of
them alone is often wrong, of several that agree few are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue, Dossier

#: What a clue counts by its strength, and what a project counts for that is introduced as one of such data.
WORTH: Mapping[str, float] = {STRONG: 1.0, MEDIUM: 1.0, WEAK: 0.5}
INTRODUCED = 1.5
READMES = ("training-readme", "feedback-readme")


@dataclass(frozen=True, slots=True)
class Source:
    """Where clues about training come from: kinds that count by their strength, and kinds that count half or whole."""

    weighed: tuple[str, ...] = ()
    half: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


#: The sources: the README, what else the project does, names, what is said to readers or to the model, and the records.
SOURCES = (
    Source(weighed=READMES),
    Source(half=("trainer-in-project", "similar-file-name"), whole=("same-record-keys",)),
    Source(weighed=("training-words", "training-publication")),
    Source(weighed=("training-doc", "training-prompt")),
    Source(half=("weak-record", "field-kept"), whole=("training-record", "published")),
)

#: The sum from which on it is likely, and from which on names that speak of something else do not count against it.
LIKELY, SURE = 1.5, 3.5


def collect(dossier: Dossier) -> Iterator[Clue]:
    """The clue that what is known of a site adds up to material that is trained on.

    Args:
        dossier: what all other collectors found.
    """
    spoken = [(worth, clue) for source in SOURCES for worth, clue in _most(source, dossier)]
    total = sum(worth for worth, _ in spoken)
    if total < LIKELY:
        return
    strength = STRONG if total >= SURE else MEDIUM
    said = f"{len(spoken)} kinds of clues agree that it is for training" if len(spoken) > 1 else spoken[0][1].message
    yield Clue("training-adds-up", said, spoken[0][1].place, strength)


def _most(source: Source, dossier: Dossier) -> Iterator[tuple[float, Clue]]:
    """The clue of a source that counts most."""
    found = [
        *((_worth(c), c) for c in dossier.of(*source.weighed)),
        *((1.0, c) for c in dossier.of(*source.whole)),
        *((0.5, c) for c in dossier.of(*source.half)),
    ]
    if found:
        yield max(found, key=lambda each: each[0])


def _worth(clue: Clue) -> float:
    return INTRODUCED if clue.kind in READMES and clue.strength != WEAK else WORTH[clue.strength]
