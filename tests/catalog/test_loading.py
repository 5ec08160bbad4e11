"""The loader: what it accepts, what it refuses, and how it says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tosguard.catalog.documents import MAX_BYTES, parse
from tosguard.catalog.loader import DATA, load, problems
from tosguard.catalog.vocabulary import KINDS, ROLES, SECTION_KEYS, TOPIC_KEYS
from tosguard.errors import ConfigurationError

SCHEMA = json.loads((DATA.parent / "schema.json").read_text(encoding="utf-8"))
FILES = sorted(DATA.glob("*.yaml"))

GOOD = """\
topic: acme
kind: provider
provider: acme
packages: [acme-sdk]
needles: [acme]
aliases:
  acme.AsyncClient: acme.Client
calls:
  - symbols: [acme.Client]
    role: client
  - symbols: [acme.Client().answer]
    role: generate
    arguments: {model: [model, 0], input: text}
"""


def write(folder: Path, text: str, name: str = "acme.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_data_file_satisfies_the_schema(path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    document = parse(path.read_bytes(), path.name).plain()
    errors = list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(document))
    assert not errors, errors[0].message


def test_all_data_loads_and_no_symbol_is_declared_twice() -> None:
    assert len(load().entries) > 3000


def test_schema_and_loader_know_the_same_words() -> None:
    assert tuple(SCHEMA["$defs"]["role"]["enum"]) == ROLES
    assert tuple(SCHEMA["properties"]["kind"]["enum"]) == KINDS
    assert set(SCHEMA["properties"]) == {*TOPIC_KEYS, *SECTION_KEYS}


def test_a_file_of_the_user_adds_a_provider_without_python(tmp_path: Path) -> None:
    catalogue = load([write(tmp_path, GOOD)])
    entry = catalogue.entry("acme.AsyncClient().answer")
    assert entry is not None
    assert (entry.role, entry.provider, entry.topic) == ("generate", "acme", "acme")
    assert entry.arguments == {"model": ("model", 0), "input": ("text",)}
    assert catalogue.packages["acme-sdk"] == "acme"
    assert b"acme" in catalogue.needles


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("role: generate", "rolle: generate"), 12, ["'rolle'", "did you mean 'role'?"]),
        (("role: generate", "role: generat"), 12, ["'generat'", "did you mean 'generate'?"]),
        (("packages:", "package:"), 4, ["'package'", "did you mean 'packages'?"]),
        (("kind: provider\n", ""), 1, ["'kind' is missing"]),
        (("acme.Client().answer]", "acme.Client(.answer]"), 11, ["is no symbol"]),
        (("[model, 0]", "[model, -1]"), 13, ["position from 0"]),
        (("needles: [acme]", "needles: [ac]"), 5, ["too short"]),
        (("    role: generate", "    role: generate\n    returns: argument:prompt"), 13, ["'prompt'", "not among"]),
        (("    role: generate", "    role: generate\n    returns: outputs"), 13, ["did you mean 'output'?"]),
        (("role: client", "role: client\n    role: client"), 11, ["appears twice", "line 10"]),
        (("acme.AsyncClient: acme.Client", "acme.Client: acme.Client.new"), 7, ["leads to itself"]),
        (("acme.AsyncClient: acme.Client", "acme.A: acme.B\n  acme.B: acme.A"), 7, ["circle"]),
        (("acme.Client().answer", "acme.Client"), 11, ["declared twice", "acme.yaml:9"]),
        (("acme.Client().answer", "openai.OpenAI"), 11, ["declared twice", "catalog/data/openai.yaml:"]),
        (("  - symbols: [acme.Client]", "  - symbols: [acme.Client"), 10, ["valid YAML"]),
    ],
    ids=lambda value: value[1].strip()[:40] if isinstance(value, tuple) else None,
)
def test_errors_name_file_line_and_remedy(tmp_path: Path, change: tuple[str, str], line: int, words: list[str]) -> None:
    path = write(tmp_path, GOOD.replace(*change, 1))
    with pytest.raises(ConfigurationError) as caught:
        load([path])
    text = str(caught.value)
    assert text.startswith(f"{path.as_posix()}:{line}:"), text
    for word in words:
        assert word in text


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\nb: [*a, *a]\n",
        "words: {a: !!python/object/apply:os.system [echo]}\n",
        "[" * 400,
        "words:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 40)),
    ],
    ids=["anchors", "tags", "brackets", "deep"],
)
def test_bombs_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigurationError):
        load([write(tmp_path, text)])


def test_a_huge_file_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ConfigurationError, match="too large"):
        parse(b"#" * (MAX_BYTES + 1), "big.yaml")


def test_bytes_that_are_no_text_name_their_line() -> None:
    with pytest.raises(ConfigurationError, match=r"x\.yaml:2: the file is not UTF-8"):
        parse(b"words: {}\n\xff\n", "x.yaml")


def test_an_unreadable_file_says_which(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"absent\.yaml"):
        load([tmp_path / "absent.yaml"])


def test_plain_words_of_yaml_stay_text() -> None:
    assert parse(b"words: {x: [yes, no, on, 1.5, 07x]}", "x").plain() == {
        "words": {"x": ["yes", "no", "on", "1.5", "07x"]}
    }


def test_problems_reports_every_wrong_file(tmp_path: Path) -> None:
    write(tmp_path, "topic: a\n", "a.yaml")
    write(tmp_path, "nonsense: b\n", "b.yaml")
    assert [error.where.rsplit("/", 1)[-1] for error in problems([tmp_path])] == ["a.yaml:1", "b.yaml:1"]


def test_the_same_symbol_in_two_spellings_may_say_the_same(tmp_path: Path) -> None:
    text = GOOD.replace("[acme.Client().answer]", "[acme.Client().answer, acme.AsyncClient().answer]")
    assert load([write(tmp_path, text)]).entry("acme.Client().answer") is not None


def test_digest_follows_the_bytes(tmp_path: Path) -> None:
    plain = load().digest
    first = load([write(tmp_path, GOOD)]).digest
    again = load([write(tmp_path, GOOD, "renamed.yaml")]).digest
    assert load().digest == plain
    assert first == again != plain
