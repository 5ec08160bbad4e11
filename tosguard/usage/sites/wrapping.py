"""Which clients a wrapper asks: the objects it was given, or the model that the program set for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tosguard.flow.facts import CallFact, Value
from tosguard.usage.reading.view import View, parts_of

#: Arguments of wrappers that hold another client, or an object that holds one.
HOLDING = ("client", "model", "config", "self")

#: Tags of a call that sets the model of all that follow, and of the calls that ask it.
CONFIGURES, CONFIGURED = "configures-model", "configured-model"


def wrapped_clients(calls: Iterable[CallFact], view: View) -> tuple[CallFact, ...]:
    """The clients behind a call, nearest first: those of its own function, else of its file, else of the project.

    Args:
        calls: the call and the calls that made the object it is made on.
        view: the solution.
    """
    found: dict[int, CallFact] = {}
    for call in calls:
        for symbol in _objects(call):
            for made in _nearest(view.by_symbol.get(symbol, ()), call):
                found.setdefault(made.index, made)
        if CONFIGURED in call.entry.tags:
            settings = tuple(s for s in view.by_tag.get(CONFIGURES, ()) if s.entry.topic == call.entry.topic)
            for setting in _nearest(settings, call):
                found.update((made.index, made) for made in _set_by(setting, view))
    return tuple(found.values())


def _set_by(setting: CallFact, view: View) -> tuple[CallFact, ...]:
    """The clients that a call sets for the program: itself, where it makes one, else what it is given."""
    if setting.entry.role == "client":
        return (setting,)
    return tuple(made for symbol in _objects(setting) for made in _nearest(view.by_symbol.get(symbol, ()), setting))


def _objects(call: CallFact) -> Iterator[str]:
    """The library objects in a call's arguments, by the symbol that makes each."""
    for name in HOLDING:
        for part in parts_of(call.arguments.get(name, Value())):
            yield from (symbol.removesuffix("()") for symbol in part.symbols if symbol.endswith("()"))


def _nearest(made: tuple[CallFact, ...], call: CallFact) -> tuple[CallFact, ...]:
    others = tuple(m for m in made if m.index != call.index)
    here = tuple(m for m in others if m.function == call.function)
    return here or tuple(m for m in others if m.place.path == call.place.path) or others
