"""The entry point of the flow room: from lowered modules to the whole-project solution."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from tosguard.flow import facts
from tosguard.flow.disk.disk import Disk
from tosguard.flow.language.alternatives import alternatives_of, left_loops, place_in, tried_loops
from tosguard.flow.programs.project import Project, SourceModule
from tosguard.flow.solver.focus import Stage, concerned, is_large, set_focus
from tosguard.flow.solver.machine import Machine
from tosguard.flow.values.values import FunctionAtom, forget_interned, overflowed
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.catalog.catalogue import Catalogue
    from tosguard.flow.language.scopes import ModuleScope

Result = TypeVar("Result")

#: Evaluation nests as deep as the code's calls do: a stack of its own, so that a deep project never kills the process.
STACK_BYTES = 512 * 1024 * 1024
RECURSION_LIMIT = 60_000
#: Characters of a function's documentation that are kept.
LONGEST_DOC = 1500


def solve(
    modules: Sequence[SourceModule],
    catalogue: Catalogue,
    *,
    options: dict[tuple[str, str], tuple[str, ...]] | None = None,
    documents: Mapping[str, object] | None = None,
    unread: Collection[str] = (),
    every_branch: bool = False,
    is_part: bool = False,
) -> facts.Solution:
    """Solves a project.

    Args:
        modules: the lowered files.
        catalogue: what library symbols mean.
        options: what scripts and configurations give to options of programs: ``(path of the program, option) →
            values``.
        documents: the project's configuration files, parsed, by path.
        unread: paths of further modules that are called as one of these.
        every_branch: follow both sides of a test even where the callers decide it (a call graph is about the code, a
            flow about what happens).
        is_part: whether this is a part of a large project, which is looked at as the whole would be.

    Returns:
        Calls, origins and flows in deterministic order.
    """
    collecting = gc.isenabled()
    gc.disable()  # nearly all that is made here lives until the end: looking for garbage in it finds none
    try:
        return in_deep_stack(
            lambda: _solve(
                modules, catalogue, options or {}, documents or {}, unread, every_branch=every_branch, is_part=is_part
            )
        )
    finally:
        if collecting:
            gc.enable()


def in_deep_stack(work: Callable[[], Result]) -> Result:
    """Runs ``work`` in a thread with a large stack and hands back its result or exception."""
    outcome: list[Result] = []
    failure: list[BaseException] = []

    def run() -> None:
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(RECURSION_LIMIT)
        try:
            outcome.append(work())
        except BaseException as error:  # handed over to the caller's thread
            failure.append(error)
        finally:
            sys.setrecursionlimit(limit)

    previous = threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=run, name="tosguard-solver")
    try:
        thread.start()
    finally:
        threading.stack_size(previous)
    thread.join()
    if failure:
        raise failure[0]
    return outcome[0]


def evaluate(
    modules: Sequence[SourceModule],
    catalogue: Catalogue,
    options: dict[tuple[str, str], tuple[str, ...]],
    documents: Mapping[str, object] | None = None,
    unread: Collection[str] = (),
    *,
    every_branch: bool = False,
    is_part: bool = False,
) -> Machine:
    """Evaluates every module and every function to a fixed point; of a large project after a first look at it
    (``focus``), but for a call graph, in which every function counts."""
    project = Project(modules, lambda name: name in sys.stdlib_module_names or catalogue.is_prefix(name), unread)

    def look(stage: Stage) -> Machine:
        machine = Machine(project, catalogue, Disk(), stage)
        machine.options = options
        machine.every_branch = every_branch
        _run(machine, documents or {})
        return machine

    if every_branch or not (is_part or is_large(project)):
        return look(Stage.WHOLE)
    gc.freeze()  # what was there before is not looked through for garbage
    set_focus(look(Stage.COARSE))
    forget_interned()
    gc.collect()  # what the first look left behind is rings of objects, as large as what is to come
    gc.unfreeze()
    return look(Stage.FOCUSED)


def _run(machine: Machine, documents: Mapping[str, object]) -> None:
    import tosguard.flow.disk.listing
    import tosguard.flow.language.evaluated
    import tosguard.flow.language.expressions
    import tosguard.flow.language.reflection
    import tosguard.flow.language.statements
    import tosguard.flow.natives.collecting
    import tosguard.flow.natives.files
    import tosguard.flow.natives.functional
    import tosguard.flow.natives.operations
    import tosguard.flow.programs.flags
    import tosguard.flow.programs.plugins  # noqa: F401
    from tosguard.flow.calls.calls import call_unknown
    from tosguard.flow.disk.documents import seed
    from tosguard.flow.natives.natives import native_prefixes
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.values.standing import supply

    seed(machine, documents)
    machine.native_prefixes = native_prefixes()
    for name in list(machine.project.modules):
        machine.module_atom(name)
    machine.importing = False
    machine.drain()
    tried: set[FunctionAtom] = set()
    while True:
        waiting = [a for a in machine.functions.values() if a not in tried and a.scope not in machine.entered]
        if not machine.every_branch:
            waiting = list(concerned(machine, waiting))
        if not waiting:
            break
        for atom in _in_order(waiting, tests_last=machine.stage is not Stage.WHOLE):
            if atom.scope in machine.entered:
                continue
            tried.add(atom)
            call_unknown(Frame(machine, atom.closure), atom)
            machine.drain()
        tried.update(waiting)
        supply(machine)
        machine.drain()
        machine.catch_up()


def _in_order(waiting: list[FunctionAtom], *, tests_last: bool) -> list[FunctionAtom]:
    """Functions that no other waiting function names come first: they are where a program starts. In a large project
    tests come after all that they test: what they call it with, stand-ins mostly, is not what the steps are for."""
    named: dict[str, int] = {}
    for atom in waiting:
        for name in atom.scope.used | atom.scope.attributes:
            named[name] = named.get(name, 0) + 1
    order = []
    for position, atom in enumerate(waiting):
        name = atom.scope.node.name
        own = 1 if name in (atom.scope.used | atom.scope.attributes) else 0
        late = tests_last and facts.is_test(atom.scope.module.path)
        order.append((late, min(named.get(name, 0) - own, 1), position, atom))
    return [atom for *_, atom in sorted(order, key=lambda item: item[:3])]


def _solve(
    modules: Sequence[SourceModule],
    catalogue: Catalogue,
    options: dict[tuple[str, str], tuple[str, ...]],
    documents: Mapping[str, object],
    unread: Collection[str],
    *,
    every_branch: bool,
    is_part: bool,
) -> facts.Solution:
    from tosguard.flow.solver.extract import Extractor

    machine = evaluate(modules, catalogue, options, documents, unread, every_branch=every_branch, is_part=is_part)
    machine.forget_visits()
    if overflowed:
        machine.notices.add("a value carries more origins than are told apart; some flows through it may be missing")
    extractor = Extractor(machine)
    edges: dict[str, list[str]] = {}
    for caller, callee in machine.edges:
        edges.setdefault(caller, []).append(callee)
    functions = []
    for module in machine.project.modules.values():
        calls_of = tuple(sorted(edges.get(module.dotted, ())))
        place = extractor.place(module, 0, 0, module)
        functions.append(facts.FunctionFact(module.dotted, place, calls_of, _documented(module.node.body)))
        for scope in module.by_node.values():
            node = scope.node  # type: ignore[attr-defined]
            if scope.dotted in edges or hasattr(scope, "captured"):
                place = extractor.place(module, node.name_start, node.name_start + len(node.name), scope)
                doc = _documented(node.body)
                calls_of = tuple(sorted(edges.get(scope.dotted, ())))
                functions.append(facts.FunctionFact(scope.dotted, place, calls_of, doc))
    calls = extractor.calls()
    by_function: dict[str, list[int]] = {}
    for fact in calls:
        by_function.setdefault(fact.function, []).append(fact.index)
    solution = facts.Solution(
        calls=calls,
        origins=extractor.origins(),
        flows=extractor.flows(),
        functions=tuple(sorted(functions, key=lambda f: (f.place.path, f.place.line, f.place.column, f.name))),
        modules=tuple(_module_fact(m) for m in machine.project.modules.values()),
        notices=machine.notices.lines(),
        by_function={name: tuple(indices) for name, indices in sorted(by_function.items())},
    )
    forget_interned()
    return solution


def _documented(body: Sequence[ir.Stmt]) -> str:
    """The beginning of what a body says of itself."""
    first = body[0] if body else None
    if isinstance(first, ir.ExprStmt) and isinstance(first.value, ir.Const) and isinstance(first.value.value, str):
        return first.value.value[:LONGEST_DOC]
    return ""


def _module_fact(module: ModuleScope) -> facts.ModuleFact:
    def lines(offsets: dict[str, int]) -> tuple[tuple[str, int], ...]:
        return tuple((text, module.node.position(start)[0]) for text, start in offsets.items())

    return facts.ModuleFact(
        module.dotted,
        module.path,
        tuple(module.imports),
        lines(module.words),
        lines(module.keys_read),
        alternatives_of(module),
        tuple((*draw, module.node.position(at)[0]) for draw, at in module.draws.items()),
        lines(module.caught),
        left_loops(module),
        tried_loops(module),
        frozenset(place_in(module, start) for start in module.lined),
    )
