"""A tree survives the cache, and damaged bytes are noticed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.syntax.programs import programs
from tests.syntax.reference import nodes_of
from tosguard.syntax import codec, ir
from tosguard.syntax.codec import decode, encode
from tosguard.syntax.errors import SyntaxProblem
from tosguard.syntax.lowering import lower


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(programs)
def test_round_trip(source: str) -> None:
    try:
        module = lower(source)
    except SyntaxProblem:
        assume(False)
    # repr tells 1 from True and 0.0 from -0.0, which equality does not.
    assert repr(decode(encode(module))) == repr(module)


def test_round_trip_of_every_node_type() -> None:
    source = (
        "import a\nfrom b import c as d\n@e\nclass F(g, h=1):\n  def i(self, *, j: k = 2) -> l:\n    global m\n"
        "    x: int = yield\n    x += not -1\n    del x, y\n    raise z from w\n    return\n"
        "async def n():\n  async with o as p: await q\n  async for r in s: break\n  else: continue\n"
        "try: t\nexcept U as v: pass\nelse: assert w, x\nfinally: y\n"
        "while (aa := bb): cc if dd else ee\nif f'{ff}': {**gg, 'h': [*ii]}\nlambda jj: {kk for kk in ll if mm}\n"
        "match nn:\n  case [oo, 1] if pp: qq[1:2, ::3]\n"
        "a and b < c == d\nj = e.k = f(*g, **h) + 1\n(1, b'', 2j, 1.5, None, ...)\n"
    )
    module = lower(source)
    kinds = {type(node) for node in nodes_of(module)} - {ir.Module}
    assert kinds == set(codec._TYPES)
    assert repr(decode(encode(module))) == repr(module)


def test_a_deep_tree_needs_no_recursion() -> None:
    module = lower("[" * 190 + "]" * 190 + "\n")
    assert repr(decode(encode(module))) == repr(module)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_bytes_are_refused(data: st.DataObject) -> None:
    good = bytearray(encode(lower("x = f('a', [1, 2])\n")))
    at = data.draw(st.integers(0, len(good) - 1))
    good[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ValueError, match="cached tree"):
        decode(bytes(good))


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="cached tree"):
        decode(data)


@pytest.mark.parametrize("keep", [0, 1, 10, 40, -1])
def test_cut_bytes_are_refused(keep: int) -> None:
    with pytest.raises(ValueError, match="cached tree"):
        decode(encode(lower("x = f('a')\n"))[:keep])
