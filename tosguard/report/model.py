"""The report: everything one run found, ready to be rendered. Renderers are pure functions of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tosguard.findings.model import Finding
from tosguard.policy.judgement import Judgement, PackVersion
from tosguard.usage.model import Usage

if TYPE_CHECKING:
    from tosguard.report.comparison import Comparison
    from tosguard.report.terms import TermsTimeline


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
    """What was audited. ``root`` is as the user gave it, ``commit`` a full SHA or None outside git.

    ``project`` is a display name ("" lets renderers fall back to the root), ``branch`` the git branch, ``repository``
    the URL the clone came from, ``folder`` the audited root inside its repository ("" for the top), ``scope`` the paths
    the user named, ``excluded`` the patterns left out, ``settings`` the settings that bear on the verdicts (the
    organisation's profile, thresholds) as ``(name, value)`` in words.
    """

    version: str
    as_of: str
    root: str
    commit: str | None
    dirty: bool
    files: FileCounts
    project: str = ""
    branch: str = ""
    repository: str = ""
    folder: str = ""
    scope: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderCard:
    """How a provider is shown: its display name and its kind (api, platform, weights, app, self-hosted or unknown)."""

    id: str
    name: str
    kind: str = "api"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole picture of one run, in deterministic order.

    ``judgements`` are all verdicts (permitted, silent and unknown ones too: the audit's inventory); ``findings`` only
    those that ask for something. ``sources`` maps a path (relative, forward slashes) to its decoded text for the files
    that a location or step points at, so that renderers can show code without reading the disk; for a notebook the key
    is ``path#cell`` (1-based) and the text is the cell's.

    ``timeline`` is the versions of terms around the date (renderers derive one from the clauses where it is None),
    ``comparison`` what changed since an earlier audit, ``providers`` display names and kinds by id, ``digests`` the
    SHA-256 of files that places point at, by path. ``mentions`` are uses that nothing is judged of (weights that are
    loaded, platforms that are read from): the inventory alone names them.
    """

    run: Run
    packs: tuple[PackVersion, ...]
    usages: tuple[Usage, ...]
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    errors: tuple[AnalysisError, ...]
    notices: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    timeline: TermsTimeline | None = None
    comparison: Comparison | None = None
    providers: tuple[ProviderCard, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    mentions: tuple[Usage, ...] = ()
