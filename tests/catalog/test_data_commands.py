"""Command lines and configuration files: what they are taken for, and where their data and model are."""

from __future__ import annotations

import json

import pytest

from tosguard.catalog.loader import load
from tosguard.usage.beside.commands import Invocation, invocations
from tosguard.usage.beside.configs import Configured, configured

CATALOGUE = load()


def run(line: str) -> Invocation | None:
    return next(iter(invocations(line, CATALOGUE.commands)), None)


def option(line: str, name: str) -> list[str]:
    found = run(line)
    assert found is not None, f"not known: {line}"
    return [word.text for word in found.options.get(name, ())]


@pytest.mark.parametrize(
    ("line", "command", "role"),
    [
        ("openai api fine_tunes.create -t data.jsonl -m davinci", "openai-fine-tunes-create", "tune"),
        ("openai api fine_tuning.jobs.create -F file-abc -m gpt-4o-mini", "openai-fine-tunes-create", "tune"),
        ("oaieval gpt-3.5-turbo test-match", "oaieval", "judge"),
        ("lm_eval --model hf --tasks mmlu", "lm-eval", "judge"),
        ("alpaca_eval --model_outputs out.json", "alpaca-eval", "judge"),
        ("npx -y promptfoo@latest eval -c promptfooconfig.yaml", "promptfoo-npx", "judge"),
        ("promptfoo redteam run", "promptfoo-redteam", "judge"),
        ("helm-run --run-entries mmlu:model=openai/gpt-4", "helm-run", "judge"),
        ("python3 -m garak --model_type openai --model_name gpt-4", "garak-module", "judge"),
        ("axolotl train config.yml", "axolotl", "train"),
        ("accelerate launch -m axolotl.cli.train config.yml", "axolotl-module", "train"),
        ("llamafactory-cli train examples/lora.yaml", "llamafactory", "train"),
        ("autotrain llm --train --model base --data-path data/", "autotrain", "train"),
        ("trl sft --model_name_or_path m --dataset_name d", "trl-cli", "train"),
        ("torchrun --nproc_per_node=4 fastchat/train/train_mem.py --data_path a.json", "launched-train", "train"),
        ("CUDA_VISIBLE_DEVICES=0 python finetune.py --data_path alpaca_data.json", "launched-train", "train"),
        ("deepspeed train_sft.py --pretrain m --dataset d", "openrlhf", "train"),
        ("huggingface-cli upload me/set data/ --repo-type dataset", "hf-upload", "publish"),
        ("ollama run llama3 'hi'", "ollama-run", "local-generate"),
        ("curl https://api.openai.com/v1/chat/completions -d @body.json", "curl", "http"),
        ("snscrape --jsonl twitter-search 'python'", "snscrape", "platform-read"),
    ],
)
def test_a_command_is_known(line: str, command: str, role: str) -> None:
    found = run(line)
    assert found is not None
    assert (found.command.id, found.command.role) == (command, role)


@pytest.mark.parametrize(
    "line",
    [
        "pip install openai",
        "python manage.py runserver",
        "python -m http.server",
        "python -m pytest tests",
        "python main.py --tasks daily",
        "openai --help",
        "npx eslint .",
        "helm install app ./chart",
        "docker run -it image",
        "git push origin main",
        "python -m venv .venv",
        "promptfoo view",
        "python run.py",
        "tune2fs -l /dev/sda1",
        "streamlit run app.py",
    ],
)
def test_an_everyday_command_is_not(line: str) -> None:
    assert run(line) is None


def test_options_are_found() -> None:
    assert option("openai api fine_tunes.create -t data.jsonl -m davinci", "data") == ["data.jsonl"]
    assert option("torchrun train.py --data_path ~/sharegpt.json --output_dir out", "data") == ["~/sharegpt.json"]
    assert option("torchrun train.py --model_name_or_path=base --data_path=d.json", "model") == ["base"]
    assert option("python finetune.py \\\n  --base_model m \\\n  --data_path yahma/alpaca-cleaned", "data") == [
        "yahma/alpaca-cleaned"
    ]
    assert option("axolotl train config.yml", "config") == ["config.yml"]
    assert option("python3 -m verl.trainer.main_ppo data.train_files=x.parquet", "data") == ["x.parquet"]


def look(text: str, path: str = "config.yaml") -> Configured | None:
    return next(iter(configured(path, text, CATALOGUE.configs)), None)


AXOLOTL = "base_model: meta-llama/Llama-3.1-8B\ndatasets:\n  - path: tatsu-lab/alpaca\n    type: alpaca\n"
FACTORY = "model_name_or_path: m\nstage: sft\nfinetuning_type: lora\ndataset: alpaca_gpt4_en,identity\n"
HANDBOOK = "model_name_or_path: m\ndataset_mixer:\n  HuggingFaceH4/ultrachat_200k: 1.0\n"
PROMPTFOO = "providers:\n  - openai:gpt-4o\nprompts:\n  - p.txt\ntests:\n  - vars: {a: b}\n"
LITELLM = "model_list:\n  - model_name: a\n    litellm_params:\n      model: azure/gpt-4\n      api_key: k\n"
TORCHTUNE = (
    "dataset:\n  _component_: torchtune.datasets.alpaca_dataset\n"
    "model:\n  _component_: torchtune.models.llama3.llama3_8b\noptimizer:\n  _component_: torch.optim.AdamW\n"
)


@pytest.mark.parametrize(
    ("text", "shape", "name", "value"),
    [
        (AXOLOTL, "axolotl", "data", "tatsu-lab/alpaca"),
        (FACTORY, "llama-factory", "data", "alpaca_gpt4_en,identity"),
        (PROMPTFOO, "promptfoo", "model", "openai:gpt-4o"),
        (LITELLM, "litellm-proxy", "key", "k"),
        (TORCHTUNE, "torchtune", "data", "torchtune.datasets.alpaca_dataset"),
    ],
    ids=lambda v: v if isinstance(v, str) and len(v) < 20 else "",
)
def test_a_configuration_is_known_with_its_values(text: str, shape: str, name: str, value: str) -> None:
    found = look(text)
    assert found is not None
    assert found.shape.id == shape
    assert value in found.values[name]


def test_a_data_set_mixture_is_a_training_configuration() -> None:
    found = look(HANDBOOK)
    assert found is not None
    assert found.shape.id == "alignment-handbook"
    assert found.values["data"] == ("HuggingFaceH4/ultrachat_200k",), "the sets that are mixed, not their shares"


def test_json_is_read_as_well() -> None:
    found = look(json.dumps({"redteam": {"purpose": "x"}, "targets": ["openai:gpt-4o"]}), "a.json")
    assert found is not None
    assert "safety" in found.shape.tags


@pytest.mark.parametrize(
    "text",
    [
        "name: ci\non: push\njobs:\n  test:\n    steps:\n      - run: pytest\n",
        "services:\n  web:\n    image: nginx\n",
        "openai:\n  model: gpt-4o\n  temperature: 0\n",
        "model: gpt-4o\nprompt: hello\n",
        "providers:\n  - name: aws\n",
        "dependencies:\n  - openai\n",
        "dataset: sales\ntable: orders\n",
    ],
    ids=["workflow", "compose", "settings", "prompt file", "other providers", "requirements", "other data set"],
)
def test_an_everyday_configuration_is_not(text: str) -> None:
    assert look(text) is None


def test_command_and_configuration_ids_are_unique() -> None:
    for table in (CATALOGUE.commands, CATALOGUE.configs):
        ids = [entry.id for entry in table]
        assert sorted(ids) == sorted(set(ids))


RUNS = """# the weekly run
entries: [
  # {description: "boolq:model=anthropic/claude-2", priority: 1}
  {description: "mmlu:subject=anatomy,model=openai/gpt-4", priority: 1}, {description: "gsm:", priority: 2}
]
"""


def test_run_entries_are_a_configuration_with_the_model_of_their_descriptions() -> None:
    found = look(RUNS, "weekly.conf")
    assert found is not None
    assert (found.shape.id, found.line, found.values["model"]) == ("helm-runs", 4, ("openai/gpt-4",))
    assert found.values["data"] == ("mmlu:subject=anatomy,model=openai/gpt-4", "gsm:")


@pytest.mark.parametrize(
    "text",
    [
        'server {\n  listen 80;\n  # {description: "x:model=openai/gpt-4"}\n  proxy_pass http://app;\n}\n',
        'entries: [\n  # {description: "x:model=openai/gpt-4"}\n]\n',
        'menu {\n  {description: "x:model=openai/gpt-4"}\n}\n',
    ],
    ids=["web server", "nothing but comments", "another list"],
)
def test_another_conf_file_is_not(text: str) -> None:
    assert look(text, "site.conf") is None


def test_model_deployments_are_a_configuration() -> None:
    found = look(
        "model_deployments:\n  - name: openai/gpt-4o\n    client_spec:\n      class_name: helm.clients.x.Client\n"
    )
    assert found is not None
    assert (found.shape.id, found.values["model"]) == ("helm-deployments", ("openai/gpt-4o",))
    assert look("model_deployments:\n  - name: openai/gpt-4o\n    replicas: 2\n") is None
