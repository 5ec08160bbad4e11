"""Command lines in shell scripts, Makefiles and notebook magics, and what the catalogue says they do."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from tosguard.catalog.model import Command

#: Words that may stand before a command without changing it.
PREFIXES = frozenset(
    {"sudo", "time", "nohup", "exec", "env", "command", "then", "do", "else", "!", "%%bash", "(", "{", "&&", "-"}
)

_ASSIGNMENT = re.compile(r"(?:export\s+|local\s+|declare\s+)?([A-Za-z_]\w*)=(.*)", re.DOTALL)
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)(?::?-(?P<default>[^}$]*))?[^}]*\}|(?P<bare>\w+))")
_ENDS = re.compile(r"\s*(?:&&|\|\||;|\||&)\s*")

#: A line longer than this is data, not a command.
LONGEST_LINE = 20_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a command line and the 1-based line it stands on."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command line that matches a catalogue command, with the values of its options."""

    command: Command
    line: int
    options: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)
    words: tuple[Word, ...] = ()


def invocations(text: str, commands: tuple[Command, ...]) -> Iterator[Invocation]:
    """The command lines of a script that the catalogue knows, in order."""
    variables: dict[str, str] = {}
    for words in command_lines(text, variables):
        stripped = _stripped(words)
        if not stripped:
            continue
        for command in commands:
            rest = _after(stripped, command.words)
            if rest is not None:
                yield Invocation(command, stripped[0].line, _options(rest, command), stripped)
                break


def command_lines(text: str, variables: dict[str, str]) -> Iterator[tuple[Word, ...]]:
    """The words of every command of a script, continuation lines joined and simple variables filled in."""
    words: list[Word] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if (not words and (not line or line.startswith("#"))) or len(line) > LONGEST_LINE:
            continue
        goes_on = line.endswith("\\")
        line = line[:-1] if goes_on else line
        if not words and (assigned := _ASSIGNMENT.fullmatch(line)) is not None and not goes_on:
            value = _split(assigned.group(2))
            if len(value) <= 1:
                variables[assigned.group(1)] = _filled(value[0] if value else "", variables)
                continue
        for piece in _ENDS.split(line):
            if piece is not line and words and piece != _ENDS.split(line)[0]:
                yield tuple(words)
                words = []
            words.extend(Word(part, number) for w in _split(piece) for part in _spread(w, variables))
        if not goes_on:
            if words:
                yield tuple(words)
            words = []
    if words:
        yield tuple(words)


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


def _stripped(words: tuple[Word, ...]) -> tuple[Word, ...]:
    at = 0
    while at < len(words) and (words[at].text in PREFIXES or _ASSIGNMENT.fullmatch(words[at].text) is not None):
        at += 1
    return words[at:]


def _after(words: tuple[Word, ...], wanted: tuple[str, ...]) -> tuple[Word, ...] | None:
    """What follows the leading words of a command, or None when they are not there; ``...`` skips any words."""
    if not wanted:
        return words
    head, rest = wanted[0], wanted[1:]
    if head == "...":
        for skip in range(len(words) + 1):
            found = _after(words[skip:], rest)
            if found is not None:
                return found
        return None
    if not words or not _is(words[0].text, head):
        return None
    return _after(words[1:], rest)


def _is(word: str, wanted: str) -> bool:
    bare = word.rsplit("/", 1)[-1]
    return any(fnmatchcase(word, w) or fnmatchcase(bare, w) for w in wanted.split("|"))


def _options(words: tuple[Word, ...], command: Command) -> dict[str, tuple[Word, ...]]:
    flags: dict[str, list[Word]] = {}
    plain: list[Word] = []
    current: list[Word] | None = None
    for word in words:
        if word.text.startswith("-") and len(word.text) > 1:
            name, equals, value = word.text.partition("=")
            current = flags.setdefault(name, [])
            if equals:
                current.append(Word(value, word.line))
                current = None
        elif current is not None:
            current.append(word)
        else:
            name, equals, value = word.text.partition("=")
            if equals and name.replace("_", "").replace(".", "").isalnum():
                flags.setdefault(name, []).append(Word(value, word.line))
            plain.append(word)
    found: dict[str, tuple[Word, ...]] = {}
    for name, slots in command.options.items():
        for slot in slots:
            values = plain[slot : slot + 1] if isinstance(slot, int) else flags.get(slot, [])
            if values:
                found[name] = tuple(values)
                break
    return found
