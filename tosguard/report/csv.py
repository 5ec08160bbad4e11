"""Findings as CSV: a row a finding, for spreadsheets and for joining with other registers."""

from __future__ import annotations

from tosguard.findings.model import Waiver
from tosguard.policy.judgement import Clause
from tosguard.report.csv_cells import table
from tosguard.report.dossier import Dossier, Entry, dossier
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions

COLUMNS: tuple[str, ...] = (
    "number",
    "fingerprint",
    "status",
    "change",
    "severity",
    "verdict",
    "confidence",
    "provider",
    "pattern",
    "models",
    "statement",
    "path",
    "line",
    "column",
    "cell",
    "scope",
    "source",
    "sink",
    "rule",
    "document",
    "version",
    "section",
    "url",
    "clause",
    "why",
    "remedy",
    "questions",
    "waiver_reason",
    "waiver_approved_by",
    "waiver_date",
    "waiver_expires",
    "waiver_reference",
    "waiver_source",
    "as_of",
    "commit",
    "tool",
)

_NO_CLAUSE = Clause("", "", "", "", "", "")
_NO_WAIVER = Waiver("", "")


def render(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The findings as CSV; with a comparison, rows for what is fixed follow with the change ``fixed``.

    Args:
        report: what the run found.
        options: ``csv_bom`` says whether a byte order mark comes first.

    Returns:
        The document, the same text for the same report.
    """
    book = dossier(report, redact=True)
    rows = [_row(entry, book) for entry in book.entries]
    rows += _fixed_rows(book)
    return table(COLUMNS, rows, bom=options.csv_bom)


def _row(entry: Entry, book: Dossier) -> list[object]:
    finding, usage, judgement = entry.finding, entry.finding.usage, entry.finding.judgement
    clause, waiver, where = judgement.clause or _NO_CLAUSE, finding.waiver or _NO_WAIVER, usage.location
    ends = [step for step in usage.trace if step.role in ("source", "sink")]
    source = next((f"{s.path}:{s.line}" for s in ends if s.role == "source"), None)
    sink = next((f"{s.path}:{s.line}" for s in reversed(ends) if s.role == "sink"), None)
    return [
        entry.number,
        finding.fingerprint,
        finding.status.value,
        entry.change,
        judgement.severity.value,
        judgement.verdict.value,
        usage.confidence.value,
        judgement.provider,
        usage.pattern,
        " | ".join(usage.models_of(judgement.provider)),
        judgement.message,
        where.path,
        where.line,
        where.column,
        where.cell,
        where.scope,
        source,
        sink,
        judgement.rule,
        clause.document,
        clause.version,
        clause.section,
        clause.url,
        clause.summary,
        judgement.why,
        judgement.remedy,
        " | ".join(judgement.questions),
        waiver.reason,
        waiver.approved_by,
        waiver.date,
        waiver.expires,
        waiver.reference,
        waiver.source,
        *_run_cells(book),
    ]


def _fixed_rows(book: Dossier) -> list[list[object]]:
    comparison = book.report.comparison
    if comparison is None:
        return []
    rows = []
    for fixed in comparison.fixed:
        known: dict[str, object] = {
            "fingerprint": fixed.fingerprint,
            "change": "fixed",
            "severity": fixed.severity,
            "verdict": fixed.verdict,
            "provider": fixed.provider,
            "statement": fixed.message,
            "path": fixed.path,
            "line": fixed.line,
            "rule": fixed.rule,
        }
        rows.append([known.get(name) for name in COLUMNS[:-3]] + _run_cells(book))
    return rows


def _run_cells(book: Dossier) -> list[object]:
    run = book.report.run
    return [run.as_of, run.commit, f"tosguard {run.version}"]
