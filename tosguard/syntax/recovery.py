"""Reading what can be read of a source with errors.

The masked source shows where statements begin without parsing. Statements that do not parse are blanked, the innermost
possible one first, with every other character staying where it is; what is left is lowered as usual.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tosguard.syntax import ir
from tosguard.syntax.errors import SyntaxProblem
from tosguard.syntax.lowering import lower
from tosguard.syntax.masking import line_starts, mask

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_CONTINUES = re.compile(r"[ \t\f]*(?:else|elif|except|finally)\b")
#: Words that begin a statement and cannot follow an open bracket at the margin: an earlier bracket was never closed.
_RESUMES = re.compile(r"[ \t]*(?:def|class|import|from|async\s+def|return|raise|try|while|with)\b|[ \t]*@\w")
#: The line with which the next cell of a notebook or of a script in cells begins.
_CELL = re.compile(r"^# %%.*$", re.MULTILINE)
_BRACKET = re.compile(r"[()\[\]{}]")
_NOT_NEWLINE = re.compile(r"[^\r\n]")
_ROOM_FOR_PASS = re.compile(r"[^\r\n]{4}")
_DEEPEST = 20
#: Longest source that is repaired; every level of nesting is parsed again.
_LONGEST = 1_000_000


@dataclass(slots=True)
class _Repair:
    """A source under repair and what was found wrong with it."""

    source: str
    masked: str
    problems: list[SyntaxProblem] = field(default_factory=list)

    def blank(self, start: int, end: int, *, keep_statement: bool) -> None:
        """Turns a span into white space, or into ``pass`` where a block must not become empty."""
        text = _NOT_NEWLINE.sub(" ", self.source[start:end])
        if keep_statement:
            at = (end - start) - len(self.masked[start:end].lstrip())
            word = "pass" if _ROOM_FOR_PASS.match(text, at) else "0"
            text = text[:at] + word + text[at + len(word) :]
        self.source = self.source[:start] + text + self.source[end:]
        self.masked = self.masked[:start] + text + self.masked[end:]


def lower_tolerant(source: str) -> tuple[ir.Module, tuple[SyntaxProblem, ...]]:
    """Lowers a source, leaving out the statements that are not Python 3.

    Args:
        source: decoded source.

    Returns:
        The module of what could be read (empty in the worst case), offsets as in ``source``, and the problems, in
        source order; no problems means that nothing was left out.
    """
    try:
        return lower(source), ()
    except SyntaxProblem as problem:
        whole = problem
    if "\0" not in source and len(source) < _LONGEST:
        for spans in dict.fromkeys((_cells(source), ((0, len(source)),))):
            repair = _repaired(source, spans)
            try:
                return lower(repair.source), tuple(sorted(repair.problems or [whole], key=_place))
            except SyntaxProblem as problem:
                whole = whole if repair.problems else problem
    return ir.Module((), line_starts(source)), (whole,)


def _cells(source: str) -> tuple[tuple[int, int], ...]:
    """The spans of the cells of a source; no statement and no string goes on from one to the next."""
    beginnings = [0, *(found.start() for found in _CELL.finditer(source) if found.start())]
    return tuple(zip(beginnings, [*beginnings[1:], len(source)], strict=True))


def _repaired(source: str, spans: tuple[tuple[int, int], ...]) -> _Repair:
    """The source with what is wrong in each of its spans left out."""
    repair = _Repair(source, "".join(mask(source[start:end]) for start, end in spans))
    for start, end in spans:
        _repair_block(repair, start, end, 0)
    return repair


def _place(problem: SyntaxProblem) -> tuple[int, int]:
    return problem.line, problem.column


def _repair_block(repair: _Repair, start: int, end: int, level: int) -> None:
    """Blanks the statements of one block that do not parse."""
    for first, last in statements_between(repair.masked, start, end):
        problem = _check(repair, first, last)
        if problem is None:
            continue
        blocks = _blocks(repair.masked, first, last)
        if blocks and level < _DEEPEST:
            before = repair.source, repair.masked, len(repair.problems)
            for block_start, block_end in blocks:
                _repair_block(repair, block_start, block_end, level + 1)
            if _check(repair, first, last) is None:
                continue
            repair.source, repair.masked = before[:2]
            del repair.problems[before[2] :]
        repair.problems.append(problem)
        repair.blank(first, last, keep_statement=level > 0)


def _check(repair: _Repair, start: int, end: int) -> SyntaxProblem | None:
    """What is wrong with the statement between two offsets, positioned in the file."""
    text = repair.source[start:end]
    margin = len(text) - len(text.lstrip(" \t\f"))
    header = "async def _():\n" if margin else ""
    line_before = len(re.findall(r"\r\n|\r|\n", repair.source[:start]))
    try:
        lower(header + text)
    except SyntaxProblem as problem:
        line = max(line_before + problem.line - (1 if header else 0), line_before + 1)
        last_line = line_before + max(1, len(text.rstrip().splitlines()))
        return SyntaxProblem(min(line, last_line), problem.column, problem.message)
    return None


def statements_between(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """The statements of one block, as spans of whole lines.

    Args:
        masked: the masked source.
        start: offset of the first line of the block.
        end: offset after its last line.

    Returns:
        Spans that together cover the block; decorators belong to what they decorate, ``else`` and the like to what
        they continue.
    """
    beginnings: list[int] = []
    margin: int | None = None
    depth = 0
    decorated = False
    for found in _LINE.finditer(masked, start, end):
        line = found.group()
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" \t\f"))
        margin = indent if margin is None else margin
        if depth and indent <= margin and _RESUMES.match(line):
            depth = 0
        if depth == 0 and indent <= margin and not _CONTINUES.match(line):
            if not decorated:
                beginnings.append(found.start())
            decorated = line.lstrip().startswith("@")
        depth = _depth_after(line, depth)
    if not beginnings:  # blank once masked, such as a lone line continuation
        return [(start, end)] if start < end else []
    return list(zip(beginnings, [*beginnings[1:], end], strict=True))


def _blocks(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """The indented blocks inside a statement, as spans of whole lines; none for a simple statement."""
    blocks: list[tuple[int, int]] = []
    margin: int | None = None
    opened = -1
    depth = 0
    for found in _LINE.finditer(masked, start, end):
        line = found.group()
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" \t\f"))
        if margin is None or (indent <= margin and (depth == 0 or _RESUMES.match(line))):
            margin = indent if margin is None else margin
            depth = 0
            if opened >= 0:
                blocks.append((opened, found.start()))
                opened = -1
        elif opened < 0 and depth == 0:
            opened = found.start()
        depth = _depth_after(line, depth)
    if opened >= 0:
        blocks.append((opened, end))
    return blocks


def _depth_after(line: str, depth: int) -> int:
    """How many brackets are open after a line."""
    for bracket in _BRACKET.findall(line):
        depth = depth + 1 if bracket in "([{" else max(0, depth - 1)
    return depth
