"""GitLab's code quality report: an array with one object for every open finding."""

from __future__ import annotations

from typing import Any

from tosguard.findings.model import Finding, Status
from tosguard.policy.judgement import Severity
from tosguard.report.change_lines import change_notes
from tosguard.report.escape import plain, visible
from tosguard.report.jsontext import dumps
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions
from tosguard.report.wording import clause_reference, sentence

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def render(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The open findings as a code quality report.

    Args:
        report: what the run found.
        options: ``path_prefix`` is honoured.

    Returns:
        JSON with a final newline; an empty array when there is nothing, as the widget expects.
    """
    notes = change_notes(report.comparison)
    opened = [finding for finding in report.findings if finding.status is Status.OPEN]
    return dumps([_entry(finding, options, notes.get(finding.fingerprint, "")) for finding in opened])


def _entry(finding: Finding, options: RenderOptions, note: str) -> dict[str, Any]:
    judgement, location = finding.judgement, finding.usage.location
    description = [sentence(visible(judgement.message))]
    if location.cell is not None:
        description.append(f"Cell {location.cell}, line {location.line}.")
    if judgement.clause is not None:
        description.append(f"Clause: {clause_reference(judgement.clause)}.")
    if note:
        description.append(sentence(note))
    prefix = options.path_prefix.strip("/")
    path = plain(location.path)
    return {
        "description": " ".join(description),
        "check_name": judgement.rule,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[judgement.severity],
        "location": {
            "path": f"{prefix}/{path}" if prefix else path,
            "lines": {"begin": location.line if location.cell is None else 1},
        },
    }
