"""The audit as Markdown, for tickets and pull requests: the summary first, then a section a finding."""

from __future__ import annotations

from tosguard.findings.model import Status, Waiver
from tosguard.policy.judgement import Clause
from tosguard.report import labels
from tosguard.report.code_frame import Frame
from tosguard.report.dossier import Dossier, Entry, dossier
from tosguard.report.inventory import SECTIONS, inventory
from tosguard.report.markdown_text import code, code_block, link, table, text
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions
from tosguard.report.prose import capital, counted, place
from tosguard.report.terms import TermsVersion
from tosguard.report.wording import DISCLAIMER

#: No field fills a ticket: longer statements are cut with a note.
_LIMIT = 2_000
_PLACE = 300
_PLACES_SHOWN = 3


def render(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The report as Markdown (CommonMark with tables).

    Args:
        report: what the run found.
        options: ``redact`` leaves code out; for the command ``check`` only the findings that wait for a decision are
            written (``show_suppressed`` adds the others) and the registers are left out.

    Returns:
        The document, the same text for the same report.
    """
    book = dossier(report, redact=options.redact)
    whole = options.command != "check"
    parts = [
        _head(book, limits_too=whole),
        _summary(book),
        _comparison(book),
        _findings(book, every=whole or options.show_suppressed),
        *([_inventory(report), _terms(book), _waivers(book)] if whole else []),
        _gaps(report),
        f"---\n\n{text(DISCLAIMER)}\n",
    ]
    return "\n".join(part for part in parts if part)


def _head(book: Dossier, *, limits_too: bool) -> str:
    run = book.report.run
    state = "with uncommitted changes" if run.dirty else "clean"
    commit = f"{code(run.commit)} ({state})" if run.commit else "not under version control"
    within = ", ".join(code(path, _PLACE) for path in run.scope)
    scope = f"uses that pass through {within}" if within else f"all of {code(run.root, _PLACE)}"
    left_out = ", ".join(code(path, _PLACE) for path in run.excluded)
    files = f"{run.files.seen:,} seen, {run.files.analysed:,} analysed, {run.files.failed:,} could not be read"
    facts = [
        *([("Repository", link(run.repository, run.repository))] if run.repository else []),
        ("Commit", commit),
        *([("Branch", text(run.branch, _PLACE))] if run.branch else []),
        ("Audit date", text(run.as_of)),
        ("Tool", f"tosguard {text(run.version)}"),
        ("Scope", f"{scope}{f'; left out: {left_out}' if left_out else ''}"),
        ("Files", files),
        *((text(capital(name), _PLACE), text(value, _PLACE)) for name, value in run.settings),
    ]
    lines = "\n".join(f"- **{name}:** {value}" for name, value in facts)
    limits = "\n".join(f"- {text(limit)}" for limit in labels.LIMITS)
    head = f"# Audit of {text(book.title, _PLACE)}\n\n{lines}\n"
    return f"{head}\nHow it was done, and its limits:\n\n{limits}\n" if limits_too else head


def _summary(book: Dossier) -> str:
    severities = ", ".join(counted(n, name) for name, n in book.open_severities.items() if n)
    waiting = f"**{counted(book.statuses['open'], 'open finding')}**{f' ({severities})' if severities else ''}"
    lines = [f"{waiting}, {book.statuses['waived']:,} waived, {book.statuses['baseline']:,} in the baseline."]
    rows = [
        [
            text(row.provider.name, _PLACE),
            ", ".join(
                f"{text(labels.pattern_name(p))} {n}" for p, n in zip(book.patterns, row.counts, strict=True) if n
            ),
            str(row.total),
            str(row.open_findings),
        ]
        for row in book.matrix
    ]
    uses = table(["Provider", "Used for", "Uses", "Open findings"], rows)
    return "\n".join(["## Summary\n", *lines, "", uses])


def _comparison(book: Dossier) -> str:
    found = book.report.comparison
    if found is None:
        return ""
    old = f"the audit for {text(found.old_as_of) or 'an unknown date'}"
    if found.old_commit:
        old += f" of commit {code(found.old_commit[:12])}"
    lines = [
        "## Since the earlier audit\n",
        f"Compared with {old}: {counted(len(found.new), 'new finding')}, {len(found.fixed):,} fixed, "
        f"{len(found.changed):,} changed, {found.unchanged:,} unchanged.\n",
    ]
    for entry in book.entries:
        if entry.change == "new":
            lines.append(f"- New: {text(capital(entry.finding.judgement.message), _LIMIT)}")
        for change in entry.changes:
            moved = f"{text(change.name)} {text(change.before or 'none')} → {text(change.after or 'none')}"
            lines.append(f"- Changed: finding {entry.number}, {moved}")
    lines += [
        f"- Fixed: {text(capital(f.message), _LIMIT)} ({code(place(f.path, f.line), _PLACE)})" for f in found.fixed
    ]
    for provider, before, after in found.packs:
        name = text(book.names.get(provider, provider), _PLACE)
        lines.append(f"- Terms of {name}: {text(before or 'none')} → {text(after or 'none')}")
    return "\n".join(lines) + "\n"


def _findings(book: Dossier, *, every: bool) -> str:
    parts = []
    for group in book.groups:
        shown = [
            (clause, [e for e in clause.entries if every or e.finding.status is Status.OPEN])
            for clause in group.clauses
        ]
        shown = [(clause, entries) for clause, entries in shown if entries]
        if not shown:
            continue
        count = counted(sum(len(entries) for _, entries in shown), "finding")
        parts.append(f"### {text(group.provider.name, _PLACE)} ({count})\n")
        for clause, entries in shown:
            parts.append(_clause(clause.clause))
            parts += [_finding(entry) for entry in entries]
    nothing = "No finding is open.\n" if book.entries else "No use was found on which a restricting clause bears.\n"
    return "\n".join(["## Findings\n", *(parts or [nothing])])


def _clause(clause: Clause | None) -> str:
    if clause is None:
        return "The rule names no clause.\n"
    section = f", {text(clause.section)}" if clause.section else ""
    dates = f" Version {text(clause.version)}" if clause.version else " Version not known"
    dates += f", in effect from {text(clause.effective)}" if clause.effective else ""
    dates += f" until {text(clause.superseded)}" if clause.superseded else ""
    exceptions = "".join(f"\n> - Exception: {text(e, _LIMIT)}" for e in clause.exceptions)
    gap = "\n>" if exceptions else ""
    head = f"> **{link(clause.document, clause.url)}{section}.**{dates}."
    return f"{head} {text(clause.summary, _LIMIT)}{gap}{exceptions}\n"


def _finding(entry: Entry) -> str:
    finding, judgement, usage = entry.finding, entry.finding.judgement, entry.finding.usage
    where = code(place(usage.location.path, usage.location.line, usage.location.cell), _PLACE)
    facts = [
        labels.SEVERITY_NAMES[judgement.severity.value],
        labels.VERDICT_NAMES[judgement.verdict.value].lower(),
        labels.pattern_name(usage.pattern).lower(),
        f"confidence {usage.confidence.value}",
        labels.STATUS_NAMES[finding.status.value].lower(),
        *([labels.CHANGE_NAMES[entry.change].lower()] if entry.change in ("new", "changed") else []),
    ]
    models = ", ".join(code(model, _PLACE) for model in usage.models_of(judgement.provider))
    lines = [
        f"#### {entry.number}. {text(capital(judgement.message), _LIMIT)}\n",
        f"{text(', '.join(facts))}. At {where}{f', model {models}' if models else ''}. Rule {code(judgement.rule)}, "
        f"fingerprint {code(finding.fingerprint)}.\n",
    ]
    if judgement.why:
        lines.append(f"**Why the clause bears on it:** {text(judgement.why, _LIMIT)}\n")
    if judgement.remedy:
        lines.append(f"**What would make it acceptable:** {text(judgement.remedy, _LIMIT)}\n")
    if judgement.questions:
        questions = "\n".join(f"- {text(q, _LIMIT)}" for q in judgement.questions)
        lines.append(f"**Questions for the business:**\n\n{questions}\n")
    if finding.waiver is not None:
        title = "Decision" if finding.status is Status.WAIVED else "Decision no longer in force"
        lines.append(f"**{title}:** {_decision(finding.waiver)}\n")
    lines.append(_steps(entry))
    lines += [_frame(frame) for frame in entry.frames]
    return "\n".join(line for line in lines if line)


def _decision(waiver: Waiver) -> str:
    parts = [text(waiver.reason, _LIMIT)]
    if waiver.approved_by:
        parts.append(
            f"Approved by {text(waiver.approved_by, _PLACE)}{f' on {text(waiver.date)}' if waiver.date else ''}."
        )
    if waiver.expires:
        parts.append(f"Expires {text(waiver.expires)}.")
    if waiver.reference:
        parts.append(f"Reference {text(waiver.reference, _PLACE)}.")
    return " ".join(parts)


def _steps(entry: Entry) -> str:
    steps = [
        f"{number}. {labels.ROLE_NAMES.get(step.role, step.role)}: {text(step.message, _LIMIT)} "
        f"({code(place(step.path, step.line, step.cell), _PLACE)})"
        for number, step in enumerate(entry.finding.usage.trace, 1)
    ]
    return "**Flow:**\n\n" + "\n".join(steps) + "\n" if steps else ""


def _frame(frame: Frame) -> str:
    width = len(str(frame.lines[-1].number))
    lines = []
    for line in frame.lines:
        before = f"({line.before:,} characters) … " if line.before else ""
        after = f" … ({line.after:,} more characters)" if line.after else ""
        shown = before + "".join(piece.text for piece in line.pieces) + after
        lines.append(f"{'>' if line.pointed else ' '} {line.number:>{width}} | {shown}".rstrip())
    where = place(frame.path, frame.lines[0].number, frame.cell)
    return f"{code(where, _PLACE)}\n\n{code_block(lines, 'text')}"


def _inventory(report: Report) -> str:
    stock = inventory(report)
    rows = []
    for section, title in SECTIONS:
        for item in stock.section(section):
            places = [
                code(place(u.location.path, u.location.line, u.location.cell), _PLACE, cell=True)
                for u in item.usages[:_PLACES_SHOWN]
            ]
            if len(item.usages) > _PLACES_SHOWN:
                places.append(f"and {len(item.usages) - _PLACES_SHOWN:,} more")
            used_for = ", ".join(f"{text(labels.pattern_name(p))} {n}" for p, n in item.patterns)
            rows.append([title, text(item.name, _PLACE), str(len(item.usages)), used_for, "<br>".join(places)])
    body = table(["Kind", "Name", "Uses", "Used for", "Places"], rows) or "Nothing was seen in use.\n"
    return f"## Inventory\n\n{body}"


def _terms(book: Dossier) -> str:
    documents = [
        [
            text(book.names.get(document.provider, document.provider), _PLACE),
            link(document.title, document.url),
            *_held(document.current),
            _versions(document.earlier),
            _versions(document.later),
        ]
        for document in book.documents
    ]
    packs = [
        [text(book.names.get(p.provider, p.provider), _PLACE), text(p.version, _PLACE), code(p.sha256, 80, cell=True)]
        for p in book.report.packs
    ]
    now = f"Version on {text(book.report.run.as_of)}"
    terms = table(["Provider", "Document", now, "From", "Until", "Earlier versions", "Later versions"], documents)
    applied = table(["Provider", "Rule pack", "SHA-256"], packs)
    return "\n".join(part for part in ("## Terms\n", terms, applied or "No rule pack was applied.\n") if part)


def _held(version: TermsVersion | None) -> list[str]:
    if version is None:
        return ["none in force", "–", "–"]
    return [
        text(version.version, _PLACE) or "not known",
        text(version.effective) or "not known",
        text(version.superseded) or "–",
    ]


def _versions(versions: tuple[TermsVersion, ...]) -> str:
    return ", ".join(text(v.version or v.effective or "undated", _PLACE) for v in versions) or "–"


def _waivers(book: Dossier) -> str:
    rows = [
        [
            text(row.waiver.reason, _LIMIT),
            text(row.waiver.approved_by, _PLACE) or "not named",
            text(row.waiver.date) or "–",
            text(row.waiver.expires) or "–",
            row.state,
            text(row.waiver.reference, _PLACE) or "–",
            ", ".join(str(entry.number) for entry in row.entries),
        ]
        for row in book.waivers
    ]
    body = table(["Decision", "Approved by", "Date", "Expires", "State", "Reference", "Findings"], rows)
    return f"## Waivers\n\n{body or 'No finding is waived.' + chr(10)}"


def _gaps(report: Report) -> str:
    rows = [[code(place(e.path, e.line), _PLACE, cell=True), text(e.message, _LIMIT)] for e in report.errors]
    body = table(["Place", "Reason"], rows) or "Every file in scope that could matter was read.\n"
    notices = "".join(f"- {text(notice, _LIMIT)}\n" for notice in report.notices)
    return f"## Not analysed\n\n{body}{chr(10) if notices else ''}{notices}"
