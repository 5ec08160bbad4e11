"""Which project a command line means, and which of its files."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tosguard.config.discovery import repository_of
from tosguard.errors import UsageError


@dataclass(frozen=True, slots=True)
class Places:
    """A project and what of it is reported.

    Attributes:
        root: the absolute directory that all paths of the report are relative to.
        shown: the root as the user gave it.
        touched: files and folders, relative to the root, that findings must touch; empty for all.
    """

    root: Path
    shown: str
    touched: tuple[str, ...] = ()

    def changes(
        self, base: str | None, *, staged: bool
    ) -> tuple[Mapping[str, frozenset[int]] | None, Mapping[str, str]]:
        """The lines changed since a revision (or staged for commit), and the renames (new path → old).

        Raises:
            UsageError: there is no repository, or it does not know the revision.
        """
        if base is None and not staged:
            return None, {}
        if base is not None and staged:
            raise UsageError("--diff-base and --staged exclude each other", next_step="give one of them")
        from tosguard.sources.git import changed_lines

        lines, renames = changed_lines(self.root, base)
        for path in [path for path in lines if path.endswith(".ipynb")]:
            lines.update(self._cells(path, lines[path]))
        return lines, renames

    def _cells(self, path: str, lines: frozenset[int]) -> dict[str, frozenset[int]]:
        """A notebook's changed lines by cell (``path#cell``); none if that cannot be told: then all of it counts."""
        from tosguard.sources.notebook_lines import lines_in_cells

        try:
            text = (self.root / path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return {}
        return {f"{path}#{cell}": inner for cell, inner in (lines_in_cells(text, lines) or {}).items()}


def whole(paths: Sequence[Path]) -> Places:
    """What ``audit`` means: one directory is the project; files or several places are looked at within theirs.

    Raises:
        UsageError: a path does not exist, or the paths have no project in common.
    """
    existing = _existing(paths)
    if len(existing) == 1 and existing[0].is_dir():
        return Places(_absolute(existing[0]), existing[0].as_posix())
    return within(existing)


def within(paths: Sequence[Path]) -> Places:
    """What ``check`` means: the project around the paths is analysed, and what touches them is reported.

    Raises:
        UsageError: a path does not exist, or the paths have no project in common.
    """
    existing = _existing(paths)
    here = Path.cwd()
    ours = project_of(here)
    paths = [_absolute(path) for path in existing]
    # Of paths in several projects those of the one we stand in are meant.
    root = ours if not paths or any(path.is_relative_to(ours) for path in paths) else project_of(paths[0])
    touched = []
    for path in existing:
        absolute = _absolute(path)
        if not absolute.is_relative_to(root):
            raise UsageError(
                "the path lies outside the project",
                where=str(path),
                why=f"the project is {_shown(root)}",
                next_step="check one project at a time",
            )
        touched.append(absolute.relative_to(root).as_posix())
    everything = not touched or "." in touched
    return Places(root, _shown(root), () if everything else tuple(dict.fromkeys(touched)))


def project_of(path: Path) -> Path:
    """The repository around a path; without one the current directory if the path lies there, else its own folder."""
    folder = path if path.is_dir() else path.parent
    here = Path.cwd()
    return repository_of(folder) or (here if folder.is_relative_to(here) else folder)


def _existing(paths: Sequence[Path]) -> tuple[Path, ...]:
    for path in paths:
        if not path.exists():
            raise _missing(path)
    return tuple(paths)


def _missing(path: Path) -> UsageError:
    import difflib

    try:
        names = [sibling.name for sibling in path.parent.iterdir()]
    except OSError:
        names = []
    near = difflib.get_close_matches(path.name, names, n=1)
    link = "it is a link to nothing" if path.is_symlink() else ""
    hint = f"did you mean {(path.parent / near[0]).as_posix()!r}?" if near else "check the path"
    return UsageError("no such file or directory", where=str(path), why=link, next_step=hint)


def _absolute(path: Path) -> Path:
    # Links in the path itself are kept: the project is where the user says it is.
    return Path(os.path.normpath(path.absolute()))


def _shown(root: Path) -> str:
    return Path(os.path.relpath(root)).as_posix()
