"""What other tools read: hooks, the action, CI templates and what ``init`` writes, against those tools' own schemas."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tosguard.cli.main import main

TOP = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((TOP / "action.yml").read_text())


def check(schema: str, file: Path, *options: str) -> None:
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *options, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_action_is_one() -> None:
    check("github-actions", TOP / "action.yml")


def test_the_template_is_a_pipeline() -> None:
    check("gitlab-ci", TOP / "templates" / "gitlab-ci.yml", "--data-transform", "gitlab-ci")


def test_the_hooks_are_hooks() -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib")
    hooks = clientlib.load_manifest(str(TOP / ".pre-commit-hooks.yaml"))
    assert [hook["id"] for hook in hooks] == ["tosguard", "tosguard-audit"]


@pytest.mark.parametrize(
    ("service", "schema", "file", "options"),
    [
        ("github", "github-workflows", ".github/workflows/tosguard.yml", []),
        ("gitlab", "gitlab-ci", ".gitlab-ci.yml", ["--data-transform", "gitlab-ci"]),
    ],
)
def test_init_writes_valid_workflows(
    project: Path, service: str, schema: str, file: str, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--ci", service]) == 0
    check(schema, project / file, *options)
    told = capsys.readouterr().out
    assert all(f"{name}: " in told for name in ("tosguard.toml", ".pre-commit-config.yaml", file)), "each is explained"


def test_init_writes_a_configuration_and_a_hook_that_are_read(project: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from tosguard.config import read_settings
    from tosguard.config.reading import load_toml

    assert main(["init"]) == 0
    assert read_settings(project / "tosguard.toml").fail_on == "error"
    text = (project / "tosguard.toml").read_text()
    jsonschema.validate(load_toml(text, "x"), json.loads((TOP / "tosguard" / "config.schema.json").read_text()))
    clientlib = pytest.importorskip("pre_commit.clientlib")
    hook = clientlib.load_config(str(project / ".pre-commit-config.yaml"))["repos"][0]["hooks"][0]
    assert hook["entry"] == "tosguard check"


def test_init_says_what_it_cannot_write(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / ".github").write_text("a file")
    assert main(["init", "--ci", "github"]) == 2
    assert "tosguard.yml" in (told := capsys.readouterr().err)
    assert "name another one" in told


def steps() -> list[dict[str, Any]]:
    return list(ACTION["runs"]["steps"])


def test_the_action_is_composite_pinned_caches_and_uploads() -> None:
    assert ACTION["runs"]["using"] == "composite"
    used = [step["uses"] for step in steps() if "uses" in step]
    assert all(len(use.partition("@")[2]) == 40 for use in used)
    assert [use.partition("@")[0] for use in used] == [
        "actions/setup-python",
        "actions/cache",
        "github/codeql-action/upload-sarif",
    ]


def test_no_input_is_pasted_into_a_script() -> None:
    assert [step["name"] for step in steps() if "${{" in step.get("run", "")] == []


def test_what_the_action_and_the_template_ask_for_exists(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "a.py").write_text("x = 1\n")
    assert main(["check", "--format", "github", "-o", "tosguard.sarif", "--fail-on", "error", "--", "a.py"]) == 0
    assert main(["check", "--format", "text", "-o", "gl-code-quality-report.json", "-o", "tosguard.sarif"]) == 0
    assert json.loads((project / "gl-code-quality-report.json").read_text()) == []
    assert "no open findings" in capsys.readouterr().out
