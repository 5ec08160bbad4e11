"""From a project's files to its usages: triage, closure, lowering, flow, classification."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from tosguard.engine.codec import Codec
from tosguard.engine.files import Tree
from tosguard.engine.knowledge import Knowledge
from tosguard.engine.reading import Reading
from tosguard.engine.request import Means, Watcher
from tosguard.engine.sharing import shared
from tosguard.report.model import AnalysisError
from tosguard.usage.model import Confidence, Evidence, Location, Step, Usage

if TYPE_CHECKING:
    from tosguard.catalog.catalogue import Catalogue
    from tosguard.engine.closure import Closure
    from tosguard.flow.facts import Solution
    from tosguard.store import Store
    from tosguard.usage.beside.texts import TextFile

#: Results by the content of all files, and of the files of a part.
_KIND, _PART_KIND = "result", "part"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the code says, before any terms.

    Attributes:
        usages: the usages, in order.
        errors: what could not be read or parsed.
        notices: what the flow solution could not tell.
        analysed: how many files were parsed or taken from the cache.
        mentions: what is used beside the usages, for the inventory.
        paths: the files that were analysed.
    """

    usages: tuple[Usage, ...]
    errors: tuple[AnalysisError, ...]
    notices: tuple[str, ...]
    analysed: int
    mentions: tuple[Usage, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What one part of a project says."""

    usages: tuple[Usage, ...]
    notices: tuple[str, ...]
    mentions: tuple[Usage, ...]


_CODEC = Codec((Analysis, _Told, AnalysisError, Usage, Location, Step, Evidence, Confidence))


def analyse(tree: Tree, knowledge: Knowledge, store: Store, means: Means, watcher: Watcher) -> Analysis:
    """The usages of a project; from the cache if nothing changed.

    Args:
        tree: the project's files, triaged.
        knowledge: the catalogue.
        store: the cache.
        means: how many processes may be used.
        watcher: is told how far it has come.
    """
    if not tree.named:
        return Analysis((), tree.errors, (), 0)
    key = blake2b(tree.digest + knowledge.digest, digest_size=16).digest()
    if (data := store.get(_KIND, key)) is not None and isinstance(known := _CODEC.decode(data), Analysis):
        return known
    reading = Reading(tree, knowledge, store, means, watcher)
    closure = _closure(reading, everything=False)
    reading.outline(closure.paths)
    told = _classified(reading, closure)
    errors = tuple(dict.fromkeys((*tree.errors, *reading.errors())))
    found = Analysis(told.usages, errors, told.notices, len(reading.outlines), told.mentions, closure.paths)
    store.put(_KIND, key, _CODEC.encode(found))
    return found


def _classified(reading: Reading, closure: Closure) -> _Told:
    """What the files of a closure say, part by part; of each part from the cache if none of its files changed."""
    parts = _parts(reading, closure)
    is_part = len(parts) > 1
    keys = [reading.digest(part, texts, is_part=is_part) for part, texts in parts]
    answers: list[Any] = [reading.store.get(_PART_KIND, key) for key in keys]
    told: list[Any] = [None if data is None else _CODEC.decode(data) for data in answers]
    waiting = [number for number, known in enumerate(told) if not isinstance(known, _Told)]
    waiting.sort(key=lambda number: -len(parts[number][0].paths))
    reading.watcher.enter("solve", len(closure.paths))
    items = [(number, *parts[number]) for number in waiting]
    for number, data in _fresh(reading, items, is_part=is_part):
        reading.store.put(_PART_KIND, keys[number], data)
        told[number] = _CODEC.decode(data)
    return _Told(
        tuple(sorted((usage for part in told for usage in part.usages), key=Usage.order)),
        tuple(dict.fromkeys(notice for part in told for notice in part.notices)),
        tuple(mention for part in told for mention in part.mentions),
    )


def _fresh(
    reading: Reading, waiting: Sequence[tuple[int, Closure, Sequence[TextFile]]], *, is_part: bool
) -> Iterator[tuple[int, bytes]]:
    """What parts say that the cache does not know, encoded, with their numbers; on several processes where there are
    several."""
    if not waiting:
        return
    # Before a process is forked: the store that these may come from is this one's alone, and so is the terminal.
    catalogue = reading.knowledge.catalogue
    reading.lower([path for _, part, _ in waiting for path in part.paths])
    work = reading if len(waiting) < 2 else reading.unwatched()

    def tell(item: tuple[int, Closure, Sequence[TextFile]]) -> tuple[int, bytes]:
        number, part, texts = item
        return number, _CODEC.encode(_tell(work, part, texts, catalogue, is_part=is_part))

    found: list[Any] = shared(waiting, tell, reading.means.jobs)
    yield from found


def _parts(reading: Reading, closure: Closure) -> list[tuple[Closure, list[TextFile]]]:
    """What is solved by itself, and the texts beside the code that each part is told with: a project as a whole, unless
    it is large."""
    from tosguard.engine.parts import Holders, joined_groups, parts_of, sharing_sets
    from tosguard.flow.solver.focus import LARGE

    lines = {path: outline.lines for path, outline in reading.outlines.items()}
    texts = reading.texts()
    if not reading.tree.routed or sum(lines.values()) < LARGE:
        return [(closure, texts)]
    kin = sharing_sets((path, outline.sets) for path, outline in reading.outlines.items())
    groups = reading.joints.groups(closure.paths, kin, lambda joints: joined_groups(closure.paths, joints, kin))
    parts = parts_of(closure, lines, groups)
    beside: list[list[TextFile]] = [[] for _ in parts]
    holders = Holders(enumerate(part.paths for part in parts), lines)
    for text in texts:
        beside[holders.around(text.path) or 0].append(text)
    return list(zip(parts, beside, strict=True))


def _tell(reading: Reading, part: Closure, texts: Sequence[TextFile], catalogue: Catalogue, *, is_part: bool) -> _Told:
    """Solve and classify a project or a part of one."""
    solution = _solve(reading, part, is_part=is_part)
    reading.watcher.enter("classify")
    from tosguard.engine.sdks import name_sdks
    from tosguard.usage.classify import classify
    from tosguard.usage.telling.mentions import mentions

    failures: dict[str, None] = {}
    classified = classify(
        solution,
        catalogue,
        texts=texts,
        readmes=reading.tree.readmes,
        turns=reading.surroundings.turns,
        failures=failures,
    )
    usages = name_sdks(classified, solution, catalogue)
    others = name_sdks(mentions(solution, catalogue, usages, texts), solution, catalogue)
    return _Told(usages, (*solution.notices, *failures), others)


def solve_tree(
    tree: Tree,
    knowledge: Knowledge,
    store: Store,
    means: Means,
    watcher: Watcher,
    *,
    everything: bool,
    every_branch: bool = True,
) -> tuple[Solution, tuple[AnalysisError, ...]]:
    """The flow solution itself.

    Args:
        tree: the project's files, triaged.
        knowledge: the catalogue.
        store: the cache.
        means: how many processes may be used.
        watcher: is told how far it has come.
        everything: analyse all files, not only those that reach a provider.
        every_branch: follow both sides of a test even where the callers decide it.
    """
    reading = Reading(tree, knowledge, store, means, watcher)
    closure = _closure(reading, everything=everything)
    reading.outline(closure.paths)
    solution = _solve(reading, closure, every_branch=every_branch)
    return solution, tuple(dict.fromkeys((*tree.errors, *reading.errors())))


def _closure(reading: Reading, *, everything: bool) -> Closure:
    """What has to be analysed."""
    from tosguard.engine.closing import closure_of
    from tosguard.engine.closure import Closure

    tree = reading.tree
    if everything or not tree.routed:
        # Where no file names a library, a host or a data set, nobody's callers matter.
        return Closure(tuple(sorted(tree.python if everything else tree.named & tree.python)))
    return closure_of(reading)


def _solve(reading: Reading, closure: Closure, *, every_branch: bool = False, is_part: bool = False) -> Solution:
    """The flow solution of lowered files; for a call graph, with both sides of every test."""
    from tosguard.flow.programs.project import SourceModule
    from tosguard.flow.solve import solve

    reading.lower(closure.paths)
    reading.watcher.enter("solve", len(closure.paths))
    modules = [
        SourceModule(path, reading.modules[path].module, reading.sources[path].rows, is_helper=path in closure.helpers)
        for path in closure.paths
        if path in reading.modules
    ]
    around = reading.surroundings
    return solve(
        modules,
        reading.knowledge.catalogue,
        options=around.options,
        documents={**around.documents, **reading.tree.prompts},
        unread=reading.namesakes(closure),
        every_branch=every_branch,
        is_part=is_part,
    )
