"""Mistakes that people make: each message says what is wrong, where, and what to do next."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tosguard.cli.main import main

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"
WAIVER = (
    "waivers:\n  - rule: openai/*\n    path: '*.py'\n    reason: agreed\n    approved_by: GC\n    date: {date}\n{more}"
)


def git(root: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(root), *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    shutil.copytree(DEMO, root)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "all")
    monkeypatch.chdir(root)
    monkeypatch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "200")
    return root


@dataclass(frozen=True)
class Mistake:
    """What somebody does, and what the answer must say: the exit code, what, where, and what next."""

    prepare: Callable[[Path], object]
    arguments: list[str]
    code: int
    what: str
    where: str
    next_step: str


def nothing(_: Path) -> None:
    """Leave the project as it is."""


def misspell(root: Path) -> None:
    text = (root / "collect.py").read_text()
    (root / "collect.py").write_text(
        text.replace("# expect:", "# tosguard: ignore[openai/competing-model-trainin] agreed #")
    )


def waivers(date: str = "2026-01-01", more: str = "") -> Callable[[Path], object]:
    return lambda root: (root / "tosguard-waivers.yaml").write_text(WAIVER.format(date=date, more=more))


def delete(root: Path) -> None:
    git(root, "rm", "-q", "finetune.py")


MISTAKES = {
    "a typo in a rule id, in a comment": Mistake(
        misspell,
        ["check"],
        1,
        "no rule is called 'openai/competing-model-trainin' and nothing is suppressed for it",
        "collect.py:13: ",
        "did you mean 'openai/competing-model-training'?",
    ),
    "a typo in a rule id, in a waiver": Mistake(
        lambda root: (root / "tosguard-waivers.yaml").write_text(
            WAIVER.format(date="2026-01-01", more="").replace("openai/*", "openai/competing-model-trianing")
        ),
        ["check"],
        1,
        "covers nothing: no rule is called 'openai/competing-model-trianing'",
        "tosguard-waivers.yaml:2: ",
        "did you mean 'openai/competing-model-training'?",
    ),
    "a typo in a rule id, as an option": Mistake(
        nothing, ["check", "--select", "opnai"], 2, "no rule or usage pattern", "select: ", "did you mean 'openai'?"
    ),
    "a typo in a rule id, in the configuration": Mistake(
        lambda root: (root / "tosguard.toml").write_text('ignore = ["openai/competing-modle-training"]\n'),
        ["check"],
        1,
        "no rule or usage pattern is called 'openai/competing-modle-training'",
        "ignore: ",
        "did you mean 'openai/competing-model-training'?",
    ),
    "a date that is none": Mistake(
        nothing, ["check", "--as-of", "2026-02-30"], 2, "'2026-02-30' is no date", "--as-of", "write YYYY-MM-DD"
    ),
    "a wrong date in a waiver": Mistake(
        waivers("31.12.2026"),
        ["check"],
        2,
        "'date: 31.12.2026' is no date",
        "tosguard-waivers.yaml:6: ",
        "write YYYY-MM-DD",
    ),
    "an unknown key in the configuration": Mistake(
        lambda root: (root / "tosguard.toml").write_text('\nfail_onn = "error"\n'),
        ["check"],
        2,
        "unknown key 'fail_onn'",
        "tosguard.toml:2: ",
        "did you mean 'fail-on'?",
    ),
    "an unknown key in a waiver": Mistake(
        waivers(more="    aproved: GC\n"),
        ["check"],
        2,
        "unknown key 'aproved'",
        "tosguard-waivers.yaml:7: ",
        "did you mean 'approved_by'?",
    ),
    "a file outside the repository": Mistake(
        lambda root: (root.parent / "other.py").write_text("x = 1\n"),
        ["check", "../other.py", "collect.py"],
        2,
        "the path lies outside the project",
        "../other.py: ",
        "check one project at a time",
    ),
    "no repository": Mistake(
        lambda root: shutil.rmtree(root / ".git"),
        ["check", "--diff-base", "main"],
        2,
        "changes can only be told inside a git work tree",
        "project: ",
        "run without a base revision",
    ),
    "a base that was not fetched": Mistake(
        nothing,
        ["check", "--diff-base", "origin/main"],
        2,
        "the revision 'origin/main' is not known here",
        "project: ",
        "git fetch origin main",
    ),
    "an empty diff": Mistake(
        nothing, ["check", "--diff-base", "HEAD"], 0, "no line was added or changed", "notice: ", "without --diff-base"
    ),
    "a deleted file in the diff": Mistake(
        delete, ["check", "--diff-base", "HEAD"], 0, "no line was added or changed", "notice: ", "without --diff-base"
    ),
    "a deleted file named": Mistake(
        delete, ["check", "finetune.py"], 2, "no such file or directory", "finetune.py: ", "check the path"
    ),
    "a misspelt file": Mistake(
        nothing, ["check", "colect.py"], 2, "no such file or directory", "colect.py: ", "did you mean 'collect.py'?"
    ),
    "a binary file": Mistake(
        lambda root: (root / "binary.py").write_bytes(b"import openai\n\0\1"),
        ["check", "binary.py"],
        3,
        "not analysed: the file contains NUL bytes",
        "binary.py:2: ",
        "save it as text, or exclude it",
    ),
    "a waivers file in another encoding": Mistake(
        lambda root: (root / "tosguard-waivers.yaml").write_bytes(b"# caf\xe9\n"),
        ["check"],
        2,
        "the file cannot be read (not UTF-8)",
        "tosguard-waivers.yaml: ",
        "save it as UTF-8",
    ),
    "a waivers file that is none": Mistake(
        lambda root: (root / "tosguard-waivers.yaml").mkdir(),
        ["check"],
        2,
        "the file cannot be read",
        "tosguard-waivers.yaml: ",
        "make it a file that may be read",
    ),
    "a baseline in conflict": Mistake(
        lambda root: (root / "tosguard-baseline.json").write_text('{\n<<<<<<< ours\n"version": 1\n'),
        ["check"],
        2,
        "merge conflict in the baseline",
        "tosguard-baseline.json:2: ",
        "keep both sides' lines",
    ),
    "a baseline that is not there": Mistake(
        nothing,
        ["check", "--baseline", "known.json"],
        2,
        "there is no file 'known.json'",
        "--baseline",
        "tosguard baseline create --baseline known.json",
    ),
    "a reason that is missing": Mistake(
        lambda root: (root / "summarise.py").write_text("# tosguard: ignore[openai/competing-model-training]\nx = 1\n"),
        ["check", "summarise.py"],
        0,
        "this suppression gives no reason and has no effect",
        "summarise.py:1: ",
        "write '# tosguard: ignore[openai/competing-model-training] why'",
    ),
    "a fingerprint of nothing": Mistake(
        nothing,
        ["waive", "0123abcd", "--reason", "agreed", "--approved-by", "GC"],
        2,
        "no finding has this fingerprint",
        "0123abcd: ",
        "copy a whole fingerprint from `tosguard audit`",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_what_where_and_what_next(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mistake = MISTAKES[name]
    mistake.prepare(project)
    code = main(mistake.arguments)
    captured = capsys.readouterr()
    told = " ".join((captured.out + captured.err).split())
    assert code == mistake.code, told
    for part in (mistake.what, mistake.where, mistake.next_step):
        assert part in f"{told} ", told
    assert "Traceback" not in told


def test_git_that_is_not_installed_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(project / "nowhere"))
    assert main(["check", "--diff-base", "main"]) == 2
    assert "git is not installed" in capsys.readouterr().err
    assert main(["check", "collect.py", "-f", "concise"]) == 1, "a check without a base does without git"


def test_old_trouble_elsewhere_does_not_stop_a_change(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "broken.py").write_text("import openai\ndef f(:\n")
    git(project, "add", ".")
    git(project, "commit", "-qm", "broken")
    (project / "new.py").write_text("x = 1\n")
    assert main(["check", "--diff-base", "HEAD", "-f", "concise"]) == 0
    assert "1 other file could not be analysed" in capsys.readouterr().out
    (project / "broken.py").write_text("import openai\ndef g(:\n")
    assert main(["check", "--diff-base", "HEAD", "-f", "concise"]) == 3
