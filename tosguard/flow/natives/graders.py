"""Graders that are part of the language: answers matched with patterns or ends out of the data, code run with tests.

``re.fullmatch(row["form"], answer)`` compares an answer with its row as ``==`` does, and so does
``answer.startswith(row["label"])``. ``exec(answer + row["checks"])``
scores it, in one text or in one namespace after the other. A pattern or a program that the code itself writes out says
nothing of the kind, and is none of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.catalog.model import Entry
from tosguard.flow.calls.library import observe_comparison
from tosguard.flow.language.iteration import element_of
from tosguard.flow.natives.natives import native
from tosguard.flow.solver.counting import born_in_data, meets_data
from tosguard.flow.values.joining import join, merge_taints
from tosguard.flow.values.reach import reached
from tosguard.flow.values.values import ANYTHING, NOTHING, REST, Constant, ObjectAtom, Value
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments
    from tosguard.flow.values.taints import Hop, Taint

_NAMES = ("search", "match", "fullmatch", "findall", "finditer")

#: Functions that look for a pattern in a text, and the methods of a pattern that do.
FUNCTIONS = frozenset(f"re.{name}" for name in _NAMES)
METHODS = frozenset(f"re.compile().{name}" for name in _NAMES)
MATCHING = FUNCTIONS | METHODS

#: Methods of a text that compare its beginning or its end.
ENDS = frozenset({"startswith", "endswith"})

#: What texts begin with that say where something lies.
_NO_WORDS = ("http", "data:", "json")

_GIVEN: dict[str, tuple[int, ...]] = {"predictions": (0,), "references": (0,)}

#: The call that runs an answer with its tests.
RUN = Entry("builtins.exec", "metric", "operators", "library", arguments=_GIVEN, tags=("code",))


@native(*sorted(MATCHING))
def _match(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return Value(ANYTHING.atoms, reached(frame, arguments.every()))


def match_of_data(frame: Frame, node: ir.Node, callee: Value, arguments: Arguments) -> Mapping[Taint, Hop] | None:
    """What decided a match of a text with a pattern out of the data; None for any other pattern.

    Args:
        frame: where the call stands.
        node: the call.
        callee: a function of ``MATCHING``, or the bound method of a pattern.
        arguments: what it is given.
    """
    method = callee.taints is not None
    pattern, text = (callee, arguments.slot(0)) if method else (arguments.slot(0), arguments.slot(1))
    if pattern is None or text is None or text.taints is None or not born_in_data(pattern.taints):
        return None
    taints = merge_taints(text.taints, pattern.taints)
    return observe_comparison(frame, node, "==", text, pattern, taints or {}).taints


def end_of_data(frame: Frame, node: ir.Node, callee: Value, arguments: Arguments) -> Value | None:
    """What a look at the beginning or the end of a text says, where either is out of the data and the other born
    elsewhere, or where the code spells out what an answer may begin or end with; None for any other call.

    Args:
        frame: where the call stands.
        node: the call.
        callee: the bound method, which carries what its text does.
        arguments: what it is given.
    """
    if not isinstance(node, ir.Call) or not isinstance(node.func, ir.Attribute) or node.func.attr not in ENDS:
        return None
    end = arguments.slot(0)
    if end is not None and any(isinstance(a, ObjectAtom) for a in end.atoms):
        end = join(Value(NOTHING.atoms, end.taints), element_of(frame, end))  # one of a tuple
    if end is None or not (meets_data(callee, end) or _spelled_out(callee, end)):
        return None
    return observe_comparison(frame, node, "==", callee, end, merge_taints(callee.taints, end.taints) or {})


def _spelled_out(text: Value, end: Value) -> bool:
    """Whether a text that was not read may end in words that the code spells out."""
    if end.taints is not None or not born_in_data(text.taints, wanted=False):
        return False
    words = [a.value for a in end.atoms if isinstance(a, Constant) and isinstance(a.value, str)]
    return any(word[:1].isalpha() and not word.startswith(_NO_WORDS) for word in words)


def run_with_tests(frame: Frame, node: ir.Node, arguments: Arguments) -> None:
    """Notes that something born at a call is run with a program out of the data, in one text or one after the other in
    a namespace, and keeps in the namespace what ran in it."""
    program, space = arguments.positional[0], arguments.slot(1) or arguments.slot("globals") or NOTHING
    if program.taints is None:
        return
    ran = merge_taints(program.taints, reached(frame, space))
    if born_in_data(program.taints) and born_in_data(ran, wanted=False):
        record = frame.machine.record(frame.context, node, RUN.symbol, RUN)
        record.loops, record.guards, record.control = frame.loops, frame.guards, frame.control
        record.named = {"predictions": Value(program.atoms, ran), "references": program}
    for atom in space.atoms:
        if isinstance(atom, ObjectAtom):
            frame.machine.put(atom, REST, Value(ANYTHING.atoms, program.taints))
