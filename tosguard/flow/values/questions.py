"""Questions about what objects hold, answered once for all who ask.

What a data frame's column may be, what a collection carries, is asked again and again while nothing of it changes. The
answer is kept; the cells that were read for it count it among their readers, and when one of them grows the answer is
stale and those who asked run again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from tosguard.flow.calls.context import Context
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.machine import Machine
    from tosguard.flow.solver.visits import Visit
    from tosguard.flow.values.values import Cell, Place, Value

Answer = TypeVar("Answer")


class Reader(Protocol):
    """Whoever reads cells: an evaluation for itself, or a question for all who ask it."""

    @property
    def machine(self) -> Machine:
        """The shared state of the solution."""

    def read(self, cell: Cell) -> Value:
        """The value of a cell, which what follows depends on."""

    def watch(self, place: Place) -> None:
        """Notes that what follows depends on which cells a place has."""


class Question(Generic[Answer]):
    """One question: its answer, whether that is stale, and the contexts that asked."""

    __slots__ = ("answer", "machine", "readers", "serial", "stale")

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.serial = machine.next_serial()
        self.readers: set[Context | Visit] = set()
        self.stale = True
        self.answer: Answer | None = None

    def read(self, cell: Cell) -> Value:
        """The value of a cell, which the answer depends on from now on."""
        if cell.last is not self:
            cell.note(self)
        return cell.value

    def watch(self, place: Place) -> None:
        """Has the answer worked out anew, when it is asked for again, after the place got another cell."""
        if place.watchers is None:
            place.watchers = set()
        place.watchers.add(self)

    def outdate(self) -> None:
        """Has the answer worked out anew when it is asked for again, and those who asked ask again when they run."""
        self.stale = True
        for reader in self.readers:
            reader.outdate()


def answered(frame: Frame, key: Hashable, work: Callable[[Question[Answer]], Answer]) -> Answer:
    """The answer to a question, worked out by ``work`` unless it is known and still holds.

    Args:
        frame: who asks; runs again when the answer changes.
        key: what is asked.
        work: finds the answer, reading cells by the question's ``read``.
    """
    machine = frame.machine
    question = machine.questions.get(key)
    if question is None:
        question = machine.questions[key] = Question(machine)
    question.readers.add(frame.reader)
    if question.stale:
        question.stale = False
        question.answer = work(question)
    return cast("Answer", question.answer)
