"""A large project is looked at twice: closely only where a first look found that a call of interest is reached."""

from __future__ import annotations

import pytest

from tests.flow.flows import API, catalogue, machine_of, marked, models, solved
from tosguard.flow.calls.calls import MAX_FOLLOWED, MAX_TARGETS
from tosguard.flow.language.scopes import FunctionScope
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import evaluate, in_deep_stack, solve
from tosguard.flow.solver import focus
from tosguard.flow.solver.machine import Machine
from tosguard.syntax.lowering import lower

#: Two vendors' answers through one helper that calls nothing of interest, and shelves of another matter.
PROGRAM = """
import json
from api import ask

def tidy(text):
    return text.strip()

def answers(path, model):
    rows = [tidy(ask(q, model)) for q in ("a", "b")]  # made
    json.dump(rows, open(path, "w"))  # kept

def notes(path):
    rows = [tidy(line) for line in open(path)]
    json.dump(rows, open("notes.json", "w"))  # noted

class Shelf:
    def __init__(self, width):
        self.width = width
        self.books = []

    def put(self, book):
        self.books.append(fitted(book, self.width))

def fitted(book, width):
    return book[:width]

def furnish():
    for width in (1, 2, 3):
        shelf = Shelf(width)
        for book in ("x", "y", "z"):
            shelf.put(book + str(width))
            shelf.put(3)
    fitted([1], 2)
    fitted({2}, 4)
    fitted("q", None)

def main():
    answers("four.json", "gpt-4o")
    answers("mini.json", "gpt-4o-mini")
    notes("notes.txt")

main()
furnish()
"""


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(focus, "LARGE", 0)


def focal(solved: Machine) -> set[str]:
    scopes = (s for m in solved.project.modules.values() for s in m.by_node.values())
    return {s.dotted for s in scopes if isinstance(s, FunctionScope) and s.focal}


def test_what_calls_a_provider_or_hands_its_answers_about_is_in_focus(always: None) -> None:
    found = focal(machine_of(PROGRAM))
    assert {"api.ask", "main.answers", "main.main"} <= found
    assert not {"main.fitted", "main.Shelf.put", "main.furnish"} & found


def test_what_leads_nowhere_is_evaluated_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    def contexts(solved: Machine) -> int:
        atoms = (a for a in solved.contexts if a.scope.dotted == "main.fitted")
        return sum(len(solved.contexts[a]) for a in atoms) + sum(a.scope.dotted == "main.fitted" for a in solved.faint)

    whole = contexts(machine_of(PROGRAM))
    monkeypatch.setattr(focus, "LARGE", 0)
    assert contexts(machine_of(PROGRAM)) < whole


#: Functions that nobody is seen to call, beside one that asks a provider over what a constructor and a setup leave.
UNCALLED = """
from api import ask

MODEL = None

class Base:
    def __init__(self):
        self.width = 1

class Asker(Base):
    def __init__(self, model="gpt-4o"):
        self.model = model

    def answer(self, text):
        return ask(text, self.model), ask(text, MODEL)

def setup():
    global MODEL
    MODEL = "gpt-4.1"

def shelves(width):
    return [width] * 3
"""


def test_what_concerns_no_call_of_interest_and_is_called_by_nobody_is_not_entered(always: None) -> None:
    entered = {scope.dotted for scope in machine_of(UNCALLED).entered}
    assert {"main.Asker.answer", "main.Asker.__init__", "main.Base.__init__", "main.setup"} <= entered
    assert "main.shelves" not in entered


def test_what_a_constructor_or_a_setup_leaves_to_a_call_is_known_though_nobody_calls_it(always: None) -> None:
    assert models(solved(UNCALLED)) >= {"gpt-4o", "gpt-4.1"}


@pytest.mark.parametrize("lines", [0, focus.LARGE])
def test_two_callers_of_one_helper_are_kept_apart_all_the_same(monkeypatch: pytest.MonkeyPatch, lines: int) -> None:
    monkeypatch.setattr(focus, "LARGE", lines)
    assert marked(PROGRAM) == {("made", "kept")}


def test_an_answer_is_followed_where_nothing_of_interest_is_called(always: None) -> None:
    program = """
from api import ask
import json

class Box:
    def __init__(self):
        self.held = []

    def take(self, thing):
        self.held.append(thing)

def carry(box):
    return list(box.held)

def fill(box):
    box.take(ask("q"))  # made

box = Box()
fill(box)
json.dump(carry(box), open("a.json", "w"))  # kept
"""
    assert ("made", "kept") in marked(program)


def test_the_call_graph_is_about_every_function(always: None) -> None:
    modules = [SourceModule("main.py", lower(PROGRAM)), SourceModule("api.py", lower(API))]

    def edges(*, every_branch: bool) -> set[tuple[str, str]]:
        return set(in_deep_stack(lambda: evaluate(modules, catalogue(), {}, every_branch=every_branch)).edges)

    assert ("main.Shelf.put", "main.fitted") in edges(every_branch=True)
    assert edges(every_branch=False) <= edges(every_branch=True)


def registry(functions: int) -> str:
    """A program that calls functions by their names in a registry, at two places."""
    lines = ["from api import ask", "import json", "", "known = {}"]
    for number in range(functions):
        lines += [
            f"def task{number}(text):",
            f"    return ask(text + '{number}')",
            f"known['t{number}'] = task{number}",
        ]
    lines += ["def first(name):", "    return known[name]('one')  # made", ""]
    lines += ["def second(name):", "    return known[name]('two')", ""]
    lines += ["def main(name):", "    json.dump(first(name), open('first.json', 'w'))  # kept", "    second(name)", ""]
    return "\n".join([*lines, "import sys", "main(sys.argv[1])", ""])


def contexts_of(solved: Machine, name: str) -> int:
    tables = (table for atom, table in solved.contexts.items() if atom.scope.dotted == name)
    return sum(map(len, tables)) + sum(atom.scope.dotted == name for atom, _ in solved.merged)


@pytest.mark.parametrize(("functions", "contexts"), [(4, 2), (MAX_TARGETS + 1, 1)])
def test_a_call_of_one_of_very_many_functions_is_not_told_apart_from_another(
    always: None, functions: int, contexts: int
) -> None:
    solved = machine_of(registry(functions))
    assert contexts_of(solved, "main.task0") == contexts
    assert any("very many functions" in line for line in solved.notices.lines()) == (contexts == 1)


def test_what_one_of_very_many_functions_answers_is_followed_all_the_same(always: None) -> None:
    assert ("made", "kept") in marked(registry(MAX_TARGETS + 1))


@pytest.mark.parametrize("more", [0, 1])
def test_a_call_that_may_make_anything_is_not_followed_and_the_report_says_so(more: int) -> None:
    program = registry(MAX_FOLLOWED + more)
    for number in range(MAX_FOLLOWED + more):
        defined = f"def task{number}(text):\n    return ask(text + '{number}')"
        made = f"class task{number}:\n    def __init__(self, text):\n        self.said = ask(text + '{number}')"
        program = program.replace(defined, made)
    solved = machine_of(program)
    assert (("main.first", "main.task0.__init__") in solved.edges) == (not more)
    assert any("followed into these: main.first" in line for line in solved.notices.lines()) == bool(more)


def test_a_decorator_of_very_many_functions_is_followed_into_each() -> None:
    assert ("made", "kept") in marked(registry(MAX_FOLLOWED + 1))


def test_a_call_graph_has_every_function_that_a_call_may_be_of() -> None:
    modules = [SourceModule("main.py", lower(registry(MAX_FOLLOWED + 1))), SourceModule("api.py", lower(API))]
    edges = in_deep_stack(lambda: evaluate(modules, catalogue(), {}, every_branch=True)).edges
    assert {("main.first", f"main.task{number}") for number in range(MAX_FOLLOWED + 1)} <= set(edges)


def with_helper(main: str, helper: str, *, is_helper: bool) -> list[SourceModule]:
    return [
        SourceModule("main.py", lower(main)),
        SourceModule("api.py", lower(API)),
        SourceModule("helper.py", lower(helper), is_helper=is_helper),
    ]


def test_of_a_helper_file_only_what_others_use_is_entered() -> None:
    helper = """
class Used:
    def __init__(self, rows):
        self.rows = rows

    def __getitem__(self, at):
        return self.rows[at]

class Other:
    def __getitem__(self, at):
        return at

def called(text):
    def later(more):
        return text + more
    return later

def forgotten(text):
    return text
"""
    main = "from helper import Used, called\nfrom api import ask\nrows = Used([ask('q')])\ncalled('x')\n"
    modules = with_helper(main, helper, is_helper=True)
    entered = {s.dotted for s in in_deep_stack(lambda: evaluate(modules, catalogue(), {})).entered}
    assert {"helper.Used.__init__", "helper.Used.__getitem__", "helper.called", "helper.called.later"} <= entered
    assert not {"helper.forgotten", "helper.Other.__getitem__"} & entered


@pytest.mark.parametrize("late", [False, True])
def test_tests_of_a_large_project_are_entered_after_what_they_test(always: None, late: bool) -> None:
    main = "from api import ask\n\ndef build(kind):\n    return kind()\n\ndef later():\n    return ask(build(str))\n"
    tests = "from api import ask\n\ndef check():\n    from main import build\n    ask(build(int))\n"
    name = "a_test" if late else "a_trial"
    modules = [
        SourceModule(f"{name}.py", lower(tests)),
        SourceModule("main.py", lower(main)),
        SourceModule("api.py", lower(API)),
    ]
    solved = in_deep_stack(lambda: evaluate(modules, catalogue(), {}))
    contexts = [*solved.faint.values(), *(c for table in solved.contexts.values() for c in table.values())]
    made = {c.scope.dotted: c.serial for c in contexts}
    assert (made["main.later"] < made[f"{name}.check"]) is late


@pytest.mark.parametrize(("is_helper", "most"), [(False, 0), (True, 0), (True, 2)])
def test_what_answers_travel_through_is_in_focus_but_for_helper_files_where_they_go_everywhere(
    always: None, monkeypatch: pytest.MonkeyPatch, is_helper: bool, most: int
) -> None:
    monkeypatch.setattr(focus, "MAX_TOUCHED", most)
    helper = "def tidy(text):\n    return stripped(text)\n\ndef stripped(text):\n    return text.strip()\n"
    main = "from api import ask\nfrom helper import tidy\nimport json\n"
    main += "json.dump(tidy(ask('q')), open('a.json', 'w'))\n"
    modules = with_helper(main, helper, is_helper=is_helper)
    found = focal(in_deep_stack(lambda: evaluate(modules, catalogue(), {})))
    assert ("helper.tidy" in found) is (not is_helper or most == 2)
    assert any(solve(modules, catalogue()).flows)
