"""The report arranged for readers: findings by provider and clause, waivers, counts, cited files.

HTML and Markdown are two ways of writing down the same dossier.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tosguard.findings.model import Finding, Status, Waiver
from tosguard.policy.judgement import Clause
from tosguard.report.code_frame import Frame, frames, points_of
from tosguard.report.comparison import FieldChange
from tosguard.report.flow_picture import FlowPicture, flow_picture
from tosguard.report.model import ProviderCard, Report
from tosguard.report.terms import DocumentHistory, TermsTimeline, documents_of, timeline_of
from tosguard.report.wording import source_key
from tosguard.usage.model import PATTERNS, Evidence

_STRENGTHS = {"strong": 0, "medium": 1, "weak": 2}
_VERDICTS = ("prohibited", "conditional", "permitted", "silent", "unknown")


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """Evidence that says the same, with each place it was seen at."""

    message: str
    places: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding with everything a reader sees of it. ``anchor`` is stable across runs, ``number`` is not."""

    number: int
    anchor: str
    finding: Finding
    frames: tuple[Frame, ...]
    picture: FlowPicture | None
    evidence: tuple[EvidenceGroup, ...] = ()
    change: str = ""
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """The findings that rest on one clause (None where a rule names none)."""

    clause: Clause | None
    anchor: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ProviderGroup:
    """The findings of one provider, by clause."""

    provider: ProviderCard
    anchor: str
    clauses: tuple[ClauseGroup, ...]

    @property
    def size(self) -> int:
        """How many findings the group holds."""
        return sum(len(group.entries) for group in self.clauses)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Uses of one provider: a count for each pattern of the matrix, and how many findings are open."""

    provider: ProviderCard
    counts: tuple[int, ...]
    total: int
    open_findings: int


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """One decision to accept, with the findings it covers. ``state`` is in force, expired or undated."""

    waiver: Waiver
    state: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CitedFile:
    """A file that the report points at, with its SHA-256; where not ``whole``, a file or a notebook cell with that of
    its text as UTF-8.
    """

    path: str
    sha256: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Dossier:
    """A report in reading order."""

    report: Report
    title: str
    groups: tuple[ProviderGroup, ...]
    entries: tuple[Entry, ...]
    patterns: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    statuses: Mapping[str, int]
    open_severities: Mapping[str, int]
    verdicts: Mapping[str, int]
    waivers: tuple[WaiverRow, ...]
    timeline: TermsTimeline
    documents: tuple[DocumentHistory, ...]
    cited: tuple[CitedFile, ...]
    names: Mapping[str, str]

    @property
    def leading(self) -> tuple[tuple[Entry, ...], ...]:
        """The open findings that weigh most, errors first, then by confidence: at most eight groups of findings that
        differ in their place only.
        """
        open_ones = [e for e in self.entries if e.finding.status is Status.OPEN]
        open_ones.sort(key=lambda e: (-_weight(e.finding)[0], -e.finding.usage.confidence.rank, e.number))
        groups: dict[tuple[object, ...], list[Entry]] = {}
        for entry in open_ones:
            judgement, usage = entry.finding.judgement, entry.finding.usage
            models, data = usage.models_of(judgement.provider), usage.attribute("datasets")
            alike = (judgement.rule, judgement.provider, judgement.severity, models, data)
            groups.setdefault(alike, []).append(entry)
        return tuple(map(tuple, groups.values()))[:8]


def dossier(report: Report, *, redact: bool = False) -> Dossier:
    """Arrange a report for reading.

    Args:
        report: what one run found.
        redact: leave out code.

    Returns:
        The dossier, in deterministic order.
    """
    cards = {card.id: card for card in report.providers}
    groups = _groups(report, cards, {} if redact else report.sources)
    entries = tuple(entry for group in groups for clause in group.clauses for entry in clause.entries)
    present = {usage.pattern for usage in report.usages}
    patterns = tuple(p for p in (*PATTERNS, *sorted(present - set(PATTERNS))) if p in present)
    judged = Counter(j.verdict.value for j in report.judgements)
    status = Counter(entry.finding.status.value for entry in entries)
    still_open = [e.finding for e in entries if e.finding.status is Status.OPEN]
    severity = Counter(f.judgement.severity.value for f in still_open)
    timeline = report.timeline or timeline_of(
        report.judgements or (f.judgement for f in report.findings), report.run.as_of
    )
    return Dossier(
        report=report,
        title=report.run.project or (report.run.root if report.run.root not in ("", ".") else "this project"),
        groups=groups,
        entries=entries,
        patterns=patterns,
        matrix=_matrix(report, cards, patterns, still_open),
        statuses={name: status[name] for name in ("open", "waived", "baseline")},
        open_severities={name: severity[name] for name in ("error", "warning", "note")},
        verdicts={name: judged[name] for name in _VERDICTS},
        waivers=_waivers(entries, report.run.as_of),
        timeline=timeline,
        documents=documents_of(timeline),
        cited=_cited(report),
        names={card.id: card.name for card in report.providers},
    )


def evidence_groups(evidence: Iterable[Evidence]) -> tuple[EvidenceGroup, ...]:
    """Evidence by what it says, what speaks most strongly first.

    Args:
        evidence: what was seen of one usage.

    Returns:
        A group for each message, with its places in order and each once.
    """
    found: dict[str, dict[tuple[str, int], Evidence]] = {}
    ordered = sorted(evidence, key=lambda item: _STRENGTHS.get(item.strength, 1))
    for item in ordered:
        found.setdefault(item.message, {}).setdefault((item.path, item.line), item)
    return tuple(EvidenceGroup(message, tuple(places.values())) for message, places in found.items())


def card_of(provider: str, cards: Mapping[str, ProviderCard]) -> ProviderCard:
    """The card of a provider; a bare one where the report carries none."""
    return cards.get(provider) or ProviderCard(provider, provider or "unknown", "unknown" if not provider else "api")


def _groups(report: Report, cards: Mapping[str, ProviderCard], sources: Mapping[str, str]) -> tuple[ProviderGroup, ...]:
    by_provider: dict[str, dict[tuple[str, ...], list[Finding]]] = {}
    for finding in report.findings:
        clauses = by_provider.setdefault(finding.judgement.provider, {})
        clauses.setdefault(_clause_key(finding.judgement.clause), []).append(finding)
    states = report.comparison.states() if report.comparison else None
    changed = {c.fingerprint: c.changes for c in report.comparison.changed} if report.comparison else {}
    anchors = _Anchors()
    number = 0
    groups = []
    ordered = sorted(by_provider, key=lambda provider: (card_of(provider, cards).name.casefold(), provider))
    for provider in ordered:
        clause_groups = []
        for key, findings in sorted(by_provider[provider].items(), key=lambda item: _clause_order(*item)):
            entries = []
            for finding in sorted(findings, key=_finding_order):
                number += 1
                entries.append(
                    Entry(
                        number=number,
                        anchor=anchors.take("f", finding.fingerprint),
                        finding=finding,
                        frames=frames(points_of(finding.usage.location, finding.usage.trace), sources),
                        picture=flow_picture(
                            finding.usage.trace, inferred="yes" in finding.usage.attribute("inferred")
                        ),
                        evidence=evidence_groups(finding.usage.evidence),
                        change="" if states is None else states.get(finding.fingerprint, "unchanged"),
                        changes=changed.get(finding.fingerprint, ()),
                    )
                )
            anchor = anchors.take("clause", f"{provider}-{key[0]}")
            clause_groups.append(ClauseGroup(findings[0].judgement.clause, anchor, tuple(entries)))
        groups.append(ProviderGroup(card_of(provider, cards), anchors.take("provider", provider), tuple(clause_groups)))
    return tuple(groups)


class _Anchors:
    """Hands out HTML ids: plain ASCII, never the same twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, prefix: str, name: str) -> str:
        base = prefix + "-" + "".join(c if c.isascii() and c.isalnum() else "-" for c in name)[:60]
        anchor, count = base, 1
        while anchor in self._taken:
            count += 1
            anchor = f"{base}-{count}"
        self._taken.add(anchor)
        return anchor


def _clause_key(clause: Clause | None) -> tuple[str, ...]:
    return () if clause is None else (clause.id, clause.document, clause.version)


def _clause_order(key: tuple[str, ...], findings: list[Finding]) -> tuple[int, tuple[str, ...]]:
    return -max(_weight(f)[0] for f in findings), key


def _weight(finding: Finding) -> tuple[int, int]:
    return finding.judgement.severity.rank, finding.judgement.verdict.strictness


def _finding_order(finding: Finding) -> tuple[int, int, int, str, int, int, int, str]:
    where = finding.usage.location
    waiting = 0 if finding.status is Status.OPEN else 1
    gravity, strictness = _weight(finding)
    return (waiting, -gravity, -strictness, where.path, where.cell or 0, where.line, where.column, finding.fingerprint)


def _matrix(
    report: Report, cards: Mapping[str, ProviderCard], patterns: tuple[str, ...], still_open: Iterable[Finding]
) -> tuple[MatrixRow, ...]:
    counts: dict[str, Counter[str]] = {}
    for usage in report.usages:
        for provider in usage.providers or ("unknown",):
            counts.setdefault(provider, Counter())[usage.pattern] += 1
    waiting = Counter(f.judgement.provider for f in still_open)
    rows = [
        MatrixRow(card_of(p, cards), tuple(c[pattern] for pattern in patterns), sum(c.values()), waiting[p])
        for p, c in counts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.open_findings, -row.total, row.provider.name.casefold())))


def _waivers(entries: Iterable[Entry], as_of: str) -> tuple[WaiverRow, ...]:
    covered: dict[Waiver, list[Entry]] = {}
    for entry in entries:
        if entry.finding.waiver is not None:
            covered.setdefault(entry.finding.waiver, []).append(entry)
    rows = [WaiverRow(waiver, _waiver_state(waiver, as_of), tuple(found)) for waiver, found in covered.items()]
    return tuple(sorted(rows, key=lambda row: (row.waiver.expires or "9999", row.entries[0].number)))


def _waiver_state(waiver: Waiver, as_of: str) -> str:
    if not waiver.expires:
        return "no expiry"
    return "expired" if waiver.expires < as_of else "in force"


def _cited(report: Report) -> tuple[CitedFile, ...]:
    places = {(f.usage.location.path, f.usage.location.cell) for f in report.findings}
    places |= {(step.path, step.cell) for f in report.findings for step in f.usage.trace}
    if report.digests:
        paths = sorted({path for path, _ in places})
        return tuple(CitedFile(path, report.digests[path], whole=True) for path in paths if path in report.digests)
    return tuple(
        CitedFile(key, hashlib.sha256(report.sources[key].encode("utf-8", "surrogatepass")).hexdigest())
        for key in sorted({source_key(path, cell) for path, cell in places})
        if key in report.sources
    )
