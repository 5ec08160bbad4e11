"""What messages say of code: a trainer only where one is reached, a licence where there is no contract, and errata."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.policy.samples import ROOT, judged, published, usage
from tosguard.errors import ConfigurationError
from tosguard.policy.conditions import Situation
from tosguard.policy.errata import ERRATA, Errata, read_errata
from tosguard.policy.organisation import Organisation
from tosguard.policy.seen import drives, use
from tosguard.policy.vocabulary import ATTRIBUTES
from tosguard.usage.evidence import KINDS
from tosguard.usage.model import Evidence
from tosguard.usage.telling.attributes import AT_TRAINER, TRAINING_SEEN

DAY = "2026-11-30"


def said(pattern: str = "training-on-output", **shown: object) -> str:
    """What becomes of the output of a usage with these attributes, each a value or several."""
    item = usage(pattern, "openai", models=("gpt-4o",))
    attributes = tuple((name, (v,) if isinstance(v, str) else tuple(v)) for name, v in sorted(shown.items()))
    return use(Situation(replace(item, attributes=attributes), "openai", Organisation()))


@pytest.mark.parametrize(
    ("training", "words"),
    [
        ("trainer", "is used to train a language model"),
        ("trainer-inferred", "reaches a trainer of a language model over a file, hub or queue"),
        ("tuning", "is sent to a tuning service"),
        ("reward", "serves as the reward when a language model is trained"),
        ("trainer-selection", "selects or grades what a language model is trained on"),
        ("records", "is kept in the shape of training records (no flow to a trainer is seen)"),
        ("prompt", "is asked for as training material (no flow to a trainer is seen)"),
        ("readme", "is made for training, as the README says (no flow to a trainer is seen)"),
        ("selection", "selects or grades what is kept for training (no flow to a trainer is seen)"),
    ],
)
def test_training_is_said_as_far_as_it_is_seen(training, words):
    assert said(trained="llm", training=training) == words


def test_a_trainer_that_is_reached_is_told_before_records_and_names():
    assert said(trained="llm", training=("records", "trainer", "words")) == "is used to train a language model"


def test_a_trainer_beside_is_told_as_beside():
    assert said(training=("records", "trainer-beside")) == (
        "is kept in the shape of training records (the project also holds code for training; no flow to it is seen)"
    )


def test_what_is_known_of_the_trained_model_is_said_alone():
    assert said(trained=("any", "llm"), training="trainer") == "is used to train a language model"
    assert said(trained=("any",), training="trainer") == "is used to train a model"


def test_a_known_data_set_that_is_only_written_again_trains_nothing():
    item = usage("training-on-output", "openai", datasets="alpaca", training="written", trained="unknown")
    (judgement,) = judged(item, DAY)
    assert (
        ", a data set known to hold output of OpenAI, is written again (no flow to a trainer is seen);"
        in judgement.message
    )


def test_a_known_data_set_that_reaches_a_trainer_is_said_to_train():
    item = usage("training-on-output", "openai", datasets="alpaca", training="trainer", trained="llm")
    (judgement,) = judged(item, DAY)
    assert ", a data set known to hold output of OpenAI, is used to train a language model;" in judgement.message


def test_a_judge_is_not_said_to_be_evaluated():
    (judgement,) = judged(usage("llm-as-judge", "openrouter", models=("m",)), DAY)
    assert judgement.message.startswith(
        "output of m through OpenRouter (gen.py:57) serves as a verdict on other output;"
    )


def test_weights_come_with_a_licence_and_not_with_a_contract():
    item = usage("training-on-output", "meta-llama", datasets="magpie", training="trainer", trained="llm")
    (judgement,) = judged(replace(item, models=("llama-3-70b",)), DAY)
    texts = (judgement.message, judgement.why, judgement.remedy, *judgement.questions)
    assert not any("contract with" in text or "an account with" in text for text in texts)


def test_a_library_that_is_only_declared_drives_nothing():
    item = usage("unofficial-access", "openai", confidence="low")
    assert drives(item) == "drives"
    declared = replace(item, evidence=(Evidence("unofficial-declared", "x is declared", "requirements.txt", 3),))
    assert drives(declared) == "names a library that drives"


@pytest.mark.parametrize("day", ["2023-06-01", "2024-11-01", "2025-07-01", DAY])
def test_no_snapshot_of_any_day_claims_training_without_a_trainer(day):
    item = usage("training-on-output", "openai", models=("gpt-4o",), training="records", trained="llm")
    for judgement in judged(item, day):
        assert "no flow to a trainer is seen" in judgement.message
        assert "used to train a" not in judgement.message


def test_every_template_of_the_newest_packs_leaves_it_to_the_code_whether_something_is_trained():
    library = published()
    for provider in library.providers():
        for rule in library.load(library.versions(provider)[-1]).rules:
            assert "is used to train {trained}" not in rule.message, rule.id
            assert "trained on {dataset}" not in rule.message, rule.id


def test_every_correction_is_of_words_that_stand_in_a_pack():
    uncorrected = replace(published(), errata=Errata())
    packs = [uncorrected.load(entry) for entry in uncorrected.entries]
    before = published().errata.before
    assert all(pack.version < before for pack in packs if published().errata.corrected(pack) != pack)
    errata = published().errata
    for place, one in enumerate(errata.corrections):
        earlier = replace(errata, corrections=errata.corrections[:place])
        changed = replace(errata, corrections=errata.corrections[: place + 1])
        assert any(earlier.corrected(pack) != changed.corrected(pack) for pack in packs), one.says


def test_a_later_snapshot_is_taken_as_it_stands():
    library = published()
    pack = replace(library, errata=Errata()).load(library.versions("openai")[-1])
    assert library.errata.corrected(replace(pack, version=library.errata.before)).rules == pack.rules


@pytest.mark.parametrize(
    "content",
    ['{"schema": 2, "before": "2026-12-01", "corrections": []}', "[]", '{"schema": 1, "before": "soon"}', "{"],
)
def test_errata_that_are_not_well_formed_are_an_error(tmp_path, content):
    (tmp_path / ERRATA).write_text(content)
    with pytest.raises(ConfigurationError, match="errata are not well formed"):
        read_errata(tmp_path)


def test_errata_correct_only_texts_of_rules(tmp_path):
    wrong = {"schema": 1, "before": DAY, "corrections": [{"in": "verdict", "says": "a", "reads": "b"}]}
    (tmp_path / ERRATA).write_text(json.dumps(wrong))
    with pytest.raises(ConfigurationError):
        read_errata(tmp_path)


def test_without_errata_packs_are_taken_as_they_stand(tmp_path):
    assert read_errata(tmp_path) == Errata()
    assert (ROOT / "rules" / ERRATA).is_file()


def test_the_values_of_training_are_those_that_clues_show():
    assert set(ATTRIBUTES["training"]) == {*TRAINING_SEEN.values(), *AT_TRAINER.values()}
    assert set(TRAINING_SEEN) <= set(KINDS)
