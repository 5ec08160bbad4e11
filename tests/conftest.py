"""What holds for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tosguard.flow import machine
from tosguard.usage import guarding


@pytest.fixture(autouse=True, scope="session")
def defects_end_a_test() -> Iterator[None]:
    """A function that cannot be evaluated for a defect of ours fails the test instead of giving a notice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "RAISING", True)
        patch.setattr(guarding, "RAISING", True)
        yield
