"""Loops take no further turn where it would find nothing new, and nothing is missed for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flow.flows import API, catalogue, marked
from tests.flow.test_projects import ROOT, solved
from tests.flow.test_visits import facts_of, steps_for
from tosguard.flow.language import statements
from tosguard.flow.language.turns import handed_over
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import evaluate, in_deep_stack
from tosguard.flow.solver.frame import Frame
from tosguard.flow.solver.machine import Machine
from tosguard.flow.values.fields import FIELDS
from tosguard.syntax import ir
from tosguard.syntax.lowering import lower


@pytest.mark.parametrize("project", sorted(p for p in ROOT.iterdir() if p.is_dir())[::3], ids=lambda p: p.name)
def test_nothing_is_found_otherwise(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = facts_of(solved(project))
    monkeypatch.setattr(statements, "is_last", lambda *_: False)
    assert facts_of(solved(project)) == found


def test_a_body_that_binds_what_it_reads_is_executed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = """
def show(entries):
    for entry in entries:
        text = entry.strip()
        print(text)
show(["a"])
"""
    fewer = steps_for(text)
    monkeypatch.setattr(statements, "is_last", lambda *_: False)
    assert fewer < steps_for(text)


#: Loops, and the variables that a turn hands to the next.
LOOPS = [
    ("for x in xs:\n    y = x\n    print(y)", {"print"}),
    ("for x in xs:\n    total += x", {"total"}),
    ("for x in xs:\n    print(before)\n    before = x", {"print", "before"}),
    ("for x in xs:\n    if x:\n        y = 1\n    print(y)", {"print", "y"}),
    ("for x in xs:\n    if x:\n        y = 1\n    else:\n        y = 2\n    use(y)", {"use"}),
    ("for x in xs:\n    if x:\n        continue\n    else:\n        y = 2\n    use(y)", {"use"}),
    ("for x in xs:\n    for y in x:\n        z = y\n    use(z)", {"use", "z"}),
    (
        "for x in xs:\n    try:\n        y = 1\n    except KeyError as error:\n        y = error\n    use(y)",
        {"use", "KeyError"},
    ),
    ("for x in xs:\n    try:\n        y = 1\n    except KeyError:\n        pass\n    use(y)", {"use", "KeyError", "y"}),
    ("for x in xs:\n    with x as y:\n        z = y\n    use(z)", {"use"}),
    ("for x in xs:\n    y, *z = x\n    use(y, z)", {"use"}),
    ("for x in xs:\n    y = 1\n    del y\n    use(y)", {"use", "y"}),
    ("for x in xs:\n    match x:\n        case [y]:\n            use(y)\n    use(y)", {"use", "y"}),
    ("for x in xs:\n    def use(y=z):\n        return x\n    use()", {"z"}),
    ("for x in xs:\n    import json\n    json.dumps(x)", set()),
    ("while more:\n    more = step(more)", {"more", "step"}),
    ("while True:\n    x = step()\n    if x:\n        break\n    use(x)", {"step", "use"}),
]


@pytest.mark.parametrize(("text", "names"), LOOPS, ids=[text.replace("\n", " ⏎ ") for text, _ in LOOPS])
def test_what_a_turn_hands_to_the_next_is_told_from_the_text(text: str, names: set[str]) -> None:
    machine = solved_machine(text)
    module = machine.project.modules["main"]
    loop = module.node.body[0]
    assert isinstance(loop, (ir.For, ir.While))
    assert handed_over(Frame(machine, machine.module_contexts["main"]), loop) == names | {FIELDS}


def solved_machine(text: str) -> Machine:
    """A program of one module, solved."""
    modules = [SourceModule("api.py", lower(API)), SourceModule("main.py", lower(text))]
    return in_deep_stack(lambda: evaluate(modules, catalogue(), {}))


@pytest.mark.parametrize(
    "body",
    [
        ("print(last, file=out)  # taken", "last = ask(item)  # born"),
        ("print(kept[-1], file=out)  # taken", "kept.append(ask(item))  # born"),
        ("print(box.held, file=out)  # taken", "box.held = ask(item)  # born"),
        ("print(table['answer'], file=out)  # taken", "table['answer'] = ask(item)  # born"),
        ("print([k for k in kept], file=out)  # taken", "kept += [ask(item)]  # born"),
    ],
    ids=["variable", "list", "attribute", "item", "list that is added to"],
)
def test_what_the_turn_before_left_reaches_the_next(body: tuple[str, str]) -> None:
    taking, giving = body
    text = f"""
from api import ask
class Box:
    held = None
def run(items):
    last, kept, box, table = None, [], Box(), {{}}
    out = open("answers.txt", "w")
    for item in items:
        {taking}
        {giving}
run(["a"])
"""
    assert marked(text) == {("born", "taken")}
