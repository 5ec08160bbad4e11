"""What the golden files hold, and the command that writes them anew: ``python -m tests.report.regenerate``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.report.sample import CLEAN, OPEN, REPORT, WAIVED, hostile
from tosguard.findings.model import Status, Waiver
from tosguard.report import concise, github, gitlab, json, junit, sarif, text
from tosguard.report.jsontext import dumps
from tosguard.report.model import Report
from tosguard.report.options import RenderOptions

FOLDER = Path(__file__).parent / "golden"

_SHOW = RenderOptions(show_suppressed=True)
_EXPIRED = replace(
    OPEN, waiver=Waiver("tosguard-waivers.yaml", "a study", "R. Counsel", "2025-01-10", "2026-01-31", line=9)
)
MIXED = replace(REPORT, findings=(WAIVED, _EXPIRED, replace(OPEN, status=Status.BASELINE)))

#: File name → what is rendered into it.
GOLDEN: dict[str, Callable[[], str]] = {
    "check.txt": lambda: text.render(REPORT),
    "check-color.txt": lambda: text.render(REPORT, RenderOptions(color=True)),
    "check-narrow.txt": lambda: text.render(MIXED, RenderOptions(width=50, show_suppressed=True, statistics=True)),
    "check-verbose.txt": lambda: text.render(REPORT, RenderOptions(verbose=True)),
    "check-quiet.txt": lambda: text.render(MIXED, RenderOptions(quiet=True, show_suppressed=True)),
    "check-clean.txt": lambda: text.render(CLEAN),
    "check-hostile.txt": lambda: text.render(hostile()),
    "audit.txt": lambda: text.render(MIXED, RenderOptions(command="audit", statistics=True)),
    "audit-clean.txt": lambda: text.render(CLEAN, RenderOptions(command="audit")),
    "concise.txt": lambda: concise.render(MIXED, _SHOW),
    "report.json": lambda: json.render(MIXED),
    "report.sarif": lambda: dumps(
        sarif.log(
            MIXED, RenderOptions(repository="https://example.com/r.git", branch="main", path_prefix="services/api")
        )
    ),
    "github.txt": lambda: github.render(MIXED),
    "github-hostile.txt": lambda: github.render(hostile()),
    "github-summary.md": lambda: github.step_summary(MIXED),
    "github-summary-hostile.md": lambda: github.step_summary(hostile()),
    "gitlab.json": lambda: gitlab.render(MIXED),
    "junit.xml": lambda: junit.render(MIXED),
    "junit-hostile.xml": lambda: junit.render(hostile()),
}

#: Formats whose output must be harmless whatever the report holds.
FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "audit": lambda report: text.render(report, RenderOptions(command="audit", verbose=True)),
    "concise": concise.render,
    "json": json.render,
    "sarif": sarif.render,
    "github": github.render,
    "github summary": github.step_summary,
    "gitlab": gitlab.render,
    "junit": junit.render,
}


def main() -> None:
    """Write every golden file."""
    FOLDER.mkdir(exist_ok=True)
    for name, render in GOLDEN.items():
        (FOLDER / name).write_bytes(render().encode("utf-8"))


if __name__ == "__main__":
    main()
