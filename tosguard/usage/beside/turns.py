"""Runs of one program by a script, one after another: what each of its options is given in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tosguard.flow.facts import Place


@dataclass(frozen=True, slots=True)
class Turns:
    """What a script gives to one option of a program, run by run.

    Attributes:
        place: where in the script.
        values: two or more, each once, in the order of the runs.
    """

    place: Place
    values: tuple[str, ...]


#: Program → what scripts give to its options in turn.
TurnsOf = Mapping[str, tuple[Turns, ...]]
