"""What is read back from a file: the way tells both hops over the disk, and the reader's records are its own."""

from __future__ import annotations

from tests.flow.flows import solved
from tosguard.flow.facts import Flow, Solution

WRITER = """
import json
from openai import OpenAI
def ask(q):
    return OpenAI().chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": q}])
def make():
    rows = [{"answer": ask(q), "question": q} for q in ("a", "b")]
    json.dump(rows, open("kept_answers.json", "w"))
make()
"""
READER = """
import json
from transformers import Trainer
rows = json.load(open("kept_answers.json"))
Trainer(train_dataset=[row["answer"] for row in rows]).train()
"""


def flows_to(solution: Solution, path: str, role: str) -> list[Flow]:
    """The flows of model answers into calls of a role in a file."""
    return [
        flow
        for flow in solution.flows
        if (sink := solution.calls[flow.sink]).entry.role == role
        and sink.place.path == path
        and solution.calls[solution.origins[flow.origin].call].entry.role == "generate"
    ]


def test_a_field_of_a_record_that_went_over_the_disk_tells_so() -> None:
    solution = solved(WRITER, reader=READER)
    (flow, *_) = flows_to(solution, "reader.py", "train")
    assert flow.inferred
    told = [hop.message for hop in flow.hops]
    assert "written to `kept_answers.json`" in told
    assert told.index("written to `kept_answers.json`") < told.index("read from `kept_answers.json`")


def test_what_the_reader_adds_is_not_in_what_was_written() -> None:
    reader = READER + "\nfor row in rows:\n    row['verdict'] = 1\njson.dump(rows, open('judged.json', 'w'))\n"
    solution = solved(WRITER, reader=reader)

    def fields(path: str) -> set[str]:
        found = (c for c in solution.calls if c.entry.role == "write" and c.place.path == path)
        return {key for c in found if (e := c.arguments["data"].element) is not None for key, _ in e.keys}

    assert "verdict" in fields("reader.py")
    assert "verdict" not in fields("main.py")


def test_a_script_that_reads_its_own_earlier_file_writes_what_it_made_straight() -> None:
    again = WRITER.replace("    rows = [", "    rows = json.load(open('kept_answers.json'))\n    rows += [")
    solution = solved(again)
    direct = [f for f in flows_to(solution, "main.py", "write") if not f.inferred]
    assert direct and all(hop.kind != "loaded" for hop in direct[0].hops)


def test_a_file_of_another_name_brings_nothing() -> None:
    solution = solved(WRITER, reader=READER.replace("kept_answers", "other_answers"))
    assert not flows_to(solution, "reader.py", "train")
