"""What the packs in force say of a usage: a verdict, a severity and the clause it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(str, Enum):
    """How grave a finding is; independent of how sure the classification is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """2 for error, 1 for warning, 0 for note."""
        return {"error": 2, "warning": 1, "note": 0}[self.value]


class Verdict(str, Enum):
    """What the terms say of a usage."""

    PROHIBITED = "prohibited"
    CONDITIONAL = "conditional"
    PERMITTED = "permitted"
    SILENT = "silent"
    UNKNOWN = "unknown"

    @property
    def strictness(self) -> int:
        """4 for prohibited down to 0 for unknown: the strictest verdict leads where several rules meet."""
        order = {"prohibited": 4, "conditional": 3, "silent": 2, "permitted": 1, "unknown": 0}
        return order[self.value]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of one version of one document, in our own words.

    ``version`` and ``effective`` are dates as the pack writes them (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; "" where
    unknown). ``anchor`` is a phrase of at most twelve words by which the clause is found again in the document.
    """

    id: str
    document: str
    version: str
    section: str
    url: str
    summary: str
    exceptions: tuple[str, ...] = ()
    anchor: str = ""
    effective: str = ""
    superseded: str = ""
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One rule applied to one usage. ``also`` names the other rules that bear on the same usage, strictest first."""

    rule: str
    usage: str
    provider: str
    verdict: Verdict
    severity: Severity
    message: str
    why: str
    remedy: str
    questions: tuple[str, ...]
    clause: Clause | None
    also: tuple[str, ...] = ()
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class PackVersion:
    """A pack that was in force for the run: which provider, which snapshot, and the SHA-256 of its file."""

    provider: str
    version: str
    sha256: str
