"""A directory of packs with its index, and the packs of it that are in force on a date."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tosguard.errors import ConfigurationError
from tosguard.policy import compiled
from tosguard.policy.errata import Errata, read_errata
from tosguard.policy.judgement import PackVersion
from tosguard.policy.locate import INDEX, rules_directory
from tosguard.policy.model import Pack
from tosguard.policy.own import overlay
from tosguard.policy.versions import PackEntry, first_after, in_force, is_date, overlaps

INDEX_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Library:
    """A rules directory: its entries in the order of the index, and the corrections of what its packs say."""

    directory: Path
    entries: tuple[PackEntry, ...]
    errata: Errata = field(default_factory=Errata)

    def providers(self) -> tuple[str, ...]:
        """Every provider the library has a pack for, sorted."""
        return tuple(sorted({entry.provider for entry in self.entries}))

    def versions(self, provider: str) -> tuple[PackEntry, ...]:
        """The snapshots of one provider, oldest first."""
        found = (entry for entry in self.entries if entry.provider == provider)
        return tuple(sorted(found, key=lambda entry: entry.version))

    def load(self, entry: PackEntry, cache: Path | None = None) -> Pack:
        """The pack of an entry. Its end comes from the index: a published file never changes, not even when it ends.

        Raises:
            ConfigurationError: if the file differs from the index or has a fault.
        """
        name = f"{self.directory.name}/{entry.path}"
        pack = compiled.load(self.directory / entry.path, name, entry.sha256, cache)
        if (pack.provider, pack.version) != (entry.provider, entry.version):
            raise ConfigurationError(
                f"the pack is of {pack.provider} {pack.version}, the index says {entry.provider} {entry.version}",
                where=name,
            )
        return replace(self.errata.corrected(pack), until=entry.until or pack.until)


@dataclass(frozen=True, slots=True)
class PacksInForce:
    """What holds on a date: packs by provider, their versions for the report, why a provider has none, and which own
    packs were laid over published ones."""

    packs: Mapping[str, Pack]
    versions: tuple[PackVersion, ...]
    gaps: Mapping[str, str]
    notices: tuple[str, ...] = ()


def open_library(directory: Path | None = None) -> Library:
    """Read the index of ``directory``, by default of the published packs.

    Raises:
        ConfigurationError: if there is no index, it or the errata are not well formed, or two snapshots claim the same
            day.
    """
    root = directory if directory is not None else rules_directory()
    name = f"{root.name}/{INDEX}"
    try:
        data = (root / INDEX).read_bytes()
    except OSError as error:
        raise ConfigurationError("the index cannot be read", where=name, why=error.strerror or str(error)) from error
    library = Library(root, read_index(data, name), read_errata(root))
    for earlier, later in overlaps(library.entries):
        line = next((n for n, text in enumerate(data.splitlines(), 1) if earlier.path.encode() in text), 1)
        raise ConfigurationError(
            f"two packs of {earlier.provider} claim the same days",
            where=f"{name}:{line}",
            why=f"{earlier.version} runs until {earlier.until or 'further notice'}, {later.version} begins before that",
            next_step="give the earlier pack the later one's version as its end",
        )
    return library


def read_index(data: bytes, name: str) -> tuple[PackEntry, ...]:
    """The entries of an index.

    Raises:
        ConfigurationError: if the index is not well formed, or an entry points outside its directory.
    """
    try:
        content = json.loads(data)
        if content["schema"] != INDEX_SCHEMA:
            raise ValueError(f"schema {content['schema']}")
        entries = tuple(_entry(item) for item in content["packs"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError("the index is not well formed", where=name, why=str(error)) from error
    return entries


def _entry(item: Mapping[str, object]) -> PackEntry:
    entry = PackEntry(*(str(item.get(key) or "") for key in ("provider", "version", "until", "path", "sha256")))
    if not is_date(entry.version) or (entry.until and not is_date(entry.until)):
        raise ValueError(f"{entry.path}: version and end must be dates")
    if Path(entry.path).is_absolute() or ".." in Path(entry.path).parts or "\\" in entry.path:
        raise ValueError(f"{entry.path}: outside the directory")
    if len(entry.sha256) != 64:
        raise ValueError(f"{entry.path}: no SHA-256")
    return entry


def write_index(entries: Iterable[PackEntry]) -> bytes:
    """An index file: one line a pack, in the order of provider and version."""
    ordered = sorted(entries, key=lambda entry: (entry.provider, entry.version))
    keys = ("provider", "version", "until", "path", "sha256")
    lines = ",\n".join(" " + json.dumps({key: getattr(entry, key) or None for key in keys}) for entry in ordered)
    return f'{{"schema": {INDEX_SCHEMA}, "packs": [\n{lines}\n]}}\n'.encode()


def packs_in_force(
    library: Library,
    providers: Iterable[str],
    as_of: date,
    *,
    cache: Path | None = None,
    own: Iterable[Pack] = (),
) -> PacksInForce:
    """The packs that judge usages of ``providers`` on ``as_of``.

    Args:
        library: the published packs.
        providers: route ids found in the code; packs of kind ``datasets`` are always added, for known data sets.
        as_of: the day whose terms count.
        cache: directory for compiled packs.
        own: the organisation's own packs, laid over the published ones.

    Raises:
        ConfigurationError: if a pack cannot be used.
    """
    packs: dict[str, Pack] = {}
    gaps: dict[str, str] = {}
    own_packs = [pack for pack in own if pack.version <= as_of.isoformat() and not _ended(pack, as_of)]
    known = set(library.providers())
    wanted = sorted(set(providers) | ({DATA_SETS} & known))
    for provider in wanted:
        entry = in_force(library.entries, provider, as_of)
        published = library.load(entry, cache) if entry is not None else None
        laid = overlay(published, [pack for pack in own_packs if pack.provider == provider])
        if laid is not None:
            packs[provider] = laid
        elif provider in known:
            gaps[provider] = _gap(library, provider, as_of)
    versions = tuple(PackVersion(name, pack.version, pack.sha256) for name, pack in packs.items())
    notices = tuple(
        f"the organisation's own pack {pack.name!r} of {pack.version} "
        f"(sha256 {pack.sha256[:12]}) bears on {pack.provider}"
        for pack in own_packs
        if pack.provider in packs
    )
    return PacksInForce(packs, versions, gaps, notices)


#: The pack of known data sets; it is in force for every run, since any data set may hold any provider's output.
DATA_SETS = "datasets"


def _ended(pack: Pack, as_of: date) -> bool:
    return bool(pack.until) and pack.until <= as_of.isoformat()


def _gap(library: Library, provider: str, as_of: date) -> str:
    later = first_after(library.entries, provider, as_of)
    return f"the earliest terms on record begin on {later}" if later else "no terms on record cover that day"
