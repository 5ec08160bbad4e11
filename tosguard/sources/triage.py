"""Deciding on bytes alone which files are worth parsing."""

from __future__ import annotations

import re
from collections.abc import Iterable


class Triage:
    """One compiled pattern over all the words that make a file interesting.

    Args:
        needles: byte strings; a file that contains any of them is mentioned. Empty ones are ignored.
    """

    __slots__ = ("_search",)

    def __init__(self, needles: Iterable[bytes]) -> None:
        shortest = _without_extensions({needle for needle in needles if needle})
        # No needle: a pattern that never matches.
        self._search = re.compile(_alternatives(shortest) if shortest else rb"(?!)").search

    def mentions(self, data: bytes) -> bool:
        """Whether any needle occurs in these bytes."""
        return self._search(data) is not None


def _without_extensions(needles: set[bytes]) -> list[bytes]:
    """The needles that do not begin with another one: finding the shorter one is enough."""
    kept: list[bytes] = []
    for needle in sorted(needles):
        if not kept or not needle.startswith(kept[-1]):
            kept.append(needle)
    return kept


def _alternatives(needles: list[bytes]) -> bytes:
    """A pattern that factors out common beginnings, so that each position of a file is tried once per first byte.

    The needles are sorted and none is the beginning of another.
    """
    branches = []
    at = 0
    while at < len(needles):
        end = at
        while end < len(needles) and needles[end][0] == needles[at][0]:
            end += 1
        group = needles[at:end]
        shared = _common_prefix(group[0], group[-1])
        head = re.escape(shared)
        rest = [needle[len(shared) :] for needle in group]
        branches.append(head if len(group) == 1 else head + b"(?:" + _alternatives(rest) + b")")
        at = end
    return b"|".join(branches)


def _common_prefix(first: bytes, last: bytes) -> bytes:
    length = 0
    for left, right in zip(first, last, strict=False):
        if left != right:
            break
        length += 1
    return first[:length]
