"""The CSV reports: a row a finding, and no cell that a spreadsheet would compute."""

from __future__ import annotations

import csv
import dataclasses
import io
import re

import pytest

from tests.report_documents import sample
from tosguard.report import csv as findings_csv
from tosguard.report import inventory_formats
from tosguard.report.comparison import Comparison, FixedFinding
from tosguard.report.csv_cells import cell, table
from tosguard.report.options import RenderOptions


def _rows(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize(
    "hostile",
    [
        "=cmd|' /C calc'!A0",
        "+1+cmd",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r\n=1+1",
        "  =1+1",
        '"=1+1',
        "'=1+1",
        "＝1+1",
        "＠x",
        "-",
        "=",
    ],
)
def test_no_cell_begins_like_a_formula(hostile):
    assert re.match(r"[^\s=+\-@＝＋－＠]", cell(hostile))
    assert cell(hostile).startswith("'")


@pytest.mark.parametrize("number", [0, 12, -3, "1.5"])
def test_numbers_stay_numbers(number):
    assert cell(number) == str(number)


def test_a_semicolon_does_not_open_a_formula_where_it_separates_cells():
    document = table(["a", "b"], [["x;=1+1", 'y; "@z']])
    for row in _rows(document, ";"):
        assert not [c for c in row if re.match(r"[\s\"']*[=+\-@]", c) and not c.lstrip(' "').startswith("'")]


def test_no_cell_of_a_hostile_report_is_a_formula_on_more_than_one_line_or_too_long():
    for document in (
        findings_csv.render(sample.hostile()),
        inventory_formats.render_csv(sample.hostile()),
    ):
        rows = _rows(document)
        assert {len(row) for row in rows} == {len(rows[0])}
        cells = [c for row in rows for c in row]
        assert not [c for c in cells if re.match(r"[\s\"]*[=+\-@]", c)]
        assert not [c for c in cells if "\n" in c or "\r" in c or "\t" in c or len(c) > 32_767]
        assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\u202e\ud800-\udfff]", document)


def test_a_row_a_finding_with_the_decision():
    rows = _rows(findings_csv.render(sample.rich()))
    by_print = {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert len(by_print) == 5
    waived = by_print["b2c3d4e5f6071829"]
    assert (waived["status"], waived["waiver_approved_by"], waived["waiver_expires"]) == (
        "waived",
        "R. Osei, General Counsel",
        "2027-03-01",
    )
    training = by_print["a1b2c3d4e5f60718"]
    assert (training["source"], training["sink"]) == ("src/generate.py:13", "src/train.py:5")
    assert training["questions"].count(" | ") == 1


def test_the_byte_order_mark_is_optional():
    assert findings_csv.render(sample.rich()).startswith('\ufeff"number"')
    assert findings_csv.render(sample.rich(), RenderOptions(csv_bom=False)).startswith('"number"')


def test_lines_end_as_spreadsheets_write_them():
    assert findings_csv.render(sample.rich()).count("\r\n") == 6


def test_fixed_findings_follow_in_a_comparison():
    fixed = FixedFinding("ffff", "r", "north", "An old use.", "a.py", 3, "error", "prohibited")
    comparison = Comparison("2026-01-01", None, "0.8.0", ("a1b2c3d4e5f60718",), (fixed,), (), 4)
    rows = _rows(findings_csv.render(dataclasses.replace(sample.rich(), comparison=comparison)))
    assert [row[3] for row in rows[1:]].count("new") == 1
    last = dict(zip(rows[0], rows[-1], strict=True))
    assert (last["change"], last["statement"], last["as_of"]) == ("fixed", "An old use.", "2026-11-21")


def test_inventory_has_a_row_for_each_use_of_each_thing():
    rows = _rows(inventory_formats.render_csv(sample.rich()))
    kinds = [row[0] for row in rows[1:]]
    assert (kinds.count("provider"), kinds.count("platform"), kinds.count("dataset")) == (8, 1, 2)
