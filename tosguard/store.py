"""The cache: one SQLite file of byte values by kind and key, shared by all projects and processes of one user.

Nothing here knows what the values mean. Whatever goes wrong (a corrupt file, a full disk, a lock held for too long, a
directory that cannot be written) makes the cache forget, never the run fail. Each value carries its own checksum, so a
torn or altered value reads as absent.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from tosguard.cachefolder import cache_folder, is_private

#: Part of the file name: another layout gets another file, and old files are removed by ``clean``.
SCHEMA_VERSION = 1
DEFAULT_LIMIT = 512 * 1024 * 1024

_CHECK = 8
_CHUNK = 500
_SECONDS_A_DAY = 86_400
_FILE = f"cache-{SCHEMA_VERSION}.sqlite"
_SUFFIXES = ("-wal", "-shm", "-journal", "")


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What ``tosguard cache info`` prints: the file, its size on disk, and entries and bytes by kind."""

    path: str
    file_bytes: int
    limit: int
    kinds: tuple[tuple[str, int, int], ...]


def default_directory(environment: Mapping[str, str] | None = None) -> Path | None:
    """The user's cache directory for tosguard.

    Args:
        environment: stands in for ``os.environ``.

    Returns:
        ``$TOSGUARD_CACHE_DIR``, else ``tosguard`` under ``$XDG_CACHE_HOME`` or the platform's cache folder; None when
        no home directory is known.
    """
    found = cache_folder(os.environ if environment is None else environment)
    return None if found is None else Path(found)


class Store:
    """An open cache, or (``directory`` None or unusable) one that remembers nothing.

    Use as a context manager. Writes are collected and written in one transaction by ``flush`` or on exit.
    """

    def __init__(self, directory: Path | None, *, limit: int = DEFAULT_LIMIT) -> None:
        self._limit = limit
        self._path = None if directory is None else directory / _FILE
        self._pending: dict[tuple[str, bytes], bytes] = {}
        self._touched: set[int] = set()
        self._connection = None if directory is None else _open(directory)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def enabled(self) -> bool:
        """Whether anything is remembered."""
        return self._connection is not None

    def get(self, kind: str, key: bytes) -> bytes | None:
        """The value stored under a kind and key, or None."""
        return self.get_many(kind, (key,)).get(key)

    def get_many(self, kind: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values that are there, by key."""
        found: dict[bytes, bytes] = {}
        if self._connection is None:
            return found
        wanted = list(keys)
        today = _today()
        try:
            for part in _chunks(wanted):
                marks = ",".join("?" * len(part))
                rows = self._connection.execute(
                    f"SELECT id, key, value, used FROM entries WHERE kind = ? AND key IN ({marks})",
                    (kind, *part),
                )
                for identity, key, value, used in rows:
                    if (content := _checked(value)) is not None:
                        found[key] = content
                        if used != today:
                            self._touched.add(identity)
        except sqlite3.Error as error:
            self._recover(error)
        return found

    def put(self, kind: str, key: bytes, value: bytes) -> None:
        """Remember a value; written by the next ``flush``."""
        if self._connection is not None:
            self._pending[kind, key] = value

    def flush(self) -> None:
        """Write what was put since the last flush, and forget the longest unused entries beyond the limit."""
        pending, self._pending = self._pending, {}
        touched, self._touched = self._touched, set()
        if self._connection is None or not (pending or touched):
            return
        today = _today()
        rows = [(kind, key, _sealed(value), len(value), today) for (kind, key), value in pending.items()]
        try:
            with _transaction(self._connection):
                self._connection.executemany("UPDATE entries SET used = ? WHERE id = ?", [(today, i) for i in touched])
                self._connection.executemany(
                    "INSERT INTO entries (kind, key, value, size, used) VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, key)"
                    " DO UPDATE SET value = excluded.value, size = excluded.size, used = excluded.used",
                    rows,
                )
                evicted = self._evict() if rows else 0
            if evicted:
                self._connection.execute("PRAGMA incremental_vacuum").fetchall()
        except sqlite3.Error as error:
            self._recover(error)

    def info(self) -> StoreInfo | None:
        """Size and contents, or None when nothing is remembered."""
        if self._connection is None or self._path is None:
            return None
        try:
            rows = self._connection.execute(
                "SELECT kind, COUNT(*), SUM(size) FROM entries GROUP BY kind ORDER BY kind"
            ).fetchall()
        except sqlite3.Error as error:
            self._recover(error)
            rows = []
        kinds = tuple((kind, count, size) for kind, count, size in rows)
        return StoreInfo(str(self._path), _size_on_disk(self._path), self._limit, kinds)

    def close(self) -> None:
        """Flush and close."""
        self.flush()
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _evict(self) -> int:
        """Delete the longest unused entries until four fifths of the limit are left; returns how many went."""
        assert self._connection is not None
        total = self._connection.execute("SELECT COALESCE(SUM(size), 0) FROM entries").fetchone()[0]
        if total <= self._limit:
            return 0
        surplus = total - self._limit * 4 // 5
        doomed = []
        for identity, size in self._connection.execute("SELECT id, size FROM entries ORDER BY used, id"):
            if surplus <= 0:
                break
            doomed.append((identity,))
            surplus -= size
        self._connection.executemany("DELETE FROM entries WHERE id = ?", doomed)
        return len(doomed)

    def _recover(self, error: sqlite3.Error) -> None:
        """A corrupt file is replaced by an empty one; after any other error this run goes on without a cache."""
        assert self._connection is not None
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()
        self._connection = None
        if self._path is not None and _is_corruption(error):
            _remove(self._path)
            self._connection = _connect(self._path)


def clean(directory: Path | None) -> int:
    """Remove the cache files of every version, and the compiled packs and answers beside them.

    Returns:
        The bytes that were freed.
    """
    if directory is None or not directory.is_dir():
        return 0
    freed = 0
    for path in sorted(
        (*directory.glob("cache-*.sqlite*"), *directory.glob("packs/*.json"), *directory.glob("answers/*"))
    ):
        with contextlib.suppress(OSError):
            size = path.stat().st_size
            path.unlink()
            freed += size
    return freed


def _open(directory: Path) -> sqlite3.Connection | None:
    """Open the cache file in a directory of our own; None where that cannot be had."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_private(directory.stat()):
            return None
    except OSError:
        return None
    path = directory / _FILE
    connection = _connect(path)
    if connection is None and path.exists():
        connection = _connect(path)
    return connection


def _connect(path: Path) -> sqlite3.Connection | None:
    """Open or create the file; a corrupt one is removed, and opened anew by the caller's next attempt."""
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, timeout=3.0, isolation_level=None)
        tables = connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'entries'").fetchone()[0]
        if not tables:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key BLOB NOT NULL,"
                " value BLOB NOT NULL, size INTEGER NOT NULL, used INTEGER NOT NULL, UNIQUE (kind, key))"
            )
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error as error:
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
        if _is_corruption(error):
            _remove(path)
            return _connect(path) if not path.exists() else None
        return None
    return connection


def _is_corruption(error: sqlite3.Error) -> bool:
    """Whether the file itself is bad, rather than locked, full or read-only (``OperationalError``)."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)


def _remove(path: Path) -> None:
    # The log goes first: a log left beside a new database would be replayed into it.
    for suffix in _SUFFIXES:
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink()


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _sealed(value: bytes) -> bytes:
    return blake2b(value, digest_size=_CHECK).digest() + value


def _checked(value: object) -> bytes | None:
    if not isinstance(value, bytes) or len(value) < _CHECK:
        return None
    content = value[_CHECK:]
    return content if blake2b(content, digest_size=_CHECK).digest() == value[:_CHECK] else None


def _chunks(keys: list[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]


def _today() -> int:
    return int(time.time()) // _SECONDS_A_DAY


def _size_on_disk(path: Path) -> int:
    total = 0
    for suffix in _SUFFIXES:
        with contextlib.suppress(OSError):
            total += path.with_name(path.name + suffix).stat().st_size
    return total
