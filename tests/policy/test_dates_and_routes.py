"""What the published packs say of one usage on different days and through different routes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.policy.samples import judged, usage, verdict
from tosguard.policy.organisation import Organisation

BUILDER = Organisation(develops_models=True)
NO_BUILDER = Organisation(develops_models=False)
RIVAL = Organisation(competes_with=("meta-platform",))


def training(provider: str, model: str = "m", **shown: str):
    return usage("training-on-output", provider, models=(model,), **{"trained": "llm", **shown})


@pytest.mark.parametrize(
    ("item", "day", "expected"),
    [
        pytest.param(
            training("mistral"),
            "2024-02-20",
            ("prohibited", "error", "mistral.no-competing-models"),
            id="mistral-before",
        ),
        pytest.param(
            training("mistral"),
            "2024-02-26",
            ("prohibited", "error", "mistral.no-competing-models"),
            id="mistral-last-day",
        ),
        pytest.param(training("mistral"), "2024-02-27", ("silent", "note", ""), id="mistral-after"),
        pytest.param(
            training("mistral"), "2026-11-01", ("silent", "note", "mistral.image-output-training"), id="mistral-now"
        ),
        pytest.param(
            usage("competitor-benchmarking", "mistral"),
            "2024-02-20",
            ("prohibited", "error", "mistral.no-benchmarking"),
            id="mistral-benchmark-before",
        ),
        pytest.param(
            usage("competitor-benchmarking", "mistral"),
            "2024-03-01",
            ("silent", "note", ""),
            id="mistral-benchmark-after",
        ),
        pytest.param(
            usage("competitor-benchmarking", "xai"),
            "2026-08-13",
            ("prohibited", "error", "xai.no-benchmark"),
            id="xai-before",
        ),
        pytest.param(
            usage("competitor-benchmarking", "xai"),
            "2026-08-14",
            ("conditional", "warning", "xai.performance-confidential"),
            id="xai-after",
        ),
        pytest.param(
            usage("resale-proxy", "google-gemini"),
            "2024-03-21",
            ("prohibited", "warning", "gemini.no-api-on-api"),
            id="gemini-another-api-2024",
        ),
        pytest.param(
            usage("resale-proxy", "google-gemini"),
            "2024-11-01",
            ("conditional", "warning", "gemini.no-sublicense"),
            id="gemini-another-api-gone",
        ),
        pytest.param(
            usage("platform-data-training", "x", trained="llm"), "2025-06-03", ("silent", "note", ""), id="x-before"
        ),
        pytest.param(
            usage("platform-data-training", "x", trained="llm"),
            "2025-06-04",
            ("prohibited", "error", "x.no-foundation-model-training"),
            id="x-from",
        ),
        pytest.param(
            usage("platform-data-training", "x", trained="classifier"),
            "2026-06-04",
            ("silent", "note", "x.no-foundation-model-training"),
            id="x-classifier",
        ),
        pytest.param(
            usage("platform-bulk-copy", "slack"),
            "2025-05-28",
            ("conditional", "note", "slack.no-competing-product"),
            id="slack-copy-before",
        ),
        pytest.param(
            usage("platform-bulk-copy", "slack"),
            "2025-05-29",
            ("conditional", "note", "slack.no-bulk-export"),
            id="slack-copy-from",
        ),
        pytest.param(
            training("meta-llama", "meta-llama/Meta-Llama-3-8B-Instruct"),
            "2026-11-01",
            ("prohibited", "error", "meta-llama.no-improving-other-llms"),
            id="llama-3",
        ),
        pytest.param(
            training("meta-llama", "meta-llama/Llama-3.1-8B-Instruct"),
            "2026-11-01",
            ("permitted", "note", "meta-llama.output-training-naming"),
            id="llama-3.1",
        ),
        pytest.param(
            training("meta-llama", "meta-llama/Llama-3.1-8B-Instruct", published="hub"),
            "2026-11-01",
            ("conditional", "warning", "meta-llama.output-training-naming"),
            id="llama-3.1-published",
        ),
        pytest.param(training("meta-llama", "own-name"), "2026-11-01", ("unknown", "note", ""), id="llama-which"),
        pytest.param(
            training("aws-bedrock"), "2026-01-22", ("prohibited", "error", "aws.training-on-output"), id="aws-similar"
        ),
        pytest.param(
            training("aws-bedrock", trained="classifier"),
            "2026-01-22",
            ("conditional", "note", "aws.training-on-output"),
            id="aws-similar-classifier",
        ),
        pytest.param(
            training("aws-bedrock", trained="classifier"),
            "2026-01-23",
            ("prohibited", "error", "aws.training-on-output"),
            id="aws-purpose-classifier",
        ),
        pytest.param(
            training("openai", trained="classifier"),
            "2023-06-01",
            ("conditional", "note", "openai.no-competing-models-tou"),
            id="openai-classifier-2023-no-exception",
        ),
        pytest.param(
            training("openai", trained="classifier"),
            "2026-06-01",
            ("permitted", "note", "openai.permitted-exception-classifier"),
            id="openai-classifier",
        ),
        pytest.param(
            training("openai", trained="classifier", published="hub"),
            "2026-06-01",
            ("conditional", "warning", "openai.permitted-exception-classifier"),
            id="openai-classifier-published",
        ),
    ],
)
def test_the_verdict_follows_the_day(item, day, expected):
    assert verdict(item, day) == expected


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        ("2023-06-01", "openai/research-welcome"),
        ("2024-01-10", "openai/safeguard-circumvention"),
        ("2025-10-28", "openai/safeguard-circumvention"),
        ("2025-10-29", "openai/unsolicited-safety-testing"),
    ],
)
def test_openai_research_exception_begins_and_ends(day, rule):
    assert judged(usage("safety-evaluation", "openai"), day)[0].rule == rule


def test_slack_api_terms_join_the_policy_for_distributed_apps():
    item = usage("platform-data-training", "slack", trained="llm", audience="third-party")
    before, after = judged(item, "2025-05-28")[0], judged(item, "2025-05-29")[0]
    assert (before.rule, before.also) == ("slack/llm-training", ())
    assert (after.rule, after.also) == ("slack/distributed-app-llm-training", ("slack/llm-training",))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2013-01-24", "prohibited"),
        ("2013-01-25", "prohibited"),
        ("2018-12-03", "prohibited"),
        ("2018-12-04", "silent"),
        ("2020-08-01", "silent"),
    ],
)
def test_replicating_facebook_was_barred_until_december_2018(day, expected):
    assert verdict(usage("platform-bulk-copy", "meta-platform"), day, RIVAL)[0] == expected


def test_slack_bars_bulk_export_by_distributed_apps_from_may_2025():
    item = usage("platform-bulk-copy", "slack", audience="third-party")
    assert verdict(item, "2025-05-28")[2] == "slack.no-competing-product"
    assert verdict(item, "2025-05-29") == ("prohibited", "warning", "slack.no-bulk-export")


@pytest.mark.parametrize("provider", ["ai21", "deepgram", "jina"])
def test_a_provider_whose_terms_are_all_unread_has_no_rules(provider):
    for pattern in ("training-on-output", "competitor-benchmarking", "unofficial-access"):
        first = judged(usage(pattern, provider), "2026-11-01")[0]
        assert (first.verdict.value, bool(first.questions)) == ("unknown", True)


def test_one_model_through_five_routes_meets_five_clauses():
    routes = ("anthropic", "aws-bedrock", "google-vertex", "openrouter", "together")
    clauses = [verdict(training(route, "claude-sonnet-4"), "2026-11-01")[2] for route in routes]
    assert clauses == [
        "anthropic.no-competing-training",
        "aws.training-on-output",
        "vertex.competitive-use",
        "openrouter.model-terms",
        "together.no-benchmarking",
    ]


def test_distillation_is_free_at_the_vendor_and_judged_by_the_host_elsewhere():
    assert verdict(training("deepseek", "deepseek-chat"), "2026-11-01") == (
        "permitted",
        "note",
        "deepseek.distillation-permitted",
    )
    through = judged(training("together", "deepseek-ai/DeepSeek-V3"), "2026-11-01")[0]
    assert (through.verdict.value, through.provider) == ("conditional", "together")


def test_a_host_without_a_pack_is_unknown():
    first = judged(training("some-gateway"), "2026-11-01")[0]
    assert (first.verdict.value, first.rule, first.clause) == ("unknown", "some-gateway/unknown", None)


@pytest.mark.parametrize(
    ("organisation", "expected"),
    [
        pytest.param(BUILDER, ("conditional", "warning", "anthropic.no-competing-training"), id="develops-models"),
        pytest.param(None, ("conditional", "note", "anthropic.no-competing-training"), id="unknown"),
        pytest.param(NO_BUILDER, ("silent", "note", ""), id="develops-none"),
    ],
)
@pytest.mark.parametrize("pattern", ["bulk-evaluation", "competitor-benchmarking"])
def test_silent_is_not_prohibited(pattern, organisation, expected):
    assert verdict(usage(pattern, "anthropic"), "2026-11-01", organisation) == expected


def test_standard_safety_evaluation_is_worded_as_what_stays_allowed():
    first = judged(usage("safety-evaluation", "anthropic", safety="yes"), "2026-11-01")[0]
    assert "keeps allowing standard safety evaluation" in first.message
    assert "authorisation" in first.message
    assert first.severity.value == "note"


def test_the_downloader_of_a_data_set_is_not_told_that_the_generators_terms_bind_it():
    first = judged(usage("training-on-output", "openai", trained="llm", datasets="alpaca"), "2026-11-01")[0]
    assert first.rule == "openai/derived-data-set"
    assert first.verdict.value == "conditional"
    assert "bound whoever generated it" in first.message
    assert "CC BY-NC 4.0" in first.why


def test_a_data_set_known_by_name_only_never_yields_more_than_a_note():
    first = judged(usage("training-on-output", "openai", trained="llm", datasets="dynosaur"), "2026-11-01")[0]
    assert first.severity.value == "note"


def test_a_data_set_of_free_output_is_permitted():
    item = usage("training-on-output", "deepseek-weights", trained="llm", datasets="openr1-math")
    assert judged(item, "2026-11-01")[0].verdict.value == "permitted"


def test_a_public_data_set_of_platform_content_is_judged_as_such():
    item = usage("platform-data-training", "reddit", trained="llm", datasets="tldr")
    assert verdict(item, "2026-11-01") == ("conditional", "note", "reddit.no-model-training")
    assert verdict(usage("platform-data-training", "reddit", trained="llm"), "2026-11-01")[0] == "prohibited"


def test_a_day_before_the_first_terms_is_unknown_and_says_when_they_begin():
    first = judged(training("together"), "2020-01-01")[0]
    assert first.verdict.value == "unknown"
    assert "2023-05-13" in first.message


def test_what_an_old_version_said_is_unknown_where_only_a_part_of_it_was_read():
    item = usage("model-extraction", "openai", credential="api-key")
    assert judged(item, "2024-06-01")[0].verdict.value == "unknown"
    assert judged(item, "2025-06-01")[0].verdict.value == "prohibited"


def test_unread_terms_are_unknown_and_ask():
    first = judged(usage("model-extraction", "ai21"), "2026-11-01")[0]
    assert first.verdict.value == "unknown"
    assert first.questions


def test_each_provider_is_told_with_the_models_that_it_serves():
    both = usage("training-on-output", "anthropic", "openai", models=("claude-3-opus", "gpt-4o"), trained="llm")
    apart = replace(both, served=(("anthropic", ("claude-3-opus",)), ("openai", ("gpt-4o",))))
    told = {judgement.provider: judgement.message for judgement in judged(apart, "2026-11-01")}
    assert "claude-3-opus" in told["anthropic"]
    assert "gpt-4o" not in told["anthropic"]
    assert "gpt-4o" in told["openai"]
    assert "claude-3-opus" not in told["openai"]
