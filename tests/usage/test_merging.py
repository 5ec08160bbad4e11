"""What a usage cites: the nearest places of each kind of evidence, and how many more there are."""

from __future__ import annotations

from tests.usage.building import at, catalogue
from tosguard.usage.evidence import MEDIUM, Clue, Dossier
from tosguard.usage.limits import MOST_CITED
from tosguard.usage.model import Confidence
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.providers import Route
from tosguard.usage.telling.candidate import Candidate
from tosguard.usage.telling.merging import merged


def cited(places: list[str]) -> list[tuple[str, int, str]]:
    clues = [Clue("written", "written to a file", at(path, line), MEDIUM) for line, path in enumerate(places, 1)]
    candidate = Candidate("bulk-generation", Confidence.HIGH, at("own.py", 7), Route(("openai",)), Dossier(clues))
    (usage,) = merged([candidate], Lexicon(catalogue()))
    return [(e.path, e.line, e.message) for e in usage.evidence]


def test_a_few_places_are_all_cited():
    assert cited(["a.py"] * MOST_CITED) == [("a.py", line, "written to a file") for line in range(1, MOST_CITED + 1)]


def test_of_many_places_those_of_the_own_file_come_first_and_the_rest_is_counted():
    told = cited(["a.py"] * 20 + ["own.py"] * 2)
    assert [path for path, _, _ in told] == ["own.py"] * 2 + ["a.py"] * (MOST_CITED - 2)
    assert told[-1][2] == f"written to a file (and more of this kind at {22 - MOST_CITED} other places)"
    assert {message for _, _, message in told[:-1]} == {"written to a file"}
