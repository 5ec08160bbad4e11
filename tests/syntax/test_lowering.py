"""What the lowered tree says about a source."""

from __future__ import annotations

import gc
import subprocess
import sys
from typing import Any

import pytest

from tests.syntax.reference import nodes_of
from tosguard.syntax import ir
from tosguard.syntax.lowering import lower


def value_of(source: str) -> Any:
    statement = lower(source).body[-1]
    assert isinstance(statement, ir.ExprStmt)
    return statement.value


def only(kind: type[Any], source: str) -> Any:
    (found,) = [node for node in nodes_of(lower(source)) if type(node) is kind]
    return found


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("'a' \"b\" '''c'''", "abc"),
        (r"'\n\x41\u00e9\N{BULLET}\101\'\q'", "\nA\u00e9\u2022A'\\q"),
        (r"r'\n'", r"\n"),
        (r"b'\x00\xff\u0041'", b"\x00\xff\\u0041"),
        ("b'a' b'b'", b"ab"),
        ("f'a{{b}}'", "a{b}"),
        ("'a' f'b'", "ab"),
        ("'''a\r\nb'''", "a\nb"),
        ("'a\\\nb'", "ab"),
        ("0x_ff", 255),
        ("1_000", 1000),
        ("1e3", 1000.0),
        ("2j", 2j),
        ("...", None),
        ("None", None),
        ("True", True),
        ("9" * 5000, None if hasattr(sys, "get_int_max_str_digits") else int("9" * 5)),
    ],
)
def test_literals(source: str, value: object) -> None:
    lowered = value_of(source + "\n")
    assert isinstance(lowered, ir.Const)
    assert lowered.value == value
    assert type(lowered.value) is type(value)


def test_a_template_alternates_text_and_holes() -> None:
    template = value_of("'a' f'b{x}c' f'd{y:>{z}}' 'e'\n")
    assert isinstance(template, ir.Template)
    assert [part.value if isinstance(part, ir.Const) else part.id for part in template.parts] == [
        "ab", "x", "cd", "y", "e",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "generator"),
    [
        ("def f(): yield 1", True),
        ("def f(): return (yield)", True),
        ("def f():\n  x = yield from y", True),
        ("def f(): return 1", False),
        ("def f(): return [x for x in y]", False),
    ],
)
def test_generators(source: str, generator: bool) -> None:
    assert only(ir.Function, source).is_generator is generator


def test_a_nested_yield_belongs_to_the_nested_function() -> None:
    outer, inner = lower("def f():\n def g(): yield\ndef h(): return lambda: (yield)\n").body
    assert isinstance(outer, ir.Function) and not outer.is_generator
    assert isinstance(outer.body[0], ir.Function) and outer.body[0].is_generator
    assert isinstance(inner, ir.Function) and not inner.is_generator


def test_a_function_begins_at_its_first_decorator() -> None:
    source = "@a\n@b(1)\nasync def f(p, /, q, *r, s=1, **t) -> u: pass\n"
    function = only(ir.Function, source)
    assert source[function.start : function.end] == source.rstrip()
    assert source[function.name_start] == "f"
    assert function.is_async
    assert [(item.name, item.kind) for item in function.parameters] == [
        ("p", "positional"), ("q", "any"), ("r", "args"), ("s", "keyword"), ("t", "kwargs"),
    ]  # fmt: skip
    assert len(function.decorators) == 2


def test_match_patterns_give_names_and_values() -> None:
    case = only(ir.Case, "match v:\n case [A.b(k=x), *ys, {'q': 3 | None as n, **rest}, _] if g: pass\n")
    assert case.captures == ("x", "ys", "n", "rest")
    assert [getattr(value, "value", None) for value in case.values[1:]] == ["q", 3, None]
    assert isinstance(case.guard, ir.Name)


def test_imports() -> None:
    plain, relative, dots, star = lower(
        "import a.b as c, d\nfrom ..e.f import (g as h)\nfrom . import i\nfrom j import *"
    ).body
    assert isinstance(plain, ir.Import) and isinstance(relative, ir.ImportFrom)
    assert [(name.name, name.alias) for name in plain.names] == [("a.b", "c"), ("d", None)]
    assert (relative.module, relative.level, relative.names[0].alias) == ("e.f", 2, "h")
    assert isinstance(dots, ir.ImportFrom) and (dots.module, dots.level) == ("", 1)
    assert isinstance(star, ir.ImportFrom) and star.names[0].name == "*"


def test_type_statements_are_assignments() -> None:
    alias = only(ir.Assign, "type X[T: int] = list[T]\n")
    assert alias.targets[0].id == "X"
    assert isinstance(alias.value, ir.Subscript)


def test_operators_are_written_plainly() -> None:
    compare = only(ir.Compare, "a not   in b is not c != d\n")
    assert compare.ops == ("not in", "is not", "!=")
    assert only(ir.AugAssign, "a //= 2\n").op == "//"


def test_except_star_and_elif() -> None:
    handler = only(ir.Handler, "try: a\nexcept* (B, C) as d: e\n")
    assert handler.name == "d"
    first = lower("if a: b\nelif c: d\nelse: e\n").body[0]
    assert isinstance(first, ir.If) and isinstance(first.orelse[0], ir.If) and len(first.orelse[0].orelse) == 1


def test_several_indices_are_a_tuple() -> None:
    index = only(ir.Subscript, "a[1:2, *b]\n").index
    assert index.kind == "tuple" and isinstance(index.items[0], ir.Slice) and isinstance(index.items[1], ir.Starred)


def test_pass_leaves_nothing() -> None:
    assert only(ir.Class, "class A:\n    pass\n").body == ()


def test_the_collector_is_left_as_it_was() -> None:
    lower("a\n")
    assert gc.isenabled()
    gc.disable()
    try:
        lower("a\n")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_reading_the_tree_needs_no_parser() -> None:
    check = "import sys, tosguard.syntax.ir, tosguard.syntax.lowering; assert 'libcst' not in sys.modules"
    subprocess.run([sys.executable, "-c", check], check=True)
