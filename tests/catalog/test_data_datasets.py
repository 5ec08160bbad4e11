"""Known data sets are found by the names and files that code uses, and look-alikes are not."""

from __future__ import annotations

import pytest

from tosguard.catalog.loader import load
from tosguard.catalog.model import Dataset
from tosguard.usage.reading.lexicon import Lexicon

LEXICON = Lexicon(load())

DERIVED = {
    "tatsu-lab/alpaca": ("alpaca", "openai"),
    "yahma/alpaca-cleaned": ("alpaca-cleaned", "openai"),
    "someone/alpaca-cleaned": ("alpaca-cleaned", "openai"),
    "vicgalle/alpaca-gpt4": ("alpaca-gpt4", "openai"),
    "alpaca_gpt4_en": ("alpaca-gpt4", "openai"),
    "sahil2801/CodeAlpaca-20k": ("code-alpaca", "openai"),
    "anon8231489123/ShareGPT_Vicuna_unfiltered": ("sharegpt-vicuna", "openai"),
    "WizardLMTeam/WizardLM_evol_instruct_V2_196k": ("evol-instruct-v2", "openai"),
    "Open-Orca/OpenOrca": ("open-orca", "openai"),
    "teknium/OpenHermes-2.5": ("openhermes-2.5", "openai"),
    "HuggingFaceH4/ultrachat_200k": ("ultrachat-200k", "openai"),
    "HuggingFaceH4/ultrafeedback_binarized": ("ultrafeedback-binarized", "openai"),
    "simplescaling/s1K": ("s1k", "google-gemini"),
    "simplescaling/s1K-1.1": ("s1k-1.1", "deepseek-weights"),
    "macadeliccc/opus_samantha": ("opus-samantha", "anthropic"),
    "microsoft/orca-agentinstruct-1M-v1": ("orca-agentinstruct", "azure-openai"),
    "Magpie-Align/Llama-3-Magpie-Pro-1M-v0.1": ("magpie-llama3", "meta-llama"),
    "Magpie-Align/Magpie-Llama-3.1-Pro-1M-v0.1": ("magpie-llama31", "meta-llama"),
    "Magpie-Align/Magpie-Gemma2-Pro-534K-v0.1": ("magpie-gemma2", "gemma"),
    "open-thoughts/OpenThoughts3-1.2M": ("openthoughts3", "qwen"),
    "liuhaotian/LLaVA-Instruct-150K": ("llava-instruct", "openai"),
    "data/alpaca_data.json": ("alpaca", "openai"),
    "./data/code_alpaca_20k.json": ("code-alpaca", "openai"),
    "ShareGPT_V3_unfiltered_cleaned_split.json": ("sharegpt-vicuna", "openai"),
    "~/datasets/sharegpt_20230422_clean_lang_split_identity.json": ("sharegpt-files", "openai"),
    "MetaMathQA-395K.json": ("metamathqa", "openai"),
}

OTHERS = {
    "databricks/databricks-dolly-15k": "human",
    "OpenAssistant/oasst1": "human",
    "HuggingFaceH4/no_robots": "human",
    "timdettmers/openassistant-guanaco": "human",
    "Anthropic/hh-rlhf": "human",
    "bigcode/the-stack": "human",
    "imdb": "human",
    "glaiveai/glaive-function-calling-v2": "synthetic",
    "cais/mmlu": "benchmark",
    "openai/gsm8k": "benchmark",
    "gsm8k": "benchmark",
    "openai_humaneval": "benchmark",
    "truthful_qa": "benchmark",
    "Idavidrein/gpqa": "benchmark",
    "princeton-nlp/SWE-bench_Lite": "benchmark",
    "TIGER-Lab/MMLU-Pro": "benchmark",
    "HuggingFaceH4/MATH-500": "benchmark",
    "rajpurkar/squad_v2": "benchmark",
    "tatsu-lab/alpaca_eval": "benchmark",
    "google/IFEval": "benchmark",
    "data/harmful_behaviors.csv": "safety",
    "walledai/AdvBench": "safety",
    "JailbreakBench/JBB-Behaviors": "safety",
    "allenai/real-toxicity-prompts": "safety",
    "LibrAI/do-not-answer": "safety",
    "RS_2019-04.zst": "platform",
    "sentiment140": "platform",
    "lvwerra/stack-exchange-paired": "platform",
    "stackoverflow/Posts.xml": "platform",
}


def found(name: str) -> Dataset:
    dataset = LEXICON.dataset(name)
    assert dataset is not None, f"{name} is not known"
    return dataset


@pytest.mark.parametrize("name", sorted(DERIVED))
def test_a_provider_derived_set_is_found_with_its_origin(name: str) -> None:
    dataset = found(name)
    assert (dataset.id, dataset.origins[0]) == DERIVED[name]


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_another_known_set_is_found_with_its_kind(name: str) -> None:
    assert found(name).kind == OTHERS[name]


@pytest.mark.parametrize("dataset", [d for d in LEXICON.catalogue.datasets if d.names], ids=lambda d: d.id)
def test_every_hub_id_of_a_set_leads_to_that_set(dataset: Dataset) -> None:
    for name in dataset.names:
        if "/" in name and "*" not in name:
            assert found(name).id == dataset.id
            assert found(name.upper()).id == dataset.id


@pytest.mark.parametrize(
    "name",
    [
        "data/train.json",
        "train",
        "acme/support-tickets",
        "comparison_data.json",
        "instructions.jsonl",
        "results/output.csv",
        "my_org/code",
        "users.csv",
        "my_sharegpt_format.json",
        "messages.json",
        "data",
        "qa.jsonl",
    ],
)
def test_an_ordinary_name_is_no_known_set(name: str) -> None:
    assert LEXICON.dataset(name) is None


def test_ids_are_unique() -> None:
    ids = [d.id for d in LEXICON.catalogue.datasets]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("kind", ["human", "synthetic"])
def test_nobody_is_accused_of_a_human_or_unknown_origin(kind: str) -> None:
    assert all(not d.origins for d in LEXICON.catalogue.datasets if d.kind == kind)


def test_a_provider_derived_set_names_its_generators() -> None:
    derived = {"instruction", "chat", "preference", "reasoning", "pretraining", "vision", "comparison"}
    assert [d.id for d in LEXICON.catalogue.datasets if d.kind in derived and not (d.origins and d.models)] == []


def test_a_platform_set_names_its_platform() -> None:
    assert [d.id for d in LEXICON.catalogue.datasets if d.kind == "platform" and not d.origins] == []
