"""The README's promises that can be checked without running them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tosguard.cli.main import _COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_there_are_exactly_two_commands_to_run() -> None:
    blocks = re.findall(r"<!-- run:(\w+) -->\n```sh\n(.+)\n```\n", README)
    assert [name for name, _ in blocks] == ["main", "tests"]
    assert README.count("```sh") == 2


def test_every_command_is_named() -> None:
    assert [name for name in _COMMANDS if f"`tosguard {name}" not in README] == []


def test_the_excerpt_is_what_is_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tosguard", "audit", "fixtures/demo", "--no-cache", "--as-of", "2026-11-22"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    excerpt = README.split("    $ tosguard audit fixtures/demo\n")[1].split("\n\n## ")[0]
    shown = [line.removeprefix("    ") for line in excerpt.splitlines() if line.strip() not in ("", "…")]
    assert [line for line in shown if line not in done.stdout.splitlines()] == []
