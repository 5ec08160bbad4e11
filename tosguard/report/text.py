"""Text for people at a terminal: for ``check`` one finding after the other, for ``audit`` the whole picture."""

from __future__ import annotations

from tosguard.findings.model import Finding
from tosguard.report.ansi import Painter
from tosguard.report.concise import error_line, finding_line, shown, statistics
from tosguard.report.escape import columns, visible
from tosguard.report.frame import code_frame
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions
from tosguard.report.wording import clause_reference, place, source_key, summary
from tosguard.report.wrap import wrapped
from tosguard.usage.model import Step


def render(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The report as text.

    Args:
        report: what the run found.
        options: ``command`` chooses between findings (``check``) and the whole picture (``audit``).

    Returns:
        Text with a final newline ("" for a clean quiet check).
    """
    if options.command == "audit":
        from tosguard.report.text_audit import render_audit

        return render_audit(report, options)
    return _render_check(report, options)


def _render_check(report: Report, options: RenderOptions) -> str:
    paint = Painter(options.color)
    lines: list[str] = []
    for finding in shown(report, options):
        lines += finding_block(report, finding, options, paint)
        if not options.quiet:
            lines.append("")
    lines += [error_line(error.path, error.line, error.message, paint) for error in report.errors]
    if not options.quiet:
        lines += [line for notice in report.notices for line in notice_lines(notice, options, paint)]
        if options.statistics:
            lines += statistics(shown(report, options), paint)
        lines.append(f"{paint('tosguard', 'bold')}: {summary(report.findings)}")
    return "".join(line + "\n" for line in lines)


def finding_block(report: Report, finding: Finding, options: RenderOptions, paint: Painter) -> list[str]:
    """One finding: headline, code with the span underlined, trace, clause, remedy and questions."""
    lines = [finding_line(finding, paint)]
    if options.quiet:
        return lines
    location = finding.usage.location
    if not options.redact:
        source = report.sources.get(source_key(location.path, location.cell), "")
        style = finding.judgement.severity.value
        lines += code_frame(source, location, width=options.width, paint=paint, style=style)
    if finding.usage.trace:
        lines.append(_label("trace", paint).rstrip())
        lines += trace_lines(finding.usage.trace, options.width)
    lines += _explanation(finding, options, paint)
    return lines


def trace_lines(trace: tuple[Step, ...], width: int) -> list[str]:
    """The steps of a trace, numbered."""
    digits = len(str(len(trace)))
    lines: list[str] = []
    for number, step in enumerate(trace, start=1):
        where = visible(place(step.path, step.line, step.column, step.cell))
        head = f"      {number:>{digits}}. {step.role:<8} "
        text = f"{where}  {visible(step.message)}"
        if columns(head + text) <= width:
            lines.append(head + text)
            continue
        indent = " " * len(head)
        lines += [head + where, *wrapped(visible(step.message), width, first=indent, rest=indent)]
    return lines


def _explanation(finding: Finding, options: RenderOptions, paint: Painter) -> list[str]:
    judgement = finding.judgement
    entries: list[tuple[str, str]] = []
    if judgement.clause is not None:
        entries.append(("clause", clause_reference(judgement.clause)))
        if judgement.clause.summary:
            entries.append(("", judgement.clause.summary))
        if judgement.clause.url:
            entries.append(("", judgement.clause.url))
    if judgement.why:
        entries.append(("why", judgement.why))
    if judgement.remedy:
        entries.append(("help", judgement.remedy))
    entries += [("question", question) for question in judgement.questions]
    if options.verbose:
        entries += [("also", rule) for rule in judgement.also]
        entries += [("evidence", f"{e.kind}: {e.message} ({place(e.path, e.line)})") for e in finding.usage.evidence]
        entries.append(("confidence", finding.usage.confidence.value))
    entries.append(("fingerprint", finding.fingerprint))
    return [line for name, text in entries for line in _entry(name, text, options.width, paint)]


def _label(name: str, paint: Painter) -> str:
    return f"  = {paint(name, 'bold')}: " if name else "    "


def _entry(name: str, text: str, width: int, paint: Painter) -> list[str]:
    plain_label = f"  = {name}: " if name else "    "
    lines = wrapped(visible(text), width, first=plain_label, rest="    ")
    return [_label(name, paint) + lines[0][len(plain_label) :], *lines[1:]]


def notice_lines(notice: str, options: RenderOptions, paint: Painter) -> list[str]:
    """Something the user should know of the run."""
    lines = wrapped(visible(notice), options.width, first="notice: ", rest="        ")
    return [paint("notice", "warning") + lines[0][len("notice") :], *lines[1:]]
