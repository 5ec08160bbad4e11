"""The audit as text: the summary first, then what asks for a decision, then everything else that was seen."""

from __future__ import annotations

from collections import Counter

from tosguard.findings.model import Finding, Status
from tosguard.policy.judgement import Judgement, Verdict
from tosguard.policy.vocabulary import UNKNOWN_ROUTE
from tosguard.report.ansi import Painter
from tosguard.report.change_lines import change_lines, change_summary
from tosguard.report.concise import error_line, shown, statistics
from tosguard.report.escape import visible
from tosguard.report.model import Report
from tosguard.report.options import RenderOptions
from tosguard.report.text import finding_block, notice_lines
from tosguard.report.wording import DISCLAIMER, VERDICT_PHRASES, count, place, status_note, summary
from tosguard.report.wrap import wrapped


def render_audit(report: Report, options: RenderOptions) -> str:
    """The whole picture as text with a final newline."""
    paint = Painter(options.color)
    sections = [
        _summary(report, options, paint),
        _changes(report, options, paint),
        _findings(report, options, paint),
        _inventory(report, paint),
        _providers(report, paint),
        _accepted(report, options, paint),
        _limits(report, options, paint),
        wrapped(DISCLAIMER, options.width),
    ]
    return "\n".join("".join(line + "\n" for line in section) for section in sections if section)


def _heading(text: str, paint: Painter) -> list[str]:
    return [paint(text, "bold"), "-" * len(text)]


def _summary(report: Report, options: RenderOptions, paint: Painter) -> list[str]:
    run = report.run
    changes = " with uncommitted changes" if run.dirty else ""
    commit = f"commit {run.commit[:12]}{changes}" if run.commit else "no commit"
    files = run.files
    lines = [
        *_heading(f"tosguard audit of {visible(run.root)}", paint),
        f"terms as of {run.as_of}, {commit}, tosguard {run.version}",
        f"files: {files.seen} seen, {files.analysed} analysed ({files.cached} from the cache), {files.failed} failed",
        f"uses: {count(len(report.usages), 'use')} of providers and platforms",
        f"findings: {summary(report.findings)}",
    ]
    verdicts = Counter(judgement.verdict for judgement in report.judgements)
    for verdict in Verdict:
        if verdicts[verdict]:
            lines.append(f"  {verdicts[verdict]:>4}  {verdict.value:<11}  the terms {VERDICT_PHRASES[verdict]}")
    if options.statistics:
        lines += statistics(list(report.findings), paint)
    return lines


def _changes(report: Report, options: RenderOptions, paint: Painter) -> list[str]:
    """What is new, fixed or changed since an earlier audit."""
    if report.comparison is None:
        return []
    lines = _heading("Since the earlier audit", paint)
    lines += wrapped(change_summary(report.comparison), options.width)
    for finding in report.findings:
        if finding.fingerprint in report.comparison.new:
            location = finding.usage.location
            where = visible(place(location.path, location.line, location.column, location.cell))
            lines += wrapped(f"new: {where}: {visible(finding.judgement.rule)}", options.width, rest="    ")
    for line in change_lines(report.comparison):
        lines += wrapped(line, options.width, rest="    ")
    return lines


def _findings(report: Report, options: RenderOptions, paint: Painter) -> list[str]:
    by_provider: dict[str, list[Finding]] = {}
    for finding in shown(report, options):
        by_provider.setdefault(finding.judgement.provider, []).append(finding)
    if not by_provider:
        return []
    lines = _heading("Uses that the terms restrict or allow under conditions", paint)
    for provider, findings in sorted(by_provider.items()):
        lines += ["", paint(f"{visible(provider)}: {count(len(findings), 'finding')}", "bold")]
        for finding in findings:
            lines += ["", *finding_block(report, finding, options, paint)]
    return lines


def _inventory(report: Report, paint: Painter) -> list[str]:
    """Uses that no finding speaks of: the denominator."""
    objected = {finding.usage.id for finding in report.findings}
    verdicts: dict[str, list[str]] = {}
    for judgement in report.judgements:
        verdicts.setdefault(judgement.usage, []).append(_verdict(judgement))
    lines = []
    for usage in report.usages:
        if usage.id in objected:
            continue
        location = usage.location
        where = visible(place(location.path, location.line, location.column, location.cell))
        named = tuple(provider for provider in usage.providers if provider != UNKNOWN_ROUTE)
        who = visible(", ".join((*named, *usage.models)) or "provider unknown")
        said = "; ".join(verdicts.get(usage.id, [])) or "not judged"
        lines.append(f"{where}: {usage.pattern} ({usage.confidence.value}), {who} [{visible(said)}]")
    return [*_heading("Uses without a finding", paint), *lines] if lines else []


def _verdict(judgement: Judgement) -> str:
    """What the terms say of a use, or why nothing could be told of them."""
    if judgement.verdict is Verdict.UNKNOWN:
        return judgement.message
    return f"{judgement.provider}: {judgement.verdict.value}"


def _providers(report: Report, paint: Painter) -> list[str]:
    uses: Counter[str] = Counter()
    models: dict[str, set[str]] = {}
    for usage in report.usages:
        for provider in usage.providers or ("unknown",):
            uses[provider] += 1
            models.setdefault(provider, set()).update(usage.models_of(provider))
    if not uses:
        return []
    versions = {pack.provider: pack.version for pack in report.packs}
    lines = _heading("Providers and models", paint)
    for provider in sorted(uses):
        terms = f"rules of {versions[provider]}" if provider in versions else "no rule pack"
        names = ", ".join(sorted(models[provider])) or "no model named"
        lines.append(f"{visible(provider)}: {count(uses[provider], 'use')}, {terms}; {visible(names)}")
    return lines


def _accepted(report: Report, options: RenderOptions, paint: Painter) -> list[str]:
    accepted = [f for f in report.findings if f.status is not Status.OPEN]
    if not accepted:
        return []
    lines = _heading("Accepted findings", paint)
    for finding in accepted:
        location = finding.usage.location
        where = visible(place(location.path, location.line, location.column, location.cell))
        text = f"{where}: {visible(finding.judgement.rule)}, {visible(status_note(finding))}"
        lines += wrapped(text, options.width, rest="    ")
    return lines


def _limits(report: Report, options: RenderOptions, paint: Painter) -> list[str]:
    if not (report.errors or report.notices):
        return []
    lines = _heading("What could not be read, and notices", paint)
    lines += [error_line(error.path, error.line, error.message, paint) for error in report.errors]
    lines += [line for notice in report.notices for line in notice_lines(notice, options, paint)]
    return lines
