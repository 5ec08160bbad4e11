"""Workers that take their tasks from a queue: what they do is repeated as often as something is put into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tosguard.flow.facts import CallFact, Loop, Place

#: Roles of the calls that take from a queue and that put into it.
TAKING, PUTTING = "queue-get", "queue-put"

#: The loop that a worker runs in.
WHILE = "while"

#: Places that put into the queues of one file: where there are more, it is not known which a worker takes from.
MOST_PLACES = 8


def repeated_as_put(calls: Sequence[CallFact]) -> tuple[CallFact, ...]:
    """Calls in the loop of a worker with the loops in which the queue is filled in place of that loop.

    Queues of a file are told apart by their kind alone: a file seldom has two of one kind that are filled differently.

    Args:
        calls: all calls of a project.

    Returns:
        The same calls, in order.
    """
    filled = _filled(calls)
    workers = {
        loop.place: filled[key]
        for call in calls
        if call.entry.role == TAKING and (key := _queue(call)) in filled
        for loop in call.loops[:1]
        if loop.kind == WHILE and loop.place.within == call.place.within
    }
    return tuple(_repeated(call, workers) for call in calls) if workers else tuple(calls)


def _queue(call: CallFact) -> tuple[str, str]:
    return call.place.path, call.symbol.rpartition(".")[0]


def _filled(calls: Iterable[CallFact]) -> dict[tuple[str, str], tuple[Loop, ...]]:
    """The loops in which the queues of each file are filled; none of those that a worker fills again itself."""
    found: dict[tuple[str, str], dict[Place, tuple[Loop, ...]]] = defaultdict(dict)
    for call in calls:
        loops = tuple(loop for loop in call.loops if loop.over is not None)
        if call.entry.role == PUTTING and loops and all(loop.kind != WHILE for loop in call.loops):
            found[_queue(call)].setdefault(call.place, loops)
    return {
        queue: tuple(dict.fromkeys(loop for loops in places.values() for loop in loops))
        for queue, places in found.items()
        if len(places) <= MOST_PLACES
    }


def _repeated(call: CallFact, workers: dict[Place, tuple[Loop, ...]]) -> CallFact:
    turns = next((loop.place for loop in call.loops if loop.place in workers), None)
    if turns is None or call.entry.role == TAKING:
        return call
    kept = tuple(loop for loop in call.loops if loop.place != turns)
    return replace(call, loops=tuple(dict.fromkeys((*kept, *workers[turns]))))
