"""Answers that are given again: the same bytes as a run would write, and none where anything else would come out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

import tosguard
from tosguard.cli import answers
from tosguard.cli.answers import Call
from tosguard.cli.commands.check import command as check
from tosguard.cli.main import main
from tosguard.cli.replay import replay
from tosguard.flow.solver import machine

_GENERATE = """import json

import openai

from store import keep

client = openai.OpenAI()
rows = [json.loads(line) for line in open("tasks.jsonl")]
with open("train.jsonl", "w") as out:
    for row in rows:
        answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": row["q"]}])
        text = answer.choices[0].message.content
        out.write(json.dumps({"instruction": row["q"], "output": text}) + "\\n")
        keep(text)
"""
_FILES = {
    "generate.py": _GENERATE,
    "store.py": "def keep(text):\n    return text\n",
    "plain.py": "import json\n\n\ndef first(rows):\n    return rows[0]\n",
    "other.py": "def second(rows):\n    return rows[1]\n",
    "notes.yaml": "a: 1\n",
    ".gitignore": "ignored.py\n",
}


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.invalid"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in _FILES.items():
        (folder / name).write_text(text)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("TOSGUARD_NO_CACHE", raising=False)
    return folder


Answer = tuple[int, bytes]


class Runs:
    """The three ways to an answer."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture

    def full(self, *arguments: str) -> Answer:
        return self._of(lambda: main([*arguments, "--no-cache"]))

    def kept(self, *arguments: str) -> Answer:
        return self._of(lambda: main(list(arguments), Call(arguments)))

    def again(self, *arguments: str) -> Answer | None:
        found: list[int | None] = []
        _, out = self._of(lambda: found.append(replay(Call(arguments))) or 0)
        return None if found == [None] else (found[0] or 0, out)

    def _of(self, run: Callable[[], int]) -> Answer:
        self._capture.readouterr()
        code = run()
        return code, self._capture.readouterr().out


@pytest.fixture
def runs(project: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Runs:
    return Runs(capfdbinary)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["check"], id="check"),
        pytest.param(["check", "plain.py", "-q"], id="a file"),
        pytest.param(["check", "generate.py"], id="a file with findings"),
        pytest.param(["check", "--format", "json"], id="with the commit"),
        pytest.param(["audit"], id="audit"),
    ],
)
def test_the_third_time_nothing_is_run(runs: Runs, arguments: list[str]) -> None:
    assert runs.again(*arguments) is None
    first = runs.kept(*arguments)
    assert runs.again(*arguments) is None, "noted the first time, kept the second"
    assert runs.kept(*arguments) == first
    assert runs.again(*arguments) == first


def test_findings_are_told_again(runs: Runs) -> None:
    runs.kept("check")
    runs.kept("check")
    code, out = runs.again("check") or (0, b"")
    assert code == 1
    assert b"generate.py" in out


#: What makes an answer void: name, and what happens to the project.
_CHANGES: dict[str, Callable[[Path], object]] = {
    "a provider in a plain file": lambda root: (root / "plain.py").write_text("import json\nimport anthropic\n"),
    "a plain file imports what is analysed": lambda root: (root / "plain.py").write_text("import generate\n"),
    "a plain file names a data file": lambda root: (root / "other.py").write_text("p = 'train_rows.jsonl'\n"),
    "a comment for tosguard": lambda root: (root / "plain.py").write_text("import json\nx = 1  # tosguard: ignore\n"),
    "a file that is no text any more": lambda root: (root / "plain.py").write_bytes(b"import json\n\0"),
    "an analysed file": lambda root: (root / "generate.py").write_text(_GENERATE.replace("gpt-4o", "gpt-4.1")),
    "a helper of an analysed file": lambda root: (root / "store.py").write_text("def keep(text):\n    return 1\n"),
    "a provider among plain imports": lambda root: (root / "other.py").write_text("import json, replicate\n"),
    "a new file": lambda root: (root / "new.py").write_text("x = 1\n"),
    "a file less": lambda root: (root / "plain.py").unlink(),
    "a file that becomes a link": lambda root: (
        (root / "plain.py").unlink(),
        (root / "plain.py").symlink_to("other.py"),
    ),
    "what is ignored": lambda root: ((root / "ignored.py").write_text("x = 1\n"), (root / ".gitignore").write_text("")),
    "a configuration file": lambda root: (root / "tosguard.toml").write_text('ignore = ["openai"]\n'),
    "an ignored configuration": lambda root: (
        (root / ".git" / "info" / "exclude").write_text("tosguard.toml\n"),
        (root / "tosguard.toml").write_text('ignore = ["openai"]\n'),
    ),
    "waivers": lambda root: (root / "tosguard-waivers.yaml").write_text("waivers: []\n"),
    "what the project says of itself": lambda root: (root / "README.md").write_text("Instruction data."),
    "a scalar of a configuration": lambda root: (root / "notes.yaml").write_text("a: 2\n"),
}


@pytest.mark.parametrize("name", _CHANGES)
def test_an_answer_is_void_after(name: str, project: Path, runs: Runs) -> None:
    for _ in range(2):
        runs.kept("check")
    assert runs.again("check") is not None
    _CHANGES[name](project)
    assert runs.again("check") is None


_PART = "tools/data"

_MAKER = """
import json
from openai import OpenAI

client = OpenAI()
with open("topics.txt") as topics, open("answers.jsonl", "w") as out:
    for topic in topics:
        reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": topic}])
        out.write(json.dumps({"topic": topic, "text": reply.choices[0].message.content}) + "\\n")
"""

_INTRODUCED = "# Data\n\nWe generate synthetic training data to fine-tune a smaller model.\n"


_MARKER = """
import json
from openai import OpenAI

client = OpenAI()
with open("prompts/asked.txt") as file:
    asked = file.read()
with open("said.jsonl") as rows, open("kept.jsonl", "w") as out:
    for row in rows:
        prompt = asked.replace("{answer}", json.loads(row)["model_answer"])
        reply = client.responses.create(model="gpt-4o", input=prompt)
        out.write(json.dumps({"text": reply.output_text}) + "\\n")
"""

_ASKED = "Shorten this text to one sentence that a child can read: {answer}"
_GRADED = "You are a strict evaluator. Give the answer of the model a score from 1 to 5: {answer}"


@pytest.mark.parametrize(
    ("before", "after"), [(_ASKED, _GRADED), (None, _GRADED), (_GRADED, None)], ids=["another", "a new one", "none"]
)
def test_an_answer_is_void_after_a_prompt(
    project: Path, runs: Runs, monkeypatch: pytest.MonkeyPatch, before: str | None, after: str | None
) -> None:
    monkeypatch.setattr("tosguard.cli.recording.RACY_NS", 0)  # the prompt was written just now
    prompts = project / _PART / "prompts"
    prompts.mkdir(parents=True)
    (project / _PART / "mark.py").write_text(_MARKER)
    if before is not None:
        (prompts / "asked.txt").write_text(before)
    git(project, "add", "-A")
    for arguments in (["audit"], ["check"]):
        for _ in range(2):
            runs.kept(*arguments)
        assert runs.again(*arguments) is not None
    told = runs.full("audit")
    if after is None:
        (prompts / "asked.txt").unlink()
    else:
        (prompts / "asked.txt").write_text(after)
    for arguments in (["audit"], ["check"]):
        assert runs.again(*arguments) is None
        assert runs.kept(*arguments) == runs.full(*arguments), "nor does anything kept inside the run speak of before"
    assert runs.full("audit") != told


@pytest.mark.parametrize("folder", [_PART, "tools"], ids=["in its own folder", "in a folder around"])
@pytest.mark.parametrize(
    ("before", "after"),
    [("# Data\n\nSome tools.\n", _INTRODUCED), (None, _INTRODUCED), (_INTRODUCED, None)],
    ids=["another", "a new one", "none any more"],
)
def test_an_answer_is_void_after_what_a_part_says_of_itself(
    project: Path, runs: Runs, monkeypatch: pytest.MonkeyPatch, folder: str, before: str | None, after: str | None
) -> None:
    monkeypatch.setattr("tosguard.cli.recording.RACY_NS", 0)  # the README was written just now
    (project / _PART).mkdir(parents=True)
    (project / _PART / "make.py").write_text(_MAKER)
    readme = project / folder / "README.md"
    if before is not None:
        readme.write_text(before)
    git(project, "add", "-A")
    for arguments in (["audit"], ["check"]):
        for _ in range(2):
            runs.kept(*arguments)
        assert runs.again(*arguments) is not None
    told = runs.full("audit")
    if after is None:
        readme.unlink()
    else:
        readme.write_text(after)
    for arguments in (["audit"], ["check"]):
        assert runs.again(*arguments) is None
        assert runs.kept(*arguments) == runs.full(*arguments), "nor does anything kept inside the run speak of before"
    assert runs.full("audit") != told


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import json\n\n\ndef last(rows):\n    return rows[-1]\n", id="another body"),
        pytest.param("import json\n\n\ndef first(rows):\n    return rows[0]\n\n# why\n", id="a comment"),
        pytest.param("import json\n\n\ndef first(rows:\n", id="not Python, but not of interest"),
    ],
)
def test_a_plain_file_may_change(project: Path, runs: Runs, text: str) -> None:
    for arguments in (["check"], ["check", "plain.py"]):
        for _ in range(2):
            runs.kept(*arguments)
    (project / "plain.py").write_text(text)
    for arguments in (["check"], ["check", "plain.py"], ["check", "other.py", "plain.py"]):
        assert runs.again(*arguments) == runs.full(*arguments)


def test_a_file_that_is_written_as_it_was_counts_as_unchanged(project: Path, runs: Runs) -> None:
    for _ in range(2):
        runs.kept("check")
    (project / "generate.py").write_text(_GENERATE)
    assert runs.again("check") == runs.full("check")


def test_what_was_said_on_stderr_is_said_again(
    project: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "BASE_STEPS", 0)
    monkeypatch.setattr(machine, "STEPS_PER_LINE", 0)
    call = ("audit", "--format", "json")
    for _ in range(2):
        capfdbinary.readouterr()
        main(list(call), Call(call))
    ran = capfdbinary.readouterr()
    assert b"too entangled" in ran.err
    assert replay(Call(call)) == 0
    assert capfdbinary.readouterr() == ran
    quiet = (*call, "--quiet")
    for _ in range(2):
        main(list(quiet), Call(quiet))
    capfdbinary.readouterr()
    assert replay(Call(quiet)) == 0
    assert capfdbinary.readouterr().err == b""


def test_what_holds_for_one_clean_file_holds_for_another(project: Path, runs: Runs) -> None:
    for _ in range(2):
        runs.kept("check", "plain.py")
    assert runs.again("check", "./other.py", str(project / "plain.py")) == runs.full("check", "other.py")
    assert runs.again("check", "generate.py") is None, "it has findings of its own"
    assert runs.again("check", "missing.py") is None
    assert runs.again("check", "plain.py", "--statistics") is None, "other options"
    assert runs.again("check", "plain.py", "--format", "json") is None


_OPENED = """
import os, sys
from tosguard.cli import recording
from tosguard.cli.answers import Call
from tosguard.cli.main import main

recording.RACY_NS = 0  # the project was written just now, and nothing writes to it meanwhile
opened = set()
arguments = sys.argv[1:]
root = os.getcwd() + os.sep
sys.addaudithook(lambda event, given: opened.add(os.fspath(given[0])) if event == "open" and
                 isinstance(given[0], (str, os.PathLike)) else None)
for _ in range(2):
    main(arguments, Call(arguments))
record = Call(arguments).record()[0]
watched = {root + path for path in record["files"]} | set(record["outside"])
inside = {os.path.abspath(path) for path in opened if os.path.abspath(path).startswith(root)}
assert any(path.endswith("generate.py") for path in inside)
print(*sorted(inside - watched), file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["check"], ["audit", "--format", "json"]])
def test_every_file_of_the_project_that_a_run_opens_is_watched(project: Path, arguments: list[str]) -> None:
    (project / "README.md").write_text("Text.")
    (project / "pyproject.toml").write_text('[tool.tosguard]\nfail-on = "never"\n')
    (project / "tosguard-waivers.yaml").write_text("waivers: []\n")
    (project / "script").write_text("#!/bin/sh\npython generate.py\n")
    done = subprocess.run(
        [sys.executable, "-c", _OPENED, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(tosguard.__file__).parent.parent)},
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_a_commit_voids_an_answer_that_names_it(project: Path, runs: Runs) -> None:
    for arguments in (["check"], ["check", "--format", "json"]):
        for _ in range(2):
            runs.kept(*arguments)
    git(project, "commit", "-q", "--allow-empty", "-m", "second")
    assert runs.again("check", "--format", "json") is None
    assert runs.again("check") is not None


def test_a_torn_record_is_none(runs: Runs) -> None:
    for _ in range(2):
        runs.kept("check")
    file = Call(["check"]).file
    assert file is not None
    data = Path(file).read_bytes()
    Path(file).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert runs.again("check") is None


def test_a_record_that_others_can_write_is_not_believed(runs: Runs) -> None:
    for _ in range(2):
        runs.kept("check")
    file = Call(["check"]).file
    assert file is not None
    Path(file).parent.chmod(0o777)
    assert runs.again("check") is None


def test_nothing_is_kept_without_a_cache(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        runs.kept("check", "--no-cache")
    assert runs.again("check", "--no-cache") is None


@pytest.mark.parametrize("name", ["TOSGUARD_FAIL_ON", "NO_COLOR", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL"])
def test_the_surroundings_count(runs: Runs, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for _ in range(2):
        runs.kept("check")
    monkeypatch.setenv(name, "never")
    assert runs.again("check") is None


def test_a_hook_s_variables_do_not(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        runs.kept("check")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "@1 +0000")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index.next")
    assert runs.again("check") is not None


def test_the_options_that_are_looked_through_are_what_they_are_taken_for() -> None:
    options = {name: option for option in check.params for name in option.opts if isinstance(option, click.Option)}
    for name in answers.FLAGS:
        option = options[name]
        assert isinstance(option, click.Option)
        assert option.is_flag
    for name in answers.NUMBERS:
        option = options[name]
        assert isinstance(option, click.Option)
        assert not option.is_flag
        assert option.nargs == 1
