"""From options and configuration to a request: an option beats the environment, which beats the file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from tosguard.cli.filters import folder_between, nearest_filters
from tosguard.config import Resolver, Settings
from tosguard.config.discovery import repository_of
from tosguard.config.globs import globs_below
from tosguard.engine.request import Means, Project, Request, Selection, Terms
from tosguard.policy.organisation import Agreement, Organisation
from tosguard.usage.model import PATTERNS

if TYPE_CHECKING:
    from tosguard.cli.options import Options
    from tosguard.cli.places import Places

#: Read by the entry point, not by the configuration.
_OURS = ("TOSGUARD_DEBUG",)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a command takes where neither options nor configuration say."""

    fail_on: str
    min_confidence: str


def settings_for(options: Options, root: Path) -> Settings:
    """The configuration that holds for a project.

    Raises:
        ConfigurationError: it cannot be used.
    """
    return _resolver(options).settings_for(root)


def base_of(settings: Settings, root: Path) -> Path:
    """The folder of a project's waivers, baseline and lock: that of its configuration, else the repository's."""
    return Path(settings.root).absolute() if settings.root else repository_of(root) or root


def own_catalogue(root: Path) -> tuple[Path, ...]:
    """The catalogue files that the configuration of a folder names beside the package's."""
    settings = Resolver(environ=_environment(), patterns=PATTERNS).settings_for(root)
    return tuple(base_of(settings, root) / path for path in settings.catalogue)


def _resolver(options: Options) -> Resolver:
    return Resolver(config=options.config, isolated=options.isolated, environ=_environment(), patterns=PATTERNS)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _OURS}


def request_for(
    options: Options,
    settings: Settings,
    places: Places,
    defaults: Defaults,
    *,
    provenance: bool = True,
    history: bool = False,
) -> Request:
    """Everything a run is asked for.

    Args:
        options: the command line.
        settings: the configuration.
        places: the project and what of it is reported.
        defaults: the command's own.
        provenance: whether the report tells the commit.
        history: whether the report tells the versions of terms before and after the date.
    """
    base = base_of(settings, places.root)
    above = folder_between(base, places.root)
    return Request(
        project=Project(
            root=places.root,
            shown=places.shown,
            include=globs_below(settings.include, above),
            exclude=(*globs_below(settings.exclude, above), *options.exclude),
            catalogue=tuple(base / path for path in settings.catalogue),
        ),
        terms=_terms(options, settings, base),
        selection=_selection(options, settings, base, places, defaults),
        means=Means(
            cache=cache_directory(options, settings, base),
            jobs=options.jobs or settings.jobs or _processors(),
            provenance=provenance,
            history=history,
        ),
    )


def cache_directory(options: Options, settings: Settings, base: Path) -> Path | None:
    """Where the cache lies, or None to do without."""
    from tosguard.store import default_directory

    if not options.cache or os.environ.get("TOSGUARD_NO_CACHE"):
        return None
    return base / settings.cache_dir if settings.cache_dir else default_directory()


def threshold(options: Options, settings: Settings, defaults: Defaults) -> str:
    """The lowest severity that gives exit code 1, or ``never``."""
    return options.fail_on or settings.fail_on or defaults.fail_on


def today() -> str:
    """The day, in UTC: two people in one repository get one answer."""
    return datetime.now(timezone.utc).date().isoformat()


def _terms(options: Options, settings: Settings, base: Path) -> Terms:
    profile = settings.organisation
    return Terms(
        as_of=options.as_of or settings.as_of or today(),
        packs=settings.packs,
        own_packs=tuple(base / path for path in settings.own_packs),
        lock=None if options.as_of else base / settings.lock,
        organisation=Organisation(profile.develops_models, profile.competes_with, profile.products),
        agreements=tuple(
            Agreement(item.provider, item.reference, item.permits, item.expires) for item in settings.agreements
        ),
    )


def _selection(options: Options, settings: Settings, base: Path, places: Places, defaults: Defaults) -> Selection:
    changed, renames = places.changes(options.diff_base, staged=options.staged)
    return Selection(
        select=options.select or settings.select,
        ignore=(*settings.ignore, *options.ignore),
        min_confidence=options.min_confidence or settings.min_confidence or defaults.min_confidence,
        per_path_ignores=settings.per_path_ignores,
        filter_for=nearest_filters(_resolver(options), options, places.root, defaults.min_confidence),
        touched=places.touched,
        changed=changed,
        renames=renames,
        waivers=base / settings.waivers,
        baseline=options.baseline or base / settings.baseline,
        folder=folder_between(base, places.root),
        warn_days=settings.waiver_warning_days,
        honour_suppressions=options.suppressions,
    )


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
