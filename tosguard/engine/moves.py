"""Files that were renamed since findings were recorded, so that what was decided about them follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tosguard.engine.request import Selection
from tosguard.findings.baseline import Baseline
from tosguard.findings.fingerprint import place_digest
from tosguard.findings.waivers import WaiverEntry
from tosguard.sources import git


def renames_since_recorded(
    root: Path, selection: Selection, baseline: Baseline | None, waivers: Sequence[WaiverEntry], paths: Iterable[str]
) -> dict[str, str]:
    """New path → old path of renamed files, asked of git only where a record speaks of a file that is not there.

    Args:
        root: the project.
        selection: the renames of the change that is looked at, and where records are kept.
        baseline: the known findings.
        waivers: the waivers.
        paths: the files that usages stand in.
    """
    found: dict[str, str] = {}
    if not selection.folder:
        places = {place_digest(path) for path in paths}
        marks = [entry.fingerprint for entry in waivers if entry.fingerprint]
        gone = [mark for mark in marks if not any(f".{place}." in mark for place in places)]
        if gone and selection.waivers is not None:
            found |= git.renames_since(root, selection.waivers)
        if baseline is not None and selection.baseline is not None:
            missing = any(not (root / entry.path).exists() for entry in baseline.entries)
            found |= git.renames_since(root, selection.baseline) if missing else {}
    return {**found, **selection.renames}
