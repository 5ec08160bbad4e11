"""Bounds that are met are told once a kind, with the first functions concerned and how many more there are."""

from __future__ import annotations

import pytest

from tests.flow.flows import solved
from tosguard import errors
from tosguard.flow.language import statements
from tosguard.flow.solver.notices import Notices
from tosguard.syntax import ir


def test_functions_are_named_and_the_rest_counted() -> None:
    notices = Notices()
    for name in ("a.one", "a.two", "a.two", "b.three", "b.four", "c.five"):
        notices.add("flows may be missing", name)
    assert notices.lines() == ("flows may be missing: a.one, a.two, b.three and 2 more",)


def test_what_concerns_the_project_names_no_function_and_order_is_kept() -> None:
    notices = Notices()
    notices.add("second thoughts", "a")
    notices.add("the project is large")
    notices.add("the project is large")
    assert notices.lines() == ("second thoughts: a", "the project is large")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RecursionError(), "flows may be missing where values are nested too deeply to be followed: main.broken"),
        (
            IndexError("no such thing"),
            "flows are missing where tosguard itself failed (IndexError), which please report: main.broken",
        ),
    ],
)
def test_a_function_that_cannot_be_evaluated_ends_no_run(
    error: Exception, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(frame: object, statement: object) -> None:
        raise error

    solved("import json")
    monkeypatch.setattr(errors, "RAISING", False)
    monkeypatch.setitem(statements._STATEMENTS, ir.Delete, fail)
    program = "import json\nfrom api import ask\n\ndef broken(x):\n    del x\n\nbroken(1)\n"
    solution = solved(program + "json.dump(ask('x'), open('a.json', 'w'))\n")
    assert solution.notices == (told,)
    assert solution.flows, "the rest is followed"
