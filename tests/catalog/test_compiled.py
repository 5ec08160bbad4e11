"""The fast form says exactly what the YAML says, and is used only where it is the form of that YAML."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tosguard.catalog import compiled
from tosguard.catalog.loader import load

USER_FILE = "topic: acme\nkind: provider\ncalls:\n  - {symbols: [acme.ask], role: generate}\n"


@pytest.fixture()
def document(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The document of the package, as a wheel carries it."""
    path = tmp_path / "compiled.json"
    compiled.compile_catalogue(path)
    monkeypatch.setattr(compiled, "PACKAGED", path)
    return path


def test_what_is_restored_equals_what_was_dumped() -> None:
    catalogue = load()
    assert compiled.restore(compiled.dump(catalogue)) == catalogue


def test_the_document_is_the_same_each_time() -> None:
    assert compiled.dump(load()) == compiled.dump(load())


def test_the_packaged_document_spares_the_yaml(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = load()
    monkeypatch.setattr(compiled, "load_files", lambda files: pytest.fail("read YAML"))
    assert compiled.load_fast() == whole


def test_a_packaged_document_is_used_only_for_its_own_yaml(document: Path, tmp_path: Path) -> None:
    user = tmp_path / "acme.yaml"
    user.write_text(USER_FILE, encoding="utf-8")
    assert compiled.load_fast([user]).entry("acme.ask") is not None
    assert compiled.load_fast().entry("acme.ask") is None


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[:1000], id="cut"),
        pytest.param(lambda data: data[:100] + b"}", id="keys gone"),
        pytest.param(lambda data: b"[]", id="a list"),
        pytest.param(lambda data: data.replace(b'"format":', b'"format":9'), id="another format"),
        pytest.param(lambda data: b"\xff\xfe" + data, id="no text"),
    ],
)
def test_a_damaged_document_is_not_used(document: Path, damage) -> None:
    document.write_bytes(damage(document.read_bytes()))
    assert compiled.load_fast() == load()


def test_without_a_document_the_yaml_is_read(document: Path) -> None:
    document.unlink()
    assert compiled.load_fast() == load()


def test_using_the_document_does_not_import_yaml(document: Path) -> None:
    code = (
        "import sys, pathlib; from tosguard.catalog import compiled;"
        "compiled.PACKAGED = pathlib.Path(sys.argv[1]);"
        "compiled.load_fast(); sys.exit('yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(document)], check=False).returncode == 0
