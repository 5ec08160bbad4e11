"""``tosguard audit``: the whole picture, for review."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from tosguard.cli.options import (
    Options,
    analysis_options,
    paths_argument,
    report_options,
    selection_options,
)


@click.command("audit", short_help="Show the whole picture of a project for review.")
@paths_argument
@report_options("text")
@selection_options
@click.option(
    "--compare",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="OLD.json",
    help="Show what changed since an earlier JSON report.",
)
@click.option("--redact", is_flag=True, help="Leave code out of the report, keep the statements.")
@analysis_options
def command(**values: Any) -> int:
    """Show the whole picture of a project: what is used where, under which terms, and what was decided.

    PATHS is a directory (default: the current one), or several files and directories of one project. Exits with 0
    unless --fail-on is given, and with 3 if something could not be analysed.
    """
    from tosguard.cli.places import whole
    from tosguard.cli.running import analyse, answer, compare_with
    from tosguard.cli.settings import Defaults

    options = Options.of(values)
    places = whole(options.paths or (Path(),))
    outcome = replace(analyse(options, places, Defaults("never", "low")), fail_on=options.fail_on or "never")
    if options.compare is not None:
        report = replace(outcome.report, comparison=compare_with(options.compare, outcome.report))
        outcome = replace(outcome, report=report)
    return answer(outcome, options, places, "audit")
