"""Questions to git that need an answer and no reason, asked without the weight of ``subprocess``.

Nothing the repository configures is run: no file-system monitor, no external diff, no text conversion, and no fetch of
missing objects.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Seconds that git may take to say anything.
TIMEOUT = 120.0
_READ = 1 << 16

#: Options that come before every command.
SAFE = (
    "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "protocol.allow=never",
    "-c", f"core.hooksPath={os.devnull}", "-c", "submodule.recurse=false",
)  # fmt: skip
#: Set by git while a hook runs; each would point another repository's command at this one.
POINTERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE")
#: Lists tracked files and untracked ones that are not ignored.
LISTING = ("ls-files", "-z", "--cached", "--others", "--exclude-standard")

#: The commit that is checked out, its branch, what differs from it, and where the repository came from.
HEAD = ("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
BRANCH = ("symbolic-ref", "--short", "--quiet", "HEAD")
STATUS = ("status", "--porcelain", "-z", "--ignore-submodules=all", "--", ".")
ORIGIN = ("config", "--get", "remote.origin.url")


def environment() -> dict[str, str]:
    """The environment for git: without a hook's pointers and its index."""
    found = {name: value for name, value in os.environ.items() if name not in POINTERS and name != "GIT_INDEX_FILE"}
    found.update(GIT_OPTIONAL_LOCKS="0", GIT_TERMINAL_PROMPT="0", GIT_NO_LAZY_FETCH="1", LC_ALL="C")
    return found


def can_ask() -> bool:
    """Whether this platform starts programs without ``subprocess``."""
    return hasattr(os, "posix_spawnp")


class Question:
    """A git command that was started in a folder; several may be under way at once.

    Args:
        folder: where it runs.
        arguments: the command.
    """

    __slots__ = ("_pid", "_pipe")

    def __init__(self, folder: str, arguments: Sequence[str]) -> None:
        self._pid = 0
        self._pipe, theirs = os.pipe()
        nothing = os.open(os.devnull, os.O_RDWR)
        actions = [
            (os.POSIX_SPAWN_DUP2, nothing, 0),
            (os.POSIX_SPAWN_DUP2, theirs, 1),
            (os.POSIX_SPAWN_DUP2, nothing, 2),
        ]
        command = ["git", "-C", folder, *SAFE, *arguments]
        try:
            self._pid = os.posix_spawnp("git", command, environment(), file_actions=actions)
        except (OSError, ValueError):
            pass
        finally:
            os.close(theirs)
            os.close(nothing)

    def answer(self) -> bytes | None:
        """What git wrote, or None where it is missing or failed."""
        parts: list[bytes] = []
        while self._speaks() and (part := os.read(self._pipe, _READ)):
            parts.append(part)
        os.close(self._pipe)
        if not self._pid:
            return None
        _, status = os.waitpid(self._pid, 0)
        return b"".join(parts) if status == 0 else None

    def _speaks(self) -> bool:
        """Waits until git has written something or ended; ends it when that takes too long."""
        import select

        if select.select([self._pipe], [], [], TIMEOUT)[0] or not self._pid:
            return True
        os.kill(self._pid, 9)
        return False
