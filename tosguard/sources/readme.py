"""What a project says of itself: the beginning of its README, without code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tosguard.sources.reading import Unreadable, decode, read

#: Names of the file, the first that is there counts.
NAMES = ("README.md", "readme.md", "Readme.md", "README.rst", "README.txt", "README")

#: The name by which the parts of a project are introduced, in their own directories.
OF_A_PART = NAMES[0]

#: Longer files are not read, and no more than so many characters of prose are looked at.
LONGEST_README = 500_000
MOST_PROSE = 6_000

_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def readmes_of(root: Path, folders: Iterable[str]) -> Mapping[str, str]:
    """The beginnings of the READMEs of a project and of its parts, by directory ("" for the project's own).

    Args:
        root: the project's directory.
        folders: the directories of the parts, relative to it.
    """
    found = {"": _first(root, NAMES), **{folder: _first(root / folder, (OF_A_PART,)) for folder in folders if folder}}
    return {folder: text for folder, text in found.items() if text}


def folders_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The directories of these files and those around them, but for the project's own, in order."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return tuple(sorted(found))


def _first(folder: Path, names: Iterable[str]) -> str:
    """The beginning of the first file of these names that can be read, "" where there is none."""
    for name in names:
        try:
            text = decode(read(folder / name, LONGEST_README)).text
        except Unreadable:
            continue
        return _FENCED.sub(" ", text)[:MOST_PROSE]
    return ""
