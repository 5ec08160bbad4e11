"""SARIF 2.1.0, written for code-scanning services: one run, traces as code flows, clauses as taxonomies.

Whatever is cut because of a service's limits is said in a notification of the run.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from tosguard.findings.model import Finding, Status
from tosguard.report.change_lines import change_lines, change_summary
from tosguard.report.comparison import Comparison
from tosguard.report.escape import visible
from tosguard.report.jsontext import dumps
from tosguard.report.linehash import LineHashes
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions
from tosguard.report.sarif_rules import Rules, reference_text
from tosguard.report.wording import place, sentence, source_key
from tosguard.usage.model import Location, Step

SCHEMA_URI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

#: Hard limits of the largest service; a file beyond them is refused as a whole.
MAX_RESULTS = 25_000
MAX_FLOW_STEPS = 10_000
MAX_RELATED = 1_000

_ROOT = "%SRCROOT%"


def render(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The findings as a SARIF log. Accepted findings are kept and carry their suppression, so that a service does not
    take them for fixed ones.

    Args:
        report: what the run found.
        options: ``category``, ``repository``, ``branch`` and ``path_prefix`` are honoured.

    Returns:
        The log as JSON text with a final newline.
    """
    return dumps(log(report, options), compact=True)


def log(report: Report, options: RenderOptions = DEFAULTS) -> dict[str, Any]:
    """The SARIF log as plain dicts and lists."""
    return {"$schema": SCHEMA_URI, "version": "2.1.0", "runs": [_run(report, options)]}


def _run(report: Report, options: RenderOptions) -> dict[str, Any]:
    findings = _within_limit(report.findings)
    rules = Rules(findings)
    writer = _ResultWriter(report, options, rules)
    results = [writer.result(finding) for finding in findings]
    notifications = _notifications(report, options)
    cut = len(report.findings) - len(findings)
    if cut:
        notifications.append(_limit_notice(f"{cut} findings of the lowest severity are left out of this file"))
    if writer.cut_steps:
        notifications.append(_limit_notice(f"{writer.cut_steps} steps of long traces are left out of this file"))
    run: dict[str, Any] = {
        "tool": {"driver": rules.driver(report.run.version)},
        "automationDetails": {"id": f"{options.category.rstrip('/')}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notifications}],
        "results": results,
        "properties": {
            "asOf": report.run.as_of,
            "packs": [{"provider": p.provider, "version": p.version, "sha256": p.sha256} for p in report.packs],
            "dirty": report.run.dirty,
            # Results of the state "absent" would be shown as open alerts by services that do not read states.
            **({"sinceEarlierAudit": _differences(report.comparison)} if report.comparison else {}),
        },
    }
    taxonomies = rules.taxonomies()
    if taxonomies:
        run["taxonomies"] = taxonomies
    artifacts = _artifacts(report, findings, options)
    if artifacts:
        run["artifacts"] = artifacts
    if options.repository:
        run["versionControlProvenance"] = [_provenance(report, options)]
    return run


def _artifacts(report: Report, findings: tuple[Finding, ...], options: RenderOptions) -> list[dict[str, Any]]:
    """The files that results point at with the digest of what was analysed, where the run knows it."""
    paths = {finding.usage.location.path for finding in findings}
    paths.update(step.path for finding in findings for step in finding.usage.trace)
    return [
        {"location": _artifact(path, options), "hashes": {"sha-256": report.digests[path]}}
        for path in sorted(paths)
        if path in report.digests
    ]


def _differences(comparison: Comparison) -> dict[str, Any]:
    return {
        "summary": change_summary(comparison),
        "differences": list(change_lines(comparison)),
        "fixed": [fixed.fingerprint for fixed in comparison.fixed],
    }


def _within_limit(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    if len(findings) <= MAX_RESULTS:
        return findings
    order = sorted(
        range(len(findings)),
        key=lambda i: (findings[i].status is not Status.OPEN, -findings[i].judgement.severity.rank, i),
    )
    return tuple(findings[i] for i in sorted(order[:MAX_RESULTS]))


def _provenance(report: Report, options: RenderOptions) -> dict[str, Any]:
    provenance: dict[str, Any] = {"repositoryUri": options.repository}
    if report.run.commit:
        provenance["revisionId"] = report.run.commit
    if options.branch:
        provenance["branch"] = options.branch
    provenance["mappedTo"] = {"uriBaseId": _ROOT}
    return provenance


def _notifications(report: Report, options: RenderOptions) -> list[dict[str, Any]]:
    notifications: list[dict[str, Any]] = []
    for error in report.errors:
        physical: dict[str, Any] = {"artifactLocation": _artifact(error.path, options)}
        if error.line:
            physical["region"] = {"startLine": error.line}
        notifications.append(
            {
                "level": "error",
                "message": {"text": error.message},
                "locations": [{"physicalLocation": physical}],
            }
        )
    notifications.extend({"level": "note", "message": {"text": notice}} for notice in report.notices)
    return notifications


def _baseline_states(report: Report) -> dict[str, str] | None:
    """The state of each finding that an earlier audit did not have as it is now; None without an earlier audit."""
    if report.comparison is None:
        return None
    return {mark: {"changed": "updated"}.get(state, state) for mark, state in report.comparison.states().items()}


def _limit_notice(text: str) -> dict[str, Any]:
    return {"level": "warning", "message": {"text": f"{text}: code-scanning services would refuse it otherwise."}}


class _ResultWriter:
    """Turns findings into results; keeps what they share (line hashes of a file, the count of steps left out)."""

    def __init__(self, report: Report, options: RenderOptions, rules: Rules) -> None:
        self.cut_steps = 0
        self._sources = report.sources
        self._options = options
        self._rules = rules
        self._hashes: dict[str, LineHashes] = {}
        self._states = _baseline_states(report)
        self._against_baseline = any(finding.status is Status.BASELINE for finding in report.findings)

    def result(self, finding: Finding) -> dict[str, Any]:
        """One finding as a SARIF result."""
        judgement = finding.judgement
        usage = finding.usage
        result: dict[str, Any] = {
            "ruleId": judgement.rule,
            "ruleIndex": self._rules.index(judgement.rule),
            "level": judgement.severity.value,
            "message": {"text": self._message(finding)},
            "locations": [self._primary(usage.location)],
            "partialFingerprints": self._fingerprints(finding),
        }
        if judgement.clause is not None:
            result["taxa"] = [self._rules.taxon(judgement.clause)]
        if usage.trace:
            result["codeFlows"] = [self._code_flow(usage.trace)]
            result["relatedLocations"] = [
                {"id": number, **self._step_location(step)}
                for number, step in enumerate(usage.trace[:MAX_RELATED], start=1)
            ]
        suppressions = _suppressions(finding)
        if suppressions:
            result["suppressions"] = suppressions
        if self._states is not None:
            result["baselineState"] = self._states.get(finding.fingerprint, "unchanged")
        elif self._against_baseline:
            result["baselineState"] = "unchanged" if finding.status is Status.BASELINE else "new"
        result["properties"] = _properties(finding)
        return result

    def _message(self, finding: Finding) -> str:
        judgement = finding.judgement
        parts = [_unlinked(sentence(judgement.message))]
        if judgement.clause is not None:
            parts.append(_unlinked(sentence(f"Clause: {reference_text(judgement.clause)}")))
        if finding.usage.trace:
            first, last = finding.usage.trace[0], finding.usage.trace[:MAX_RELATED][-1]
            links = f"Trace: from [{_unlinked(place(first.path, first.line, cell=first.cell))}](1)"
            if last is not first:
                number = min(len(finding.usage.trace), MAX_RELATED)
                links += f" to [{_unlinked(place(last.path, last.line, cell=last.cell))}]({number})"
            parts.append(links + ".")
        if judgement.remedy:
            parts.append(_unlinked(sentence(judgement.remedy)))
        return " ".join(parts)

    def _primary(self, location: Location) -> dict[str, Any]:
        physical: dict[str, Any] = {"artifactLocation": _artifact(location.path, self._options)}
        found: dict[str, Any] = {"physicalLocation": physical}
        if location.cell is None:
            physical["region"] = self._one_line(location)
        else:
            # A cell's lines are not lines of the notebook file, so the region only names the file.
            physical["region"] = {"startLine": 1}
            found["message"] = {"text": f"Cell {location.cell}, line {location.line}, column {location.column}"}
        if location.scope:
            found["logicalLocations"] = [{"fullyQualifiedName": location.scope}]
        return found

    def _one_line(self, location: Location) -> dict[str, Any]:
        """Services show an alert on a pull request only when every line of it changed: the region is the first line."""
        region: dict[str, Any] = {
            "startLine": location.line,
            "startColumn": location.column,
            "endLine": location.line,
        }
        if location.end_line == location.line:
            region["endColumn"] = location.end_column
        else:
            lines = self._sources.get(location.path, "").splitlines()
            length = len(lines[location.line - 1]) if location.line <= len(lines) else 0
            region["endColumn"] = max(length + 1, location.column + 1)
        return region

    def _code_flow(self, trace: tuple[Step, ...]) -> dict[str, Any]:
        kept = trace
        if len(trace) > MAX_FLOW_STEPS:
            self.cut_steps += len(trace) - MAX_FLOW_STEPS
            kept = (*trace[: MAX_FLOW_STEPS - 1], trace[-1])
        steps = [
            {
                "executionOrder": number,
                "importance": "essential" if step.role in ("source", "sink") else "important",
                "location": self._step_location(step),
            }
            for number, step in enumerate(kept, start=1)
        ]
        return {"threadFlows": [{"locations": steps}]}

    def _step_location(self, step: Step) -> dict[str, Any]:
        physical: dict[str, Any] = {"artifactLocation": _artifact(step.path, self._options)}
        text = f"{step.role}: {step.message}"
        if step.cell is None:
            physical["region"] = {"startLine": max(step.line, 1), "startColumn": max(step.column, 1)}
        else:
            physical["region"] = {"startLine": 1}
            text = f"{text} (cell {step.cell}, line {step.line})"
        return {"physicalLocation": physical, "message": {"text": _unlinked(text)}}

    def _fingerprints(self, finding: Finding) -> dict[str, str]:
        location = finding.usage.location
        fingerprints = {"tosguard/v1": finding.fingerprint}
        if location.cell is None:
            key = source_key(location.path, None)
            if key not in self._hashes:
                self._hashes[key] = LineHashes(self._sources.get(key, ""))
            line_hash = self._hashes[key].of(location.line) if key in self._sources else ""
            if line_hash:
                fingerprints["primaryLocationLineHash"] = line_hash
        return fingerprints


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    if finding.status is Status.BASELINE:
        return [{"kind": "external", "status": "accepted", "justification": "Recorded in the baseline."}]
    if finding.status is not Status.WAIVED or finding.waiver is None:
        return []
    waiver = finding.waiver
    suppression: dict[str, Any] = {
        "kind": "inSource" if waiver.source == "inline" else "external",
        "status": "accepted",
        "justification": waiver.reason,
    }
    facts = {
        "approvedBy": waiver.approved_by,
        "date": waiver.date,
        "expires": waiver.expires,
        "reference": waiver.reference,
    }
    kept = {name: value for name, value in facts.items() if value}
    if kept:
        suppression["properties"] = kept
    return [suppression]


def _properties(finding: Finding) -> dict[str, Any]:
    usage = finding.usage
    return {
        "pattern": usage.pattern,
        "verdict": finding.judgement.verdict.value,
        "confidence": usage.confidence.value,
        "providers": list(usage.providers),
        "models": list(usage.models),
        "usage": usage.id,
        "questions": list(finding.judgement.questions),
    }


def _artifact(path: str, options: RenderOptions) -> dict[str, Any]:
    return {"uri": _uri(path, options.path_prefix), "uriBaseId": _ROOT}


@lru_cache(maxsize=4096)
def _uri(path: str, prefix: str) -> str:
    from urllib.parse import quote

    prefix = prefix.strip("/")
    full = f"{prefix}/{path}" if prefix else path
    return quote(full.encode("utf-8", "surrogateescape"), safe="/")


def _unlinked(text: str) -> str:
    """Visible text whose brackets are not taken for links of SARIF messages."""
    return visible(text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]"))
