"""Which files must be analysed: those that triage names, those that reach them, and those they call.

A file joins when it imports a *name* that leads to a provider (not merely a module in which one stands), when a part of
a file that deals with a provider uses what it defines, and when it mentions a data file that an analysed file mentions
too: the middle of a chain over the disk. Nothing else is parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from tosguard.engine.filenames import FileNames
from tosguard.engine.imports import Imported, ImportGraph
from tosguard.engine.surface import Surface

#: Lowers a batch of files and returns the surface of each that could be read.
SurfacesOf = Callable[[Collection[str]], Mapping[str, Surface]]


@dataclass(slots=True)
class _State:
    graph: ImportGraph
    surfaces: dict[str, Surface] = field(default_factory=dict)
    tainted: dict[str, frozenset[str]] = field(default_factory=dict)
    wanted: dict[str, set[str]] = field(default_factory=dict)
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
        names = surface.tainted(seeds)
        if names != state.tainted.get(path, frozenset()):
            state.tainted[path] = names
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
    """Files that define what the parts concerned use, as far as the files lowered so far show it."""
    state.wanted = {}
    work = sorted(path for path, names in state.tainted.items() if names or state.surfaces[path].parts)
    for path in work:
        _want(state, path, state.surfaces[path].concerned(state.tainted[path]))
    for path in sorted(state.linked & state.surfaces.keys()):
        _want(state, path, state.surfaces[path].mentioned)
    work = sorted(state.wanted)
    done: dict[str, frozenset[str]] = {}
    while work:
        path = work.pop()
        surface = state.surfaces.get(path)
        names = frozenset(state.wanted[path])
        if surface is None or done.get(path) == names:
            continue
        done[path] = names
        work.extend(_want(state, path, surface.reached(names)))
    return set(state.wanted)


def _want(state: _State, path: str, mentions: frozenset[str]) -> list[str]:
    """Ask the files that ``path`` imports for the names that ``mentions`` uses; returns the files asked for more."""
    grown = []
    for imported in state.graph.imported_by(path):
        if imported.bound and imported.bound not in mentions:
            continue
        for target in state.graph.targets(path, imported):
            asked = mentions if _is_whole(target, imported) else {imported.name}
            wanted = state.wanted.setdefault(target, set())
            if not asked <= wanted:
                wanted |= asked
                grown.append(target)
    return grown
