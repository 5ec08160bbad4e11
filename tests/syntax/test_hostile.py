"""Sources that are broken, or built to break a parser, give one problem and never end the process."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.syntax.reference import nodes_of
from tosguard.syntax import ir
from tosguard.syntax.cursor import MAX_DEPTH
from tosguard.syntax.errors import SyntaxProblem
from tosguard.syntax.lowering import lower
from tosguard.syntax.nesting import MAX_BYTES
from tosguard.syntax.recovery import lower_tolerant

HOSTILE = {
    "parentheses": "x = " + "(" * 5000 + "a" + ")" * 5000,
    "lists": "[" * 300 + "]" * 300,
    "calls": "f(" * 1000 + ")" * 1000,
    "dicts": "{1:" * 20_000 + "a" + "}" * 20_000,
    "sum": "a" + "+a" * 5000,
    "attributes": "a" + ".x" * 5000,
    "called results": "f" + "()" * 5000,
    "indices": "f" + "[0]" * 5000,
    "not": "not " * 5000 + "a",
    "minus": "-" * 50_000 + "a",
    "power": "a" + "**a" * 5000,
    "lambda": "lambda:" * 5000 + "a",
    "conditional": "a" + " if b else a" * 5000,
    "or": "a" + " or a" * 100_000,
    "elif": "if a: b\n" + "elif a: b\n" * 50_000,
    "clauses": "[a " + "for a in b " * 5000 + "]",
    "indentation": "".join(" " * depth + "if a:\n" for depth in range(300)) + " " * 300 + "b",
    "strings": "'a' " * 50_000,
    "holes": "f'{" * 300 + "a" + "}'" * 300,
    "unclosed": "(" * 50_000,
    "closed": ")" * 50_000,
    "walrus": "(a:=" * 1000 + "b" + ")" * 1000,
    "sum of sums": "(" * 150 + "a" + (")" + "+a" * 100) * 150,
    "many lists": ("[" * 190 + "]" * 190 + "\n") * 10_000,
    "many chains": ("a" + ".x" * 150 + "\n") * 10_000,
    "escaped quotes": '"""' + '\\"""' * 500_000,
    "escaped quotes on a line": "'" + "\\'" * 1_000_000,
    "open templates": "f'{(\n" * 100_000,
    "open long templates": 'f"""{(\n' * 100_000,
    "template quotes": "f'{'" * 100_000,
    "template colons": "f'{a:{" * 100_000,
    "medium chain": "f" + ".x()" * 300,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_nesting(name: str) -> None:
    program = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.syntax.test_hostile import HOSTILE\n"
        "from tosguard.syntax.errors import SyntaxProblem\n"
        "from tosguard.syntax.lowering import lower\n"
        "try: lower(HOSTILE[sys.argv[1]] + '\\n'); print('lowered')\n"
        "except SyntaxProblem as problem: print('refused', problem.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, name], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("refused ")


@pytest.mark.parametrize(
    "source",
    [
        "a" + " + a" * 900,
        "a" + " or a" * 900,
        "x = [" + "1, " * 20_000 + "]",
        "if a: b\n" + "elif a: b\n" * 500 + "else: c\n",
        "'a' " * 1000,
        "f" + ".x()" * 80,
        "(" * 190 + "a" + ")" * 190,
        "a < " * 800 + "b",
    ],
    ids=["sum", "or", "long list", "many branches", "many strings", "builder", "parentheses", "comparison"],
)
def test_long_but_honest_sources_are_read(source: str) -> None:
    module = lower(source + "\n")
    assert _depth(module) <= 2 * MAX_DEPTH


def _depth(module: ir.Module) -> int:
    deepest = 0
    level = list(module.body)
    while level:
        deepest += 1
        level = [child for node in level for child in _children(node)]
    return deepest


def _children(node: ir.Node) -> list[ir.Node]:
    found: list[ir.Node] = []
    for name in node.__dataclass_fields__:
        value = getattr(node, name)
        found.extend(item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, ir.Node))
    return found


def test_every_operand_of_a_long_sum_is_kept_in_order() -> None:
    source = " + ".join(f"a{number}" for number in range(300))
    names = sorted((node for node in nodes_of(lower(source)) if isinstance(node, ir.Name)), key=lambda node: node.start)
    assert [node.id for node in names] == [f"a{number}" for number in range(300)]


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("x = 1\nprint 'hello'\n", 2, "Python 2"),
        ("x = (1,\n" + "y = f(a.b + 1)\n" * 2000, 1, "never closed"),
        ("a\x00b\n", 1, "NUL"),
        ("x = 'abc\n", 1, "unterminated"),
        ("def f(:\n  pass\n", 1, "Python 3"),
        ("x" * (MAX_BYTES + 1), 1, "longer than"),
        ("exec 'x'\n", 1, "Python 3"),
        ("x = 0777\n", 1, "octal"),
    ],
)
def test_problems_say_where_and_what(source: str, line: int, words: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        lower(source)
    assert caught.value.line == line
    assert words in caught.value.message


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*"ab (){}[]'\"\\\n\t:=+.,f#!@é\r\f", "def ", "if ", "lambda "]), max_size=40).map("".join)
)
@example("\\\n")
def test_any_text_is_lowered_or_refused(source: str) -> None:
    module, problems = lower_tolerant(source)
    assert isinstance(module, ir.Module)
    for problem in problems:
        assert 1 <= problem.line <= source.count("\n") + source.count("\r") + 1
        assert problem.column >= 1


@pytest.mark.parametrize("source", ["(" * 190 + "a" + ")" * 190, "f" + "[0]" * 900, "f(" * 190 + ")" * 190])
def test_a_small_stack_is_enough(source: str) -> None:
    program = (
        "import sys, threading\n"
        "from tosguard.syntax.errors import SyntaxProblem\n"
        "from tosguard.syntax.lowering import lower\n"
        "def run():\n"
        "    try: lower(sys.argv[1]); print('lowered')\n"
        "    except SyntaxProblem: print('refused')\n"
        "lower('a')\n"
        "threading.stack_size(512 * 1024)\n"
        "thread = threading.Thread(target=run); thread.start(); thread.join()\n"
        "assert threading.stack_size() == 512 * 1024\n"
    )
    done = subprocess.run([sys.executable, "-c", program, source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in ("lowered", "refused")
