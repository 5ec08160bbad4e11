"""What git knows, asked through its command line.

Nothing the repository configures is run: no file-system monitor, no external diff, no text conversion, and no fetch of
missing objects.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from tosguard.errors import UsageError
from tosguard.sources.asking import (
    BRANCH,
    HEAD,
    LISTING,
    ORIGIN,
    SAFE,
    STATUS,
    TIMEOUT,
    Question,
    can_ask,
    environment,
)

_DIFF = ("-M", "--no-color", "--no-ext-diff", "--no-textconv", "--relative", "--ignore-submodules=all")
_PREFIXES = ("--src-prefix=a/", "--dst-prefix=b/")

_URL = re.compile(r"(?:https?|ssh|git)://(?:[^@/]*@)?(?P<host>[\w.-]+)(?::\d+)?/(?P<path>[^?#\s]+)(?:[?#].*)?")
_SCP = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w-]+(?:\.[\w-]+)+):(?P<path>[^?#\s]+)")


class GitFailure(Exception):
    """A git command that did not work; ``str`` is git's reason in one line."""


def toplevel(folder: Path) -> Path | None:
    """The top of the work tree around a folder; ``None`` outside of repositories, or without git."""
    found = _answer(folder, "rev-parse", "--show-toplevel")
    return None if found is None else Path(os.fsdecode(found.rstrip(b"\r\n")))


def head(folder: Path) -> str | None:
    """The id of the commit that is checked out; ``None`` before the first one, outside of repositories, without git."""
    found = _answer(folder, *HEAD)
    return None if found is None else found.decode("ascii").strip()


def branch(folder: Path) -> str:
    """The branch that is checked out; "" where the head is detached, outside of repositories, without git."""
    return os.fsdecode(_answer(folder, *BRANCH) or b"").strip()


def is_dirty(folder: Path) -> bool:
    """Whether anything below a folder differs from the commit that is checked out, new files included."""
    return bool(_answer(folder, *STATUS))


def origin(folder: Path) -> str:
    """The web address of the repository a clone came from, without credentials; "" where it came from no server."""
    return web_address(os.fsdecode(_answer(folder, *ORIGIN) or b"").strip())


def web_address(remote: str) -> str:
    """A remote's address as https URL without user, password and query; "" for a local path."""
    found = _URL.fullmatch(remote) or _SCP.fullmatch(remote)
    return f"https://{found['host']}/{found['path'].strip('/').removesuffix('.git')}" if found else ""


def list_files(folder: Path) -> bytes | None:
    """Git's list of tracked files and untracked ones that are not ignored, each ended by NUL, relative to a folder.

    Paths of submodules and nested repositories stand for the folder (maybe with a trailing slash). ``None`` if git
    cannot tell.
    """
    return _answer(folder, *LISTING)


def paths_in(listing: bytes) -> tuple[str, ...]:
    """The paths of a list, in its order, each once."""
    return tuple(dict.fromkeys(os.fsdecode(path) for path in listing.split(b"\0") if path))


def merge_base(folder: Path, base: str) -> str:
    """The commit at which the current branch left another revision.

    Args:
        folder: any folder of the work tree.
        base: a revision as the user wrote it.

    Returns:
        The id of the commit; in a shallow clone that does not reach it, of ``base`` itself.

    Raises:
        UsageError: there is no repository, the revision is not known, or the histories are unrelated.
    """
    commit = _commit(folder, base)
    try:
        return _git(folder, "merge-base", commit, "HEAD").decode("ascii").strip()
    except GitFailure as failure:
        if _is_shallow(folder):
            return commit
        raise UsageError(
            f"the current branch shares no commit with {base!r}",
            where=str(folder),
            why=str(failure),
            next_step="compare with a revision of the same history",
        ) from None


def changed_lines(folder: Path, base: str | None) -> tuple[dict[str, frozenset[int]], dict[str, str]]:
    """The lines added or changed below a folder, and the renames.

    Args:
        folder: the root; paths are relative to it, and changes outside are left out.
        base: compare the working tree (untracked files included) with where it left this revision; ``None`` compares
            what is staged for commit with the current commit. Its lines are told where they stand in the working tree,
            which may have changed since.

    Returns:
        New path to the 1-based lines of the new file (none if lines were only removed), and new path to old path of
        files that were renamed.

    Raises:
        UsageError: there is no repository, or it does not know the revision.
    """
    from tosguard.sources.diff import carried_over, parse_changes

    _require_repository(folder)
    if base is None:
        staged, renamed = parse_changes(_ask(folder, "diff", "--cached", "-U0", *_DIFF, *_PREFIXES, hook_index=True))
        since = _ask(folder, "diff", "-U0", *_DIFF, "--no-renames", *_PREFIXES, hook_index=True)
        return carried_over(staged, since), renamed
    start = merge_base(folder, base)
    lines, renamed = parse_changes(_ask(folder, "diff", "-U0", *_DIFF, *_PREFIXES, start, "--"))
    for listed in _ask(folder, "ls-files", "-z", "--others", "--exclude-standard").split(b"\0"):
        path = os.fsdecode(listed)
        if path and path not in lines:
            lines[path] = _all_lines(folder / path)
    return lines, renamed


def renames(folder: Path, old: str, new: str) -> dict[str, str]:
    """The files renamed from one revision to another: new path to old path, relative to a folder.

    Raises:
        UsageError: there is no repository, or it does not know a revision.
    """
    _require_repository(folder)
    revisions = (_commit(folder, old), _commit(folder, new))
    fields = _ask(folder, "diff", "--name-status", "-z", "--diff-filter=R", *_DIFF, *revisions).split(b"\0")
    return {os.fsdecode(fields[at + 2]): os.fsdecode(fields[at + 1]) for at in range(0, len(fields) - 2, 3)}


def renames_since(folder: Path, file: Path) -> dict[str, str]:
    """The files renamed since a file last changed, commit by commit, and in the working tree since the last commit.

    Returns:
        New path to the path at that time, relative to a folder; nothing if git cannot tell.
    """
    log = ("log", "--reverse", "--topo-order", "--format=", "--name-status", "-z", "--diff-filter=R", *_DIFF)
    try:
        commit = _git(folder, "log", "-1", "--format=%H", "--", str(file.absolute())).decode("ascii").strip()
        steps = _git(folder, *log, f"{commit}..HEAD") if commit else b""
        steps += _git(folder, "diff", "--name-status", "-z", "--diff-filter=R", *_DIFF, "HEAD", "--")
    except GitFailure:
        return {}
    found: dict[str, str] = {}
    fields = iter(field for field in steps.split(b"\0") if field)
    for _status in fields:
        old, new = (os.fsdecode(next(fields, b"")) for _ in range(2))
        found[new] = found.pop(old, old)
    return found


def _all_lines(path: Path) -> frozenset[int]:
    try:
        if path.is_symlink() or not path.is_file():
            return frozenset()
        data = path.read_bytes()
    except OSError:
        return frozenset()
    return frozenset(range(1, data.count(b"\n") + 2))


def _commit(folder: Path, revision: str) -> str:
    _require_repository(folder)
    try:
        # A leading dash would be an option; --end-of-options is not known to every git in use.
        if revision.startswith("-"):
            raise GitFailure("a revision cannot begin with a dash")
        return _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode("ascii").strip()
    except GitFailure as failure:
        shallow = _is_shallow(folder)
        unknown = "it names no commit, branch or tag" if str(failure).endswith("found nothing") else str(failure)
        raise UsageError(
            f"the revision {revision!r} is not known here",
            where=str(folder),
            why="this clone is shallow" if shallow else unknown,
            next_step=f"fetch it first: git fetch {'--unshallow ' if shallow else ''}{_remote_and_branch(revision)}",
        ) from None


def _remote_and_branch(revision: str) -> str:
    """What to fetch so that a revision is known: of a remote branch its name there."""
    remote, slash, name = revision.removeprefix("refs/remotes/").partition("/")
    return f"origin {name}" if slash and remote == "origin" else f"origin {revision}"


def _is_shallow(folder: Path) -> bool:
    try:
        return _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except GitFailure:
        return False


def _require_repository(folder: Path) -> None:
    try:
        _git(folder, "rev-parse", "--show-toplevel")
    except GitFailure as failure:
        raise UsageError(
            "changes can only be told inside a git work tree",
            where=str(folder),
            why=str(failure),
            next_step="run without a base revision, or inside the repository",
        ) from None


def _ask(folder: Path, *arguments: str, hook_index: bool = False) -> bytes:
    try:
        return _git(folder, *arguments, hook_index=hook_index)
    except GitFailure as failure:
        raise UsageError("git could not tell what changed", where=str(folder), why=str(failure)) from None


def _git(folder: Path, *arguments: str, hook_index: bool = False) -> bytes:
    """The output of a git command run in a folder.

    Raises:
        GitFailure: git is missing, refuses, or does not end in time.
    """
    import subprocess

    try:
        done = subprocess.run(
            ["git", *SAFE, *arguments],
            cwd=folder,
            env=_environment(hook_index=hook_index),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except FileNotFoundError:
        raise GitFailure("git is not installed" if folder.is_dir() else "no such folder") from None
    except (OSError, ValueError) as error:
        raise GitFailure(str(error)) from None
    except subprocess.TimeoutExpired:
        raise GitFailure(f"git did not answer within {TIMEOUT:.0f} seconds") from None
    if done.returncode:
        raise GitFailure(_reason(done.stderr, arguments))
    return done.stdout


def _reason(stderr: bytes, arguments: Sequence[str]) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else f"git {arguments[0]} found nothing"


def _environment(*, hook_index: bool) -> dict[str, str]:
    """The environment for git: without a hook's pointers, but with its index where the staged state is meant."""
    found = environment()
    if hook_index and (index := os.environ.get("GIT_INDEX_FILE")):
        # Git gives it relative to the top of the work tree, where it also starts the hook.
        found["GIT_INDEX_FILE"] = str(Path(index).absolute())
    return found


def _answer(folder: Path, *arguments: str) -> bytes | None:
    """The output of a git command; None where it failed, for whatever reason."""
    if can_ask():
        return Question(str(folder), arguments).answer()
    try:
        return _git(folder, *arguments)
    except GitFailure:
        return None
