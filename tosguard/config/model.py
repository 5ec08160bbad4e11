"""What can be configured, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OrganisationSettings:
    """What the organisation says of itself; ``None`` means that nothing was said."""

    develops_models: bool | None = None
    competes_with: tuple[str, ...] | None = None
    products: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class AgreementSettings:
    """A negotiated agreement with a provider that permits usage patterns; ``expires`` is ISO or ""."""

    provider: str
    reference: str
    permits: tuple[str, ...]
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their defaults.

    Attributes:
        include: globs of files to analyse besides those found by themselves.
        exclude: globs of files and folders never analysed.
        select: rules, prefixes or patterns that are on; empty means all.
        ignore: rules, prefixes or patterns that are off.
        fail_on: ``error``, ``warning``, ``note`` or ``never``; "" leaves it to the command.
        min_confidence: ``high``, ``medium`` or ``low``; "" leaves it to the command.
        as_of: the date whose terms apply; "" means today.
        packs: providers whose packs are used, each optionally pinned (``openai@2025-05-31``); empty means all.
        own_packs: files or folders with rule packs of one's own.
        catalogue: files that extend the catalogue of symbols.
        per_path_ignores: path glob → rules that are off there.
        waivers: the waivers file.
        baseline: the baseline file.
        lock: the file that pins packs.
        cache_dir: where results are cached; "" leaves it to the tool.
        jobs: processes at most; 0 leaves it to the tool.
        waiver_warning_days: how long before its end a waiver is reported.
        organisation: the profile that rules may turn on.
        agreements: negotiated agreements.
        source: the file the settings come from, "" for none.
        root: the folder that relative paths and globs start at, "" for none.
        notices: what the user should know of how settings were read.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = ""
    min_confidence: str = ""
    as_of: str = ""
    packs: tuple[str, ...] = ()
    own_packs: tuple[str, ...] = ()
    catalogue: tuple[str, ...] = ()
    per_path_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waivers: str = "tosguard-waivers.yaml"
    baseline: str = "tosguard-baseline.json"
    lock: str = "tosguard.lock"
    cache_dir: str = ""
    jobs: int = 0
    waiver_warning_days: int = 30
    organisation: OrganisationSettings = OrganisationSettings()
    agreements: tuple[AgreementSettings, ...] = ()
    source: str = ""
    root: str = ""
    notices: tuple[str, ...] = ()
