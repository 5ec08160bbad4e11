"""Records of data that was read, or that a caller hands in: what the code fills in is in their collection."""

from __future__ import annotations

import pytest

from tests.flow.flows import marked

PRELUDE = "import copy, json\nfrom api import ask\nout = open('x.json', 'w')\n"

#: Programs by name, with the pairs of marks that a flow joins.
PROGRAMS: dict[str, tuple[str, set[tuple[str, str]]]] = {
    "rows of a file": (
        """
rows = json.load(open("q.json"))
others = json.load(open("p.json"))
for row in rows:
    row["answer"] = ask(row["q"])  # a
json.dump(rows, out)  # kept
json.dump(others, out)  # others
""",
        {("a", "kept")},
    ),
    "lines of a file": (
        """
rows = [json.loads(line) for line in open("q.jsonl")]
for row in rows:
    row["answer"] = ask(row["q"])  # a
json.dump(rows, out)  # kept
""",
        {("a", "kept")},
    ),
    "rows under a key, with their numbers": (
        """
rows = json.load(open("q.json"))["items"]
for number, row in enumerate(rows):
    row["answer"] = ask(row["q"])  # a
json.dump(rows, out)  # kept
""",
        {("a", "kept")},
    ),
    "rows that a caller hands in": (
        """
def go(rows, others):
    for row in rows:
        row["answer"] = ask(row["q"])  # a
    json.dump(rows, out)  # kept
    json.dump(others, out)  # others
""",
        {("a", "kept")},
    ),
    "a row filled by a helper": (
        """
def fill(row):
    row["answer"] = ask(row["q"])  # a

rows = json.load(open("q.json"))
for row in rows:
    fill(row)
json.dump(rows, out)  # kept
""",
        {("a", "kept")},
    ),
    "a record in a row": (
        """
rows = json.load(open("q.json"))
for row in rows:
    row["answers"]["m"] = ask(row["q"])  # a
    print(row["answers"]["m"] == row["solution"])  # compared
json.dump(rows, out)  # kept
""",
        {("a", "compared"), ("a", "kept")},
    ),
    "rows within rows": (
        """
data = json.load(open("q.json"))
for book in data["books"]:
    for row in book["questions"]:
        row["answers"]["m"] = ask(row["q"])  # a
        print(row["answers"]["m"] == row["solution"])  # compared
        print(row["q"])  # question
json.dump(data, out)  # kept
""",
        {("a", "compared"), ("a", "kept")},
    ),
    "answers side by side in a row": (
        """
rows = json.load(open("q.json"))
for row in rows:
    row["answers"]["one"] = ask(row["q"])  # a
    row["answers"]["two"] = ask(row["q"])  # b
    json.dump(row["answers"]["one"], out)  # one
    json.dump(row["answers"]["two"], out)  # two
    json.dump(row["q"], out)  # question
""",
        {("a", "one"), ("b", "two")},
    ),
    "a conversation that grows": (
        """
def converse(messages):
    history = copy.deepcopy(messages)
    while len(history) < 5:
        history.append(json.loads(ask("x")))  # a
    return history[len(messages):]

for case in json.load(open("cases.json")):
    json.dump(converse(case["conversation"]), out)  # kept
    json.dump(case["expected"], out)  # case
""",
        {("a", "kept")},
    ),
    "a copy of the rows": (
        """
rows = json.load(open("q.json"))
for row in rows:
    row = dict(row)
    row["answer"] = ask(row["q"])  # a
json.dump(rows, out)  # rows
""",
        set(),
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_flows_are_exact(name: str) -> None:
    program, expected = PROGRAMS[name]
    assert marked(PRELUDE + program) == expected
