from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tosguard.config import Settings, parse_settings, read_settings
from tosguard.config.keys import AGREEMENT, ORGANISATION, READERS
from tosguard.config.model import AgreementSettings, OrganisationSettings
from tosguard.errors import ConfigurationError
from tosguard.usage.model import PATTERNS

FULL = """\
[tool.other]
x = 1

[tool.tosguard]
include = ["scripts/*.txt"]
exclude = ["vendor/**"]
select = ["openai"]
ignore = ["openai/bulk-generation"]
fail-on = "warning"
min-confidence = "medium"
as-of = 2026-03-01
packs = ["openai@2025-05-31"]
own-packs = ["terms/"]
catalogue = ["symbols.yaml"]
waivers = "legal/waivers.yaml"
jobs = 4
waiver-warning-days = 14

[tool.tosguard.per-path-ignores]
"tests/**" = ["ALL"]

[tool.tosguard.organisation]
develops_models = true
competes_with = ["openai"]
products = ["a chat assistant"]

[[tool.tosguard.agreements]]
provider = "openai"
reference = "MSA-1"
permits = ["bulk-evaluation"]
expires = 2027-01-01

[[tool.tosguard.agreements]]
provider = "mistral"
reference = "MSA-2"
permits = []
"""


def schema() -> dict[str, Any]:
    return json.loads((resources.files("tosguard") / "config.schema.json").read_text(encoding="utf-8"))


def test_every_key_is_read() -> None:
    settings = parse_settings(FULL, "pyproject.toml", root="/r", patterns=PATTERNS)
    assert settings == Settings(
        include=("scripts/*.txt",),
        exclude=("vendor/**",),
        select=("openai",),
        ignore=("openai/bulk-generation",),
        fail_on="warning",
        min_confidence="medium",
        as_of="2026-03-01",
        packs=("openai@2025-05-31",),
        own_packs=("terms/",),
        catalogue=("symbols.yaml",),
        per_path_ignores={"tests/**": ("ALL",)},
        waivers="legal/waivers.yaml",
        jobs=4,
        waiver_warning_days=14,
        organisation=OrganisationSettings(True, ("openai",), ("a chat assistant",)),
        agreements=(
            AgreementSettings("openai", "MSA-1", ("bulk-evaluation",), "2027-01-01"),
            AgreementSettings("mistral", "MSA-2", ()),
        ),
        source="pyproject.toml",
        root="/r",
    )


def test_a_file_of_its_own_has_the_keys_at_the_top() -> None:
    assert parse_settings('fail_on = "note"\n[organisation]\nproducts = ["x"]\n', "tosguard.toml").fail_on == "note"


def test_a_pyproject_without_our_table_sets_nothing() -> None:
    assert parse_settings("[project]\nname = 'x'\n", "pyproject.toml").select == ()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("[tool.tosguard]\nfail_on = 'error'\nselekt = []\n", 3, "unknown key 'selekt' (did you mean 'select'?)"),
        ("[tool.tosguard]\nselect = 'openai'\n", 2, "'select': expected a list of strings, got a string"),
        ("[tool.tosguard]\n\nfail-on = 'erorr'\n", 3, "got 'erorr' (did you mean 'error'?)"),
        ("[tool.tosguard]\nas-of = '2026-02-30'\n", 2, "'2026-02-30' is no day of the calendar"),
        ("[tool.tosguard]\nas-of = '01.02.2026'\n", 2, "expected a date written YYYY-MM-DD, got '01.02.2026'"),
        ("[tool.tosguard]\nas-of = 2026-02-01T10:00:00\n", 2, "without a time"),
        ("[tool.tosguard]\njobs = -1\n", 2, "whole number"),
        ("[tool.tosguard]\njobs = true\n", 2, "got true or false"),
        ("[tool.tosguard]\nfail-on = 'note'\nfail_on = 'note'\n", 3, "'fail-on' is given twice"),
        ("[tool.tosguard.organisation]\ndevelop_models = true\n", 2, "(did you mean 'develops-models'?)"),
        ("[tool.tosguard.organisation]\ndevelops_models = 'yes'\n", 2, "expected true or false, got a string"),
        ("[tool.tosguard]\norganisation = 'me'\n", 2, "expected a table, got a string"),
        ("[tool.tosguard]\n[tool.tosguard.organization]\n", 2, "(did you mean 'organisation'?)"),
        ("[tool.tosguard]\nagreements = 'none'\n", 2, "tables, got a string"),
        (FULL + "expire = 2027-01-01\n", FULL.count("\n") + 1, "unknown key 'expire' (did you mean 'expires'?)"),
        (FULL.replace('reference = "MSA-2"\n', ""), 33, "an agreement without 'reference'"),
        (FULL.replace("permits = []", 'permits = ["bulk-eval"]'), 36, "(did you mean 'bulk-evaluation'?)"),
        ("[tool.tosguard.per-path-ignores]\n'tests' = 'ALL'\n", 1, "for 'tests': expected a list of strings"),
        ("[tool.tosguard\n", 1, "not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_advice(text: str, line: int, says: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        parse_settings(text, "pyproject.toml", patterns=PATTERNS)
    assert raised.value.where == f"pyproject.toml:{line}"
    assert says in str(raised.value)
    assert raised.value.next_step


def test_a_missing_file_and_a_wrong_encoding_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_settings(tmp_path / "tosguard.toml")
    (tmp_path / "tosguard.toml").write_bytes(b"select = ['\xff']")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        read_settings(tmp_path / "tosguard.toml")


def test_deep_nesting_is_one_clear_error() -> None:
    with pytest.raises(ConfigurationError, match="not valid TOML"):
        parse_settings("x = " + "[" * 100_000, "tosguard.toml")


def test_the_schema_knows_the_same_keys() -> None:
    properties = schema()["properties"]
    jsonschema.Draft202012Validator.check_schema(schema())
    assert set(properties) == {*READERS, "organisation", "agreements"}
    assert {key.replace("_", "-") for key in properties["organisation"]["properties"]} == set(ORGANISATION)
    assert set(properties["agreements"]["items"]["properties"]) == set(AGREEMENT)
    assert properties["agreements"]["items"]["properties"]["permits"]["items"]["enum"] == list(PATTERNS)


def test_the_schema_takes_a_full_configuration_and_refuses_a_misspelt_one() -> None:
    good = {"select": ["openai"], "fail-on": "never", "organisation": {"develops_models": False}}
    jsonschema.validate(good, schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"selekt": []}, schema())
