"""Record shapes meet the records they are for and leave alone what only looks like them."""

from __future__ import annotations

import pytest

from tosguard.catalog.loader import load
from tosguard.usage.reading.lexicon import Lexicon

LEXICON = Lexicon(load())

MET = [
    ("alpaca record", "instruction input output", "training"),
    ("alpaca record without input", "instruction output", "training"),
    ("legacy tuning line", "prompt completion", "training"),
    ("chat tuning line", "messages", "training-weak"),
    ("ShareGPT turn", "from value", "training"),
    ("ShareGPT conversation", "id conversations", "training-weak"),
    ("Gemini tuning example", "text_input output", "training"),
    ("evolved instruction", "evolved_prompt response", "training"),
    ("preference pair", "prompt chosen rejected", "preference"),
    ("provider's preference line", "input preferred_output non_preferred_output", "preference"),
    ("reward record", "prompt response reward", "reward"),
    ("reinforcement tuning line", "messages reference_answer", "reward"),
    ("rated completions", "instruction completions ratings", "reward"),
    ("labelled text", "text label", "classification"),
    ("embedding with a class", "embedding label", "classification"),
    ("batch request", "custom_id method url body", "batch-request"),
    ("message batch", "custom_id params", "batch-request"),
    ("chat request", "model messages temperature", "request"),
    ("completion request", "model prompt max_tokens", "request"),
    ("consumer export", "title create_time mapping current_node", "chat-export"),
    ("samples for HumanEval", "task_id completion", "benchmark-answers"),
    ("patches for SWE-bench", "instance_id model_patch model_name_or_path", "benchmark-answers"),
    ("prediction beside the truth", "question expected prediction", "evaluation"),
    ("marked answer", "id question response correct", "evaluation"),
    ("answer with a metric", "question answer rouge", "evaluation"),
    ("summary of a run", "model accuracy total", "evaluation"),
    ("sample of code", "task_id solution", "evaluation"),
    ("retrieval sample", "question contexts answer ground_truth", "evaluation"),
    ("verdict", "question_id judgment", "judge"),
    ("score with its reasons", "score reasoning", "judge"),
    ("pairwise verdict", "winner model_a model_b", "judge"),
    ("Reddit post", "subreddit title selftext", "platform-record"),
    ("question and answer", "question answer", "training-weak"),
    ("prompt and response", "prompt response", "training-weak"),
]

NOT_TRAINING = [
    ("a stored chat of an application", "user_id session_id messages created_at"),
    ("a request body", "model messages max_tokens stream"),
    ("a request with a system text", "model system messages"),
    ("a batch line", "custom_id method url body"),
    ("a log line", "prompt completion model cost latency"),
    ("an evaluated answer", "instruction output score"),
    ("an answer with sources", "question answer sources"),
    ("a scored candidate", "prompt completion passed"),
    ("an arena vote", "question_id model_a model_b winner"),
    ("an invoice", "id amount currency date"),
    ("a search hit", "document score"),
    ("an e-mail", "from to subject body"),
    ("a person", "name age city"),
    ("a tool call", "name arguments"),
    ("one turn", "role content"),
]


@pytest.mark.parametrize(("record", "keys", "kind"), MET, ids=[m[0] for m in MET])
def test_a_record_has_its_shape(record: str, keys: str, kind: str) -> None:
    shape = LEXICON.shape(keys.split())
    assert shape is not None
    assert shape.kind == kind, shape.id


@pytest.mark.parametrize(("record", "keys"), NOT_TRAINING, ids=[n[0] for n in NOT_TRAINING])
def test_a_look_alike_is_no_training_record(record: str, keys: str) -> None:
    shape = LEXICON.shape(keys.split())
    assert shape is None or shape.kind not in {"training", "preference", "reward", "training-weak"}, shape


def test_shape_ids_are_unique() -> None:
    ids = [s.id for s in LEXICON.catalogue.shapes]
    assert sorted(ids) == sorted(set(ids))


def test_keys_are_compared_without_case() -> None:
    shape = LEXICON.shape(["Instruction", "Output"])
    assert shape is not None
    assert shape.kind == "training"
