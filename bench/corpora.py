"""The trees that are measured: releases of public packages, unpacked and never installed, imported or run."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

#: What is unpacked of a release: what a repository of it would show to a linter.
SUFFIXES = frozenset((".py", ".pyi", ".ipynb", ".sh", ".yaml", ".yml", ".toml", ".cfg"))


@dataclass(frozen=True)
class Plan:
    """The contents of ``corpora.yaml``."""

    python: str
    platform: str
    corpora: dict[str, dict[str, Any]]
    growth: dict[str, Any]


def read_plan(path: Path) -> Plan:
    """The corpora that are pinned in a file."""
    return Plan(**yaml.safe_load(path.read_text(encoding="utf-8")))


def download(release: str, plan: Plan, folder: Path) -> Path:
    """The wheel of a release (``name==version``), fetched by pip as it is configured here and kept."""
    target = folder / release
    if not (found := sorted(target.glob("*.whl"))):
        target.mkdir(parents=True, exist_ok=True)
        wanted = ["--only-binary=:all:", "--no-deps", f"--python-version={plan.python}", f"--platform={plan.platform}"]
        older = [f"--platform={name}" for name in ("manylinux2014_x86_64", "manylinux_2_27_x86_64", "any")]
        command = [sys.executable, "-m", "pip", "download", "-q", *wanted, *older, "-d", str(target), release]
        subprocess.run(command, check=True, capture_output=True)
        found = sorted(target.glob("*.whl"))
    return found[0]


def unpack(wheel: Path, folder: Path) -> Iterator[Path]:
    """Write the sources of a wheel below a folder; yields the paths."""
    with zipfile.ZipFile(wheel) as archive:
        for item in sorted(archive.infolist(), key=lambda item: item.filename):
            path = PurePosixPath(item.filename)
            if item.is_dir() or path.suffix not in SUFFIXES or path.is_absolute() or ".." in path.parts:
                continue
            if path.parts[0].endswith((".dist-info", ".data")):
                continue
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(item))
            yield target


def compose(name: str, plan: Plan, wheels: Path, folder: Path) -> Path:
    """The tree of a corpus: a folder for each of its releases, all of it one repository of git."""
    corpus = plan.corpora[name]
    root = folder / name
    done = root / ".complete"
    if done.exists():
        return root
    shutil.rmtree(root, ignore_errors=True)
    left = corpus.get("lines") or 1 << 40
    for release in corpus["releases"]:
        place = root / release.partition("==")[0].replace("-", "_")
        for path in unpack(download(release, plan, wheels), place):
            if left <= 0:
                path.unlink()
            elif path.suffix == ".py":
                left -= _lines(path)
    _as_repository(root)
    done.touch()
    return root


def grow(lines: int, plan: Plan, wheels: Path, folder: Path) -> Path:
    """A tree of about so many lines: the growth release again and again, each copy a package of its own name."""
    root = folder / f"growth-{lines}"
    done = root / ".complete"
    if done.exists():
        return root
    shutil.rmtree(root, ignore_errors=True)
    copy = 0
    left = lines
    while left > 0:
        copy += 1
        place = root / f"copy{copy:03}"
        for path in unpack(download(plan.growth["release"], plan, wheels), place):
            if left <= 0:
                path.unlink()
            elif path.suffix == ".py":
                # Another text for each copy: equal files would be analysed once.
                path.write_bytes(path.read_bytes() + f"\n\nCOPY = {copy}\n".encode())
                left -= _lines(path)
    _as_repository(root)
    done.touch()
    return root


def sources(root: Path) -> list[Path]:
    """The Python files of a tree."""
    return sorted(root.rglob("*.py"))


def count_lines(paths: Iterable[Path]) -> int:
    """The lines of files."""
    return sum(map(_lines, paths))


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def _as_repository(root: Path) -> None:
    (root / ".gitignore").write_text(".complete\n", encoding="utf-8")
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.invalid", "-c", "gc.auto=0"]
    for arguments in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-q", "-m", "corpus"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)
