"""Names that a module may bind, read off bytes."""

from __future__ import annotations

import pytest

from tosguard.sources.importing import bound_in


@pytest.mark.parametrize(
    ("source", "bound", "unbound"),
    [
        pytest.param(
            "def f(a):\n    b = 1\nclass K:\n    c = 2\n    def m(self): pass\n",
            {"f", "K"},
            {"b", "c", "m"},
            id="definitions, not what is inside of them",
        ),
        pytest.param(
            "try:\n    import x\nexcept E:\n    x = None\n    def g(): pass\n",
            {"x", "g"},
            set(),
            id="under a condition",
        ),
        pytest.param("(A, B) = C = 1, 2\nD: int = 3\nE += 1\n", {"A", "B", "C", "D", "E"}, set(), id="assignments"),
        pytest.param("if F: G = 1; H = 2\nelse: I = 3\n", {"G", "H", "I"}, set(), id="on one line"),
        pytest.param("@deco\nasync def h(): pass\n", {"h"}, set(), id="decorated"),
        pytest.param(
            "import a.b, c as d\nfrom e import (f,\n  g as h)\n", {"a", "d", "f", "h"}, {"b", "c"}, id="imports"
        ),
        pytest.param(
            'if True:\n    T = """\ncolumn 0\n"""\n    U = 1\ndef f(): pass\n',
            {"T", "U", "f"},
            set(),
            id="behind a text that begins in the first column",
        ),
    ],
)
def test_the_names_that_a_module_may_bind(source: str, bound: set[str], unbound: set[str]) -> None:
    found = bound_in(source.encode())
    assert found is not None
    assert found >= bound
    assert found.isdisjoint(unbound)


def test_a_star_import_hides_what_is_bound() -> None:
    assert bound_in(b"from x import *\nA = 1\n") is None
