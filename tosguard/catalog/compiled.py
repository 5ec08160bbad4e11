"""The catalogue in a form that loads fast: one JSON document that names the digest of the YAML it was made from.

The document lies in the package (made when the wheel is built), and runs keep one in their cache. One that is missing,
damaged, of another format or of other YAML is not used; the YAML is read then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
    SqlFunction,
    Topic,
)

#: Bumped whenever the layout of the document changes.
FORMAT = 4

#: Where a wheel carries the document of the package's own files.
PACKAGED = DATA.parent / "compiled.json"

_ROWS: Mapping[str, type] = {
    "topics": Topic,
    "models": ModelId,
    "hosts": Host,
    "endpoints": Endpoint,
    "sql": SqlFunction,
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
    "makers",
    "environment",
    "prefixes",
    "words",
    "phrases",
)


def load_fast(extra: Sequence[Path] = ()) -> Catalogue:
    """The same catalogue as ``loader.load``, without parsing YAML where the package carries the document of it.

    Args:
        extra: the user's files or folders, as for ``loader.load``.

    Raises:
        ConfigurationError: for the first file that is wrong.
    """
    files = [*read_files([DATA], inside=True), *read_files(extra)]
    found = packaged(digest_of(files))
    return found if found is not None else load_files(files)


def packaged(digest: str) -> Catalogue | None:
    """The catalogue that the package carries ready-made, if it is the one of these files."""
    try:
        data = PACKAGED.read_bytes()
        return restore(data) if data.startswith(_head(digest)) else None
    except (OSError, ValueError):
        return None


def compile_catalogue(target: Path) -> None:
    """Write the document of the package's own files, for a build.

    Raises:
        ConfigurationError: if a file is wrong.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(dump(load_files(read_files([DATA], inside=True))))


def dump(catalogue: Catalogue) -> bytes:
    """The document of a catalogue."""
    document: dict[str, object] = {"entries": _group(catalogue.entries)}
    document["needles"] = [needle.decode() for needle in catalogue.needles]
    for name in _ROWS:
        document[name] = [[getattr(row, item.name) for item in fields(row)] for row in getattr(catalogue, name)]
    for name in _MAPS:
        document[name] = dict(getattr(catalogue, name))
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return _head(catalogue.digest) + body.removeprefix(b"{")


def _head(digest: str) -> bytes:
    """How the document of these files begins: what makes it the right one is seen without parsing it."""
    return f'{{"format":{FORMAT},"digest":"{digest}",'.encode()


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
            entry.fills,
            dict(entry.hands),
        ]
        group = groups.setdefault(json.dumps(said), [*said, []])
        symbols = group[-1]
        assert isinstance(symbols, list)
        symbols.append(symbol)
    return list(groups.values())


def _ungroup(groups: list[list[Any]]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for role, topic, kind, provider, arguments, model, returns, applies, transparent, tags, *more, symbols in groups:
        slots = _freeze(arguments)
        calls = Applies(*map(_freeze, applies)) if applies is not None else None
        said = (
            role,
            topic,
            kind,
            provider,
            slots,
            model,
            returns,
            calls,
            transparent,
            tuple(tags),
            *map(_freeze, more),
        )
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
