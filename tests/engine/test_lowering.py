from __future__ import annotations

import os
from pathlib import Path

import pytest

from tosguard.engine import lowering
from tosguard.engine.lowering import Lowered, key_of, lower_all
from tosguard.store import Store

SOURCES = {
    "plain": "import a\nx = a.b(1, k='v')\n",
    "function": "def f(x, *y):\n    return [i for i in y if i]\n",
    "empty": "",
    "broken": "def f(:\n",
}


def texts(count: int = 0) -> dict[bytes, str]:
    sources = [*SOURCES.values(), *(f"value_{n} = call({n})\n" * 40 for n in range(count))]
    return {key_of(source): source for source in sources}


def encoded(found: dict[bytes, Lowered]) -> dict[bytes, bytes]:
    return {key: lowering._sealed(lowered) for key, lowered in found.items()}


def test_a_second_run_lowers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path) as store:
        first, cached = lower_all(texts(), store, b"v1")
        assert cached == 0
    monkeypatch.setattr(lowering, "encoded", lambda _: pytest.fail("lowered again"))
    with Store(tmp_path) as store:
        second, cached = lower_all(texts(), store, b"v1")
    assert cached == len(SOURCES)
    assert encoded(first) == encoded(second)


def test_another_version_lowers_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        lower_all(texts(), store, b"v1")
    with Store(tmp_path) as store:
        assert lower_all(texts(), store, b"v2")[1] == 0


def test_processes_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, _ = lower_all(texts(30), Store(None), b"v")
    monkeypatch.setattr(lowering, "_WORTH_FORKING", 0)
    monkeypatch.setattr(lowering, "_WORTH_SPAWNING", 0)
    monkeypatch.setattr(lowering, "_TASK", 2000)
    done: list[int] = []
    together, _ = lower_all(texts(30), Store(None), b"v", jobs=2, advance=done.append)
    assert encoded(alone) == encoded(together)
    assert sum(done) == len(together)


def test_a_broken_source_is_a_place_and_a_reason() -> None:
    found, _ = lower_all(texts(), Store(None), b"v")
    broken = found[key_of(SOURCES["broken"])]
    ((line, message),) = broken.problems
    assert line == 1
    assert "not valid Python" in message


@pytest.mark.skipif(not lowering.can_fork(), reason="the crash is planted before the fork")
def test_a_source_that_kills_the_parser_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    real = lowering.encoded
    monkeypatch.setattr(lowering, "encoded", lambda text: os._exit(9) if "value_3 " in text else real(text))
    monkeypatch.setattr(lowering, "_WORTH_FORKING", 0)
    found, _ = lower_all(texts(6), Store(None), b"v", jobs=2)
    dead = [lowered for lowered in found.values() if "ended abnormally" in str(lowered.problems)]
    assert len(found) == len(texts(6))
    assert len(dead) == 1
