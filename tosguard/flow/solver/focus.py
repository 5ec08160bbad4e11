"""Where a large project is looked at closely: a first look tells which functions lead to a call of interest.

Most of a large program neither calls a provider nor handles an answer, and telling its callers and arguments apart is
most of what solving costs. So a project above a size is solved twice. A *coarse* look joins all calls of a function
and evaluates it a few times; it tells in which functions a call of interest stands, who calls those, and through which
functions answers travel. The second look tells contexts apart for these alone and for what they call; all other calls
of a function share one context. The idea is that of impact pre-analysis (Oh, Lee, Heo, Yang and Yi, "Selective
Context-Sensitivity Guided by Impact Pre-Analysis", PLDI 2014).
"""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import TYPE_CHECKING

from tosguard.catalog.datasets import DatasetNames
from tosguard.catalog.vocabulary import AUXILIARY
from tosguard.flow.language.inheritance import linearize
from tosguard.flow.language.scopes import ClassScope, FunctionScope
from tosguard.flow.values.values import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tosguard.flow.language.scopes import Scope
    from tosguard.flow.programs.project import Project
    from tosguard.flow.solver.machine import Machine
    from tosguard.flow.solver.records import CallRecord
    from tosguard.flow.values.values import FunctionAtom

#: Lines from which on a project is looked at twice; smaller ones are solved in a few seconds.
LARGE = 30_000
#: Functions of helper files through which answers may travel; where there are more, the first look tells nothing.
MAX_TOUCHED = 1_000


class Stage(Enum):
    """How closely a project is looked at: everywhere, nowhere (the first look), or where the first look said."""

    WHOLE = "whole"
    COARSE = "coarse"
    FOCUSED = "focused"


def is_large(project: Project) -> bool:
    """Whether a first look at a project is worth it."""
    return sum(len(module.node.line_starts) for module in project.modules.values()) >= LARGE


def set_focus(machine: Machine) -> None:
    """Marks the functions that lead to a call of interest, or through which answers travel, and their classes. Helper
    files in which answers seem to travel everywhere, as in a library that stores whatever it is given, are looked at
    closely only where an answer is handed to them, which needs no mark.

    Args:
        machine: the solved coarse look.
    """
    found = _leading(machine)
    touched = [s for s in machine.touched if isinstance(s, FunctionScope)]
    overrun = sum(s.module.is_helper for s in touched) > MAX_TOUCHED
    found.update(s for s in touched if not (overrun and s.module.is_helper))
    for function in found:
        inside: list[Scope] = [function]
        while inside:
            scope = inside.pop()
            scope.focal = True
            inside.extend(scope.children)
        around = function.parent
        while around is not None:
            if isinstance(around, ClassScope):
                around.focal = True
            around = around.parent


def concerned(machine: Machine, functions: Iterable[FunctionAtom]) -> Iterator[FunctionAtom]:
    """Of functions that nobody is seen to call, those that must be entered all the same.

    Of a helper file these are the methods of classes that are in use, which a library may call. In the closer look at
    a large project they are the functions in focus, those that set up a class that has such a method (or inherits to
    one that has), and those that set globals.

    Args:
        machine: has evaluated every module.
        functions: what was not entered yet.

    Yields:
        Those of them that may concern an answer or a call of interest, in their order.
    """
    used = {scope.owner for scope in machine.entered} - {None}
    owners = {base.scope for cls in machine.classes.values() if cls.scope.focal for base in linearize(cls)}
    for function in functions:
        scope = function.scope
        if scope.module.is_helper and scope.owner not in used and not isinstance(scope.parent, FunctionScope):
            continue
        if machine.stage is not Stage.FOCUSED or scope.focal or scope.owner in owners or scope.declared_global:
            yield function


def _leading(machine: Machine) -> set[FunctionScope]:
    """The functions in which calls of interest stand or that a library calls with what it was sent, those around them,
    and whoever calls these, transitively."""
    scopes = {scope.dotted: scope for module in machine.project.modules.values() for scope in module.by_node.values()}
    callers: dict[Scope, list[Scope]] = defaultdict(list)
    for caller, callee in machine.edges:
        if caller in scopes and callee in scopes:
            callers[scopes[callee]].append(scopes[caller])
    data = DatasetNames(machine.catalogue.datasets)
    waiting: list[Scope] = [
        record.context.scope
        for record in machine.records.values()
        if record.entry is not None
        and (record.unmodelled or record.entry.role not in AUXILIARY or _reads_known(record, data))
    ]
    waiting.extend(
        function.scope
        for function, record in machine.handlers.items()
        if record.entry is not None and record.entry.role not in AUXILIARY
    )
    found: set[FunctionScope] = set()
    while waiting:
        scope = waiting.pop()
        if isinstance(scope, FunctionScope) and scope not in found:
            found.add(scope)
            waiting.extend(callers[scope])
            if scope.parent is not None:
                waiting.append(scope.parent)
    return found


def _reads_known(record: CallRecord, data: DatasetNames) -> bool:
    """Whether a call reads a file that is named as a known data set is."""
    if record.entry is None or record.entry.role != "read":
        return False
    return any(data.find(text) is not None for text in texts(record.arguments.every()))
