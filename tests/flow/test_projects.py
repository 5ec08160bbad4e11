"""The projects under ``fixtures/flow``: what reaches each marked line, and nothing else.

``# born: a`` names the answer that the call on its line gives, ``# from: a b`` says which of them the call on its line
takes in (``# from: nothing`` for a near miss), ``# model: m-1 m-2`` which model ids its call may ask for.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tosguard.engine.request import Means, Project, Request, Terms, Unwatched
from tosguard.engine.run import solve_project
from tosguard.flow.facts import Solution

ROOT = Path(__file__).parents[2] / "fixtures" / "flow"
MARK = re.compile(r"#\s*(?P<kind>born|from|model):\s*(?P<names>[\w.: -]+?)\s*(?:#|$)")

#: A line of a file; in a notebook the cell's line, and the cell.
At = tuple[str, int, int | None]


def marks_of(project: Path) -> dict[str, dict[At, frozenset[str]]]:
    """The comments of a project by kind."""
    found: dict[str, dict[At, frozenset[str]]] = {"born": {}, "from": {}, "model": {}}
    for path in sorted(project.rglob("*")):
        name = path.relative_to(project).as_posix()
        for cell, lines in _texts(path):
            for number, line in enumerate(lines, 1):
                for said in MARK.finditer(line):
                    found[said["kind"]][name, number, cell] = frozenset(said["names"].split()) - {"nothing"}
    return found


def _texts(path: Path) -> list[tuple[int | None, list[str]]]:
    if path.suffix == ".py":
        return [(None, path.read_text().splitlines())]
    if path.suffix != ".ipynb":
        return []
    cells = json.loads(path.read_text())["cells"]
    return [(number, "".join(cell["source"]).splitlines()) for number, cell in enumerate(cells, 1)]


def solved(project: Path) -> Solution:
    """The flow solution as the audit gets it: closure, notebooks, scripts and configurations included."""
    request = Request(Project(project), Terms("2026-01-01"), means=Means(provenance=False))
    return solve_project(request, Unwatched(), everything=False, every_branch=False)[0]


@pytest.mark.parametrize("project", sorted(p for p in ROOT.iterdir() if p.is_dir()), ids=lambda p: p.name)
def test_a_project_flows_as_its_comments_say(project: Path) -> None:
    marks = marks_of(project)
    assert marks["from"] or marks["model"], "a project without a comment shows nothing"
    solution = solved(project)
    reached: dict[At, set[str]] = {at: set() for at in marks["from"]}
    for flow in solution.flows:
        origin, taken = solution.origins[flow.origin], solution.calls[flow.sink].place
        places = (solution.calls[origin.call].place, *origin.chain)
        born = next((marks["born"][at] for p in places if (at := (p.path, p.line, p.cell)) in marks["born"]), None)
        end = (taken.path, taken.line, taken.cell)
        if born is not None and end in reached and not flow.derived:
            reached[end] |= born
    asked: dict[At, set[str]] = {at: set() for at in marks["model"]}
    for call in solution.calls:
        for place in (call.place, *call.callers):
            at = (place.path, place.line, place.cell)
            if at in asked and "model" in call.arguments:
                asked[at].update(str(c) for c in call.arguments["model"].constants if c is not None)
    assert {at: set(names) for at, names in marks["from"].items()} == reached
    assert {at: set(names) for at, names in marks["model"].items()} == asked
