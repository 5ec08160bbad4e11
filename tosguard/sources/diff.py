"""Reading git's patches."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_SIMPLE = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


def parse_changes(patch: bytes) -> tuple[dict[str, frozenset[int]], dict[str, str]]:
    """The changed lines and the renames a patch without context lines tells.

    Args:
        patch: output of ``git diff -U0`` with the prefixes ``a/`` and ``b/``.

    Returns:
        New path to the added or changed lines, and new path to old path of renamed files. Removed files are left out.
    """
    changed: dict[str, set[int]] = {}
    renamed: dict[str, str] = {}
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
            renamed[path] = old
            changed.setdefault(path, set())
        elif line.startswith(b"+++ "):
            path = _target(line[4:])
            if path is not None:
                changed.setdefault(path, set())
        elif hunk := _HUNK.match(line):
            removed, first, added = int(hunk[1] or 1), int(hunk[2]), int(hunk[3] or 1)
            if path is not None:
                changed[path].update(range(first, first + added))
            _skip(lines, removed + added)
    return {name: frozenset(found) for name, found in changed.items()}, renamed


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
