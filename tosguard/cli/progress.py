"""What the user sees of a run while it lasts: a progress line on stderr, and the table of ``--timings``."""

from __future__ import annotations

import sys
import time

#: Runs shorter than this show nothing.
_PATIENCE = 1.0
_INTERVAL = 0.1
_BAR = 24


class Progress:
    """Follows the phases of a run. Use as a context manager: the line is wiped at the end.

    Args:
        visible: draw on stderr; False keeps the times only.
    """

    def __init__(self, *, visible: bool) -> None:
        self._visible = visible
        self._began = self._entered = time.perf_counter()
        self._phase = ""
        self._total = 0
        self._done = 0
        self._drawn = 0.0
        self.times: dict[str, float] = {}

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.enter("")
        if self._drawn:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def enter(self, phase: str, total: int = 0) -> None:
        """A phase begins, and the one before it ends.

        Args:
            phase: its name, "" for the end of the run.
            total: how many steps it has, 0 where that is not known.
        """
        now = time.perf_counter()
        if self._phase:
            self.times[self._phase] = self.times.get(self._phase, 0.0) + now - self._entered
        self._phase, self._total, self._done, self._entered = phase, total, 0, now
        self._draw(now)

    def advance(self, steps: int = 1) -> None:
        """Some steps of the phase are done."""
        self._done += steps
        self._draw(time.perf_counter())

    def _draw(self, now: float) -> None:
        if not self._visible or not self._phase or now - self._began < _PATIENCE or now - self._drawn < _INTERVAL:
            return
        self._drawn = now
        line = self._phase
        if self._total:
            filled = min(_BAR, _BAR * self._done // self._total)
            line = f"{line:<10} [{'#' * filled}{'.' * (_BAR - filled)}] {self._done}/{self._total}"
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()


def timings_table(times: dict[str, float]) -> str:
    """The table of ``--timings``, the longest phase marked by its share."""
    whole = sum(times.values()) or 1.0
    rows = [f"{phase:<12} {1000 * spent:9.1f} ms {100 * spent / whole:5.1f} %" for phase, spent in times.items()]
    return "\n".join([*rows, f"{'total':<12} {1000 * sum(times.values()):9.1f} ms"])
