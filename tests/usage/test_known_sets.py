"""Known data sets that settings of a project's own trainer name, and loads of them that are steps beside others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tosguard.engine.request import Means, Project, Request, Terms, Unwatched
from tosguard.engine.run import run
from tosguard.usage.model import Usage

SETTINGS = """\
base_model: meta-llama/Llama-2-7b-hf
data:
  kind: chat
  dataset: {data}
trainer:
  {how}: 1
"""

LEARN = """\
import sys

import transformers
import yaml
from datasets import load_dataset


def learn(settings):
    rows = load_dataset(settings["data"]["dataset"])
    model = transformers.AutoModelForCausalLM.from_pretrained(settings["base_model"])
    transformers.Trainer(model=model, train_dataset=rows["train"]).train()


if __name__ == "__main__":
    with open(sys.argv[1]) as stream:
        learn(yaml.safe_load(stream))
"""


def usages_of(root: Path, files: dict[str, str]) -> tuple[Usage, ...]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    found = run(Request(Project(root), Terms("2026-01-01"), means=Means(provenance=False)), Unwatched()).usages
    return tuple(u for u in found if u.pattern == "training-on-output")


def settings(data: str, how: str = "num_train_epochs") -> str:
    return SETTINGS.format(data=data, how=how)


def test_settings_of_one_folder_that_name_the_same_data_are_one_usage_with_the_code_that_reads_them(
    tmp_path: Path,
) -> None:
    files = {
        "settings/large.yaml": settings("Open-Orca/OpenOrca"),
        "settings/small.yaml": settings("Open-Orca/OpenOrca"),
        "settings/human.yaml": settings("OpenAssistant/oasst1"),
        "learn.py": LEARN,
    }
    (usage,) = usages_of(tmp_path, files)
    assert (usage.location.path, usage.location.line) == ("settings/large.yaml", 4)
    assert usage.providers == ("openai",)
    assert [(s.role, s.path) for s in usage.trace][-2:] == [("via", "learn.py"), ("sink", "learn.py")]


@pytest.mark.parametrize("how", ["batch", "seed"])
def test_settings_that_say_nothing_of_how_to_learn_train_nothing(tmp_path: Path, how: str) -> None:
    assert not usages_of(tmp_path, {"settings.yaml": settings("Open-Orca/OpenOrca", how)})
