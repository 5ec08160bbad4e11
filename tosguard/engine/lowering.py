"""Sources to IR: from the cache, in this process, or on several; the same values whichever way they came."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from tosguard.engine.sharing import can_fork
from tosguard.syntax import codec, ir

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
    """What could be read of a source, and where and why the rest could not: ``(line, message)``."""

    module: ir.Module
    problems: tuple[tuple[int, str], ...] = ()


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
    tell = advance or (lambda _: None)
    stored = {_stored_key(key, version): key for key in texts}
    found: dict[bytes, Lowered] = {}
    for stored_key, data in store.get_many(_KIND, stored).items():
        if (lowered := _decoded(data)) is not None:
            found[stored[stored_key]] = lowered
    cached = len(found)
    tell(cached)
    missing = {key: texts[key] for key in sorted(texts) if key not in found}
    for key, data in _fresh(missing, jobs):
        if (lowered := _decoded(data)) is not None:
            store.put(_KIND, _stored_key(key, version), data)
            found[key] = lowered
        tell(1)
    return found, cached


def _fresh(texts: Mapping[bytes, str], jobs: int) -> Iterator[tuple[bytes, bytes]]:
    worth = _WORTH_FORKING if can_fork() else _WORTH_SPAWNING
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
            nothing = ir.Module((), (0,))
            return _sealed(Lowered(nothing, ((1, "the parser ended abnormally on this file"),)))


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
    from tosguard.syntax.recovery import lower_tolerant

    module, problems = lower_tolerant(text)
    return _sealed(Lowered(module, tuple((problem.line, problem.message) for problem in problems)))


def _sealed(lowered: Lowered) -> bytes:
    return marshal.dumps((lowered.problems, codec.encode(lowered.module)))


def _decoded(data: bytes) -> Lowered | None:
    """What was sealed; None for what another version sealed."""
    try:
        problems, module = marshal.loads(data)
        return Lowered(codec.decode(module), problems)
    except (ValueError, EOFError, TypeError):
        return None


def _pool(jobs: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    if can_fork():
        # Imported once here instead of once in each child.
        import tosguard.syntax.statements  # noqa: F401

    context = multiprocessing.get_context("fork" if can_fork() else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context)


def _stored_key(key: bytes, version: bytes) -> bytes:
    python = f"{sys.implementation.cache_tag} {ir.IR_VERSION}".encode()
    return blake2b(key + version + python, digest_size=16).digest()
