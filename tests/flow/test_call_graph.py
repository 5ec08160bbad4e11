"""One small program a language feature: the call graph must be the expected one, no edge missing or invented."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from tosguard.catalog.catalogue import Catalogue
from tosguard.catalog.compiled import load_fast
from tosguard.cli.main import main
from tosguard.engine.graph import graph_of
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import solve
from tosguard.syntax.lowering import lower

PROGRAMS = Path(__file__).parent / "programs"


@cache
def catalogue() -> Catalogue:
    return load_fast()


def edges_of(folder: Path) -> set[tuple[str, str]]:
    """The call graph of a folder of plain files."""
    modules = [
        SourceModule(path.relative_to(folder).as_posix(), lower(path.read_text(encoding="utf-8")))
        for path in sorted(folder.rglob("*.py"))
    ]
    return set(graph_of(solve(modules, catalogue(), every_branch=True)).edges)


@pytest.mark.parametrize(
    "folder", sorted(p.parent for p in PROGRAMS.rglob("edges.json")), ids=lambda p: f"{p.parent.name}/{p.name}"
)
def test_call_graph_is_exact(folder: Path) -> None:
    expected = {(caller, callee) for caller, callee in json.loads((folder / "edges.json").read_text(encoding="utf-8"))}
    found = edges_of(folder)
    assert {"missing": expected - found, "invented": found - expected} == {"missing": set(), "invented": set()}


def test_the_command_draws_the_graph_of_plain_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No git, no provider: ``--all`` analyses everything, tests decided by the callers are followed both ways."""
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "__init__.py").write_text("")
    (tmp_path / "pkg" / "tools.py").write_text("def f():\n    pass\n\n\ndef g():\n    pass\n")
    (tmp_path / "main.py").write_text(
        "from pkg import tools\n\n\ndef run(fast):\n    if fast:\n        tools.f()\n"
        "    else:\n        tools.g()\n\n\nrun(True)\n"
    )
    monkeypatch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path / "cache"))
    assert main(["graph", str(tmp_path), "--all", "--format", "json", "--quiet"]) == 0
    graph = json.loads(capsys.readouterr().out)
    assert graph["nodes"]["pkg.tools.g"] == {"path": "pkg/tools.py", "line": 5}
    assert graph["edges"] == [["main", "main.run"], ["main.run", "pkg.tools.f"], ["main.run", "pkg.tools.g"]]
