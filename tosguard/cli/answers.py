"""Answers given before, given again while nothing they rest on has changed.

A hook runs a command line a hundred times on a project that is nearly the same. What such a run writes is kept beside
the cache, with what it rests on: git's list of the files, what the file system said of each, and the files that
configure the run. If all of that still holds, the answer is written again; if it does not, or anything is unusual, the
run goes its usual way. Nothing is imported here that the interpreter has not loaded by itself, so that an answer costs
little more than starting it.

``recording`` writes what is read here; ``replay`` tells whether it holds.
"""

from __future__ import annotations

import marshal
import os
import sys
import time

from tosguard import __version__
from tosguard.cachefolder import cache_folder, is_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Raised when the layout of a record changes.
FORMAT = 2
#: Beside the cache.
FOLDER = "answers"

#: Options of ``check`` that take no value and do not bear on which files are meant: what is neither one of these nor
#: begins with a dash is a path then.
FLAGS = frozenset(("-q", "--quiet", "-v", "--verbose", "--isolated", "--statistics", "--show-suppressed"))
#: Options of ``check`` that take the next argument for their value.
NUMBERS = frozenset(("-j", "--jobs"))

_CHECKSUM = 16
_LONGEST = 64 * 1024 * 1024
_HEARD = ("TOSGUARD_", "GIT_", "XDG_", "LC_", "PYTHON")
_HEARD_BY_NAME = frozenset(
    (
        "HOME",
        "PATH",
        "NO_COLOR",
        "FORCE_COLOR",
        "TERM",
        "COLUMNS",
        "LINES",
        "LANG",
        "GITHUB_STEP_SUMMARY",
        "LOCALAPPDATA",
    )
)
#: Set by git for each hook or commit, and taken away before git is asked.
_UNHEARD = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE",
    "GIT_INDEX_FILE", "GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_EDITOR", "GIT_REFLOG_ACTION", "GIT_EXEC_PATH", "GIT_PAGER",
)  # fmt: skip


class Answer:
    """What a run wrote.

    Args:
        out: to stdout.
        code: its exit code.
        said: to stderr.

    Attributes: the same.
    """

    __slots__ = ("code", "out", "said")

    def __init__(self, out: bytes, code: int, said: str) -> None:
        self.out, self.code, self.said = out, code, said

    def packed(self) -> tuple[bytes, int, str]:
        """The same as a record keeps it."""
        return self.out, self.code, self.said


class Call:
    """A command line in its surroundings, and where its record is kept.

    Args:
        arguments: the command line without the program's name.

    Attributes:
        arguments: the same.
        paths: the files it names, where that can be told without knowing every option; None where it cannot.
        key: all that its record must agree with, as bytes.
        file: the record's file, None where there is no cache.
        began_ns: when it began.
    """

    __slots__ = ("arguments", "began_ns", "file", "key", "paths")

    def __init__(self, arguments: Sequence[str]) -> None:
        self.arguments = tuple(arguments)
        self.began_ns = time.time_ns()
        rest, self.paths = _split(self.arguments)
        folder = cache_folder(os.environ)
        try:
            here = os.getcwd()  # noqa: PTH109
        except OSError:
            folder, here = None, ""
        known = (
            FORMAT,
            __version__,
            sys.version,
            __file__,
            here,
            rest,
            self.paths is None,
            _environment(),
            _terminal(),
        )
        self.key = repr((*known, time.strftime("%Y-%m-%d", time.gmtime()))).encode("utf-8", "surrogatepass")
        self.file = None if folder is None else f"{folder}/{FOLDER}/{_hash(self.key).hex()}"

    def record(self) -> tuple[dict[str, object], ...] | None:
        """What was recorded for it: an empty tuple for a call that is known and has no answer yet, None for nothing."""
        data = _read(self.file) if self.file is not None else None
        if data is None or _hash(data[_CHECKSUM:]) != data[:_CHECKSUM]:
            return None
        try:
            key, *content = marshal.loads(data[_CHECKSUM:])
        except (ValueError, EOFError, TypeError):
            return None
        return tuple(content) if key == self.key else None

    def keep(self, content: Sequence[dict[str, object]]) -> None:
        """Record something for it; where that cannot be written, nothing happens."""
        if self.file is None:
            return
        data = marshal.dumps([self.key, *content])
        folder, _, name = self.file.rpartition("/")
        fresh = f"{folder}/.{name}.{os.getpid()}"
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103
            with open(fresh, "xb") as stream:  # noqa: PTH123
                stream.write(_hash(data) + data)
            os.replace(fresh, self.file)  # noqa: PTH105
        except OSError:
            return


def _split(arguments: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """A command line without the files it names, and these; None for them where an argument is not understood."""
    if arguments[:1] != ("check",):
        return arguments, None
    rest, paths = ["check"], []
    waiting = iter(arguments[1:])
    for argument in waiting:
        if not argument.startswith("-") and argument:
            paths.append(argument)
        elif argument in FLAGS:
            rest.append(argument)
        elif argument in NUMBERS:
            rest += [argument, next(waiting, "")]
        else:
            return arguments, None
    return tuple(rest), tuple(paths)


def _environment() -> tuple[tuple[str, str], ...]:
    """The variables that bear on a run, without those that git sets anew for every hook."""
    return tuple(
        sorted(
            (name, value)
            for name, value in os.environ.items()
            if name in _HEARD_BY_NAME or (name.startswith(_HEARD) and not name.startswith(_UNHEARD))
        )
    )


def _terminal() -> tuple[object, ...]:
    """What a report's form takes from the terminal."""
    found: list[object] = []
    for number in (1, 2):
        try:
            found.append(os.get_terminal_size(number).columns if os.isatty(number) else None)
        except OSError:
            found.append(0)
    return tuple(found)


def _read(file: str) -> bytes | None:
    """The bytes of a record in a folder of our own."""
    try:
        if not is_private(os.stat(file.rpartition("/")[0])):  # noqa: PTH116
            return None
        with open(file, "rb") as stream:  # noqa: PTH123
            return stream.read(_LONGEST)
    except OSError:
        return None


def _hash(data: bytes) -> bytes:
    return digest_of((data,))


def digest_of(parts: Iterable[bytes]) -> bytes:
    """A digest of 16 bytes, as the cache takes it of contents."""
    try:
        # The name behind ``hashlib``, which loads OpenSSL for the sake of others.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    found = blake2b(digest_size=_CHECKSUM)
    for part in parts:
        found.update(part)
    return found.digest()
