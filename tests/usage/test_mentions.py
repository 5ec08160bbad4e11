"""The inventory names what no usage speaks of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tosguard.cli.main import main

PROGRAM = """\
import tweepy
from datasets import load_dataset
from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("meta-llama/Meta-Llama-3-8B-Instruct")
tasks = load_dataset("openai/gsm8k")
ours = load_dataset("acme/own-rows")
client = tweepy.Client("…")
print(client.get_user(username="someone"))
print(open("data/mmlu_test.csv").read(), open("truthfulqa/test.jsonl").read(), open("notes/test.jsonl").read())
"""
VERTEX = """\
from gtts import gTTS
from vertexai.generative_models import GenerativeModel

MODELS = {"gemini-1.5-pro-002": 1, "gemini-1.0-pro-001": 2}


def ask(name, question):
    gTTS(text=question).save("a.mp3")
    return GenerativeModel(name).generate_content(question)


ask(input(), input())
"""


@pytest.fixture
def listed(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    (tmp_path / "app.py").write_text(PROGRAM)
    assert main(["inventory", "."]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "name",
    [
        "Meta Llama weights",
        "meta-llama/Meta-Llama-3-8B-Instruct",
        "gsm8k",
        "acme/own-rows",
        "mmlu",
        "truthfulqa",
        "transformers",
        "datasets",
        "tweepy",
    ],
)
def test_weights_data_sets_and_libraries_without_a_usage_are_listed(listed: str, name: str) -> None:
    assert any(line.strip().split("  ")[0] == name for line in listed.splitlines())


def test_a_file_of_rows_is_no_benchmark_for_its_folder_alone(listed: str) -> None:
    sets = listed.partition("Data sets")[2].partition("\n\n")[0]
    assert sorted(line.split()[0] for line in sets.splitlines()[1:] if line.startswith("  ") and line[2] != " ") == [
        "acme/own-rows",
        "gsm8k",
        "mmlu",
        "truthfulqa",
    ]


def test_a_file_that_names_one_makers_models_tells_which_a_cloud_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(VERTEX)
    assert main(["inventory", ".", "--no-cache"]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in ("gemini-1.5-pro-002", "gemini-1.0-pro-001", "google-translate", "gTTS"))
    (tmp_path / "app.py").write_text(VERTEX.replace("gemini-1.0-pro-001", "claude-3-opus@20240229"))
    assert main(["inventory", ".", "--no-cache", "--format", "json"]) == 0
    models = {model["id"]: model for model in json.loads(capsys.readouterr().out)["models"]}
    assert models["gemini-1.5-pro-002"]["patterns"] == {"named": 1}
    assert models["gemini-1.5-pro-002"]["providers"] == []


def test_a_platform_stands_among_the_platforms(listed: str) -> None:
    platforms = listed.partition("Platforms")[2].partition("\n\n")[0]
    assert "\n  X " in platforms


def test_they_are_no_usages(listed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", ".", "--format", "json"]) == 0
    assert '"usages":[]' in capsys.readouterr().out.replace(" ", "").replace("\n", "")


def test_a_second_run_says_the_same(listed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inventory", "."]) == 0
    assert capsys.readouterr().out == listed
