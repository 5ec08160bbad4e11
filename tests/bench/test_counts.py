"""What a run costs, counted and not timed: lines parsed, steps of the solver. No machine's mood changes these."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tosguard.engine import lowering
from tosguard.engine.request import Means, Project, Request, Terms
from tosguard.engine.run import run
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import evaluate, in_deep_stack
from tosguard.report import json as report_json
from tosguard.syntax.lowering import lower

#: A pinned project of several files, which nobody has a reason to change.
PROJECT = Path(__file__).with_name("project")
#: What solving it takes, with room for a third more; look for the reason before raising it.
STEPS = 15


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROJECT, tmp_path / "tree"))


class Parsed:
    """The sources that were parsed."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def take(self) -> list[str]:
        taken, self.texts = self.texts, []
        return taken


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parsed]:
    seen = Parsed()
    encoded = lowering.encoded

    def noted(text: str) -> bytes:
        seen.texts.append(text)
        return encoded(text)

    monkeypatch.setattr(lowering, "encoded", noted)
    yield seen


def request(tree: Path, cache: Path | None) -> Request:
    return Request(Project(tree), Terms(as_of="2026-01-01"), means=Means(cache=cache, jobs=1, provenance=False))


def test_no_line_is_parsed_twice(tree: Path, tmp_path: Path, parsed: Parsed) -> None:
    cache = tmp_path / "cache"
    run(request(tree, cache))
    cold = parsed.take()
    assert len(cold) == len(set(cold)) == 3, "the candidate, its caller, and what that calls"
    run(request(tree, cache))
    assert parsed.take() == [], "nothing changed"
    (tree / "plain.py").write_text("def unrelated():\n    return 2\n")
    run(request(tree, cache))
    assert parsed.take() == [], "a file without a provider changed"
    changed = (tree / "generate.py").read_text() + "\nCHANGED = True\n"
    (tree / "generate.py").write_text(changed)
    run(request(tree, cache))
    assert parsed.take() == [changed], "one file changed"


def test_a_parse_by_several_processes_gives_the_same_bytes(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = report_json.render(run(request(tree, None)))
    monkeypatch.setattr(lowering, "_WORTH_FORKING", 0)
    monkeypatch.setattr(lowering, "_WORTH_SPAWNING", 0)
    asked = request(tree, None)
    two = report_json.render(run(dataclasses.replace(asked, means=dataclasses.replace(asked.means, jobs=2))))
    assert one == two


def test_the_solver_takes_no_more_steps() -> None:
    from tosguard.catalog.compiled import load_fast

    modules = [SourceModule(path.name, lower(path.read_text())) for path in sorted(PROJECT.glob("*.py"))]
    machine = in_deep_stack(lambda: evaluate(modules, load_fast(), {}))
    assert 0 < machine.evaluations <= STEPS
