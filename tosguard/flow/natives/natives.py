"""The register of builtins and library functions whose meaning is part of Python itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tosguard.flow.calls.templates import TEMPLATES
from tosguard.flow.natives.method_names import CONTAINERS
from tosguard.flow.solver.frame import LATE
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.sizes import made_of
from tosguard.flow.values.values import ANYTHING, REST, Value, single

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

Native = Callable[["Frame", "ir.Node", Arguments], Value]
NATIVES: dict[str, Native] = {}

#: Classes by which the attributes of those that derive from them are members or fields.
_BASES = ("enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag", "typing.NamedTuple")
LATE["natives"] = NATIVES


def native(*paths: str) -> Callable[[Native], Native]:
    """Registers what calling these symbols means."""

    def register(function: Native) -> Native:
        for path in paths:
            NATIVES[path] = function
        return function

    return register


def first(arguments: Arguments) -> Value:
    """The first argument of a call, however it was given."""
    if arguments.positional:
        return arguments.positional[0]
    return arguments.star if arguments.star is not None else next(iter(arguments.keywords.values()), ANYTHING)


def new_list(frame: Frame, node: ir.Node, element: Value, kind: str = "list", *, over: Value | None = None) -> Value:
    """A new list of such elements, one for each item of ``over`` at most."""
    made = frame.machine.make(kind, node, frame.context)
    frame.machine.put(made, REST, element)
    if over is not None:
        made_of(frame, made, over)
    return single(made)


def called_name(node: ir.Node) -> str:
    """The last name of what a call calls, "" where it calls what has none."""
    func = getattr(node, "func", None)
    return getattr(func, "id", "") or getattr(func, "attr", "")


#: A class whose subclasses' methods are called by ``unittest.main``.
_TEST_CASE = "unittest.TestCase"


def native_prefixes() -> frozenset[str]:
    """Every beginning of a native symbol, so that ``os`` and ``os.path`` lead to ``os.path.join``; of classes of the
    standard library that mean something to those which derive from them, too."""
    found: set[str] = {"os.environ", "sys.argv", "sys.modules"}
    for path in (*NATIVES, *TEMPLATES, *CONTAINERS, *_BASES, _TEST_CASE):
        pieces = path.split(".")
        begun = [".".join(pieces[: n + 1]) for n in range(len(pieces))]
        found.update(begun, (b.removesuffix("()") for b in begun))
        found.add(f"{path}()")
    return frozenset(found)
