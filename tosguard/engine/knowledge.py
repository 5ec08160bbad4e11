"""The catalogue of a run: put together once, remembered ready-made by the digest of its files, loaded when needed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tosguard.engine.codec import Codec
from tosguard.engine.own import naming, needles_without, of_hosts
from tosguard.engine.version import analyzer_version, data_version
from tosguard.sources.triage import Triage

if TYPE_CHECKING:
    from tosguard.catalog.catalogue import Catalogue
    from tosguard.store import Store

_CATALOGUE, _NEEDLES = "catalogue", "needles"
_PLAIN = Codec(())


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
        self._triages: dict[frozenset[str], Triage] = {}

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
        from tosguard.catalog.compiled import dump, packaged, restore
        from tosguard.catalog.loader import DATA, digest_of, load, read_files

        known = packaged(digest_of([*read_files([DATA], inside=True), *read_files(self._extra)]))
        if known is not None:
            return known
        data = self._store.get(_CATALOGUE, self.digest)
        if data is not None:
            with suppress(ValueError):
                return restore(data)
        catalogue = load(self._extra)
        if self._store.enabled:
            self._store.put(_CATALOGUE, self.digest, dump(catalogue))
        return catalogue

    @property
    def needles(self) -> tuple[bytes, ...]:
        """What a file must contain one of to be analysed."""
        return self._words[0]

    @property
    def libraries(self) -> frozenset[str]:
        """The top-level names of the libraries that are modelled."""
        return frozenset(self._words[1])

    def triage(self, own: frozenset[str] = frozenset()) -> Triage:
        """The pattern of the needles.

        Args:
            own: libraries that are the project's own where the pattern is used.
        """
        if own not in self._triages:
            self._triages[own] = Triage(needles_without(self.needles, own, self._words[3]))
        return self._triages[own]

    @cached_property
    def routes(self) -> Triage:
        """The pattern of those needles that name a library, a host or a data set, not merely a subject."""
        return Triage(self._words[2])

    @cached_property
    def _words(self) -> tuple[tuple[bytes, ...], tuple[str, ...], tuple[bytes, ...], tuple[bytes, ...]]:
        """Needles, libraries, naming needles and those that are part of a host's name, remembered apart from the
        catalogue, which is long."""
        data = self._store.get(_NEEDLES, self.digest)
        if data is not None and isinstance(known := _PLAIN.decode(data), tuple) and len(known) == 4:
            return known
        catalogue = self.catalogue
        libraries = sorted({symbol.partition(".")[0] for symbol in (*catalogue.entries, *catalogue.prefixes)})
        names = [*libraries, *(host.pattern for host in catalogue.hosts), *catalogue.environment]
        names += [endpoint.path for endpoint in catalogue.endpoints]
        names += [name for dataset in catalogue.datasets for name in (*dataset.names, *dataset.files)]
        hosts = of_hosts(catalogue.needles, [host.pattern for host in catalogue.hosts])
        words = (catalogue.needles, tuple(libraries), naming(catalogue.needles, names), hosts)
        self._store.put(_NEEDLES, self.digest, _PLAIN.encode(words))
        return words
