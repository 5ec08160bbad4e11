"""Columns of tables are told apart: by name, by row and column, by names with holes."""

from __future__ import annotations

import pytest

from tests.flow.flows import marked

TABLE = "import pandas as pd\nfrom api import ask\ntable = pd.read_csv('tasks.csv')\n"


@pytest.mark.parametrize(
    "stored",
    [
        "table['answer'] = table['question'].apply(ask)  # asked",
        "table.at[0, 'answer'] = ask('a')  # asked",
        "for i, row in table.iterrows():\n    table.loc[i, 'answer'] = ask(row['question'])  # asked",
        "for model in models():\n    table[f'{model} answer'] = ask('a')  # asked",
        "table['answer'] = ''\ntable['answer'][0] = ask('a')  # asked",
    ],
    ids=["applied", "at", "loc", "holes", "chained"],
)
@pytest.mark.parametrize(
    ("read", "found"),
    [
        ("table[['question', 'gpt answer', 'answer']].to_csv('out.csv')  # kept", True),
        ("table.to_csv('out.csv')  # kept", True),
        ("table['question'].to_csv('out.csv')  # kept", False),
        ("table['question'].str.lower().dropna().to_csv('out.csv')  # kept", False),
    ],
    ids=["several", "all", "another", "another, seen in other ways"],
)
def test_a_stored_answer_is_in_its_column_and_in_the_table(stored: str, read: str, found: bool) -> None:
    assert (("asked", "kept") in marked(TABLE + stored + "\n" + read + "\n")) is found


@pytest.mark.parametrize("column", ["answer", "gpt answer"])
def test_the_column_itself_holds_the_answer(column: str) -> None:
    program = TABLE + f"table['{column}'] = table['question'].apply(ask)  # asked\n"
    assert ("asked", "kept") in marked(program + f"table['{column}'].str.strip().to_csv('a.csv')  # kept\n")


def test_a_name_with_holes_means_the_columns_that_fit_it() -> None:
    stored = TABLE + "table['gpt answer'] = ask('a')  # asked\n"
    assert ("asked", "kept") in marked(stored + "table[f'{name()} answer'].to_csv('a.csv')  # kept\n")
    assert ("asked", "kept") not in marked(stored + "table[f'{name()} question'].to_csv('a.csv')  # kept\n")


def test_rows_of_a_read_table_come_from_the_file() -> None:
    program = "import pandas as pd\nfrom api import ask\ntable = pd.read_csv('tasks.csv')  # read\n"
    assert ("read", "asked") in marked(program + "table['q'].dropna().apply(lambda q: ask(q))\n", api=API_MARKED)


API_MARKED = """\
from openai import OpenAI

client = OpenAI()


def ask(prompt):
    return client.completions.create(model="gpt-4o", prompt=prompt)  # asked
"""


@pytest.mark.parametrize(
    "column",
    ["table.question", "'Q: ' + table.question.str.strip()", "table[table.question.isin(['a'])]['question']"],
    ids=["attribute", "computed", "rows picked by a method that is not modelled"],
)
def test_a_column_stays_one_whatever_is_done_to_it(column: str) -> None:
    program = TABLE.replace("')\n", "')  # read\n") + f"({column}).apply(ask)\n"
    assert ("read", "asked") in marked(program, api=API_MARKED)


def test_what_lies_near_is_found_beside_much_that_lies_deep() -> None:
    deep = "tools = [" + ", ".join(f"{{'f': {{'p': {{'q': {{'n': '{i}'}}}}}}}}" for i in range(40)) + "]\n"
    program = (
        deep + "from api import ask\nimport json\nrow = {'tools': tools, 'turns': [{'content': ask('a')}]}  # asked\n"
    )
    stored = "with open('rows.jsonl', 'w') as f:\n    f.write(json.dumps(row))\n"
    assert ("asked", "kept") in marked(program + stored + "print(open('rows.jsonl').read())  # kept\n")
