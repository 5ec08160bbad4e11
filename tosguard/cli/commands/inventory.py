"""``tosguard inventory``: what is in use, without judging it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tosguard.cli.options import Options, analysis_options, paths_argument

if TYPE_CHECKING:
    from tosguard.cli.formats import Render

_FORMATS = ("text", "json", "csv", "cyclonedx")


@click.command("inventory", short_help="List the providers, models, SDKs and data sets in use.")
@paths_argument
@click.option("--format", "-f", "format", type=click.Choice(_FORMATS), help="The format on stdout (default: text).")
@click.option(
    "--output",
    "-o",
    "output",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Write a file, format by suffix (.txt .json .csv .cdx.json); repeatable.",
)
@analysis_options
def command(**values: Any) -> int:
    """List the providers, models, SDKs, data sets and platforms that PATHS use, each with its places.

    The format cyclonedx is a machine-learning bill of materials.
    """
    from tosguard.cli.formats import format_of
    from tosguard.cli.output import say, write_file, write_stdout
    from tosguard.cli.places import whole
    from tosguard.cli.running import analyse, exit_code, wishes
    from tosguard.cli.settings import Defaults

    options = Options.of(values)
    targets = [(path, _renderer(format_of(path))) for path in options.output]
    report = analyse(options, whole(options.paths or (Path(),)), Defaults("never", "low")).report
    asked = wishes(options, "inventory", "never")
    if options.format or not targets:
        write_stdout(_renderer(options.format or "text")(report, replace(asked, csv_bom=False)))
    for path, render in targets:
        write_file(path, render(report, asked))
        if not options.quiet:
            say(f"wrote {path}")
    return exit_code(report, "never")


def _renderer(name: str) -> Render:
    from tosguard.cli.formats import renderer
    from tosguard.errors import UsageError
    from tosguard.report.inventory_formats import render_csv, render_json, render_text

    own: dict[str, Render] = {"text": render_text, "json": render_json, "csv": render_csv}
    if name in own:
        return own[name]
    if name != "cyclonedx":
        raise UsageError("an inventory has no such format", where=name, next_step=f"use one of {', '.join(_FORMATS)}")
    return renderer(name)
