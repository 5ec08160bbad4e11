"""Two equal calls in one function are two findings: in a baseline, a comparison, a comment and a change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_history import HEAD, RULE, Project, project, sites

__all__ = ["project"]

DATE = ("--as-of", "2026-03-01")
#: One equal call after the other, each into a data set and a training of its own.
LOOP = """\
    {rows} = []
    for question in questions:
        answer = client.responses.create(model="gpt-4o", input=question)  # site
        {rows}.append({{"prompt": question, "completion": answer.output_text}})
    SFTTrainer(model="mistralai/Mistral-7B-v0.1", train_dataset=Dataset.from_list({rows})).train()
"""
END = '\n\ntune(open("questions.txt"))\n'


def tune(*loops: str) -> str:
    """A function with one loop for each name."""
    return HEAD + "\n\ndef tune(questions):\n" + "".join(LOOP.format(rows=name) for name in loops) + END


def places(report: Any, *statuses: str) -> set[str]:
    """Where the findings of these statuses stand."""
    where = {u["id"]: f"{u['location']['path']}:{u['location']['line']}" for u in report["usages"]}
    return {where[f["usage"]] for f in report["findings"] if f["status"] in statuses}


def test_each_is_a_finding_with_a_trace_and_a_fingerprint_of_its_own(project: Project) -> None:
    project.write("tune.py", tune("easy", "hard"))
    report = project.report("audit", *DATE)
    first, second = (u for u in report["usages"] if u["pattern"] == "training-on-output")
    assert [[step["line"] for step in u["trace"]] for u in (first, second)] == [[11, 12, 13], [16, 17, 18]]
    assert first["id"] != second["id"]
    prints = [f["fingerprint"] for f in report["findings"]]
    assert len(set(prints)) == 2
    assert prints[0].rsplit(".", 1)[0] == prints[1].rsplit(".", 1)[0]


def test_the_second_is_new_where_the_first_is_in_the_baseline(project: Project, tmp_path: Path) -> None:
    project.write("tune.py", tune("easy"))
    project.tosguard("baseline", "create", *DATE)
    project.commit()
    project.write("tune.py", tune("easy", "hard"))
    report = project.report("audit", *DATE)
    assert (places(report, "baseline"), places(report, "open")) == ({"tune.py:11"}, {"tune.py:16"})
    assert "tune.py:16" in project.tosguard("check", *DATE, "--format", "concise")
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps(report))
    project.write("tune.py", tune("hard"))
    after = project.report("audit", *DATE, "--compare", str(earlier))
    assert len(after["comparison"]["fixed"]) == 1
    assert places(after, "baseline", "open") == sites(project.root)


@pytest.mark.parametrize(
    ("loops", "known", "added"),
    [(("easy", "hard"), "tune.py:11", "tune.py:16"), (("hard", "easy"), "tune.py:16", "tune.py:11")],
    ids=["below", "above"],
)
def test_a_change_shows_the_one_it_adds(project: Project, loops: tuple[str, str], known: str, added: str) -> None:
    project.write("tune.py", tune("easy"))
    project.tosguard("baseline", "create", *DATE)
    project.commit()
    project.write("tune.py", tune(*loops))
    project.commit()
    assert places(project.report("check", *DATE, "--diff-base", "HEAD~1"), "open") == {added}
    assert known not in project.tosguard("check", *DATE, "--diff-base", "HEAD~1", "--format", "concise")


def test_a_comment_at_one_does_not_hide_the_other(project: Project) -> None:
    text = tune("easy", "hard").replace("# site", f"# tosguard: ignore[{RULE}] a classifier of our own", 1)
    project.write("tune.py", text)
    report = project.report("audit", *DATE)
    assert (places(report, "waived"), places(report, "open")) == ({"tune.py:11"}, {"tune.py:16"})


SHARED = (
    HEAD
    + """

def ask(kind, question):
    if kind == "short":
        return client.responses.create(model="gpt-4o", input=question).output_text
    if kind == "long":
        return client.responses.create(model="gpt-4o", input=question).output_text
    return client.responses.create(model="gpt-4o", input=question).output_text


def tune(tasks):
    rows = []
    for kind, question in tasks:
        if kind == "plain":
            answer = client.responses.create(model="gpt-4o", input=question).output_text
        elif kind == "list":
            answer = client.responses.create(model="gpt-4o", input=question).output_text
        else:
            answer = ask(kind, question)
        rows.append({"prompt": question, "completion": answer})
    SFTTrainer(model="mistralai/Mistral-7B-v0.1", train_dataset=Dataset.from_list(rows)).train()


tune(line.split() for line in open("tasks.txt"))
"""
)


def test_the_branches_of_a_dispatch_that_fill_one_data_set_are_one_finding(project: Project) -> None:
    project.write("tune.py", SHARED)
    report = project.report("audit", *DATE)
    assert len([u for u in report["usages"] if u["pattern"] == "training-on-output"]) == len(report["findings"]) == 1
