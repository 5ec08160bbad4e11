"""The verdict follows the day and the route: real runs on small programs, printed as tables (``pytest -s``)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tosguard.cli.main import main

PROGRAMS = Path(__file__).resolve().parents[2] / "fixtures" / "terms"

#: Program, day, (verdict, severity, clause) of its leading judgement.
BY_DATE = [
    ("mistral-training", "2024-02-26", ("prohibited", "error", "mistral.no-competing-models")),
    ("mistral-training", "2024-02-27", ("silent", "note", "")),
    ("xai-benchmark", "2026-08-13", ("prohibited", "error", "xai.no-benchmark")),
    ("xai-benchmark", "2026-08-14", ("conditional", "warning", "xai.performance-confidential")),
    ("gemini-relay", "2024-03-21", ("prohibited", "warning", "gemini.no-api-on-api")),
    ("gemini-relay", "2024-11-01", ("conditional", "warning", "gemini.no-sublicense")),
    ("openai-safety", "2023-06-01", ("permitted", "note", "openai.research-publication")),
    ("openai-safety", "2025-10-28", ("conditional", "warning", "openai.unsolicited-safety-testing")),
    ("openai-safety", "2025-10-29", ("conditional", "warning", "openai.unsolicited-safety-testing")),
    ("slack-copy", "2025-05-28", ("conditional", "note", "slack.no-competing-product")),
    ("slack-copy", "2025-05-29", ("conditional", "note", "slack.no-bulk-export")),
    ("x-training", "2025-06-03", ("silent", "note", "")),
    ("x-training", "2025-06-04", ("prohibited", "error", "x.no-foundation-model-training")),
    ("llama-3-training", "2026-11-01", ("prohibited", "error", "meta-llama.no-improving-other-llms")),
    ("llama-3.1-training", "2026-11-01", ("permitted", "note", "meta-llama.output-training-naming")),
    ("facebook-copy", "2013-01-25", ("prohibited", "warning", "meta-platform.no-replication")),
    ("facebook-copy", "2018-12-03", ("prohibited", "warning", "meta-platform.no-replication")),
    ("facebook-copy", "2018-12-04", ("silent", "note", "")),
]

BY_ROUTE = [
    ("claude-anthropic", "2026-11-01", ("prohibited", "error", "anthropic.no-competing-training")),
    ("claude-bedrock", "2026-11-01", ("prohibited", "error", "aws.training-on-output")),
    ("claude-vertex", "2026-11-01", ("conditional", "warning", "vertex.competitive-use")),
    ("claude-openrouter", "2026-11-01", ("conditional", "warning", "openrouter.model-terms")),
    ("claude-databricks", "2026-11-01", ("conditional", "note", "databricks.dbrx-no-llm-improvement")),
    ("deepseek-deepseek", "2026-11-01", ("permitted", "note", "deepseek.distillation-permitted")),
    ("deepseek-together", "2026-11-01", ("conditional", "warning", "together.no-benchmarking")),
]


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


def judged(program: str, day: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, str, str, str, str]:
    """Pattern, rule, verdict, severity and clause of what a run on one day says first of a program."""
    assert main(["audit", str(PROGRAMS / program), "--as-of", day, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["run"]["as_of"] == day
    usage = report["usages"][0]
    assert usage["confidence"] in ("high", "medium")
    mine = [j for j in report["judgements"] if j["usage"] == usage["id"] and j["provider"] != "openai"]
    first = (mine or report["judgements"])[0]
    clause = first["clause"]["id"] if first["clause"] else ""
    return usage["pattern"], first["rule"], first["verdict"], first["severity"], clause


@pytest.mark.parametrize(("program", "day", "expected"), [*BY_DATE, *BY_ROUTE])
def test_the_leading_clause(
    program: str, day: str, expected: tuple[str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    pattern, rule, *found = judged(program, day, capsys)
    print(f"\n{day}  {program:<20} {pattern:<24} {found[0]:<12} {found[1]:<8} {found[2] or '-':<38} {rule}", end="")
    assert tuple(found) == expected


def test_the_rule_of_openai_on_safety_testing_changes_though_its_clause_stays(
    capsys: pytest.CaptureFixture[str],
) -> None:
    days = ("2023-06-01", "2025-10-28", "2025-10-29")
    rules = [judged("openai-safety", day, capsys)[1] for day in days]
    assert rules == ["openai/research-welcome", "openai/safeguard-circumvention", "openai/unsolicited-safety-testing"]


def test_one_call_through_five_routes_meets_five_clauses(capsys: pytest.CaptureFixture[str]) -> None:
    programs = [program for program, _, _ in BY_ROUTE if program.startswith("claude-")]
    assert len({judged(program, "2026-11-01", capsys)[4] for program in programs}) == len(programs) == 5
