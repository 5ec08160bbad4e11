"""Whether a recorded answer still holds, and writing it again."""

from __future__ import annotations

import os
import sys

from tosguard.cli.answers import Answer, digest_of
from tosguard.sources.asking import LISTING, Question, can_ask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from tosguard.cli.answers import Call

#: Changed files that are looked at before the whole project is.
MOST_CHANGED = 40
#: Bytes of a changed file beyond which the project is run.
LONGEST = 5_000_000
#: Flags of a file in a record: its code may change without bearing on any answer; no answer tells of it.
PLAIN, UNTOLD = 1, 2


def replay(call: Call) -> int | None:
    """Give a recorded answer again.

    Args:
        call: the command line.

    Returns:
        Its exit code, or None, with nothing written, where it must be run.
    """
    if not can_ask() or not (content := call.record()):
        return None
    record: Any = content[0]
    questions = [(Question(record["root"], command), expected) for command, expected in record["asked"]]
    listing = Question(record["root"], LISTING)
    told = listing.answer()
    holds = told is not None and digest_of((told,)) == record["listing"]
    for question, expected in questions:
        holds = digest_of((repr(question.answer()).encode(),)) == expected and holds
    if not holds or not _holds(record):
        return None
    answer = _answer(call, record)
    return None if answer is None else _written(answer)


def identity(status: os.stat_result) -> tuple[int, int, int, int]:
    """What the file system says of a file: it changes with the content."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _holds(record: Mapping[str, Any]) -> bool:
    """Whether nothing has changed but what no answer depends on."""
    for path, is_there in record["present"].items():
        if os.path.lexists(path) != is_there:
            return False
    if next(_changed("", record["outside"]), None) is not None:
        return False
    base = record["root"] + "/"
    for number, path in enumerate(_changed(base, record["files"])):
        if number == MOST_CHANGED or not _is_alike(base + path, record["known"].get(path), record):
            return False
    return True


def _changed(base: str, files: Mapping[str, tuple[int, ...] | None]) -> Iterator[str]:
    """The files of which the file system no longer says the same."""
    lstat = os.lstat
    for path, known in files.items():
        try:
            status = lstat(base + path)
        except OSError:
            if known is not None:
                yield path
            continue
        if known != (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino):
            yield path


def _is_alike(path: str, known: tuple[bytes, int, bytes | None] | None, record: Mapping[str, Any]) -> bool:
    """Whether a file that was written since says the same, or nothing of interest now as before."""
    if known is None or (data := _bytes(path)) is None:
        return False
    digest, flags, imports = known
    if digest_of((data,)) == digest:
        return True
    if not flags & PLAIN or b"tosguard" in data or b"\0" in data or any(needle in data for needle in record["needles"]):
        return False
    if imports is None:
        return True
    from tosguard.engine.filenames import file_names
    from tosguard.sources.importing import imports_in

    return said_of_others(imports_in(data), file_names(data)) == imports


def said_of_others(imports: Iterable[tuple[str, str, str]], names: tuple[str, ...]) -> bytes:
    """A digest of what of a file bears on which others are analysed: its imports and the data files it names."""
    return digest_of((repr((list(imports), names)).encode("utf-8", "surrogatepass"),))


def _bytes(path: str) -> bytes | None:
    """The bytes of a regular file of the usual length."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        descriptor = os.open(path, flags)
    except OSError:
        return None
    with open(descriptor, "rb") as stream:  # noqa: PTH123
        status = os.fstat(descriptor)
        if status.st_mode & 0o170000 != 0o100000 or status.st_size > LONGEST:
            return None
        return stream.read()


def _answer(call: Call, record: Mapping[str, Any]) -> Answer | None:
    """The answer for the files asked for: their own, or the one that holds for all files that no answer tells of."""
    answers: Mapping[tuple[str, ...] | None, tuple[bytes, int, str]] = record["answers"]
    if (own := answers.get(call.paths)) is not None:
        return Answer(*own) if all(map(os.path.exists, call.paths or ())) else None
    if not call.paths or record["untold"] is None:
        return None
    here, root = os.getcwd(), record["root"] + "/"  # noqa: PTH109
    for path in call.paths:
        absolute = os.path.normpath(os.path.join(here, path))  # noqa: PTH118
        known = record["known"].get(absolute[len(root) :]) if absolute.startswith(root) else None
        if known is None or not known[1] & UNTOLD or path.endswith("/"):
            return None
    return Answer(*record["untold"])


def _written(answer: Answer) -> int:
    """Write an answer; its readers may have gone."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(answer.out)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:  # noqa: SIM105 - the interpreter has not loaded contextlib
        print(answer.said, end="", file=sys.stderr)
    except OSError:
        pass
    return answer.code
