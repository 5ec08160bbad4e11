"""What is known of every file of a project without reading it again: identity, content, triage and imports.

A file whose size, times and inode are those of the last run is taken to be unchanged, unless it was changed so shortly
before that run that a later change could have gone unnoticed.
"""

from __future__ import annotations

import marshal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, NamedTuple

from tosguard.engine.imports import Imported

_KIND = "manifest"
#: A change within this time of another may leave the times as they are, on coarse clocks.
RACY_NS = 2_000_000_000


class Stat(NamedTuple):
    """The identity of a file's content as the file system tells it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What reading a file told.

    Attributes:
        digest: of its bytes.
        named: whether triage found something in it.
        suppresses: whether it holds a comment for tosguard.
        routed: whether what triage found names a library, a host or a data set, not merely a subject.
        brings: whether something can come from what it names: a trainer or a metric only takes in.
        imports: what it imports, packed (see ``packed_imports``); None until somebody needed to know.
        names: the data files it mentions; known when the imports are.
        outline: what the run asks of it beside its IR, packed (see ``engine.outline``); None until it is analysed.
        problem: the line at which and the reason why it could not be read, None if it could.
    """

    digest: bytes
    named: bool = False
    suppresses: bool = False
    routed: bool = False
    brings: bool = False
    imports: bytes | None = None
    problem: tuple[int, str] | None = None
    names: tuple[str, ...] = ()
    outline: bytes | None = None


def unpacked(data: bytes | None) -> tuple[Imported, ...]:
    """The imports that were packed."""
    return tuple(Imported(*each) for each in marshal.loads(data)) if data else ()


#: The values of what is known of a file, in the order of the fields.
plain: Callable[[Facts], tuple[object, ...]] = attrgetter(*(field.name for field in fields(Facts)))


@dataclass(frozen=True, slots=True)
class Remembered:
    """The manifest of the last run."""

    files: Mapping[str, tuple[tuple[int, ...], tuple[Any, ...]]]
    believed_until_ns: int

    def facts(self, path: str, stat: Stat) -> Facts | None:
        """What is known of a file that has not changed since, or None."""
        known = self.files.get(path)
        if known is None or known[0] != stat:
            return None
        return Facts(*known[1]) if max(stat.mtime_ns, stat.ctime_ns) < self.believed_until_ns else None


def read_manifest(data: bytes | None) -> Remembered:
    """The manifest that was written; an empty one for anything else."""
    try:
        written_ns, files = marshal.loads(data) if data is not None else (RACY_NS, {})
        return Remembered(files, written_ns - RACY_NS)
    except (ValueError, EOFError, TypeError):
        return Remembered({}, 0)


def write_manifest(files: Mapping[str, tuple[Stat, Facts]], began_ns: int) -> bytes:
    """The bytes of a manifest.

    Args:
        files: stat and facts by path.
        began_ns: when the first of them was looked at.
    """
    return marshal.dumps((began_ns, {path: (tuple(stat), plain(facts)) for path, (stat, facts) in files.items()}))


def now_ns() -> int:
    """The time that file times are compared with."""
    return time.time_ns()
