"""``rules update``: newer packs from a directory or an address, taken whole or not at all.

First everything is fetched and checked in memory: the index, every digest, every pack. Then the caller shows what would
change. Only then are the files written, beside the old ones, and put in place in one step.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tosguard.errors import ConfigurationError, UsageError
from tosguard.policy.compiled import read_bytes
from tosguard.policy.diff import describe
from tosguard.policy.library import Library, read_index, write_index
from tosguard.policy.locate import INDEX
from tosguard.policy.packs import digest, load_pack
from tosguard.policy.versions import PackEntry, overlaps
from tosguard.policy.yamltext import MAX_BYTES

MAX_INDEX_BYTES = 4 * 1024 * 1024

#: Reads one file of the source by its path in the index.
Reader = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Plan:
    """A checked update: the entries it leads to, the files to write, and the changes in words."""

    entries: tuple[PackEntry, ...]
    files: Mapping[str, bytes]
    changes: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to take."""
        return not self.files


def reader_for(source: str) -> Reader:
    """How to read from ``source``, a directory or an https address.

    Raises:
        UsageError: if it is neither.
    """
    if source.startswith("https://"):
        return _address_reader(source.rstrip("/"))
    directory = Path(source)
    if not directory.is_dir():
        raise UsageError(
            f"{source} is neither a directory nor an https:// address",
            where="--from",
            next_step="name a directory with an index.json, or the address of one",
        )
    return lambda path: read_bytes(directory / path, f"{source}/{path}")


def _address_reader(address: str) -> Reader:
    """Reads over https, at most what a pack or an index may have; redirects are not followed."""

    def read(path: str) -> bytes:
        try:
            import httpx
        except ImportError as error:
            raise UsageError(
                "reading packs from an address needs httpx",
                next_step="install tosguard[policy], or give a directory",
            ) from error
        limit = MAX_INDEX_BYTES if path == INDEX else MAX_BYTES
        try:
            with httpx.stream("GET", f"{address}/{path}", timeout=30.0, follow_redirects=False) as response:
                if response.status_code != 200:
                    raise ConfigurationError(
                        "the file cannot be fetched", where=f"{address}/{path}", why=f"status {response.status_code}"
                    )
                data = bytearray()
                for chunk in response.iter_bytes():
                    data += chunk
                    if len(data) > limit:
                        raise ConfigurationError("the file is too large", where=f"{address}/{path}")
                return bytes(data)
        except httpx.HTTPError as error:
            raise ConfigurationError("the file cannot be fetched", where=f"{address}/{path}", why=str(error)) from error

    return read


def plan_update(library: Library, read: Reader, source: str) -> Plan:
    """Fetch and check an update without writing anything.

    Args:
        library: the packs at hand.
        read: reads a file of the source.
        source: the source as errors call it.

    Raises:
        ConfigurationError: if the index and a file disagree, a pack has a fault, two snapshots claim the same days, or
            a snapshot that is at hand would change.
    """
    offered = read_index(read(INDEX), f"{source}/{INDEX}")
    held = {(entry.provider, entry.version): entry for entry in library.entries}
    merged = dict(held)
    files: dict[str, bytes] = {}
    for entry in offered:
        mine = held.get((entry.provider, entry.version))
        merged[(entry.provider, entry.version)] = entry
        if mine is not None and mine.sha256 == entry.sha256:
            continue
        if mine is not None:
            raise ConfigurationError(
                f"the pack of {entry.provider} for {entry.version} would change",
                where=f"{source}/{entry.path}",
                why="a published pack never changes; terms are corrected by a new snapshot",
                next_step="ask whoever publishes these packs",
            )
        if entry.path != f"{entry.provider}/{entry.version}.yaml":
            raise ConfigurationError(
                f"the pack of {entry.provider} for {entry.version} does not lie in its place",
                where=f"{source}/{entry.path}",
                why="packs lie under provider/date.yaml",
            )
        files[entry.path] = _checked(entry, read, source)
    for earlier, later in overlaps(merged.values()):
        raise ConfigurationError(
            f"two packs of {earlier.provider} would claim the same days",
            where=f"{source}/{INDEX}",
            why=f"{earlier.version} and {later.version}",
        )
    changes = tuple(_changes(library, entry, files) for entry in merged.values() if entry.path in files)
    return Plan(tuple(merged.values()), files, changes)


def _checked(entry: PackEntry, read: Reader, source: str) -> bytes:
    """The bytes of a pack that agree with the index and have no fault."""
    data, name = read(entry.path), f"{source}/{entry.path}"
    if digest(data) != entry.sha256:
        raise ConfigurationError("the pack and the index disagree", where=name, why="the SHA-256 differs")
    pack = load_pack(data, name)
    if (pack.provider, pack.version) != (entry.provider, entry.version) or pack.until not in ("", entry.until):
        raise ConfigurationError(
            "the pack and the index disagree",
            where=name,
            why=f"the index says {entry.provider} {entry.version}, the pack {pack.provider} {pack.version}",
        )
    return data


def _changes(library: Library, entry: PackEntry, files: Mapping[str, bytes]) -> str:
    """The diff of a new snapshot against the newest one at hand before it."""
    pack = load_pack(files[entry.path], entry.path)
    earlier = [held for held in library.versions(entry.provider) if held.version < entry.version]
    if not earlier:
        return f"{pack.name}: terms of {pack.version}, the first on record\n"
    return describe(library.load(earlier[-1]), pack)


def apply_update(library: Library, plan: Plan) -> None:
    """Put a checked update in place: first the new files, which nothing refers to yet, then the index in one step.

    A run that is killed leaves the old packs or the new ones, never a mixture; a write that fails takes its files back.

    Raises:
        ConfigurationError: if the directory cannot be written; the packs are as they were then.
    """
    written: list[Path] = []
    try:
        for path, data in plan.files.items():
            target = library.directory / path
            target.parent.mkdir(parents=True, exist_ok=True)
            written.append(target)
            _replace(target, data)
        _replace(library.directory / INDEX, write_index(plan.entries))
    except OSError as error:
        for target in written:
            with suppress(OSError):
                target.unlink(missing_ok=True)
        raise _unwritable(library.directory, error) from error


def _replace(target: Path, data: bytes) -> None:
    """Write a file beside its place and rename it there."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).replace(target)
    except OSError:
        with suppress(OSError):
            Path(temporary).unlink(missing_ok=True)
        raise


def _unwritable(target: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError(
        "the packs cannot be written",
        where=str(target),
        why=error.strerror or str(error),
        next_step="name a directory of packs that can be written in the configuration; the packs are as they were",
    )
