"""Which findings are shown where several configurations hold in one project: the nearest one decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tosguard.config.globs import globs_below

if TYPE_CHECKING:
    from tosguard.cli.options import Options
    from tosguard.config import Resolver, Settings
    from tosguard.findings.decide import Filter


def nearest_filters(resolver: Resolver, options: Options, root: Path, min_confidence: str) -> Callable[[str], Filter]:
    """The filter of each path.

    A configuration in a folder replaces those above it, as a whole, for what is shown of that folder: ``select``,
    ``ignore``, ``per-path-ignores``, ``exclude`` and ``min-confidence``. The command line stands above all of them.

    Args:
        resolver: finds the configuration nearest to a file.
        options: the command line.
        root: the directory that paths are relative to.
        min_confidence: what the command takes where nobody says.
    """
    known: dict[str, Filter] = {}

    def find(path: str) -> Filter:
        settings = resolver.settings_for(root / path)
        if settings.source not in known:
            known[settings.source] = _filter(settings, options, root, min_confidence)
        return known[settings.source]

    return find


def folder_between(top: Path, below: Path) -> str:
    """Where a folder lies in another (``services/api``); "" for the same one, or one that is not below."""
    return below.relative_to(top).as_posix() if below != top and below.is_relative_to(top) else ""


def _filter(settings: Settings, options: Options, root: Path, min_confidence: str) -> Filter:
    from tosguard.findings.decide import Filter
    from tosguard.usage.model import Confidence

    base = Path(settings.root) if settings.root else root
    above, below = folder_between(base, root), folder_between(root, base)
    off = {glob: rules for glob, rules in settings.per_path_ignores.items() if not above}
    for glob, rules in settings.per_path_ignores.items() if above else ():
        off.update(dict.fromkeys(globs_below((glob,), above), rules))
    # What the nearest configuration excludes was analysed with the project, for the flows through it, but is not shown.
    off.update(dict.fromkeys(settings.exclude if below else (), ("ALL",)))
    return Filter(
        select=options.select or settings.select,
        ignore=(*settings.ignore, *options.ignore),
        min_confidence=Confidence(options.min_confidence or settings.min_confidence or min_confidence),
        per_path_ignores=off,
        folder=below,
    )
