"""What joins a project's files: imports, and the data files that they mention.

Files that nothing joins, over however many others, have nothing to do with each other: each *component* of the project
is closed by itself. Which there are is remembered: after a change that touches no import, none is resolved again.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from tosguard.engine.groups import Groups, by_number, numbered
from tosguard.engine.version import analyzer_version

if TYPE_CHECKING:
    from tosguard.engine.filenames import FileNames
    from tosguard.engine.files import Tree
    from tosguard.engine.imports import ImportGraph
    from tosguard.store import Store

_KIND = "joints"


@dataclass(frozen=True, slots=True)
class Joints:
    """What joins files."""

    imports: ImportGraph
    names: FileNames


@dataclass(frozen=True, slots=True)
class Component:
    """Files that are joined with each other and with no others.

    Attributes:
        paths: the files in order.
        ties: identifies these files and all that joins them.
    """

    paths: tuple[str, ...]
    ties: bytes


def tie(together: Groups, path: str, joints: Joints) -> Collection[str]:
    """Join a file with those it imports and those that mention a data file which it mentions; return the latter."""
    for _, targets in joints.imports.leading(path):
        together.join_all(path, targets)
    sharing = joints.names.sharing((path,))
    together.join_all(path, sharing)
    return sharing


def components_of(paths: Collection[str], joints: Joints) -> Iterator[Component]:
    """The components of more than one file, in the order of their first paths.

    Args:
        paths: all Python files of the project.
        joints: what joins them.
    """
    together = Groups(paths)
    shared = {path: others for path in paths if (others := tie(together, path, joints))}
    for group in together.groups():
        if len(group) > 1:
            yield Component(tuple(group), _ties(group, joints.imports, shared))


def _ties(group: Sequence[str], imports: ImportGraph, shared: Mapping[str, Iterable[str]]) -> bytes:
    ties = blake2b(digest_size=16)
    for path in group:
        leading = [(*imported, targets) for imported, targets in imports.leading(path)]
        ties.update(ascii((path, leading, sorted(shared.get(path, ())))).encode())
    return ties.digest()


class ProjectJoints:
    """What joins the files of a project, worked out when somebody asks and nobody remembers.

    Args:
        tree: the project's files.
        store: where components and groups are remembered.
    """

    def __init__(self, tree: Tree, store: Store) -> None:
        self._tree = tree
        self._store = store

    @cached_property
    def imports(self) -> ImportGraph:
        """Who imports whom."""
        from tosguard.engine.imports import ImportGraph

        return ImportGraph(self._tree.imports())

    @cached_property
    def all(self) -> Joints:
        """All that joins."""
        from tosguard.engine.filenames import FileNames

        return Joints(self.imports, FileNames(self._tree.data_files()))

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The components of more than one file."""
        paths = sorted(self._tree.python)
        key = self._key("components")
        if (data := self._store.get(_KIND, key)) is not None:
            ties, numbers = marshal.loads(data)
            return tuple(Component(tuple(g), tie) for g, tie in zip(by_number(paths, numbers), ties, strict=True))
        found = tuple(components_of(paths, self.all))
        told = [component.ties for component in found], numbered(paths, [component.paths for component in found])
        self._store.put(_KIND, key, marshal.dumps(told))
        return found

    def groups(self, paths: Sequence[str], basis: object, work: Callable[[Joints], list[list[str]]]) -> list[list[str]]:
        """The groups that ``work`` makes of some files by what joins them, remembered.

        Args:
            paths: the files.
            basis: what the groups rest on beside files and joints; plain values.
            work: groups them, each of them exactly once.
        """
        key = self._key(ascii((paths, basis)))
        if (data := self._store.get(_KIND, key)) is not None:
            return by_number(paths, marshal.loads(data))
        found = work(self.all)
        self._store.put(_KIND, key, marshal.dumps(numbered(paths, found)))
        return found

    def _key(self, what: str) -> bytes:
        return blake2b(self._digest + what.encode(), digest_size=16).digest()

    @cached_property
    def _digest(self) -> bytes:
        """Identifies all that joins the project's files."""
        whole = blake2b(analyzer_version(), digest_size=16)
        for path, (imports, names) in self._tree.joining().items():
            whole.update(f"{path!a}{names!a}{len(imports)} ".encode() + imports)
        return whole.digest()
