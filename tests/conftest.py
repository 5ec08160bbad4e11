"""What holds for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tosguard import errors

# What an example takes says more of the machine's other work than of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True, scope="session")
def defects_end_a_test() -> Iterator[None]:
    """A function that cannot be evaluated for a defect of ours fails the test instead of giving a notice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(errors, "RAISING", True)
        yield
