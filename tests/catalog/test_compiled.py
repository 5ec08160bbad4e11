"""The fast form says exactly what the YAML says, and nothing breaks it for good."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tosguard.catalog import compiled
from tosguard.catalog.loader import load

USER_FILE = "topic: acme\nkind: provider\ncalls:\n  - {symbols: [acme.ask], role: generate}\n"


@pytest.fixture()
def unpackaged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compiled, "PACKAGED", tmp_path / "absent.json")


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("catalogue-*"))


def test_what_is_restored_equals_what_was_dumped() -> None:
    catalogue = load()
    assert compiled.restore(compiled.dump(catalogue)) == catalogue


def test_the_document_is_the_same_each_time() -> None:
    assert compiled.dump(load()) == compiled.dump(load())


@pytest.mark.usefixtures("unpackaged")
def test_the_second_load_reads_no_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiled.load_fast(cache=tmp_path)
    monkeypatch.setattr(compiled, "load_files", lambda files: pytest.fail("read YAML again"))
    assert compiled.load_fast(cache=tmp_path) == first
    assert len(kept(tmp_path)) == 1


@pytest.mark.usefixtures("unpackaged")
@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b'{"format": 0}', b'{"format": 1, "digest": "x"}', b"\xff\xfe"],
    ids=["empty", "cut", "a list", "null", "old format", "keys gone", "no text"],
)
def test_a_damaged_document_is_made_again(tmp_path: Path, damage: bytes) -> None:
    catalogue = compiled.load_fast(cache=tmp_path)
    (path,) = kept(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert compiled.load_fast(cache=tmp_path) == catalogue
    assert path.read_bytes() == whole


@pytest.mark.usefixtures("unpackaged")
def test_a_document_of_other_yaml_is_not_taken(tmp_path: Path) -> None:
    compiled.load_fast(cache=tmp_path)
    user = tmp_path / "acme.yaml"
    user.write_text(USER_FILE, encoding="utf-8")
    assert compiled.load_fast([user], cache=tmp_path).entry("acme.ask") is not None
    user.write_text(USER_FILE.replace("ask", "tell"), encoding="utf-8")
    assert compiled.load_fast([user], cache=tmp_path).entry("acme.ask") is None


@pytest.mark.usefixtures("unpackaged")
def test_a_folder_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert compiled.load_fast(cache=blocked / "cache").entry("openai.OpenAI") is not None


def test_a_packaged_document_is_used_only_for_its_own_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packaged = tmp_path / "compiled.json"
    compiled.write(load(), packaged)
    monkeypatch.setattr(compiled, "PACKAGED", packaged)
    user = tmp_path / "acme.yaml"
    user.write_text(USER_FILE, encoding="utf-8")
    assert compiled.load_fast([user]).entry("acme.ask") is not None
    monkeypatch.setattr(compiled, "load_files", lambda files: pytest.fail("read YAML"))
    assert compiled.load_fast().entry("openai.OpenAI") is not None


@pytest.mark.usefixtures("unpackaged")
def test_loading_the_document_does_not_import_yaml(tmp_path: Path) -> None:
    compiled.load_fast(cache=tmp_path)
    code = (
        "import sys, pathlib; from tosguard.catalog import compiled;"
        "compiled.load_fast(cache=pathlib.Path(sys.argv[1])); sys.exit('yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 0
