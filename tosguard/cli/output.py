"""Where reports go: stdout, and files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from tosguard.errors import UsageError

_NARROWEST, _WIDEST = 40, 120


def write_stdout(text: str) -> None:
    """Write a report to stdout as UTF-8 with line feeds, whatever the locale says. A reader may have gone."""
    if not text:
        return
    data = (text if text.endswith("\n") else text + "\n").encode("utf-8", "backslashreplace")
    buffer = getattr(sys.stdout, "buffer", None)
    try:
        if buffer is None:
            sys.stdout.write(data.decode("utf-8"))
        else:
            sys.stdout.flush()
            buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        abandon_stdout()


def abandon_stdout() -> None:
    """Nobody reads stdout any more (``| head``): drop what is left, without Python's complaint at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def read_text(path: Path) -> str:
    """The text of a file that people keep, its line ends as they are.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise UsageError(
            "the file cannot be read", where=str(path), why=error.strerror or str(error), next_step="make it readable"
        ) from None
    except UnicodeDecodeError:
        raise UsageError(
            "the file cannot be read", where=str(path), why="not UTF-8", next_step="save it as UTF-8"
        ) from None


def write_file(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old content or the new, never a part.

    Raises:
        UsageError: the file cannot be written.
    """
    write_bytes(path, (text if text.endswith("\n") else text + "\n").encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        target = path.resolve()
        _replace(target, data)
    except OSError as error:
        raise UsageError(
            "the file cannot be written",
            where=str(path),
            why=error.strerror or str(error),
            next_step="name a file in a directory that exists and may be written",
        ) from None


def _replace(target: Path, data: bytes) -> None:
    from tempfile import mkstemp

    handle, name = mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(_mode_for(target))
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _mode_for(target: Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def wants_color(choice: str) -> bool:
    """Whether to colour stdout: ``--color``, else NO_COLOR, FORCE_COLOR and whether a terminal reads."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns to wrap to: the terminal's within reason, else 100."""
    if not sys.stdout.isatty():
        return 100
    from shutil import get_terminal_size

    return max(_NARROWEST, min(_WIDEST, get_terminal_size((100, 24)).columns))


def say(message: str) -> None:
    """One line of diagnostics on stderr; a reader that has gone does not matter."""
    with contextlib.suppress(OSError):
        print(diagnostic(message), end="", file=sys.stderr)


def diagnostic(message: str) -> str:
    """A line as ``say`` writes it."""
    return f"tosguard: {message}\n"
