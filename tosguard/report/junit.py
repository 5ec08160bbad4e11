"""JUnit XML: a test suite for every rule, a test case for every file in it; accepted findings are skipped tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from tosguard.findings.model import Finding, Status
from tosguard.report.change_lines import change_lines, change_notes, change_summary
from tosguard.report.comparison import Comparison
from tosguard.report.escape import visible
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions
from tosguard.report.wording import clause_reference, place, sentence, status_note

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The findings as JUnit XML, for services that show test results.

    Args:
        report: what the run found.
        options: not used; every renderer takes them.

    Returns:
        The document with a final newline. A run without findings has one passing test, because services take a file
        without tests for a broken one.
    """
    suites: dict[str, dict[str, list[Finding]]] = {}
    for finding in report.findings:
        suites.setdefault(finding.judgement.rule, {}).setdefault(finding.usage.location.path, []).append(finding)
    root = ElementTree.Element("testsuites", {"name": "tosguard"})
    notes = change_notes(report.comparison)
    for rule in sorted(suites):
        _suite(root, rule, suites[rule], notes)
    if report.comparison:
        _differences(root, report.comparison)
    if report.errors:
        _errors(root, report)
    if not len(root):
        suite = ElementTree.SubElement(root, "testsuite", _attributes({"name": "tosguard"}, 1, 0, 0, 0))
        ElementTree.SubElement(suite, "testcase", {"classname": "tosguard", "name": "no findings"})
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(root: ElementTree.Element, rule: str, by_path: dict[str, list[Finding]], notes: Mapping[str, str]) -> None:
    suite = ElementTree.SubElement(root, "testsuite")
    failed = skipped = tests = 0
    for path in sorted(by_path):
        opened = [finding for finding in by_path[path] if finding.status is Status.OPEN]
        accepted = [finding for finding in by_path[path] if finding.status is not Status.OPEN]
        # A case is either failed or skipped: accepted findings beside open ones get a case of their own.
        if opened:
            case = _case(suite, rule, path)
            for finding in opened:
                _failure(case, finding, notes.get(finding.fingerprint, ""))
        if accepted:
            case = _case(suite, rule, f"{path} (accepted)" if opened else path)
            reasons = "; ".join(f"{_where(finding)}: {status_note(finding)}" for finding in accepted)
            ElementTree.SubElement(case, "skipped", {"message": _safe(reasons)})
        failed += bool(opened)
        skipped += bool(accepted)
        tests += bool(opened) + bool(accepted)
    suite.attrib.update(_attributes({"name": _safe(rule)}, tests, failed, 0, skipped))


def _case(suite: ElementTree.Element, rule: str, path: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", {"classname": _safe(rule), "name": _safe(path)})


def _differences(root: ElementTree.Element, comparison: Comparison) -> None:
    """A passing test whose output says what changed since the earlier audit."""
    name = "tosguard: since the earlier audit"
    suite = ElementTree.SubElement(root, "testsuite", _attributes({"name": name}, 1, 0, 0, 0))
    output = ElementTree.SubElement(_case(suite, name, "comparison"), "system-out")
    output.text = "\n".join(_safe(line) for line in (change_summary(comparison), *change_lines(comparison)))


def _failure(case: ElementTree.Element, finding: Finding, note: str) -> None:
    judgement = finding.judgement
    failure = ElementTree.SubElement(
        case,
        "failure",
        {"type": judgement.severity.value, "message": _safe(f"{_where(finding)}: {judgement.message}")},
    )
    lines = [f"{_where(finding)}: {sentence(judgement.message)}"]
    if note:
        lines.append(note)
    for step in finding.usage.trace:
        lines.append(f"  {step.role}: {place(step.path, step.line, step.column, step.cell)} {step.message}")
    if judgement.clause is not None:
        lines.append(f"clause: {clause_reference(judgement.clause)} {judgement.clause.url}".rstrip())
    if judgement.remedy:
        lines.append(f"help: {judgement.remedy}")
    lines += [f"question: {question}" for question in judgement.questions]
    failure.text = "\n".join(_safe(line) for line in lines)


def _errors(root: ElementTree.Element, report: Report) -> None:
    number = len(report.errors)
    suite = ElementTree.SubElement(root, "testsuite", _attributes({"name": "tosguard: analysis"}, number, 0, number, 0))
    for error in report.errors:
        case = _case(suite, "tosguard: analysis", f"{error.path}:{error.line}" if error.line else error.path)
        ElementTree.SubElement(case, "error", {"type": "analysis", "message": _safe(error.message)})


def _attributes(first: dict[str, str], tests: int, failures: int, errors: int, skipped: int) -> dict[str, str]:
    numbers = {"tests": tests, "failures": failures, "errors": errors, "skipped": skipped}
    return {**first, **{name: str(number) for name, number in numbers.items()}}


def _where(finding: Finding) -> str:
    location = finding.usage.location
    return place(location.path, location.line, location.column, location.cell)


def _safe(text: str) -> str:
    """Text that XML can hold and a terminal survives."""
    return _NOT_XML.sub("\ufffd", visible(text))
