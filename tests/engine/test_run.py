from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tosguard.engine.request import Means, Project, Request, Selection, Terms
from tosguard.engine.run import run
from tosguard.report import json as report_json

HELPER = """\
import openai


def ask(prompt):
    response = openai.ChatCompletion.create(model="gpt-4", messages=[{"role": "user", "content": prompt}])
    return response["choices"][0]["message"]["content"]
"""

SCRIPT = """\
import json

from helper import ask


def main():
    rows = json.load(open("tasks.json"))
    records = []
    for row in rows:
        answer = ask(row["instruction"])
        records.append({"instruction": row["instruction"], "input": "", "output": answer})
    with open("train.json", "w") as file:
        json.dump(records, file)


main()
"""

TRAINER = """\
from datasets import load_dataset
from transformers import AutoModelForCausalLM, Trainer

data = load_dataset("json", data_files="train.json")
model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-2-7b")
Trainer(model=model, train_dataset=data).train()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    (root / "helper.py").write_text(HELPER)
    (root / "generate.py").write_text(SCRIPT)
    (root / "train.py").write_text(TRAINER)
    (root / "unrelated.py").write_text("def f():\n    return 1\n")
    return root


def request(root: Path, *, cache: Path | None = None, jobs: int = 1, **selection: object) -> Request:
    return Request(
        Project(root),
        Terms(as_of="2026-01-01"),
        replace(Selection(), **selection),  # type: ignore[arg-type]
        Means(cache=cache, jobs=jobs),
    )


def test_output_is_followed_across_files_into_training_data(project: Path) -> None:
    report = run(request(project))
    (usage,) = [usage for usage in report.usages if usage.pattern == "training-on-output"]
    assert (usage.location.path, usage.location.line) == ("generate.py", 10)
    assert usage.providers == ("openai",)
    assert {step.path for step in usage.trace} >= {"helper.py", "generate.py"}
    assert [finding.judgement.rule for finding in report.findings] == ["openai/competing-model-training"]
    assert set(report.sources) >= {"generate.py", "helper.py"}
    assert "unrelated.py" not in report.sources
    assert report.run.files.seen == 4
    assert report.run.files.analysed < 4


def test_the_same_bytes_cold_or_warm_on_any_number_of_processes(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    reports = [
        run(request(project)),
        run(request(project, cache=cache)),
        run(request(project, cache=cache)),
        run(request(project, jobs=2)),
    ]
    assert len({report_json.render(report) for report in reports}) == 1


def test_a_change_is_seen_through_the_cache(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert run(request(project, cache=cache)).findings
    (project / "helper.py").write_text(HELPER.replace("openai", "another"))
    assert not run(request(project, cache=cache)).findings
    (project / "helper.py").write_text(HELPER)
    assert run(request(project, cache=cache)).findings


def test_what_touches_a_file_is_reported_and_nothing_else(project: Path) -> None:
    assert run(request(project, touched=("helper.py",))).findings
    quiet = run(request(project, touched=("unrelated.py",)))
    assert (quiet.findings, quiet.usages, quiet.errors) == ((), (), ())


def test_changed_lines_narrow_findings_to_steps_on_them(project: Path) -> None:
    assert run(request(project, changed={"helper.py": frozenset({5})})).findings
    assert not run(request(project, changed={"helper.py": frozenset({1})})).findings


def test_a_comment_suppresses_and_an_unused_one_is_told(project: Path) -> None:
    rule = "openai/competing-model-training"
    text = SCRIPT.replace("        answer", f"        # tosguard: ignore[{rule}] agreed with counsel\n        answer")
    (project / "generate.py").write_text(text)
    (project / "unrelated.py").write_text(f"# tosguard: ignore[{rule}] not needed\nx = 1\n")
    report = run(request(project))
    assert [finding.status.value for finding in report.findings] == ["waived"]
    assert any("unrelated.py:1" in notice and "not needed" in notice for notice in report.notices)


def test_files_that_cannot_be_used_are_one_error_each_and_the_rest_is_analysed(project: Path) -> None:
    (project / "broken.py").write_text("import openai\ndef f(:\n")
    (project / "binary.py").write_bytes(b"import openai\0\1\2")
    (project / "broken.ipynb").write_text('{"cells": [')
    (project / "loop.py").symlink_to("loop.py")
    (project / "deep.py").write_text("import openai\nx = " + "(" * 5000 + ")" * 5000)
    errors = run(request(project)).errors
    assert sorted(error.path for error in errors) == ["binary.py", "broken.ipynb", "broken.py", "deep.py", "loop.py"]
    assert all(error.message and "\n" not in error.message for error in errors)
    assert run(request(project)).findings


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_an_error(project: Path) -> None:
    (project / "secret.py").write_text("import openai")
    (project / "secret.py").chmod(0)
    assert [error.path for error in run(request(project)).errors] == ["secret.py"]


def test_notebooks_are_analysed_and_placed_by_cell(project: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# title"]},
        {"cell_type": "code", "source": ["!pip install openai\n", "from helper import ask"], "outputs": []},
        {"cell_type": "code", "source": SCRIPT.split("\n\n\n")[1].splitlines(keepends=True), "outputs": []},
        {"cell_type": "code", "source": ["import json\n", "main()"], "outputs": []},
    ]
    (project / "generate.py").unlink()
    (project / "generate.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}))
    (usage,) = [usage for usage in run(request(project)).usages if usage.pattern == "training-on-output"]
    assert (usage.location.path, usage.location.cell, usage.location.line) == ("generate.ipynb", 3, 5)


def test_a_cell_that_cannot_be_read_is_told_as_that_cell_and_the_others_are_read(project: Path) -> None:
    ask = "from openai import OpenAI\n\n\ndef ask(q):\n    reply = OpenAI().responses.create(model='gpt-4o', input=q)\n"
    texts = [
        ask + "    return reply",
        "    first = OpenAI().responses.create(model='gpt-4o-mini', input='hello')\n    print(first)",
        "settings = {'a': (1,",
        "print(OpenAI().responses.create(model='o3', input='bye'))\nprompt = \"\"\"never closed",
        "print(OpenAI().responses.create(model='gpt-4.1', input='again'))",
    ]
    cells = [{"cell_type": "code", "source": text, "outputs": []} for text in texts]
    for old in project.iterdir():
        old.unlink()
    (project / "chat.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}))
    report = run(request(project))
    assert [error.message.split(":")[0] for error in report.errors] == ["cell 3", "cell 4"]
    assert {2, 4, 5} <= {step.cell for usage in report.usages for step in usage.trace}
    assert {"gpt-4o-mini", "o3", "gpt-4.1"} <= {model for usage in report.usages for model in usage.models}


def test_the_commit_is_told(project: Path) -> None:
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(project)]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run([*git, *arguments], check=True)
    told = run(request(project)).run
    assert told.commit is not None
    assert len(told.commit) == 40
    assert not told.dirty
    (project / "new.py").write_text("x = 1\n")
    assert run(request(project)).run.dirty


def test_an_empty_directory_is_clean(tmp_path: Path) -> None:
    report = run(request(tmp_path))
    assert (report.usages, report.findings, report.errors) == ((), (), ())
    assert report.run.files.seen == 0


def test_words_in_prose_make_no_candidate(tmp_path: Path) -> None:
    (tmp_path / "notes.py").write_text('"""Unlike openai, this is plain."""\n\nx = 1  # see api.openai.com\n')
    (tmp_path / "other.py").write_text("from notes import x\n\nprint(x)\n")
    assert run(request(tmp_path)).run.files.analysed == 0
    (tmp_path / "other.py").write_text("from notes import x\nimport openai\n\nprint(openai.api_key, x)\n")
    assert run(request(tmp_path)).run.files.analysed > 0


def test_a_library_is_no_user_of_itself(tmp_path: Path) -> None:
    package = tmp_path / "litellm"
    package.mkdir()
    (package / "__init__.py").write_text("from litellm.core import completion\n")
    (package / "core.py").write_text("def completion(model, messages):\n    return None\n")
    (package / "use.py").write_text("import litellm\n\nlitellm.completion('gpt-4', [])\n")
    assert run(request(tmp_path)).run.files.analysed == 0


def test_a_subject_alone_is_no_reason_to_follow_callers(tmp_path: Path) -> None:
    (tmp_path / "loop.py").write_text("def step(loss):\n    loss.backward()\n    optimizer.step()\n")
    (tmp_path / "caller.py").write_text("from loop import step\n\nstep(1)\n")
    assert run(request(tmp_path)).run.files.analysed == 1
    (tmp_path / "client.py").write_text("import openai\n\nprint(openai.api_key)\n")
    assert run(request(tmp_path)).run.files.analysed == 2, "the loop and the client"


def test_trainers_alone_are_no_reason_to_follow_callers(tmp_path: Path) -> None:
    (tmp_path / "fitting.py").write_text(
        "from sklearn.svm import LinearSVC\n\n\ndef fit(x, y):\n    return LinearSVC().fit(x, y)\n"
    )
    (tmp_path / "caller.py").write_text("from fitting import fit\n\nfit([], [])\n")
    assert run(request(tmp_path)).run.files.analysed == 1
    (tmp_path / "client.py").write_text("import openai\n\nprint(openai.api_key)\n")
    assert run(request(tmp_path)).run.files.analysed == 3, "what is trained may be what the client brings"


def test_the_projects_own_trainers_are_no_library(tmp_path: Path) -> None:
    package = tmp_path / "sklearn"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "svm.py").write_text("class LinearSVC:\n    pass\n")
    (package / "caller.py").write_text("from sklearn.svm import LinearSVC as Classifier\n\nClassifier()\n")
    (package / "user.py").write_text("from sklearn.caller import Classifier\n")
    assert run(request(tmp_path)).run.files.analysed == 2, "those that say the name of a kind of model"
