"""The report: everything one run found, ready to be rendered. Renderers are pure functions of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tosguard.findings.model import Finding
from tosguard.policy.judgement import Judgement, PackVersion
from tosguard.usage.model import Usage


@dataclass(frozen=True, slots=True)
class FileCounts:
    """How many files were seen, analysed (parsed or taken from the cache), taken from the cache, and failed."""

    seen: int
    analysed: int
    cached: int
    failed: int


@dataclass(frozen=True, slots=True)
class AnalysisError:
    """Something that could not be read or analysed; ``line`` is 0 where no line is known."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Run:
    """What was audited. ``root`` is as the user gave it, ``commit`` a full SHA or None outside git."""

    version: str
    as_of: str
    root: str
    commit: str | None
    dirty: bool
    files: FileCounts


@dataclass(frozen=True, slots=True)
class Report:
    """The whole picture of one run, in deterministic order.

    ``judgements`` are all verdicts (permitted, silent and unknown ones too: the audit's inventory); ``findings`` only
    those that ask for something. ``sources`` maps a path (relative, forward slashes) to its decoded text for the files
    that a location or step points at, so that renderers can show code without reading the disk; for a notebook the key
    is ``path#cell`` (1-based) and the text is the cell's.
    """

    run: Run
    packs: tuple[PackVersion, ...]
    usages: tuple[Usage, ...]
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    errors: tuple[AnalysisError, ...]
    notices: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
