"""From a project's files to its usages: triage, closure, lowering, flow, classification."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from tosguard.engine.codec import Codec
from tosguard.engine.filenames import FileNames
from tosguard.engine.files import Tree
from tosguard.engine.imports import ImportGraph
from tosguard.engine.knowledge import Knowledge
from tosguard.engine.request import Means, Unwatched, Watcher
from tosguard.engine.sharing import shared
from tosguard.engine.source import Source
from tosguard.engine.version import analyzer_version
from tosguard.report.model import AnalysisError
from tosguard.usage.model import Confidence, Evidence, Location, Step, Usage

if TYPE_CHECKING:
    from tosguard.catalog.catalogue import Catalogue
    from tosguard.engine.closure import Closure
    from tosguard.engine.lowering import Lowered
    from tosguard.engine.parts import Joints
    from tosguard.engine.surface import Surface
    from tosguard.engine.surroundings import Surroundings
    from tosguard.flow.facts import Solution
    from tosguard.store import Store
    from tosguard.usage.texts import TextFile

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
        cached: how many of them came from the cache.
        mentions: what is used beside the usages, for the inventory.
        paths: the files that were analysed.
    """

    usages: tuple[Usage, ...]
    errors: tuple[AnalysisError, ...]
    notices: tuple[str, ...]
    analysed: int
    cached: int
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
        return Analysis((), tree.errors, (), 0, 0)
    key = blake2b(tree.digest + knowledge.digest, digest_size=16).digest()
    if (data := store.get(_KIND, key)) is not None and isinstance(known := _CODEC.decode(data), Analysis):
        return replace(known, cached=known.analysed)
    lowering = _Lowering(tree, knowledge, store, means, watcher)
    closure, joints = _lowered(lowering, everything=False)
    told = _classified(lowering, closure, joints)
    errors = tuple(dict.fromkeys((*tree.errors, *lowering.errors())))
    found = Analysis(
        told.usages, errors, told.notices, len(lowering.sources), lowering.cached, told.mentions, closure.paths
    )
    store.put(_KIND, key, _CODEC.encode(found))
    return found


def _classified(lowering: _Lowering, closure: Closure, joints: Joints | None) -> _Told:
    """What the files of a closure say, part by part; of each part from the cache if none of its files changed."""
    parts = _parts(lowering, closure, joints)
    is_part = len(parts) > 1
    keys = [lowering.digest(part, texts, is_part=is_part) for part, texts in parts]
    answers: list[Any] = [lowering.store.get(_PART_KIND, key) for key in keys]
    told: list[Any] = [None if data is None else _CODEC.decode(data) for data in answers]
    waiting = [number for number, known in enumerate(told) if not isinstance(known, _Told)]
    waiting.sort(key=lambda number: -len(parts[number][0].paths))
    lowering.watcher.enter("solve", len(closure.paths))
    items = [(number, *parts[number]) for number in waiting]
    for number, data in _fresh(lowering, items, is_part=is_part):
        lowering.store.put(_PART_KIND, keys[number], data)
        told[number] = _CODEC.decode(data)
    return _Told(
        tuple(sorted((usage for part in told for usage in part.usages), key=Usage.order)),
        tuple(dict.fromkeys(notice for part in told for notice in part.notices)),
        tuple(mention for part in told for mention in part.mentions),
    )


def _fresh(
    lowering: _Lowering, waiting: Sequence[tuple[int, Closure, Sequence[TextFile]]], *, is_part: bool
) -> Iterator[tuple[int, bytes]]:
    """What parts say that the cache does not know, encoded, with their numbers; on several processes where there are
    several."""
    if not waiting:
        return
    # Before a process is forked: the store that this may come from is this one's alone, and so is the terminal.
    catalogue = lowering.knowledge.catalogue
    work = lowering if len(waiting) < 2 else replace(lowering, watcher=Unwatched())

    def tell(item: tuple[int, Closure, Sequence[TextFile]]) -> tuple[int, bytes]:
        number, part, texts = item
        return number, _CODEC.encode(_tell(work, part, texts, catalogue, is_part=is_part))

    found: list[Any] = shared(waiting, tell, lowering.means.jobs)
    yield from found


def _parts(lowering: _Lowering, closure: Closure, joints: Joints | None) -> list[tuple[Closure, list[TextFile]]]:
    """What is solved by itself, and the texts beside the code that each part is told with: a project as a whole, unless
    it is large."""
    from tosguard.engine.parts import Holders, parts_of, sharing_sets
    from tosguard.flow.focus import LARGE

    lines = {path: len(lowering.modules[path].module.line_starts) for path in closure.paths if path in lowering.modules}
    texts = lowering.texts()
    if joints is None or sum(lines.values()) < LARGE:
        return [(closure, texts)]
    sets = sharing_sets((path, lowering.sources[path].text) for path in lines)
    parts = parts_of(closure, lines, joints, sets)
    beside: list[list[TextFile]] = [[] for _ in parts]
    holders = Holders(enumerate(part.paths for part in parts), lines)
    for text in texts:
        beside[holders.around(text.path) or 0].append(text)
    return list(zip(parts, beside, strict=True))


def _tell(
    lowering: _Lowering, part: Closure, texts: Sequence[TextFile], catalogue: Catalogue, *, is_part: bool
) -> _Told:
    """Solve and classify a project or a part of one."""
    solution = _solve(lowering, part, is_part=is_part)
    lowering.watcher.enter("classify")
    from tosguard.engine.sdks import name_sdks
    from tosguard.usage.classify import classify
    from tosguard.usage.mentions import mentions

    failures: dict[str, None] = {}
    classified = classify(
        solution,
        catalogue,
        texts=texts,
        readmes=lowering.tree.readmes,
        turns=lowering.surroundings().turns,
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
    lowering = _Lowering(tree, knowledge, store, means, watcher)
    closure, _ = _lowered(lowering, everything=everything)
    solution = _solve(lowering, closure, every_branch=every_branch)
    return solution, tuple(dict.fromkeys((*tree.errors, *lowering.errors())))


def _lowered(lowering: _Lowering, *, everything: bool) -> tuple[Closure, Joints | None]:
    """Lower what has to be analysed; what joins its files, where that was asked."""
    from tosguard.engine.closure import Closure, close
    from tosguard.engine.parts import Joints

    tree = lowering.tree
    if everything or not tree.routed:
        # Where no file names a library, a host or a data set, nobody's callers matter.
        paths = tree.python if everything else tree.named & tree.python
        lowering.lower(paths)
        return Closure(tuple(sorted(paths))), None
    joints = Joints(ImportGraph(tree.imports()), FileNames(tree.data_files()))
    found = close(tree.named & tree.python, joints.imports, lowering.surfaces, joints.names, tree.defines)
    return found, joints


def _solve(lowering: _Lowering, closure: Closure, *, every_branch: bool = False, is_part: bool = False) -> Solution:
    """The flow solution of lowered files; for a call graph, with both sides of every test."""
    from tosguard.flow.project import SourceModule
    from tosguard.flow.solve import solve

    lowering.watcher.enter("solve", len(closure.paths))
    modules = [
        SourceModule(
            path, lowering.modules[path].module, lowering.sources[path].rows, is_helper=path in closure.helpers
        )
        for path in closure.paths
        if path in lowering.modules
    ]
    around = lowering.surroundings()
    return solve(
        modules,
        lowering.knowledge.catalogue,
        options=around.options,
        documents=around.documents,
        unread=lowering.namesakes(closure),
        every_branch=every_branch,
        is_part=is_part,
    )


@dataclass(slots=True)
class _Lowering:
    """The files lowered so far, and what came of them."""

    tree: Tree
    knowledge: Knowledge
    store: Store
    means: Means
    watcher: Watcher
    sources: dict[str, Source] = field(default_factory=dict)
    modules: dict[str, Lowered] = field(default_factory=dict)
    cached: int = 0
    _surroundings: Surroundings | None = None
    _called: dict[str, list[str]] | None = None

    def surfaces(self, paths: Collection[str]) -> Mapping[str, Surface]:
        """Lower a batch of files and return their surfaces."""
        from tosguard.engine.surface import surface_of

        batch = self.lower(paths)
        self.watcher.enter("closure")
        return {
            path: surface_of(self.modules[path].module, source.text, self.tree.marks(path))
            for path, source in batch.items()
        }

    def lower(self, paths: Collection[str]) -> Mapping[str, Source]:
        """Lower a batch of files and return their sources."""
        from tosguard.engine.lowering import key_of, lower_all

        self.watcher.enter("read", len(paths))
        batch = self._read(paths)
        self.sources.update(batch)
        keys = {path: key_of(source.text) for path, source in batch.items()}
        texts = {keys[path]: source.text for path, source in batch.items()}
        self.watcher.enter("parse", len(texts))
        lowered, cached = lower_all(
            texts, self.store, analyzer_version(), jobs=self.means.jobs, advance=self.watcher.advance
        )
        self.cached += cached
        self.modules.update({path: lowered[key] for path, key in keys.items()})
        return batch

    def digest(self, part: Closure, texts: Collection[TextFile], *, is_part: bool) -> bytes:
        """Identifies what solution and classification read: these files, these texts, and the catalogue."""
        whole = blake2b(self.knowledge.digest, digest_size=16)
        for path in part.paths:
            facts = self.tree.facts.get(path)
            role = "helper" if path in part.helpers else ""
            whole.update(f"{path}\0{role}\0".encode("utf-8", "surrogateescape") + (facts.digest if facts else b""))
        for text in texts:
            place = f"{text.path}\0{text.cell}\0{text.first_line}\0{text.text}\0"
            whole.update(place.encode("utf-8", "surrogatepass"))
        whole.update("\0".join(self.namesakes(part)).encode("utf-8", "surrogateescape"))
        around = self.surroundings()
        whole.update(self.tree.said_of_itself)
        own = set(part.paths)
        options = [given for given in around.options.items() if given[0][0] in own]
        turns = [given for given in sorted(around.turns.items()) if given[0] in own]
        given = (is_part, options, sorted(around.documents.items()), turns)
        whole.update(repr(given).encode("utf-8", "surrogatepass"))
        return whole.digest()

    def namesakes(self, closure: Closure) -> tuple[str, ...]:
        """The Python files outside a closure that are called as one inside: an import may mean them."""
        if self._called is None:
            self._called = defaultdict(list)
            for path in self.tree.python:
                self._called[path.rpartition("/")[2]].append(path)
        names = {path.rpartition("/")[2] for path in closure.paths}
        return tuple(sorted({path for name in names for path in self._called.get(name, ())}.difference(closure.paths)))

    def surroundings(self) -> Surroundings:
        """What scripts and configurations give to the files lowered; looked up once, when all are."""
        if self._surroundings is None:
            from tosguard.engine.surroundings import surroundings_of

            self._surroundings = surroundings_of(self.tree, self.sources)
        return self._surroundings

    def texts(self) -> list[TextFile]:
        """What beside Python names something: scripts, configurations, and what notebooks hand to a shell or write."""
        from tosguard.usage.manifests import PROGRAMS
        from tosguard.usage.texts import TextFile

        found = []
        programs = {p for p in self.tree.named if p.rpartition("/")[2] in PROGRAMS}
        for path in sorted(self.tree.named - self.tree.python | programs):
            if (source := self.tree.source(path)) is not None:
                found.append(TextFile(path, source.text))
        for path, source in sorted(self.sources.items()):
            found += [
                TextFile(path, part.text, part.line, part.cell) for part in source.commands if part.kind == "shell"
            ]
        return found

    def errors(self) -> list[AnalysisError]:
        """What could not be decoded or parsed, in the order of paths."""
        found = []
        for path, source in sorted(self.sources.items()):
            if source.problem is not None:
                found.append(AnalysisError(path, *source.problem))
            if (lowered := self.modules.get(path)) is not None:
                found += source.errors_at(lowered.problems)
        return found

    def _read(self, paths: Collection[str]) -> dict[str, Source]:
        found = {}
        for path in sorted(paths):
            if (source := self.tree.source(path)) is not None:
                found[path] = source
            self.watcher.advance()
        return found
