from __future__ import annotations

import pytest

from tosguard.report.linehash import LineHashes

GREETING = [
    "e9496ae3ebfced30:1",
    "fb7c023a8b9ccb3f:1",
    "ce8ba1a563dcdaca:1",
    "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1",
    "c8e28b0b4002a3a0:1",
    "c129715d7a2bc9a3:1",
]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        ),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETING),
        (" hello; \t\rworld!!!\r\r\r  \t\tGreetings\r End\r", GREETING),
        (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETING),
    ],
    ids=["empty", "blanks", "line feeds", "carriage returns", "both"],
)
def test_hashes_are_those_code_scanning_computes(source: str, expected: list[str]) -> None:
    hashes = LineHashes(source)
    assert [hashes.of(line) for line in range(1, len(expected) + 1)] == expected


def test_repeated_lines_are_counted_apart() -> None:
    source = "Lorem ipsum dolor sit amet\n" * 20
    hashes = LineHashes(source)
    first, second = hashes.of(1), hashes.of(2)
    assert first.split(":")[0] == second.split(":")[0]
    assert (first.split(":")[1], second.split(":")[1]) == ("1", "2")


@pytest.mark.parametrize("line", [0, 3, 99])
def test_a_line_that_does_not_exist_has_no_hash(line: int) -> None:
    assert LineHashes("a\nb").of(line) == ""
