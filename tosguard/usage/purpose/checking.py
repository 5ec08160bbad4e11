"""Scores that measure no model: checks of data to train on, and what agents make of each other's answers.

A generator of training data has its own statements judged, counts what agrees, and a script of it says how rich the
texts are. Where a project is introduced as one that makes such data, that tells what is kept of them. In a conversation
of agents, what is computed of an answer that saw those of many other calls is of them all. Both hold unless names or
tasks speak of an evaluation as well. A server that passes on what others ask, as the provider's own does, asks nothing
itself: the tasks and the scores are those of who asks through it, unless names around the call speak of an evaluation.
"""

from __future__ import annotations

from dataclasses import replace

from tosguard.usage.evidence import MEDIUM, WEAK, Clue, Dossier

#: What says that answers are scored or collected for it, where it may be the data that are.
SCORING = frozenset({"graded", "score-kept", "counted", "result-words"})

#: What speaks of an evaluation, or of a comparison, all the same.
MEASURING = (
    *("evaluation-words", "comparison-words", "reference-data", "benchmark-data"),
    *("evaluation-service", "judge-service", "safety-data", "safety-words"),
)

#: What shows that a server passes on what others ask, and what is then theirs.
PASSING_ON = ("compatible-route", "forwarded-body")
TASKS = frozenset({"benchmark-data", "reference-data", "safety-data"})
THEIRS = frozenset({*SCORING, "compared", "metric"})

#: What shows that a model is asked for a verdict, whatever the function is called that asks.
VERDICT = ("judge-prompt", "told-output")

#: Calls whose outputs an agent sees that is one of many in a conversation.
MANY_OTHERS = 3

#: What is said of a score that only checks data, of one that an answer is but a part of, and of one that is another's.
CHECKED = "the data that are made for training are checked"
SHARED = "something is decided by what many calls gave"
PASSED = "something is decided by what was passed on"


def told(dossier: Dossier) -> Dossier:
    """What is known of a site, scores of training data told as what decides about them.

    Args:
        dossier: what all collectors found.
    """
    if dossier.has(*PASSING_ON) and not any(clue.strength != WEAK for clue in dossier.of("evaluation-words")):
        return Dossier([_checked(clue, PASSED, of=THEIRS) for clue in dossier if clue.kind not in TASKS])
    if dossier.has(*MEASURING):
        return dossier
    introduced = any(clue.strength == MEDIUM for clue in dossier.of("training-readme"))
    if introduced and not dossier.has("curation"):
        named = not dossier.has(*VERDICT)
        return Dossier([_checked(clue, CHECKED, named) for clue in dossier])
    if len({clue.place for clue in dossier.of("sees-output")}) >= MANY_OTHERS:
        return Dossier([_checked(clue, SHARED) for clue in dossier])
    return dossier


def _checked(clue: Clue, said: str, named: bool = False, of: frozenset[str] = SCORING) -> Clue:
    """A clue told as what it is there; ``named`` where nothing but a name speaks of a judge."""
    if clue.kind in of:
        return replace(clue, kind="decided", message=said, strength=WEAK)
    return replace(clue, strength=WEAK) if named and clue.kind == "judge-words" else clue
