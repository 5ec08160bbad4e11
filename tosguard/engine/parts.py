"""The parts of a large project that have nothing to do with each other: each is solved and classified by itself.

A repository of several programs is seldom one program. Where no import, no data file and no folder joins two groups of
files, no value passes between them; told apart, each has bounds of its own, and a process if there is one, and a change
in one leaves what is known of the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from posixpath import commonpath
from typing import Generic, TypeVar

from tosguard.engine.closure import Closure
from tosguard.engine.groups import Groups
from tosguard.engine.joints import Joints, tie

Held = TypeVar("Held")

#: Lines of a group from which on it is a part by itself.
ALONE = 10_000


def sharing_sets(named: Iterable[tuple[str, Iterable[str]]]) -> list[list[str]]:
    """The files that write or read a data set of one name, for each name that several do.

    Args:
        named: path and data sets of each file.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for path, sets in named:
        for name in sets:
            found[name].append(path)
    return [paths for paths in found.values() if len(paths) > 1]


def joined_groups(paths: Sequence[str], joints: Joints, kin: Iterable[Sequence[str]] = ()) -> list[list[str]]:
    """The groups of files that anything joins, in the order of their first paths.

    Args:
        paths: the files that must be analysed.
        joints: what joins files.
        kin: files that belong together for other reasons.
    """
    together = Groups(paths)
    folders: dict[str, str] = {}
    for path in paths:
        together.join(path, folders.setdefault(path.rpartition("/")[0], path))
        tie(together, path, joints)
    for alike in kin:
        together.join_all(alike[0], alike)
    return together.groups()


def parts_of(closure: Closure, lines: Mapping[str, int], groups: Iterable[Sequence[str]]) -> tuple[Closure, ...]:
    """The files to analyse in parts that can be told apart, in the order of their first paths.

    Args:
        closure: what must be analysed.
        lines: how many lines each of its files has.
        groups: the groups of its files that anything joins.
    """
    together = Groups(closure.paths)
    for group in groups:
        together.join_all(group[0], group)
    _gather(together, lines)
    return tuple(Closure(tuple(group), closure.helpers.intersection(group)) for group in together.groups())


def _gather(together: Groups, lines: Mapping[str, int]) -> None:
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
