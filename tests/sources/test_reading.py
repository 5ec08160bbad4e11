"""Bytes and text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tosguard.sources.reading import Text, Unreadable, decode, read
from tosguard.sources.triage import Triage


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("é\n".encode(), "é\n", "utf-8"),
        (b"\xef\xbb\xbf\xc3\xa9", "é", "utf-8"),
        (b"# -*- coding: latin-1 -*-\n\xe9", "# -*- coding: latin-1 -*-\né", "iso8859-1"),
        (b"#!x\n# vim: set fileencoding=cp1252 :\n\x80", "#!x\n# vim: set fileencoding=cp1252 :\n€", "cp1252"),
        (b"x = 1\n# coding: latin-1\n", "x = 1\n# coding: latin-1\n", "utf-8"),
        (b"a\r\nb\rc\n", "a\nb\nc\n", "utf-8"),
        (b"a\n\x0cb\n", "a\n\x0cb\n", "utf-8"),
        (b"", "", "utf-8"),
    ],
)
def test_decoding(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == Text(text, encoding)


@pytest.mark.parametrize(
    ("data", "text", "words", "line"),
    [
        (b"a\nb\xe9\n", "a\nbé\n", "not valid utf-8", 2),
        (b"# coding: klingon\n\xc3\xa9", "# coding: klingon\né", "'klingon' is not known", 1),
        (b"# coding: rot13\nn", "# coding: rot13\nn", "not known", 1),
        (b"# coding: unicode_escape\nn", "# coding: unicode_escape\nn", "not known", 1),
        (b"# coding: ascii\n\n\xc3\xa9", "# coding: ascii\n\nÃ©", "not valid ascii", 3),
        (b"a\n\x00", "", "NUL", 2),
        (b"a\0", "", "NUL", 1),
        ("a".encode("utf-16"), "a", "", 0),
    ],
)
def test_guesses_are_told(data: bytes, text: str, words: str, line: int) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert words in decoded.problem
    assert decoded.line == line


@given(st.one_of(st.binary(), st.binary().map(lambda data: b"# coding: " + data)))
def test_any_bytes_are_decoded(data: bytes) -> None:
    assert "\r" not in decode(data).text


def test_reading(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x00\xff")
    assert read(tmp_path / "a") == b"\x00\xff"
    assert read(tmp_path / "a", 2) == b"\x00\xff"


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    for path, limit, words in [
        ("a", 4, "longer than"),
        ("missing", 9, "no such file"),
        ("link", 9, "cannot be opened"),
        ("pipe", 9, "not a regular file"),
        (".", 9, "not a regular file"),
        ("nul\0", 9, "NUL"),
    ]:
        with pytest.raises(Unreadable, match=words):
            read(tmp_path / path, limit)
    with pytest.raises(Unreadable, match="not a regular file"):
        read(Path("/dev/zero"))


@given(st.lists(st.binary(max_size=4), max_size=8), st.binary(max_size=30))
def test_triage_is_containment(needles: list[bytes], data: bytes) -> None:
    assert Triage(needles).mentions(data) == any(needle in data for needle in needles if needle)


@given(st.lists(st.text("ab.", min_size=1, max_size=5), max_size=8), st.text("ab.\n", max_size=30))
def test_triage_of_words_that_share_beginnings(needles: list[str], data: str) -> None:
    encoded = [needle.encode() for needle in needles]
    assert Triage(encoded).mentions(data.encode()) == any(needle in data for needle in needles)


def test_triage_of_many_needles() -> None:
    triage = Triage(f"name{number}".encode() for number in range(5000))
    assert triage.mentions(b"import name4999")
    assert not triage.mentions(b"import nam")
