"""Files that a command line hands to a tuning service: what the code writes under the same name is learned from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tosguard.flow.facts import Place
from tosguard.usage.beside.commands import invocations
from tosguard.usage.beside.texts import TextFile, holds_commands
from tosguard.usage.evidence import STRONG, Clue, Dossier
from tosguard.usage.limits import SHORTEST_NAME
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.links import last_of


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that a command hands to a tuning service: its name, where the command stands, and whose service it is."""

    name: str
    place: Place
    provider: str


def handed_files(texts: Iterable[TextFile], lexicon: Lexicon) -> tuple[Handed, ...]:
    """The files that scripts and magic cells hand to tuning services.

    Args:
        texts: the files and pieces of notebooks that are not Python.
        lexicon: the catalogue's look-ups.
    """
    found: dict[Handed, None] = {}
    for text in filter(holds_commands, texts):
        for command in invocations(text.text, lexicon.catalogue.commands):
            if command.command.role != "tune":
                continue
            for word in command.options.get("data", ()):
                line = word.line if text.cell is not None else word.line + text.first_line - 1
                place = Place(text.path, line, 1, line, 1, text.cell)
                found.setdefault(Handed(last_of(word.text), place, command.command.provider))
    return tuple(h for h in found if len(h.name) >= SHORTEST_NAME)


def collect(dossier: Dossier, context: Context) -> Iterator[Clue]:
    """The clues that what a site writes is handed to a tuning service by its name.

    Args:
        dossier: what is known of the site.
        context: the project.
    """
    for clue in dossier.of("written", "training-record", "weak-record"):
        names = {last_of(path) for path in _paths_at(clue.place, context)}
        for file in context.handed:
            if file.name in names and _beside(file.place.path, clue.place.path):
                said = f"{file.name} is handed to a tuning service on the command line"
                yield Clue("flow-to-tuning-inferred", said, file.place, STRONG, hops=clue.hops, values=(file.provider,))


def _paths_at(place: Place, context: Context) -> Iterator[str]:
    for call in context.view.by_path.get(place.path, ()):
        if call.place == place and (path := call.arguments.get("path")) is not None:
            yield from path.texts()


def _beside(one: str, other: str) -> bool:
    """Whether two files lie in one directory, or one in a directory above the other's."""
    a, b = (path.rpartition("/")[0] for path in (one, other))
    return a == b or not a or not b or a.startswith(f"{b}/") or b.startswith(f"{a}/")
