"""What the packs in force say of each usage: one leading judgement a usage and provider, in deterministic order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tosguard.policy.conditions import Situation, excludes, holds
from tosguard.policy.judgement import Clause, Judgement, Severity, Verdict
from tosguard.policy.model import DataSetEntry, Pack, PackClause, Rule
from tosguard.policy.organisation import Agreement, Organisation, active
from tosguard.policy.versions import editions_of
from tosguard.policy.vocabulary import SELF_HOSTED, UNKNOWN_ROUTE
from tosguard.policy.wording import fill, templated_fields
from tosguard.usage.model import Confidence, Usage


@dataclass(frozen=True, slots=True)
class _Match:
    """A rule that answers to a usage, with the clauses that apply, the leading one first."""

    rule: Rule
    clauses: tuple[PackClause, ...]

    @property
    def leading(self) -> Clause | None:
        return self.clauses[0].clause if self.clauses else None


def judge(
    usages: Iterable[Usage],
    packs: Mapping[str, Pack],
    organisation: Organisation,
    agreements: Iterable[Agreement],
    as_of: date,
    *,
    gaps: Mapping[str, str] | None = None,
) -> tuple[Judgement, ...]:
    """Judge every usage under the packs of its providers.

    Args:
        usages: what the classification found.
        packs: the packs in force, by route id.
        organisation: the profile; what it leaves open stays open.
        agreements: negotiated agreements; those that expired before ``as_of`` do not count.
        as_of: the day whose terms count.
        gaps: why a known provider has no pack on that day.

    Returns:
        one judgement for each usage and provider, in the order of the usages and of their providers. The strictest
        verdict leads, the other rules that bear on the usage stand in ``also``. Permitted, silent and unknown verdicts
        are judgements as well: they make the inventory.
    """
    running = active(agreements, as_of)
    data_sets = _known_data_sets(packs.values())
    found: list[Judgement] = []
    for usage in usages:
        entry = _data_set_of(usage, data_sets)
        for provider in dict.fromkeys(usage.providers):
            pack = packs.get(provider)
            if pack is None:
                found.append(_uncovered(usage, provider, (gaps or {}).get(provider, ""), as_of))
                continue
            judgement = _judge_one(Situation(usage, provider, organisation, entry), pack, as_of)
            found.append(_apply_agreements(judgement, usage, running))
    return tuple(found)


def _judge_one(situation: Situation, pack: Pack, as_of: date) -> Judgement:
    matches = _matches(situation, pack)
    if not matches:
        return _without_rule(situation, pack, as_of)
    ordered = sorted(matches, key=lambda match: _order(match, situation))
    first, rule = ordered[0], ordered[0].rule
    fields = templated_fields(situation, pack, first.leading)
    return Judgement(
        rule=rule.id,
        usage=situation.usage.id,
        provider=pack.provider,
        verdict=rule.verdict,
        severity=_severity(first, situation),
        message=fill(rule.message, fields),
        why=fill(rule.why, fields),
        remedy=fill(rule.remedy, fields),
        questions=tuple(fill(question, fields) for question in rule.questions),
        clause=first.leading,
        also=tuple(match.rule.id for match in ordered[1:]),
    )


def _matches(situation: Situation, pack: Pack) -> list[_Match]:
    chosen = editions_of(pack.editions, situation.models)
    editions = {edition.id for edition in chosen}
    versions = {edition.id: edition.version for edition in chosen}
    found = []
    for rule in pack.rules:
        if situation.usage.pattern not in rule.patterns:
            continue
        clauses = tuple(
            _in_edition(pack.clauses[identity], versions)
            for identity in rule.clauses
            if not pack.clauses[identity].editions or editions & set(pack.clauses[identity].editions)
        )
        if rule.clauses and not clauses:
            continue
        if holds(rule.when, situation) and not excludes(rule.unless, situation):
            found.append(_Match(rule, clauses))
    return found


def _in_edition(clause: PackClause, versions: Mapping[str, str]) -> PackClause:
    """The clause with the version of the edition the usage's model stands under."""
    version = next((versions[name] for name in clause.editions if versions.get(name)), "")
    return replace(clause, clause=replace(clause.clause, version=version)) if version else clause


def _order(match: _Match, situation: Situation) -> tuple[int, int, int, str]:
    sure = {"high": 0, "medium": 1, "low": 2}[match.leading.confidence] if match.leading else 3
    return (-match.rule.verdict.strictness, -_severity(match, situation).rank, sure, match.rule.id)


def _severity(match: _Match, situation: Situation) -> Severity:
    """The rule's severity, at most a note where the clause, the classification or the data set's origin is unsure."""
    entry = situation.data_set
    unsure = (
        situation.usage.confidence is Confidence.LOW
        or (match.leading is not None and match.leading.confidence == "low")
        or (entry is not None and entry.confidence == "low" and situation.origin == "dataset")
    )
    return Severity.NOTE if unsure else match.rule.severity


def _without_rule(situation: Situation, pack: Pack, as_of: date) -> Judgement:
    """No rule answers: the terms are unread on this, the licence cannot be told, or they say nothing on it."""
    usage = situation.usage
    if usage.pattern in pack.unread:
        message = f"{pack.name}: the terms in force on {as_of} could not be read on {usage.pattern}"
        return _inventory(usage, pack.provider, Verdict.UNKNOWN, message, _questions(pack))
    chosen = editions_of(pack.editions, situation.models)
    elsewhere = next((edition for edition in chosen if edition.governed_by), None)
    if elsewhere is not None:
        message = f"{pack.name}: the licence of {elsewhere.governed_by} governs this model ({elsewhere.title})"
        return _inventory(usage, pack.provider, Verdict.UNKNOWN, message, ())
    if pack.editions and not chosen:
        message = f"{pack.name}: the model id does not tell which of the licences in force side by side applies"
        question = f"Which exact model is used, and which licence came with it ({_titles(pack)})?"
        return _inventory(usage, pack.provider, Verdict.UNKNOWN, message, (question,))
    message = f"{pack.name}: no clause on record that was in force on {as_of} bears on this {usage.pattern}"
    return _inventory(usage, pack.provider, Verdict.SILENT, message, ())


def _titles(pack: Pack) -> str:
    return ", ".join(edition.title for edition in pack.editions)


def _questions(pack: Pack) -> tuple[str, ...]:
    return (pack.question,) if pack.question else ()


def _uncovered(usage: Usage, provider: str, gap: str, as_of: date) -> Judgement:
    if provider == SELF_HOSTED:
        message = "the model runs on own machines: no API terms apply, only the licence of the weights"
        return _inventory(usage, provider, Verdict.SILENT, message, ())
    if gap:
        message = f"nothing is known of the terms of {provider} on {as_of}: {gap}"
    elif provider == UNKNOWN_ROUTE:
        message = "the code does not show which provider is called"
    else:
        message = f"no rule pack covers {provider}"
    question = "Which terms apply to this service, and do they restrict this use?"
    return _inventory(usage, provider, Verdict.UNKNOWN, message, (question,))


def _inventory(usage: Usage, provider: str, verdict: Verdict, message: str, questions: tuple[str, ...]) -> Judgement:
    return Judgement(
        rule=f"{provider}/{verdict.value}",
        usage=usage.id,
        provider=provider,
        verdict=verdict,
        severity=Severity.NOTE,
        message=message,
        why="",
        remedy="",
        questions=questions,
        clause=None,
    )


def _apply_agreements(judgement: Judgement, usage: Usage, running: Iterable[Agreement]) -> Judgement:
    """A judgement that an agreement permits: the verdict becomes permitted, the clause and the message stay."""
    if judgement.verdict not in (Verdict.PROHIBITED, Verdict.CONDITIONAL, Verdict.UNKNOWN):
        return judgement
    for item in running:
        if item.provider == judgement.provider and usage.pattern in item.permits:
            until = f", until {item.expires}" if item.expires else ""
            reference = f"{item.reference}{until}"
            return replace(judgement, verdict=Verdict.PERMITTED, severity=Severity.NOTE, agreement=reference)
    return judgement


def _known_data_sets(packs: Iterable[Pack]) -> dict[str, DataSetEntry]:
    """Known data sets by lower-case id, hub name and file name."""
    found: dict[str, DataSetEntry] = {}
    for pack in packs:
        for entry in pack.data_sets:
            for name in (entry.id, *entry.names, *entry.files):
                found.setdefault(name.lower(), entry)
    return found


def _data_set_of(usage: Usage, known: Mapping[str, DataSetEntry]) -> DataSetEntry | None:
    return next((known[name.lower()] for name in usage.attribute("datasets") if name.lower() in known), None)
