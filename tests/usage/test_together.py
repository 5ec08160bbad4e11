"""What is done with an answer counts where it is near the way to the call, or where a file stands between."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.usage.building import at
from tosguard.usage.reading.together import Way, is_apart

#: The functions on the way to a call in quiz/.
WAY = Way(frozenset({("quiz/players.py", "Player.ask"), ("run_plain.py", "")}), "quiz")


@pytest.mark.parametrize(
    ("sink", "callers", "inferred", "apart"),
    [
        (at("store/rows.py", 3, "put"), (at("web.py", 9, "serve"),), False, True),
        # A function leads to both.
        (at("store/rows.py", 3, "put"), (at("run_plain.py", 9),), False, False),
        # The one way to it that is known begins elsewhere: it stands in the call's own folder.
        (at("quiz/summary.py", 3, "share"), (at("run_careful.py", 9),), False, False),
        # Another script of that folder is another program.
        (at("quiz/train.py", 3), (), False, True),
        (at("store/rows.py", 3, "put"), (at("web.py", 9, "serve"),), True, False),
    ],
)
def test_what_is_near(sink, callers, inferred, apart) -> None:
    call = SimpleNamespace(place=sink, way=(sink, *callers))
    context = SimpleNamespace(view=SimpleNamespace(call=lambda _: call))
    assert is_apart(SimpleNamespace(sink=0, inferred=inferred), WAY, context) is apart
