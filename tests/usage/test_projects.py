"""The projects under ``fixtures/usage``: every ``# usage:`` comment is found on its line, and no other alarm; the same
where a project is looked at twice, as large ones are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tosguard.engine.request import Means, Project, Request, Terms, Unwatched
from tosguard.engine.run import run
from tosguard.flow.solver import focus

ROOT = Path(__file__).parents[2] / "fixtures" / "usage"
COMMENT = re.compile(r"#\s*usage:\s*(?P<pattern>[\w-]+)(?:\s+(?P<providers>[\w,-]+))?")

#: Usages that are not alarms: a project may show more of them than it is about.
QUIET = {"ordinary-use"}

PROJECTS = sorted(p for p in ROOT.iterdir() if p.is_dir())


def expected(project: Path) -> dict[tuple[str, int, str], tuple[str, ...]]:
    found = {}
    for file in sorted(project.rglob("*.py")):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            for said in COMMENT.finditer(line):
                providers = tuple(sorted((said["providers"] or "").split(","))) if said["providers"] else ()
                found[file.relative_to(project).as_posix(), number, said["pattern"]] = providers
    return found


@pytest.mark.parametrize("project", PROJECTS, ids=lambda p: p.name)
def test_a_project_shows_what_its_comments_say(project: Path) -> None:
    check(project)


@pytest.mark.parametrize("project", PROJECTS, ids=lambda p: p.name)
def test_a_project_that_is_looked_at_twice_shows_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(focus, "LARGE", 0)
    check(project)


def check(project: Path) -> None:
    request = Request(Project(project), Terms("2026-01-01"), means=Means(provenance=False))
    usages = run(request, Unwatched()).usages
    found = {(u.location.path, u.location.line, u.pattern): u.providers for u in usages}
    wanted = expected(project)
    missing = {k: v for k, v in wanted.items() if k not in found or (v and found[k] != v)}
    assert not missing, f"missing {missing} in {found}"
    assert {k for k in found if k[2] not in QUIET} <= set(wanted), f"beyond {set(wanted)}: {found}"
