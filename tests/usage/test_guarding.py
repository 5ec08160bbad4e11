"""A defect in one part of a classification costs that part."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.usage.building import Project, at, catalogue
from tosguard import errors
from tosguard.usage import classify as classifying
from tosguard.usage.evidence import Clue
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site


def _fails(site: Site, context: Context) -> Iterator[Clue]:
    raise IndexError("of our own")


def test_what_fails_is_told_and_the_rest_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "RAISING", False)
    monkeypatch.setattr(classifying, "COLLECTORS", (_fails, *classifying.COLLECTORS))
    project, failures = Project(), dict[str, None]()
    project.asked("openai.OpenAI().chat.completions.create", at("a.py", 1))
    (usage,) = classifying.classify(project.solution(), catalogue(), failures=failures)
    assert usage.pattern == "ordinary-use"
    (said,) = failures
    assert "IndexError" in said
    assert "report" in said


def test_nothing_is_caught_where_a_defect_is_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "RAISING", True)
    monkeypatch.setattr(classifying, "COLLECTORS", (_fails,))
    project = Project()
    project.asked("openai.OpenAI().chat.completions.create", at("a.py", 1))
    with pytest.raises(IndexError):
        classifying.classify(project.solution(), catalogue())
