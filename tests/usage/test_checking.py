"""Scores that check data, or are of what many calls gave, measure no model."""

from __future__ import annotations

import pytest

from tosguard.flow.facts import Place
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue, Dossier
from tosguard.usage.purpose.checking import told


def clue(kind: str, line: int = 1, strength: str = MEDIUM) -> Clue:
    return Clue(kind, kind, Place("ask.py", line, 1, line, 2), strength)


SCORE = clue("score-kept", strength=STRONG)
AGENTS = [clue("sees-output", line) for line in (1, 2, 3)]


@pytest.mark.parametrize(
    ("others", "kept"),
    [
        pytest.param([], True, id="nothing speaks against it"),
        pytest.param([clue("training-readme")], False, id="the project makes data to train on"),
        pytest.param([clue("training-readme", strength=WEAK)], True, id="its README only mentions such data"),
        pytest.param([clue("training-readme"), clue("evaluation-words")], True, id="names speak of an evaluation"),
        pytest.param([clue("training-readme"), clue("curation")], True, id="it chooses what is trained on"),
        pytest.param(AGENTS, False, id="the answer saw those of many other calls"),
        pytest.param(AGENTS[:2], True, id="it saw those of two"),
        pytest.param([*AGENTS, clue("benchmark-data")], True, id="the tasks are a benchmark's"),
    ],
)
def test_a_score_is_one_unless(others: list[Clue], kept: bool) -> None:
    assert told(Dossier([SCORE, *others])).has("score-kept") is kept


def test_a_judge_in_name_only_checks_data() -> None:
    found = told(Dossier([clue("judge-words"), clue("training-readme")]))
    assert [c.strength for c in found.of("judge-words")] == [WEAK]
    asked = told(Dossier([clue("judge-words"), clue("training-readme"), clue("judge-prompt")]))
    assert [c.strength for c in asked.of("judge-words")] == [MEDIUM]


@pytest.mark.parametrize("kind", ["compatible-route", "forwarded-body"])
def test_what_a_server_passes_on_is_asked_by_others(kind: str) -> None:
    known = [SCORE, clue("compared", strength=STRONG), clue("benchmark-data", strength=STRONG), clue(kind)]
    assert not told(Dossier(known)).has("score-kept", "compared", "benchmark-data")
    named = told(Dossier([*known, clue("evaluation-words")]))
    assert named.has("score-kept") and named.has("compared") and named.has("benchmark-data")
