"""The parts of a large project that have nothing to do with each other: each is solved and classified by itself.

A repository of several programs is seldom one program. Where no import, no data file and no folder joins two groups of
files, no value passes between them; told apart, each has bounds of its own, and a process if there is one, and a change
in one leaves what is known of the others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import commonpath
from typing import Generic, TypeVar

from tosguard.engine.closure import Closure
from tosguard.engine.filenames import FileNames
from tosguard.engine.imports import ImportGraph

Held = TypeVar("Held")

#: Lines of a group from which on it is a part by itself.
ALONE = 10_000

#: What writes or reads a data set by its name, and what is one.
_SETS = re.compile(r"\b(?:load_dataset|push_to_hub|save_to_disk|load_from_disk|hf_hub_download|snapshot_download)\b")
_SET = re.compile(r"""["']([\w.-]+/[\w.-]+)["']""")
_GIVEN_SET = re.compile(rf"""{_SETS.pattern}\(\s*["']([^"'\n]+)["']""")


@dataclass(frozen=True, slots=True)
class Joints:
    """What joins files: imports, and the data files that they mention."""

    imports: ImportGraph
    names: FileNames


def sharing_sets(texts: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """The files that write or read a data set of one name.

    Args:
        texts: path and text of each file.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for path, text in texts:
        if _SETS.search(text) is not None:
            for name in dict.fromkeys((*_SET.findall(text), *_GIVEN_SET.findall(text))):
                found[name].append(path)
    yield from found.values()


def parts_of(
    closure: Closure, lines: Mapping[str, int], joints: Joints, kin: Iterable[Sequence[str]] = ()
) -> tuple[Closure, ...]:
    """The files to analyse in groups that can be told apart, in the order of their first paths.

    Args:
        closure: what must be analysed.
        lines: how many lines each of its files has.
        joints: what joins files.
        kin: files that belong together for other reasons.
    """
    together = _Groups(closure.paths)
    folders: dict[str, str] = {}
    for path in closure.paths:
        together.join(path, folders.setdefault(path.rpartition("/")[0], path))
        for _, targets in joints.imports.leading(path):
            together.join_all(path, targets)
        together.join_all(path, joints.names.sharing((path,)))
    for alike in kin:
        together.join_all(alike[0], alike)
    _gather(together, lines)
    return tuple(Closure(tuple(group), closure.helpers.intersection(group)) for group in together.groups())


def _gather(together: _Groups, lines: Mapping[str, int]) -> None:
    """Join small groups: with the large one that is nearest in the folders around, else with those of a folder at the
    root that they have files in."""
    groups = together.groups()
    small = [group for group in groups if sum(lines.get(path, 0) for path in group) < ALONE]
    leaders = {group[0] for group in small}
    large = Holders(((group[0], group) for group in groups if group[0] not in leaders), lines)
    tops: dict[str, str] = {}
    for group in small:
        near = large.nearest(_folders(_common(group)))
        if near is not None:
            together.join(group[0], near)
            continue
        for top in dict.fromkeys(path.partition("/")[0] if "/" in path else "" for path in group):
            together.join(group[0], tops.setdefault(top, group[0]))


class Holders(Generic[Held]):
    """Who holds how many lines in each folder.

    Args:
        held: each holder with its files.
        lines: how many lines each file has.
    """

    def __init__(self, held: Iterable[tuple[Held, Iterable[str]]], lines: Mapping[str, int]) -> None:
        self._folders: dict[str, Counter[Held]] = defaultdict(Counter)
        for holder, paths in held:
            for path in paths:
                for folder in (*_folders(path), ""):
                    self._folders[folder][holder] += lines.get(path, 0)

    def nearest(self, folders: Iterable[str]) -> Held | None:
        """Who holds most in the first of these folders in which anybody holds a file; None if nobody does in any."""
        near = next((self._folders[folder] for folder in folders if folder in self._folders), None)
        return near.most_common(1)[0][0] if near else None

    def around(self, path: str) -> Held | None:
        """Who holds most in the nearest folder around a file; None if there are no holders."""
        return self.nearest((*_folders(path), ""))


def _common(group: Sequence[str]) -> str:
    """The folder that all files of a group stand in, with a slash, "" for the root."""
    return f"{commonpath([path.rpartition('/')[0] for path in group])}/".lstrip("/")


def _folders(path: str) -> list[str]:
    """The folders around a path, the nearest first, without the root."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]


class _Groups:
    """Disjoint sets of paths, each led by its first in order (union-find; Tarjan, JACM 1975)."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._leader = {path: path for path in paths}

    def join(self, one: str, other: str) -> None:
        """Make the groups of two paths one."""
        first, second = sorted((self._lead(one), self._lead(other)))
        self._leader[second] = first

    def join_all(self, path: str, others: Iterable[str]) -> None:
        """Join a path with those of others that are known."""
        for other in others:
            if other in self._leader:
                self.join(path, other)

    def groups(self) -> list[list[str]]:
        """The groups, each sorted, in the order of their first paths."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self._leader):
            found[self._lead(path)].append(path)
        return list(found.values())

    def _lead(self, path: str) -> str:
        while (leader := self._leader[path]) != path:
            self._leader[path] = path = self._leader[leader]
        return path
