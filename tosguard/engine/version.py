"""What makes two runs of tosguard alike: a digest of its own code, part of every key in the cache."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from tosguard import __version__

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def analyzer_version() -> bytes:
    """A digest that changes whenever a source of the package does, by name, size and time, and with the interpreter,
    which may write values in a way of its own; nothing is read."""
    digest = blake2b(f"{__version__} {sys.implementation.cache_tag} {marshal.version}".encode(), digest_size=16)
    for line in sorted(_stats(_PACKAGE)):
        digest.update(line.encode())
    return digest.digest()


@cache
def data_version() -> bytes:
    """A digest that changes whenever a file of the package's own catalogue does, by name, size and time."""
    digest = blake2b(digest_size=16)
    with os.scandir(_PACKAGE / "catalog" / "data") as entries:
        for line in sorted(
            f"{entry.name} {(status := entry.stat()).st_size} {status.st_mtime_ns}\n" for entry in entries
        ):
            digest.update(line.encode())
    return digest.digest()


def sources_of_this_version() -> Iterator[str]:
    """The files that make this version what it is, and the folders in which another file would make another one."""
    from tosguard.policy.locate import ERRATA, INDEX, rules_directory

    yield from (str(rules_directory() / name) for name in (INDEX, ERRATA))
    for folder, folders, files in os.walk(_PACKAGE):
        folders[:] = [name for name in folders if name not in ("__pycache__", "_rules")]
        yield from (f"{folder}/{name}" for name in files)
    yield str(_PACKAGE / "catalog" / "data")


def _stats(folder: Path) -> list[str]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("__pycache__", "data", "_rules", "templates"):
                    found += _stats(Path(entry.path))
            elif entry.name.endswith(".py"):
                status = entry.stat()
                found.append(f"{entry.path[len(str(_PACKAGE)) :]} {status.st_size} {status.st_mtime_ns}\n")
    return found
