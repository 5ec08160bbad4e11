"""Work shared with forked copies of this process: where answers are small, and what they need is at hand.

A pool of processes costs an import of ``multiprocessing`` and a copy of each task and answer; a fork begins with all
that its parent knows and hands back one piece of bytes.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Answer = tuple[object, ...]


def can_fork() -> bool:
    """Whether a copy of this process may be made: elsewhere than on Linux the system's libraries may not bear it."""
    return sys.platform == "linux"


def shared(items: Sequence[Item], work: Callable[[Item], Answer], jobs: int) -> list[Answer]:
    """What ``work`` tells of each item, in their order.

    Args:
        items: what is to be done. Every ``jobs``-th goes to one process, so neighbours should cost about the same.
        work: tells of one item in plain values: numbers, text, bytes and tuples of them.
        jobs: how many processes may be used, this one among them.

    Returns:
        The answers; what another process failed at is done by this one.
    """
    answers: list[Answer] = [()] * len(items)
    parts = range(max(1, min(jobs, len(items))) if can_fork() else 1)
    lent = [_lend(items[part :: len(parts)], work) for part in parts[1:]]
    answers[0 :: len(parts)] = [work(item) for item in items[0 :: len(parts)]]
    for part, loan in zip(parts[1:], lent, strict=True):
        mine = items[part :: len(parts)]
        done = _returned(loan)
        answers[part :: len(parts)] = done if done is not None and len(done) == len(mine) else [work(i) for i in mine]
    return answers


def _lend(items: Sequence[Item], work: Callable[[Item], Answer]) -> tuple[int, int] | None:
    """A process that does a part, and where to read its answers; None where the system gives no more processes."""
    reading, writing = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if process == 0:
        status = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as out:
                out.write(marshal.dumps([work(item) for item in items]))
            status = 0
        finally:
            os._exit(status)  # nothing of the parent's is flushed or cleaned up twice, whatever happened
    os.close(writing)
    return process, reading


def _returned(loan: tuple[int, int] | None) -> list[Answer] | None:
    """The answers of another process, None where it did not come to its end."""
    if loan is None:
        return None
    process, reading = loan
    with os.fdopen(reading, "rb") as answers:
        data = answers.read()
    _, status = os.waitpid(process, 0)
    if status != 0:
        return None
    found: list[Answer] = marshal.loads(data)
    return found
