"""From source text to the intermediate representation."""

from __future__ import annotations

import gc
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tosguard.syntax import ir
from tosguard.syntax.cursor import Cursor
from tosguard.syntax.errors import Desync, SyntaxProblem
from tosguard.syntax.masking import FILL, line_and_column, line_starts, mask
from tosguard.syntax.nesting import check_nesting

if TYPE_CHECKING:
    import libcst as cst

    from tosguard.syntax.nodes import ParserSyntaxError

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
#: From this depth on a parse gets a stack of its own; it costs a tenth of a millisecond.
_DEEP = 60
_STACK = 128 * 1024 * 1024
_OLD_PRINT = re.compile(r"\s*print\s+[\w\"']")
_WORD_AT_END = re.compile(r"\w+\Z")
_EXPECTED_SHOWN = 4


def lower(source: str) -> ir.Module:
    """Parses a source and lowers it.

    Args:
        source: decoded Python source, any newline convention.

    Returns:
        The module, every node with the character offsets it spans.

    Raises:
        SyntaxProblem: the source is not Python 3, or too large or too deeply nested to be read safely.
    """
    masked = mask(source)
    nul = source.find("\0")
    if nul >= 0:
        line, column = line_and_column(line_starts(source), nul)
        raise SyntaxProblem(line, column, "the file contains a NUL character, so it is not text")
    depth = check_nesting(masked)
    with _collector_paused():
        tree = _parse(source, masked) if depth < _DEEP else _parse_on_large_stack(source, masked)
        body = _statements(tree, source, masked)
    return ir.Module(body, line_starts(source))


def _statements(tree: cst.Module, source: str, masked: str) -> tuple[ir.Stmt, ...]:
    """Lowers a parsed module; where the masked source misleads the cursor, the tree itself says what to mask."""
    from tosguard.syntax.statements import statements

    try:
        return statements(tree.body, Cursor(source, masked))
    except Desync:
        pass
    except RecursionError:
        raise SyntaxProblem(1, 1, "the code is nested too deeply to be analysed") from None
    from tosguard.syntax.rendering import mask_from_tree

    try:
        return statements(tree.body, Cursor(source, mask_from_tree(source)))
    except Desync as lost:
        raise SyntaxProblem(1, 1, f"the positions in this file cannot be determined (near {lost})") from None


def _parse(source: str, masked: str) -> cst.Module:
    from tosguard.syntax.nodes import ParserSyntaxError, parse

    try:
        tree: cst.Module = parse(source)
    except ParserSyntaxError as error:
        raise _problem(source, masked, error) from None
    except RecursionError:
        raise SyntaxProblem(1, 1, "the code is nested too deeply to be parsed") from None
    return tree


def _parse_on_large_stack(source: str, masked: str) -> cst.Module:
    """Parses in a thread of its own: the parser recurses, and stacks of threads can be as small as 512 KiB."""
    outcome: list[cst.Module | BaseException] = []

    def run() -> None:
        try:
            outcome.append(_parse(source, masked))
        except BaseException as error:  # carried over to the caller's thread, whatever it is
            outcome.append(error)

    with _stack_size:
        before = threading.stack_size(_STACK)
        try:
            thread = threading.Thread(target=run, name="parser", daemon=True)
            thread.start()
        finally:
            threading.stack_size(before)
    thread.join()
    (result,) = outcome
    if isinstance(result, BaseException):
        raise result
    return result


def _problem(source: str, masked: str, error: ParserSyntaxError) -> SyntaxProblem:
    """The parser's message in words: its place moved out, its list of tokens shortened."""
    text = error.message.removeprefix("parser error: ").removeprefix("tokenizer error: ")
    found = _PLACE.match(text)
    if found is None:
        return SyntaxProblem(error.raw_line, error.raw_column + 1, text)
    starts = line_starts(source)
    after = starts[min(int(found[1]), len(starts)) - 1] + int(found[2])
    line, column = line_and_column(starts, _token_before(masked, after))
    written = source[starts[line - 1] : starts[line]] if line < len(starts) else source[starts[-1] :]
    expected = found[3].removeprefix("one of ").split(", ")
    if _OLD_PRINT.match(written):
        text = "print without parentheses: this is Python 2"
    elif len(expected) > _EXPECTED_SHOWN:
        text = "this is not valid Python 3"
    else:
        text = f"this is not valid Python 3: expected {' or '.join(expected)}"
    return SyntaxProblem(line, column, text)


def _token_before(masked: str, offset: int) -> int:
    """Where the token before an offset begins: the parser points behind the token it stumbled over."""
    before = masked[:offset].rstrip()
    literal = before.rstrip(FILL)
    if literal != before:
        return max(0, len(literal) - 1)
    word = _WORD_AT_END.search(before)
    return word.start() if word else max(0, len(before) - 1)


_stack_size = threading.Lock()
_pause = threading.Lock()
_paused = 0
_was_enabled = False


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Stops the cyclic collector: a syntax tree is many objects and no garbage. Nests, also across threads."""
    global _paused, _was_enabled
    with _pause:
        if _paused == 0:
            _was_enabled = gc.isenabled()
            gc.disable()
        _paused += 1
    try:
        yield
    finally:
        with _pause:
            _paused -= 1
            if _paused == 0 and _was_enabled:
                gc.enable()
