"""Finding the files of a project."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tosguard.sources import git
from tosguard.sources.ignoring import Globs
from tosguard.sources.kinds import CONFIG, MAX_CONFIG, kind_of_content, kind_of_name
from tosguard.sources.problem import Problem
from tosguard.sources.reading import Unreadable, read
from tosguard.sources.walking import inside_environment, is_skipped, walk

_HEAD = 100
_MAX_SCRIPT = 1_000_000
#: Repositories within repositories deeper than this are left alone.
_MAX_SUBMODULES = 8


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A file of interest: path relative to the root with forward slashes, kind (see ``kinds``), and what stat says."""

    path: str
    kind: str
    size: int
    mtime_ns: int
    ctime_ns: int = 0
    inode: int = 0


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files found, sorted by path, and what could not be looked at.

    Attributes:
        files: the files of interest.
        problems: what could not be looked at.
        listing: git's list, if all files are from it and none were looked for elsewhere.
    """

    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...] = ()
    listing: bytes | None = None


def discover(
    root: Path, paths: Sequence[Path] = (), *, include: Sequence[str] = (), exclude: Sequence[str] = ()
) -> Discovery:
    """The files of a project that may say something: Python, notebooks, shell scripts and configuration.

    Inside a git work tree git's own list is used: tracked files, and new ones that are not ignored. Elsewhere the
    folders are walked, honouring ``.gitignore``. Environments and caches are left out either way, links too.

    Args:
        root: the folder all paths are relative to.
        paths: files and folders to look at, absolute or relative to ``root``; all of ``root`` if empty. A file named
            here is found even if it is ignored.
        include: globs of files to find although they are ignored.
        exclude: globs of files and folders to leave out. Globs mean what they mean in a ``.gitignore``.

    Returns:
        The files and the problems, both sorted; the same for the same tree.
    """
    problems: list[Problem] = []
    named, folders = _named(root, paths, problems)
    excluded = Globs(exclude)
    found = set(named)
    listing: bytes | None = None
    looks: dict[str, os.stat_result] = {}
    if not paths or folders:
        listing = git.list_files(root)
        listed = _listed(root, listing, problems, 0, looks)
        found.update(path for path in listed if _within(path, folders))
        if include:
            wanted = Globs(include)
            everything = walk(root, problems, honour_ignores=False)
            found.update(path for path in everything if wanted.match(path) and _within(path, folders))
    files = []
    for path in sorted(found):
        if path not in named and excluded.match(path):
            continue
        file = _source_file(root, path, problems, looks.get(path))
        if file is not None:
            files.append(file)
    alone = bool(listing) and not paths and not include and not _lies_elsewhere(root, found - looks.keys())
    return Discovery(tuple(files), tuple(sorted(set(problems))), listing if alone else None)


def _named(root: Path, paths: Sequence[Path], problems: list[Problem]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The files and the folders among the paths given, relative to the root."""
    files: set[str] = set()
    folders: set[str] = set()
    for path in paths:
        absolute = Path(os.path.normpath(root / path))
        try:
            relative = absolute.relative_to(os.path.normpath(root)).as_posix()
        except ValueError:
            problems.append(Problem(path.as_posix(), 0, "the path lies outside the project"))
            continue
        if absolute.is_dir():
            folders.add("" if relative == "." else relative + "/")
        elif os.path.lexists(absolute):
            files.add(relative)
        else:
            problems.append(Problem(relative, 0, "no such file or directory"))
    return frozenset(files), tuple(sorted(folders))


def _within(path: str, folders: tuple[str, ...]) -> bool:
    return not folders or path.startswith(folders)


def _listed(
    root: Path, listing: bytes | None, problems: list[Problem], depth: int, looks: dict[str, os.stat_result]
) -> Iterator[str]:
    """All files below a folder: by git's list where there is one; ``looks`` takes what was seen of them."""
    # Nothing at all: the folder itself is ignored by the repository around it, but it was asked for by name.
    if listing is None or (not listing and depth == 0):
        yield from walk(root, problems)
        return
    listed = git.paths_in(listing)
    environments = tuple(path.removesuffix("pyvenv.cfg") for path in listed if path.endswith("/pyvenv.cfg"))
    base = os.path.join(root, "")  # noqa: PTH118
    for path in listed:
        if is_skipped(path) or (environments and path.startswith(environments)):
            continue
        status = _look(base + path)
        folder = status is not None and stat.S_ISDIR(status.st_mode)
        if not folder and not path.endswith("/"):
            if status is not None:
                looks[path] = status
            yield path
        elif folder and depth < _MAX_SUBMODULES and not inside_environment(root / path):
            yield from (f"{path.rstrip('/')}/{inner}" for inner in _nested(root / path, problems, depth, path))


def _nested(folder: Path, problems: list[Problem], depth: int, path: str) -> Iterator[str]:
    """The files of a submodule or of a repository within the repository."""
    inner: list[Problem] = []
    if (folder / ".git").exists():
        yield from _listed(folder, git.list_files(folder), inner, depth + 1, {})
    else:
        yield from walk(folder, inner)
    problems.extend(Problem(f"{path.rstrip('/')}/{item.path}", item.line, item.message) for item in inner)


def _lies_elsewhere(root: Path, paths: Iterable[str]) -> bool:
    """Whether any of the paths that git's list does not name itself exists: it is in a repository within this one."""
    return any(os.path.lexists(root / path) for path in paths)


def _look(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except (OSError, ValueError):
        return None


def _source_file(root: Path, path: str, problems: list[Problem], status: os.stat_result | None) -> SourceFile | None:
    """The file at a path if it is one of interest; notes a problem if it would be but cannot be used."""
    kind = kind_of_name(path.rpartition("/")[2])
    if kind is None:
        return None
    try:
        status = status or os.lstat(root / path)
    except FileNotFoundError:
        return None  # tracked, but deleted from the work tree
    except (OSError, ValueError) as error:
        problems.append(Problem(path, 0, f"the file cannot be looked at: {error}"))
        return None
    if stat.S_ISLNK(status.st_mode):
        _note_link(root, path, kind, problems)
        return None
    if not stat.S_ISREG(status.st_mode):
        if kind and not stat.S_ISDIR(status.st_mode):
            problems.append(Problem(path, 0, "this is not a regular file"))
        return None
    if not kind:
        kind = _kind_of_content(root / path, status.st_size)
    if kind is None or (kind == CONFIG and status.st_size > MAX_CONFIG):
        return None
    return SourceFile(path, kind, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _kind_of_content(path: Path, size: int) -> str | None:
    if not 0 < size <= _MAX_SCRIPT:
        return None
    try:
        return kind_of_content(read(path)[:_HEAD])
    except Unreadable:
        return None


def _note_link(root: Path, path: str, kind: str, problems: list[Problem]) -> None:
    """A link within the project is no news, since its target is found too; any other is worth a word."""
    if not kind:
        return
    try:
        target = Path(os.path.realpath(root / path, strict=True))
        message = "" if target.is_relative_to(os.path.realpath(root)) else "this link leads out of the project"
    except (OSError, RuntimeError):
        message = "this link leads nowhere"
    if message:
        problems.append(Problem(path, 0, message))
