"""What a run is asked for: a project, a date, and what bears on the judgement and on what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tosguard.policy.organisation import Agreement, Organisation

if TYPE_CHECKING:
    from collections.abc import Callable

    from tosguard.findings.decide import Filter


@dataclass(frozen=True, slots=True)
class Project:
    """What is analysed.

    Attributes:
        root: the directory that all paths are relative to.
        shown: the root as the user gave it.
        include: globs of files to analyse besides those found by themselves.
        exclude: globs of paths that are left out.
        catalogue: the user's own catalogue files.
    """

    root: Path
    shown: str = "."
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    catalogue: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms usages are judged.

    Attributes:
        as_of: the day (ISO).
        packs: providers whose packs are used, each optionally pinned (``id@version``); empty for all.
        own_packs: files or folders of the organisation's packs.
        lock: the file that pins packs; None where a date was asked for.
        organisation: the profile.
        agreements: negotiated agreements.
    """

    as_of: str
    packs: tuple[str, ...] = ()
    own_packs: tuple[Path, ...] = ()
    lock: Path | None = None
    organisation: Organisation = field(default_factory=Organisation)
    agreements: tuple[Agreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Which findings are kept, and what was decided about them before.

    Attributes:
        select: rules, prefixes or patterns that are on; empty for all.
        ignore: rules, prefixes or patterns that are off.
        min_confidence: the least sure classification that is kept.
        per_path_ignores: path glob → rules that are off there.
        filter_for: path → the filter of the configuration nearest to it, in place of the four before.
        touched: keep findings of which a place lies in these files or folders; empty for all.
        changed: path → changed lines; keep findings of which a place lies on one. None for all.
        renames: new path → old path.
        waivers: the waivers file.
        baseline: the baseline file.
        folder: the project's root, seen from the folder of these two files; "" where they are the same.
        warn_days: how long before its end a waiver is reported.
        honour_suppressions: whether inline comments count.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: str = "low"
    per_path_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    filter_for: Callable[[str], Filter] | None = None
    touched: tuple[str, ...] = ()
    changed: Mapping[str, frozenset[int]] | None = None
    renames: Mapping[str, str] = field(default_factory=dict)
    waivers: Path | None = None
    baseline: Path | None = None
    folder: str = ""
    warn_days: int = 30
    honour_suppressions: bool = True


@dataclass(frozen=True, slots=True)
class Means:
    """How a run may go about it.

    Attributes:
        cache: the directory of the cache, or None to do without.
        jobs: how many processes may be used.
        provenance: whether git is asked for the commit, which costs a look at every file.
        history: whether the versions of terms around the date are looked up.
    """

    cache: Path | None = None
    jobs: int = 1
    provenance: bool = True
    history: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """All of it."""

    project: Project
    terms: Terms
    selection: Selection = Selection()
    means: Means = Means()


class Watcher(Protocol):
    """Is told how far a run has come."""

    def enter(self, phase: str, total: int = 0) -> None:
        """A phase of ``total`` steps begins (0 where that is not known)."""

    def advance(self, steps: int = 1) -> None:
        """Some steps are done."""


class Unwatched:
    """A watcher that does not look."""

    def enter(self, phase: str, total: int = 0) -> None:
        """Nothing."""

    def advance(self, steps: int = 1) -> None:
        """Nothing."""
