from __future__ import annotations

import marshal
from dataclasses import dataclass

import pytest

from tosguard.engine.codec import Codec
from tosguard.usage.model import Confidence, Evidence, Location, Step, Usage


def usage() -> Usage:
    return Usage(
        id="u1",
        pattern="bulk-generation",
        providers=("a", "b"),
        models=(),
        confidence=Confidence.MEDIUM,
        location=Location("a.py", 1, 2, 3, 4, None, "f"),
        trace=(Step("source", "a.py", 1, 2, "made"),),
        evidence=(Evidence("loop", "over rows", "a.py", 3),),
        attributes=(("trained", ("llm",)),),
    )


CODEC = Codec((Usage, Location, Step, Evidence, Confidence))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(usage(), id="a usage"),
        pytest.param((usage(), usage()), id="several"),
        pytest.param({"k": (Confidence.LOW, {"x": None})}, id="a dict"),
        pytest.param(frozenset({"a", "b"}), id="a set"),
        pytest.param((1, 2.5, 3j, b"x", "\udc80", None, True), id="plain values, lone surrogates too"),
    ],
)
def test_what_goes_in_comes_out(value: object) -> None:
    decoded = CODEC.decode(CODEC.encode(value))
    assert decoded == value
    assert type(decoded) is type(value)


def test_an_unlisted_class_is_refused() -> None:
    with pytest.raises(TypeError, match="Other cannot be encoded"):
        CODEC.encode((Other(1),))


@pytest.mark.parametrize("data", [b"", b"junk", marshal.dumps([99, 1]), marshal.dumps([0, 1])])
def test_foreign_bytes_read_as_nothing(data: bytes) -> None:
    assert CODEC.decode(data) is None


def test_another_layout_is_another_version() -> None:
    assert Codec((Usage,)).version != CODEC.version
    assert Codec((Other,)).version != Codec((Usage,)).version


@dataclass
class Other:
    x: int
