"""The baseline: findings a project already had when the check was switched on.

The file holds no line numbers and no times and is sorted, one entry a line, so that it changes only where a finding
comes or goes and two branches merge. A baseline accepts; it does not approve: audits list its entries.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tosguard.errors import ConfigurationError
from tosguard.findings.fingerprint import match
from tosguard.findings.model import Finding, Status

DEFAULT_NAME = "tosguard-baseline.json"

_KEYS = ("path", "rule", "fingerprint")


@dataclass(frozen=True, slots=True, order=True)
class BaselineEntry:
    """One known finding; ``path`` and ``rule`` are for readers, the fingerprint counts."""

    path: str
    rule: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of a baseline file, sorted."""

    entries: tuple[BaselineEntry, ...] = ()

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """All fingerprints, in the entries' order."""
        return tuple(entry.fingerprint for entry in self.entries)


def create(findings: Iterable[Finding]) -> Baseline:
    """A baseline of all findings that no waiver accepts."""
    kept = {_entry(finding) for finding in findings if finding.status is not Status.WAIVED}
    return Baseline(tuple(sorted(kept)))


def update(baseline: Baseline, findings: Iterable[Finding], unread_paths: Collection[str] = ()) -> Baseline:
    """The baseline with new findings added, gone ones dropped and moved ones under their new place.

    Args:
        baseline: as it was.
        findings: of a run over the whole project.
        unread_paths: files that could not be analysed; their entries stay.
    """
    return Baseline(tuple(sorted({*create(findings).entries, *_unread(baseline, unread_paths)})))


def prune(baseline: Baseline, findings: Iterable[Finding], unread_paths: Collection[str] = ()) -> Baseline:
    """The baseline without entries whose finding is gone; nothing is added.

    Args:
        baseline: as it was.
        findings: of a run over the whole project.
        unread_paths: files that could not be analysed; their entries stay.
    """
    present = list(findings)
    matched = match([finding.fingerprint for finding in present], baseline.fingerprints)
    kept = {_entry(present[index]) for index in matched}
    return Baseline(tuple(sorted({*kept, *_unread(baseline, unread_paths)})))


def _unread(baseline: Baseline, unread_paths: Collection[str]) -> list[BaselineEntry]:
    return [entry for entry in baseline.entries if entry.path in unread_paths]


def dead_entries(
    baseline: Baseline, matched: Collection[str], unread_paths: Collection[str] = ()
) -> tuple[BaselineEntry, ...]:
    """Entries that no finding was matched to; those in files that could not be read are given the benefit of doubt."""
    return tuple(
        entry for entry in baseline.entries if entry.fingerprint not in matched and entry.path not in unread_paths
    )


def render_baseline(baseline: Baseline) -> str:
    """The file's text: sorted, one entry a line, a final newline."""
    lines = [
        "    "
        + json.dumps({"path": entry.path, "rule": entry.rule, "fingerprint": entry.fingerprint}, ensure_ascii=True)
        for entry in sorted(set(baseline.entries))
    ]
    body = "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "version": 1,\n  "findings": {body}\n}}\n'


def parse_baseline(text: str, where: str = DEFAULT_NAME) -> Baseline:
    """The baseline a file holds.

    Args:
        text: the file's text.
        where: its name for messages.

    Raises:
        ConfigurationError: not JSON (a merge conflict, say), another version, or an entry without its keys.
    """
    redo = "run 'tosguard baseline create' to write it anew"
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        conflict = next((n for n, line in enumerate(text.splitlines(), 1) if line.startswith("<<<<<<< ")), 0)
        if conflict:
            raise ConfigurationError(
                "merge conflict in the baseline",
                where=f"{where}:{conflict}",
                next_step=f"keep both sides' lines, or {redo}",
            ) from None
        line = getattr(error, "lineno", 0)
        place = f"{where}:{line}" if line else where
        raise ConfigurationError(
            "not valid JSON", where=place, why=str(getattr(error, "msg", "nesting is too deep")), next_step=redo
        ) from None
    if not isinstance(document, dict) or document.get("version") != 1 or not isinstance(document.get("findings"), list):
        raise ConfigurationError("no baseline of version 1", where=where, next_step=redo)
    return Baseline(
        tuple(sorted({_read(entry, number, where) for number, entry in enumerate(document["findings"], 1)}))
    )


def _read(entry: object, number: int, where: str) -> BaselineEntry:
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in _KEYS):
        raise ConfigurationError(
            f"entry {number} lacks one of {', '.join(_KEYS)}", where=where, next_step="remove the entry or add the key"
        )
    return BaselineEntry(*(entry[key] for key in _KEYS))


def _entry(finding: Finding) -> BaselineEntry:
    return BaselineEntry(finding.usage.location.path, finding.judgement.rule, finding.fingerprint)
