"""Hypothesis strategies for programs, built from snippets that compose."""

from __future__ import annotations

from hypothesis import strategies as st

names = st.sampled_from(["a", "b", "if_", "is_ok", "e", "x1", "self", "données", "notin", "lambda_", "_", "f", "rb"])
numbers = st.sampled_from(["0", "1", "12_000", "0x_ff", "1.5", "1e5", ".5", "1.", "2j", "..."])
strings = st.sampled_from(
    [
        "'a'", '"b # no comment"', "r'\\d'", "b'x'", "'''t\n( '''", '"""a "quoted" b"""', "'it\\'s'", "''", '""""""',
        "f'{a}'", "f'x{ a.b(c) !r:>{e}}y'", 'f"{a["k"]}"', "rf'\\{a}'", "f'{{}}{b}'", "f'''{\na\n}'''", "f'{a:%Y-%m}'",
        "f'{x1=}'", "u'z'", "'a' 'b'", "'a' f'{b}' \"c\"", "('p'\n 'q')", "f'{a if b else e}'", "f'{(lambda: f(a))()}'",
        "f'{f'{a}'}'", "f'\\N{BULLET} {a}'", "f'{a!s}{{{b}}}'",
    ]
)  # fmt: skip
space = st.sampled_from(["", " ", "  ", "\\\n ", "\t"])
operators = st.sampled_from(
    ["+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^", "<", ">", "<=", ">=", "==", "!=",
     " in ", " not in ", " is ", " is not ", " not  in ", " and ", " or "]
)  # fmt: skip


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    # Operands in brackets: precedence is not what is tested here.
    operand = st.one_of(names, strings, inner.map(lambda text: f"({text})"), inner.map(lambda text: f"( {text} )"))
    items = st.lists(operand, max_size=3)
    return st.one_of(
        st.builds(lambda a, s, op, t, b: f"{a}{s}{op}{t}{b}", operand, space, operators, space, operand),
        st.builds(lambda a, s, b: f"{a}{s}.{s}{b}", operand, space, names),
        st.builds(lambda a, s, b: f"{a}{s}({s}{', '.join(b)}{s})", operand, space, items),
        st.builds(lambda a, b, c: f"{a}(*{b}, k={c}, **{b},)", operand, operand, operand),
        st.builds(lambda a, b, c: f"{a}({b} for {c} in {b})", operand, operand, names),
        st.builds(lambda a, b, c: f"{a}[{b}:{c}, ::{b}, :]", operand, operand, operand),
        st.builds(lambda a, b: f"{a}[{b}]", operand, operand),
        st.builds(lambda a, b: f"{a}[{b},]", operand, operand),
        st.builds(lambda b: f"[{', '.join(b)}]", items),
        st.builds(lambda b: f"[{', '.join(b)} # c)\n]", items.filter(bool)),
        st.builds(lambda b: f"({', '.join(b)},)", items.filter(bool)),
        st.builds(lambda b: f"{{{', '.join(b)}}}", items.filter(bool)),
        st.builds(lambda a, b: f"{{{a}: {b}, **{b}, 'k': {a}}}", operand, operand),
        st.builds(lambda a, b, c: f"[{a} for {b} in {c} if {a} if {c} for {b} in {a}]", operand, names, operand),
        st.builds(lambda a, b, c: f"{{{a}: {b} for {c}, _ in {a}}}", operand, operand, names),
        st.builds(lambda a, b, c: f"lambda {b}, /, *, c={a}, **{b}k: {c}", operand, names, operand),
        st.builds(lambda a, b, c: f"{a} if {b} else {c}", operand, operand, operand),
        st.builds(lambda op, s, a: f"{op}{s}{a}", st.sampled_from(["-", "+", "~", "not "]), space, operand),
        st.builds(lambda a, b: f"({a} := {b})", names, operand),
        st.builds(lambda a, b: f"[*{a}, {b}]", operand, operand),
        st.just("()"),
    )


expressions = st.recursive(st.one_of(names, numbers, strings), _compound, max_leaves=12)


def _indented(text: str) -> str:
    return "".join(f"    {line}" for line in text.splitlines(keepends=True))


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    # A string over several lines must not be indented into another program; positions do not care, so it may.
    body = st.lists(inner, min_size=1, max_size=3).map("".join).map(_indented)
    e, n = expressions.filter(lambda text: "\n" not in text), names
    return st.one_of(
        st.builds(lambda c, a, b: f"if {c}:\n{a}elif {c} :\n{b}else:\n{a}", e, body, body),
        st.builds(lambda n, c, a: f"for {n}, *_ in {c},:\n{a}else :\n{a}", n, e, body),
        st.builds(lambda c, a: f"while {c}: # c\n{a}\n", e, body),
        st.builds(lambda c, n, a: f"try:\n{a}except ({c}) as {n}:\n{a}except:\n{a}else:\n{a}finally:\n{a}", e, n, body),
        st.builds(lambda c, n, a: f"try:\n{a}except* {n}:\n{a}", e, n, body),
        st.builds(lambda c, n, a: f"with {n}({c}) as {n}, {n}:\n{a}", e, n, body),
        st.builds(lambda c, n, a: f"with (open({c}) as {n},\n  {n},):\n{a}", e, n, body),
        st.builds(lambda c, n, a: f"@{n}.d\n@{n}\ndef f_(x, y: {n} = {c}, *args, z, **k) -> {n}:\n{a}", e, n, body),
        st.builds(lambda n, a: f"async def g_[T: int, *Ts](x):\n    await {n}\n    async for i in {n}:\n{_indented(a)}",
                  n, body),
        st.builds(lambda c, n, a: f"@{n}\n\n# c\nclass C({n}, k={c}, **{n}):\n    '''doc'''\n{a}", e, n, body),
        st.builds(
            lambda c, n, a: f"match {n}, {n}:\n    case [1, *_, {n}1] | {n}.q() if {c}:\n{_indented(a)}"
            f"    case {{'k': (v), **r}}:\n{_indented(a)}    case C_(1, k='s') as w:\n{_indented(a)}"
            f"    case None | -1 | (x.y):\n{_indented(a)}    case _:\n{_indented(a)}",
            e, n, body,
        ),
    )  # fmt: skip


_simple = st.one_of(
    expressions.map(lambda e: f"{e}\n"),
    st.builds(lambda a, b: f"{a} = {a}.x = {b}; pass;\n", names, expressions),
    st.builds(lambda a, b: f"{a}, {a} = {b}, {b},  # c\n", names, expressions),
    st.builds(lambda a, b, c: f"{a}: {c} = {b}\n", names, expressions, names),
    st.builds(lambda a, b, op: f"{a} {op}= {b}\n", names, expressions, st.sampled_from(["+", "**", "//", "@", ">>"])),
    st.builds(lambda a, b: f"raise {a} from {b}\n", names, expressions),
    st.builds(lambda a, b: f"assert {a}, {b}\n", names, expressions),
    st.builds(lambda a: f"del {a}[0], {a}\n", names),
    st.builds(lambda a: f"import {a}.b as c, {a} . d\n", names),
    st.builds(lambda a: f"from .. {a}.b import (c as d, # c\n e,)\n", names),
    st.builds(lambda a: f"from {a} import *\n", names),
    st.builds(lambda a: f"type X_ = {a}\n", expressions),
    st.builds(lambda a: f"if {a}: pass; {a}; \n", names),
    st.just("\n# comment ' \"\n\n"),
)
programs = st.lists(st.recursive(_simple, _blocks, max_leaves=4), min_size=1, max_size=4).map("".join)
