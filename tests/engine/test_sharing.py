"""Work shared with other processes comes back whole and in order, whatever becomes of them."""

from __future__ import annotations

import os

import pytest

from tosguard.engine import sharing
from tosguard.engine.sharing import can_fork, shared

forking = pytest.mark.skipif(not can_fork(), reason="nothing is shared on this system")


@pytest.mark.parametrize("jobs", [1, 2, 3, 50])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_answers_come_in_the_order_of_the_items(jobs: int, count: int) -> None:
    assert shared(range(count), lambda n: (n, str(n)), jobs) == [(n, str(n)) for n in range(count)]


@forking
def test_other_processes_take_part() -> None:
    assert len({process for (process,) in shared(range(4), lambda _: (os.getpid(),), 2)}) == 2


@forking
@pytest.mark.parametrize("end", [lambda: os._exit(1), lambda: os.kill(os.getpid(), 9), lambda: 1 / 0])
def test_what_another_process_fails_at_is_done_here(end) -> None:
    here = os.getpid()

    def work(number: int) -> tuple[object, ...]:
        if os.getpid() != here and number > 2:
            end()
        return (number, os.getpid())

    assert shared(range(6), work, 2) == [(number, here) for number in range(6)]


@forking
def test_without_another_process_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise OSError("no more processes")

    monkeypatch.setattr(sharing.os, "fork", refused)
    assert shared(range(3), lambda n: (n,), 2) == [(0,), (1,), (2,)]
