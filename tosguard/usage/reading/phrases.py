"""Which lists of phrases a text meets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_SPACE = re.compile(r"\s+")
#: What stands in a phrase, escaped, for a few words between two others and for any end of a word, and their patterns.
_ANY_WORDS, _UP_TO_THREE = re.escape(" ... "), r"[ ,/]+(?:[^\s.,;:!?]+[ ,/]+){0,3}"
_ANY_END, _REST = re.escape("*"), r"\w*"
_HOLE = re.compile(r" \.\.\. |\*")
#: Looks at a text from which on one pattern of all phrases of a list is worth making: 60 ms for all, 0.2 ms a look.
_WORTH_A_PATTERN = 200


class _Phrase(NamedTuple):
    """The pattern of a phrase, and what is in every text that meets it."""

    pattern: str
    sign: str


class PhraseLists:
    """Lists of phrases, looked for as whole words.

    Args:
        lists: phrases by the name of their list.
    """

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._lists = {name: [_phrase(folded(each)) for each in phrases] for name, phrases in lists.items() if phrases}
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._looks = 0

    def without(self, name: str, text: str) -> str:
        """A folded text with a space for each phrase of one list."""
        pattern = self._pattern(name, text) if name in self._lists else None
        return text if pattern is None else pattern.sub(" ", text)

    def met(self, text: str) -> frozenset[str]:
        """The names of the lists of which a folded text holds a phrase."""
        self._looks += 1
        patterns = ((name, self._pattern(name, text)) for name in self._lists)
        return frozenset(name for name, pattern in patterns if pattern is not None and pattern.search(text) is not None)

    def _pattern(self, name: str, text: str) -> re.Pattern[str] | None:
        """A pattern of the phrases that may be in a text; None where none may."""
        known = self._patterns.get(name)
        if known is None and self._looks >= _WORTH_A_PATTERN:
            known = self._patterns[name] = re.compile("|".join(phrase.pattern for phrase in self._lists[name]))
        if known is not None:
            return known
        at_hand = [phrase.pattern for phrase in self._lists[name] if phrase.sign in text]
        return re.compile("|".join(at_hand)) if at_hand else None


def folded(text: str) -> str:
    """A text as phrases are looked for in it."""
    return _SPACE.sub(" ", text).lower()


def _phrase(phrase: str) -> _Phrase:
    """A pattern for a phrase as whole words; where words are written without spaces it may stand anywhere. ``*`` ends a
    word in any way, ``...`` stands for up to three words of the same sentence."""
    before = r"(?<!\w)" if phrase[:1].isascii() else ""
    after = r"(?!\w)" if phrase[-1:].isascii() else ""
    pattern = f"{before}{re.escape(phrase).replace(_ANY_WORDS, _UP_TO_THREE).replace(_ANY_END, _REST)}{after}"
    return _Phrase(pattern, max(_HOLE.split(phrase), key=len))
