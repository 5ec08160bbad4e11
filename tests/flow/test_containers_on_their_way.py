"""A container with an answer in it is returned and passed on: the flow tells by which calls."""

from __future__ import annotations

from tests.flow.flows import solved

TOOLS = """\
import json

from api import ask


def collect(questions):
    rows = []
    for question in questions:
        rows.append({"q": question, "a": ask(question)})
    return rows


def save(rows):
    write(rows)


def write(rows):
    json.dump(rows, open("out.json", "w"))


def collect_and_save(questions):
    rows = [ask(question) for question in questions]
    json.dump(rows, open("other.json", "w"))
"""


def hops_into(main: str, sink: str) -> list[tuple[str, str]]:
    """The hops behind the birth of the flow that ends at a place: place and what is said."""
    solution = solved(main, tools=TOOLS)
    found = [
        [(f"{hop.place.path}:{hop.place.line}", hop.message) for hop in flow.hops]
        for flow in solution.flows
        if solution.calls[flow.sink].symbol == "json.dump"
    ]
    (way,) = [way for way in found if way[-1][0] == sink]
    return [hop for hop in way if not hop[0].startswith("api.py")]


def test_returns_and_passes_of_a_container_are_steps() -> None:
    main = "from tools import collect, save\n\nrows = collect(['a'])\nsave(rows)\n"
    assert hops_into(main, "tools.py:18") == [
        ("tools.py:9", "stored under 'a'"),
        ("main.py:3", "returned by `collect`"),
        ("main.py:4", "passed to `save`"),
        ("tools.py:14", "passed to `write`"),
        ("tools.py:18", "given to json.dump as data"),
    ]


def test_a_container_used_where_it_is_filled_takes_no_such_step() -> None:
    main = "from tools import collect_and_save\n\ncollect_and_save(['a'])\n"
    messages = [message for _, message in hops_into(main, "tools.py:23")]
    assert not any(message.startswith(("returned by", "passed to")) for message in messages[1:])
