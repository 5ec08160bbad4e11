"""Packs that must be refused: exit code 2, file and line, and nothing of them is used."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.samples import PACK
from tosguard.errors import ConfigurationError
from tosguard.policy.library import open_library, write_index
from tosguard.policy.own import load_own
from tosguard.policy.packs import digest, load_pack, problems_of
from tosguard.policy.versions import PackEntry

LINES = PACK.splitlines(keepends=True)


def changed(old: str, new: str) -> bytes:
    assert PACK.count(old) >= 1, old
    return PACK.replace(old, new, 1).encode()


BOMB = b"a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n"

CASES = {
    "unknown-key": (
        changed("kind: model-provider", "kind: model-provider\nverison: 2025-01-01"),
        4,
        "unknown key 'verison'",
    ),
    "unknown-rule-key": (
        changed("    severity: error", "    severity: error\n    serverity: note"),
        26,
        "unknown key 'serverity'",
    ),
    "wrong-type": (
        changed("patterns: [training-on-output]\n    verdict", "patterns: training-on-output\n    verdict"),
        23,
        "must be a list",
    ),
    "wrong-verdict": (changed("verdict: prohibited", "verdict: forbidden"), 24, "'forbidden' is not a verdict"),
    "unknown-pattern": (
        changed("    patterns: [training-on-output]\n    verdict", "    patterns: [training]\n    verdict"),
        23,
        "'training' is not a pattern",
    ),
    "missing-clause": (
        changed("clauses: [acme.no-training]", "clauses: [acme.no-trainin]"),
        29,
        "is not a clause of this pack",
    ),
    "missing-key": (changed("    remedy: Ask {provider}.\n", ""), 21, "lacks the key 'remedy'"),
    "missing-document": (changed("document: terms\n", "document: policy\n"), 13, "is not a document of this pack"),
    "ends-before-it-begins": (
        changed("version: 2025-01-01\n", "version: 2025-01-01\nuntil: 2024-01-01\n"),
        5,
        "before it begins",
    ),
    "no-date": (changed("version: 2025-01-01\n", "version: January\n"), 4, "is not a date"),
    "bomb": (BOMB, 1, "anchors and aliases are not allowed"),
    "tag": (b"provider: !!python/object:os.system x\n", 1, "is not allowed"),
    "too-large": (PACK.encode() + b"# " + b"x" * (1024 * 1024), 1, "too large"),
    "tab": (changed("  - id: terms", "\t- id: terms"), 6, "tab"),
    "duplicate-key": (changed("name: Acme\n", "name: Acme\nname: Acme\n"), 3, "given twice"),
    "duplicate-clause": (
        changed("rules:\n", "".join(LINES[11:19]) + "rules:\n"),
        20,
        "clause acme.no-training is given twice",
    ),
    "duplicate-rule": (PACK.encode() + "".join(LINES[20:]).encode(), 30, "rule acme/training is given twice"),
    "long-anchor": (changed("anchor: may not train models", "anchor: a b c d e f g h i j k l m"), 18, "13 words"),
    "low-confidence": (changed("confidence: high", "confidence: low"), 25, "may not rest on"),
    "foreign-rule": (changed("id: acme/training", "id: other/training"), 21, "does not begin with acme/"),
    "unknown-field": (changed("{models}", "{modles}"), 26, "unknown field {modles}"),
    "accusation": (changed("bars it", "is violated"), 26, "says 'violat'"),
    "condition-value": (
        changed("    verdict:", "    when: {trained: [lmm]}\n    verdict:"),
        24,
        "'lmm' is not a value of trained",
    ),
    "bad-expression": (changed("    verdict:", "    when: {models: ['(']}\n    verdict:"), 24, "regular expression"),
    "not-a-mapping": (b"- a\n- b\n", 1, "not a mapping"),
    "two-documents": (PACK.encode() + b"---\na: b\n", 30, "more than one document"),
    "not-utf-8": (PACK.encode() + b"# \xff\n", 30, "not UTF-8"),
    "deep": (b"notes: " + b"[" * 60 + b"]" * 60, 1, "nested too deeply"),
    "broken-yaml": (b"provider: [a\nname: b\n", 2, "not valid YAML"),
    "empty": (b"", 1, "not a mapping"),
}


def test_the_sample_itself_is_a_pack():
    assert load_pack(PACK.encode(), "acme.yaml").rules[0].id == "acme/training"


@pytest.mark.parametrize("name", CASES)
def test_a_bad_pack_is_refused_with_its_line(name, tmp_path):
    data, line, message = CASES[name]
    path = tmp_path / "bad.yaml"
    path.write_bytes(data)
    with pytest.raises(ConfigurationError) as caught:
        load_own([path])
    assert caught.value.exit_code == 2
    assert caught.value.where == f"{path.as_posix()}:{line}"
    assert message in str(caught.value)


@pytest.mark.parametrize("name", CASES)
def test_validation_reports_the_same_fault(name):
    data, line, message = CASES[name]
    found = problems_of(data, "bad.yaml")
    assert (found[0].line, message in found[0].message) == (line, True)


def test_validation_reports_every_fault_with_a_suggestion():
    data = (
        PACK.replace("severity: error", "severity: eror").replace("modality: prohibits", "modality: prohibit").encode()
    )
    found = problems_of(data, "bad.yaml")
    assert [(problem.line, problem.hint) for problem in found] == [
        (16, "did you mean 'prohibits'?"),
        (25, "did you mean 'error'?"),
    ]


def test_a_hundred_megabytes_are_not_read(tmp_path):
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(ConfigurationError, match="too large"):
        load_own([path])


def library_of(tmp_path, *packs: tuple[str, bytes, str]):
    entries = []
    for version, data, until in packs:
        path = tmp_path / "acme" / f"{version}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        entries.append(PackEntry("acme", version, until, f"acme/{version}.yaml", digest(data)))
    (tmp_path / "index.json").write_bytes(write_index(entries))
    return tmp_path


def test_overlapping_snapshots_are_refused(tmp_path):
    later = PACK.replace("2025-01-01", "2025-06-01").encode()
    directory = library_of(tmp_path, ("2025-01-01", PACK.encode(), "2025-07-01"), ("2025-06-01", later, ""))
    with pytest.raises(ConfigurationError, match="claim the same days") as caught:
        open_library(directory)
    assert caught.value.where == f"{tmp_path.name}/index.json:2"


def test_a_file_that_differs_from_its_digest_is_refused(tmp_path):
    library = open_library(library_of(tmp_path, ("2025-01-01", PACK.encode(), "")))
    (tmp_path / "acme" / "2025-01-01.yaml").write_bytes(PACK.encode() + b"# touched\n")
    with pytest.raises(ConfigurationError, match="differs from the digest"):
        library.load(library.entries[0])


@pytest.mark.parametrize("path", ["../acme.yaml", "/etc/acme.yaml", "a\\b.yaml"])
def test_an_index_cannot_point_outside_its_directory(tmp_path, path):
    (tmp_path / "index.json").write_bytes(write_index([PackEntry("acme", "2025-01-01", "", path, "0" * 64)]))
    with pytest.raises(ConfigurationError, match="outside the directory"):
        open_library(tmp_path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"schema": 9, "packs": []}', b'{"schema": 1, "packs": [1]}'])
def test_a_broken_index_is_refused(tmp_path, content):
    (tmp_path / "index.json").write_bytes(content)
    with pytest.raises(ConfigurationError, match="index is not well formed"):
        open_library(tmp_path)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PACK) - 1), st.integers(0, 40), st.binary(max_size=12))
def test_a_damaged_pack_gives_one_clear_error_or_loads(start, length, middle):
    data = PACK.encode()
    try:
        load_pack(data[:start] + middle + data[start + length :], "damaged.yaml")
    except ConfigurationError as error:
        assert error.where.startswith("damaged.yaml:")
