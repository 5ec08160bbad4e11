"""Tests of the code, by the names that test runners collect.

What a test of the code asserts about a value says how the code works, and nothing of what its users do with the value.
"""

from __future__ import annotations

from tosguard.flow.facts import Place


def asserts(place: Place) -> bool:
    """Whether a place stands in a function that pytest or unittest collects as a test of the code, by the names of its
    file and scope."""
    name = place.path.rpartition("/")[2].removesuffix(".py")
    if not (name.startswith("test_") or name.endswith("_test")):
        return False
    return any(part.startswith(("test_", "Test")) for part in place.scope.split("."))
