"""Fields that are named for models of several makers, and when they set these models beside each other."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tosguard.catalog.loader import load
from tosguard.usage.purpose.rivals import _telling
from tosguard.usage.reading.lexicon import Lexicon

FIELDS = ("id", "gemini", "deepseek")


@pytest.mark.parametrize(
    ("held", "said", "told"),
    [
        pytest.param({"deepseek"}, False, True, id="the own field holds the answer"),
        pytest.param({"gemini", "deepseek"}, True, False, id="all fields hold it"),
        pytest.param({"id"}, False, False, id="none holds it, as in a table of prices"),
        pytest.param({"id"}, True, True, id="none is seen to hold it, but names speak of a comparison"),
    ],
)
def test_fields_named_for_rivals_tell_a_comparison(held: set[str], said: bool, told: bool) -> None:
    context = SimpleNamespace(lexicon=Lexicon(load(())))
    found = _telling(FIELDS, held, frozenset({"deepseek"}), context, said=said)
    assert bool(found) is told
