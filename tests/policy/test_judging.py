"""How a usage is judged: conditions, the strictest verdict, severities, agreements, several providers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.policy.samples import PACK, judged, published, usage
from tosguard.policy.conditions import Situation, excludes, holds
from tosguard.policy.judge import judge
from tosguard.policy.library import packs_in_force
from tosguard.policy.organisation import Agreement, Organisation, active, expiry_notices
from tosguard.policy.packs import load_pack

DAY = date(2026, 1, 1)
NOBODY = Organisation()

SOFTER = """\
  - id: acme/soft
    title: Softer
    patterns: [training-on-output]
    verdict: conditional
    severity: warning
    message: softer
    why: w
    remedy: r
    clauses: [acme.no-training]
  - id: acme/allowed
    title: Allowed
    patterns: [training-on-output]
    verdict: permitted
    severity: note
    message: allowed
    why: w
    remedy: r
    clauses: []
"""


def acme(text: str = PACK):
    return {"acme": load_pack(text.encode(), "acme.yaml")}


def only(item, packs=None, organisation=NOBODY, agreements=(), day=DAY):
    found = judge([item], packs or acme(), organisation, agreements, day)
    assert len(found) == 1
    return found[0]


TRAINING = usage("training-on-output", "acme", models=("a", "b"), trained="llm")


def test_a_message_says_what_the_code_does_and_which_clause_bears_on_it():
    first = only(TRAINING)
    assert first.message == "output of a and b (gen.py:57) trains a language model; Acme Terms, 3, bars it"
    assert first.remedy == "Ask Acme."
    assert first.clause is not None
    assert (first.clause.id, first.clause.version, first.clause.url) == (
        "acme.no-training",
        "2025-01-01",
        "https://acme.example/terms",
    )


def test_the_strictest_verdict_leads_and_the_others_are_listed_with_it():
    first = only(TRAINING, acme(PACK + SOFTER))
    assert (first.rule, first.also) == ("acme/training", ("acme/soft", "acme/allowed"))


def test_the_order_of_rules_in_a_pack_does_not_matter():
    head, rules = PACK.split("rules:\n")
    shuffled = f"{head}rules:\n{SOFTER}{rules}"
    assert only(TRAINING, acme(shuffled)) == only(TRAINING, acme(PACK + SOFTER))


def test_low_confidence_of_the_classification_caps_the_severity_at_a_note():
    assert only(replace(TRAINING, confidence=type(TRAINING.confidence).LOW)).severity.value == "note"
    assert only(replace(TRAINING, confidence=type(TRAINING.confidence).MEDIUM)).severity.value == "error"


def test_a_usage_with_several_providers_is_judged_for_each_once():
    item = usage("training-on-output", "acme", "other", "acme")
    found = judge([item], acme(), NOBODY, (), DAY)
    assert [judgement.provider for judgement in found] == ["acme", "other"]


def test_a_pattern_without_a_rule_is_silent_and_no_finding():
    first = only(usage("bulk-generation", "acme"))
    assert (first.verdict.value, first.severity.value, first.clause) == ("silent", "note", None)


def test_own_machines_have_no_api_terms():
    assert only(usage("bulk-evaluation", "self-hosted")).verdict.value == "silent"


def test_judging_twice_gives_the_same():
    items = [usage("training-on-output", "openai", trained="llm"), usage("safety-evaluation", "anthropic")]
    held = packs_in_force(published(), ["openai", "anthropic"], DAY).packs
    assert judge(items, held, NOBODY, (), DAY) == judge(items, dict(reversed(held.items())), NOBODY, (), DAY)


PERMIT = Agreement("acme", "MSA-2025-17 §4", ("training-on-output",), "2026-06-30")


def test_an_agreement_that_permits_the_pattern_makes_it_permitted_with_reference_and_expiry():
    first = only(TRAINING, agreements=(PERMIT,))
    assert (first.verdict.value, first.severity.value) == ("permitted", "note")
    assert first.agreement == "MSA-2025-17 §4, until 2026-06-30"


@pytest.mark.parametrize(
    "agreement",
    [
        pytest.param(replace(PERMIT, expires="2025-12-31"), id="expired"),
        pytest.param(replace(PERMIT, provider="other"), id="other-provider"),
        pytest.param(replace(PERMIT, permits=("bulk-evaluation",)), id="other-pattern"),
    ],
)
def test_other_agreements_change_nothing(agreement):
    assert only(TRAINING, agreements=(agreement,)) == only(TRAINING)


def test_an_agreement_counts_on_its_last_day_and_an_expired_one_is_announced():
    assert active([PERMIT], date(2026, 6, 30)) == (PERMIT,)
    assert active([PERMIT], date(2026, 7, 1)) == ()
    assert expiry_notices([PERMIT], date(2026, 6, 30)) == ()
    assert "expired on 2026-06-30" in expiry_notices([PERMIT], date(2026, 7, 1))[0]


@pytest.mark.parametrize(
    ("condition", "organisation", "expected"),
    [
        ({"trained": ("llm",)}, NOBODY, True),
        ({"trained": ("classifier",)}, NOBODY, False),
        ({"credential": ("unknown",)}, NOBODY, True),
        ({"published": ("none",)}, NOBODY, True),
        ({"origin": ("call",)}, NOBODY, True),
        ({"confidence": ("high",)}, NOBODY, True),
        ({"models": ("^a$",)}, NOBODY, True),
        ({"models": ("^c$",)}, NOBODY, False),
        ({"with_providers": ("acme",)}, NOBODY, False),
        ({"competes": ("unknown",)}, NOBODY, True),
        ({"competes": ("yes",)}, Organisation(competes_with=("acme",)), True),
        ({"competes": ("no",)}, Organisation(competes_with=()), True),
        ({"competes": ("no",)}, Organisation(develops_models=False), True),
        ({"competes": ("unknown",)}, Organisation(develops_models=True), True),
        ({"develops_models": ("yes",)}, Organisation(develops_models=True), True),
        ({"develops_models": ("unknown",)}, NOBODY, True),
        ({"products": ("none",)}, Organisation(products=()), True),
        ({"products": ("some",)}, Organisation(products=("chat",)), True),
        ({"trained": ("llm",), "confidence": ("low",)}, NOBODY, False),
        ({}, NOBODY, True),
    ],
)
def test_conditions(condition, organisation, expected):
    assert holds(condition, Situation(TRAINING, "acme", organisation)) is expected


def test_any_key_of_an_unless_takes_the_usage_out():
    situation = Situation(TRAINING, "acme", NOBODY)
    assert excludes({"trained": ("llm",), "confidence": ("low",)}, situation)
    assert not excludes({"trained": ("classifier",)}, situation)
    assert not excludes({}, situation)


def test_documents_that_disagree_are_both_reported():
    item = usage("training-on-output", "anthropic", trained="classifier")
    first = judged(item, "2026-06-01")[0]
    assert first.rule == "anthropic/narrow-model-training"
    assert "help article" in first.message
    pack = packs_in_force(published(), ["anthropic"], date(2026, 6, 1)).packs["anthropic"]
    rule = next(rule for rule in pack.rules if rule.id == first.rule)
    assert {"anthropic.no-training-without-authorization", "anthropic.outputs-noncompeting"} <= set(rule.clauses)


def test_a_consumer_session_is_judged_by_the_consumer_terms():
    item = usage("training-on-output", "openai", trained="llm", credential="session")
    first = judged(item, "2026-06-01")[0]
    assert first.rule == "openai/consumer-competing-model-training"


def test_a_competitor_is_told_so_and_a_declared_non_competitor_gets_a_note():
    item = usage("training-on-output", "openai", trained="llm")
    yes = judged(item, "2026-06-01", Organisation(competes_with=("openai",)))[0]
    no = judged(item, "2026-06-01", Organisation(competes_with=()))[0]
    assert (yes.verdict.value, yes.severity.value) == ("prohibited", "error")
    assert (no.verdict.value, no.severity.value) == ("conditional", "note")
