"""What an augmented assignment puts into a collection, by its operator."""

from __future__ import annotations

import pytest

from tests.flow.flows import solved

PROGRAM = """
import json
from openai import OpenAI
def ask(q):
    return OpenAI().chat.completions.create(model="gpt-4o", messages=[{{"role": "user", "content": q}}])
{body}
json.dump({kept}, open("kept.json", "w"))
"""


def kept(body: str, name: str) -> bool:
    """Whether a model's answer reaches the file to which ``name`` is written."""
    solution = solved(PROGRAM.format(body=body, kept=name))
    return any(
        solution.calls[flow.sink].entry.role == "write"
        and solution.calls[solution.origins[flow.origin].call].entry.role == "generate"
        and not flow.derived
        for flow in solution.flows
    )


@pytest.mark.parametrize(
    ("begun", "changed"),
    [("rows = []", "rows += [ask(1)]"), ("rows = {}", "rows |= {1: ask(1)}"), ("rows = set()", "rows |= {ask(1)}")],
)
def test_what_is_added_in_place_is_kept(begun: str, changed: str) -> None:
    assert kept(f"{begun}\n{changed}", "rows")


@pytest.mark.parametrize("operator", ["-=", "&="])
def test_a_set_keeps_only_what_it_had(operator: str) -> None:
    assert not kept(f"rows = {{1, 2}}\nrows {operator} {{ask(1)}}", "rows")


def test_what_is_added_to_a_text_that_may_be_a_mapping_stays_out_of_the_mapping() -> None:
    body = "import sys\nkept = {}\ntext = kept if sys.argv else ''\ntext += {1: ask(1)}"
    assert not kept(body, "kept")
