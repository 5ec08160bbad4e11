"""A project's history in a real repository: what a check says after every commit, by the commands people type."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tosguard.cli.main import main

RULE = "openai/competing-model-training"
HEAD = "from datasets import Dataset\nfrom openai import OpenAI\nfrom trl import SFTTrainer\n\nclient = OpenAI()\n"
#: Every provider call whose output is trained on bears the word `site`: none of them may ever be lost.
TUNE = """

def {name}(questions):
    rows = []
    for question in questions:
        answer = client.responses.create(model="gpt-4o", input=question)  # site
        rows.append({{"prompt": question, "completion": answer.output_text}})
    SFTTrainer(model="mistralai/Mistral-7B-v0.1", train_dataset=Dataset.from_list(rows)).train()


{name}(open("questions.txt"))
"""
REFORMATTED = """
        answer = client.responses.create(  # site
            model='gpt-4o',
            input=(question),
        )
"""


class Project:
    """A repository and the commands on it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys

    def git(self, *arguments: str) -> None:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
        subprocess.run(command, cwd=self.root, check=True, capture_output=True)

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "step")

    def tosguard(self, *arguments: str) -> str:
        self._capsys.readouterr()
        assert main(list(arguments)) in (0, 1), self._capsys.readouterr().err
        return self._capsys.readouterr().out

    def report(self, *arguments: str) -> Any:
        return json.loads(self.tosguard(*arguments, "--format", "json"))

    def text(self, path: str) -> str:
        return (self.root / path).read_text()

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)


Act = Callable[[Project], object]


@dataclass(frozen=True)
class Step:
    """One commit: what is done, and what is said after it.

    ``findings`` are all findings with their status, ``new`` those on lines of this commit, ``fixed`` how many of the
    report before are gone, ``told`` what notices speak of.
    """

    name: str
    act: Act
    findings: Sequence[str]
    new: Sequence[str] = ()
    fixed: int = 0
    told: Sequence[str] = ()
    as_of: str = "2026-03-01"


def introduce(project: Project) -> None:
    project.write("tune.py", HEAD + TUNE.format(name="tune"))


def insert_above(project: Project) -> None:
    project.write("tune.py", '"""Tunes."""\n\nimport os\n' + project.text("tune.py").replace("rows = []", "rows  = []"))


def move_down(project: Project) -> None:
    text = project.text("tune.py")
    project.write("tune.py", text.replace("\n\ndef tune", "\n\ndef first():\n    return os.name\n\n\ndef tune"))


def reformat(project: Project) -> None:
    text = project.text("lib/tuning.py")
    line = next(line for line in text.splitlines(keepends=True) if "# site" in line)
    project.write("lib/tuning.py", text.replace(line, REFORMATTED[1:]))


def rename(project: Project) -> None:
    (project.root / "lib").mkdir()
    project.git("mv", "tune.py", "lib/tuning.py")


def copy(project: Project) -> None:
    project.write("jobs/tuning.py", project.text("lib/tuning.py"))


def waive(project: Project) -> None:
    findings = project.report("audit", "--as-of", "2026-03-01")["findings"]
    mark = next(f["fingerprint"] for f in findings if f["status"] == "open")
    arguments = ["--reason", "own data", "--approved-by", "R. Counsel", "--expires", "2026-06-30"]
    project.tosguard("waive", mark, *arguments, "--as-of", "2026-03-01")


def merge(project: Project) -> None:
    project.git("checkout", "-q", "-b", "topic", "HEAD~2")
    project.write("twice.py", HEAD + TUNE.format(name="one") + TUNE.format(name="two"))
    project.commit()
    project.git("checkout", "-q", "main")
    project.git("merge", "-q", "--no-ff", "--no-commit", "topic")


def fix(project: Project) -> None:
    project.write("jobs/tuning.py", "print('done by hand')\n")


def remove_all(project: Project) -> None:
    for path in ("lib/tuning.py", "jobs/tuning.py"):
        (project.root / path).unlink()
    project.write("twice.py", "print('done by hand')\n")


LATE = "2026-07-01"
HISTORY = [
    Step("introduce", introduce, ["tune.py:11 open"], ["tune.py:11"]),
    Step(
        "accept as known", lambda p: p.tosguard("baseline", "create", "--as-of", "2026-03-01"), ["tune.py:11 baseline"]
    ),
    Step("change the lines above", insert_above, ["tune.py:14 baseline"]),
    Step("move down in the file", move_down, ["tune.py:18 baseline"]),
    Step("rename the file", rename, ["lib/tuning.py:18 baseline"]),
    Step("reformat", reformat, ["lib/tuning.py:18 baseline"], ["lib/tuning.py:18"]),
    Step("copy", copy, ["jobs/tuning.py:18 open", "lib/tuning.py:18 baseline"], ["jobs/tuning.py:18"]),
    Step("waive the copy", waive, ["jobs/tuning.py:18 waived", "lib/tuning.py:18 baseline"]),
    Step(
        "a month before the end",
        lambda _: None,
        ["jobs/tuning.py:18 waived", "lib/tuning.py:18 baseline"],
        told=["expires in 10 days"],
        as_of="2026-06-20",
    ),
    Step(
        "the waiver expires",
        lambda _: None,
        ["jobs/tuning.py:18 open", "lib/tuning.py:18 baseline"],
        told=["expired on 2026-06-30: its finding is open again"],
        as_of=LATE,
    ),
    Step("fix", fix, ["lib/tuning.py:18 baseline"], fixed=1, told=["covers nothing any more"], as_of=LATE),
    Step(
        "revert the fix",
        lambda p: p.git("revert", "-n", "HEAD"),
        ["jobs/tuning.py:18 open", "lib/tuning.py:18 baseline"],
        ["jobs/tuning.py:18"],
        told=["is open again"],
        as_of=LATE,
    ),
    Step(
        "merge a branch with two more",
        merge,
        ["jobs/tuning.py:18 open", "lib/tuning.py:18 baseline", "twice.py:11 open", "twice.py:22 open"],
        ["twice.py:11", "twice.py:22"],
        told=["is open again"],
        as_of=LATE,
    ),
    Step(
        "suppress one of them inline",
        lambda p: suppress_line(p, 11),
        ["jobs/tuning.py:18 open", "lib/tuning.py:18 baseline", "twice.py:12 waived", "twice.py:23 open"],
        told=["is open again"],
        as_of=LATE,
    ),
    Step(
        "take the other into the baseline",
        lambda p: p.tosguard("baseline", "update", "--as-of", LATE),
        ["jobs/tuning.py:18 baseline", "lib/tuning.py:18 baseline", "twice.py:12 waived", "twice.py:23 baseline"],
        told=["is open again"],
        as_of=LATE,
    ),
    Step(
        "remove them all",
        remove_all,
        [],
        fixed=4,
        told=[
            "covers nothing any more",
            "has no finding any more",
            "has no finding any more",
            "has no finding any more",
        ],
        as_of=LATE,
    ),
    Step(
        "prune",
        lambda p: p.tosguard("baseline", "prune", "--as-of", LATE),
        [],
        told=["covers nothing any more"],
        as_of=LATE,
    ),
]


def suppress_line(project: Project, line: int) -> None:
    report = project.report("audit", "--as-of", LATE)
    usage = next(
        u["id"] for u in report["usages"] if (u["location"]["path"], u["location"]["line"]) == ("twice.py", line)
    )
    mark = next(f["fingerprint"] for f in report["findings"] if f["usage"] == usage)
    project.tosguard("waive", mark, "--inline", "--reason", "a classifier of our own", "--as-of", LATE)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Project:
    root = tmp_path / "project"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path / "cache"))
    found = Project(root, capsys)
    found.git("init", "-q", "-b", "main")
    found.commit()
    return found


def places(report: Any) -> dict[str, str]:
    """Usage id → path and line."""
    return {u["id"]: f"{u['location']['path']}:{u['location']['line']}" for u in report["usages"]}


def sites(root: Path) -> set[str]:
    return {
        f"{path.relative_to(root).as_posix()}:{number}"
        for path in root.rglob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if line.endswith("# site")
    }


def test_every_commit_says_what_is_new_known_fixed_and_open_again(project: Project, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps(project.report("audit", "--as-of", "2026-03-01")))
    for step in HISTORY:
        step.act(project)
        project.commit()
        report = project.report("audit", "--as-of", step.as_of, "--compare", str(earlier))
        where = places(report)
        said = sorted(f"{where[f['usage']]} {f['status']}" for f in report["findings"])
        assert said == sorted(step.findings), step.name
        assert {where[f["usage"]] for f in report["findings"]} == sites(project.root), f"{step.name}: one is lost"
        assert len(report["comparison"]["fixed"]) == step.fixed, step.name
        notices = sorted(notice for notice in report["notices"] if re.search("waiver|baseline|suppression", notice))
        assert len(notices) == len(step.told), (step.name, notices)
        assert all(any(part in notice for notice in notices) for part in step.told), (step.name, notices)
        change = project.report("check", "--as-of", step.as_of, "--diff-base", "HEAD~1")
        touched = places(change)
        assert sorted(touched[f["usage"]] for f in change["findings"]) == sorted(step.new), step.name
        earlier.write_text(json.dumps(report))
