"""A pack's checked content as JSON beside its digest, so that a run need not parse YAML.

A compiled file is believed only if it names the SHA-256 of the pack file it was made from and carries the right digest
of itself; anything else is ignored and made anew. Where the cache cannot be written, packs are simply parsed each time.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from tosguard.errors import ConfigurationError
from tosguard.policy.model import Pack
from tosguard.policy.packs import build, digest, read_plain

#: Raised when the plain form changes its shape: older files are then made anew.
FORMAT = "tosguard-pack-2"


def load(path: Path, name: str, sha256: str, cache: Path | None) -> Pack:
    """The pack at ``path``, from its compiled form where there is one.

    Args:
        path: the YAML file.
        name: the file as errors call it.
        sha256: the digest the index states for it.
        cache: directory of compiled packs, or None to do without.

    Raises:
        ConfigurationError: if the file cannot be read, differs from its digest, or has a fault.
    """
    target = cache / f"{sha256}.json" if cache is not None else None
    for compiled in filter(None, (path.with_suffix(".json"), target)):
        plain = _read(compiled, sha256)
        if plain is not None:
            return build(plain, sha256)
    data = read_bytes(path, name)
    if digest(data) != sha256:
        raise ConfigurationError(
            "the pack differs from the digest in the index",
            where=name,
            why="a published pack never changes",
            next_step="restore the file, or put your own rules into an own pack",
        )
    plain = read_plain(data, name)
    if target is not None:
        _write(target, encode(plain, sha256))
    return build(plain, sha256)


def compile_packs(source: Path, target: Path) -> int:
    """Write the compiled form of every pack under ``source`` to the like place under ``target``, for a build.

    Laid beside the YAML files of an installation, these are used without a cache.

    Args:
        source: a rules directory.
        target: where the compiled files go; the same directory is allowed.

    Returns:
        how many packs were compiled.

    Raises:
        ConfigurationError: if a pack has a fault.
    """
    files = sorted(source.glob("*/*.yaml"))
    for file in files:
        name = file.relative_to(source).as_posix()
        data = read_bytes(file, name)
        compiled = (target / name).with_suffix(".json")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        compiled.write_bytes(encode(read_plain(data, name), digest(data)))
    return len(files)


def read_bytes(path: Path, name: str) -> bytes:
    """The bytes of a pack file, at most a little more than a pack may have.

    Raises:
        ConfigurationError: if the file cannot be read.
    """
    from tosguard.policy.yamltext import MAX_BYTES

    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigurationError("the pack cannot be read", where=name, why=error.strerror or str(error)) from error


def encode(plain: dict[str, Any], sha256: str) -> bytes:
    """The compiled form of a pack's checked content."""
    body = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    head = f"{FORMAT} {sha256} {hashlib.sha256(body).hexdigest()}\n".encode("ascii")
    return head + body


def _read(path: Path, sha256: str) -> dict[str, Any] | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    head, _, body = data.partition(b"\n")
    expected = f"{FORMAT} {sha256} {hashlib.sha256(body).hexdigest()}".encode("ascii")
    if head != expected:
        return None
    plain = json.loads(body)
    return plain if isinstance(plain, dict) else None


def _write(target: Path, data: bytes) -> None:
    """Write atomically; a directory that cannot be written to is no reason to stop."""
    import tempfile

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".pack-")
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).replace(target)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
