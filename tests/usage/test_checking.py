"""Scores that check data, or are of what many calls gave, measure no model."""

from __future__ import annotations

import pytest

from tosguard.flow.facts import Place
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue, Dossier
from tosguard.usage.purpose.checking import told
from tosguard.usage.purpose.peoples import asked_for
from tosguard.usage.telling.select import choose


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


@pytest.mark.parametrize(
    ("others", "told_as"),
    [
        pytest.param([], "resale-proxy", id="a server passes on what it is sent"),
        pytest.param([clue("test-code")], "ordinary-use", id="a test calls what is a server elsewhere"),
    ],
)
def test_a_test_of_a_proxy_is_none(others: list[Clue], told_as: str) -> None:
    found = Dossier([clue("served"), clue("forwarded-body"), clue("own-accounts", strength=WEAK), *others])
    assert [choice.pattern for choice in choose(found, "generate")] == [told_as]


def test_a_test_with_stand_ins_asks_nobody() -> None:
    app = clue("unofficial-client", strength=STRONG)
    assert [choice.pattern for choice in choose(Dossier([app]), "generate")] == ["unofficial-access"]
    assert [choice.pattern for choice in choose(Dossier([app, clue("stand-in")]), "generate")] == ["ordinary-use"]


ASKED = [clue("served"), clue("judge-prompt"), clue("judge-words"), clue("judge-file"), clue("answer-kept")]


@pytest.mark.parametrize(
    ("others", "asked_for_by_a_user"),
    [
        pytest.param([], True, id="one verdict for one request"),
        pytest.param([clue("sees-output")], True, id="one on what another call gave"),
        pytest.param([clue("loop-over-data", strength=STRONG)], True, id="many on what is sent"),
        pytest.param([clue("loop-over-data"), clue("told-output")], False, id="many on models' answers"),
    ],
)
def test_a_verdict_that_a_user_asks_for_measures_nothing(others: list[Clue], asked_for_by_a_user: bool) -> None:
    found = Dossier([*ASKED, *others])
    found.add(asked_for(found, Place("ask.py", 1, 1, 1, 2)))
    assert found.has("user-asked") is asked_for_by_a_user
    assert (choose(found, "generate")[0].pattern == "llm-as-judge") is not asked_for_by_a_user
