"""Shell scripts: the words of each command, with what variables, arrays and loops give to them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

#: ``NAME=value``, with what may stand before it.
ASSIGNMENT = re.compile(r"(?:export\s+|local\s+|declare\s+)?([A-Za-z_]\w*)=(.*)", re.DOTALL)
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)(?::?-(?P<default>[^}$]*))?[^}]*\}|(?P<bare>\w+))")
_ENDS = re.compile(r"\s*(?:&&|\|\||;|\||&)\s*")
_DECLARED = re.compile(r"(?:(?:declare|local|readonly|typeset|export)\s+(?:-\w+\s+)*)?(?=\w+\+?=\()")
_ARRAY_OPENS = re.compile(r"\w+\+?=\([^)]*")

_LOOPED = re.compile(r"\$(?:\{(\w+)(?:\[[@*]\])?\}|(\w+))")
_ARRAY = re.compile(r"(\w+)=\((.*)")

#: A line longer than this is data, not a command.
LONGEST_LINE = 20_000
#: Lines of one array.
LONGEST_ARRAY = 400
#: Values of a loop variable that are looked at.
MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a command line and the 1-based line it stands on."""

    text: str
    line: int


class Repeated:
    """What the loops of a script run over and what its arrays hold, as far as it has been read."""

    def __init__(self) -> None:
        self._values: dict[str, list[str]] = {}

    def remember(self, words: tuple[Word, ...]) -> bool:
        """Takes down a loop's values or an array's; True where the command is no more than that."""
        texts = [w.text for w in words]
        if texts[0] == "for" and len(texts) > 3 and texts[2] == "in":
            self._values[texts[1]] = [value for word in texts[3:] for value in self.spread(word)]
            return True
        found = _ARRAY.fullmatch(texts[0])
        if found is not None:
            items = [found[2], *texts[1:]]
            self._values[found[1]] = [item for text in items if (item := text.strip("()"))]
            return True
        return False

    def spread(self, word: str) -> list[str]:
        """A word once for each value of the loop variable in it."""
        for use in _LOOPED.finditer(word):
            values = self._values.get(use[1] or use[2])
            if values:
                return [word[: use.start()] + value + word[use.end() :] for value in values[:MOST_VALUES]]
        return [word]


def command_lines(text: str, variables: dict[str, str]) -> Iterator[tuple[Word, ...]]:
    """The words of every command of a script, continuation lines joined and simple variables filled in. An array over
    several lines is one command."""
    words: list[Word] = []
    lines = text.splitlines()
    closes = 0
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if (not words and (not line or line.startswith("#"))) or len(line) > LONGEST_LINE:
            continue
        if not words:
            line = _DECLARED.sub("", line, count=1)
            closes = _closing(line, number, lines)
        goes_on = line.endswith("\\") or number < closes
        line = line.removesuffix("\\")
        if not words and (assigned := ASSIGNMENT.fullmatch(line)) is not None and not goes_on:
            value = _split(assigned.group(2))
            if len(value) <= 1:
                variables[assigned.group(1)] = _filled(value[0] if value else "", variables)
                continue
        pieces = _ENDS.split(line)
        for piece in pieces:
            if piece is not line and words and piece != pieces[0]:
                yield tuple(words)
                words = []
            words.extend(Word(part, number) for w in _split(piece) for part in _spread(w, variables))
        if not goes_on:
            if words:
                yield tuple(words)
            words = []
    if words:
        yield tuple(words)


def _closing(line: str, number: int, lines: list[str]) -> int:
    """The 1-based line on which the array ends that ``line`` opens, or 0 where it opens none."""
    if _ARRAY_OPENS.fullmatch(_without_remark(line)) is None:
        return 0
    beyond = range(number + 1, min(number + LONGEST_ARRAY, len(lines)) + 1)
    return next((n for n in beyond if _without_remark(lines[n - 1].strip()).endswith(")")), 0)


def _without_remark(line: str) -> str:
    return "" if line.startswith("#") else line.partition(" #")[0].rstrip()


def _split(piece: str) -> list[str]:
    try:
        return shlex.split(piece, comments=True)
    except ValueError:
        return piece.split()


def _spread(word: str, variables: Mapping[str, str]) -> list[str]:
    filled = _filled(word, variables)
    return filled.split() if filled != word and word.startswith("$") else [filled]


def _filled(word: str, variables: Mapping[str, str]) -> str:
    """A word with the variables in it that are known, or have a default where they stand."""

    def value(found: re.Match[str]) -> str:
        known = variables.get(found["braced"] or found["bare"])
        return known if known is not None else found["default"] or found[0]

    return _VARIABLE.sub(value, word)
