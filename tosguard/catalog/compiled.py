"""The catalogue in a form that loads fast: one JSON document, found by the digest of the YAML it was made from.

The document lies in the package (made when the wheel is built) or in a cache folder (made at first use). One that is
missing, damaged, of another format or of other YAML is made again; where nothing can be written, the YAML is read each
time.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from tosguard.catalog.catalogue import Catalogue
from tosguard.catalog.loader import DATA, digest_of, load_files, read_files
from tosguard.catalog.model import (
    Applies,
    Command,
    ConfigShape,
    Dataset,
    Endpoint,
    Entry,
    Host,
    ModelId,
    Shape,
    Topic,
)

#: Bumped whenever the layout of the document changes.
FORMAT = 2

#: Where a wheel carries the document of the package's own files.
PACKAGED = DATA.parent / "compiled.json"

_ROWS: Mapping[str, type] = {
    "topics": Topic,
    "models": ModelId,
    "hosts": Host,
    "endpoints": Endpoint,
    "datasets": Dataset,
    "shapes": Shape,
    "commands": Command,
    "configs": ConfigShape,
}
_MAPS = (
    "aliases",
    "skips",
    "settings",
    "administration",
    "vendors",
    "environment",
    "prefixes",
    "words",
    "phrases",
)


def load_fast(extra: Sequence[Path] = (), cache: Path | None = None) -> Catalogue:
    """The same catalogue as ``loader.load``, without parsing YAML where a document of it is at hand.

    Args:
        extra: the user's files or folders, as for ``loader.load``.
        cache: a folder in which documents are kept, or None to keep none.

    Raises:
        ConfigurationError: for the first file that is wrong.
    """
    files = [*read_files([DATA], inside=True), *read_files(extra)]
    digest = digest_of(files)
    kept = cache / f"catalogue-{digest[:32]}.json" if cache is not None else None
    for path in (PACKAGED, kept):
        found = _read(path, digest) if path is not None else None
        if found is not None:
            return found
    catalogue = load_files(files)
    if kept is not None:
        with suppress(OSError):
            write(catalogue, kept)
    return catalogue


def write(catalogue: Catalogue, path: Path) -> None:
    """Write the document of a catalogue, whole or not at all.

    Raises:
        OSError: when the folder cannot be made or written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(dump(catalogue))
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def dump(catalogue: Catalogue) -> bytes:
    """The document of a catalogue."""
    document: dict[str, object] = {"format": FORMAT, "digest": catalogue.digest, "entries": _group(catalogue.entries)}
    document["needles"] = [needle.decode() for needle in catalogue.needles]
    for name in _ROWS:
        document[name] = [[getattr(row, item.name) for item in fields(row)] for row in getattr(catalogue, name)]
    for name in _MAPS:
        document[name] = dict(getattr(catalogue, name))
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def restore(data: bytes) -> Catalogue:
    """The catalogue of a document.

    Raises:
        ValueError: when it is no document of this format.
    """
    try:
        document = json.loads(data)
        if document["format"] != FORMAT:
            raise ValueError("another format")
        rows: dict[str, Any] = {
            name: tuple(kind(*map(_freeze, row)) for row in document[name]) for name, kind in _ROWS.items()
        }
        maps: dict[str, Any] = {name: _freeze(document[name]) for name in _MAPS}
        return Catalogue(
            entries=_ungroup(document["entries"]),
            needles=tuple(needle.encode() for needle in document["needles"]),
            digest=document["digest"],
            **rows,
            **maps,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a catalogue document: {error}") from error


def _read(path: Path, digest: str) -> Catalogue | None:
    """The catalogue kept at ``path`` if it is the one of ``digest``."""
    try:
        catalogue = restore(path.read_bytes())
    except (OSError, ValueError):
        return None
    return catalogue if catalogue.digest == digest else None


def _group(entries: Mapping[str, Entry]) -> list[list[object]]:
    """Entries that say the same under many symbols are written once, the symbols last."""
    groups: dict[str, list[object]] = {}
    for symbol, entry in entries.items():
        applies = list(astuple(entry.applies)) if entry.applies is not None else None
        said: list[object] = [
            entry.role,
            entry.topic,
            entry.kind,
            entry.provider,
            dict(entry.arguments),
            entry.model,
            entry.returns,
            applies,
            entry.transparent,
            entry.tags,
            dict(entry.switches),
        ]
        group = groups.setdefault(json.dumps(said), [*said, []])
        symbols = group[-1]
        assert isinstance(symbols, list)
        symbols.append(symbol)
    return list(groups.values())


def _ungroup(groups: list[list[Any]]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for role, topic, kind, provider, arguments, model, returns, applies, transparent, tags, switches, symbols in groups:
        slots = _freeze(arguments)
        calls = Applies(*map(_freeze, applies)) if applies is not None else None
        said = (role, topic, kind, provider, slots, model, returns, calls, transparent, tuple(tags), switches)
        for symbol in symbols:
            entries[symbol] = Entry(symbol, *said)
    return entries


def _freeze(value: Any) -> Any:
    """Lists become tuples, at any depth."""
    if isinstance(value, list):
        return tuple(map(_freeze, value))
    if isinstance(value, dict):
        return {key: _freeze(item) for key, item in value.items()}
    return value
