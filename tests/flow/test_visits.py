"""Statements that are not executed again: nothing is found otherwise than when all are, with fewer of them executed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flow.flows import API, catalogue
from tests.flow.test_projects import ROOT, solved
from tosguard.flow.facts import Place, Solution
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import evaluate, in_deep_stack
from tosguard.flow.solver import machine as machine_module
from tosguard.syntax.lowering import lower

#: More runs of a context than there ever are.
NEVER = 10**9

#: A function with much in it that runs again whenever one more of the others hands something to the list that it reads.
MANY_LINES = "\n".join(f'    text{i} = "line {i}".upper() + str(len("x"))' for i in range(40))
ADDING = "\n".join(f'def add{i}():\n    kept.append(ask("{i}"))' for i in range(4))
READING_AGAIN = f"""
from api import ask
kept = []
def show(title):
{MANY_LINES}
    for entry in kept:
        print(entry)
    return title
show("title")
{ADDING}
"""


def facts_of(solution: Solution) -> tuple[object, ...]:
    """What a solution says, without the ways of its flows."""

    def at(place: Place) -> tuple[object, ...]:
        return place.path, place.line, place.column, place.cell, place.scope

    calls = sorted((at(c.place), c.symbol) for c in solution.calls)
    flows = {
        (at(solution.calls[solution.origins[f.origin].call].place), at(solution.calls[f.sink].place), f.derived)
        for f in solution.flows
    }
    return calls, flows, [(f.name, f.calls) for f in solution.functions], solution.notices


@pytest.mark.parametrize("project", sorted(p for p in ROOT.iterdir() if p.is_dir()), ids=lambda p: p.name)
def test_nothing_is_found_otherwise(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = facts_of(solved(project))
    monkeypatch.setattr(machine_module, "FIRST_KEPT", NEVER)
    assert facts_of(solved(project)) == kept


def steps_for(text: str) -> int:
    """The steps that a program takes."""
    modules = [SourceModule("api.py", lower(API)), SourceModule("main.py", lower(text))]
    return in_deep_stack(lambda: evaluate(modules, catalogue(), {})).steps


def test_a_function_that_runs_again_does_what_has_changed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = steps_for(READING_AGAIN)
    monkeypatch.setattr(machine_module, "FIRST_KEPT", NEVER)
    every = steps_for(READING_AGAIN)
    assert every - kept >= 40, (kept, every)
