"""A defect of tosguard's own in one part of a classification costs that part and is told, instead of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from tosguard import errors

Item = TypeVar("Item")


def guarded(part: Callable[[], Iterable[Item]], failures: dict[str, None]) -> tuple[Item, ...]:
    """What a part of the classification finds, nothing where it fails.

    Args:
        part: gives what is found.
        failures: what went wrong so far, each sentence once; a failure is added.

    Returns:
        What was found, all of it or nothing.
    """
    try:
        return tuple(part())
    except Exception as error:
        if errors.RAISING:
            raise
        told = f"uses are missing or told as less where tosguard itself failed ({type(error).__name__})"
        failures[f"{told}, which please report"] = None
        return ()
