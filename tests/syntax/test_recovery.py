"""One bad statement does not lose the file."""

from __future__ import annotations

import pytest

from tests.syntax.reference import nodes_of
from tosguard.syntax import ir
from tosguard.syntax.lowering import lower
from tosguard.syntax.masking import mask
from tosguard.syntax.recovery import lower_tolerant, statements_between


def calls(source: str) -> list[str]:
    module, _ = lower_tolerant(source)
    found = sorted((node for node in nodes_of(module) if isinstance(node, ir.Call)), key=lambda node: node.start)
    return [source[call.start : call.end] for call in found]


@pytest.mark.parametrize(
    ("source", "kept", "lines"),
    [
        ("f(1)\nprint 'x'\ng(2)\n", ["f(1)", "g(2)"], [2]),
        ("class A:\n    def m(self):\n        f(1)\n        print 'x'\n    def n(self): g(2)\n", ["f(1)", "g(2)"], [4]),
        ("def h():\n    print 'x'\n\ng(2)\n", ["g(2)"], [2]),
        ("x = (1,\ndef h():\n    f(1)\n", ["f(1)"], [1]),
        ("if a:\n    f(1)\nelse\n    g(2)\nh(3)\n", ["h(3)"], [3]),
        ("x = 'abc\nf(1)\n", ["f(1)"], [1]),
        ("!pip install x\nf(1)\n", ["f(1)"], [1]),
        ("'''a\n'''\nf(1)\n)\ng(2)\n", ["f(1)", "g(2)"], [4]),
        ("try:\n    f(1)\nexcept A, e:\n    print e\ng(2)\n", ["f(1)", "g(2)"], [4]),
        ("# %%\nf(1)\n# %%\nx = (1,\n# %%\ng(2)\n", ["f(1)", "g(2)"], [4]),
        ("# %%\nf(1)\n# %%\nx = '''abc\n# %%\ng(2)\n", ["f(1)", "g(2)"], [4]),
        (
            "# %% a\ndef f():\n    a(1)\n# %% b\nif True:\n    x = 1\n  y\n    b(2)\n# %% c\ng(3)\n",
            ["a(1)", "g(3)"],
            [5],
        ),
        ("def f():\n    a(1)\n# %% only a remark\n    b(2)\nprint 'x'\n", ["a(1)", "b(2)"], [5]),
    ],
)
def test_the_rest_is_read(source: str, kept: list[str], lines: list[int]) -> None:
    assert calls(source) == kept
    _, problems = lower_tolerant(source)
    assert [problem.line for problem in problems] == lines


def test_positions_are_those_of_the_file() -> None:
    source = "print 'x'\n\nf(1)\n"
    module, _ = lower_tolerant(source)
    assert module.position(module.body[0].start) == (3, 1)


def test_a_good_file_is_lowered_as_it_is() -> None:
    source = "def f():\n    return 1\n"
    module, problems = lower_tolerant(source)
    assert problems == ()
    assert repr(module) == repr(lower(source))


def test_statements_are_found_without_parsing() -> None:
    source = "@a\n@b\ndef f():\n  x\n\nif a:\n  b\nelse:\n  c\nx = [\n1,\n]\ny = '''\nz\n'''\n"
    spans = statements_between(mask(source), 0, len(source))
    assert [source[start:end].split()[0] for start, end in spans] == ["@a", "if", "x", "y"]
