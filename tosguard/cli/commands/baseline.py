"""``tosguard baseline``: the findings that exist today, so that only new ones are reported."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tosguard.cli.options import Options, analysis_options

if TYPE_CHECKING:
    from tosguard.cli.places import Places
    from tosguard.findings.baseline import Baseline
    from tosguard.report.model import Report

_directory = click.argument(
    "directory", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(), required=False
)
_file = click.option("--baseline", type=click.Path(path_type=Path), help="The file (default: tosguard-baseline.json).")


@click.group("baseline", short_help="Record the findings that exist today, so that only new ones are reported.")
def command() -> None:
    """Record the findings that exist today, so that only new ones are reported."""


@command.command("create")
@_directory
@_file
@click.option("--force", is_flag=True, help="Replace a baseline that exists.")
@analysis_options
def create_command(directory: Path, force: bool, **values: Any) -> int:
    """Write a baseline of all findings of the project DIRECTORY (default: here) that no waiver accepts."""
    from tosguard.errors import UsageError
    from tosguard.findings.baseline import create

    def build(_: Baseline | None, report: Report) -> Baseline:
        return create(report.findings)

    path = _path(directory, Options.of(values))
    if path.exists() and not force:
        raise UsageError("there is a baseline", where=str(path), next_step="use `baseline update`, or --force")
    return _write(directory, values, build)


@command.command("update")
@_directory
@_file
@analysis_options
def update_command(directory: Path, **values: Any) -> int:
    """Add new findings to the baseline, drop those that are gone."""
    from tosguard.findings.baseline import Baseline, update

    def build(old: Baseline | None, report: Report) -> Baseline:
        return update(old or Baseline(), report.findings, {error.path for error in report.errors})

    return _write(directory, values, build)


@command.command("prune")
@_directory
@_file
@analysis_options
def prune_command(directory: Path, **values: Any) -> int:
    """Drop the entries of the baseline whose finding is gone; add nothing."""
    from tosguard.findings.baseline import Baseline, prune

    def build(old: Baseline | None, report: Report) -> Baseline:
        return prune(old or Baseline(), report.findings, {error.path for error in report.errors})

    return _write(directory, values, build)


def _write(directory: Path, values: dict[str, Any], build: Callable[[Baseline | None, Report], Baseline]) -> int:
    from tosguard.cli.output import read_text, say, write_file
    from tosguard.cli.running import analyse
    from tosguard.cli.settings import Defaults
    from tosguard.findings.baseline import parse_baseline, render_baseline
    from tosguard.report.wording import count

    options = Options.of(values)
    path = _path(directory, options)
    old = parse_baseline(read_text(path).removeprefix("\ufeff"), path.name) if path.exists() else None
    report = analyse(replace(options, baseline=path), _project(directory, options), Defaults("never", "medium")).report
    new = build(old, report)
    write_file(path, render_baseline(new))
    before = len(old.entries) if old else 0
    say(f"{path}: {count(len(new.entries), 'finding')} recorded, {before} before")
    return 0


def _path(directory: Path, options: Options) -> Path:
    from tosguard.cli.settings import base_of, settings_for

    if options.baseline is not None:
        return options.baseline
    settings = settings_for(options, directory.absolute())
    return base_of(settings, directory.absolute()) / settings.baseline


def _project(directory: Path, options: Options) -> Places:
    """What a baseline covers: all of the folder that its configuration, or the repository, begins in."""
    from tosguard.cli.places import whole
    from tosguard.cli.settings import base_of, settings_for

    root = directory.absolute()
    base = base_of(settings_for(options, root), root)
    return whole((Path(os.path.relpath(base)) if root.is_relative_to(base) else directory,))
