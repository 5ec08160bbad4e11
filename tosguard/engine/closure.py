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
from tosguard.engine.surface import Reach, References, Surface
from tosguard.sources.importing import EVERY

#: Lowers a batch of files and returns the surface of each that could be read.
SurfacesOf = Callable[[Collection[str]], Mapping[str, Surface]]
#: Whether a file that was not lowered may bind one of these names, by itself or by a star import.
Defines = Callable[[str, Set[str]], bool]

#: What takes a name of a module by a string.
_TAKING = frozenset({"getattr", "attrgetter", "vars", "__dict__", "inspect"})


@dataclass(frozen=True, slots=True)
class Closure:
    """What must be analysed.

    Attributes:
        paths: the files in order, those that could not be read among them if they are candidates.
        helpers: those of them that matter only for what the others call there: they name nothing of interest
            themselves, import nothing that leads to a provider, and share no data file with another.
        missed: files outside that star imports lead to, with the names they were asked for, of which they define none.
    """

    paths: tuple[str, ...]
    helpers: frozenset[str] = frozenset()
    missed: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _State:
    """What is known so far, by path.

    Attributes:
        graph: who imports whom.
        defines: see ``close``.
        surfaces: of the files lowered.
        tainted: the names that lead to a provider.
        spread: files whose tainted names were worked out.
        grown: files whose tainted names changed since they were last asked what they use.
        wanted: the names that others use.
        waiting: files of which more is wanted than was passed on.
        starred: files of which names are wanted by star imports alone.
        concerned: what the parts concerned refer to, as far as it was passed on.
        reached: what the parts that others use refer to, as far as it was passed on.
        reaches: what of a file is reached.
        heard: linked files that were asked what they use.
        seen: files that were lowered, or tried to be.
        linked: files that share a data file with another.
    """

    graph: ImportGraph
    defines: Defines
    surfaces: dict[str, Surface] = field(default_factory=dict)
    tainted: dict[str, frozenset[str]] = field(default_factory=dict)
    spread: set[str] = field(default_factory=set)
    grown: set[str] = field(default_factory=set)
    wanted: dict[str, set[str]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    starred: set[str] = field(default_factory=set)
    concerned: dict[str, dict[str, frozenset[str]]] = field(default_factory=lambda: defaultdict(dict))
    reached: dict[str, dict[str, frozenset[str]]] = field(default_factory=lambda: defaultdict(dict))
    reaches: dict[str, Reach] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)


def close(
    candidates: Iterable[str],
    graph: ImportGraph,
    surfaces_of: SurfacesOf,
    names: FileNames | None = None,
    defines: Defines = lambda _path, _names: True,
) -> Closure:
    """All files to analyse, given those that triage found.

    Args:
        candidates: the paths that triage named.
        graph: the project's imports.
        surfaces_of: lowers a batch of files; called once a round with files it was not called with before.
        names: the data files that each file mentions.
        defines: asked of files that star imports lead to, so that not all that a package gathers is lowered.
    """
    state = _State(graph, defines)
    named = frozenset(candidates)
    batch = set(named)
    while batch:
        state.seen |= batch
        state.surfaces.update(surfaces_of(sorted(batch)))
        _spread(state, batch)
        linked = names.sharing(state.seen) if names is not None else set()
        state.linked |= linked
        batch = (_callers(state) | _called(state) | linked) - state.seen
    helpers = frozenset(p for p in state.seen - named - state.linked if not state.tainted.get(p))
    missed = {path: frozenset(state.wanted[path]) for path in sorted(state.wanted.keys() - state.seen)}
    return Closure(tuple(sorted(state.seen)), helpers, missed)


def _spread(state: _State, changed: Iterable[str]) -> None:
    """Taint names to a fixpoint over the files lowered so far."""
    work = dict.fromkeys(sorted(changed))
    while work:
        path, _ = work.popitem()
        surface = state.surfaces.get(path)
        if surface is None:
            continue
        seeds = _seeds(state, path)
        known = state.tainted.get(path, frozenset())
        if path in state.spread and seeds <= known:
            continue
        state.spread.add(path)
        names = surface.tainted(seeds | known)
        if names != known:
            state.tainted[path] = names
            state.grown.add(path)
            work.update((importer, None) for importer, _ in state.graph.importers(path) if importer in state.surfaces)


def _seeds(state: _State, path: str) -> set[str]:
    """The names that imports of something tainted bind in a file."""
    found: set[str] = set()
    for imported, targets in state.graph.leading(path):
        if imported.name == "*":
            found.update(*(state.tainted.get(target, ()) for target in targets))
        elif any(_brings(state, target, imported) for target in targets):
            found.add(imported.bound)
    return found


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
    return imported.name in ("", "*", EVERY, own)


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
        # What loads modules by name is seldom the function that deals with a provider.
        loads = any(each.name == EVERY for each, _ in state.graph.leading(path))
        concerned = surface.references if loads else surface.concerned(state.tainted[path])
        _want(state, path, state.concerned[path], concerned)
    state.grown.clear()
    for path in sorted(state.linked & state.surfaces.keys() - state.heard):
        state.heard.add(path)
        _want(state, path, state.concerned[path], state.surfaces[path].references)
    while ready := sorted(state.waiting & state.surfaces.keys()):
        state.waiting.difference_update(ready)
        for path in ready:
            if path not in state.reaches:
                state.reaches[path] = Reach(state.surfaces[path])
            _want(state, path, state.reached[path], state.reaches[path].ask(state.wanted[path]))
    return {
        path
        for path, names in state.wanted.items()
        if path not in state.seen and (path not in state.starred or state.defines(path, names))
    }


def _want(state: _State, path: str, known: dict[str, frozenset[str]], references: References) -> None:
    """Ask the files that ``path`` imports for the names that these references use.

    Args:
        state: is told who is asked for more.
        path: the importer.
        known: what was referred to when they were asked before; grows.
        references: what is referred to now.
    """
    fresh: set[str] = set()
    for name, attributes in references.items():
        before = known.get(name)
        if before is None or not attributes <= before:
            known[name] = attributes if before is None else before | attributes
            fresh.add(name)
    for imported, targets in state.graph.leading(path) if fresh else ():
        if not imported.bound:
            asked: Set[str] = fresh
        elif imported.name == EVERY:
            asked = state.surfaces[path].mentions if imported.bound in fresh else frozenset()
        elif imported.bound in fresh:
            asked = _asked(known, imported.bound)
        else:
            continue
        for target in targets:
            # ``from clean import clean`` may mean the module or what it defines.
            own = {imported.name} - {"", "*", EVERY}
            is_star = imported.name in ("*", EVERY)
            _ask(state, target, asked | own if _is_whole(target, imported) else own, is_star=is_star)


def _asked(known: References, module: str) -> Set[str]:
    """The names that are taken of a module: where it is handed to ``getattr`` or the like, any that is named at all."""
    attributes = known[module] - {""}
    if attributes != known[module] and not _TAKING.isdisjoint(known):
        return attributes | {name for name, each in known.items() if "" in each}
    return attributes


def _ask(state: _State, target: str, names: Set[str], *, is_star: bool) -> None:
    """Ask a file for names."""
    wanted = state.wanted.get(target)
    if not is_star:
        state.starred.discard(target)
    elif wanted is None:
        state.starred.add(target)
    if wanted is None:
        state.wanted[target] = set(names)
    elif not names <= wanted:
        wanted |= names
    else:
        return
    state.waiting.add(target)
