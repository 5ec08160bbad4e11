"""Writes an inline suppression into a source file, leaving every other byte as it was.

The comment goes on a line of its own above the statement: on the statement's line it would change the line that
code-scanning services recognise an alert by, and the alert would close and open again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

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
    except (cst.ParserSyntaxError, UnicodeDecodeError, LookupError, RecursionError) as error:
        line = getattr(error, "raw_line", 0)
        raise ConfigurationError(
            "a comment cannot be written into this file",
            where=f"{path}:{line}" if line else path,
            why="it is not valid Python",
            next_step="correct it, or record the waiver in the waivers file",
        ) from None
    owners = _statements(module)
    targets: dict[int, list[str]] = {}
    nodes: dict[int, cst.CSTNode] = {}
    for line, comment in sorted(comments.items()):
        node = _innermost(owners, line)
        if node is None:
            raise ConfigurationError(
                "no statement stands here", where=f"{path}:{line}", next_step="record the waiver in the waivers file"
            )
        nodes[id(node)] = node
        targets.setdefault(id(node), []).append(comment)
    result = module
    for key, texts in targets.items():
        result = _with_comments(result, nodes[key], texts)
    written = mark + result.bytes
    _check(source, written, comments, path)
    return written


def _statements(module: cst.Module) -> list[tuple[int, int, Any]]:
    """Every node that can carry lines above it, with the lines it spans (decorators included)."""
    import libcst as cst
    from libcst.metadata import MetadataWrapper, PositionProvider

    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    found = []
    for node, span in positions.items():
        if hasattr(node, "leading_lines") and not isinstance(node, cst.Decorator):
            start = span.start.line
            for decorator in getattr(node, "decorators", ()):
                start = min(start, positions[decorator].start.line)
            found.append((start, span.end.line, node))
    return found


def _innermost(owners: list[tuple[int, int, Any]], line: int) -> Any:
    around = [owner for owner in owners if owner[0] <= line <= owner[1]]
    return min(around, key=lambda owner: (owner[1] - owner[0], -owner[0]))[2] if around else None


def _with_comments(module: cst.Module, node: cst.CSTNode, comments: Sequence[str]) -> cst.Module:
    import libcst as cst

    lines = [cst.EmptyLine(indent=True, comment=cst.Comment(comment)) for comment in comments]
    if module.body and node is module.body[0]:
        # What stands above a module's first statement belongs to the module's header.
        return module.with_changes(header=(*module.header, *lines))
    above = (*node.leading_lines, *lines)  # type: ignore[attr-defined]
    changed = module.with_deep_changes(node, leading_lines=above)
    assert isinstance(changed, cst.Module)
    return changed


def _check(old: bytes, new: bytes, comments: Mapping[int, str], path: str) -> None:
    """Nothing but the new lines may differ, and each must be read back as covering its finding."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    added = len(after) - len(before)
    remaining = iter(after)
    kept = all(line in remaining for line in before)
    text = new.decode("utf-8", "replace")
    suppressions, _ = find_suppressions({path: text})
    read_back = all(
        any(
            suppression.first <= line + shift <= suppression.last
            for suppression in suppressions
            for shift in range(1, added + 1)
        )
        for line in comments
    )
    if added != len(comments) or not kept or not read_back:
        raise ConfigurationError(
            "a comment cannot be written here without changing other lines",
            where=path,
            next_step="record the waiver in the waivers file",
        )
