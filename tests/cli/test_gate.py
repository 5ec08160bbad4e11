"""The gate in the repositories people have: monorepos, clones of every kind, modes of output."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tosguard.cli.main import main

TOP = Path(__file__).resolve().parents[2]
DEMO = TOP / "fixtures" / "demo"
RULE = "openai/competing-model-training"
Run = Callable[..., tuple[int, str, str]]


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"]
    return subprocess.run([*command, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "step")


@pytest.fixture
def mono(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the same service twice."""
    root = tmp_path / "mono"
    for name in ("api", "web"):
        shutil.copytree(DEMO, root / "services" / name)
    git(root, "init", "-q", "-b", "main")
    commit(root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path / "cache"))
    return root


@pytest.fixture
def tosguard(mono: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def found(tosguard: Run, *arguments: str) -> list[str]:
    """Path and line of the open findings."""
    out = tosguard(*arguments, "-f", "concise", "-q")[1]
    return [":".join(line.split(":")[:2]) for line in out.splitlines()]


def report(tosguard: Run, *arguments: str) -> Any:
    return json.loads(tosguard(*arguments, "-f", "json")[1])


API, WEB = "services/api/collect.py:13", "services/web/collect.py:13"


# Configuration --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "text", "expected"),
    [
        ("services/api", 'ignore = ["openai"]', [WEB]),
        ("services/api", 'select = ["anthropic"]', [WEB]),
        ("services/api", 'exclude = ["collect.py"]', [WEB]),
        ("services/api", '[per-path-ignores]\n"collect.py" = ["training-on-output"]', [WEB]),
        ("services/api", '[per-path-ignores]\n"api/collect.py" = ["training-on-output"]', [API, WEB]),
        ("services/api", "", [API, WEB]),
        ("", 'ignore = ["openai"]', []),
        ("", '[per-path-ignores]\n"services/api/**" = ["openai"]', [WEB]),
    ],
)
def test_the_nearest_configuration_decides(
    mono: Path, tosguard: Run, where: str, text: str, expected: list[str]
) -> None:
    (mono / where / "tosguard.toml").write_text(text + "\n")
    assert found(tosguard, "check") == expected


def test_a_configuration_replaces_the_one_above(mono: Path, tosguard: Run) -> None:
    (mono / "tosguard.toml").write_text('ignore = ["openai"]\n')
    (mono / "services" / "web" / "pyproject.toml").write_text('[tool.tosguard]\nmin-confidence = "low"\n')
    assert found(tosguard, "check") == [WEB]
    assert found(tosguard, "check", "--isolated") == [API, WEB]
    assert found(tosguard, "check", "--config", "tosguard.toml") == []
    assert found(tosguard, "check", "--ignore", "openai") == []


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ('exclude = ["services/api/collect.py"]', []),
        ('exclude = ["services/*/collect.py"]', []),
        ('exclude = ["collect.py"]', []),
        ('exclude = ["**/collect.py"]', []),
        ('exclude = ["services/web"]', ["collect.py:13"]),
        ('[per-path-ignores]\n"services/api/*.py" = ["ALL"]', []),
        ('[per-path-ignores]\n"services/web/*.py" = ["ALL"]', ["collect.py:13"]),
    ],
)
def test_globs_start_at_their_configuration_wherever_the_audit_begins(
    mono: Path, tosguard: Run, key: str, expected: list[str]
) -> None:
    (mono / "tosguard.toml").write_text(f"{key}\n")
    # Two folders with their helpers: what is not excluded must still be found.
    out = tosguard("audit", "services/api", "-f", "concise", "-q")[1]
    assert [":".join(line.split(":")[:2]) for line in out.splitlines()] == expected


def test_a_part_has_the_fingerprints_of_the_whole(mono: Path, tosguard: Run) -> None:
    whole = {finding["fingerprint"] for finding in report(tosguard, "audit")["findings"]}
    parts = {
        f["fingerprint"] for name in ("api", "web") for f in report(tosguard, "audit", f"services/{name}")["findings"]
    }
    assert len(whole) == 2
    assert parts == whole


def test_a_part_is_judged_by_the_baseline_of_the_whole(mono: Path, tosguard: Run) -> None:
    assert tosguard("baseline", "create", "services/api")[0] == 0
    assert (mono / "tosguard-baseline.json").read_text().count("fingerprint") == 2, "a baseline covers its project"
    assert tosguard("check")[0] == 0
    code, out, _ = tosguard("audit", "services/api", "--fail-on", "error")
    assert code == 0
    assert "has no finding any more" not in out, "what lies outside is not looked at"


# Suppressions and waivers ---------------------------------------------------------------------------------------------


def test_an_unused_suppression_is_reported_where_nothing_else_is(mono: Path, tosguard: Run) -> None:
    (mono / "quiet.py").write_text(f"# tosguard: ignore[{RULE}] once needed\nx = 1\n")
    told = "quiet.py:1: the suppression of openai/competing-model-training is not needed"
    assert told in tosguard("check", "-f", "concise")[1]
    assert told in tosguard("check", "quiet.py", "-f", "concise")[1]
    assert told not in tosguard("check", "services", "-f", "concise")[1]
    assert told in tosguard("check", "--diff-base", "HEAD", "-f", "concise")[1], "a new file"
    commit(mono)
    assert told not in tosguard("check", "--diff-base", "HEAD", "-f", "concise")[1]


def test_rules_of_every_pack_are_known(mono: Path, tosguard: Run) -> None:
    from tosguard.policy.library import open_library

    library = open_library()
    rule = library.load(library.versions("anthropic")[0]).rules[0].id
    (mono / "quiet.py").write_text(f"# tosguard: ignore[{rule}, anthropic/no-such-rule] why not\nx = 1\n")
    out = tosguard("check", "-f", "concise")[1]
    assert "no rule is called 'anthropic/no-such-rule'" in out
    assert f"no rule is called '{rule}'" not in out


def test_configurations_that_name_us_are_no_suppressions(mono: Path, tosguard: Run) -> None:
    (mono / "tosguard.toml").write_text("# tosguard: our settings\n")
    (mono / "ci.yml").write_text("# tosguard: runs here\n")
    assert "directive" not in tosguard("check", "-f", "concise")[1]


def test_a_waivers_file_keeps_its_line_ends(mono: Path, tosguard: Run) -> None:
    head = b"# ours\r\nwaivers:\r\n"
    (mono / "tosguard-waivers.yaml").write_bytes(head)
    marks = [finding["fingerprint"] for finding in report(tosguard, "audit")["findings"]]
    for mark in marks:
        assert tosguard("waive", mark, "--reason", "agreed", "--approved-by", "GC")[0] == 0
    written = (mono / "tosguard-waivers.yaml").read_bytes()
    assert written.startswith(head)
    assert written.count(b"\n") == written.count(b"\r\n") > 8
    assert tosguard("check")[0] == 0


def test_a_notebook_is_suppressed_inline(mono: Path, tosguard: Run) -> None:
    shutil.rmtree(mono / "services")
    shutil.copy(DEMO / "provider.py", mono)
    code = (DEMO / "collect.py").read_text().replace('if __name__ == "__main__":\n    main()', "main()")
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": code.splitlines(keepends=True)},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": (DEMO / "finetune.py").read_text()},
    ]
    book = mono / "study.ipynb"
    book.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1))
    (finding,) = report(tosguard, "audit")["findings"]
    before = book.read_text().splitlines()
    assert tosguard("waive", finding["fingerprint"], "--inline", "--reason", "licensed")[0] == 0
    assert [line for line in book.read_text().splitlines() if "tosguard: ignore" not in line] == before
    assert tosguard("check")[0] == 0


# Clones ---------------------------------------------------------------------------------------------------------------


def change(root: Path) -> None:
    file = root / "services" / "api" / "collect.py"
    file.write_text(file.read_text().replace("output = complete", "output  = complete"))


def test_a_shallow_clone_is_compared_with_the_base_itself(mono: Path, tosguard: Run, tmp_path: Path) -> None:
    git(mono, "checkout", "-qb", "topic")
    change(mono)
    commit(mono)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", "-b", "topic", mono.as_uri(), str(clone))
    os.chdir(clone)
    assert found(tosguard, "check", "--diff-base", "origin/main") == [API]
    code, _, err = tosguard("check", "--diff-base", "HEAD~1")
    assert code == 2
    assert "this clone is shallow" in err
    assert "git fetch --unshallow origin" in err


def test_a_worktree_with_a_detached_head(mono: Path, tosguard: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git(mono, "worktree", "add", "-q", "--detach", str(other))
    change(other)
    os.chdir(other)
    assert found(tosguard, "check", "--diff-base", "main") == [API]
    assert found(tosguard, "check", "--staged") == []
    git(other, "add", ".")
    assert found(tosguard, "check", "--staged") == [API]
    assert report(tosguard, "audit")["run"]["commit"] == git(mono, "rev-parse", "main")


def test_a_submodule_is_checked_as_the_repository_it_is(mono: Path, tosguard: Run, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q", "-b", "main")
    git(outer, "submodule", "--quiet", "add", str(mono), "inner")
    commit(outer)
    change(outer / "inner")
    os.chdir(outer / "inner")
    assert found(tosguard, "check", "--diff-base", "HEAD") == [API]
    os.chdir(outer)
    assert found(tosguard, "check", "--diff-base", "HEAD") == []


def test_staged_means_the_index_and_lines_where_they_stand(mono: Path, tosguard: Run) -> None:
    change(mono)
    git(mono, "add", ".")
    file = mono / "services" / "api" / "collect.py"
    file.write_text("# later\n" * 5 + file.read_text())
    assert found(tosguard, "check", "--staged") == ["services/api/collect.py:18"]


def test_a_renamed_file_without_a_change_is_not_news(mono: Path, tosguard: Run) -> None:
    git(mono, "mv", "services/api", "services/core")
    assert found(tosguard, "check", "--diff-base", "HEAD") == []
    assert found(tosguard, "check", "--staged") == []


def test_a_hook_in_a_subfolder_sees_the_whole_project(mono: Path, tosguard: Run) -> None:
    os.chdir(mono / "services" / "api")
    assert found(tosguard, "check", "provider.py") == [API]
    assert found(tosguard, "check", "summarise.py") == []


# Output ---------------------------------------------------------------------------------------------------------------


def test_one_line_mode(tosguard: Run) -> None:
    lines = tosguard("check", "-f", "concise", "--statistics")[1].splitlines()
    assert [line.split(": ")[0] for line in lines[:2]] == [f"{API}:18", f"{WEB}:18"]
    assert lines[2] == f"2  error    {RULE}"
    assert lines[-1] == "tosguard: 2 open findings (2 errors)"


def test_quiet_and_verbose(tosguard: Run) -> None:
    quiet, usual, verbose = (tosguard("check", *options)[1] for options in (["-q"], [], ["-v"]))
    assert len(quiet.splitlines()) == 2
    assert len(quiet) < len(usual) < len(verbose)
    assert "= trace:" in usual
    assert "= confidence: medium" not in usual
    assert "= confidence: medium" in verbose


def test_accepted_findings_are_shown_on_request(mono: Path, tosguard: Run) -> None:
    assert tosguard("baseline", "create")[0] == 0
    assert found(tosguard, "check") == []
    assert found(tosguard, "check", "--show-suppressed") == [API, WEB]
    assert "in the baseline" in tosguard("check", "--show-suppressed", "-f", "concise")[1]


@pytest.mark.parametrize(
    ("choice", "environment", "colored"),
    [
        ("auto", {}, False),
        ("always", {}, True),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_where_it_should_be(
    tosguard: Run, monkeypatch: pytest.MonkeyPatch, choice: str, environment: dict[str, str], colored: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\033[" in tosguard("check", "--color", choice)[1]) is colored
    assert "\033" not in tosguard("check", "-f", "json", "--color", "always")[1]


def test_the_summary_of_the_job_is_written_once_for_github(
    mono: Path, tosguard: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "summary.md"
    target.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(target))
    tosguard("check", "-f", "concise")
    assert target.read_text() == "before\n"
    assert tosguard("check", "-f", "github")[0] == 1
    text = target.read_text()
    assert text.startswith("before\n## tosguard\n")
    assert "services/api/collect.py:13" in text
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "no" / "where"))
    code, out, err = tosguard("check", "-f", "github")
    assert (code, "::error" in out, "cannot be written" in err) == (1, True, True)


def test_sarif_names_repository_branch_and_files(mono: Path, tosguard: Run) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    git(mono, "remote", "add", "origin", "https://user:secret@git.example.org/team/mono.git")
    text = tosguard("audit", "services/api", "-f", "sarif")[1]
    log = json.loads(text)
    jsonschema.validate(log, json.loads((TOP / "tests" / "data" / "sarif-schema-2.1.0.json").read_text()))
    (run,) = log["runs"]
    assert run["versionControlProvenance"] == [
        {
            "repositoryUri": "https://git.example.org/team/mono",
            "revisionId": git(mono, "rev-parse", "HEAD"),
            "branch": "main",
            "mappedTo": {"uriBaseId": "%SRCROOT%"},
        }
    ]
    assert "secret" not in text
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "services/api/collect.py", "services read paths from the top of the repository"
    hashes = {item["location"]["uri"]: item["hashes"]["sha-256"] for item in run["artifacts"]}
    for name in ("collect.py", "finetune.py", "provider.py"):
        file = mono / "services" / "api" / name
        assert hashes[f"services/api/{name}"] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_notices_reach_people_whatever_the_format(mono: Path, tosguard: Run) -> None:
    (mono / "quiet.py").write_text(f"# tosguard: ignore[{RULE}]\nx = 1\n")
    for arguments in (["-f", "gitlab"], ["-f", "junit"], ["-o", "x.sarif"]):
        assert "gives no reason" in tosguard("check", *arguments)[2]
        assert "gives no reason" not in tosguard("check", "-q", *arguments)[2]
    assert "gives no reason" in tosguard("check", "-f", "github")[1]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_options_and_choices(shell: str) -> None:
    command = [sys.executable, "-m", "tosguard"]

    def completed(line: str) -> str:
        words = line.split(" ")
        environment = {
            **os.environ,
            "PYTHONPATH": str(TOP),
            "_TOSGUARD_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1),
        }
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout

    assert "baseline" in completed("tosguard ba")
    assert "--diff-base" in completed("tosguard check --di")
    assert "sarif" in completed("tosguard check --format sa")
