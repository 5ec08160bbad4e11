"""The order in which a class and its bases are asked, beside the one that Python itself makes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.flow.flows import machine_of, marked
from tosguard.flow.language.inheritance import MAX_BASES, linearize
from tosguard.flow.language.scopes import ClassScope, ModuleScope
from tosguard.flow.values.values import ClassAtom
from tosguard.syntax import ir
from tosguard.syntax.lowering import lower


def atom(name: str, *bases: ClassAtom) -> ClassAtom:
    module = ModuleScope("m", "m.py", lower(f"class {name}: pass\n"), is_package=False, cells=None)
    node = module.node.body[0]
    assert isinstance(node, ir.Class)
    made = ClassAtom(ClassScope(node, f"m.{name}", module))
    made.bases = bases
    return made


#: Hierarchies: of each class the earlier ones that it derives from.
HIERARCHIES = st.lists(st.lists(st.integers(0, 30), max_size=4, unique=True), min_size=1, max_size=12)


@given(HIERARCHIES)
def test_the_order_is_that_of_python_wherever_python_has_one(hierarchy: list[list[int]]) -> None:
    real: list[type | None] = []
    ours: list[ClassAtom] = []
    for number, chosen in enumerate(hierarchy):
        bases = list(dict.fromkeys(c % number for c in chosen)) if number else []
        ours.append(atom(f"C{number}", *(ours[b] for b in bases)))
        known = [real[b] for b in bases]
        try:
            real.append(None if None in known else type(f"C{number}", tuple(k for k in known if k), {}))
        except TypeError:  # Python refuses bases that contradict each other
            real.append(None)
    for made, cls in zip(ours, real, strict=True):
        names = [c.scope.name for c in linearize(made)]
        assert len(names) == len(set(names))
        if cls is not None:
            assert names == [c.__name__ for c in cls.__mro__[:-1]]


def test_bases_that_contradict_each_other_are_all_asked_once() -> None:
    a, b = atom("A"), atom("B")
    wrong = atom("E", atom("C", a, b), atom("D", b, a))
    assert sorted(c.scope.name for c in linearize(wrong)) == ["A", "B", "C", "D", "E"]


def test_a_class_that_derives_from_itself_is_asked_once() -> None:
    a = atom("A")
    a.bases = (a,)
    assert linearize(a) == (a,)


def factory(classes: int) -> str:
    """A class factory that is called with each of many classes, and with what it made itself."""
    lines = ["from api import ask", "import json", "", "def extended(base):"]
    lines += ["    class Extended(base):", "        def more(self):"]
    lines += ["            return self.run()", "    return Extended", ""]
    for number in range(classes):
        lines += [
            f"class C{number}:",
            "    def run(self):",
            f"        return ask('{number}')" + "  # made" * (not number),
        ]
    lines += ["kinds = [", *(f"    C{number}," for number in range(classes)), "]"]
    lines += ["made = []", "for kind in kinds:", "    made.append(extended(extended(kind)))"]
    lines += ["for kind in made:", "    json.dump(kind().more(), open('a.json', 'w'))  # kept", ""]
    return "\n".join(lines)


def test_a_class_made_of_one_of_a_few_classes_inherits_from_each() -> None:
    assert marked(factory(3)) == {("made", "kept")}


def test_of_very_many_classes_a_few_are_looked_at_and_the_report_says_so() -> None:
    solved = machine_of(factory(3 * MAX_BASES))
    made = [c for c in solved.classes.values() if c.scope.name == "Extended"]
    assert made
    assert all(len(c.bases) <= MAX_BASES for c in made)
    assert any("one of very many classes" in line for line in solved.notices.lines())
