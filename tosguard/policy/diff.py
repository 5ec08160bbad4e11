"""What changed in a provider's terms between two days, clause by clause and rule by rule, in words."""

from __future__ import annotations

from dataclasses import dataclass

from tosguard.policy.model import Pack, PackClause, Rule


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``kind`` is begun, ended or changed; ``subject`` clause, rule or document."""

    kind: str
    subject: str
    id: str
    text: str


def compare(before: Pack, after: Pack) -> tuple[Change, ...]:
    """The changes from one snapshot to another of the same provider: documents, clauses, rules, each in order of id.

    Args:
        before: the snapshot in force on the earlier day.
        after: the snapshot in force on the later day.
    """
    return (*_documents(before, after), *_clauses(before, after), *_rules(before, after))


def describe(before: Pack, after: Pack) -> str:
    """The changes as lines for people, ending in a newline."""
    head = f"{after.name}: terms of {before.version} compared with those of {after.version}"
    changes = compare(before, after)
    if not changes:
        return f"{head}\nnothing changed\n"
    lines = [head]
    for subject, title in (("document", "Documents"), ("clause", "Clauses"), ("rule", "Rules")):
        chosen = [change for change in changes if change.subject == subject]
        if chosen:
            lines += ["", title, *(f"  {change.kind:<8}{change.id}: {change.text}" for change in chosen)]
    return "\n".join(lines) + "\n"


def _documents(before: Pack, after: Pack) -> list[Change]:
    old = {document.id: document for document in before.documents}
    new = {document.id: document for document in after.documents}
    changes = []
    for name in sorted(set(old) | set(new)):
        if name not in old:
            changes.append(Change("begun", "document", name, f"{new[name].title}, version {new[name].version}"))
        elif name not in new:
            changes.append(Change("ended", "document", name, f"{old[name].title}, version {old[name].version}"))
        elif old[name].version != new[name].version:
            text = f"{new[name].title}: version {old[name].version} gave way to {new[name].version}"
            changes.append(Change("changed", "document", name, text))
    return changes


def _clauses(before: Pack, after: Pack) -> list[Change]:
    changes = []
    for name in sorted(set(before.clauses) | set(after.clauses)):
        if name not in before.clauses:
            new = after.clauses[name]
            first = "on record for the first time, the earlier text was not read in full; "
            unsure = first if name in before.unread_clauses else ""
            changes.append(Change("begun", "clause", name, f"{unsure}{_place(new)}: {new.clause.summary}"))
        elif name not in after.clauses:
            old = before.clauses[name]
            changes.append(Change("ended", "clause", name, f"{_place(old)}: {old.clause.summary}"))
        else:
            text = _clause_change(before.clauses[name], after.clauses[name])
            if text:
                changes.append(Change("changed", "clause", name, text))
    return changes


def _clause_change(old: PackClause, new: PackClause) -> str:
    """What changed in a clause, "" if only the version of its document did."""
    parts = []
    if old.clause.document != new.clause.document:
        parts.append(f"moved from {old.clause.document} to {new.clause.document}")
    if old.clause.section != new.clause.section:
        parts.append(f"section {old.clause.section} became {new.clause.section}")
    if old.modality != new.modality:
        parts.append(f"it no longer {old.modality} but {new.modality}")
    if old.clause.anchor != new.clause.anchor:
        parts.append(f"the wording changed to “{new.clause.anchor}”" if new.clause.anchor else "the wording changed")
    if new.change and new.change != old.change:
        parts.append(new.change)
    if old.clause.exceptions != new.clause.exceptions:
        parts.append("its exceptions changed")
    return "; ".join(parts)


def _place(clause: PackClause) -> str:
    return f"{clause.clause.document}, {clause.clause.section}"


def _rules(before: Pack, after: Pack) -> list[Change]:
    old = {rule.id: rule for rule in before.rules}
    new = {rule.id: rule for rule in after.rules}
    changes = []
    for name in sorted(set(old) | set(new)):
        if name not in old:
            changes.append(Change("begun", "rule", name, _standing(new[name])))
        elif name not in new:
            changes.append(Change("ended", "rule", name, _standing(old[name])))
        elif text := _rule_change(old[name], new[name]):
            changes.append(Change("changed", "rule", name, text))
    return changes


def _standing(rule: Rule) -> str:
    return f"{rule.title} ({rule.verdict.value}, {rule.severity.value})"


def _rule_change(old: Rule, new: Rule) -> str:
    """What makes a rule judge differently, "" if nothing does; wording and tests do not."""
    parts = []
    if (old.verdict, old.severity) != (new.verdict, new.severity):
        was, now = (f"{rule.verdict.value}, {rule.severity.value}" for rule in (old, new))
        parts.append(f"{was} became {now}")
    if old.patterns != new.patterns:
        parts.append(f"it now answers to {', '.join(new.patterns)}")
    if (old.when, old.unless) != (new.when, new.unless):
        parts.append("its conditions changed")
    gained = [clause for clause in new.clauses if clause not in old.clauses]
    lost = [clause for clause in old.clauses if clause not in new.clauses]
    if gained:
        parts.append(f"it rests on {', '.join(gained)} as well")
    if lost:
        parts.append(f"it no longer rests on {', '.join(lost)}")
    if not gained and not lost and old.clauses[:1] != new.clauses[:1]:
        parts.append(f"{new.clauses[0]} leads now")
    return f"{new.title}: {'; '.join(parts)}" if parts else ""
