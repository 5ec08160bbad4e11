"""Bytes of files, and the text they mean."""

from __future__ import annotations

import codecs
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

#: Longest file that is read. Notebooks carry pictures, so this is far above what a program needs.
MAX_FILE = 50_000_000

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#[^\r\n]*)?$")
_LINES = re.compile(rb"\r\n|\r|\n")
#: Text encodings by name only: they transform instead of encoding, or take more than linear time.
_REFUSED = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})


class Unreadable(Exception):
    """A file whose bytes cannot be had; ``str`` says why."""


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded file: line ends are line feeds, the byte order mark is gone.

    Attributes:
        text: the text; empty for a binary file.
        encoding: how it was decoded.
        problem: what was wrong, or "".
        line: where, 1-based; 0 without a problem.
    """

    text: str
    encoding: str
    problem: str = ""
    line: int = 0


def read(path: Path, limit: int = MAX_FILE) -> bytes:
    """The bytes of a regular file.

    Args:
        path: the file; a link is not followed.
        limit: most bytes that are read.

    Raises:
        Unreadable: it is no regular file, is longer than ``limit``, or cannot be opened.
    """
    # Non-blocking, so that opening a pipe somebody put there does not wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise Unreadable(f"the file cannot be opened: {_reason(error)}") from None
    except ValueError:
        raise Unreadable("the file cannot be opened: its name holds a NUL character") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("this is not a regular file")
        if status.st_size > limit:
            raise Unreadable(f"the file is longer than {limit:,} bytes")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {_reason(error)}") from None
    finally:
        os.close(descriptor)
    if len(data) > limit:
        raise Unreadable(f"the file is longer than {limit:,} bytes")
    return data


def binary(data: bytes) -> Text | None:
    """The empty text of a file with NUL bytes, with what is wrong; None where there are none.

    Python reads no such file, not even UTF-16 with its mark, in which other programs write lists of requirements.
    """
    nul = data.find(b"\0")
    if nul < 0:
        return None
    problem = "the file contains NUL bytes, so it is not text; save it as text, or exclude it"
    return Text("", "binary", problem, _line_of(data, nul))


def decode(data: bytes) -> Text:
    """The text of a file: by its byte order mark, its coding line (PEP 263), as UTF-8, at worst byte by byte.

    Args:
        data: the bytes of the file.

    Returns:
        The text, with a problem where it had to be guessed, and empty with a problem where the file is binary.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16", 1)
    if (problem := binary(data)) is not None:
        return problem
    if data.startswith(codecs.BOM_UTF8):
        return _decoded(data[len(codecs.BOM_UTF8) :], "utf-8", 1)
    name, line = _declared(data)
    if name is None:
        return _decoded(data, "utf-8", 1)
    encoding = _known(name)
    if encoding is None:
        guessed = _decoded(data, "utf-8", line)
        return Text(guessed.text, guessed.encoding, f"the declared encoding {name!r} is not known", line)
    return _decoded(data, encoding, line)


def _decoded(data: bytes, encoding: str, line: int) -> Text:
    try:
        return Text(_plain_lines(data.decode(encoding)), encoding)
    except UnicodeDecodeError as error:
        line = _line_of(data, error.start)
    except (UnicodeError, ValueError, LookupError):
        pass
    return Text(_plain_lines(data.decode("latin-1")), "latin-1", f"the file is not valid {encoding}", line)


def _declared(data: bytes) -> tuple[str | None, int]:
    """The encoding named in the first two lines, and the line."""
    for number, line in enumerate(_LINES.split(data[:4096], maxsplit=2)[:2], 1):
        if found := _COOKIE.match(line):
            return found[1].decode("ascii", "replace"), number
        if not _BLANK.match(line):
            break
    return None, 1


def _known(name: str) -> str | None:
    """The usual name of a text encoding, or ``None``."""
    try:
        found = codecs.lookup(name)
        # The declaration itself was read as ASCII, so an encoding that disagrees with ASCII cannot be meant.
        if b"# a".decode(name) != "# a":
            return None
    except (LookupError, ValueError, AssertionError):
        return None
    return None if found.name.replace("_", "-") in _REFUSED else found.name


def _plain_lines(text: str) -> str:
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line_of(data: bytes, offset: int) -> int:
    return len(_LINES.findall(data[:offset])) + 1


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
