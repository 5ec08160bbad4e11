"""What surrounds a project's Python and decides what it runs with: launches, and configuration files that it reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from typing import TYPE_CHECKING

from tosguard.engine.launches import (
    LONGEST_TEXT,
    MOST_TEXT,
    Launch,
    Options,
    Programs,
    launches,
    options_of,
    shared,
    turns_of,
)
from tosguard.engine.outline import DOCUMENT
from tosguard.sources.kinds import CONFIG, SHELL
from tosguard.usage.beside.configs import CONFIG_SUFFIXES
from tosguard.usage.beside.documents import parsed
from tosguard.usage.beside.turns import TurnsOf

if TYPE_CHECKING:
    from tosguard.engine.files import Tree
    from tosguard.engine.imports import ImportGraph
    from tosguard.engine.outline import Outline

#: Configuration files longer than this are data, and no more than so many are looked at.
LONGEST_DOCUMENT = 50_000
MOST_DOCUMENTS = 200


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What launches give to options, in all and in turn, and the configuration files that are read, parsed, by path."""

    options: Options = field(default_factory=dict)
    documents: Mapping[str, object] = field(default_factory=dict)
    turns: TurnsOf = field(default_factory=dict)


def surroundings_of(tree: Tree, outlines: Mapping[str, Outline], imports: Callable[[], ImportGraph]) -> Surroundings:
    """Looks through the scripts and configurations of a project, within bounds.

    Args:
        tree: the project's files.
        outlines: of the Python files that are analysed.
        imports: who imports whom, asked for only where a program is started with options.
    """
    started = list(_launches(tree, outlines))
    options = options_of(started)
    documents = _documents(tree, outlines, started)
    options = options_of([*started, *_configured(started, documents)]) if documents else options
    everywhere = shared(options, _imported(imports, outlines, {p for p, _ in options}))
    return Surroundings(everywhere, documents, turns_of(started))


def _launches(tree: Tree, outlines: Mapping[str, Outline]) -> Iterator[Launch]:
    programs = Programs(tree.python)
    for path, text in _scripts(tree):
        yield from launches(path, text, programs)
    for path, outline in sorted(outlines.items()):
        for command in outline.commands:
            yield from launches(path, command.text, programs)


def _scripts(tree: Tree) -> Iterator[tuple[str, str]]:
    """Scripts and recipes first, then configurations, those near the root first; so many characters in all."""
    kinds = {SHELL: 0, CONFIG: 1}
    ranked = sorted((kinds[kind], path.count("/"), path) for path, kind in tree.kinds.items() if kind in kinds)
    room = MOST_TEXT
    for _, _, path in ranked:
        size = tree.size(path)
        if path.endswith(".json") or size > min(LONGEST_TEXT, room):
            continue
        script = tree.source(path)
        if script is not None:
            room -= size
            yield path, script.text


def _documents(tree: Tree, outlines: Mapping[str, Outline], started: Iterable[Launch]) -> dict[str, object]:
    """The configuration files that the code or a launch names."""
    named: set[str] = set()
    folders: set[str] = set()
    for path, outline in outlines.items():
        named.update(outline.documents)
        for folder in outline.config_folders:
            below = normpath(f"{path.rpartition('/')[0] or '.'}/{folder}")
            folders.add("" if below == "." else f"{below}/")
    for launch in started:
        for values in launch.options.values():
            named.update(name for value in values for name in DOCUMENT.findall(value))
    found: dict[str, object] = {}
    for path in sorted(p for p, kind in tree.kinds.items() if kind == CONFIG and p.endswith(CONFIG_SUFFIXES)):
        if len(found) >= MOST_DOCUMENTS:
            break
        if path.rpartition("/")[2] not in named and not path.startswith(tuple(folders)):
            continue
        if tree.size(path) <= LONGEST_DOCUMENT and (file := tree.source(path)) is not None:
            document = parsed(path, file.text)
            if isinstance(document, dict):
                found[path] = document
    return found


def _configured(started: Iterable[Launch], documents: Mapping[str, object]) -> Iterator[Launch]:
    """What configuration files that are named on a command line give to the options of its program."""
    for launch in started:
        given: dict[str, tuple[str, ...]] = {}
        for path in _named_documents(launch, documents):
            document = documents[path]
            for key, value in document.items() if isinstance(document, dict) else ():
                if isinstance(key, str) and isinstance(value, (str, int, float)) and not isinstance(value, bool):
                    given.setdefault(key.replace("-", "_"), (str(value),))
        if given:
            yield Launch(launch.program, launch.path, launch.line, given)


def _named_documents(launch: Launch, documents: Mapping[str, object]) -> list[str]:
    folders = (launch.path.rpartition("/")[0], "", launch.program.rpartition("/")[0])
    found = []
    for value in dict.fromkeys(v for values in launch.options.values() for v in values):
        if value.endswith(CONFIG_SUFFIXES):
            paths = (normpath(f"{folder}/{value}" if folder else value) for folder in folders)
            found.extend([next((p for p in paths if p in documents), "")])
    return [path for path in found if path]


def _imported(
    imports: Callable[[], ImportGraph], outlines: Mapping[str, Outline], programs: Collection[str]
) -> dict[str, dict[str, bool]]:
    """For each program, the modules it imports, over others too, that take options, and whether they declare those of
    the program; a module that is a program itself declares its own, and takes from others only the environment."""
    if not programs:
        return {}
    graph = imports()
    found: dict[str, dict[str, bool]] = {}
    for program in sorted(programs):
        seen = {program}
        work = [program]
        while work:
            path = work.pop()
            for imported in graph.imported_by(path):
                fresh = [t for t in graph.targets(path, imported) if t not in seen and t in outlines]
                seen.update(fresh)
                work.extend(fresh)
        seen.discard(program)
        found[program] = {p: not outlines[p].starts for p in sorted(seen) if outlines[p].takes_options}
    return found
