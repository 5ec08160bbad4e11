"""``tosguard graph``: the resolved call graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tosguard.cli.options import Options, analysis_options, paths_argument


@click.command("graph", short_help="Show the resolved call graph and what reaches which provider.")
@paths_argument
@click.option("--format", "-f", "format", type=click.Choice(["text", "json", "dot"]), default="text", show_default=True)
@click.option("--all", "everything", is_flag=True, help="Analyse all files, also those far from any provider.")
@analysis_options
def command(everything: bool, **values: Any) -> int:
    """Show the call graph of PATHS (default: here), as far as it was resolved, and what reaches which provider."""
    from tosguard.cli.output import say, write_stdout
    from tosguard.cli.places import whole
    from tosguard.cli.running import solution_of
    from tosguard.engine.graph import as_dot, as_json, as_text, graph_of

    options = Options.of(values)
    solution, errors = solution_of(options, whole(options.paths or (Path(),)), everything=everything)
    render = {"text": as_text, "json": as_json, "dot": as_dot}[values["format"]]
    write_stdout(render(graph_of(solution)))
    for error in errors:
        say(f"{error.path}:{error.line}: {error.message}" if error.line else f"{error.path}: {error.message}")
    return 3 if errors else 0
