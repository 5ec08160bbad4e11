"""Usages and small packs for the policy tests."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from tosguard.policy.judge import judge
from tosguard.policy.judgement import Judgement
from tosguard.policy.library import Library, open_library, packs_in_force
from tosguard.policy.organisation import Agreement, Organisation
from tosguard.usage.model import Confidence, Location, Usage

ROOT = Path(__file__).resolve().parents[2]

PACK = """\
provider: acme
name: Acme
kind: model-provider
version: 2025-01-01
documents:
  - id: terms
    title: Acme Terms
    url: https://acme.example/terms
    version: 2025-01-01
    applies_to: api
clauses:
  - id: acme.no-training
    document: terms
    section: '3'
    patterns: [training-on-output]
    modality: prohibits
    summary: Output may not train models.
    anchor: may not train models
    confidence: high
rules:
  - id: acme/training
    title: Output trains a model
    patterns: [training-on-output]
    verdict: prohibited
    severity: error
    message: output of {models} ({flow}) trains {trained}; {document}, {section}, bars it
    why: It matters.
    remedy: Ask {provider}.
    clauses: [acme.no-training]
"""


@lru_cache(maxsize=1)
def published() -> Library:
    """The packs of this repository."""
    return open_library(ROOT / "rules")


def usage(pattern: str, *providers: str, models: tuple[str, ...] = (), confidence: str = "high", **shown: str) -> Usage:
    """A usage at gen.py:57; each keyword is an attribute with one value."""
    return Usage(
        id="u1",
        pattern=pattern,
        providers=providers,
        models=models,
        confidence=Confidence(confidence),
        location=Location("gen.py", 57, 1, 57, 9),
        attributes=tuple(sorted((name, (value,)) for name, value in shown.items())),
    )


def judged(
    item: Usage,
    day: str,
    organisation: Organisation | None = None,
    agreements: tuple[Agreement, ...] = (),
) -> tuple[Judgement, ...]:
    """The judgements of one usage under the published packs."""
    as_of = date.fromisoformat(day)
    held = packs_in_force(published(), item.providers, as_of)
    return judge([item], held.packs, organisation or Organisation(), agreements, as_of, gaps=held.gaps)


def verdict(item: Usage, day: str, organisation: Organisation | None = None) -> tuple[str, str, str]:
    """Verdict, severity and leading clause ("" without one) of the first provider's judgement."""
    first = judged(item, day, organisation)[0]
    return first.verdict.value, first.severity.value, first.clause.id if first.clause else ""
