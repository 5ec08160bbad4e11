from __future__ import annotations

import pytest

from tests.findings.toy import RULE, run
from tosguard.errors import ConfigurationError, UsageError
from tosguard.findings.codemod import insert_suppressions, suppression_comment
from tosguard.findings.model import Status

COMMENT = suppression_comment([RULE], "own data", until="2027-01-01", reference="LEGAL-1")

SOURCES = {
    "statement": b"import a\n\n\n# why\ntrain(\n    rows,\n)  # t\n",
    "inside a function": b"def f():\n\n\tif rows:\n\t\treturn train(rows)\n",
    "first statement": b"#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n\ntrain(rows)\n",
    "carriage returns": b"x = 1\r\nwhile x:\r\n    train(rows)\r\n",
    "mixed line ends": b"x = 1\r\ny = 2\ntrain(rows)\r\nz = 3\n",
    "byte order mark": b"\xef\xbb\xbfx = 1\ntrain(rows)\n",
    "no final newline": b"x = 1\ntrain(rows)",
    "trailing blanks": b"x = 1   \ntrain( rows )  ;  y = 2   \n\n   \n",
    "decorator": b"class A:\n    @train(rows)\n    def f(self): ...\n",
    "default": b"class A:\n    @other\n    def f(self, x=train(rows)):\n        pass\n",
    "elif": b"if a: pass\nelif train(rows): pass\n",
    "one line": b"if a: train(rows)\n",
    "finally": b"try:\n    a()\nfinally:\n    train(rows)\n",
    "comprehension": b"x = [\n    # each\n    train(row)\n    for row in rows\n]\n",
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_comment_is_one_more_line_and_suppresses(source: bytes) -> None:
    text = source.decode("utf-8-sig")
    (finding,) = run({"a.py": text}).findings
    written = insert_suppressions(source, {finding.usage.location.line: COMMENT}, "a.py")
    lines, old = written.splitlines(keepends=True), source.splitlines(keepends=True)
    added = next(number for number, line in enumerate(lines) if b"tosguard:" in line)
    assert lines[:added] + lines[added + 1 :] == old
    (suppressed,) = run({"a.py": written.decode("utf-8-sig")}).findings
    assert suppressed.status is Status.WAIVED
    assert suppressed.waiver is not None
    assert (suppressed.waiver.reason, suppressed.waiver.expires) == ("own data", "2027-01-01")


def test_other_encodings_stay() -> None:
    source = "# -*- coding: latin-1 -*-\nx = 'é'\ntrain(rows)\n".encode("latin-1")
    written = insert_suppressions(source, {3: COMMENT}, "a.py")
    assert written.replace(COMMENT.encode() + b"\n", b"") == source


def test_several_comments_are_written_at_once() -> None:
    written = insert_suppressions(b"train(a)\nx = 1\ntrain(b)\n", {1: COMMENT, 3: COMMENT}, "a.py")
    assert written.decode().splitlines() == [COMMENT, "train(a)", "x = 1", COMMENT, "train(b)"]


@pytest.mark.parametrize(
    ("source", "line"), [(b"train(\n", 1), (b"x = 1\n", 9), (b"", 1), (b"# -*- coding: nonsense -*-\nx = 1\n", 2)]
)
def test_where_no_comment_can_stand_the_file_is_left_alone(source: bytes, line: int) -> None:
    with pytest.raises(ConfigurationError, match="waivers file"):
        insert_suppressions(source, {line: COMMENT}, "a.py")


@pytest.mark.parametrize(
    ("rules", "reason", "options"),
    [
        ([], "why", {}),
        (["a]b"], "why", {}),
        ([RULE], " - ", {}),
        ([RULE], "why", {"until": "tomorrow"}),
        ([RULE], "why", {"reference": "two words"}),
    ],
)
def test_a_comment_that_would_not_count_is_not_made(rules: list[str], reason: str, options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        suppression_comment(rules, reason, **options)


def test_a_reason_of_several_lines_becomes_one() -> None:
    assert suppression_comment([RULE], "own\n  data") == f"# tosguard: ignore[{RULE}] own data"
