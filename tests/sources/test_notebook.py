"""Notebooks."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tosguard.sources.magics import python_of_cell
from tosguard.sources.notebook import NotebookProblem, read_notebook


def code(source: str | list[str]) -> dict[str, Any]:
    return {"cell_type": "code", "source": source}


def notebook(*cells: dict[str, Any], **metadata: Any) -> str:
    return json.dumps({"nbformat": 4, "metadata": metadata, "cells": cells})


def test_cells_are_joined_and_lines_found_again() -> None:
    read = read_notebook(
        notebook(
            {"cell_type": "markdown", "source": "# hi\nthere"}, code("a = 1\nb = 2"), code([]), code(["c(\n", "1)\n"])
        )
    )
    assert read.source == "# %%\na = 1\nb = 2\n# %%\n\n# %%\nc(\n1)\n"
    places = [read.cells.place(line) for line in range(1, 10)]
    assert places == [(2, 1), (2, 1), (2, 2), (3, 1), (3, 1), (4, 1), (4, 1), (4, 2), (4, 2)]
    assert read.cells.lines == (2, 2, 1, 2)
    assert len(read.cells.rows) == read.source.count("\n")


def test_format_three() -> None:
    document = {
        "nbformat": 3,
        "worksheets": [
            {"cells": [{"cell_type": "heading", "source": "x"}, {"cell_type": "code", "input": ["a\n", "b"]}]}
        ],
    }
    read = read_notebook(json.dumps(document))
    assert read.source == "# %%\na\nb\n"
    assert read.cells.place(3) == (2, 2)


@pytest.mark.parametrize(
    ("cell", "source"),
    [
        ("    a = 1\n    b = 2", "if True:\n    a = 1\n    b = 2"),
        ("# note\n\n  a = 1\nb = 2", "if True:\n# note\n\n  a = 1\nb = 2"),
        ("  %matplotlib inline", "if True:\n  get_ipython().run_line_magic('matplotlib', 'inline')"),
        ("    # note\na = 1", "    # note\na = 1"),
        ("    # note", "    # note"),
        ("", ""),
    ],
    ids=["as a whole", "behind a comment", "a command", "only a comment", "nothing else", "empty"],
)
def test_a_cell_with_a_margin_does_not_go_on_where_the_last_one_ended(cell: str, source: str) -> None:
    read = read_notebook(notebook(code("def f():\n    pass"), code(cell)))
    assert read.source == f"# %%\ndef f():\n    pass\n# %%\n{source}\n"
    ast.parse(read.source)
    assert read.cells.place(read.source.count("\n")) == (2, cell.count("\n") + 1)
    assert len(read.cells.rows) == read.source.count("\n")


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%run x.py", "get_ipython().run_line_magic('run', 'x.py')"),
        ("!pip install a", "get_ipython().system('pip install a')"),
        ('pip install -U "a[b]" c', "get_ipython().system('pip install -U \"a[b]\" c')"),
        ("pip = 1", "pip = 1"),
        ("pip install = 1", "pip install = 1"),
        ("!!ls", "get_ipython().getoutput('ls')"),
        ("files = !ls {x}", "files = get_ipython().getoutput('ls {x}')"),
        ("a = %env HOME", "a = get_ipython().run_line_magic('env', 'HOME')"),
        ("  %matplotlib inline", "  get_ipython().run_line_magic('matplotlib', 'inline')"),
        ("%time f(1)", "f(1)"),
        ("%timeit -n 10 -r3 f(1)", "f(1)"),
        ("x = %time f(1)", "x = f(1)"),
        ("%time", "pass"),
        ("%%time\nf(1)", "\nf(1)"),
        ("%%time f(0)\nf(1)", "f(0)\nf(1)"),
        ("%%capture out\n!ls\nf(1)", "\nget_ipython().system('ls')\nf(1)"),
        ("?f\nf?\nf.g??\ng(1)", "\n\n\ng(1)"),
        ("if a:\n    f?", "if a:\n    pass"),
        ("!a \\\n  b\nc", "get_ipython().system('a b')\n\nc"),
        ("x = '''\n!no\n%no\n'''\n!yes", "x = '''\n!no\n%no\n'''\nget_ipython().system('yes')"),
        ("x = (a\n % b)", "x = (a\n % b)"),
        ("x = a \\\n % b", "x = a \\\n % b"),
        ("x = '(' # (\n!y", "x = '(' # (\nget_ipython().system('y')"),
        ("x != 1", "x != 1"),
        ("x = y % z", "x = y % z"),
        ("%%bash\nls", "\n"),
        ("\n%%writefile a.py\nx", "\n\n"),
        ("await f()", "await f()"),
    ],
)
def test_commands(cell: str, python: str) -> None:
    assert python_of_cell(cell, 1)[0] == python


@pytest.mark.parametrize(
    ("cell", "kind", "line", "text", "target"),
    [
        ("%%bash\nls\npwd", "shell", 2, "ls\npwd", ""),
        ("# note\n!python train.py --data \\\n x.json", "shell", 2, "python train.py --data \\\n x.json", ""),
        ("\n%%writefile -a src/a.py\nx = 1", "text", 3, "x = 1", "src/a.py"),
        ("%%writefile run.sh\nls", "shell", 2, "ls", "run.sh"),
        ("%%html\n<b>", "text", 2, "<b>", ""),
        ("out = !ls", "shell", 1, "ls", ""),
        ("%sx ls", "shell", 1, "ls", ""),
    ],
)
def test_what_is_not_python_is_kept(cell: str, kind: str, line: int, text: str, target: str) -> None:
    (fragment,) = python_of_cell(cell, 3)[1]
    assert (fragment.cell, fragment.kind, fragment.line) == (3, kind, line)
    assert (fragment.text, fragment.target) == (text, target)


@given(st.text(alphabet=st.sampled_from(list("ab!%?='\"()\\\n #x")), max_size=40))
def test_every_line_keeps_its_place(cell: str) -> None:
    assert python_of_cell(cell, 1)[0].count("\n") == cell.count("\n")


@given(st.text(max_size=30).filter(lambda text: "\r" not in text))
def test_a_shell_line_becomes_valid_python(text: str) -> None:
    line = "!" + text.replace("\n", " ").replace("\x00", "").rstrip("\\")
    ast.parse(python_of_cell(line, 1)[0])


def test_other_languages_have_no_python() -> None:
    read = read_notebook(notebook(code("x <- 1"), kernelspec={"language": "R"}))
    assert (read.source, read.fragments, read.cells.lines) == ("", (), (1,))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"cells": [\n}', 2, "not valid JSON"),
        ("", 1, "not valid JSON"),
        ("[]", 1, "not a notebook"),
        ('{"cells": 1}', 1, "not a notebook"),
        ("[" * 100_000, 1, "nested too deeply"),
        ('{"cells": [], "x": ' + "9" * 5000 + "}", 1, "not valid JSON"),
    ],
    ids=["broken", "empty", "list", "no cells", "nested", "number"],
)
def test_what_is_no_notebook(text: str, line: int, words: str) -> None:
    try:
        read_notebook(text)
    except NotebookProblem as problem:
        assert (problem.line, words in problem.message) == (line, True)
    else:
        assert "9999" in text  # interpreters before the limit on digits read the number


@pytest.mark.parametrize("cell", [None, 1, {}, {"cell_type": "code"}, {"cell_type": "code", "source": {"a": 1}}, []])
def test_malformed_cells_are_empty(cell: Any) -> None:
    read = read_notebook(json.dumps({"cells": [cell, code("a")], "metadata": []}))
    assert read.source.splitlines()[-1] == "a"
    assert read.cells.place(read.source.count("\n")) == (2, 1)
