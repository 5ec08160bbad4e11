"""Settings of a library that code makes by assigning to its module (``openai.api_base = …``), and whom they reach.

Such an attribute belongs to a process, not to a project: two scripts that never run together do not see each other's.
What a function sets counts for the calls made from within it, where there are any; what a module's straight code or a
set-up function sets counts for the *program*: the modules that this one imports, and those that import it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tosguard.flow.language.scopes import FunctionScope
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import Value, constant

if TYPE_CHECKING:
    from tosguard.flow.calls.context import Context
    from tosguard.flow.language.scopes import ModuleScope, Scope
    from tosguard.flow.solver.machine import Machine
    from tosguard.flow.solver.records import CallRecord

#: Tag of calls that ask the model which the program set, whatever object they are made on.
CONFIGURED = "configured-model"

#: Call sites followed outwards from a call.
MAX_CHAIN = 24


class Settings:
    """The assignments noted so far: by library path, by the scope that makes them."""

    def __init__(self) -> None:
        self.made: dict[str, dict[Scope, Value]] = {}

    def note(self, path: str, scope: Scope, value: Value, *, sometimes: bool) -> None:
        """One assignment. One that stands in a branch leaves the default possible, which ``None`` stands for."""
        value = join(value, constant(None)) if sometimes else value
        by_scope = self.made.setdefault(path, {})
        before = by_scope.get(scope)
        by_scope[scope] = value if before is None else join(before, value)


class Reach:
    """Which of the settings reach which call, for one solved project."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._programs: dict[ModuleScope, frozenset[str]] = {}
        self._imports = self._imported() if machine.settings.made else {}
        self._within = self._scopes_with_calls() if machine.settings.made else {}

    def of(self, record: CallRecord) -> Iterator[tuple[str, Value]]:
        """The names of arguments that settings give a call, with their values: one made on the library's module itself,
        or one that asks the model set for the program."""
        entry = record.entry
        if entry is None or entry.role == "client" or (record.receiver is not None and CONFIGURED not in entry.tags):
            return
        head = record.symbol.partition(".")[0]
        for path, by_scope in self._machine.settings.made.items():
            name = self._machine.catalogue.settings.get(self._machine.canonical(path))
            if name is None or path.partition(".")[0] != head:
                continue
            near = [v for scope, v in by_scope.items() if scope in self._around(record.context)]
            for value in near or [v for scope, v in by_scope.items() if self._reaches(scope, record, head)]:
                yield name, value

    def _reaches(self, scope: Scope, record: CallRecord, head: str) -> bool:
        """Whether a setting made elsewhere in the program is meant for a call."""
        if head in self._within.get(scope, ()):
            return False
        here, there = record.context.module, scope.module
        return here is there or there.dotted in self._program(here) or here.dotted in self._program(there)

    def _around(self, context: Context) -> set[Scope]:
        """The functions that a call is made from within, its callers included."""
        found: set[Scope] = set()
        at: Context | None = context
        for _ in range(MAX_CHAIN):
            if at is None:
                break
            if isinstance(at.scope, FunctionScope):
                found.add(at.scope)
            edge = at.first_caller()
            at = edge.caller if edge is not None else None
        return found

    def _scopes_with_calls(self) -> dict[Scope, set[str]]:
        """The functions within which libraries are called, with those libraries."""
        found: dict[Scope, set[str]] = defaultdict(set)
        for record in self._machine.records.values():
            if record.entry is not None and record.entry.role != "pure" and record.receiver is None:
                for scope in self._around(record.context):
                    found[scope].add(record.symbol.partition(".")[0])
        return found

    def _imported(self) -> dict[str, set[str]]:
        """The project's modules that each module imports, by dotted name."""
        found: dict[str, set[str]] = defaultdict(set)
        for importer, imported in self._machine.imported:
            found[importer].add(imported)
        return found

    def _program(self, module: ModuleScope) -> frozenset[str]:
        """The modules that a module imports, directly or through others, itself included."""
        known = self._programs.get(module)
        if known is None:
            found, pending = {module.dotted}, [module.dotted]
            while pending:
                for name in self._imports.get(pending.pop(), ()):
                    if name not in found:
                        found.add(name)
                        pending.append(name)
            known = self._programs[module] = frozenset(found)
        return known
