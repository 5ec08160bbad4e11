"""What is installed elsewhere finds its packs and its catalogue."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(target),
            str(ROOT),
        ],
        check=True,
        timeout=300,
    )
    (built,) = target.glob("tosguard-*.whl")
    return built


def test_packs_catalogue_templates_and_schemas_are_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "tosguard/_rules/index.json" in names
    assert "tosguard/report/report.schema.json" in names
    assert any(name.startswith("tosguard/_rules/openai/") for name in names)
    assert any(name.startswith("tosguard/catalog/data/") and name.endswith(".yaml") for name in names)
    assert any(name.startswith("tosguard/report/templates/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "fixtures/", "rules/")) for name in names)


def test_installed_elsewhere_it_works(wheel: Path, tmp_path: Path) -> None:
    site, project = tmp_path / "site", tmp_path / "project"
    zipfile.ZipFile(wheel).extractall(site)
    project.mkdir()
    (project / "ask.py").write_text(
        "import openai\n\nprint(openai.OpenAI().chat.completions.create(model='gpt-4o', messages=[]))\n"
    )
    # The wheel's modules come before those of the checkout that the tests run from.
    environment = {**os.environ, "PYTHONPATH": str(site), "TOSGUARD_CACHE_DIR": str(tmp_path / "cache")}
    probe = "import tosguard; print(tosguard.__file__)"
    run = [sys.executable]
    where = subprocess.run(
        [*run, "-c", probe], cwd=project, env=environment, capture_output=True, text=True, check=True
    )
    assert where.stdout.startswith(str(site))
    for arguments in (["audit", "."], ["rules", "list", "openai"], ["catalog", "list"], ["audit", "-f", "html"]):
        done = subprocess.run(
            [*run, "-m", "tosguard", *arguments],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert (done.returncode, done.stderr) == (0, ""), arguments
        assert "openai" in done.stdout


def test_the_ready_made_catalogue_and_packs_spare_the_yaml(wheel: Path, tmp_path: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    packs = {name for name in names if name.startswith("tosguard/_rules/") and name.endswith(".yaml")}
    assert {name.replace(".yaml", ".json") for name in packs} < names
    zipfile.ZipFile(wheel).extractall(tmp_path)
    probe = (
        "import sys; from tosguard.catalog.compiled import load_fast; from tosguard.policy.library import open_library;"
        "assert load_fast().entry('openai.OpenAI'); library = open_library();"
        "assert all(library.load(entry).version for entry in library.entries); sys.exit('yaml' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    assert subprocess.run([sys.executable, "-c", probe], cwd=tmp_path, env=environment, check=False).returncode == 0
