"""Command lines in shell scripts, Makefiles and notebook magics, and what the catalogue says they do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from tosguard.catalog.model import Command
from tosguard.usage.beside.shell import ASSIGNMENT, Repeated, Word, command_lines

#: Words that may stand before a command without changing it.
PREFIXES = frozenset(
    {"sudo", "time", "nohup", "exec", "env", "command", "then", "do", "else", "!", "%%bash", "(", "{", "&&", "-"}
)


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command line that matches a catalogue command, with the values of its options."""

    command: Command
    line: int
    options: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)
    words: tuple[Word, ...] = ()


def invocations(text: str, commands: tuple[Command, ...]) -> Iterator[Invocation]:
    """The command lines of a script that the catalogue knows, in order."""
    repeated = Repeated()
    for words in command_lines(text, {}):
        stripped = _stripped(words)
        if not stripped or repeated.remember(stripped):
            continue
        stripped = tuple(Word(text, word.line) for word in stripped for text in repeated.spread(word.text))
        for command in commands:
            rest = _after(stripped, command.words)
            if rest is not None:
                yield Invocation(command, stripped[0].line, _options(rest, command), stripped)
                break


def _stripped(words: tuple[Word, ...]) -> tuple[Word, ...]:
    at = 0
    while at < len(words) and (words[at].text in PREFIXES or ASSIGNMENT.fullmatch(words[at].text) is not None):
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
