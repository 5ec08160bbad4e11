"""The JSON report, schema version 1: the contract that scripts rely on (``report.schema.json`` beside this module)."""

from __future__ import annotations

from typing import Any

from tosguard.findings.model import Finding, Waiver
from tosguard.policy.judgement import Clause, Judgement
from tosguard.report.comparison import Comparison
from tosguard.report.jsontext import dumps
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions
from tosguard.usage.model import Location, Step, Usage

SCHEMA_VERSION = 1


def render(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The report as JSON.

    Args:
        report: what the run found.
        options: not used; every renderer takes them.

    Returns:
        The document as text with a final newline, the same bytes for the same report.
    """
    return dumps(document(report))


def document(report: Report) -> dict[str, Any]:
    """The report as plain dicts and lists, keys in the order of the schema."""
    run = report.run
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "tosguard", "version": run.version},
        "run": {
            "as_of": run.as_of,
            "root": run.root,
            "commit": run.commit,
            "dirty": run.dirty,
            "files": {
                "seen": run.files.seen,
                "analysed": run.files.analysed,
                "cached": run.files.cached,
                "failed": run.files.failed,
            },
        },
        "packs": [{"provider": p.provider, "version": p.version, "sha256": p.sha256} for p in report.packs],
        "usages": [_usage(usage) for usage in report.usages],
        "findings": [_finding(finding) for finding in report.findings],
        "errors": [{"path": e.path, "line": e.line or None, "message": e.message} for e in report.errors],
        "judgements": [_judgement(judgement) for judgement in report.judgements],
        "notices": list(report.notices),
        **({"comparison": _comparison(report.comparison)} if report.comparison else {}),
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "old": {
            "as_of": comparison.old_as_of,
            "commit": comparison.old_commit,
            "tool": comparison.old_tool,
        },
        "new": list(comparison.new),
        "fixed": [
            {
                "fingerprint": f.fingerprint,
                "rule": f.rule,
                "provider": f.provider,
                "message": f.message,
                "path": f.path,
                "line": f.line,
                "severity": f.severity,
                "verdict": f.verdict,
            }
            for f in comparison.fixed
        ],
        "changed": [
            {
                "fingerprint": c.fingerprint,
                "changes": [{"field": x.name, "before": x.before, "after": x.after} for x in c.changes],
            }
            for c in comparison.changed
        ],
        "unchanged": comparison.unchanged,
        "packs": [{"provider": p, "before": before, "after": after} for p, before, after in comparison.packs],
    }


def _usage(usage: Usage) -> dict[str, Any]:
    return {
        "id": usage.id,
        "pattern": usage.pattern,
        "providers": list(usage.providers),
        "models": list(usage.models),
        "confidence": usage.confidence.value,
        "location": _location(usage.location),
        "trace": [_step(step) for step in usage.trace],
        "evidence": [
            {"kind": e.kind, "message": e.message, "path": e.path, "line": e.line, "strength": e.strength}
            for e in usage.evidence
        ],
        "attributes": {name: list(values) for name, values in sorted(usage.attributes)},
        "runner_up": usage.runner_up,
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "cell": location.cell,
        "scope": location.scope,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "role": step.role,
        "path": step.path,
        "line": step.line,
        "column": step.column,
        "cell": step.cell,
        "message": step.message,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    judgement = finding.judgement
    return {
        "rule": judgement.rule,
        "usage": finding.usage.id,
        "verdict": judgement.verdict.value,
        "severity": judgement.severity.value,
        "message": judgement.message,
        "clause": _clause(judgement.clause),
        "remedy": judgement.remedy,
        "questions": list(judgement.questions),
        "fingerprint": finding.fingerprint,
        "status": finding.status.value,
        "waiver": _waiver(finding.waiver),
        "provider": judgement.provider,
        "why": judgement.why,
        "also": list(judgement.also),
    }


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "rule": judgement.rule,
        "usage": judgement.usage,
        "provider": judgement.provider,
        "verdict": judgement.verdict.value,
        "severity": judgement.severity.value,
        "message": judgement.message,
        "why": judgement.why,
        "clause": _clause(judgement.clause),
        "also": list(judgement.also),
        "agreement": judgement.agreement,
    }


def _clause(clause: Clause | None) -> dict[str, Any] | None:
    if clause is None:
        return None
    return {
        "id": clause.id,
        "document": clause.document,
        "version": clause.version,
        "section": clause.section,
        "url": clause.url,
        "summary": clause.summary,
        "exceptions": list(clause.exceptions),
        "anchor": clause.anchor,
        "effective": clause.effective,
        "superseded": clause.superseded,
        "confidence": clause.confidence,
    }


def _waiver(waiver: Waiver | None) -> dict[str, Any] | None:
    if waiver is None:
        return None
    return {
        "source": waiver.source,
        "line": waiver.line or None,
        "reason": waiver.reason,
        "approved_by": waiver.approved_by,
        "date": waiver.date,
        "expires": waiver.expires,
        "reference": waiver.reference,
    }
