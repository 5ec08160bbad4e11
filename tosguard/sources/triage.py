"""Deciding on bytes alone which files are worth parsing.

The pattern is made so that most characters are passed over at the speed of a character class: each word is looked for
by a character of it that is rare in source code, its *anchor*, with what comes before told by a lookbehind. The anchors
are few, so that a fifth of all characters is looked at twice instead of every one at fifty beginnings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

#: Characters of Python sources from frequent to rare; those not named are rarer still.
_FREQUENT = b" eatrsino\nl_dpf.cm,u)(=ghyb\"':10-x2[]v43wk65A8#97*TE`N>CISqRDzL/PFj+MVO%B\\GUK}{X<WH@|Y!?;~Q$^&ZJ\t"
_RANK = {character: rank for rank, character in enumerate(_FREQUENT)}
#: What an anchor costs apart from how often it occurs: every one is another branch of the pattern.
_BRANCH = 2e-3
#: Characters in which looking for each word takes as long as making one pattern of all; how many a look counts for.
_WORTH_A_PATTERN, _A_LOOK = 100_000, 250

_Trie = dict[bytes, list[bytes]]


class Triage:
    """One compiled pattern over all the words that make a file interesting.

    Args:
        needles: byte strings; a file that contains any of them is mentioned. Empty ones are ignored. One that begins an
            import statement (``from evals``, ``import evals``) must end with the name of the module and is met only
            where that module is imported, not where another module's name of that spelling is.
    """

    __slots__ = ("_mentioned", "_needles", "_said", "_signs", "_spent", "_words")

    def __init__(self, needles: Iterable[bytes]) -> None:
        self._needles = _without_extensions({needle for needle in needles if needle})
        self._signs = signs(self._needles)
        self._words = [sign.decode("utf-8", "replace") for sign in self._signs]
        self._mentioned: tuple[re.Pattern[bytes], ...] | None = None
        self._said: tuple[re.Pattern[str], ...] | None = None
        self._spent = 0

    def mentions(self, data: bytes) -> bool:
        """Whether any needle occurs in these bytes."""
        patterns = self._mentioned
        if patterns is None:
            if self._is_little(len(data)):
                at_hand = [needle for needle, sign in zip(self._needles, self._signs, strict=True) if sign in data]
                patterns = _in_bytes(at_hand) if at_hand else ()
            else:
                patterns = self._mentioned = _in_bytes(self._needles)
        return any(pattern.search(data) is not None for pattern in patterns)

    def said(self, text: str) -> bool:
        """Whether any needle occurs in a text."""
        patterns = self._said
        if patterns is None:
            if self._is_little(len(text)):
                at_hand = [needle for needle, word in zip(self._needles, self._words, strict=True) if word in text]
                patterns = _in_text(at_hand) if at_hand else ()
            else:
                patterns = self._said = _in_text(self._needles)
        return any(pattern.search(text) is not None for pattern in patterns)

    def _is_little(self, length: int) -> bool:
        """Whether all that was looked at so far is so little that one pattern of all words would not be worth it."""
        self._spent += _A_LOOK + length
        return self._spent < _WORTH_A_PATTERN


def signs(needles: Iterable[bytes]) -> tuple[bytes, ...]:
    """For each needle what is contained in whatever the needle is met in: of an import the module's name."""
    return tuple(needle.partition(b" ")[2] if _is_import(needle) else needle for needle in needles)


def _in_bytes(needles: list[bytes]) -> tuple[re.Pattern[bytes], ...]:
    return re.compile(_expression(needles)), re.compile(_listed(needles))


def _in_text(needles: list[bytes]) -> tuple[re.Pattern[str], ...]:
    # Bytes that are no characters of their own cannot be found in text; what is ASCII is the same in both.
    plain = [needle for needle in needles if needle.isascii()]
    others = [re.escape(needle.decode("utf-8", "replace")) for needle in needles if not needle.isascii()]
    said = re.compile("|".join([_expression(plain).decode("ascii"), *others]))
    return said, re.compile(_listed(plain).decode("ascii"))


def _expression(needles: list[bytes]) -> bytes:
    """The pattern of all needles; without any, one that never matches."""
    return _anchored(needles) if needles else rb"(?!)"


def _listed(needles: list[bytes]) -> bytes:
    """A pattern of the modules that are imported behind others: ``import csv, evals``."""
    modules = [re.escape(needle[7:]) for needle in needles if _is_import(needle) and needle.startswith(b"import ")]
    if not modules:
        return rb"(?!)"
    # What is looked for begins with fixed letters, which is what makes it fast.
    return rb"import (?<!\wimport )(?<![\w.][ \t]import )[\w. ]+,[\w., ]*\b(?:" + b"|".join(modules) + rb")(?!\w)"


def _without_extensions(needles: set[bytes]) -> list[bytes]:
    """The needles that do not begin with another one: finding the shorter one is enough."""
    kept: list[bytes] = []
    last = b""
    for needle in sorted(needles):
        if last and needle.startswith(last):
            continue
        kept.append(needle)
        if not _is_import(needle):
            last = needle
    return kept


def _is_import(needle: bytes) -> bool:
    """Whether a needle is the beginning of an import statement: the module's name must end where it ends."""
    return needle.startswith((b"import ", b"from ")) and (needle[-1:].isalnum() or needle.endswith(b"_"))


def _anchored(needles: list[bytes]) -> bytes:
    """A pattern that finds any of the needles, by an anchor each."""
    order = _anchors(needles)
    branches: dict[bytes, _Trie] = defaultdict(lambda: defaultdict(list))
    for needle in needles:
        anchor = next(anchor for anchor in order if anchor in needle)
        before, _, after = needle.partition(anchor)
        branches[anchor][after].append(before)
    # The most frequent anchor is tried first.
    return b"|".join(
        re.escape(anchor) + _following(anchor, branches[anchor]) for anchor in reversed(order) if anchor in branches
    )


def _anchors(needles: list[bytes]) -> list[bytes]:
    """Few and rare characters of which each needle has at least one, from rare to frequent."""
    left = set(needles)
    chosen: list[int] = []
    while left:
        counts: dict[int, int] = defaultdict(int)
        for needle in left:
            for character in set(needle):
                counts[character] += 1
        best = min(counts, key=lambda character: ((_share(character) + _BRANCH) / counts[character], character))
        chosen.append(best)
        left = {needle for needle in left if best not in needle}
    return [bytes((character,)) for character in sorted(chosen, key=lambda c: (_share(c), c))]


def _share(character: int) -> float:
    """About how much of a source is this character, by Zipf's law."""
    return 0.2 / (_RANK.get(character, len(_FREQUENT)) + 1)


def _following(anchor: bytes, endings: _Trie) -> bytes:
    """A pattern of what follows an anchor, common beginnings factored out; each end looks back at what came before."""

    def node(words: list[tuple[bytes, bytes]]) -> bytes:
        branches = []
        groups: dict[bytes, list[tuple[bytes, bytes]]] = defaultdict(list)
        for rest, word in words:
            if rest:
                groups[rest[:1]].append((rest, word))
            else:
                branches.append(_preceded(anchor + word, endings[word]))
        for _, group in sorted(groups.items()):
            shared = _common_prefix(min(group)[0], max(group)[0])
            branches.append(re.escape(shared) + node([(rest[len(shared) :], word) for rest, word in group]))
        return branches[0] if len(branches) == 1 else b"(?:" + b"|".join(branches) + b")"

    return node([(word, word) for word in sorted(endings)])


def _preceded(found: bytes, beginnings: list[bytes]) -> bytes:
    """A test that one of these came before what was found, and that an import statement is one."""
    tests = [
        (b"(?<=" + re.escape(beginning + found) + b")" if beginning else b"") + _as_import(beginning + found)
        for beginning in beginnings
    ]
    if b"" in tests:
        return b""
    return tests[0] if len(tests) == 1 else b"(?:" + b"|".join(tests) + b")"


def _as_import(needle: bytes) -> bytes:
    """A test behind a needle that begins an import statement: that the library is imported, whole or in part."""
    if not _is_import(needle):
        return b""
    if needle.startswith(b"from "):
        # ``raise error from together`` and ``select * from agents`` import nothing.
        return rb"(?=(?:\.[\w.]*)?[ \t]+import\b)" + rb"(?<!\w" + re.escape(needle) + b")"
    # ``from sympy import together`` imports a function of that name.
    return rb"(?!\w)(?<!\w" + re.escape(needle) + rb")(?<![\w.][ \t]" + re.escape(needle) + b")"


def _common_prefix(first: bytes, last: bytes) -> bytes:
    length = 0
    for left, right in zip(first, last, strict=False):
        if left != right:
            break
        length += 1
    return first[:length]
