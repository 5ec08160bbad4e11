"""A decorator of the project goes around a function: the call it makes for it is no place where its answer is used."""

from __future__ import annotations

from tests.flow.flows import solved

MAIN = """\
import functools
from api import ask


def logged(function):
    @functools.wraps(function)
    def inner(*given):
        return function(*given)

    return inner


@logged
def summary(text):
    return ask("Summarise " + text)


def run(texts):
    for text in texts:
        print(summary(text))


run(open("texts.txt"))
"""


def test_the_function_around_is_left_out_of_the_way() -> None:
    solution = solved(MAIN)
    (origin,) = [o for o in solution.origins if solution.calls[o.call].entry.role == "generate"]
    assert [(p.path, p.line, p.scope) for p in origin.chain] == [("main.py", 15, "summary"), ("main.py", 20, "run")]
    (asked,) = [c for c in solution.calls if c.entry.role == "generate"]
    assert "logged.inner" not in {place.scope for place in asked.callers}


def test_a_function_that_is_only_handed_a_function_is_a_place_of_its_own() -> None:
    handed = MAIN.replace("@logged\n", "").replace("print(summary(text))", "print(logged(summary)(text))")
    solution = solved(handed)
    (origin,) = [o for o in solution.origins if solution.calls[o.call].entry.role == "generate"]
    assert "logged.inner" in {place.scope for place in origin.chain}
