from __future__ import annotations

from dataclasses import replace

import pytest

from tests.findings.toy import RULE, TODAY, judged, kinds, run, statuses, usages_of
from tosguard.findings.decide import Filter, decide
from tosguard.findings.selectors import path_matches, selected
from tosguard.policy.judgement import Verdict
from tosguard.usage.model import Confidence, Step

FILES = {"lib/a.py": "x = 1\ntrain(\n    rows,\n)\n", "tests/b.py": "train(other)\n"}


@pytest.mark.parametrize(
    ("verdict", "asks"),
    [
        (Verdict.PROHIBITED, True),
        (Verdict.CONDITIONAL, True),
        (Verdict.PERMITTED, False),
        (Verdict.SILENT, False),
        (Verdict.UNKNOWN, False),
    ],
)
def test_only_what_asks_for_something_is_a_finding(verdict: Verdict, asks: bool) -> None:
    (usage,) = usages_of({"a.py": "train(rows)\n"})
    assert bool(decide([usage], [judged(usage, verdict=verdict)], {}, as_of=TODAY).findings) == asks


def test_findings_come_in_the_order_of_their_places() -> None:
    usages = usages_of(FILES)[::-1]
    findings = decide(usages, [judged(usage) for usage in usages], FILES, as_of=TODAY).findings
    assert [finding.usage.location.path for finding in findings] == ["lib/a.py", "tests/b.py"]


@pytest.mark.parametrize(
    ("select", "ignore", "on"),
    [
        ((), (), True),
        (("openai",), (), True),
        (("openai/*",), (), True),
        (("openai/training",), (), True),
        (("openai/train",), (), False),
        (("open",), (), False),
        (("mistral",), (), False),
        (("training-on-output",), (), True),
        (("ALL",), (), True),
        ((), ("openai",), False),
        ((), ("ALL",), False),
        (("openai",), ("openai",), False),
        (("openai",), (RULE,), False),
        ((RULE,), ("openai",), True),
        ((RULE,), ("ALL",), True),
        (("ALL",), ("training-on-output",), False),
    ],
)
def test_the_longer_selector_decides(select: tuple[str, ...], ignore: tuple[str, ...], on: bool) -> None:
    assert selected(RULE, "training-on-output", select, ignore) == on


@pytest.mark.parametrize(
    ("path", "glob", "fits"),
    [
        ("src/a.py", "src/a.py", True),
        ("src/a.py", "src", True),
        ("src/a.py", "src/", True),
        ("src/a.py", "./src", True),
        ("src/deep/a.py", "src/*.py", False),
        ("src/deep/a.py", "src/**/*.py", True),
        ("src/a.py", "src/**/*.py", True),
        ("src/deep/a.py", "src/**", True),
        ("x/test_a.py", "test_*.py", True),
        ("mysrc/a.py", "src", False),
        ("x/src/a.py", "src", True),
        ("x/src/a.py", "/src", False),
        ("a[1].py", "a[1].py", True),
        ("a\nb.py", "a?b.py", True),
    ],
)
def test_globs(path: str, glob: str, fits: bool) -> None:
    assert path_matches(path, glob) == fits


def test_per_path_ignores_turn_rules_off_in_places() -> None:
    assert statuses(run(FILES, per_path_ignores={"tests/**": ("openai",)})) == ["lib/a.py:2 open"]
    assert len(run(FILES, per_path_ignores={"tests/**": ("mistral",)}).findings) == 2


def test_each_part_of_a_monorepo_has_its_own_filter() -> None:
    inside = Filter(per_path_ignores={"b.py": ("ALL",)}, folder="tests")
    decision = run(FILES, filter_for=lambda path: inside if path.startswith("tests/") else Filter())
    assert statuses(decision) == ["lib/a.py:2 open"]


def test_unsure_classifications_are_left_out_on_request() -> None:
    (usage,) = usages_of({"a.py": "train(rows)\n"})
    unsure = replace(usage, confidence=Confidence.LOW)
    decision = decide([unsure], [judged(unsure)], {}, as_of=TODAY, min_confidence=Confidence.MEDIUM)
    assert decision.findings == ()


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({"lib/a.py": {2}}, True),
        ({"lib/a.py": {4}}, True),
        ({"lib/a.py": range(1, 100)}, True),
        ({"lib/a.py": {1}}, False),
        ({"lib/c.py": {7}}, True),
        ({"lib/c.py": {8}}, False),
        ({}, False),
    ],
    ids=["first line", "last line", "whole file", "line above", "step", "beside the step", "nothing"],
)
def test_a_finding_counts_as_new_where_its_span_or_a_step_changed(changed: dict[str, set[int]], kept: bool) -> None:
    (usage,) = usages_of({"lib/a.py": FILES["lib/a.py"]})
    usage = replace(usage, trace=(*usage.trace, Step("flow", "lib/c.py", 7, 1, "passed on")))
    decision = decide([usage], [judged(usage)], FILES, as_of=TODAY, changed=changed)
    assert bool(decision.findings) == kept


@pytest.mark.parametrize(
    ("changed", "kept"),
    [({"n.ipynb#2": {2}}, True), ({"n.ipynb#2": {9}}, False), ({"n.ipynb": {400}}, True), ({}, False)],
)
def test_a_change_in_a_notebook_is_decided_by_cell_or_by_file(changed: dict[str, set[int]], kept: bool) -> None:
    (usage,) = usages_of({"n.ipynb": "x = 1\ntrain(rows)\n"})
    cell = replace(usage, location=replace(usage.location, cell=2), trace=())
    assert bool(decide([cell], [judged(cell)], {}, as_of=TODAY, changed=changed).findings) == kept


def test_touched_files_keep_what_passes_through_them() -> None:
    assert statuses(run(FILES, touched_paths={"tests/b.py"})) == ["tests/b.py:1 open"]
    assert statuses(run(FILES, touched_paths=set())) == []


def test_a_run_over_a_change_speaks_of_suppressions_in_touched_files_only() -> None:
    files = {"a.py": "# tosguard: ignore[openai/*]\nx = 1\n", "b.py": "# tosguard: ignore[openai/*]\ny = 1\n"}
    assert kinds(run(files)) == ["suppression-without-reason"] * 2
    (problem,) = run(files, touched_paths={"b.py"}).problems
    assert problem.path == "b.py"
    (problem,) = run(files, changed={"a.py": {1}}).problems
    assert problem.path == "a.py"


def test_problems_read_as_lines() -> None:
    (notice,) = run({"a.py": "# tosguard: ignore[openai/*]\nx = 1\n"}).notices
    assert notice.startswith("a.py:1: this suppression gives no reason")


def test_an_inline_reason_comes_before_the_baseline() -> None:
    from tosguard.findings.baseline import create

    files = {"a.py": f"train(rows)  # tosguard: ignore[{RULE}] own data\n"}
    baseline = create(run({"a.py": "train(rows)\n"}).findings)
    assert statuses(run(files, baseline=baseline)) == ["a.py:1 waived"]
