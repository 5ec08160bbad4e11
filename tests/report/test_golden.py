from __future__ import annotations

import pytest

from tests.report.regenerate import FOLDER, FORMATS, GOLDEN
from tests.report.sample import CLEAN, REPORT, hostile


@pytest.mark.parametrize("name", GOLDEN)
def test_output_is_as_recorded(name: str) -> None:
    recorded = (FOLDER / name).read_bytes().decode("utf-8")
    assert GOLDEN[name]() == recorded, "if the change is wanted: python -m tests.report.regenerate"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("report", [REPORT, CLEAN], ids=["full", "clean"])
def test_rendering_is_deterministic_and_ends_with_a_newline(name: str, report: object) -> None:
    first = FORMATS[name](report)  # type: ignore[arg-type]
    assert first == FORMATS[name](report)  # type: ignore[arg-type]
    assert first.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_content_reaches_no_terminal_and_no_parser(name: str) -> None:
    text = FORMATS[name](hostile())
    text.encode("utf-8")
    for character in "\x00\x07\x1b\x7f\x9b\u202e\u2066\u200f\r":
        assert character not in text
    assert not any(
        line.startswith("::") and "title=tosguard" not in line and "file=" not in line for line in text.split("\n")
    )


@pytest.mark.parametrize("name", ["text", "audit", "concise", "github summary"])
def test_wording_is_careful(name: str) -> None:
    text = FORMATS[name](REPORT).lower()
    for word in ("violat", "illegal", "unlawful", "breach", "infring"):
        assert word not in text


def test_the_disclaimer_stands_once_in_an_audit() -> None:
    assert GOLDEN["audit.txt"]().replace("\n", " ").count("no legal advice") == 1
