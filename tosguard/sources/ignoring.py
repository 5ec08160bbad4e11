"""Globs as ``.gitignore`` files write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


_NAMED_GROUP = re.compile(r"\(\?P<\w+>")


class Globs:
    """A list of globs, matched against relative paths with forward slashes; folders end with a slash."""

    __slots__ = ("_any", "_spec")

    def __init__(self, lines: Sequence[str]) -> None:
        self._spec: GitIgnoreSpec | None = None
        if lines:
            from pathspec import GitIgnoreSpec

            self._spec = GitIgnoreSpec.from_lines(_readable(lines))
            expressions = [pattern.regex.pattern for pattern in self._spec.patterns if pattern.regex is not None]
            # Most paths match nothing: one pattern for all globs says so far sooner than one after the other.
            self._any = re.compile("|".join(f"(?:{_NAMED_GROUP.sub('(?:', each)})" for each in expressions) or "(?!)")

    def match(self, path: str) -> bool:
        """Whether the last glob that bears on a path takes it in."""
        return self.decide(path) is True

    def decide(self, path: str) -> bool | None:
        """``True`` if the globs take a path in, ``False`` if they let it out again, ``None`` if none bears on it."""
        if self._spec is None or self._any.match(path) is None:
            return None
        return self._spec.check_file(path).include


def _readable(lines: Sequence[str]) -> list[str]:
    """The lines that are globs; one that is none is ignored, as git does, and so is one that can match nothing, for its
    range ends before it begins (``[z-a]``)."""
    from pathspec import GitIgnoreSpec

    good = []
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except (ValueError, re.error):
            continue
        good.append(line)
    return good
