"""Prompts in files of their own are read within bounds, and only from folders that are called so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tosguard.sources import prompts
from tosguard.sources.prompts import LONGEST_PROMPT, prompts_of


def kept(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"Text of {path}.")


def test_prompts_stand_beside_the_project_and_its_parts(tmp_path: Path) -> None:
    kept(tmp_path, "prompts/a.txt", "part/prompts/b.md", "other/prompts/c.txt", "notes/d.txt", "prompts/e.csv")
    assert prompts_of(tmp_path, ("part",)) == {
        "prompts/a.txt": "Text of prompts/a.txt.",
        "part/prompts/b.md": "Text of part/prompts/b.md.",
    }


@pytest.mark.parametrize("data", [b"a\0b", b"x" * (LONGEST_PROMPT + 1)], ids=["binary", "too long"])
def test_what_is_no_text_is_no_prompt(tmp_path: Path, data: bytes) -> None:
    kept(tmp_path, "prompts/a.txt")
    (tmp_path / "prompts" / "b.txt").write_bytes(data)
    assert list(prompts_of(tmp_path, ())) == ["prompts/a.txt"]


def test_only_so_many_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "MOST_PROMPTS", 2)
    kept(tmp_path, *(f"prompts/{n}.txt" for n in range(5)))
    assert list(prompts_of(tmp_path, ())) == ["prompts/0.txt", "prompts/1.txt"]


def test_a_project_without_prompts_has_none(tmp_path: Path) -> None:
    assert prompts_of(tmp_path, ("part",)) == {}
