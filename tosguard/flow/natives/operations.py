"""The ``operator`` module, and standard functions that ask the methods of what they are given or call what is handed to
them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.calls.library import observe_comparison
from tosguard.flow.language.attributes import read_attribute
from tosguard.flow.language.inheritance import class_attribute, external_bases, linearize
from tosguard.flow.language.items import read_item, write_item
from tosguard.flow.language.iteration import element_of
from tosguard.flow.language.operators import combine
from tosguard.flow.language.protocols import BINARY, COMPARING, TRUTH, UNARY, ask, compare, operate
from tosguard.flow.natives.natives import native
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.joining import join, merge_taints, only_taints
from tosguard.flow.values.reach import reached
from tosguard.flow.values.values import (
    ANYTHING,
    NOTHING,
    REST,
    ClassAtom,
    ObjectAtom,
    Value,
    callables,
    constant,
    single,
)

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

_KEYWORDS = frozenset({"or", "and"})
#: The class whose methods a test runner calls, those it calls first and last, and how the tests' names begin.
_TEST_CASE = "unittest.TestCase"
_AROUND = ("setUpClass", "setUp", "tearDown", "tearDownClass")


def _operator(op: str, name: str, *, in_place: bool) -> None:
    @native(f"operator.i{name}" if in_place else f"operator.{name}_" if name in _KEYWORDS else f"operator.{name}")
    def operation(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
        if len(arguments.positional) < 2:
            return only_taints(arguments.every())
        left, right = arguments.positional[:2]
        special = operate(frame, node, op, left, right, in_place=True) if in_place else None
        return combine(frame, node, op, left, right) if special is None else special


for _op, _name in BINARY.items():
    _operator(_op, _name, in_place=False)
    _operator(_op, _name, in_place=True)


def _comparison(op: str, name: str) -> None:
    @native(f"operator.{name}")
    def operation(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
        if len(arguments.positional) < 2:
            return ANYTHING
        left, right = arguments.positional[:2]
        result = join(ANYTHING, compare(frame, node, op, left, right))
        taints = merge_taints(reached(frame, left), reached(frame, right))
        return result if taints is None else join(result, observe_comparison(frame, node, op, left, right, taints))


for _op, _name in (("==", "eq"), ("!=", "ne"), ("<", "lt"), ("<=", "le"), (">", "gt"), (">=", "ge")):
    assert _op in COMPARING
    _comparison(_op, _name)


@native("operator.contains")
def _contains(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return ANYTHING
    whole, part = arguments.positional[:2]
    result = join(ANYTHING, compare(frame, node, "in", part, whole))
    taints = merge_taints(reached(frame, part), reached(frame, whole))
    return result if taints is None else join(result, observe_comparison(frame, node, "in", part, whole, taints))


@native("operator.getitem")
def _get_item(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return ANYTHING
    owner, index = arguments.positional[:2]
    found = read_item(frame, owner, index, node)
    return found if found.atoms or found.taints else ANYTHING


@native("operator.setitem")
def _set_item(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if len(arguments.positional) > 2:
        write_item(frame, *arguments.positional[:3])
    return ANYTHING


def _asking(path: str, names: tuple[str, ...]) -> None:
    @native(path)
    def operation(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
        given = arguments.positional[0] if arguments.positional else ANYTHING
        special = ask(frame, node, given, names)
        return Value((special or ANYTHING).atoms or ANYTHING.atoms, reached(frame, arguments.every()))


for _path, _names in (
    ("operator.neg", (UNARY["-"],)),
    ("operator.pos", (UNARY["+"],)),
    ("operator.invert", (UNARY["~"],)),
    ("operator.inv", (UNARY["~"],)),
    ("operator.abs", ("__abs__",)),
    ("operator.index", ("__index__",)),
    ("operator.truth", TRUTH),
    ("operator.not_", TRUTH),
    ("math.floor", ("__floor__", "__float__")),
    ("math.ceil", ("__ceil__", "__float__")),
    ("math.trunc", ("__trunc__",)),
    ("sys.getsizeof", ("__sizeof__",)),
):
    _asking(_path, _names)


@native("builtins.object.__new__")
def _instance(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """An instance of the class given, before its ``__init__``."""
    classes = [a for v in arguments.positional[:1] for a in v.atoms if isinstance(a, ClassAtom)]
    made = [frame.machine.make("instance", node, frame.context, cls) for cls in classes]
    return Value(frozenset(made)) if made else ANYTHING


@native("copy.copy", "copy.deepcopy")
def _copied(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """The same again; what a class of the project makes its copy by is called."""
    if not arguments.positional:
        return ANYTHING
    given = arguments.positional[0]
    deep = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", "")) != "copy"
    names, passed = (("__deepcopy__",), (ANYTHING,)) if deep else (("__copy__",), ())
    special = ask(frame, node, given, names, *passed)
    return given if special is None else join(given, special)


# ------------------------------------------------------------------------------------------------ handed on, called


@native("contextlib.nullcontext", "importlib.reload", "types.FunctionType", "builtins.compile")
def _first(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return arguments.positional[0] if arguments.positional else arguments.keywords.get("enter_result", ANYTHING)


@native("contextlib.redirect_stdout", "contextlib.redirect_stderr")
def _redirected(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return ANYTHING
    ask(frame, node, arguments.positional[0], ("write",), ANYTHING)
    return arguments.positional[0]


@native("itertools.tee")
def _tee(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    if not arguments.positional:
        return ANYTHING
    machine = frame.machine
    listed = machine.make("list", (id(node), "tee"), frame.context)
    machine.put(listed, REST, element_of(frame, arguments.positional[0], node))
    made = machine.make("tuple", node, frame.context)
    machine.put(made, REST, single(listed))
    return single(made)


@native("bisect.bisect", "bisect.bisect_left", "bisect.bisect_right")
def _placed(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    held = element_of(frame, arguments.positional[0], node) if arguments.positional else ANYTHING
    key = arguments.keywords.get("key")
    if key is not None:
        frame.call(node, key, Arguments([held]))
    elif len(arguments.positional) > 1:
        ask(frame, node, held, ("__lt__",), arguments.positional[1])
    return ANYTHING


@native("pandas.DataFrame().assign")
def _assigned(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """A table with more columns; what its columns are computed by is called with it."""
    func = getattr(node, "func", None)
    table = frame.eval(func.value) if func is not None else ANYTHING
    for name, given in arguments.keywords.items():
        functions = frozenset(callables(given))
        value = frame.call(node, Value(functions), Arguments([table])) if functions else given
        write_item(frame, table, constant(name), frame.hop(value, node, "stored", f"stored under {name!r}"))
    return table


@native("unittest.main")
def _run_tests(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """Runs the tests of the classes of this module."""
    cases = [c for c in frame.machine.classes.values() if c.scope.module is frame.module and _is_case(c)]
    for case in cases:
        me = single(frame.machine.generic_instance(case))
        found = dict.fromkeys(
            n for c in linearize(case) for n in c.cells if isinstance(n, str) and n.startswith("test")
        )
        for name in (*_AROUND[:2], *found, *_AROUND[2:]):
            if class_attribute(frame, case, name) is not None:
                frame.call(node, read_attribute(frame, me, name, node), Arguments([]))
    return ANYTHING


def _is_case(cls: ClassAtom) -> bool:
    return _TEST_CASE in external_bases(cls)


@native("sched.scheduler().enter", "sched.scheduler().enterabs")
def _scheduled(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    action = arguments.slot(2) or arguments.slot("action")
    if action is None:
        return ANYTHING
    given, named = arguments.slot(3) or arguments.slot("argument"), arguments.slot(4) or arguments.slot("kwargs")
    star = element_of(frame, given, node) if given is not None else None
    spread = Arguments([], {}, star)
    for atom in named.atoms if named is not None else ():
        for key, cell in list(atom.cells.items()) if isinstance(atom, ObjectAtom) else ():
            if isinstance(key, tuple) and isinstance(key[1], str):
                spread.keywords[key[1]] = join(spread.keywords.get(key[1], NOTHING), frame.read(cell))
    return frame.call(node, action, spread)
