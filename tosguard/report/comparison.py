"""What changed between an earlier audit and this one: the values that every format shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a finding that reads otherwise than before. ``name`` is verdict, severity, status, rule, clause,
    waiver or file.
    """

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedFinding:
    """A finding that both audits have, with what reads otherwise (at least one field)."""

    fingerprint: str
    rule: str
    message: str
    path: str
    line: int
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class FixedFinding:
    """A finding that only the earlier audit has: the code, or the terms, no longer give cause for it."""

    fingerprint: str
    rule: str
    provider: str
    message: str
    path: str
    line: int
    severity: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The audit at hand against an earlier one.

    ``new`` holds fingerprints of findings that only this audit has, ``unchanged`` how many are the same in both.
    ``packs`` lists providers whose pack version moved as ``(provider, before, after)`` ("" where there was or is none);
    ``old_as_of``, ``old_commit`` and ``old_tool`` identify the earlier audit.
    """

    old_as_of: str
    old_commit: str | None
    old_tool: str
    new: tuple[str, ...]
    fixed: tuple[FixedFinding, ...]
    changed: tuple[ChangedFinding, ...]
    unchanged: int
    packs: tuple[tuple[str, str, str], ...] = ()

    def states(self) -> dict[str, str]:
        """``new`` or ``changed`` by fingerprint; findings of this audit that are missing here are unchanged."""
        return {**{c.fingerprint: "changed" for c in self.changed}, **dict.fromkeys(self.new, "new")}
