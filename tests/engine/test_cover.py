"""What a report says of its run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tosguard.engine.cover import cover, name_of
from tosguard.engine.request import Project, Request, Selection, Terms
from tosguard.policy.organisation import Agreement, Organisation


@pytest.mark.parametrize(
    ("repository", "name"),
    [
        pytest.param("https://example.org/owner/project", "owner/project", id="where it came from"),
        pytest.param("", "checkout", id="else its folder"),
    ],
)
def test_a_project_has_a_name(repository: str, name: str) -> None:
    assert name_of(Project(Path("/somewhere/checkout")), repository) == name


def test_settings_that_bear_on_the_verdicts_are_said_in_words(tmp_path: Path) -> None:
    request = Request(
        Project(tmp_path, exclude=("vendor/**",)),
        Terms(
            "2026-01-01",
            organisation=Organisation(develops_models=True, competes_with=(), products=None),
            agreements=(Agreement("openai", "MSA-7", ("training-on-output",), "2027-01-01"),),
        ),
        Selection(ignore=("slack/*",), min_confidence="medium"),
    )
    run = cover(request, seen=3, analysed=2, failed=1)
    assert dict(run.settings) == {
        "develops models": "yes",
        "competes with": "none",
        "agreements": "openai: MSA-7 until 2027-01-01, permits training-on-output",
        "rules left out": "slack/*",
        "confidence shown": "medium and above",
    }
    assert (run.commit, run.branch, run.excluded) == (None, "", ("vendor/**",))
