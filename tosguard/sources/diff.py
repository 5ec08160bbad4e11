"""Reading git's patches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_SIMPLE = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


class Hunk(NamedTuple):
    """A run of changed lines: ``removed`` old ones from ``old_first``, ``added`` new ones from ``first``.

    Where none were removed (or added), its first line is the one before.
    """

    old_first: int
    removed: int
    first: int
    added: int


def parse_changes(patch: bytes) -> tuple[dict[str, frozenset[int]], dict[str, str]]:
    """The changed lines and the renames a patch without context lines tells.

    Args:
        patch: output of ``git diff -U0`` with the prefixes ``a/`` and ``b/``.

    Returns:
        New path to the added or changed lines, and new path to old path of renamed files. Removed files are left out.
    """
    changed: dict[str, set[int]] = {}
    renamed: dict[str, str] = {}
    for path, old, hunk in _walk(patch):
        found = changed.setdefault(path, set())
        if old:
            renamed[path] = old
        if hunk is not None:
            found.update(range(hunk.first, hunk.first + hunk.added))
    return {name: frozenset(found) for name, found in changed.items()}, renamed


def carried_over(changed: Mapping[str, frozenset[int]], patch: bytes) -> dict[str, frozenset[int]]:
    """Lines of files as they read after a further patch.

    Args:
        changed: path → lines before the patch.
        patch: output of ``git diff -U0 --no-renames`` with the prefixes ``a/`` and ``b/``.

    Returns:
        Path → the lines where they stand after it; a line that the patch changes again counts as all it became.
    """
    hunks: dict[str, list[Hunk]] = {}
    for path, _, hunk in _walk(patch):
        if hunk is not None and path in changed:
            hunks.setdefault(path, []).append(hunk)
    return {path: _carried(lines, hunks[path]) if path in hunks else lines for path, lines in changed.items()}


def _carried(lines: frozenset[int], hunks: Sequence[Hunk]) -> frozenset[int]:
    found: set[int] = set()
    waiting = iter(hunks)
    hunk = next(waiting, None)
    shift = 0
    for line in sorted(lines):
        while hunk is not None and line >= hunk.old_first + max(hunk.removed, 1):
            shift += hunk.added - hunk.removed
            hunk = next(waiting, None)
        if hunk is not None and hunk.removed and line >= hunk.old_first:
            found.update(range(hunk.first, hunk.first + hunk.added))
        else:
            found.add(line + shift)
    return frozenset(found)


def _walk(patch: bytes) -> Iterator[tuple[str, str, Hunk | None]]:
    """Each file that still exists (new path, and the old one of a rename), then each of its hunks."""
    path: str | None = None
    old = ""
    lines = iter(patch.split(b"\n"))
    for line in lines:
        if line.startswith(b"diff --git "):
            path = None
        elif line.startswith(b"rename from "):
            old = _path(line[len(b"rename from ") :])
        elif line.startswith(b"rename to "):
            path = _path(line[len(b"rename to ") :])
            yield path, old, None
        elif line.startswith(b"+++ "):
            path = _target(line[4:])
            if path is not None:
                yield path, "", None
        elif found := _HUNK.match(line):
            hunk = Hunk(int(found[1]), int(found[2] or 1), int(found[3]), int(found[4] or 1))
            if path is not None:
                yield path, "", hunk
            _skip(lines, hunk.removed + hunk.added)


def _skip(lines: Iterator[bytes], count: int) -> None:
    """Moves over the body of a hunk, whose lines may look like headers."""
    while count > 0:
        line = next(lines, None)
        if line is None:
            return
        if not line.startswith(b"\\"):
            count -= 1


def _target(written: bytes) -> str | None:
    path = _path(written.removesuffix(b"\t").removesuffix(b"\r"))
    return None if path == "/dev/null" else path.removeprefix("b/")


def _path(written: bytes) -> str:
    """A path as git writes it, in quotes where it holds special characters."""
    if written.startswith(b'"') and written.endswith(b'"'):
        written = _ESCAPE.sub(_unescaped, written[1:-1])
    return written.decode("utf-8", "surrogateescape")


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code.isdigit():
        return bytes([int(code, 8) & 0xFF])
    return _SIMPLE.get(code, code)
