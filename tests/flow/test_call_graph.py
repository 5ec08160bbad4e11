"""One small program a language feature: the call graph must be exactly the expected one, no edge missing, none invented."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from tosguard.catalog.catalogue import Catalogue
from tosguard.catalog.compiled import load_fast
from tosguard.engine.graph import graph_of
from tosguard.flow.project import SourceModule
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


@pytest.mark.parametrize("folder", sorted(p.parent for p in PROGRAMS.rglob("edges.json")), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_call_graph_is_exact(folder: Path) -> None:
    expected = {(caller, callee) for caller, callee in json.loads((folder / "edges.json").read_text(encoding="utf-8"))}
    found = edges_of(folder)
    assert {"missing": expected - found, "invented": found - expected} == {"missing": set(), "invented": set()}
