"""A history of a small project: what is new, known, fixed or open again after every commit."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.findings.toy import RULE, kinds, run, statuses
from tosguard.findings.baseline import Baseline, create, parse_baseline, render_baseline, update
from tosguard.findings.waivers import append_waiver, parse_waivers

TUNE = "def tune(rows):\n    return train(rows, model='small')\n"
REFORMATTED = 'def tune(rows):\n    return train(\n        rows,\n        model="small",\n    )\n'
WAIVED = {
    "rule": RULE,
    "path": "jobs/",
    "reason": "own data",
    "approved_by": "R. Counsel",
    "date": "2026-01-01",
    "expires": "2026-03-31",
}


@dataclass(frozen=True)
class Commit:
    """One commit: the files it changes (``None`` deletes), what is done beside, and what a check then says."""

    name: str
    changes: dict[str, str | None]
    says: list[str]
    problems: list[str] = field(default_factory=list)
    baseline: str = ""
    waive: bool = False
    as_of: str = "2026-03-01"
    renames: dict[str, str] = field(default_factory=dict)


HISTORY = [
    Commit("introduce", {"tune.py": TUNE}, ["tune.py:2 open"]),
    Commit("accept as known", {}, ["tune.py:2 baseline"], baseline="create"),
    Commit("move down", {"tune.py": "import os\n\n\n" + TUNE}, ["tune.py:5 baseline"]),
    Commit("reformat", {"tune.py": "import os\n\n\n" + REFORMATTED}, ["tune.py:5 baseline"]),
    Commit(
        "rename, seen by git",
        {"tune.py": None, "lib/tune.py": REFORMATTED},
        ["lib/tune.py:2 baseline"],
        renames={"lib/tune.py": "tune.py"},
    ),
    Commit("the same without git", {}, ["lib/tune.py:2 baseline"]),
    Commit("copy", {"jobs/tune.py": TUNE}, ["jobs/tune.py:2 open", "lib/tune.py:2 baseline"], baseline="before copy"),
    Commit("waive the copy", {}, ["jobs/tune.py:2 waived", "lib/tune.py:2 baseline"], waive=True),
    Commit(
        "the waiver is about to end",
        {},
        ["jobs/tune.py:2 waived", "lib/tune.py:2 baseline"],
        ["waiver-expiring"],
        as_of="2026-03-10",
    ),
    Commit(
        "the waiver has ended",
        {},
        ["jobs/tune.py:2 open", "lib/tune.py:2 baseline"],
        ["waiver-expired"],
        as_of="2026-04-01",
    ),
    Commit(
        "fix the copy", {"jobs/tune.py": "x = 1\n"}, ["lib/tune.py:2 baseline"], ["waiver-unused"], as_of="2026-04-01"
    ),
    Commit(
        "revert the fix",
        {"jobs/tune.py": TUNE},
        ["jobs/tune.py:2 open", "lib/tune.py:2 baseline"],
        ["waiver-expired"],
        as_of="2026-04-01",
    ),
    Commit(
        "merge a branch with one more",
        {"lib/tune.py": REFORMATTED + "\n\ndef again(rows):\n    train(rows)\n"},
        ["jobs/tune.py:2 open", "lib/tune.py:2 baseline", "lib/tune.py:9 open"],
        ["waiver-expired"],
        as_of="2026-04-01",
    ),
    Commit(
        "suppress it inline",
        {
            "lib/tune.py": REFORMATTED
            + f"\n\ndef again(rows):\n    # tosguard: ignore[{RULE}] a classifier of our own\n    train(rows)\n"
        },
        ["jobs/tune.py:2 open", "lib/tune.py:2 baseline", "lib/tune.py:10 waived"],
        ["waiver-expired"],
        as_of="2026-04-01",
    ),
    Commit(
        "fix the known one",
        {"lib/tune.py": "y = 2\n", "jobs/tune.py": None},
        [],
        ["waiver-unused", "baseline-dead"],
        as_of="2026-04-01",
    ),
]


def test_every_commit_says_what_is_new_known_fixed_and_open_again() -> None:
    files: dict[str, str] = {}
    baseline = Baseline()
    waivers = ""
    for commit in HISTORY:
        if commit.baseline == "before copy":
            baseline = update(baseline, run(files, baseline=baseline).findings)
        for path, text in commit.changes.items():
            files.pop(path, None)
            if text is not None:
                files[path] = text
        if commit.baseline == "create":
            baseline = parse_baseline(render_baseline(create(run(files).findings)))
        if commit.waive:
            waivers = append_waiver(waivers, WAIVED)
        decision = run(
            files,
            baseline=baseline,
            waivers=parse_waivers(waivers),
            as_of=commit.as_of,
            renames=commit.renames,
            warn_days=25,
        )
        assert statuses(decision) == commit.says, commit.name
        assert sorted(kinds(decision)) == sorted(commit.problems), commit.name


@pytest.mark.parametrize("renamed", [False, True], ids=["in place", "renamed"])
def test_no_finding_is_lost_when_many_move_at_once(renamed: bool) -> None:
    old = {f"m{i}.py": f"train(rows{i % 3})\n" * 3 for i in range(8)}
    baseline = create(run(old).findings)
    new = {(f"new/{path}" if renamed else path): "\n" + text for path, text in old.items()}
    decision = run(new, baseline=baseline)
    assert {finding.status.value for finding in decision.findings} == {"baseline"}
    assert len(decision.findings) == len(baseline.entries) == 24
    assert kinds(decision) == []
