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
print(open("hellaswag/five_shot_hellaswag_val.json").read())
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
        "hellaswag",
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


SETTINGS = """\
from dataclasses import dataclass


@dataclass
class Settings:
    chat: str = "claude-3-haiku-20240307"
    more: list = ("gpt-4-32k", "meta-llama/Llama-2-7b-chat-hf", "ft:gpt-4o-mini-2024-07-18:acme::a1")
    best: str = "claude-instant-1"
    gateway: list = ("openai/gpt-5.6-luna", "llama-3.1-sonar-large-128k-online", "openai/gpt-4-old-results")
    entry: str = "chatgpt:main"
    other: list = ("gpt-4-results", "claude-runs", "gemini-api", "gpt-4.json", "o1-", "./llama-2-7b", "data/gpt-4-old")
"""
ASKING = """\
import litellm
from settings import Settings


class Asker:
    def __init__(self, settings):
        self.__dict__.update(vars(settings))

    def ask(self, question):
        return litellm.completion(model=getattr(self, question), messages=[{"role": "user", "content": question}])


print(Asker(Settings()).ask(input()))
"""
ROUTER = """\
from litellm import Router

DEPLOYMENTS = [
    {"model_name": "house", "litellm_params": {"model": "azure/gpt-4o-prod", "api_key": "k"}},
    {"model_name": "house", "litellm_params": {"model": "anthropic/claude-3-haiku-20240307"}},
    {"model_name": "spare", "litellm_params": {"model": "groq/llama-3.1-8b-instant"}},
]
router = Router(model_list=DEPLOYMENTS)
print(router.completion(model="house", messages=[{"role": "user", "content": input()}]))
"""
RELAY = """\
import openai
from fastapi import FastAPI, Request

app = FastAPI()
PASSED = ("model", "messages", "tools", "temperature")


@app.post("/v1/chat/completions")
async def chat(request: Request):
    body = await request.json()
    asked = {name: body[name] for name in PASSED if name in body}
    for name, value in zip(PASSED, PASSED):
        asked[name] = value
    asked["model"] = f"ft:{body['model']}" if body else asked["model"]
    return await openai.AsyncOpenAI().chat.completions.create(**asked)
"""


def models_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, int]]:
    """The models that an inventory lists, each with what its uses are counted under."""
    assert main(["inventory", str(folder), "--no-cache", "--format", "json"]) == 0
    return {model["id"]: model["patterns"] for model in json.loads(capsys.readouterr().out)["models"]}


def test_models_in_settings_are_named_wherever_their_values_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.py").write_text(SETTINGS)
    (tmp_path / "asking.py").write_text(ASKING)
    found = models_of(tmp_path, capsys)
    assert {name for name, counted in found.items() if counted == {"named": 1}} == {
        "claude-3-haiku-20240307",
        "claude-instant-1",
        "ft:gpt-4o-mini-2024-07-18:acme::a1",
        "gpt-4-32k",
        "meta-llama/Llama-2-7b-chat-hf",
        "openai/gpt-5.6-luna",
        "llama-3.1-sonar-large-128k-online",
    }


def test_a_routers_own_name_stands_for_the_models_behind_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "app.py").write_text(ROUTER)
    found = models_of(tmp_path, capsys)
    assert set(found) == {"azure/gpt-4o-prod", "anthropic/claude-3-haiku-20240307", "groq/llama-3.1-8b-instant"}


def test_names_of_arguments_are_no_models(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "app.py").write_text(RELAY)
    assert not models_of(tmp_path, capsys)


def test_models_in_settings_and_commands_beside_the_code_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "app.py").write_text("import openai\nopenai.OpenAI().responses.create(model=input(), input='Hi')\n")
    (tmp_path / "flow.yaml").write_text(
        "# not: claude-3-opus\nof: openai\nname: gemini-2.5-flash-image\nuses: actions/gpt-4-build@v4\n"
    )
    (tmp_path / "run.sh").write_text("python train.py --model_name_or_path=huggyllama/llama-13b --name gpt-4.sh\n")
    found = models_of(tmp_path, capsys)
    assert found == {"gemini-2.5-flash-image": {"named": 1}, "huggyllama/llama-13b": {"named": 1}}
