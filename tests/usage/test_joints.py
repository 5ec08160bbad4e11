"""Calls of one function are one usage where they share an end, a run or a purpose, and several where they do not."""

from __future__ import annotations

import pytest

from tests.usage.building import catalogue
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import solve
from tosguard.syntax.lowering import lower
from tosguard.usage.classify import classify
from tosguard.usage.sites.joints import together

HEAD = """
import json
from openai import OpenAI
client = OpenAI()

def ask(q):
    return client.responses.create(model="gpt-4o", input=q).output_text

def save(rows, path):
    with open(path, "w") as f:
        json.dump(rows, f)

"""
TWO_FILES = """
def make_sft_data(first, second):
    rows = []
    for q in open(first):
        rows.append({"instruction": q, "output": ask(q)})
    save(rows, "easy.json")
    more = []
    for q in open(second):
        more.append({"instruction": q, "output": ask(q)})
    save(more, "hard.json")

make_sft_data("a.jsonl", "b.jsonl")
"""
DISPATCH = """
def make_sft_data(path):
    for line in open(path):
        if line.startswith("a"):
            save([{"instruction": line, "output": ask("short: " + line)}], line)
        elif line.startswith("b"):
            save([{"instruction": line, "output": ask("long: " + line)}], line)
        else:
            save([{"instruction": line, "output": ask(line)}], line)

make_sft_data("a.jsonl")
"""
PIPELINE = """
def make_sft_data(path):
    rows = []
    for line in open(path):
        question = ask("write a question on " + line)
        answer = ask(question)
        rows.append({"instruction": question, "output": answer})
    save(rows, "train.json")

make_sft_data("a.jsonl")
"""
TWO_RUNS = """
from sklearn.metrics import accuracy_score

def evaluate():
    said, gold = [], []
    for row in map(json.loads, open("easy.jsonl")):
        said.append(ask(row["question"]))
        gold.append(row["answer"])
    print(accuracy_score(gold, said))
    told, true = [], []
    for row in map(json.loads, open("hard.jsonl")):
        told.append(ask(row["question"]))
        true.append(row["answer"])
    print(accuracy_score(true, told))

evaluate()
"""
ONE_RUN = """
from sklearn.metrics import accuracy_score

def evaluate():
    plain, primed, gold = [], [], []
    for row in map(json.loads, open("easy.jsonl")):
        plain.append(ask(row["question"]))
        primed.append(ask("Think. " + row["question"]))
        gold.append(row["answer"])
    print(accuracy_score(gold, plain))
    print(accuracy_score(gold, primed))

evaluate()
"""


@pytest.mark.parametrize(
    ("program", "pattern", "times"),
    [
        (TWO_FILES, "training-on-output", 2),
        (DISPATCH, "training-on-output", 1),
        (PIPELINE, "training-on-output", 1),
        (TWO_RUNS, "bulk-evaluation", 2),
        (ONE_RUN, "bulk-evaluation", 1),
    ],
    ids=["two files by one helper", "a dispatch", "one feeds the other", "two runs", "two calls in one run"],
)
def test_how_many_usages_a_function_is(program: str, pattern: str, times: int) -> None:
    usages = classify(solve([SourceModule("app.py", lower(HEAD + program))], catalogue()), catalogue())
    found = [u for u in usages if u.pattern == pattern]
    assert len(found) == times, [(u.pattern, u.location.line) for u in usages]
    assert len({u.id for u in found}) == times


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        (["a", "b", "ab"], [(0, 1, 2)]),
        (["a", "b", "a"], [(0, 2), (1,)]),
        (["a", "", "b"], [(0, 1), (2,)]),
        (["", "", ""], [(0, 1, 2)]),
        ([], []),
    ],
)
def test_what_shares_something_over_others_belongs_together(shared: list[str], expected: list[tuple[int, ...]]) -> None:
    assert list(together([frozenset((c,) for c in one) for one in shared])) == expected
