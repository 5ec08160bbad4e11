"""Every node spans exactly the characters that the parser's own metadata gives it."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import libcst as cst
import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.syntax.programs import programs
from tests.syntax.reference import lowered_spans, nodes_of, parser_spans
from tosguard.syntax import ir, lowering
from tosguard.syntax.lowering import lower
from tosguard.syntax.masking import line_and_column, line_starts, mask
from tosguard.syntax.rendering import mask_from_tree


def assert_same_positions(source: str) -> None:
    expected, identifiers = parser_spans(source)
    spans, names = lowered_spans(lower(source))
    assert spans == expected
    assert names <= identifiers


def parses(source: str) -> bool:
    try:
        cst.parse_module(source)
    except (cst.ParserSyntaxError, cst.CSTValidationError):
        return False
    return True


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(programs)
def test_generated_programs(source: str) -> None:
    assume(parses(source))
    assert_same_positions(source)


def _standard_library() -> list[Path]:
    files = sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))
    small = [file for file in files if file.stat().st_size < 25_000]
    return small[:: max(1, len(small) // 60)][:60]


@pytest.mark.parametrize("path", _standard_library(), ids=lambda path: path.name)
def test_real_files(path: Path) -> None:
    assert_same_positions(path.read_bytes().decode("utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "f'{a(b)} {c.d:{e()}}'\n",
        'f"{x["k"](1)}"\n',
        "f'''{\n  a(  # comment '\n  1)\n}'''\n",
        "x = (a)(b) + ((c.d))\r\ny = [1,\r\n 2]\r\n",
        "if x :\n\tf(1)\n\tg(2) ;\n",
        "a = b if'x'else f'{c()}'\n",
        "print(*a, **b, sep='')\n",
        "@a.b(c)\nclass D: pass\n",
        "async def f():\n    return [await g(x) async for x in y]\n",
        "x = 1if a else 2\n",
        "# é ' \"\nx = 'é'; f(é)\n",
        "x = a\\\n.b\\\n(c)\n",
        "def f[T: (int, str) = int, **P = [int]](x: T) -> f(T): return g(x)\n",
        "def f(): (yield); x = yield from g()\n",
        "lambda *a, b=f(1), **k: (yield)\n",
        "f'{a!r:^{b}.{c(d)}}' rf'\\{e()}' '''x'''\n",
        "f'{a:{{}}}'\n",
        "f'{(x:=5)} {a[1:2]} {(lambda y: y)(1)} {x!=y}'\n",
        "try:\n    a()\nexcept (b, c):\n    d()\nelse:\n    e()\n",
        "{**a, 'b': c(d), **e(f)}\n",
        "x[a:b, ::c(d), *e]\n",
        "match a(b):\n    case {'x': c.d, **rest} if f(rest): g(c)\n",
    ],
)
def test_awkward_sources(source: str) -> None:
    assert_same_positions(source)


def test_a_call_in_a_hole_has_its_own_place() -> None:
    source = 'text = f"one {ask(q)!r:>{width(1)}} two"\n'
    calls = [node for node in nodes_of(lower(source)) if isinstance(node, ir.Call)]
    assert sorted(source[call.start : call.end] for call in calls) == ["ask(q)", "width(1)"]


@pytest.mark.parametrize(
    "source",
    ["x = 'a' # b\ny = (f'{z}' \"c\")\n", "x = f'{a(b)}{{}}'; '''d\n'''\n", "( # c\n'a' )\n"],
)
def test_the_tree_masks_like_the_text(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = repr(lower(source))
    monkeypatch.setattr(lowering, "mask", lambda text: "\x01" * len(text))
    assert mask_from_tree(source).count('"') == mask(source).count('"')
    assert repr(lower(source)) == expected


def test_masking_keeps_length_and_lines() -> None:
    source = "a = '# \\' x' # b 'c'\nf'{d(\"e\")} g' + '''h\ni''' + \\\nj\n"
    masked = mask(source)
    assert len(masked) == len(source)
    assert "#" not in masked
    assert "h" not in masked and "g" not in masked
    assert all(name in masked for name in "adj")


@pytest.mark.parametrize("source", ["'", '"""', "f'{", "f'{a", "f'{a:", "f'{a:{", "'''\\", "f'{\"", "rf'\\"])
def test_masking_survives_what_does_not_end(source: str) -> None:
    assert len(mask(source)) == len(source)


def test_offsets_become_lines_and_columns() -> None:
    starts = line_starts("ab\r\nc\rd\n")
    assert starts == (0, 4, 6, 8)
    assert line_and_column(starts, 4) == (2, 1)
    assert lower("ab\r\nc\n").position(1) == (1, 2)
