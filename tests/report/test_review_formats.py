"""GitHub annotations, GitLab code quality and JUnit, each read back by a strict reader."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.report.sample import CLEAN, OPEN, REPORT, WAIVED, hostile
from tosguard.findings.model import Finding, Status
from tosguard.policy.judgement import Severity
from tosguard.report import github, gitlab, junit
from tosguard.report.model import Report
from tosguard.report.options import RenderOptions

COMMAND = re.compile(r"::(error|warning|notice) ((?:[A-Za-z]+=[^,:]*)(?:,[A-Za-z]+=[^,:]*)*)::(.*)\Z")


def commands(report: Report, options: RenderOptions | None = None) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them."""
    found = []
    for line in github.render(report, options or RenderOptions()).split("\n"):
        if line.startswith("::"):
            read = COMMAND.match(line)
            assert read, line
            properties = dict(pair.split("=", 1) for pair in read[2].split(","))
            found.append((read[1], {k: decoded(v) for k, v in properties.items()}, decoded(read[3])))
    return found


def decoded(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def graded(*severities: Severity) -> Report:
    findings = tuple(
        replace(OPEN, judgement=replace(OPEN.judgement, severity=severity), fingerprint=f"{number:016x}.a.1")
        for number, severity in enumerate(severities)
    )
    return replace(REPORT, findings=findings, errors=())


def test_an_annotation_names_place_clause_and_remedy() -> None:
    level, properties, message = commands(REPORT)[0]
    assert level == "error"
    assert properties["title"] == "tosguard: openai/training-on-output"
    assert (properties["file"], properties["line"], properties["endLine"]) == ("src/answers.py", "7", "10")
    assert "Example Services Agreement (2025-05-31), 3.3(e)" in message
    assert message.endswith("Train on data whose licence allows it, or get written permission.")


def test_columns_are_given_only_on_one_line() -> None:
    """The service refuses columns of a span over several lines."""
    one_line = replace(
        OPEN, usage=replace(OPEN.usage, location=replace(OPEN.usage.location, end_line=7, end_column=44))
    )
    (_, properties, _), *_ = commands(replace(REPORT, findings=(one_line,)))
    assert (properties["col"], properties["endColumn"]) == ("13", "44")
    assert "col" not in commands(REPORT)[0][1]


def test_the_ten_gravest_are_written_and_the_rest_is_counted() -> None:
    report = graded(*[Severity.NOTE] * 4, *[Severity.ERROR] * 7, *[Severity.WARNING] * 2)
    levels = [level for level, _, _ in commands(report)]
    assert levels == ["error"] * 7 + ["warning"] * 2 + ["notice"]
    assert github.render(report).splitlines()[-1].endswith("3 more are in the job's summary")
    assert github.step_summary(report).count("| openai/training-on-output |") == 13


def test_paths_begin_at_the_repository() -> None:
    assert commands(REPORT, RenderOptions(path_prefix="services/api/"))[0][1]["file"] == "services/api/src/answers.py"


def test_percent_signs_and_separators_are_read_back() -> None:
    odd = replace(OPEN.usage, location=replace(OPEN.usage.location, path="a,b:c%0A.py"))
    (_, properties, message), *_ = commands(
        replace(REPORT, findings=(replace(OPEN, usage=odd, judgement=replace(OPEN.judgement, message="100% of it")),))
    )
    assert properties["file"] == "a,b:c%0A.py"
    assert message.startswith("100% of it.")


def test_a_summary_row_is_one_row_whatever_it_holds() -> None:
    rows = [line for line in github.step_summary(hostile()).splitlines() if line.startswith("| error")]
    assert len(rows) == 1
    assert len(re.findall(r"(?<!\\)\|", rows[0])) == 6
    assert "<b>" not in rows[0] and "<x>" not in rows[0]


def entries(report: Report) -> list[dict[str, Any]]:
    return json.loads(gitlab.render(report))


@pytest.mark.parametrize("report", [REPORT, hostile(), graded(*Severity)], ids=["full", "hostile", "severities"])
def test_every_code_quality_entry_has_what_the_widget_asks_for(report: Report) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = Path(__file__).resolve().parents[1] / "data" / "gitlab-code-quality.schema.json"
    jsonschema.validate(entries(report), json.loads(schema.read_text()))
    fingerprints = [entry["fingerprint"] for entry in entries(report)]
    assert len(fingerprints) == len(set(fingerprints))


def test_code_quality_holds_open_findings_only_and_an_empty_list_for_none() -> None:
    assert [entry["check_name"] for entry in entries(REPORT)] == ["openai/training-on-output"]
    assert gitlab.render(CLEAN) == "[]\n"


def suites(report: Report) -> ElementTree.Element:
    root = ElementTree.fromstring(junit.render(report).encode("utf-8"))
    assert root.tag == "testsuites"
    totals = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for suite in root:
        assert suite.tag == "testsuite" and suite.get("name")
        cases = suite.findall("testcase")
        assert all(case.get("name") and case.get("classname") for case in cases)
        assert all(len({child.tag for child in case}) <= 1 for case in cases)
        counted = {
            "tests": len(cases),
            "failures": sum(case.find("failure") is not None for case in cases),
            "errors": sum(case.find("error") is not None for case in cases),
            "skipped": sum(case.find("skipped") is not None for case in cases),
        }
        assert {name: int(suite.get(name, "-1")) for name in counted} == counted
        totals = {name: totals[name] + counted[name] for name in totals}
    assert {name: int(root.get(name, "-1")) for name in totals} == totals
    return root


@pytest.mark.parametrize("report", [REPORT, CLEAN, hostile()], ids=["full", "clean", "hostile"])
def test_junit_is_well_formed_and_its_counts_add_up(report: Report) -> None:
    assert len(suites(report).findall(".//testcase")) >= 1


def test_junit_has_a_suite_for_a_rule_a_case_for_a_file_and_a_failure_for_a_finding() -> None:
    again = replace(OPEN, fingerprint="x.y.2")
    other = replace(OPEN, usage=replace(OPEN.usage, location=replace(OPEN.usage.location, path="src/b.py")))
    root = suites(replace(REPORT, findings=(OPEN, again, other), errors=()))
    (suite,) = root.findall("testsuite")
    assert suite.get("name") == "openai/training-on-output"
    assert [(case.get("name"), len(case)) for case in suite] == [("src/answers.py", 2), ("src/b.py", 1)]


def test_junit_skips_what_is_waived_and_keeps_it_apart_from_what_is_open() -> None:
    known: Finding = replace(OPEN, status=Status.BASELINE)
    root = suites(replace(REPORT, findings=(OPEN, known, WAIVED), errors=()))
    skipped = {case.get("name") for case in root.iter("testcase") if case.find("skipped") is not None}
    assert skipped == {"src/answers.py (accepted)", "notebooks/eval.ipynb"}


def test_junit_is_read_by_a_real_parser() -> None:
    junitparser = pytest.importorskip("junitparser")
    read = junitparser.JUnitXml.fromstring(junit.render(REPORT).encode("utf-8"))
    assert (read.tests, read.failures, read.errors, read.skipped) == (3, 1, 1, 1)
