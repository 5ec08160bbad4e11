"""GitHub Actions: annotations as workflow commands, and the job's summary in Markdown.

A step shows ten annotations of a level and drops the rest without a word, so the ten gravest are written and a last
line says how many more there are.
"""

from __future__ import annotations

from tosguard.findings.model import Finding, Status
from tosguard.report.change_lines import change_lines, change_notes, change_summary
from tosguard.report.escape import visible
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions
from tosguard.report.wording import (
    DISCLAIMER,
    VERDICT_PHRASES,
    clause_reference,
    count,
    place,
    sentence,
    status_note,
    summary,
)

MAX_ANNOTATIONS = 10
#: A job summary of more than a mebibyte is refused as a whole.
MAX_SUMMARY_ROWS = 500

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """Workflow commands for the ten gravest open findings, then a line of summary.

    Args:
        report: what the run found.
        options: ``path_prefix`` is honoured.

    Returns:
        Text with a final newline. Nothing in it but our own commands begins a line with ``::``.
    """
    opened = _gravest_first(report)
    notes = change_notes(report.comparison)
    lines = [_annotation(f, options, notes.get(f.fingerprint, "")) for f in opened[:MAX_ANNOTATIONS]]
    left = len(opened) - MAX_ANNOTATIONS
    more = f"; {left} more are in the job's summary" if left > 0 else ""
    lines += [
        _command("warning", {"file": _path(e.path, options), "line": str(e.line or 1)}, f"not analysed: {e.message}")
        for e in report.errors[: max(MAX_ANNOTATIONS - len(lines), 0)]
    ]
    lines += [f"notice: {visible(notice)}" for notice in report.notices]
    lines.append(f"tosguard: {summary(report.findings)}{more}")
    if report.comparison:
        lines.append(change_summary(report.comparison))
        lines += change_lines(report.comparison)
    return "".join(line + "\n" for line in lines)


def step_summary(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The job's summary (``$GITHUB_STEP_SUMMARY``) as Markdown: counts first, then a row a finding."""
    run = report.run
    lines = [
        "## tosguard",
        "",
        f"{sentence(summary(report.findings))} Terms as of {run.as_of}; {count(run.files.analysed, 'file')} analysed.",
    ]
    opened = _gravest_first(report)
    if opened:
        lines += ["", "| Severity | Place | Rule | What the code does | Clause |", "| --- | --- | --- | --- | --- |"]
        lines += [_row(finding, options) for finding in opened[:MAX_SUMMARY_ROWS]]
    if len(opened) > MAX_SUMMARY_ROWS:
        lines += ["", f"{len(opened) - MAX_SUMMARY_ROWS} more findings are left out here."]
    accepted = [finding for finding in report.findings if finding.status is not Status.OPEN]
    if accepted:
        lines += ["", f"<details><summary>{count(len(accepted), 'accepted finding')}</summary>", ""]
        lines += [
            f"- {_cell(_where(finding, options))}: {_cell(finding.judgement.rule)}, {_cell(status_note(finding))}"
            for finding in accepted[:MAX_SUMMARY_ROWS]
        ]
        lines += ["", "</details>"]
    if report.comparison:
        lines += ["", "### Since the earlier audit", "", sentence(change_summary(report.comparison)), ""]
        lines += [f"- {_cell(line)}" for line in change_lines(report.comparison)[:MAX_SUMMARY_ROWS]]
    notes = [f"{place(e.path, e.line) if e.line else e.path}: not analysed, {e.message}" for e in report.errors]
    notes += report.notices
    if notes:
        lines += ["", "### Notices", "", *(f"- {_cell(note)}" for note in notes[:MAX_SUMMARY_ROWS])]
    return "\n".join([*lines, "", f"<sub>{DISCLAIMER}</sub>", ""])


def _gravest_first(report: Report) -> list[Finding]:
    opened = [finding for finding in report.findings if finding.status is Status.OPEN]
    return sorted(opened, key=lambda f: (-f.judgement.severity.rank, -f.usage.confidence.rank))


def _annotation(finding: Finding, options: RenderOptions, note: str) -> str:
    judgement, location = finding.judgement, finding.usage.location
    properties = {"title": f"tosguard: {judgement.rule}", "file": _path(location.path, options)}
    text = [sentence(judgement.message)]
    if location.cell is None:
        properties["line"] = str(location.line)
        properties["endLine"] = str(location.end_line)
        if location.line == location.end_line:
            properties["col"] = str(location.column)
            properties["endColumn"] = str(location.end_column)
    else:
        properties["line"] = "1"
        text.append(f"Cell {location.cell}, line {location.line}.")
    if note:
        text.append(sentence(note))
    text.append(f"The terms of {judgement.provider} {VERDICT_PHRASES[judgement.verdict]}.")
    if judgement.clause is not None:
        text.append(f"Clause: {clause_reference(judgement.clause)} {judgement.clause.url}".rstrip())
    if judgement.remedy:
        text.append(sentence(judgement.remedy))
    return _command(_LEVELS[judgement.severity.value], properties, *text)


def _command(level: str, properties: dict[str, str], *lines: str) -> str:
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {written}::{'%0A'.join(_value(line) for line in lines)}"


def _value(text: str) -> str:
    """Text on one line, so that only our own line breaks are breaks."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")


def _path(path: str, options: RenderOptions) -> str:
    prefix = options.path_prefix.strip("/")
    return f"{prefix}/{path}" if prefix else path


def _where(finding: Finding, options: RenderOptions) -> str:
    location = finding.usage.location
    return place(_path(location.path, options), location.line, cell=location.cell)


def _row(finding: Finding, options: RenderOptions) -> str:
    judgement = finding.judgement
    clause = ""
    if judgement.clause is not None:
        clause = _cell(clause_reference(judgement.clause))
        if judgement.clause.url.startswith(("https://", "http://")) and not set(judgement.clause.url) & set(" ()<>|"):
            clause = f"[{clause}]({judgement.clause.url})"
    cells = [judgement.severity.value, _where(finding, options), judgement.rule, judgement.message]
    return f"| {' | '.join([*map(_cell, cells), clause])} |"


def _cell(text: str) -> str:
    """Text inside a table of Markdown: nothing of it is markup."""
    escaped = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for character in "\\`*_[]|~#@":
        escaped = escaped.replace(character, f"&#{ord(character)};" if character in "#@|" else f"\\{character}")
    return escaped
