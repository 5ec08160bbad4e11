"""A context: one scope evaluated with one set of arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.values.values import Cell

if TYPE_CHECKING:
    from tosguard.flow.language.scopes import Scope
    from tosguard.flow.solver.records import CallEdge
    from tosguard.flow.solver.visits import Visit
    from tosguard.flow.values.fields import Fields
    from tosguard.flow.values.values import ClassAtom, FunctionAtom, Value


class Context:
    """One scope evaluated with one set of arguments. ``news`` counts how often something has grown that it read."""

    __slots__ = (
        "atom",
        "births",
        "callers",
        "cells",
        "closure",
        "exit",
        "exits",
        "faint",
        "key",
        "module",
        "namespace",
        "news",
        "parameters",
        "queued",
        "raised",
        "rebound",
        "result",
        "root",
        "round",
        "running",
        "runs",
        "scope",
        "serial",
        "stores",
        "visits",
        "visits_of_calls",
        "yields",
    )  # fmt: skip

    def __init__(self, serial: int, scope: Scope, closure: Context | None) -> None:
        self.serial = serial
        self.scope = scope
        self.module = scope.module
        self.closure = closure
        self.atom: FunctionAtom | None = None
        self.key: object = None
        self.parameters: dict[str, Value] = {}
        self.cells: dict[str, Cell] = {}
        self.result = Cell()
        self.yields: Cell | None = None
        self.namespace: ClassAtom | None = None
        self.callers: dict[tuple[int, int], CallEdge] = {}
        self.births = False
        self.stores: set[object] = set()
        self.raised: Cell | None = None
        self.exit: Fields | None = None
        self.exits = Cell()
        self.rebound: set[str] = set()
        self.root = False
        self.round = -1
        self.running = False
        self.queued = False
        self.faint = False
        self.news = 0
        self.runs = 0
        self.visits: dict[tuple[int, int], Visit] | None = None
        self.visits_of_calls: set[Visit] = set()

    def outdate(self) -> None:
        """Notes that something is there now that was not when it was looked for: whatever is not kept of an evaluation
        is evaluated anew, but for another turn of a loop it counts."""
        self.news += 1

    def outdate_calls(self) -> None:
        """Has the calls of this context evaluated anew when those who make them run again."""
        for visit in self.visits_of_calls:
            visit.outdate()
        self.visits_of_calls.clear()

    def cell(self, name: str) -> Cell:
        """The cell of a captured or global variable."""
        found = self.cells.get(name)
        if found is None:
            found = self.cells[name] = Cell()
        return found

    def first_caller(self) -> CallEdge | None:
        """The call site that made this context, None for a root."""
        for edge in self.callers.values():
            return edge
        return None
