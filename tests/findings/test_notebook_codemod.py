"""Comments written into notebooks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tosguard.errors import ConfigurationError
from tosguard.findings.notebook_codemod import insert_into_cell

COMMENT = "# tosguard: ignore[a/b] ein Grund: für „uns“"
CODE = "import x\n\nfor row in rows:\n    x.call(\n        row)"
LINES = [line + "\n" for line in CODE.split("\n")[:-1]] + ["        row)"]


def notebook(source: Any, **options: Any) -> bytes:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ['# \U0001f600 "cells": [\n', "text"]},
        {"outputs": [{"text": ["source"]}], "source": source, "cell_type": "code", "metadata": {"source": [1]}},
        {"cell_type": "code", "source": "y = 2", "metadata": {}},
    ]
    document = {"metadata": {"cells": []}, "cells": cells, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(document, **options) + "\n").encode()


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(notebook(LINES, indent=1), id="as notebooks are saved"),
        pytest.param(notebook(LINES, indent=4, ensure_ascii=False), id="other indent, plain letters"),
        pytest.param(notebook(LINES), id="on one line"),
        pytest.param(notebook(CODE, indent=1), id="one string"),
        pytest.param(notebook([CODE], indent=1), id="one string in a list"),
        pytest.param(notebook(["".join(LINES[:3]), "".join(LINES[3:])]), id="several lines a string"),
        pytest.param(notebook(LINES, indent=1).replace(b"\n", b"\r\n"), id="carriage returns"),
        pytest.param(b"\xef\xbb\xbf" + notebook(LINES, indent=1), id="byte order mark"),
    ],
)
def test_a_comment_is_one_line_more_and_every_other_byte_stays(source: bytes) -> None:
    written = insert_into_cell(source, 2, 4, COMMENT, CODE, "n.ipynb")
    expected = "\n".join([*CODE.split("\n")[:3], f"    {COMMENT}", *CODE.split("\n")[3:]])
    cell = json.loads(written.decode("utf-8-sig"))["cells"][1]["source"]
    assert (cell if isinstance(cell, str) else "".join(cell)) == expected
    head = next(index for index, (old, new) in enumerate(zip(source, written, strict=False)) if old != new)
    tail = len(source) - head
    assert source[:head] == written[:head]
    assert written.endswith(source[-tail:]) or source[head - 1 :] == written[-tail - 1 :]
    assert len(written) > len(source)


def test_a_comment_may_come_first() -> None:
    written = insert_into_cell(notebook(LINES, indent=1), 2, 1, COMMENT, CODE, "n.ipynb")
    assert json.loads(written)["cells"][1]["source"] == [COMMENT + "\n", *LINES]


def test_letters_are_counted_as_characters() -> None:
    code = 'a = "\U0001f600\\n\\\\"\nx.call()'
    written = insert_into_cell(notebook(code), 2, 2, COMMENT, code, "n.ipynb")
    assert json.loads(written)["cells"][1]["source"] == code.replace("x.call", COMMENT + "\nx.call")


@pytest.mark.parametrize("source", [["%%time x.call()\n", "y"], "%%time x.call()\ny"], ids=["list", "string"])
def test_nothing_is_written_above_a_cell_magic(source: Any) -> None:
    with pytest.raises(ConfigurationError, match="cell magic"):
        insert_into_cell(notebook(source), 2, 1, COMMENT, "x.call()\ny", "n.ipynb")


def test_an_old_format_is_told_what_to_do_instead() -> None:
    old = json.dumps({"worksheets": [{"cells": [{"cell_type": "code", "input": ["x.call()"]}]}]}).encode()
    with pytest.raises(ConfigurationError, match="without --inline"):
        insert_into_cell(old, 1, 1, COMMENT, "x.call()", "n.ipynb")
