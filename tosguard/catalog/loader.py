"""Loading the catalogue: the files of the package and of the user, checked and put together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from tosguard.catalog.catalogue import MAX_ROUNDS, Catalogue
from tosguard.catalog.documents import parse
from tosguard.catalog.symbols import begins_with
from tosguard.catalog.validation import Content, Located, read_document
from tosguard.errors import ConfigurationError

#: Bumped whenever the same files give another catalogue; part of the digest.
LOADER_VERSION = 4

#: Fields of a file's content that are simply added up.
LISTS = (
    "topics", "calls", "needles", "models", "hosts", "endpoints", "sql", "datasets", "shapes", "commands", "configs",
)  # fmt: skip
MAPPINGS = ("vendors", "makers", "environment", "prefixes", "settings", "skips", "administration")

DATA = Path(__file__).parent / "data"


def load(extra: Sequence[Path] = ()) -> Catalogue:
    """The catalogue of the package together with the user's own files.

    Args:
        extra: files, or folders of ``*.yaml``, to add. They may not declare a symbol again.

    Raises:
        ConfigurationError: for the first file that is wrong, with file, line, key and a suggestion.
    """
    return load_files([*read_files([DATA], inside=True), *read_files(extra)])


def load_files(files: Sequence[tuple[str, bytes]]) -> Catalogue:
    """The catalogue of files already read (name and bytes), checked and put together.

    Raises:
        ConfigurationError: for the first file that is wrong.
    """
    content = Content()
    declared: dict[str, str] = {}
    for name, data in files:
        _add(content, read_document(parse(data, name), name), declared)
    return assemble(content, digest_of(files))


def problems(paths: Sequence[Path]) -> tuple[ConfigurationError, ...]:
    """Everything wrong with the given files: one a file, else what is wrong beside the package's own."""
    found: list[ConfigurationError] = []
    for name, data in read_files(paths):
        try:
            read_document(parse(data, name), name)
        except ConfigurationError as error:
            found.append(error)
    if not found:
        try:
            load(paths)
        except ConfigurationError as error:
            found.append(error)
    return tuple(found)


def read_files(paths: Iterable[Path], inside: bool = False) -> list[tuple[str, bytes]]:
    """Name and bytes of each file, folders expanded in name order; ``inside`` names them from the package on."""
    files: list[tuple[str, bytes]] = []
    for path in paths:
        members = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        for member in members:
            name = f"catalog/data/{member.name}" if inside else member.as_posix()
            try:
                files.append((name, member.read_bytes()))
            except OSError as error:
                raise ConfigurationError(
                    "the catalogue file cannot be read", where=name, why=error.strerror or str(error)
                ) from error
    return files


def digest_of(files: Sequence[tuple[str, bytes]]) -> str:
    """SHA-256 over the loader's version and each file's bytes. Where a file lies does not matter, its order does."""
    digest = hashlib.sha256(f"tosguard catalogue {LOADER_VERSION}\n".encode())
    for _, data in files:
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()


def _add(whole: Content, part: Content, declared: dict[str, str]) -> None:
    """Add one file's content to the whole, refusing what another file already says."""
    for name in LISTS:
        getattr(whole, name).extend(getattr(part, name))
    for name in MAPPINGS:
        getattr(whole, name).update(getattr(part, name))
    for lists, added in ((whole.words, part.words), (whole.phrases, part.phrases)):
        for word_list, words in added.items():
            lists[word_list] = (*lists.get(word_list, ()), *words)
    for alias, target in part.aliases.items():
        where = part.alias_lines[alias]
        if alias in declared:
            raise ConfigurationError(f"{alias!r} is declared twice", where=where, why=f"first in {declared[alias]}")
        if begins_with(target, alias):
            raise ConfigurationError(f"alias {alias!r} leads to itself", where=where)
        declared[alias] = where
        whole.aliases[alias] = target
        whole.alias_lines[alias] = where


def assemble(content: Content, digest: str) -> Catalogue:
    """Freeze what the files declare into a catalogue.

    Raises:
        ConfigurationError: when two calls declare the same symbol, or aliases go in a circle.
    """
    catalogue = Catalogue(
        entries={},
        aliases=content.aliases,
        skips=content.skips,
        settings=content.settings,
        administration=content.administration,
        topics=tuple(content.topics),
        needles=tuple(sorted({needle.encode() for needle in content.needles})),
        models=tuple(content.models),
        vendors=content.vendors,
        makers=content.makers,
        hosts=tuple(content.hosts),
        endpoints=tuple(content.endpoints),
        sql=tuple(content.sql),
        environment={name.upper(): route for name, route in content.environment.items()},
        prefixes={prefix.lower(): route for prefix, route in content.prefixes.items()},
        datasets=tuple(content.datasets),
        shapes=tuple(content.shapes),
        words=content.words,
        phrases=content.phrases,
        commands=tuple(content.commands),
        configs=tuple(content.configs),
        digest=digest,
    )
    _check_aliases(catalogue, content)
    _fill_entries(catalogue, content)
    return catalogue


def _check_aliases(catalogue: Catalogue, content: Content) -> None:
    for alias, where in content.alias_lines.items():
        target = catalogue.canonical(alias)
        if catalogue.rewrite_once(target) != target:
            raise ConfigurationError(
                f"alias {alias!r} goes in a circle", where=where, why=f"still changing after {MAX_ROUNDS} steps"
            )


def _fill_entries(catalogue: Catalogue, content: Content) -> None:
    """Key each entry by its canonical symbol."""
    entries = catalogue.entries
    assert isinstance(entries, dict)
    places: dict[str, Located] = {}
    for located in content.calls:
        written = located.entry.symbol
        symbol = catalogue.canonical(written)
        entry = located.entry if symbol == written else replace(located.entry, symbol=symbol)
        first = places.setdefault(symbol, located)
        # Two spellings of one symbol may stand side by side as long as they say the same.
        if first is not located and (first.entry.symbol == written or entries[symbol] != entry):
            raise ConfigurationError(
                f"{written!r} is declared twice",
                where=located.where,
                why=f"first as {first.entry.symbol!r} in {first.where}",
                next_step="keep one, or make one an alias",
            )
        entries[symbol] = entry
