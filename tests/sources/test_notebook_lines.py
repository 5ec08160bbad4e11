"""Lines of a notebook's file and lines of its cells."""

from __future__ import annotations

import json

import pytest

from tosguard.sources.notebook_lines import lines_in_cells

CELLS = [
    {"cell_type": "code", "metadata": {}, "outputs": [{"text": ["a\n"]}], "source": ["one\n", "two\n", "three"]},
    {"cell_type": "code", "metadata": {}, "outputs": [], "source": "one\ntwo\n"},
]
TEXT = json.dumps({"cells": CELLS, "metadata": {}}, indent=1)


def line_of(needle: str) -> int:
    return next(number for number, line in enumerate(TEXT.splitlines(), 1) if needle in line)


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        pytest.param({line_of('"two\\n"')}, {1: {2}, 2: set()}, id="a line"),
        pytest.param({line_of('"three"'), line_of('"one\\n",')}, {1: {1, 3}, 2: set()}, id="first and last"),
        pytest.param({line_of('"a\\n"')}, {1: set(), 2: set()}, id="output only"),
        pytest.param({line_of('"one\\ntwo\\n"')}, {1: set(), 2: {1, 2}}, id="one string"),
        pytest.param(range(1, 100), {1: {1, 2, 3}, 2: {1, 2}}, id="all"),
    ],
)
def test_lines(lines: set[int], cells: dict[int, set[int]]) -> None:
    assert lines_in_cells(TEXT, lines) == cells
    assert lines_in_cells("\ufeff" + TEXT, lines) == cells


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 1}', '{"cells": [{"source": 5}', "[" * 100_000])
def test_what_is_no_notebook_has_no_cells(text: str) -> None:
    assert not lines_in_cells(text, {1})
