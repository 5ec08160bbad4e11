"""What a project says of itself: the beginning of its README, without code."""

from __future__ import annotations

import re
from pathlib import Path

from tosguard.sources.reading import Unreadable, decode, read

#: Names of the file, the first that is there counts.
NAMES = ("README.md", "readme.md", "Readme.md", "README.rst", "README.txt", "README")

#: Longer files are not read, and no more than so many characters of prose are looked at.
LONGEST_README = 500_000
MOST_PROSE = 6_000

_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def readme_of(root: Path) -> str:
    """The beginning of a project's README, "" where there is none that can be read.

    Args:
        root: the project's directory.
    """
    for name in NAMES:
        try:
            text = decode(read(root / name, LONGEST_README)).text
        except Unreadable:
            continue
        return _FENCED.sub(" ", text)[:MOST_PROSE]
    return ""
