"""Comparing with an earlier audit."""

from __future__ import annotations

import dataclasses
import json

import pytest

from tests.report_documents import sample
from tosguard.errors import UsageError
from tosguard.report import json as json_report
from tosguard.report.compare import compare
from tosguard.usage.model import Location


@pytest.fixture
def old() -> dict:
    return json.loads(json_report.render(sample.rich()))


def _moved(report, index, **changes):
    finding = report.findings[index]
    usage = dataclasses.replace(finding.usage, location=dataclasses.replace(finding.usage.location, **changes))
    findings = list(report.findings)
    findings[index] = dataclasses.replace(finding, usage=usage)
    return dataclasses.replace(report, findings=tuple(findings))


def test_the_same_audit_has_no_differences(old):
    result = compare(old, sample.rich())
    assert (result.new, result.fixed, result.changed, result.unchanged, result.packs) == ((), (), (), 5, ())
    assert (result.old_as_of, result.old_commit) == ("2026-11-21", sample.COMMIT)


def test_new_and_fixed_findings_are_told_apart(old):
    new = sample.rich()
    shorter = dataclasses.replace(new, findings=new.findings[:3])
    old["findings"] = old["findings"][1:]
    result = compare(old, shorter)
    assert result.new == ("a1b2c3d4e5f60718",)
    assert [f.path for f in result.fixed] == ["notebooks/scores.ipynb", "crawl/agora.py"]
    assert result.unchanged == 2


def test_a_moved_line_is_no_change_but_another_file_is(old):
    assert compare(old, _moved(sample.rich(), 0, line=90, end_line=90)).changed == ()
    (changed,) = compare(old, _moved(sample.rich(), 0, path="src/renamed.py")).changed
    assert [(c.name, c.before, c.after) for c in changed.changes] == [("file", "src/generate.py", "src/renamed.py")]


def test_code_that_moved_to_another_file_is_known_again(old):
    old["findings"][0]["fingerprint"] = "0123456789abcdef.aaaaaaaa.1"
    report = sample.rich()
    first = dataclasses.replace(report.findings[0], fingerprint="0123456789abcdef.bbbbbbbb.1")
    result = compare(old, dataclasses.replace(report, findings=(first, *report.findings[1:])))
    assert (result.new, result.fixed) == ((), ())


def test_changed_terms_verdict_and_decision_are_listed(old):
    finding = old["findings"][1]
    finding["verdict"], finding["status"], finding["waiver"] = "prohibited", "open", None
    finding["clause"]["version"] = "2023-01"
    old["packs"][0]["version"] = "2024-01-01"
    result = compare(old, sample.rich())
    (changed,) = result.changed
    assert {c.name for c in changed.changes} == {"verdict", "status", "waiver", "clause"}
    assert result.packs == (("agora", "2024-01-01", "2025-03-15"),)


@pytest.mark.parametrize(
    "broken",
    [{}, {"schema_version": 2}, {"schema_version": 1}, {"schema_version": 1, "findings": 3, "usages": []}, [], None],
)
def test_what_is_no_report_is_refused_with_a_reason(broken):
    with pytest.raises(UsageError) as caught:
        compare(broken, sample.rich())
    assert caught.value.why and caught.value.next_step


def test_a_notebook_location_compares(old):
    report = _moved(sample.rich(), 3, **dataclasses.asdict(Location("notebooks/scores.ipynb", 2, 1, 2, 9, cell=5)))
    assert compare(old, report).changed == ()
