"""From a project's files to its usages: triage, closure, lowering, flow, classification."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from tosguard.engine.codec import Codec
from tosguard.engine.filenames import FileNames
from tosguard.engine.files import Tree
from tosguard.engine.imports import ImportGraph
from tosguard.engine.knowledge import Knowledge
from tosguard.engine.request import Means, Watcher
from tosguard.engine.source import Source
from tosguard.engine.version import analyzer_version
from tosguard.report.model import AnalysisError
from tosguard.usage.model import Confidence, Evidence, Location, Step, Usage

if TYPE_CHECKING:
    from tosguard.engine.closure import Closure
    from tosguard.engine.lowering import Lowered
    from tosguard.engine.surface import Surface
    from tosguard.engine.surroundings import Surroundings
    from tosguard.flow.facts import Solution
    from tosguard.store import Store
    from tosguard.usage.texts import TextFile

#: Results by the content of all files, and by the content of those that matter.
_KIND, _CLOSURE_KIND = "result", "closure"


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


_CODEC = Codec((Analysis, AnalysisError, Usage, Location, Step, Evidence, Confidence))


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
    closure = _lowered(lowering, everything=False)
    usages, notices, others = _classified(lowering, closure)
    errors = tuple(dict.fromkeys((*tree.errors, *lowering.errors())))
    found = Analysis(usages, errors, notices, len(lowering.sources), lowering.cached, others, closure.paths)
    store.put(_KIND, key, _CODEC.encode(found))
    return found


def _classified(lowering: _Lowering, closure: Closure) -> tuple[tuple[Usage, ...], tuple[str, ...], tuple[Usage, ...]]:
    """The usages, notices and mentions of the files of a closure; from the cache if none of these files changed."""
    texts = lowering.texts()
    key = lowering.digest(closure, texts)
    data = lowering.store.get(_CLOSURE_KIND, key)
    if data is not None and isinstance(known := _CODEC.decode(data), tuple):
        usages, notices, others = known
        return usages, notices, others
    solution = _solve(lowering, closure)
    lowering.watcher.enter("classify")
    from tosguard.engine.sdks import name_sdks
    from tosguard.usage.classify import classify
    from tosguard.usage.mentions import mentions

    catalogue = lowering.knowledge.catalogue
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
    lowering.store.put(_CLOSURE_KIND, key, _CODEC.encode((usages, (*solution.notices, *failures), others)))
    return usages, (*solution.notices, *failures), others


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
    solution = _solve(lowering, _lowered(lowering, everything=everything), every_branch=every_branch)
    return solution, tuple(dict.fromkeys((*tree.errors, *lowering.errors())))


def _lowered(lowering: _Lowering, *, everything: bool) -> Closure:
    """Lower what has to be analysed."""
    from tosguard.engine.closure import Closure, close

    tree = lowering.tree
    if everything or not tree.routed:
        # Where no file names a library, a host or a data set, nobody's callers matter.
        paths = tree.python if everything else tree.named & tree.python
        lowering.lower(paths)
        return Closure(tuple(sorted(paths)))
    graph = ImportGraph(tree.imports())
    names = FileNames(tree.data_files())
    return close(tree.named & tree.python, graph, lowering.surfaces, names, tree.defines)


def _solve(lowering: _Lowering, closure: Closure, *, every_branch: bool = False) -> Solution:
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
        every_branch=every_branch,
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

    def digest(self, closure: Closure, texts: Collection[TextFile]) -> bytes:
        """Identifies what solution and classification read: these files, these texts, and the catalogue."""
        whole = blake2b(self.knowledge.digest, digest_size=16)
        for path in closure.paths:
            facts = self.tree.facts.get(path)
            role = "helper" if path in closure.helpers else ""
            whole.update(f"{path}\0{role}\0".encode("utf-8", "surrogateescape") + (facts.digest if facts else b""))
        for text in texts:
            place = f"{text.path}\0{text.cell}\0{text.first_line}\0{text.text}\0"
            whole.update(place.encode("utf-8", "surrogatepass"))
        around = self.surroundings()
        whole.update(self.tree.said_of_itself)
        given = (around.options, sorted(around.documents.items()), sorted(around.turns.items()))
        whole.update(repr(given).encode("utf-8", "surrogatepass"))
        return whole.digest()

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
