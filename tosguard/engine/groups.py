"""Disjoint sets of paths, for what stays together because something joins it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence


class Groups:
    """Disjoint sets of paths, each led by its first in order (union-find; Tarjan, JACM 1975).

    Args:
        paths: all that there are; nothing else is ever joined.
    """

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


def numbered(paths: Sequence[str], groups: Iterable[Iterable[str]]) -> tuple[int, ...]:
    """For each path the number of its group, from 0; -1 for a path of none."""
    numbers = {path: number for number, group in enumerate(groups) for path in group}
    return tuple(numbers.get(path, -1) for path in paths)


def by_number(paths: Sequence[str], numbers: Iterable[int]) -> list[list[str]]:
    """The groups that were numbered, each in the order of the paths."""
    found: dict[int, list[str]] = defaultdict(list)
    for path, number in zip(paths, numbers, strict=True):
        found[number].append(path)
    found.pop(-1, None)
    return [found[number] for number in sorted(found)]
