from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tosguard.store import Store, clean, default_directory


def test_a_value_survives_the_process(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put("ir", b"k", b"value")
    with Store(tmp_path) as store:
        assert store.get("ir", b"k") == b"value"
        assert store.get("other", b"k") is None


def test_many_values_are_read_beyond_one_query(tmp_path: Path) -> None:
    keys = [str(n).encode() for n in range(1700)]
    with Store(tmp_path) as store:
        for key in keys:
            store.put("ir", key, key * 3)
    with Store(tmp_path) as store:
        assert store.get_many("ir", [*keys, b"absent"]) == {key: key * 3 for key in keys}


@pytest.mark.parametrize("damage", [b"not a database at all" * 100, b"", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_corrupt_file_is_rebuilt_silently(tmp_path: Path, damage: bytes) -> None:
    with Store(tmp_path) as store:
        store.put("ir", b"k", b"value")
    for path in tmp_path.glob("cache-*"):
        path.unlink() if path.suffix != ".sqlite" else path.write_bytes(damage)
    with Store(tmp_path) as store:
        assert store.get("ir", b"k") is None
        store.put("ir", b"k", b"again")
    with Store(tmp_path) as store:
        assert store.get("ir", b"k") == b"again"


def test_damage_in_the_middle_of_the_file_is_survived(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for n in range(300):
            store.put("ir", str(n).encode(), os.urandom(2000))
    (path,) = tmp_path.glob("cache-*.sqlite")
    content = bytearray(path.read_bytes())
    content[5000 : len(content) - 5000] = b"\xa5" * (len(content) - 10_000)
    path.write_bytes(bytes(content))
    with Store(tmp_path) as store:
        store.get_many("ir", [str(n).encode() for n in range(300)])
        store.put("ir", b"new", b"value")
    with Store(tmp_path) as store:
        assert store.get("ir", b"new") in (b"value", None)
        store.put("ir", b"newer", b"value")
    with Store(tmp_path) as store:
        assert store.get("ir", b"newer") == b"value"


def test_an_altered_value_reads_as_absent(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put("ir", b"k", b"value")
    (path,) = tmp_path.glob("cache-*.sqlite")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE entries SET value = CAST('12345678xalue' AS BLOB)")
    with Store(tmp_path) as store:
        assert store.get("ir", b"k") is None


def test_the_size_is_bounded_and_the_longest_unused_goes_first(tmp_path: Path) -> None:
    with Store(tmp_path, limit=10_000) as store:
        for n in range(5):
            store.put("ir", str(n).encode(), bytes(1500))
    (path,) = tmp_path.glob("cache-*.sqlite")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE entries SET used = used - 3")
    with Store(tmp_path, limit=10_000) as store:
        assert store.get("ir", b"0") is not None  # used today: kept
    with Store(tmp_path, limit=10_000) as store:
        for n in range(5, 8):
            store.put("ir", str(n).encode(), bytes(1500))
    with Store(tmp_path, limit=10_000) as store:
        info = store.info()
        assert info is not None
        assert info.kinds[0][2] <= 8000
        assert store.get("ir", b"0") is not None
        assert store.get("ir", b"7") is not None
        assert store.get("ir", b"1") is None


def test_no_directory_means_no_memory(tmp_path: Path) -> None:
    with Store(None) as store:
        store.put("ir", b"k", b"value")
        assert store.get("ir", b"k") is None
        assert not store.enabled
        assert store.info() is None


def test_a_directory_that_cannot_be_made_means_no_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Store(tmp_path / "file" / "cache") as store:
        assert not store.enabled


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="POSIX permissions")
def test_a_directory_others_can_write_is_not_believed(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    with Store(shared) as store:
        assert not store.enabled


WRITER = """
import sys
from pathlib import Path
from tosguard.store import Store
for n in range(40):
    with Store(Path(sys.argv[1])) as store:
        store.put("ir", f"{sys.argv[2]}-{n}".encode(), b"x" * 1000)
        store.put("ir", b"shared", b"y" * 1000)
"""


def test_processes_write_at_the_same_time(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(n)]) for n in range(3)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    with Store(tmp_path) as store:
        keys = [f"{w}-{n}".encode() for w in range(3) for n in range(40)]
        assert len(store.get_many("ir", keys)) == 120
        assert store.get("ir", b"shared") == b"y" * 1000


def test_a_locked_cache_does_not_fail_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path) as store:
        store.put("ir", b"k", b"value")
    (path,) = tmp_path.glob("cache-*.sqlite")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    store = Store(tmp_path)
    assert store._connection is not None
    store._connection.execute("PRAGMA busy_timeout = 10")
    store.put("ir", b"k2", b"value")
    store.close()
    holder.execute("ROLLBACK")
    holder.close()
    with Store(tmp_path) as again:
        assert again.get("ir", b"k") == b"value"


def test_clean_frees_every_version(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put("ir", b"k", b"value")
    (tmp_path / "cache-0.sqlite").write_bytes(b"12345")
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "a.json").write_bytes(b"{}")
    assert clean(tmp_path) > 7
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert clean(tmp_path / "absent") == 0


def test_the_directory_follows_the_environment() -> None:
    assert default_directory({"TOSGUARD_CACHE_DIR": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"}) == Path("/a")
    assert default_directory({"XDG_CACHE_HOME": "/b", "HOME": "/c"}) == Path("/b/tosguard")
    assert default_directory({"XDG_CACHE_HOME": "relative", "HOME": "/c"}) != Path("relative/tosguard")
    assert default_directory({}) is None
