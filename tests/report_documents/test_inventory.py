"""The inventory as text, JSON and CycloneDX."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest

from tests.report_documents import sample
from tosguard.report import cyclonedx, inventory_formats
from tosguard.report.inventory import inventory
from tosguard.report.options import RenderOptions


def test_items_are_counted_by_pattern_and_strictest_verdict():
    stock = inventory(sample.rich())
    north = next(item for item in stock.section("provider") if item.id == "north")
    assert dict(north.patterns) == {"training-on-output": 1, "competitor-benchmarking": 1, "ordinary-use": 1}
    assert dict(north.verdicts) == {"prohibited": 2, "permitted": 1}
    assert [item.name for item in stock.section("platform")] == ["Agora"]


def test_a_model_is_reached_by_the_providers_that_single_uses_name():
    stock = inventory(sample.rich())
    reached = {item.id: item.providers for item in stock.section("model")}
    assert reached["aurora-4"] == ("north",)
    assert reached["boreal-8b-instruct"] == ("boreal",)


def test_a_use_of_several_providers_says_not_which_of_them_serves_a_model():
    report = sample.rich()
    usage = dataclasses.replace(report.usages[0], providers=("north", "south"), models=("aurora-4", "vega-pro"))
    stock = inventory(dataclasses.replace(report, usages=(usage,)))
    assert [item.providers for item in stock.section("model")] == [(), ()]


def test_text_lists_first_places_and_all_when_verbose():
    many = sample.many(60)
    assert "and 19 more" in inventory_formats.render_text(many)
    assert "more\n" not in inventory_formats.render_text(many, RenderOptions(verbose=True))


def test_text_of_a_hostile_report_obeys_nothing():
    text = inventory_formats.render_text(sample.hostile())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)


def test_json_holds_every_section():
    document = json.loads(inventory_formats.render_json(sample.rich()))
    assert [len(document[f"{kind}s"]) for kind in ("provider", "platform", "model", "sdk", "dataset")] == [
        5,
        1,
        4,
        2,
        2,
    ]
    assert document["providers"][0]["uses"][0]["path"] == "src/generate.py"


def test_bill_of_materials_is_the_same_for_the_same_report_and_another_for_another():
    assert cyclonedx.render(sample.rich()) == cyclonedx.render(sample.rich())
    serials = {json.loads(cyclonedx.render(r))["serialNumber"] for r in (sample.rich(), sample.many(3))}
    assert len(serials) == 2


def test_bill_of_materials_has_services_models_with_cards_data_sets_and_evidence():
    bom = json.loads(cyclonedx.render(sample.rich()))
    models = {c["name"]: c for c in bom["components"] if c["type"] == "machine-learning-model"}
    aurora = models["aurora-4"]
    assert "Training on output" in aurora["modelCard"]["considerations"]["useCases"]
    assert {"location": "src/generate.py", "line": 25, "offset": 18, "symbol": "main"}.items() <= aurora["evidence"][
        "occurrences"
    ][0].items()
    assert {"license": {"name": "North Business Terms", "url": "https://north.example/terms#use"}} in aurora["licenses"]
    assert {s["name"] for s in bom["services"]} >= {"North AI", "South Models", "Agora"}
    assert {c["name"] for c in bom["components"] if c["type"] == "data"} == {
        "agora-dump-2025",
        "data/instructions.jsonl",
    }


def test_every_reference_in_the_bill_leads_somewhere():
    bom = json.loads(cyclonedx.render(sample.rich()))
    refs = {c["bom-ref"] for c in (*bom["components"], *bom["services"], bom["metadata"]["component"])}
    for entry in bom["dependencies"]:
        assert {entry["ref"], *entry["dependsOn"]} <= refs


@pytest.mark.parametrize("name", ["rich", "hostile"])
def test_bill_of_materials_is_valid(name):
    validation = pytest.importorskip("cyclonedx.validation.json", reason="cyclonedx-python-lib ships the schemas")
    schema = pytest.importorskip("cyclonedx.schema")
    validator = validation.JsonStrictValidator(schema.SchemaVersion.V1_6)
    try:
        error = validator.validate_str(cyclonedx.render(getattr(sample, name)()))
    except Exception as missing:  # the library names its optional parts only when it needs them
        if type(missing).__name__ != "MissingOptionalDependencyException":
            raise
        pytest.skip("cyclonedx-python-lib is installed without [json-validation]")
    assert error is None
