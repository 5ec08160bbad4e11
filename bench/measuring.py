"""One run of a command: wall time, CPU time and memory, of the process and all its children."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY = 0.02


@dataclass(frozen=True)
class Sample:
    """What one run took. ``largest`` and ``together`` are bytes of memory of the largest process and of all at once."""

    wall: float
    cpu: float
    largest: int
    together: int
    code: int


@dataclass(frozen=True)
class Measured:
    """The runs of one command on one tree."""

    samples: tuple[Sample, ...]

    @property
    def wall(self) -> float:
        """The median of the wall times."""
        return statistics.median(sample.wall for sample in self.samples)

    @property
    def cpu(self) -> float:
        """The median of the CPU times."""
        return statistics.median(sample.cpu for sample in self.samples)

    @property
    def largest(self) -> int:
        """The most memory that one process of any run had."""
        return max(sample.largest for sample in self.samples)

    @property
    def together(self) -> int:
        """The most memory that all processes of a run had at once."""
        return max(sample.together for sample in self.samples)


def measure(
    command: Sequence[str], folder: Path, *, environment: Mapping[str, str] | None = None, limit: float = 3600
) -> Sample:
    """Run a command and wait for it.

    Args:
        command: program and arguments.
        folder: where it is run.
        environment: variables set besides those of this process.
        limit: seconds after which it is ended; it then counts as having taken that long, with code -1.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    largest = together = 0
    stop = threading.Event()

    def watch() -> None:
        nonlocal largest, together
        while not stop.wait(_EVERY):
            sizes = [_resident(pid) for pid in _family(process.pid)]
            largest = max([largest, *sizes])
            together = max(together, sum(sizes))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    timer = threading.Timer(limit, lambda: os.killpg(process.pid, signal.SIGKILL))
    timer.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    timer.cancel()
    stop.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    code = -1 if wall >= limit else process.returncode
    largest = max(largest, usage.ru_maxrss * 1024)
    return Sample(wall, usage.ru_utime + usage.ru_stime, largest, max(together, largest), code)


def in_turn(
    runs: Mapping[str, Callable[[], Sample]], rounds: int, budget: float, tell: Callable[[str], None]
) -> dict[str, Measured]:
    """Measure commands one after the other, round after round, so that what else the machine does meets all alike.

    Args:
        runs: by name, what runs once.
        rounds: how often.
        budget: seconds that one command may take in all; one that took more is not run again.
        tell: is told each result.
    """
    found: dict[str, list[Sample]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            if sum(sample.wall for sample in found[name]) < budget:
                sample = run()
                found[name].append(sample)
                tell(f"{name}: {sample.wall:.3f} s wall, {sample.cpu:.3f} s CPU, {sample.largest / 1e6:.0f} MB")
    return {name: Measured(tuple(samples)) for name, samples in found.items()}


def _family(root: int) -> list[int]:
    """A process and all below it."""
    found = [root]
    for pid in found:
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                children = (task / "children").read_text(encoding="ascii")
                found.extend(int(child) for child in children.split())
        except (OSError, ValueError):
            continue
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0
