from __future__ import annotations

import json
from importlib import resources
from typing import Any

import jsonschema
import pytest

from tests.report.sample import CLEAN, REPORT, hostile
from tosguard.report import json as json_format
from tosguard.report.model import Report


def schema() -> dict[str, Any]:
    return json.loads((resources.files("tosguard.report") / "report.schema.json").read_text(encoding="utf-8"))


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("report", [REPORT, CLEAN, hostile()], ids=["full", "clean", "hostile"])
def test_the_report_fits_its_schema(report: Report) -> None:
    jsonschema.validate(json.loads(json_format.render(report)), schema(), cls=jsonschema.Draft202012Validator)


def test_a_key_the_schema_does_not_know_is_refused() -> None:
    document = json_format.document(REPORT)
    document["findings"][0]["confidence"] = "high"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema(), cls=jsonschema.Draft202012Validator)


def test_the_contract_keys_stand_first_and_in_order() -> None:
    document = json_format.document(REPORT)
    assert list(document)[:7] == ["schema_version", "tool", "run", "packs", "usages", "findings", "errors"]
    assert document["schema_version"] == 1
    usage_keys = ["id", "pattern", "providers", "models", "confidence", "location", "trace", "evidence"]
    assert list(document["usages"][0])[:8] == usage_keys
    assert list(document["findings"][0])[:11] == [
        "rule",
        "usage",
        "verdict",
        "severity",
        "message",
        "clause",
        "remedy",
        "questions",
        "fingerprint",
        "status",
        "waiver",
    ]


def test_hostile_text_is_escaped_but_kept() -> None:
    text = json_format.render(hostile())
    assert "\x1b" not in text and "\u202e" not in text
    text.encode("utf-8")
    path = json.loads(text)["findings"][0]
    assert "\x1b[2J" in path["message"]
    assert json.loads(text)["usages"][0]["location"]["path"].startswith("src/\x1b[31mred\u202egpj.py\\xff")


def test_rendering_twice_gives_the_same_text() -> None:
    assert json_format.render(REPORT) == json_format.render(REPORT)
