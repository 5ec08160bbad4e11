from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tosguard import __version__
from tosguard.cli import main as entry
from tosguard.cli.commands import cache
from tosguard.errors import ConfigurationError, IncompleteError


def tosguard(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The installed command, as a user runs it."""
    return subprocess.run(
        [sys.executable, "-m", "tosguard", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **environment},
        timeout=120,
        check=False,
    )


def test_version() -> None:
    done = tosguard("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"tosguard {__version__}\n", "")


def test_help_goes_to_stdout_and_names_every_command() -> None:
    done = tosguard("--help")
    assert done.returncode == 0
    assert done.stderr == ""
    for name in entry._COMMANDS:
        assert f"\n  {name} " in done.stdout


def test_nothing_asked_is_wrong_usage_and_shows_the_help() -> None:
    done = tosguard()
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Commands:" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        pytest.param(["chek"], "did you mean 'check'", id="a command misspelt"),
        pytest.param(["frobnicate"], "commands are", id="no such command"),
        pytest.param(["audit", "--fromat", "json"], "--format", id="an option misspelt"),
        pytest.param(["audit", "--format", "jsn"], "json", id="a value misspelt"),
        pytest.param(["audit", "no-such-place"], "no-such-place", id="a path that does not exist"),
        pytest.param(["audit", "--as-of", "2025-13-01"], "2025-13-01", id="no date"),
        pytest.param(["audit", "-o", "report.xyz"], ".sarif", id="an unknown suffix"),
        pytest.param(["cache", "clen"], "clean", id="a command of a group misspelt"),
    ],
)
def test_wrong_usage_is_said_with_what_would_be_right(arguments: list[str], hint: str, tmp_path: Path) -> None:
    done = tosguard(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert hint in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", entry._COMMANDS)
def test_the_short_help_of_the_list_is_the_command_s_own(name: str) -> None:
    command = importlib.import_module(f"tosguard.cli.commands.{name}").command
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.short_help == entry._COMMANDS[name]


@pytest.mark.parametrize(
    ("error", "code", "shown"),
    [
        (
            ConfigurationError("bad key", where="x.toml:3", next_step="remove it"),
            2,
            "error: x.toml:3: bad key; remove it",
        ),
        (IncompleteError("half done"), 3, "error: half done"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (RuntimeError("a\nb"), 3, "internal error: RuntimeError: a b; this is a defect"),
        (RecursionError("deep"), 3, "internal error: RecursionError"),
        (MemoryError(), 3, "internal error: MemoryError"),
    ],
)
def test_failures_are_one_line_and_a_code(
    error: BaseException, code: int, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.delenv("TOSGUARD_DEBUG", raising=False)
    monkeypatch.setattr(cache.command.commands["info"], "callback", fail)
    assert entry.main(["cache", "info"]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert shown in captured.err
    assert captured.err.strip().count("\n") == 0


def test_a_traceback_is_shown_on_request(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TOSGUARD_DEBUG", "1")
    monkeypatch.setattr(cache.command.commands["info"], "callback", lambda: 1 / 0)
    assert entry.main(["cache", "info"]) == 3
    assert "ZeroDivisionError: division by zero" in capsys.readouterr().err


def test_a_reader_that_leaves_is_no_error() -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m tosguard catalog list | true; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "0"
    assert done.stderr == ""


def test_cache_info_and_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path))
    runner = CliRunner()
    shown = runner.invoke(cache.command, ["info"])
    assert str(tmp_path) in shown.output
    assert "removed" in runner.invoke(cache.command, ["clean"]).output
    assert "nothing to remove" in runner.invoke(cache.command, ["clean"]).output
