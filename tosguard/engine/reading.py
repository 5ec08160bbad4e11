"""The files that a run reads and lowers, and what it keeps of them: each only when somebody asks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from tosguard.engine.request import Unwatched
from tosguard.engine.version import analyzer_version
from tosguard.report.model import AnalysisError

if TYPE_CHECKING:
    from tosguard.engine.closure import Closure
    from tosguard.engine.files import Tree
    from tosguard.engine.joints import ProjectJoints
    from tosguard.engine.knowledge import Knowledge
    from tosguard.engine.lowering import Lowered
    from tosguard.engine.outline import Outline
    from tosguard.engine.request import Means, Watcher
    from tosguard.engine.source import Source
    from tosguard.engine.surface import Surface
    from tosguard.engine.surroundings import Surroundings
    from tosguard.store import Store
    from tosguard.usage.beside.texts import TextFile


@dataclass
class Reading:
    """What is known of the files analysed.

    Attributes:
        tree: the project's files, triaged.
        knowledge: the catalogue.
        store: the cache.
        means: how many processes may be used.
        watcher: is told how far it has come.
        sources: the files read.
        modules: the files lowered, or taken from the cache.
        outlines: of the files that are analysed, once they are told.
    """

    tree: Tree
    knowledge: Knowledge
    store: Store
    means: Means
    watcher: Watcher
    sources: dict[str, Source] = field(default_factory=dict)
    modules: dict[str, Lowered] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)

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
        """Lower a batch of files, those that were not before, and return their sources."""
        from tosguard.engine.lowering import key_of, lower_all

        fresh = sorted(path for path in paths if path not in self.sources)
        if fresh:
            self.watcher.enter("read", len(fresh))
            batch = self._read(fresh)
            self.sources.update(batch)
            keys = {path: key_of(source.text) for path, source in batch.items()}
            texts = {keys[path]: source.text for path, source in batch.items()}
            self.watcher.enter("parse", len(texts))
            lowered, _ = lower_all(
                texts, self.store, analyzer_version(), jobs=self.means.jobs, advance=self.watcher.advance
            )
            self.modules.update({path: lowered[key] for path, key in keys.items()})
        return {path: self.sources[path] for path in paths if path in self.sources}

    def unwatched(self) -> Reading:
        """The same with nobody told how far it has come."""
        other = copy(self)
        other.watcher = Unwatched()
        return other

    def outline(self, paths: Collection[str]) -> None:
        """Tell the outlines of the files that are analysed; those that nobody remembers are lowered."""
        from tosguard.engine.outline import outline_of, packed, unpacked

        known = {path: facts.outline for path in paths if (facts := self.tree.facts.get(path)) is not None}
        told = {path: unpacked(data) for path, data in known.items() if data is not None}
        fresh = self.lower([path for path in paths if path not in told])
        for path, source in fresh.items():
            told[path] = outline_of(source, self.modules[path])
            self.tree.note(path, packed(told[path]))
        self.outlines = {path: told[path] for path in sorted(told)}

    @cached_property
    def joints(self) -> ProjectJoints:
        """What joins the project's files."""
        from tosguard.engine.joints import ProjectJoints

        return ProjectJoints(self.tree, self.store)

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
        around = self.surroundings
        whole.update(self.tree.said_of_itself)
        own = set(part.paths)
        options = [given for given in around.options.items() if given[0][0] in own]
        turns = [given for given in sorted(around.turns.items()) if given[0] in own]
        given = (is_part, options, sorted(around.documents.items()), turns)
        whole.update(repr(given).encode("utf-8", "surrogatepass"))
        return whole.digest()

    def namesakes(self, closure: Closure) -> tuple[str, ...]:
        """The Python files outside a closure that are called as one inside: an import may mean them."""
        names = {path.rpartition("/")[2] for path in closure.paths}
        called = {path for name in names for path in self._called.get(name, ())}
        return tuple(sorted(called.difference(closure.paths)))

    @cached_property
    def surroundings(self) -> Surroundings:
        """What scripts and configurations give to the files analysed."""
        from tosguard.engine.surroundings import surroundings_of

        return surroundings_of(self.tree, self.outlines, lambda: self.joints.imports)

    def texts(self) -> list[TextFile]:
        """What beside Python names something: scripts, configurations, and what notebooks hand to a shell or write."""
        from tosguard.usage.beside.manifests import PROGRAMS
        from tosguard.usage.beside.texts import TextFile

        found = []
        programs = {p for p in self.tree.named if p.rpartition("/")[2] in PROGRAMS}
        for path in sorted(self.tree.named - self.tree.python | programs):
            if (source := self.tree.source(path)) is not None:
                found.append(TextFile(path, source.text))
        for path, outline in self.outlines.items():
            found += [TextFile(path, command.text, command.line, command.cell) for command in outline.commands]
        return found

    def errors(self) -> list[AnalysisError]:
        """What could not be decoded or parsed, in the order of paths."""
        return [AnalysisError(path, *error) for path, outline in self.outlines.items() for error in outline.errors]

    @cached_property
    def _called(self) -> Mapping[str, list[str]]:
        """The project's Python files by the names of their files."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in self.tree.python:
            found[path.rpartition("/")[2]].append(path)
        return found

    def _read(self, paths: Collection[str]) -> dict[str, Source]:
        found = {}
        for path in paths:
            if (source := self.tree.source(path)) is not None:
                found[path] = source
            self.watcher.advance()
        return found
