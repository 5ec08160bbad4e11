from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.report.sample import CLEAN, OPEN, REPORT, TRAINING, hostile
from tosguard.findings.model import Finding, Status, Waiver
from tosguard.policy.judgement import Severity
from tosguard.report import sarif
from tosguard.report.model import Report
from tosguard.report.options import RenderOptions

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
EVERYTHING = RenderOptions(repository="https://example.com/r.git", branch="main", path_prefix="services/a b")


def run_of(report: Report, options: RenderOptions = EVERYTHING) -> dict[str, Any]:
    return json.loads(sarif.render(report, options))["runs"][0]


@pytest.mark.parametrize("report", [REPORT, CLEAN, hostile()], ids=["full", "clean", "hostile"])
def test_the_log_fits_the_official_schema(report: Report) -> None:
    jsonschema.Draft4Validator(SCHEMA).validate(json.loads(sarif.render(report, EVERYTHING)))


def test_every_rule_has_what_code_scanning_asks_for() -> None:
    for rule in run_of(REPORT)["tool"]["driver"]["rules"]:
        assert rule["name"].isidentifier()
        assert rule["shortDescription"]["text"]
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"] and rule["help"]["markdown"]
        assert rule["properties"]["precision"] in {"high", "medium", "low"}
        assert rule["properties"]["problem.severity"] in {"error", "warning", "recommendation"}
        assert len(rule["properties"]["tags"]) <= 10


def test_every_result_has_what_code_scanning_asks_for() -> None:
    run = run_of(REPORT)
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        physical = result["locations"][0]["physicalLocation"]
        assert not physical["artifactLocation"]["uri"].startswith(("/", "file:", "./"))
        assert physical["region"]["startLine"] >= 1


def test_the_primary_region_is_one_line_and_stays_on_it() -> None:
    region = run_of(REPORT)["results"][1]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 7, "startColumn": 13, "endLine": 7, "endColumn": 44}


def test_paths_are_encoded_and_start_at_the_repository() -> None:
    location = run_of(REPORT)["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "services/a%20b/src/answers.py"


def test_the_trace_is_a_code_flow_and_linked_from_the_message() -> None:
    result = run_of(REPORT)["results"][1]
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["physicalLocation"]["region"]["startLine"] for step in steps] == [7, 11, 3, 4]
    assert [related["id"] for related in result["relatedLocations"]] == [1, 2, 3, 4]
    assert "[src/answers.py:7](1)" in result["message"]["text"]
    assert "[src/train.py:4](4)" in result["message"]["text"]


def test_fingerprints_are_the_published_hash_and_our_own() -> None:
    prints = run_of(REPORT)["results"][1]["partialFingerprints"]
    assert prints["tosguard/v1"] == OPEN.fingerprint
    assert prints["primaryLocationLineHash"].endswith(":1")


def test_clauses_are_taxa_of_their_document() -> None:
    run = run_of(REPORT)
    reference = run["results"][1]["taxa"][0]
    taxonomy = run["taxonomies"][reference["toolComponent"]["index"]]
    assert taxonomy["name"] == "Example Services Agreement (2025-05-31)"
    assert taxonomy["taxa"][reference["index"]]["id"] == "openai-sa-3.3e"


def finding(status: Status, waiver: Waiver | None = None) -> Finding:
    return replace(OPEN, status=status, waiver=waiver)


@pytest.mark.parametrize(
    ("accepted", "kind"),
    [
        (finding(Status.WAIVED, Waiver("inline", "agreed", line=6)), "inSource"),
        (finding(Status.WAIVED, Waiver("tosguard-waivers.yaml", "agreed", "R. Counsel")), "external"),
        (finding(Status.BASELINE), "external"),
    ],
    ids=["inline", "waivers file", "baseline"],
)
def test_accepted_findings_stay_in_the_log_as_suppressed(accepted: Finding, kind: str) -> None:
    (result,) = run_of(replace(REPORT, findings=(accepted,)))["results"]
    (suppression,) = result["suppressions"]
    assert (suppression["kind"], suppression["status"]) == (kind, "accepted")
    assert suppression["justification"]


def test_an_expired_waiver_suppresses_nothing() -> None:
    expired = finding(Status.OPEN, Waiver("tosguard-waivers.yaml", "old", "R. Counsel", expires="2025-01-01"))
    assert "suppressions" not in run_of(replace(REPORT, findings=(expired,)))["results"][0]


def test_baseline_state_is_on_all_results_or_on_none() -> None:
    assert not any("baselineState" in result for result in run_of(REPORT)["results"])
    both = replace(REPORT, findings=(finding(Status.BASELINE), OPEN))
    assert [result["baselineState"] for result in run_of(both)["results"]] == ["unchanged", "new"]


def test_provenance_names_repository_commit_and_branch() -> None:
    (provenance,) = run_of(REPORT)["versionControlProvenance"]
    assert provenance["repositoryUri"] == "https://example.com/r.git"
    assert provenance["revisionId"] == REPORT.run.commit
    assert provenance["branch"] == "main"
    assert "versionControlProvenance" not in run_of(REPORT, RenderOptions())


def test_a_notebook_cell_points_at_the_file_and_names_the_cell() -> None:
    result = run_of(REPORT)["results"][0]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert result["locations"][0]["message"]["text"] == "Cell 3, line 2, column 1"
    assert "primaryLocationLineHash" not in result["partialFingerprints"]


def test_errors_and_notices_are_notifications() -> None:
    notifications = run_of(REPORT)["invocations"][0]["toolExecutionNotifications"]
    assert [entry["level"] for entry in notifications] == ["error", "note"]


def test_more_results_than_a_service_takes_are_cut_with_a_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 2)
    note = replace(OPEN, judgement=replace(OPEN.judgement, severity=Severity.NOTE))
    run = run_of(replace(REPORT, findings=(note, OPEN, OPEN)))
    assert [result["level"] for result in run["results"]] == ["error", "error"]
    assert "1 findings" in run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]


def test_a_trace_longer_than_a_service_takes_keeps_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_FLOW_STEPS", 3)
    run = run_of(replace(REPORT, findings=(replace(OPEN, usage=TRAINING),)))
    steps = run["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"]
    assert len(steps) == 3
    assert steps[-1]["location"]["message"]["text"].startswith("sink")
    assert "1 steps" in run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]


def test_brackets_in_messages_are_no_links() -> None:
    assert "\\[x\\](y)" in run_of(hostile())["results"][0]["message"]["text"]
