"""Rule packs in memory: one snapshot of one provider's terms, with the rules that rest on its clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tosguard.policy.judgement import Clause, Severity, Verdict

#: A condition: name of an attribute or profile key → the values of which at least one must hold.
Condition = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Document:
    """One document in the version in force.

    ``applies_to`` is api, consumer, both or ""; ``governs`` says in words what a licence covers; ``note`` how the
    version was dated or read.
    """

    id: str
    title: str
    version: str
    url: str = ""
    effective: str = ""
    superseded: str = ""
    applies_to: str = ""
    governs: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackClause:
    """A clause with what the judging needs besides: its modality, the patterns it bears on, the editions it is in."""

    clause: Clause
    modality: str
    patterns: tuple[str, ...]
    editions: tuple[str, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One of several licences that are in force side by side, chosen by model id.

    The first whose ``models`` (a regular expression, case-insensitive) is found in the id applies; ``governed_by``
    names another pack whose licence governs.
    """

    id: str
    title: str
    models: str
    version: str = ""
    governed_by: str = ""


@dataclass(frozen=True, slots=True)
class RuleTests:
    """What a rule must and must not answer to: Python code, and usages as written in the pack."""

    triggers: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    usages: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where its patterns and conditions hold and one of its clauses applies, the verdict follows."""

    id: str
    title: str
    patterns: tuple[str, ...]
    verdict: Verdict
    severity: Severity
    message: str
    why: str
    remedy: str
    questions: tuple[str, ...]
    clauses: tuple[str, ...]
    when: Condition = field(default_factory=dict)
    unless: Condition = field(default_factory=dict)
    tests: RuleTests = field(default_factory=RuleTests)


@dataclass(frozen=True, slots=True)
class DataSetEntry:
    """A known data set: the providers whose output it holds, its licence and what that licence restricts."""

    id: str
    names: tuple[str, ...]
    files: tuple[str, ...]
    origins: tuple[str, ...]
    models: tuple[str, ...]
    kind: str
    licence: str
    restriction: str
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An own pack's change to a published rule: a new verdict, severity or both, with the reason it was made for."""

    rule: str
    reason: str
    verdict: Verdict | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """One complete snapshot.

    ``version`` is the first day it describes, ``until`` the first day it no longer does ("" while it is the newest).
    ``unread`` are patterns on which the terms could not be read; ``question`` is what to ask then. ``unread_clauses``
    are clauses of later versions that may have stood in a document in force already, whose text was not read in full.
    """

    provider: str
    name: str
    kind: str
    version: str
    until: str
    documents: tuple[Document, ...]
    clauses: Mapping[str, PackClause]
    rules: tuple[Rule, ...]
    editions: tuple[Edition, ...] = ()
    unread: tuple[str, ...] = ()
    unread_clauses: tuple[str, ...] = ()
    question: str = ""
    notes: tuple[str, ...] = ()
    data_sets: tuple[DataSetEntry, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    sha256: str = ""
