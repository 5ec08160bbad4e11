"""Scores that check data to train on, and measure no model.

A generator of training data has its own statements judged, counts what agrees, and a script of it says how rich the
texts are. Where a project is introduced as one that makes such data, that tells what is kept of them, unless names or
tasks speak of an evaluation as well.
"""

from __future__ import annotations

from dataclasses import replace

from tosguard.usage.evidence import MEDIUM, WEAK, Clue, Dossier

#: What says that answers are scored, where it may be the data that are.
SCORING = frozenset({"graded", "score-kept", "counted"})

#: What speaks of an evaluation, or of a comparison, all the same.
MEASURING = (
    *("evaluation-words", "comparison-words", "reference-data", "benchmark-data"),
    *("evaluation-service", "judge-service", "safety-data", "safety-words"),
)

#: What shows that a model is asked for a verdict, whatever the function is called that asks.
VERDICT = ("judge-prompt", "told-output")

#: What is said of a score that only checks data.
CHECKED = "the data that are made for training are checked"


def told(dossier: Dossier) -> Dossier:
    """What is known of a site, scores of training data told as what decides about them.

    Args:
        dossier: what all collectors found.
    """
    introduced = any(clue.strength == MEDIUM for clue in dossier.of("training-readme"))
    if not introduced or dossier.has("curation", *MEASURING):
        return dossier
    named = not dossier.has(*VERDICT)
    return Dossier([_checked(clue, named) for clue in dossier])


def _checked(clue: Clue, named: bool) -> Clue:
    """A clue told as what it is there; ``named`` where nothing but a name speaks of a judge."""
    if clue.kind in SCORING:
        return replace(clue, kind="decided", message=CHECKED, strength=WEAK)
    return replace(clue, strength=WEAK) if named and clue.kind == "judge-words" else clue
