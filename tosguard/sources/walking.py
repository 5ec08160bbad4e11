"""Walking folders where git cannot list them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tosguard.sources.ignoring import Globs
from tosguard.sources.kinds import kind_of_name
from tosguard.sources.problem import Problem
from tosguard.sources.reading import Unreadable, decode, read

#: Folders that never hold the project's own sources.
SKIPPED = frozenset(
    {
        ".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__", ".tox", ".nox", ".mypy_cache", ".pytest_cache",
        ".ruff_cache", ".hypothesis", ".eggs", ".ipynb_checkpoints", "__pypackages__",
    }
)  # fmt: skip
_MAX_IGNORE_FILE = 1_000_000

_Rules = tuple[tuple[str, Globs], ...]


def is_skipped(path: str) -> bool:
    """Whether a relative path lies in a folder that is never looked at."""
    return not SKIPPED.isdisjoint(path.split("/")[:-1])


def inside_environment(folder: Path) -> bool:
    """Whether a folder is an installed Python environment."""
    return (folder / "pyvenv.cfg").is_file() or (folder / "conda-meta").is_dir()


def walk(root: Path, problems: list[Problem], *, honour_ignores: bool = True) -> Iterator[str]:
    """The files below a folder whose names may be of interest, relative to it; links to folders are not entered.

    Args:
        root: the folder.
        problems: where folders that cannot be read are noted.
        honour_ignores: whether ``.gitignore`` files count.
    """
    pending: list[tuple[str, _Rules]] = [("", ())]
    while pending:
        prefix, rules = pending.pop()
        if prefix and inside_environment(root / prefix):
            continue
        try:
            with os.scandir(root / prefix) as entries:
                found = list(entries)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            problems.append(Problem(prefix.rstrip("/") or ".", 0, f"the folder cannot be read: {reason.lower()}"))
            continue
        if honour_ignores and any(entry.name == ".gitignore" for entry in found):
            rules = (*rules, (prefix, _ignore_file(root / prefix / ".gitignore")))
        for entry in found:
            path = prefix + entry.name
            if _is_folder(entry):
                if entry.name not in SKIPPED and not _ignored(path + "/", rules):
                    pending.append((path + "/", rules))
            elif kind_of_name(entry.name) is not None and not _ignored(path, rules):
                yield path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _ignored(path: str, rules: _Rules) -> bool:
    """Whether the nearest ``.gitignore`` with an opinion ignores a path."""
    for prefix, globs in reversed(rules):
        decision = globs.decide(path[len(prefix) :])
        if decision is not None:
            return decision
    return False


def _ignore_file(path: Path) -> Globs:
    try:
        return Globs(decode(read(path, _MAX_IGNORE_FILE)).text.splitlines())
    except Unreadable:
        return Globs(())
