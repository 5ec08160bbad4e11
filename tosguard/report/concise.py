"""One line a finding, for editors, ``grep`` and habit."""

from __future__ import annotations

from collections import Counter

from tosguard.findings.model import Finding, Status
from tosguard.report.ansi import Painter
from tosguard.report.change_lines import change_lines, change_summary
from tosguard.report.escape import visible
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions
from tosguard.report.wording import place, status_note, summary


def render(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """``path:line:column: rule severity message`` for every open finding, then notices and a summary line.

    Args:
        report: what the run found.
        options: ``color``, ``show_suppressed``, ``statistics`` and ``quiet`` (findings alone) are honoured.

    Returns:
        Text with a final newline; "" when there is nothing to say and ``quiet`` is set.
    """
    paint = Painter(options.color)
    lines = [finding_line(finding, paint) for finding in shown(report, options)]
    lines += [error_line(e.path, e.line, e.message, paint) for e in report.errors]
    if not options.quiet:
        lines += [f"{paint('notice', 'warning')}: {visible(notice)}" for notice in report.notices]
        if options.statistics:
            lines += statistics(shown(report, options), paint)
        lines.append(f"tosguard: {summary(report.findings)}")
        if report.comparison:
            lines.append(change_summary(report.comparison))
            lines += change_lines(report.comparison)
    return "".join(line + "\n" for line in lines)


def shown(report: Report, options: RenderOptions) -> list[Finding]:
    """The findings that a text format shows: open ones, accepted ones only when asked for."""
    return [f for f in report.findings if options.show_suppressed or f.status is Status.OPEN]


def finding_line(finding: Finding, paint: Painter) -> str:
    """The headline of a finding."""
    location = finding.usage.location
    severity = finding.judgement.severity.value
    where = visible(place(location.path, location.line, location.column, location.cell))
    note = status_note(finding)
    tail = f" {paint(f'({visible(note)})', 'dim')}" if note else ""
    rule = visible(finding.judgement.rule)
    return f"{paint(where, 'bold')}: {rule} {paint(severity, severity)} {visible(finding.judgement.message)}{tail}"


def statistics(findings: list[Finding], paint: Painter) -> list[str]:
    """How often each rule was found, most frequent first."""
    counts = Counter((finding.judgement.rule, finding.judgement.severity.value) for finding in findings)
    if not counts:
        return []
    digits = len(str(max(counts.values())))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        f"{number:>{digits}}  {paint(f'{severity:<7}', severity)}  {visible(rule)}"
        for (rule, severity), number in ordered
    ]


def error_line(path: str, line: int, message: str, paint: Painter) -> str:
    """A file that could not be analysed."""
    where = f"{path}:{line}" if line else path
    return f"{paint(visible(where), 'bold')}: {paint('not analysed', 'warning')}: {visible(message)}"
