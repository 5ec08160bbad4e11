"""The names of known data sets: hub ids, paths and file names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tosguard.catalog.matching import Glob
from tosguard.catalog.model import Dataset

_ON_HUB = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/datasets/([^/?#]+/[^/?#]+)")

#: A longer text is no name.
LONGEST_NAME = 300

#: A folder whose files are those of a data set has a name of so many letters at least: shorter ones name anything.
SHORTEST_FOLDER = 10

#: Files that are no data, in whatever folder they are.
CODE_SUFFIXES = (".py", ".pyi", ".ipynb", ".sh", ".md", ".toml", ".cfg", ".ini")


class DatasetNames:
    """Names and files of data sets: whole ids go before the last piece of one, that before files, the longer before the
    shorter."""

    def __init__(self, datasets: Iterable[Dataset]) -> None:
        rows: list[tuple[int, int, str, Dataset]] = []
        for dataset in datasets:
            rows.extend((0 if "/" in name else 1, -len(name), name, dataset) for name in dataset.names)
            rows.extend((2, -len(name), name, dataset) for name in dataset.files)
        rows.sort(key=lambda row: (row[0], row[1], row[3].id))
        self._datasets = [row[3] for row in rows]
        self._plain: dict[tuple[bool, str], int] = {}
        self._globs: list[tuple[int, bool, Glob]] = []
        for place, (rank, _, name, _) in enumerate(rows):
            if "*" in name:
                self._globs.append((place, rank == 0, Glob(name.lower())))
            else:
                self._plain.setdefault((rank == 0, name.lower()), place)

    def find(self, name: str) -> Dataset | None:
        """The data set of a hub id or its address, a path, or a file name; of a file in a folder that is called as a
        data set, that data set."""
        whole = name.strip().strip("/")
        if (hub := _ON_HUB.match(whole)) is not None:
            whole = hub[1]
        if not whole or len(whole) > LONGEST_NAME or any(c.isspace() for c in whole):
            return None
        whole = whole.lower()
        folders, _, _ = whole.rpartition("/")
        folder = folders.rpartition("/")[2]
        found = self._find(whole)
        if found is not None or len(folder) < SHORTEST_FOLDER or whole.endswith(CODE_SUFFIXES):
            return found
        return self._find(folder)

    def _find(self, whole: str) -> Dataset | None:
        last = whole.rsplit("/", 1)[-1]
        most = len(self._datasets)
        plain = min(self._plain.get((True, whole), most), self._plain.get((False, last), most))
        for place, is_whole, pattern in self._globs:
            if place > plain:
                break
            if pattern.matches(whole if is_whole else last):
                return self._datasets[place]
        return self._datasets[plain] if plain < most else None
