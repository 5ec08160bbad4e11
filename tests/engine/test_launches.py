"""What scripts, recipes and configurations give to the options of the project's programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tosguard.engine.launches import Programs, launches, turns_of
from tosguard.engine.request import Means, Project, Request, Terms, Unwatched
from tosguard.engine.run import solve_project

PROGRAMS = Programs(["train.py", "tools/gen.py", "tools/eval.py", "pkg/cli.py", "src/deep/run.py", "other/eval.py"])


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("run.sh", "python train.py --data_path out.json\n", ("train.py", {"data_path": ("out.json",)})),
        ("run.sh", "python3 -u train.py --data-path=out.json -v\n", ("train.py", {"data_path": ("out.json",)})),
        (
            "run.sh",
            "torchrun --nproc_per_node=4 --master_port 1 train.py \\\n  --model gpt-4 \\\n  --bf16 True\n",
            ("train.py", {"model": ("gpt-4",), "bf16": ("True",)}),
        ),
        ("run.sh", "accelerate launch -m pkg.cli --flag v\n", ("pkg/cli.py", {"flag": ("v",)})),
        ("run.sh", "M=gpt-4\npython train.py --model $M\n", ("train.py", {"model": ("gpt-4",)})),
        ("run.sh", 'M="${1:-gpt-4}"\npython train.py --model "$M"\n', ("train.py", {"model": ("gpt-4",)})),
        ("run.sh", "python train.py --model ${MODEL:-gpt-4}\n", ("train.py", {"model": ("gpt-4",)})),
        ("run.sh", "MODEL=gpt-4 python train.py\n", ("train.py", {"$MODEL": ("gpt-4",)})),
        ("run.sh", "export MODEL=gpt-4\npython train.py\n", ("train.py", {"$MODEL": ("gpt-4",)})),
        (
            "run.sh",
            "for m in gpt-4 claude-3; do\n  python train.py --model $m\ndone\n",
            ("train.py", {"model": ("gpt-4", "claude-3")}),
        ),
        (
            "run.sh",
            'MODELS=("gpt-4" "claude-3")\nfor m in "${MODELS[@]}"; do python train.py --model "$m"; done\n',
            ("train.py", {"model": ("gpt-4", "claude-3")}),
        ),
        (
            "run.sh",
            'declare -a MODELS=(\n  # why (so)\n  "gpt-4" # first\n  claude-3\n)\n'
            'for m in "${MODELS[@]}"; do python train.py --model "$m"; done\n',
            ("train.py", {"model": ("gpt-4", "claude-3")}),
        ),
        ("run.sh", "X=(never closed\npython train.py --n 3\n", ("train.py", {"n": ("3",)})),
        ("run.sh", "python train.py in.json out.json\n", ("train.py", {"1": ("in.json",), "2": ("out.json",)})),
        (
            "run.sh",
            "python train.py llm.model=gpt-4 > log\n",
            ("train.py", {"1": ("llm.model=gpt-4",), "llm.model": ("gpt-4",)}),
        ),
        ("tools/run.sh", "python gen.py --n 3\n", ("tools/gen.py", {"n": ("3",)})),
        ("scripts/run.sh", "cd tools\npython gen.py --n 3\n", ("tools/gen.py", {"n": ("3",)})),
        ("scripts/run.sh", "python $ROOT/deep/run.py --n 3\n", ("src/deep/run.py", {"n": ("3",)})),
        (
            "Makefile",
            "MODEL ?= gpt-4\n\ntrain:\n\t@python train.py --model $(MODEL)\n",
            ("train.py", {"model": ("gpt-4",)}),
        ),
        (
            ".github/workflows/ci.yml",
            "jobs:\n  a:\n    steps:\n      - run: python train.py --model gpt-4\n",
            ("train.py", {"model": ("gpt-4",)}),
        ),
        ("Dockerfile", 'CMD ["python", "train.py", "--model", "gpt-4"]\n', ("train.py", {"model": ("gpt-4",)})),
        ("run.sh", "python eval.py --n 3\n", None),
        ("run.sh", "python -m pytest --n 3\n", None),
        ("run.sh", "# python train.py --n 3\n", None),
    ],
)
def test_a_command_gives_options(path: str, text: str, expected: tuple[str, dict[str, tuple[str, ...]]] | None) -> None:
    found = list(launches(path, text, PROGRAMS))
    assert [(launch.program, dict(launch.options)) for launch in found] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("run.sh", "for m in a b; do python train.py --model $m; done\n", [(1, ("a", "b"))]),
        ("run.sh", "python train.py --model a\n\npython train.py --model b\n", [(1, ("a", "b"))]),
        ("run.sh", "python train.py --model a\npython train.py --model a\n", []),
        ("run.sh", "python train.py --model a\npython tools/gen.py --model b\n", []),
        ("Makefile", "one:\n\tpython train.py --model a\ntwo:\n\tpython train.py --model b\n", []),
        ("Makefile", "all:\n\tfor m in a b; do python train.py --model $$m; done\n", [(2, ("a", "b"))]),
    ],
)
def test_what_is_given_in_turn(path: str, text: str, expected: list[tuple[int, tuple[str, ...]]]) -> None:
    found = turns_of(launches(path, text, PROGRAMS))
    assert [(turns.place.line, turns.values) for several in found.values() for turns in several] == expected


MAIN = """\
import argparse
import json
import yaml
from openai import OpenAI
{imports}
parser = argparse.ArgumentParser()
parser.add_argument("--model", default="m-default")
parser.add_argument("--config")
args = parser.parse_args()
{setup}
OpenAI().chat.completions.create(model={model}, messages=[])
"""


def models_of(root: Path, program: str) -> set[object]:
    """The model ids that reach the provider from one program."""
    request = Request(Project(root), Terms("2026-01-01"), means=Means(provenance=False))
    solution, _ = solve_project(request, Unwatched(), everything=False, every_branch=False)
    return {
        constant
        for call in solution.calls
        if call.entry.role == "generate" and call.place.path == program and "model" in call.arguments
        for constant in call.arguments["model"].constants
    }


@pytest.mark.parametrize(
    ("files", "model", "expected"),
    [
        ({"run.sh": "python main.py --model m-1\npython side.py --model m-2\n"}, "args.model", {"m-1"}),
        ({"conf/a.yaml": "model: m-3\n", "run.sh": "python main.py --config conf/a.yaml\n"}, "args.model", {"m-3"}),
        (
            {"conf/a.yaml": "llm: {model: m-4}\n", "run.sh": "python main.py --config conf/a.yaml\n"},
            'yaml.safe_load(open(args.config))["llm"]["model"]',
            {"m-4"},
        ),
        (
            {"settings.json": '{"model": "m-5", "judge": "m-6"}'},
            'json.load(open("settings.json"))["model"]',
            {"m-5"},
        ),
        ({"settings.json": '{"judge": "m-6"}'}, 'json.load(open("settings.json"))["model"]', set()),
        ({"settings.json": '{"model": "m-5"}'}, 'json.load(open("settings2.json"))["model"]', set()),
    ],
)
def test_what_is_given_outside_reaches_the_program(
    tmp_path: Path, files: dict[str, str], model: str, expected: set[str]
) -> None:
    files = {**files, "main.py": MAIN.format(model=model, setup="", imports=""), "side.py": "import main2\n"}
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert models_of(tmp_path, "main.py") - {"m-default", None} == expected


@pytest.mark.parametrize(("end", "expected"), [("", {"m-1"}), ("if __name__ == '__main__':\n    get()\n", set())])
def test_options_reach_the_module_that_declares_them(tmp_path: Path, end: str, expected: set[object]) -> None:
    """A module that is a program itself has options of its own."""
    (tmp_path / "options.py").write_text(
        "import argparse\n\n\ndef get():\n    p = argparse.ArgumentParser()\n    p.add_argument('--model')\n"
        f"    return p.parse_args()\n\n\n{end}"
    )
    (tmp_path / "main.py").write_text(
        "from openai import OpenAI\nimport options\n"
        "OpenAI().chat.completions.create(model=options.get().model, messages=[])\n"
    )
    (tmp_path / "run.sh").write_text("python main.py --model m-1\n")
    assert models_of(tmp_path, "main.py") == expected


def test_several_values_of_one_option_are_a_list(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(
        "import argparse\nfrom openai import OpenAI\np = argparse.ArgumentParser()\n"
        "p.add_argument('--models', nargs='+')\n"
        "for model in p.parse_args().models:\n"
        "    OpenAI().chat.completions.create(model=model, messages=[])\n"
    )
    (tmp_path / "run.sh").write_text("python main.py --models m-1 m-2\n")
    assert models_of(tmp_path, "main.py") == {"m-1", "m-2"}
