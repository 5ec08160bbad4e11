"""Writes an inline suppression into a source file, leaving every other byte as it was.

The comment goes on a line of its own above the statement: on the statement's line it would change the line that
code-scanning services recognise an alert by, and the alert would close and open again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tosguard.errors import ConfigurationError, UsageError
from tosguard.findings.suppressions import find_suppressions, is_date

if TYPE_CHECKING:
    import libcst as cst

_BOM = b"\xef\xbb\xbf"


def suppression_comment(rules: Sequence[str], reason: str, *, until: str = "", reference: str = "") -> str:
    """The comment that suppresses rules.

    Args:
        rules: ids of the rules.
        reason: why; kept on one line.
        until: the last day on which it counts, ``YYYY-MM-DD`` or "".
        reference: a ticket or document without blanks, or "".

    Raises:
        UsageError: no rule, no reason, or an option that would not be read back.
    """
    reason = " ".join(reason.split())
    if not rules or any(not rule or set(rule) & set(" ,[]#\n") for rule in rules):
        raise UsageError("a suppression names at least one rule id", next_step="give the rule's id")
    if not any(character.isalnum() for character in reason):
        raise UsageError("a suppression needs a reason", next_step="say why the finding is acceptable")
    if until and not is_date(until):
        raise UsageError(f"'{until}' is no date", next_step="write YYYY-MM-DD")
    if reference and len(reference.split()) != 1:
        raise UsageError(f"the reference '{reference}' holds blanks", next_step="write it as one word")
    options = (f" until={until}" if until else "") + (f" ref={reference}" if reference else "")
    return f"# tosguard: ignore[{', '.join(rules)}] {reason}{options}"


def insert_suppressions(source: bytes, comments: Mapping[int, str], path: str) -> bytes:
    """A source with comments above statements.

    Args:
        source: the file's bytes, in the encoding it declares.
        comments: line of a finding → comment (see ``suppression_comment``).
        path: the file's name for messages.

    Returns:
        The new bytes: the old ones with one line more for each comment, and nothing else changed.

    Raises:
        ConfigurationError: the file is no valid Python, or no statement stands on a line.
    """
    import libcst as cst

    mark, body = (_BOM, source[len(_BOM) :]) if source.startswith(_BOM) else (b"", source)
    try:
        module = cst.parse_module(body)
    except (cst.ParserSyntaxError, SyntaxError, UnicodeDecodeError, LookupError, RecursionError) as error:
        line = getattr(error, "raw_line", 0)
        raise ConfigurationError(
            "a comment cannot be written into this file",
            where=f"{path}:{line}" if line else path,
            why="it is not valid Python",
            next_step="correct it, or record the waiver in the waivers file",
        ) from None
    spans = _statements(module)
    above: dict[int, list[bytes]] = {}
    for line, comment in sorted(comments.items()):
        start = _innermost(spans, line)
        if start == 0:
            raise ConfigurationError(
                "no statement stands here", where=f"{path}:{line}", next_step="record the waiver in the waivers file"
            )
        above.setdefault(start, []).append(_encoded(comment, module.encoding))
    # Lines are spliced in rather than generated: code generation does not keep every blank at the end of a file.
    written = mark + _spliced(body.splitlines(keepends=True), above)
    _check(written, comments, path)
    return written


def _encoded(comment: str, encoding: str) -> bytes:
    try:
        return comment.encode(encoding)
    except UnicodeEncodeError:
        raise UsageError(
            f"the reason holds characters that {encoding} has not", next_step="write it in plain letters"
        ) from None


def _spliced(lines: Sequence[bytes], above: Mapping[int, Sequence[bytes]]) -> bytes:
    """The lines with comments in front of some, each indented and ended as the line it stands above."""
    result: list[bytes] = []
    for number, line in enumerate(lines, start=1):
        indent = line[: len(line) - len(line.lstrip(b" \t\x0c"))]
        ending = line[len(line.rstrip(b"\r\n")) :] or _ending(lines)
        result += [indent + comment + ending for comment in above.get(number, ())]
        result.append(line)
    return b"".join(result)


def _ending(lines: Sequence[bytes]) -> bytes:
    first = lines[0]
    return first[len(first.rstrip(b"\r\n")) :] or b"\n"


def _statements(module: cst.Module) -> list[tuple[int, int]]:
    """The lines of everything that begins a line of code (statements and their clauses), decorators included."""
    import libcst as cst
    from libcst.metadata import MetadataWrapper, PositionProvider

    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    found = []
    for node, span in positions.items():
        if hasattr(node, "leading_lines") and not isinstance(node, cst.Decorator):
            start = min([span.start.line, *(positions[d].start.line for d in getattr(node, "decorators", ()))])
            found.append((start, span.end.line))
    return found


def _innermost(spans: Sequence[tuple[int, int]], line: int) -> int:
    """The first line of the smallest span around a line, 0 for none."""
    around = [span for span in spans if span[0] <= line <= span[1]]
    return min(around, key=lambda span: (span[1] - span[0], -span[0]))[0] if around else 0


def _check(written: bytes, comments: Mapping[int, str], path: str) -> None:
    """Each comment must be read back as covering its finding, which has moved down by the lines above it."""
    suppressions, _ = find_suppressions({path: written.decode("utf-8", "replace")})
    for line in comments:
        if not any(s.first <= line + shift <= s.last for s in suppressions for shift in range(1, len(comments) + 1)):
            raise ConfigurationError(
                "a comment here would not cover the finding",
                where=f"{path}:{line}",
                next_step="record the waiver in the waivers file",
            )
