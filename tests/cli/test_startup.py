"""Start-up is paid on every commit: what is heavy is imported only where it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tosguard

HEAVY = ("yaml", "libcst", "jinja2", "rapidfuzz", "httpx", "jsonschema", "asyncio", "multiprocessing", "sqlite3")

PROBE = """
import sys
sys.argv = ["tosguard", *sys.argv[1:]]
from tosguard.cli.main import run
try:
    run()
except SystemExit as stop:
    sys.stdout.flush()
    print("EXIT", stop.code, file=sys.stderr)
print("LOADED", *sorted(sys.modules), file=sys.stderr)
"""


def loaded(*arguments: str, cwd: Path, cache: Path) -> tuple[int, set[str]]:
    """The exit code of a command line and the modules it imported."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "TOSGUARD_CACHE_DIR": str(cache), "PYTHONPATH": str(Path(tosguard.__file__).parent.parent)},
        timeout=120,
        check=True,
    )
    code = next(line.split()[1] for line in done.stderr.splitlines() if line.startswith("EXIT "))
    modules = next(line.split()[1:] for line in done.stderr.splitlines() if line.startswith("LOADED "))
    return int(code), set(modules)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"], ["audit", "--help"]])
def test_nothing_heavy_is_imported_for(arguments: list[str], tmp_path: Path) -> None:
    code, modules = loaded(*arguments, cwd=tmp_path, cache=tmp_path)
    assert code == 0
    assert sorted(modules & set(HEAVY)) == []


def test_the_version_does_not_even_import_click(tmp_path: Path) -> None:
    assert "click" not in loaded("--version", cwd=tmp_path, cache=tmp_path)[1]


def test_files_without_a_provider_are_checked_without_a_parser(tmp_path: Path) -> None:
    project, cache = tmp_path / "project", tmp_path / "cache"
    project.mkdir()
    (project / "plain.py").write_text("import json\n\nprint(json.dumps({'a': 1}))\n")
    code, modules = loaded("check", "plain.py", cwd=project, cache=cache)
    assert code == 0
    assert sorted(modules & (set(HEAVY) - {"yaml", "sqlite3"})) == []
    code, modules = loaded("check", "plain.py", cwd=project, cache=cache)
    assert code == 0
    assert sorted(modules & (set(HEAVY) - {"sqlite3"})) == []


#: What an answer that is given again needs besides what the interpreter has loaded by itself.
LIGHT = ("click", "re", "typing", "dataclasses", "pathlib", "subprocess", "hashlib", "json", "enum", "datetime")


def test_an_answer_that_still_holds_needs_next_to_nothing(tmp_path: Path) -> None:
    project, cache = tmp_path / "project", tmp_path / "cache"
    project.mkdir()
    (project / "plain.py").write_text("import json\n\nprint(json.dumps({'a': 1}))\n")
    (project / "other.py").write_text("print(1)\n")
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    bare = {*HEAVY, *LIGHT} - _loaded_by_itself()
    for _ in range(2):
        loaded("check", "plain.py", cwd=project, cache=cache)
    code, modules = loaded("check", "plain.py", cwd=project, cache=cache)
    assert code == 0
    assert sorted(modules & bare) == []
    (project / "other.py").write_text("print(2)\n")
    code, modules = loaded("check", "other.py", cwd=project, cache=cache)
    assert code == 0
    assert sorted(modules & bare) == [], "one file without a provider changed"


def _loaded_by_itself() -> set[str]:
    """What this interpreter loads before any program."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())
