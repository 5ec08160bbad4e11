"""Sources to IR: from the cache, in this process, or on several; the same values whichever way they came."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from tosguard.engine.codec import Codec
from tosguard.syntax import ir

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from tosguard.store import Store

_KIND = "ir"
#: Below this many characters to parse, starting processes costs more than it saves (measured: 1,000 lines when
#: forking; a spawned process imports the parser anew).
_WORTH_FORKING = 60_000
_WORTH_SPAWNING = 600_000
#: A task is many small files, so that handing it over costs nothing, but few enough to share the work evenly.
_TASK = 40_000


@dataclass(frozen=True, slots=True)
class Lowered:
    """A lowered source, or where and why it could not be lowered."""

    module: ir.Module | None
    line: int = 0
    message: str = ""


def key_of(text: str) -> bytes:
    """The identity of a source: equal texts are lowered once."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def lower_all(
    texts: Mapping[bytes, str],
    store: Store,
    version: bytes,
    *,
    jobs: int = 1,
    advance: Callable[[int], None] | None = None,
) -> tuple[dict[bytes, Lowered], int]:
    """Lower sources.

    Args:
        texts: source by key (see ``key_of``).
        store: where IR is remembered.
        version: of the analyzer; part of every key in the store.
        jobs: how many processes may be used.
        advance: told how many sources are done.

    Returns:
        What became of each, and how many came from the store.
    """
    codec = _codec()
    tell = advance or (lambda _: None)
    stored = {_stored_key(key, version): key for key in texts}
    found: dict[bytes, Lowered] = {}
    for stored_key, data in store.get_many(_KIND, stored).items():
        if isinstance(lowered := codec.decode(data), Lowered):
            found[stored[stored_key]] = lowered
    cached = len(found)
    tell(cached)
    missing = {key: texts[key] for key in sorted(texts) if key not in found}
    for key, data in _fresh(missing, jobs):
        store.put(_KIND, _stored_key(key, version), data)
        found[key] = codec.decode(data)
        tell(1)
    return found, cached


def default_jobs() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _fresh(texts: Mapping[bytes, str], jobs: int) -> Iterator[tuple[bytes, bytes]]:
    worth = _WORTH_FORKING if _can_fork() else _WORTH_SPAWNING
    if jobs < 2 or len(texts) < 2 or sum(map(len, texts.values())) < worth:
        for key, text in texts.items():
            yield key, encoded(text)
        return
    yield from _in_processes(texts, jobs)


def _in_processes(texts: Mapping[bytes, str], jobs: int) -> Iterator[tuple[bytes, bytes]]:
    from concurrent.futures import as_completed
    from concurrent.futures.process import BrokenProcessPool

    left = dict(texts)
    pool = _pool(jobs)
    try:
        tasks = [pool.submit(_encode_many, task) for task in _tasks(texts)]
        for task in as_completed(tasks):
            for key, data in task.result():
                del left[key]
                yield key, data
    except BrokenProcessPool:
        # A process was killed, perhaps by what one source did to it: the rest goes one by one.
        for key, text in left.items():
            yield key, _alone(text)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(text: str) -> bytes:
    """Lower one source in a process of its own."""
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1) as pool:
        try:
            ((_, data),) = pool.submit(_encode_many, [(b"", text)]).result()
            return data
        except BrokenProcessPool:
            return _codec().encode(Lowered(None, 1, "the parser ended abnormally on this file"))


def _tasks(texts: Mapping[bytes, str]) -> Iterator[list[tuple[bytes, str]]]:
    """Groups of sources, the largest sources first."""
    task: list[tuple[bytes, str]] = []
    size = 0
    for key, text in sorted(texts.items(), key=lambda item: (-len(item[1]), item[0])):
        task.append((key, text))
        size += len(text)
        if size >= _TASK:
            yield task
            task, size = [], 0
    if task:
        yield task


def _encode_many(task: Iterable[tuple[bytes, str]]) -> list[tuple[bytes, bytes]]:
    return [(key, encoded(text)) for key, text in task]


def encoded(text: str) -> bytes:
    """Lower one source and encode the result."""
    from tosguard.syntax.errors import SyntaxProblem
    from tosguard.syntax.lowering import lower

    try:
        lowered = Lowered(lower(text))
    except SyntaxProblem as problem:
        lowered = Lowered(None, problem.line, problem.message)
    return _codec().encode(lowered)


def _can_fork() -> bool:
    return sys.platform == "linux"


def _pool(jobs: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    if _can_fork():
        # Imported once here instead of once in each child.
        import tosguard.syntax.statements  # noqa: F401

    context = multiprocessing.get_context("fork" if _can_fork() else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context)


def _stored_key(key: bytes, version: bytes) -> bytes:
    return blake2b(key + version + _codec().version + bytes([ir.IR_VERSION]), digest_size=16).digest()


@cache
def _codec() -> Codec:
    nodes: list[Any] = [value for value in vars(ir).values() if isinstance(value, type) and is_dataclass(value)]
    return Codec([Lowered, *sorted(nodes, key=lambda cls: cls.__qualname__)])
