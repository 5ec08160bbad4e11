"""Refusing sources built to overflow a parser, before a parser sees them.

The native parser recurses once per bracket and once per link of a chain (``a+a+a``, ``x.y().z``, ``not not x``), takes
time that grows with the square of a chain, and ends the whole process when its stack overflows. The masked source shows
both kinds of depth without parsing.
"""

from __future__ import annotations

import re

from tosguard.syntax.errors import SyntaxProblem
from tosguard.syntax.masking import line_and_column, line_starts

#: Longest source that is read, in characters. Generated tables beyond it hold no logic worth following.
MAX_BYTES = 5_000_000
#: Deepest nesting of brackets; the reference interpreter stops at the same number.
MAX_BRACKETS = 200
#: Longest path of nested operators, links and brackets in one statement. The native parser survives several times
#: this many on an ordinary stack.
MAX_CHAIN = 1_000
#: Most ``elif`` branches in one file; each is one level of the tree.
MAX_BRANCHES = 3_000

#: Most work the parser may be given, in units of about 0.1 microseconds. Its time grows with the square of nesting:
#: ordinary code stays below a thousandth of this.
MAX_EFFORT = 20_000_000
_COSTLY_BRACKETS = 20
_COSTLY_CHAIN = 100
_BRACKET_COST = 50

_TOKENS = re.compile(
    r"[()\[\]{},;\n]|[-+*/%@&|^~.<>!]|\b(?:not|lambda|if|else|and|or|await|yield|for|in|is)\b",
)
_OPEN = frozenset("([{")
_CLOSE = frozenset(")]}")


def check_nesting(masked: str) -> int:
    """Raises if a source is too large or too deeply nested to be parsed safely.

    Args:
        masked: the masked source.

    Returns:
        An upper bound of the depth of the syntax tree within one statement.

    Raises:
        SyntaxProblem: at the first place that is too deep.
    """
    if len(masked) > MAX_BYTES:
        raise SyntaxProblem(1, 1, f"the file is longer than {MAX_BYTES // 1_000_000} million characters")
    if len(masked) <= MAX_BRACKETS:
        return len(masked)
    if masked.count("elif") > MAX_BRANCHES and len(re.findall(r"\belif\b", masked)) > MAX_BRANCHES:
        raise SyntaxProblem(1, 1, f"the file has more than {MAX_BRANCHES} elif branches")
    deepest, index = _measure(_TOKENS.findall(masked))
    if index is not None:
        raise _problem_at(masked, index)
    return deepest


def _measure(tokens: list[str]) -> tuple[int, int | None]:
    """The greatest depth, and the index of the token at which a limit is passed (``None`` if none is).

    A level is the inside of one pair of brackets, a segment what lies between two commas of it. The depth of a segment
    is at most its operators plus the deepest bracket within.
    """
    stack: list[tuple[int, int, int]] = []
    links = inner = worst = deepest = effort = 0
    for index, token in enumerate(tokens):
        if token == "\n":
            if stack:
                continue
            links = inner = worst = 0
        elif token in _OPEN:
            stack.append((links, inner, worst))
            if len(stack) > _COSTLY_BRACKETS:
                effort += len(stack) * _BRACKET_COST
                if len(stack) > MAX_BRACKETS:
                    return deepest, index
            links = inner = worst = 0
        elif token in _CLOSE:
            if stack:
                depth = max(worst, links + inner) + 1
                links, inner, worst = stack.pop()
                links += 1
                inner = max(inner, depth)
        elif token in ",;":
            worst = max(worst, links + inner)
            links = inner = 0
        else:
            links += 1
        if links + inner > deepest:
            deepest = links + inner
        if links > _COSTLY_CHAIN:
            effort += links
        if deepest > MAX_CHAIN or effort > MAX_EFFORT:
            return deepest, index
    return deepest, None


def _problem_at(masked: str, index: int) -> SyntaxProblem:
    """The problem for the token of that index: a bracket never closed, or nesting that is too deep."""
    unclosed: list[tuple[int, str]] = []
    offset = 0
    for count, found in enumerate(_TOKENS.finditer(masked)):
        token = found.group()
        if count == index:
            offset = found.start()
        if token in _OPEN:
            unclosed.append((found.start(), token))
        elif token in _CLOSE and unclosed:
            unclosed.pop()
    starts = line_starts(masked)
    if unclosed and unclosed[0][0] <= offset:
        line, column = line_and_column(starts, unclosed[0][0])
        return SyntaxProblem(line, column, f"'{unclosed[0][1]}' is never closed")
    line, column = line_and_column(starts, offset)
    return SyntaxProblem(line, column, "the expression is nested too deeply to be analysed")
