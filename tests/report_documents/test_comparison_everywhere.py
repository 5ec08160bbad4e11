"""Every format says what is new, fixed and changed since the earlier audit."""

from __future__ import annotations

import dataclasses
import importlib
import json
from importlib.resources import files

import pytest

from tests.report_documents import sample
from tosguard.report.compare import compare
from tosguard.report.json import document
from tosguard.report.model import Report
from tosguard.report.options import RenderOptions

OPTIONS = RenderOptions(command="audit")
FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "html", "csv")


@pytest.fixture(scope="module")
def report() -> Report:
    """Against an audit without the first finding, with another severity in the last, and with one that went away."""
    old = document(sample.rich())
    gone = {**old["findings"][0], "fingerprint": "ffff000011112222", "message": "An old use that went away."}
    changed = {**old["findings"][4], "severity": "warning"}
    old["findings"] = [*old["findings"][1:4], changed, gone]
    old["run"]["as_of"] = "2026-01-31"
    return dataclasses.replace(sample.rich(), comparison=compare(old, sample.rich()))


def _render(name: str, report: Report) -> str:
    return importlib.import_module(f"tosguard.report.{name}").render(report, OPTIONS)


@pytest.mark.parametrize("name", FORMATS)
def test_new_findings_are_marked(name, report):
    assert "new" in _render(name, report).lower()
    assert _render(name, report) != _render(name, dataclasses.replace(report, comparison=None))


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "gitlab"])
def test_fixed_findings_are_listed(name, report):
    text = _render(name, report)
    assert "An old use that went away." in text


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("csv", "concise")])
def test_changes_say_what_was_and_what_is(name, report):
    text = _render(name, report)
    assert "severity warning" in text or '"before": "warning"' in text or "severity: warning" in text.lower()


def test_csv_marks_each_row(report):
    rows = _render("csv", report).splitlines()
    assert sum('"new"' in row for row in rows) == 1
    assert sum('"changed"' in row for row in rows) == 1
    assert sum('"fixed"' in row for row in rows) == 1


def test_sarif_states_are_those_of_the_comparison(report):
    results = json.loads(_render("sarif", report))["runs"][0]["results"]
    states = [result["baselineState"] for result in results]
    assert sorted(states) == ["new", "unchanged", "unchanged", "unchanged", "updated"]


def test_json_with_a_comparison_fits_its_schema(report):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((files("tosguard.report") / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(_render("json", report)), schema)


def test_an_audit_can_be_compared_with_one_that_was_itself_compared(report):
    assert compare(json.loads(_render("json", report)), report).unchanged == 5
