"""``tosguard check``: findings, for hooks and CI."""

from __future__ import annotations

from typing import Any

import click

from tosguard.cli.options import (
    Options,
    analysis_options,
    paths_argument,
    report_options,
    selection_options,
)


@click.command("check", short_help="Report what a change uses in a way that the terms restrict (for hooks and CI).")
@paths_argument
@report_options("text")
@selection_options
@click.option("--diff-base", metavar="REV", help="Only what touches lines changed since REV.")
@click.option("--staged", is_flag=True, help="Only what touches lines staged for commit.")
@analysis_options
def command(**values: Any) -> int:
    """Report what PATHS use in a way that the terms restrict.

    The whole project is analysed, so that flows across files are seen; reported is what touches PATHS (default: all).
    Exits with 1 if a finding is at or above --fail-on (default: error), with 3 if something could not be analysed.
    """
    from tosguard.cli.places import within
    from tosguard.cli.running import analyse, answer
    from tosguard.cli.settings import Defaults

    options = Options.of(values)
    places = within(options.paths)
    outcome = analyse(options, places, Defaults(fail_on="error", min_confidence="medium"))
    return answer(outcome, options, places, "check")
