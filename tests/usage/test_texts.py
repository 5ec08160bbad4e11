"""Commands and configuration files that are usages by themselves."""

from __future__ import annotations

import dataclasses

import pytest

from tests.usage.building import catalogue
from tosguard.catalog.model import Command, ConfigShape
from tosguard.flow.facts import Solution
from tosguard.usage.beside.commands import invocations
from tosguard.usage.beside.configs import configured
from tosguard.usage.beside.texts import TextFile
from tosguard.usage.classify import classify

TRAIN = Command(
    "train-script",
    ("torchrun|deepspeed|python*", "...", "train*.py"),
    "train",
    {"data": ("--data_path",)},
    tags=("llm",),
)
TUNE = Command("tune", ("openai", "api", "fine_tunes.create"), "tune", {"data": ("-t", "--training_file")}, "openai")
SUITE = ConfigShape(
    "suite", "judge", (("prompts",), ("providers[].id", "providers")), values={"model": ("providers[].id", "providers")}
)


@pytest.mark.parametrize(
    ("script", "data"),
    [
        (
            "torchrun --nproc_per_node=4 src/train_mem.py \\\n  --data_path ~/sets/alpaca_data.json \\\n  --bf16 True",
            ("~/sets/alpaca_data.json", 2),
        ),
        ("DATA=alpaca_data.json\nPORT=1 python train.py --data_path=$DATA", ("alpaca_data.json", 2)),
        ("cd src && sudo deepspeed train.py --data_path a.json; echo done", ("a.json", 1)),
    ],
    ids=["continued lines", "variables", "several commands in a line"],
)
def test_options_of_a_training_command_are_read(script: str, data: tuple[str, int]) -> None:
    (found,) = invocations(script, (TRAIN,))
    (word,) = found.options["data"]
    assert (word.text, word.line) == data


@pytest.mark.parametrize("script", ["echo train.py", "# torchrun train.py", "python evaluate.py --data_path x", "''"])
def test_other_lines_are_not_training(script: str) -> None:
    assert not list(invocations(script, (TRAIN, TUNE)))


def usages_of(text: TextFile) -> list[tuple[str, str, int, tuple[str, ...]]]:
    known = dataclasses.replace(catalogue(), commands=(TRAIN, TUNE), configs=(SUITE,))
    found = classify(Solution((), (), (), (), ()), known, texts=(text,))
    return [(u.pattern, u.location.path, u.location.line, u.providers) for u in found]


def test_training_on_a_known_set_is_a_usage_at_the_line_of_the_data() -> None:
    script = "torchrun train.py \\\n  --model llama \\\n  --data_path data/alpaca_data.json"
    assert usages_of(TextFile("run.sh", script)) == [("training-on-output", "run.sh", 3, ("openai",))]


def test_training_on_an_unknown_file_is_none() -> None:
    assert usages_of(TextFile("run.sh", "torchrun train.py --data_path data/ours.json")) == []


def test_a_tuning_command_is_listed() -> None:
    assert usages_of(TextFile("run.sh", "openai api fine_tunes.create -t mine.jsonl")) == [
        ("ordinary-use", "run.sh", 1, ("openai",))
    ]


def test_an_evaluation_suite_is_an_evaluation_at_its_first_model() -> None:
    suite = "prompts: [p.txt]\nproviders:\n  - id: openai:gpt-4o\ntests: tests.csv\n"
    assert usages_of(TextFile("suite.yaml", suite)) == [("bulk-evaluation", "suite.yaml", 3, ("openai",))]


@pytest.mark.parametrize(
    "text",
    ["a: [1", "- 1\n- 2", "x: &a [1]\ny: [*a]", "{" * 5000, ""],
    ids=["broken", "a list", "anchors", "nested", "empty"],
)
def test_files_that_are_no_configuration_are_passed_over(text: str) -> None:
    assert not list(configured("x.yaml", text, (SUITE,)))
    assert not list(configured("x.json", text, (SUITE,)))
    assert not list(configured("x.toml", text, (SUITE,)))


GATEWAY = ConfigShape(
    "gateway",
    "serve",
    (("model_list[].model_name",),),
    values={"model": ("model_list[].model",), "key": ("model_list[].key",), "base_url": ("model_list[].url",)},
)


@pytest.mark.parametrize(
    ("key", "document", "values"),
    [
        ("*.model", "a: {model: x}\nb: {model: y}\nc: 1", ("x", "y")),
        ("[].model", "- model: x\n- model: y", ("x", "y")),
        ("*.items[].model", "a: {items: [{model: x}]}", ("x",)),
        ("sets{}", "sets: {x: {size: 1}, y: {size: 2}}\nother: 1", ("x", "y")),
    ],
    ids=["any key", "a list at the top", "a list under any key", "the keys of a mapping"],
)
def test_keys_reach_into_any_name_and_into_lists(key: str, document: str, values: tuple[str, ...]) -> None:
    shape = ConfigShape("any", "client", ((key,),), values={"model": (key,)})
    (found,) = configured("x.yaml", document, (shape,))
    assert found.values["model"] == values


def test_a_gateway_names_its_models_and_a_pool_where_keys_are_many() -> None:
    entry = "  - {model_name: chat, model: openai/gpt-4o, key: os.environ/KEY_%s}\n"
    known = dataclasses.replace(catalogue(), configs=(GATEWAY,))

    def patterns(document: str) -> list[tuple[str, tuple[str, ...]]]:
        found = classify(Solution((), (), (), (), ()), known, texts=(TextFile("gateway.yaml", document),))
        return [(u.pattern, u.providers) for u in found]

    assert patterns("model_list:\n" + entry % "A") == [("ordinary-use", ("openai",))]
    assert patterns("model_list:\n" + entry % "A" + entry % "B") == [
        ("ordinary-use", ("openai",)),
        ("rate-limit-evasion", ("openai",)),
    ]
    hosted = "model_list:\n  - {model_name: chat, model: gpt-4o, url: 'http://localhost:8000/v1'}\n"
    assert patterns(hosted) == [("ordinary-use", ("self-hosted",))]


def test_a_list_of_models_that_a_program_may_run_is_no_use_of_them() -> None:
    listed = TextFile("models.yaml", "gpt-4o:\n  model_name: gpt-4o\n  api_type: openai\n  parallel: 8\n")
    assert classify(Solution((), (), (), (), ()), catalogue(), texts=(listed,)) == ()


@pytest.mark.parametrize(
    ("path", "script", "expected"),
    [
        (
            "a.sh",
            "for m in gpt-4o claude-3-opus-20240229; do\n  {} model=$m\ndone",
            ("competitor-benchmarking", "high"),
        ),
        ("a.sh", "{} model=gpt-4o\n{} model=claude-3-opus-20240229", ("competitor-benchmarking", "medium")),
        ("Makefile", "a:\n\t{} model=gpt-4o\nb:\n\t{} model=claude-3-opus-20240229", ("bulk-evaluation", "high")),
        ("a.sh", "for m in gpt-4o gpt-4o-mini; do\n  {} model=$m\ndone", ("bulk-evaluation", "high")),
    ],
)
def test_evaluations_of_several_makers_models_are_a_comparison(
    path: str, script: str, expected: tuple[str, str]
) -> None:
    text = script.replace("{}", "lm_eval --model litellm --tasks gsm8k --model_args")
    found = classify(Solution((), (), (), (), ()), catalogue(), texts=(TextFile(path, text),))
    assert {(u.pattern, u.confidence.value) for u in found} == {expected}


def test_an_evaluation_of_safety_is_told_by_the_tools_tag() -> None:
    found = classify(
        Solution((), (), (), (), ()),
        catalogue(),
        texts=(TextFile("scan.sh", "garak --model_type openai --model_name gpt-4o"),),
    )
    assert [(u.pattern, u.models, dict(u.attributes)["safety"]) for u in found] == [
        ("safety-evaluation", ("gpt-4o",), ("yes",))
    ]


MERGED = """
defaults: &defaults
  api_base: https://x.openai.azure.com
model_list:
  - model_name: a
    litellm_params: &first
      <<: *defaults
      model: azure/gpt-4
      api_key: one
  - model_name: b
    litellm_params: {<<: *first, api_key: two}
"""
BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_anchors_and_merge_keys_of_a_configuration_are_followed() -> None:
    (found,) = configured("proxy.yaml", MERGED, catalogue().configs)
    assert (found.shape.id, found.values["model"], found.values["key"]) == (
        "litellm-proxy",
        ("azure/gpt-4",),
        ("one", "two"),
    )


@pytest.mark.parametrize("text", [BOMB + "model_list: *i\n", "model_list: &m [*m]\n", "model_list: *nowhere\n"])
def test_a_document_that_expands_without_end_is_none(text: str) -> None:
    assert list(configured("proxy.yaml", text, catalogue().configs)) == []


def found_in(text: TextFile) -> list[tuple[str, str, int, tuple[str, ...], tuple[str, ...]]]:
    usages = classify(Solution((), (), (), (), ()), catalogue(), texts=(text,))
    return [(u.pattern, u.confidence.value, u.location.line, u.providers, u.models) for u in usages]


def test_a_list_of_models_without_a_suffix_is_a_pool_where_keys_are_many() -> None:
    text = '[{"model": "gpt-4", "api_key": "a"},\n {"model": "gpt-4", "api_key": "b"}]'
    assert ("rate-limit-evasion", "low", 1, ("openai",), ("gpt-4",)) in found_in(TextFile("OAI_CONFIG_LIST", text))
    assert found_in(TextFile("LICENSE", "[see] the file")) == []


CURL = """curl https://api.openai.com/v1/chat/completions \\
  -d '{"model": "gpt-4o", "messages": []}'
curl https://example.org/v1/chat/completions
curl http://localhost:8000/v1/chat/completions
"""


def test_a_request_on_the_command_line_is_a_use_of_its_host() -> None:
    assert found_in(TextFile("ask.sh", CURL)) == [("ordinary-use", "medium", 1, ("openai",), ("gpt-4o",))]
    app = TextFile("chat.sh", "curl -b jar https://chatgpt.com/backend-api/conversation\n")
    assert found_in(app) == [("unofficial-access", "high", 1, ("openai",), ())]


def test_a_suite_that_the_projects_own_code_reads_is_a_setting_of_the_code() -> None:
    from tosguard.usage.beside.texts import candidates
    from tosguard.usage.reading.lexicon import Lexicon

    lexicon = Lexicon(dataclasses.replace(catalogue(), commands=(), configs=(SUITE,)))
    suite = TextFile("config/judge.yaml", "prompts: [x]\nproviders:\n  - id: gpt-4o\n")
    assert [c.pattern for c in candidates((suite,), lexicon, ("other/judge.yaml",))] == ["bulk-evaluation"]
    assert not list(candidates((suite,), lexicon, ("judge.yaml",)))
