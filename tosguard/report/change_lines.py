"""The comparison with an earlier audit in words, for formats of lines and short texts."""

from __future__ import annotations

from collections.abc import Mapping

from tosguard.report.comparison import Comparison, FieldChange
from tosguard.report.prose import counted, one_line, place

#: Lines are for terminals and logs: longer statements are cut with a note.
_LIMIT = 400


def change_summary(comparison: Comparison) -> str:
    """Counts on one line: ``since the audit for 2026-01-01: 1 new finding, 2 fixed, 0 changed, 7 unchanged``."""
    return (
        f"{_since(comparison)}: {counted(len(comparison.new), 'new finding')}, {len(comparison.fixed):,} fixed, "
        f"{len(comparison.changed):,} changed, {comparison.unchanged:,} unchanged"
    )


def change_notes(comparison: Comparison | None) -> Mapping[str, str]:
    """What to say beside each finding that is new or changed, by fingerprint.

    Args:
        comparison: the comparison of the run, None where there is none.

    Returns:
        Half a sentence each; findings that are missing are as they were.
    """
    if comparison is None:
        return {}
    since = _since(comparison)
    notes = {c.fingerprint: f"changed {since} ({_changes(c.changes)})" for c in comparison.changed}
    return {**notes, **dict.fromkeys(comparison.new, f"new {since}")}


def change_lines(comparison: Comparison) -> tuple[str, ...]:
    """Every difference on a line of its own: what changed, what is fixed, which packs moved.

    Args:
        comparison: the comparison of the run.

    Returns:
        Lines with nothing hidden in them; new findings are counted by ``change_summary`` and marked where they stand.
    """
    lines = [f"changed: {place(c.path, c.line)}: {one_line(c.rule)}: {_changes(c.changes)}" for c in comparison.changed]
    lines += [
        f"fixed: {place(f.path, f.line)}: {one_line(f.rule)}: {one_line(f.message, _LIMIT)}" for f in comparison.fixed
    ]
    lines += [
        f"terms of {one_line(provider)}: {one_line(before) or 'none'} → {one_line(after) or 'none'}"
        for provider, before, after in comparison.packs
    ]
    return tuple(lines)


def _since(comparison: Comparison) -> str:
    return f"since the audit for {one_line(comparison.old_as_of) or 'an unknown date'}"


def _changes(changes: tuple[FieldChange, ...]) -> str:
    return "; ".join(
        f"{c.name} {one_line(c.before, _LIMIT) or 'none'} → {one_line(c.after, _LIMIT) or 'none'}" for c in changes
    )
