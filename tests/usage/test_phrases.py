"""Phrases are found alike, whether few texts are looked at or many."""

from __future__ import annotations

import pytest

from tosguard.catalog.compiled import load_fast
from tosguard.usage.reading import phrases
from tosguard.usage.reading.phrases import PhraseLists, folded

LISTS = {"judge": ("rate the ... answer", "grad*", "評価"), "train": ("to train",), "none": ()}


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("Rate the  other\nmodel's answer.", {"judge"}),
        ("rate the answer", {"judge"}),
        ("a gradable text", {"judge"}),
        ("upgrade", set()),
        ("これを評価する", {"judge"}),
        ("To train and to grade", {"judge", "train"}),
        ("into training", set()),
        ("", set()),
    ],
)
def test_phrases_are_whole_words_with_holes(text: str, met: set[str]) -> None:
    assert PhraseLists(LISTS).met(folded(text)) == met


def test_a_phrase_is_taken_out_of_a_text() -> None:
    assert PhraseLists(LISTS).without("judge", "they grade, 評価 and go") == "they  ,   and go"
    assert PhraseLists(LISTS).without("none", "they grade") == "they grade"


def test_the_first_look_finds_what_the_thousandth_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = load_fast().phrases
    few = PhraseLists(lists)
    texts = [
        folded(f"so {phrase.replace('...', filling).replace('*', filling[:2])}{end}")
        for several in lists.values()
        for number, phrase in enumerate(several)
        for filling, end in [(("it is", "of all the", "ing")[number % 3], (" now", "s", ".")[number % 3])]
    ]
    first = [(few.without("own-training", text), few.met(text)) for text in texts[: phrases._WORTH_A_PATTERN - 1]]
    monkeypatch.setattr(phrases, "_WORTH_A_PATTERN", 10**9)
    first += [(few.without("own-training", text), few.met(text)) for text in texts[len(first) :]]
    monkeypatch.setattr(phrases, "_WORTH_A_PATTERN", 0)
    many = PhraseLists(lists)
    assert [(many.without("own-training", text), many.met(text)) for text in texts] == first
