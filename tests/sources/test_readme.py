"""What a project says of itself is read within bounds, and without its code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tosguard.sources.readme import LONGEST_README, MOST_PROSE, folders_of, readmes_of


def test_code_in_a_readme_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Plants\n```sh\npython train.py\n```\nAbout plants.\n")
    said = readmes_of(tmp_path, ())[""]
    assert "About plants." in said
    assert "train.py" not in said


def test_only_the_beginning_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "README.rst").write_text("word " * MOST_PROSE)
    assert len(readmes_of(tmp_path, ())[""]) == MOST_PROSE


@pytest.mark.parametrize("data", [b"a\0b", b"x" * (LONGEST_README + 1)], ids=["binary", "too long"])
def test_what_cannot_be_read_says_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "README.md").write_bytes(data)
    assert readmes_of(tmp_path, ()) == {}


def test_a_project_without_a_readme_says_nothing(tmp_path: Path) -> None:
    assert readmes_of(tmp_path, ()) == {}


def test_a_part_may_say_of_itself_what_the_project_does_not(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Samples.")
    (tmp_path / "parts" / "first").mkdir(parents=True)
    (tmp_path / "parts" / "first" / "README.md").write_text("Plants.")
    folders = folders_of(["top.py", "parts/first/a.py", "parts/second/b.py"])
    assert folders == ("parts", "parts/first", "parts/second")
    assert readmes_of(tmp_path, folders) == {"": "Samples.", "parts/first": "Plants."}
