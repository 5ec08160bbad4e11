from __future__ import annotations

import pytest

from tests.findings.toy import RULE, kinds, run, statuses
from tosguard.errors import ConfigurationError
from tosguard.findings.baseline import Baseline, create, parse_baseline, prune, render_baseline, update

OLD = {"a.py": "train(rows)\n", "b.py": "train(other)\n"}


def baseline_of(files: dict[str, str]) -> Baseline:
    return create(run(files).findings)


def test_known_findings_are_in_the_baseline_and_new_ones_open() -> None:
    new = {**OLD, "a.py": "train(rows)\ntrain(fresh)\n"}
    assert statuses(run(new, baseline=baseline_of(OLD))) == ["a.py:1 baseline", "a.py:2 open", "b.py:1 baseline"]


def test_the_file_is_sorted_and_has_neither_lines_nor_times() -> None:
    text = render_baseline(baseline_of(OLD))
    assert text == render_baseline(baseline_of({"b.py": "\n\ntrain(other)\n", "a.py": "x = 1\ntrain(rows)\n"}))
    assert text.count("\n") == 7
    assert parse_baseline(text) == baseline_of(OLD)


def test_an_empty_baseline_is_written_and_read() -> None:
    assert parse_baseline(render_baseline(Baseline())) == Baseline()


def test_a_waived_finding_is_not_taken_into_the_baseline() -> None:
    waived = run({"a.py": f"train(rows)  # tosguard: ignore[{RULE}] own data\n"}).findings
    assert create(waived) == Baseline()


def test_dead_entries_are_reported_once_each() -> None:
    decision = run({"a.py": "x = 1\n", "b.py": "train(other)\n"}, baseline=baseline_of(OLD))
    assert kinds(decision) == ["baseline-dead"]
    assert "a.py" in decision.problems[0].message and "baseline prune" in decision.problems[0].message


@pytest.mark.parametrize("options", [{"complete": False}, {"unread_paths": {"a.py"}}, {"touched_paths": {"b.py"}}])
def test_nothing_is_called_dead_that_was_not_looked_at(options: dict[str, object]) -> None:
    assert kinds(run({"b.py": "train(other)\n"}, baseline=baseline_of(OLD), **options)) == []


def test_rules_that_are_off_do_not_kill_their_entries() -> None:
    decision = run(OLD, baseline=baseline_of(OLD), ignore=("openai",))
    assert (statuses(decision), kinds(decision)) == ([], [])


def test_prune_drops_and_never_adds() -> None:
    now = run({"b.py": "train(other)\n", "c.py": "train(fresh)\n"}).findings
    assert [entry.path for entry in prune(baseline_of(OLD), now).entries] == ["b.py"]
    assert [entry.path for entry in prune(baseline_of(OLD), now, {"a.py"}).entries] == ["a.py", "b.py"]


def test_prune_follows_a_moved_file() -> None:
    now = run({"moved/a.py": "train(rows)\n", "b.py": "train(other)\n"}).findings
    assert [entry.path for entry in prune(baseline_of(OLD), now).entries] == ["b.py", "moved/a.py"]


def test_update_adds_and_drops() -> None:
    now = run({"b.py": "train(other)\n", "c.py": "train(fresh)\n"}).findings
    assert [entry.path for entry in update(baseline_of(OLD), now).entries] == ["b.py", "c.py"]
    assert [entry.path for entry in update(baseline_of(OLD), now, {"a.py"}).entries] == ["a.py", "b.py", "c.py"]


def test_two_branches_that_add_entries_merge_line_by_line() -> None:
    base = render_baseline(baseline_of(OLD)).splitlines()
    grown = render_baseline(baseline_of({**OLD, "aa.py": "train(x)\n"})).splitlines()
    assert len([line for line in grown if line not in base]) == 1
    assert [line for line in grown if line in base] == base


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("{", "b.json:1", "not valid JSON"),
        ('{\n<<<<<<< HEAD\n"a"\n', "b.json:2", "merge conflict"),
        ("[]", "b.json", "no baseline of version 1"),
        ('{"version": 2, "findings": []}', "b.json", "no baseline of version 1"),
        ('{"version": 1, "findings": [{"path": "a"}]}', "b.json", "entry 1 lacks one of"),
        ("[" * 200_000, "b.json", "not valid JSON"),
    ],
)
def test_a_file_that_is_no_baseline_is_told_with_advice(text: str, where: str, says: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        parse_baseline(text, "b.json")
    assert raised.value.where == where
    assert says in str(raised.value) and raised.value.next_step
