"""Which files must be analysed: those that triage names, those that reach them, and those they call.

A file joins when it imports a *name* that leads to a provider (not merely a module in which one stands), when a part of
a file that deals with a provider uses what it defines, and when it mentions a data file that an analysed file mentions
too: the middle of a chain over the disk. Nothing else is parsed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field

from tosguard.engine.filenames import FileNames
from tosguard.engine.imports import Imported, ImportGraph
from tosguard.engine.surface import Reach, Surface

#: Lowers a batch of files and returns the surface of each that could be read.
SurfacesOf = Callable[[Collection[str]], Mapping[str, Surface]]


@dataclass(slots=True)
class _State:
    """What is known so far, by path.

    Attributes:
        graph: who imports whom.
        surfaces: of the files lowered.
        tainted: the names that lead to a provider.
        spread: files whose tainted names were worked out.
        grown: files whose tainted names changed since they were last asked what they use.
        wanted: the names that others use.
        waiting: files of which more is wanted than was passed on.
        concerned: what the parts concerned mention, as far as it was passed on.
        reached: what the parts that others use mention, as far as it was passed on.
        reaches: what of a file is reached.
        heard: linked files that were asked what they use.
        seen: files that were lowered, or tried to be.
        linked: files that share a data file with another.
    """

    graph: ImportGraph
    surfaces: dict[str, Surface] = field(default_factory=dict)
    tainted: dict[str, frozenset[str]] = field(default_factory=dict)
    spread: set[str] = field(default_factory=set)
    grown: set[str] = field(default_factory=set)
    wanted: dict[str, set[str]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    concerned: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    reached: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    reaches: dict[str, Reach] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)


def close(
    candidates: Iterable[str],
    graph: ImportGraph,
    surfaces_of: SurfacesOf,
    names: FileNames | None = None,
) -> tuple[str, ...]:
    """All files to analyse, given those that triage found.

    Args:
        candidates: the paths that triage named.
        graph: the project's imports.
        surfaces_of: lowers a batch of files; called once a round with files it was not called with before.
        names: the data files that each file mentions.

    Returns:
        The paths in order. Files that could not be read are among them if they are candidates.
    """
    state = _State(graph)
    batch = set(candidates)
    while batch:
        state.seen |= batch
        state.surfaces.update(surfaces_of(sorted(batch)))
        _spread(state, batch)
        linked = names.sharing(state.seen) if names is not None else set()
        state.linked |= linked
        batch = (_callers(state) | _called(state) | linked) - state.seen
    return tuple(sorted(state.seen))


def _spread(state: _State, changed: Iterable[str]) -> None:
    """Taint names to a fixpoint over the files lowered so far."""
    work = sorted(changed)
    while work:
        path = work.pop()
        surface = state.surfaces.get(path)
        if surface is None:
            continue
        seeds = {
            imported.bound for imported in state.graph.imported_by(path) if _is_tainted(state, path, imported)
        } | _starred(state, path)
        known = state.tainted.get(path, frozenset())
        if path in state.spread and seeds <= known:
            continue
        state.spread.add(path)
        names = surface.tainted(seeds | known)
        if names != known:
            state.tainted[path] = names
            state.grown.add(path)
            work.extend(importer for importer, _ in state.graph.importers(path) if importer in state.surfaces)


def _is_tainted(state: _State, importer: str, imported: Imported) -> bool:
    return any(_brings(state, target, imported) for target in state.graph.targets(importer, imported))


def _brings(state: _State, target: str, imported: Imported) -> bool:
    """Whether this import of ``target`` brings in something tainted."""
    names = state.tainted.get(target)
    if not names:
        return False
    return _is_whole(target, imported) or imported.name in names


def _is_whole(target: str, imported: Imported) -> bool:
    """Whether the module itself is imported, not a name out of it."""
    folder, _, file = target.rpartition("/")
    own = folder.rpartition("/")[2] if file == "__init__.py" else file.partition(".")[0]
    return imported.name in ("", "*", own)


def _starred(state: _State, path: str) -> set[str]:
    found: set[str] = set()
    for imported in state.graph.imported_by(path):
        if imported.name == "*":
            for target in state.graph.targets(path, imported):
                found |= state.tainted.get(target, frozenset())
    return found


def _callers(state: _State) -> set[str]:
    """Files that import a tainted name of a file lowered so far."""
    return {
        importer
        for path in state.tainted
        for importer, imported in state.graph.importers(path)
        if importer not in state.seen and _brings(state, path, imported)
    }


def _called(state: _State) -> set[str]:
    """Files that define what the parts concerned use, as far as the files lowered so far show it.

    Everything here only grows from round to round, so each round passes on no more than what is new.
    """
    for path in sorted(state.grown):
        surface = state.surfaces[path]
        _want(state, path, state.concerned[path], surface.concerned(state.tainted[path]))
    state.grown.clear()
    for path in sorted(state.linked & state.surfaces.keys() - state.heard):
        state.heard.add(path)
        _want(state, path, state.concerned[path], state.surfaces[path].mentioned)
    while ready := sorted(state.waiting & state.surfaces.keys()):
        state.waiting.difference_update(ready)
        for path in ready:
            if path not in state.reaches:
                state.reaches[path] = Reach(state.surfaces[path])
            _want(state, path, state.reached[path], state.reaches[path].ask(state.wanted[path]))
    return set(state.wanted)


def _want(state: _State, path: str, known: set[str], mentions: frozenset[str]) -> None:
    """Ask the files that ``path`` imports for the names that ``mentions`` uses.

    Args:
        state: is told who is asked for more.
        path: the importer.
        known: what was mentioned when they were asked before; grows.
        mentions: identifiers that are mentioned now.
    """
    fresh = mentions - known
    known |= fresh
    for imported in state.graph.imported_by(path):
        if not imported.bound:
            asked: Set[str] = fresh
        elif imported.bound in known:
            asked = known if imported.bound in fresh else fresh
        else:
            continue
        for target in state.graph.targets(path, imported):
            names = asked if _is_whole(target, imported) else {imported.name}
            wanted = state.wanted.get(target)
            if wanted is None:
                state.wanted[target] = set(names)
            elif not names <= wanted:
                wanted |= names
            else:
                continue
            state.waiting.add(target)
