"""Output formats: their names, the suffixes that mean them, and the renderer of each, imported only when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tosguard.errors import UsageError

if TYPE_CHECKING:
    from tosguard.report.model import Report
    from tosguard.report.options import RenderOptions

    Render = Callable[[Report, RenderOptions], str]

#: Format → the module of its renderer, which has ``render(report, options) -> str``.
RENDERERS = {
    "text": "tosguard.report.text",
    "concise": "tosguard.report.concise",
    "json": "tosguard.report.json",
    "sarif": "tosguard.report.sarif",
    "github": "tosguard.report.github",
    "gitlab": "tosguard.report.gitlab",
    "junit": "tosguard.report.junit",
    "markdown": "tosguard.report.markdown",
    "html": "tosguard.report.html",
    "csv": "tosguard.report.csv",
    "cyclonedx": "tosguard.report.cyclonedx",
}

#: Longest first; a name of several dots is asked from its longest suffix on.
_SUFFIXES = {
    ".sarif.json": "sarif",
    ".cdx.json": "cyclonedx",
    ".gitlab.json": "gitlab",
    ".junit.xml": "junit",
    ".sarif": "sarif",
    ".json": "json",
    ".xml": "junit",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".txt": "text",
}
#: Names that services expect, whatever their suffix says.
_NAMES = {"gl-code-quality-report.json": "gitlab", "bom.json": "cyclonedx"}


def format_of(path: Path) -> str:
    """The format a file name asks for.

    Raises:
        UsageError: the suffix means no format.
    """
    name = path.name.lower()
    if name in _NAMES:
        return _NAMES[name]
    for suffix, wanted in _SUFFIXES.items():
        if name.endswith(suffix):
            return wanted
    raise UsageError(
        "the name of an output file must say its format",
        where=str(path),
        why=f"no format for {path.suffix!r}" if path.suffix else "it has no suffix",
        next_step=f"end it in one of {' '.join(_SUFFIXES)}",
    )


def renderer(name: str) -> Render:
    """The renderer of a format, imported now."""
    return cast("Render", importlib.import_module(RENDERERS[name]).render)
