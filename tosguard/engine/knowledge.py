"""The catalogue of a run: put together once, remembered ready-made by the digest of its files, loaded when needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tosguard.engine.codec import Codec
from tosguard.engine.own import naming, needles_without, of_hosts
from tosguard.engine.version import analyzer_version, data_version
from tosguard.sources.triage import Triage

if TYPE_CHECKING:
    from tosguard.catalog.catalogue import Catalogue
    from tosguard.store import Store

_CATALOGUE, _NEEDLES = "catalogue", "needles"
_PLAIN = Codec(())
#: Roles of calls by which something of a provider, a platform or a known data set comes into a project.
_BIRTHS = frozenset(
    {
        *("generate", "embed", "moderate", "rerank", "image", "speech", "transcribe", "batch", "harvest", "upload"),
        *("tune", "load-weights", "local-generate", "judge", "platform-read", "unofficial"),
    }
)
#: A library that loads data sets brings in what is known of them, unless it is one that trains: those load exercises.
_LOADING, _TRAINING = "load-dataset", "training"


class _Words(NamedTuple):
    """What triage needs of the catalogue.

    Attributes:
        needles: what a file must contain one of.
        libraries: the top-level names of the libraries that are modelled.
        routes: the needles that name a library, a host or a data set.
        origins: those of ``routes`` that something can come from.
        hosts: the needles that are part of a host's name.
    """

    needles: tuple[bytes, ...]
    libraries: tuple[str, ...]
    routes: tuple[bytes, ...]
    origins: tuple[bytes, ...]
    hosts: tuple[bytes, ...]


class Knowledge:
    """The package's catalogue with the user's files. Triage needs its needles alone, so the rest waits.

    Args:
        extra: the user's files, or folders of them.
        store: where ready-made catalogues are remembered.

    Raises:
        ConfigurationError: by every member, if one of the files is wrong.
    """

    def __init__(self, extra: Sequence[Path], store: Store) -> None:
        self._extra = tuple(extra)
        self._store = store
        self._triages: dict[tuple[str, frozenset[str]], Triage] = {}

    @cached_property
    def digest(self) -> bytes:
        """Identifies the files and the code that reads them; of the package's own files none is read for it."""
        own = data_version() + analyzer_version()
        if not self._extra:
            return own
        from tosguard.catalog.loader import digest_of, read_files

        return own + bytes.fromhex(digest_of(read_files(self._extra)))

    @cached_property
    def catalogue(self) -> Catalogue:
        """All of it."""
        from tosguard.catalog.compiled import PACKAGED, dump, packaged, restore
        from tosguard.catalog.loader import DATA, digest_of, load, read_files

        data = self._store.get(_CATALOGUE, self.digest)
        if data is not None:
            with suppress(ValueError):
                return restore(data)
        known = packaged(digest_of([*read_files([DATA], inside=True), *read_files(self._extra)]))
        catalogue = known if known is not None else load(self._extra)
        if self._store.enabled:
            self._store.put(_CATALOGUE, self.digest, dump(catalogue) if known is None else PACKAGED.read_bytes())
        return catalogue

    @property
    def needles(self) -> tuple[bytes, ...]:
        """What a file must contain one of to be analysed."""
        return self._words.needles

    @property
    def libraries(self) -> frozenset[str]:
        """The top-level names of the libraries that are modelled."""
        return frozenset(self._words.libraries)

    def triage(self, own: frozenset[str] = frozenset()) -> Triage:
        """The pattern of the needles.

        Args:
            own: libraries that are the project's own where the pattern is used.
        """
        return self._triage("needles", own)

    def routes(self, own: frozenset[str] = frozenset()) -> Triage:
        """The pattern of those needles that name a library, a host or a data set, not merely a subject.

        Args:
            own: libraries that are the project's own where the pattern is used.
        """
        return self._triage("routes", own)

    def origins(self, own: frozenset[str] = frozenset()) -> Triage:
        """The pattern of those needles of ``routes`` that something can come from: none of a trainer or a metric.

        Args:
            own: libraries that are the project's own where the pattern is used.
        """
        return self._triage("origins", own)

    def _triage(self, which: str, own: frozenset[str]) -> Triage:
        if (which, own) not in self._triages:
            needles: tuple[bytes, ...] = getattr(self._words, which)
            self._triages[which, own] = Triage(needles_without(needles, own, self._words.hosts))
        return self._triages[which, own]

    @cached_property
    def _words(self) -> _Words:
        """What triage needs, remembered apart from the catalogue, which is long."""
        data = self._store.get(_NEEDLES, self.digest)
        known = _PLAIN.decode(data) if data is not None else None
        if isinstance(known, tuple) and len(known) == len(_Words._fields):
            return _Words(*known)
        words = _words_of(self.catalogue)
        self._store.put(_NEEDLES, self.digest, _PLAIN.encode(tuple(words)))
        return words


def _words_of(catalogue: Catalogue) -> _Words:
    libraries = _roots((*catalogue.entries, *catalogue.prefixes, *catalogue.aliases))
    hosts = [host.pattern for host in catalogue.hosts]
    names = [*catalogue.prefixes, *hosts, *catalogue.environment]
    pieces = [endpoint.path for endpoint in catalogue.endpoints]
    pieces += [name for dataset in catalogue.datasets for name in (*dataset.names, *dataset.files)]
    routes = naming(catalogue.needles, [*libraries, *names, *pieces])
    return _Words(
        catalogue.needles,
        tuple(sorted(libraries)),
        routes,
        naming(routes, [*_bringing(catalogue), *names], pieces),
        of_hosts(catalogue.needles, hosts),
    )


def _bringing(catalogue: Catalogue) -> frozenset[str]:
    """The libraries by which something of a provider, a platform or a known data set comes into a project."""
    others = [entry for entry in catalogue.entries.values() if entry.kind != _TRAINING]
    training = _roots(entry.symbol for entry in catalogue.entries.values() if entry.kind == _TRAINING)
    births = _roots(entry.symbol for entry in others if entry.role in _BIRTHS)
    births |= _roots(entry.symbol for entry in others if entry.role == _LOADING) - training
    return births | _roots(
        alias for alias in catalogue.aliases if catalogue.canonical(alias).partition(".")[0] in births
    )


def _roots(symbols: Iterable[str]) -> frozenset[str]:
    """The libraries that symbols belong to."""
    return frozenset(symbol.partition(".")[0] for symbol in symbols)
