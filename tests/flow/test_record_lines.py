"""A record written to a file as text is read back with its fields apart: the answer is the provider's, the question is
not."""

from __future__ import annotations

import pytest

from tests.flow.flows import marked

HEAD = """\
import json
from pathlib import Path

from api import ask

out = open("out.json", "w")
"""
WRITERS = {
    "dumps": """\
with open("answered.jsonl", "w") as file:
    for q in ("a", "b"):
        file.write(json.dumps({"q": q, "a": ask(q)}) + "\\n")  # born
""",
    "dump": """\
with open("answered.jsonl", "w") as file:
    for q in ("a", "b"):
        json.dump({"q": q, "a": ask(q)}, file)  # born
        file.write("\\n")
""",
    "print": """\
with open("answered.jsonl", "w") as file:
    for q in ("a", "b"):
        print(json.dumps({"q": q, "a": ask(q)}), file=file)  # born
""",
    "joined": """\
rows = [{"q": q, "a": ask(q)} for q in ("a", "b")]  # born
Path("answered.jsonl").write_text("\\n".join(json.dumps(row) for row in rows))
""",
}
READERS = {
    "loop": "rows = [json.loads(line) for line in open('answered.jsonl')]",
    "strip": "rows = [json.loads(line.strip()) for line in open('answered.jsonl') if line.strip()]",
    "readlines": "rows = [json.loads(line) for line in open('answered.jsonl').readlines()]",
    "map": "rows = list(map(json.loads, open('answered.jsonl')))",
    "split": "rows = [json.loads(line) for line in open('answered.jsonl').read().strip().split('\\n')]",
    "splitlines": "rows = [json.loads(line) for line in Path('answered.jsonl').read_text().splitlines()]",
}
USE = """
for row in rows:
    json.dump(row["a"], out)  # answer
    json.dump(row["q"], out)  # question
"""


@pytest.mark.parametrize("reader", sorted(READERS))
@pytest.mark.parametrize("writer", sorted(WRITERS))
def test_fields_of_records_in_lines_are_apart(writer: str, reader: str) -> None:
    assert marked(HEAD + WRITERS[writer] + READERS[reader] + USE) == {("born", "answer")}


def test_fields_of_records_in_a_list_are_apart() -> None:
    write = 'json.dump([{"q": q, "a": ask(q)} for q in ("a", "b")], open("answered.json", "w"))  # born\n'
    assert marked(HEAD + write + 'rows = json.load(open("answered.json"))' + USE) == {("born", "answer")}


def test_a_split_of_a_data_set_is_no_field_of_its_records() -> None:
    load = 'from datasets import load_dataset\nload_dataset("json", data_files="answered.jsonl")["train"]'
    assert marked(HEAD + WRITERS["joined"] + load + '.to_json("copy.json")  # all') == {("born", "all")}


def test_rows_of_a_table_made_of_lists_hold_what_the_lists_hold() -> None:
    table = """\
import pandas as pd
replies = []
for q in ("a", "b"):
    replies.append(ask(q))  # born
frame = pd.DataFrame({"reply": replies})
for index, row in frame.iterrows():
    json.dump({"content": row["reply"]}, out)  # row
"""
    assert marked(HEAD + table) == {("born", "row")}
