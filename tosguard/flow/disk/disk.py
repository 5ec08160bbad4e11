"""Values that travel over the disk, a hub or a queue's name: what is written under a path is read under the same path.

A path is known as far as its text is: components are compared from the end; a hole and the ``*`` of a listing stand for
any text of a component. Two paths meet when every component that both have fits and the last one has some literal text
in common, or else their directory is the same. Where only a folder further up has some, they must be written alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tosguard.flow.natives.strings import text_parts
from tosguard.flow.values.growth import Growth
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import NOTHING, Cell, Value

if TYPE_CHECKING:
    from tosguard.flow.calls.context import Context
    from tosguard.flow.solver.machine import Machine
    from tosguard.flow.solver.visits import Visit

#: A component: text with ``None`` for holes.
Component = tuple["str | None", ...]
PathKey = tuple[Component, ...]

#: Names that say nothing about which file it is.
_COMMON = frozenset({"", ".", "..", "data", "output", "out", "result", "results", "train", "test", "tmp", "temp"})
#: Literal characters the last component must share, its ending left out.
MIN_LITERAL = 3


class Disk:
    """All that the project writes, by path."""

    def __init__(self) -> None:
        self.files: dict[PathKey, Cell] = {}
        self.readers: dict[PathKey, set[Context | Visit]] = {}

    def write(self, machine: Machine, path: Value, data: Value, prefix: str = "") -> None:
        """Notes that ``data`` is written under ``path``."""
        for key in path_keys(path, prefix):
            cell = self.files.get(key)
            if cell is None:
                cell = self.files[key] = Cell()
                for wanted, readers in self.readers.items():
                    if same_path(wanted, key):
                        machine.tell(readers, Growth.TELLING)
            machine.write(cell, data)

    def read(self, machine: Machine, path: Value, reader: Context | Visit, prefix: str = "") -> Value:
        """Everything that the project writes under ``path``."""
        result = NOTHING
        for key in path_keys(path, prefix):
            self.readers.setdefault(key, set()).add(reader)
            for written, cell in self.files.items():
                if same_path(key, written):
                    result = join(result, machine.read(cell, reader))
        return result


def path_keys(path: Value, prefix: str = "") -> list[PathKey]:
    """The paths a value may be, as components; those that say nothing are left out."""
    keys = []
    for parts in text_parts(path) or ():
        key = split_path((prefix, *parts) if prefix else parts)
        if _says_itself(key) or any(map(_telling, key[:-2])):
            keys.append(key)
    return keys


@lru_cache(maxsize=200_000)
def _says_itself(key: PathKey) -> bool:
    """Whether the name of a file, or of the folder of an open name, tells it from others. A path of which only a folder
    further up says anything is the same only as one that is written alike."""
    return bool(key) and (_telling(key[-1]) or (_open(key[-1]) and len(key) > 1 and _telling(key[-2])))


#: How a step over a file or hub is told with its name, and without.
_SAYINGS = {
    "written": ("written to `{}`", "written to a file"),
    "read": ("read from `{}`", "read from a file"),
    "published": ("published on the hub as `{}`", "published on the hub"),
    "loaded": ("loaded from the hub as `{}`", "loaded from the hub"),
    "kept": ("kept in table `{}`", "kept in a table"),
    "selected": ("selected from table `{}`", "selected from a table"),
}
#: Names that are told where it is one of several, and characters of one.
MOST_NAMES = 2
LONGEST_NAME = 60


def said_of(path: Value | None, kind: str) -> str:
    """A step over the disk, a hub or a table in words; ``path`` is told as far as it is known and is one."""
    told, untold = _SAYINGS[kind]
    names = {"".join("{}" if p is None else p for p in parts) for parts in text_parts(path) or ()} if path else set()
    names = {name for name in names if any(c.isalnum() for c in name.replace("{}", ""))}
    if not 0 < len(names) <= MOST_NAMES:
        return untold
    return told.format("` or `".join(n if len(n) <= LONGEST_NAME else "…" + n[-LONGEST_NAME:] for n in sorted(names)))


@lru_cache(maxsize=50_000)
def split_path(parts: tuple[str | None, ...]) -> PathKey:
    """Text with holes as path components."""
    components: list[list[str | None]] = [[]]
    for part in parts:
        if part is None:
            if not components[-1] or components[-1][-1] is not None:
                components[-1].append(None)
            continue
        pieces = part.replace("\\", "/").split("/")
        components[-1].append(pieces[0])
        components.extend([piece] for piece in pieces[1:])
    cleaned = [tuple(p for p in c if p != "") for c in components]
    return tuple(c for c in cleaned if c and c != (".",))


def _telling(component: Component) -> bool:
    literal = "".join(p for p in component if p)
    stem = literal.partition(".")[0]
    if _open(component):
        return sum(ch.isalnum() for ch in re.sub(r"\.\w+$", "", literal)) >= MIN_LITERAL
    return len(component) == 1 and bool(stem) and any(ch.isalnum() for ch in literal)


@lru_cache(maxsize=200_000)
def same_path(left: PathKey, right: PathKey) -> bool:
    """Whether two paths may be the same file; the root and the current folder are no file."""
    if not (left and right):
        return False
    if not (_says_itself(left) and _says_itself(right)):
        return left == right
    for a, b in zip(reversed(left), reversed(right), strict=False):
        if not _fits(a, b):
            return False
    if not any(_stem(key[-1]) in _COMMON for key in (left, right)):
        return True
    folder = _literal(left[-2]) if min(len(left), len(right)) > 1 else ""
    if not folder or folder != _literal(right[-2]):
        return False
    return folder not in _COMMON or _named(left, right) or _listing(left) or _listing(right)


def _named(left: PathKey, right: PathKey) -> bool:
    """Whether both paths end in a name that is known in full."""
    return not _open(left[-1]) and not _open(right[-1])


def _listing(key: PathKey) -> bool:
    """Whether a path stands for all files of a directory."""
    return any("*" in part for part in key[-1] if part)


def _open(component: Component) -> bool:
    """Whether a component stands for several names."""
    return any(part is None or "*" in part for part in component)


def _stem(component: Component) -> str:
    return "".join(p for p in component if p).replace("*", "").partition(".")[0]


def _literal(component: Component) -> str:
    return "".join(p for p in component if p) if not _open(component) else ""


def _fits(a: Component, b: Component) -> bool:
    if a == b or a == (None,) or b == (None,):
        return True
    if not _open(a) and not _open(b):
        return False
    return (_open(a) and _regex(a).fullmatch(_sample(b)) is not None) or (
        _open(b) and _regex(b).fullmatch(_sample(a)) is not None
    )


def _sample(component: Component) -> str:
    return "".join("\0" if p is None else p for p in component)


@lru_cache(maxsize=50_000)
def _regex(component: Component) -> re.Pattern[str]:
    return re.compile("".join("[^/]*" if p is None else re.escape(p).replace(r"\*", "[^/]*") for p in component))
