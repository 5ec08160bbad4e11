"""A project's files as the run sees them: listed, identified, triaged, and read when their text is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from hashlib import blake2b, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tosguard.engine.filenames import file_names
from tosguard.engine.imports import Imported
from tosguard.engine.manifest import Facts, Stat, now_ns, plain, read_manifest, unpacked, write_manifest
from tosguard.engine.own import OwnLibraries, own_libraries
from tosguard.engine.request import Project, Watcher
from tosguard.engine.sharing import shared
from tosguard.engine.source import Source, source_of
from tosguard.report.model import AnalysisError
from tosguard.sources.discovery import SourceFile, discover
from tosguard.sources.importing import bound_in, packed_imports
from tosguard.sources.kinds import CONFIG, NOTEBOOK, PYTHON
from tosguard.sources.notebook import NotebookProblem
from tosguard.sources.prompts import prompts_of
from tosguard.sources.prose import without_prose
from tosguard.sources.reading import Unreadable, binary, decode, read
from tosguard.sources.readme import folders_of, readmes_of
from tosguard.sources.triage import Triage
from tosguard.usage.beside.manifests import declares

if TYPE_CHECKING:
    from tosguard.engine.knowledge import Knowledge
    from tosguard.store import Store

_KIND = "manifest"
_SUPPRESSION = b"tosguard"
_NOTHING = Triage(())

#: Bytes that are looked through before others join in, and from which on it is worth it (20 ms to look through).
_BEFORE_SHARING, _WORTH_SHARING = 300_000, 1_000_000


@dataclass(slots=True)
class Tree:
    """The files of a project.

    Attributes:
        root: the directory they are under.
        kinds: path → kind.
        facts: path → what is known of it.
        errors: what could not be listed or read.
        readmes: the beginnings of what the project, and the parts in which triage found something, say of themselves.
        prompts: the texts of prompts that stand in files of their own, by path.
        listing: git's list of the files, if they are all from it.
        began_ns: when the first of them was looked at.
    """

    root: Path
    kinds: Mapping[str, str]
    facts: dict[str, Facts]
    errors: tuple[AnalysisError, ...]
    readmes: Mapping[str, str]
    prompts: Mapping[str, str]
    listing: bytes | None
    began_ns: int
    _knowledge: Knowledge
    _own: OwnLibraries
    _stats: Mapping[str, Stat]
    _key: bytes
    _is_new: bool
    _bound: dict[str, frozenset[str] | None] = field(default_factory=dict)

    @property
    def digest(self) -> bytes:
        """Identifies all files: their paths and contents, and what the READMEs and the prompts say."""
        whole = blake2b(self.said_of_itself, digest_size=16)
        for path in sorted(self.facts):
            whole.update(path.encode("utf-8", "surrogateescape") + b"\0" + self.facts[path].digest)
        return whole.digest()

    @property
    def said_of_itself(self) -> bytes:
        """All READMEs and prompts in one."""
        said = (sorted(self.readmes.items()), sorted(self.prompts.items()))
        return repr(said).encode("utf-8", "surrogatepass")

    @property
    def marked_by(self) -> bytes:
        """Identifies what triage looks for, in any of the files."""
        return self._knowledge.digest + self._own.identity()

    @property
    def named(self) -> frozenset[str]:
        """The files in which triage found something."""
        return frozenset(path for path, facts in self.facts.items() if facts.named)

    @property
    def routed(self) -> bool:
        """Whether any file names a library, a host or a data set that something can come from. Where none does, a
        word here and there, or a trainer, is no reason to follow who calls whom."""
        return any(facts.brings for facts in self.facts.values())

    @property
    def python(self) -> frozenset[str]:
        """The files that hold Python and can be read."""
        return frozenset(
            path for path, kind in self.kinds.items() if kind in (PYTHON, NOTEBOOK) and self.facts[path].problem is None
        )

    @property
    def suppressing(self) -> frozenset[str]:
        """The Python files that name tosguard, and so may hold comments that suppress. Configurations name it too."""
        return frozenset(path for path in self.python if self.facts[path].suppresses)

    def marks(self, path: str) -> Triage:
        """The pattern that finds, in one file, what makes its callers matter: none where triage met but a subject."""
        return self._knowledge.triage(self._own.of(path)) if self.facts[path].routed else _NOTHING

    def joining(self) -> dict[str, tuple[bytes, tuple[str, ...]]]:
        """What may join each Python file with others: its imports, packed, and the data files that it mentions; read
        off the bytes of those for which nobody knew."""
        found: dict[str, tuple[bytes, tuple[str, ...]]] = {}
        for path in sorted(self.python):
            facts = self.facts[path]
            if (imports := facts.imports) is None:
                data = self._bytes(path)
                imports = packed_imports(data)
                facts = self._learn(path, replace(facts, imports=imports, names=file_names(data)))
            found[path] = imports, facts.names
        return found

    def imports(self) -> dict[str, tuple[Imported, ...]]:
        """What each Python file imports."""
        return {path: unpacked(imports) for path, (imports, _) in self.joining().items()}

    def defines(self, path: str, names: Set[str]) -> bool:
        """Whether a Python file may bind one of these names, or passes on names that cannot be told."""
        if path not in self._bound:
            self._bound[path] = bound_in(self._bytes(path))
        bound = self._bound[path]
        return bound is None or not bound.isdisjoint(names)

    def data_files(self) -> dict[str, tuple[str, ...]]:
        """The data files that each Python file mentions."""
        return {path: names for path, (_, names) in self.joining().items() if names}

    def note(self, path: str, outline: bytes) -> None:
        """Remember the outline of a file."""
        self._learn(path, replace(self.facts[path], outline=outline))

    def source(self, path: str) -> Source | None:
        """The text of one file, or None if it cannot be read."""
        if path not in self.facts or self.facts[path].problem is not None:
            return None
        try:
            return source_of(path, self.kinds[path], read(self.root / path))
        except (Unreadable, NotebookProblem):
            return None

    def stat(self, path: str) -> Stat:
        """What identifies the content of one file."""
        return self._stats[path]

    def size(self, path: str) -> int:
        """The bytes of one file."""
        return self._stats[path].size

    def sha256(self, path: str) -> str:
        """The SHA-256 of one file in hexadecimal, "" if it cannot be read."""
        if path not in self.facts:
            return ""
        try:
            return sha256(read(self.root / path)).hexdigest()
        except Unreadable:
            return ""

    def remember(self, store: Store) -> None:
        """Keep what is known for the next run, if anything is new."""
        if self._is_new:
            files = {path: (self._stats[path], facts) for path, facts in self.facts.items()}
            store.put(_KIND, self._key, write_manifest(files, self.began_ns))

    def _learn(self, path: str, facts: Facts) -> Facts:
        self.facts[path] = facts
        self._is_new = True
        return facts

    def _bytes(self, path: str) -> bytes:
        """The bytes of a file's Python, of a notebook those of its joined cells."""
        if self.kinds[path] == NOTEBOOK:
            source = self.source(path)
            return source.text.encode("utf-8", "surrogatepass") if source is not None else b""
        try:
            return read(self.root / path)
        except Unreadable:
            return b""


def build_tree(project: Project, knowledge: Knowledge, store: Store, watcher: Watcher, jobs: int = 1) -> Tree:
    """List and triage the files of a project; only what is new since the last run is read.

    Args:
        project: where, and what to leave out.
        knowledge: what triage looks for.
        store: where the manifest is remembered.
        watcher: is told how far it has come.
        jobs: how many processes may be used.
    """
    watcher.enter("discover")
    began = now_ns()
    found = discover(project.root, include=project.include, exclude=project.exclude)
    own = own_libraries((file.path for file in found.files), knowledge.libraries)
    key = blake2b(b"\0".join((os.fsencode(project.root), knowledge.digest, own.identity())), digest_size=16).digest()
    remembered = read_manifest(store.get(_KIND, key))
    watcher.enter("triage", len(found.files))
    stats = {f.path: Stat(f.size, f.mtime_ns, f.ctime_ns, f.inode) for f in found.files}
    known = {path: told for path, stat in stats.items() if (told := remembered.facts(path, stat)) is not None}
    is_new = len(remembered.files) != len(found.files) or len(known) != len(stats)
    watcher.advance(len(known))
    new = [file for file in found.files if file.path not in known]
    known.update(_examined(new, project.root, knowledge, own, watcher, jobs))
    facts = {file.path: known[file.path] for file in found.files}
    errors = [AnalysisError(problem.path, problem.line, problem.message) for problem in found.problems]
    errors += [AnalysisError(path, *known.problem) for path, known in facts.items() if known.problem is not None]
    kinds = {file.path: file.kind for file in found.files}
    folders = folders_of(path for path, known in facts.items() if known.named)
    return Tree(
        root=project.root,
        kinds=kinds,
        facts=facts,
        errors=tuple(errors),
        readmes=readmes_of(project.root, folders),
        prompts=prompts_of(project.root, folders),
        listing=found.listing,
        began_ns=began,
        _knowledge=knowledge,
        _own=own,
        _stats=stats,
        _key=key,
        _is_new=is_new,
    )


def _examined(
    files: Sequence[SourceFile], root: Path, knowledge: Knowledge, own: OwnLibraries, watcher: Watcher, jobs: int
) -> Iterator[tuple[str, Facts]]:
    """What reading files tells: a few are read here, so that patterns are made once, the others on all processes."""
    at_hand = 0
    first = 0
    while first < len(files) and (jobs < 2 or at_hand < _BEFORE_SHARING):
        file = files[first]
        yield file.path, _examine(root, file, knowledge, own.of(file.path))
        watcher.advance()
        at_hand += file.size
        first += 1
    rest = sorted(files[first:], key=lambda file: (-file.size, file.path))
    if sum(file.size for file in rest) < _WORTH_SHARING:
        jobs = 1
    told = shared(rest, lambda file: plain(_examine(root, file, knowledge, own.of(file.path))), jobs)
    for file, values in zip(rest, told, strict=True):
        yield file.path, Facts(*values)  # type: ignore[arg-type]
    watcher.advance(len(rest))


def _examine(root: Path, file: SourceFile, knowledge: Knowledge, own: frozenset[str]) -> Facts:
    """Read a file and tell what the run needs to know of it."""
    try:
        data = read(root / file.path)
    except Unreadable as error:
        return Facts(b"", problem=(0, str(error)))
    digest = blake2b(data, digest_size=16).digest()
    if file.kind in (PYTHON, NOTEBOOK) and (problem := binary(data)) is not None:
        return Facts(digest, problem=(problem.line, problem.problem))
    suppresses = _SUPPRESSION in data
    if file.kind != NOTEBOOK:
        name = file.path.rpartition("/")[2]
        by_name = declares(name) or (file.kind == CONFIG and "." not in name)
        if not (by_name or knowledge.triage(own).mentions(data)):
            return Facts(digest, suppresses=suppresses)
        # In Python comments and docstrings do not count.
        said = without_prose(decode(data).text) if file.kind == PYTHON else decode(data).text
        return _told(Facts(digest, by_name, suppresses), said, knowledge, own)
    # What a notebook printed or drew is not what it does: only its code is looked through.
    try:
        source = source_of(file.path, file.kind, data)
    except NotebookProblem as error:
        return Facts(digest, problem=(error.line, error.message))
    said = "\n".join([source.text, *(command.text for command in source.commands)])
    return _told(Facts(digest, suppresses=suppresses), said, knowledge, own)


def _told(facts: Facts, said: str, knowledge: Knowledge, own: frozenset[str]) -> Facts:
    """The facts with what a file's text tells."""
    named = facts.named or knowledge.triage(own).said(said)
    routed = named and knowledge.routes(own).said(said)
    return replace(facts, named=named, routed=routed, brings=routed and knowledge.origins(own).said(said))
