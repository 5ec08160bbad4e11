"""Bounds that are met are told once a kind, with the first functions concerned and how many more there are."""

from __future__ import annotations

from tosguard.flow.notices import Notices


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
