"""The static half of a SARIF run: rules with their help, and the documents whose clauses they rest on as taxonomies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tosguard.findings.model import Finding
from tosguard.policy.judgement import Clause, Severity
from tosguard.report.wording import PATTERN_TITLES, VERDICT_PHRASES, clause_reference, sentence

_MAX_DESCRIPTION = 1024
_MAX_TAGS = 10
_PROBLEM_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def reference_text(clause: Clause) -> str:
    """The clause with its address, as it stands in messages."""
    return f"{clause_reference(clause)} <{clause.url}>" if clause.url else clause_reference(clause)


class Rules:
    """The rules that findings name, in order of their ids, and the clauses behind them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        by_rule: dict[str, list[Finding]] = {}
        for finding in findings:
            by_rule.setdefault(finding.judgement.rule, []).append(finding)
        self._by_rule = dict(sorted(by_rule.items()))
        self._indices = {rule: index for index, rule in enumerate(self._by_rule)}
        self._documents = _documents(findings)

    def index(self, rule: str) -> int:
        """Where a rule stands in ``tool.driver.rules``."""
        return self._indices[rule]

    def driver(self, version: str) -> dict[str, Any]:
        """The tool component that owns the rules."""
        driver: dict[str, Any] = {
            "name": "tosguard",
            "version": version,
            "semanticVersion": version,
            "rules": [self._descriptor(rule, findings) for rule, findings in self._by_rule.items()],
        }
        if self._documents:
            driver["supportedTaxonomies"] = [
                {"name": _taxonomy_name(*key), "index": index} for index, key in enumerate(self._documents)
            ]
        return driver

    def taxonomies(self) -> list[dict[str, Any]]:
        """One taxonomy a version of a document, its taxa the clauses that findings rest on."""
        return [
            {
                "name": _taxonomy_name(*key),
                "version": key[1] or "unknown",
                "shortDescription": {"text": f"Clauses of {_taxonomy_name(*key)}"},
                "taxa": [_taxon(clause) for clause in clauses.values()],
            }
            for key, clauses in self._documents.items()
        ]

    def taxon(self, clause: Clause) -> dict[str, Any]:
        """The reference by which a result or a rule points at a clause."""
        key = (clause.document, clause.version)
        return {
            "id": clause.id,
            "index": list(self._documents[key]).index(clause.id),
            "toolComponent": {"name": _taxonomy_name(*key), "index": list(self._documents).index(key)},
        }

    def _descriptor(self, rule: str, findings: list[Finding]) -> dict[str, Any]:
        lead = max(findings, key=lambda finding: finding.judgement.severity.rank)
        judgement = lead.judgement
        title = PATTERN_TITLES.get(lead.usage.pattern, lead.usage.pattern)
        phrase = VERDICT_PHRASES[judgement.verdict]
        full = f"{sentence(title)} The terms of {judgement.provider} {phrase}. {sentence(judgement.why)}".strip()
        descriptor: dict[str, Any] = {
            "id": rule,
            "name": _name(rule),
            "shortDescription": {"text": f"{title} ({judgement.provider})"},
            "fullDescription": {"text": _shortened(full)},
            "help": {"text": _help(lead, markdown=False), "markdown": _help(lead, markdown=True)},
            "defaultConfiguration": {"level": judgement.severity.value},
            "properties": {
                "tags": _tags(lead),
                "precision": max((finding.usage.confidence for finding in findings), key=lambda c: c.rank).value,
                "problem.severity": _PROBLEM_SEVERITY[judgement.severity],
            },
        }
        if judgement.clause is not None:
            if judgement.clause.url:
                descriptor["helpUri"] = judgement.clause.url
            descriptor["relationships"] = [{"target": self.taxon(judgement.clause), "kinds": ["relevant"]}]
        return descriptor


def _documents(findings: Sequence[Finding]) -> dict[tuple[str, str], dict[str, Clause]]:
    found: dict[tuple[str, str], dict[str, Clause]] = {}
    for finding in findings:
        clause = finding.judgement.clause
        if clause is not None:
            found.setdefault((clause.document, clause.version), {}).setdefault(clause.id, clause)
    return {key: dict(sorted(clauses.items())) for key, clauses in sorted(found.items())}


def _taxonomy_name(document: str, version: str) -> str:
    return f"{document} ({version})" if version else document


def _taxon(clause: Clause) -> dict[str, Any]:
    taxon: dict[str, Any] = {
        "id": clause.id,
        "name": clause.section or clause.id,
        "shortDescription": {"text": sentence(clause.summary) or clause_reference(clause)},
    }
    if clause.url:
        taxon["helpUri"] = clause.url
    return taxon


def _name(rule: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", rule))


def _tags(finding: Finding) -> list[str]:
    tags = ["terms-of-service", finding.judgement.provider, finding.usage.pattern, finding.judgement.verdict.value]
    return list(dict.fromkeys(tag for tag in tags if tag))[:_MAX_TAGS]


def _shortened(text: str) -> str:
    return text if len(text) <= _MAX_DESCRIPTION else text[: _MAX_DESCRIPTION - 1].rstrip() + "…"


def _help(finding: Finding, *, markdown: bool) -> str:
    judgement = finding.judgement
    clause = judgement.clause
    sections: list[tuple[str, list[str]]] = [("Why this is reported", [sentence(judgement.why)])]
    if clause is not None:
        reference = clause_reference(clause)
        link = f"[{reference}]({clause.url})" if markdown and clause.url else reference_text(clause)
        sections.append(("The clause", [link, sentence(clause.summary)]))
        sections.append(("Exceptions", [f"- {sentence(text)}" for text in clause.exceptions]))
    sections.append(("What would make it acceptable", [sentence(judgement.remedy)]))
    sections.append(("Questions the code cannot answer", [f"- {text}" for text in judgement.questions]))
    sections.append(
        (
            "If it was decided to accept it",
            ["Record who approved it: tosguard waive FINGERPRINT. Nothing here is legal advice."],
        )
    )
    head = "## {}" if markdown else "{}:"
    written = [
        "\n".join([head.format(title), "", *lines] if markdown else [head.format(title), *lines])
        for title, lines in ((title, [line for line in lines if line]) for title, lines in sections)
        if lines
    ]
    return "\n\n".join(written)
