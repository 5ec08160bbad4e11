"""The options that the analysing commands share, and what they say together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from tosguard.cli.formats import RENDERERS

_F = TypeVar("_F", bound=Callable[..., Any])

SEVERITIES = ("error", "warning", "note", "never")
CONFIDENCES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Options:
    """The command line of an analysing command. None and () leave a setting to the configuration."""

    paths: tuple[Path, ...] = ()
    format: str | None = None
    output: tuple[Path, ...] = ()
    as_of: str | None = None
    fail_on: str | None = None
    min_confidence: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    config: Path | None = None
    isolated: bool = False
    diff_base: str | None = None
    staged: bool = False
    baseline: Path | None = None
    compare: Path | None = None
    cache: bool = True
    jobs: int | None = None
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False
    timings: bool = False
    statistics: bool = False
    show_suppressed: bool = False
    suppressions: bool = True
    redact: bool = False

    @classmethod
    def of(cls, values: dict[str, Any]) -> Options:
        """The options of a command that has some of them."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})


def _split(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write YYYY-MM-DD") from None


def _baseline(_: click.Context, __: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and not value.exists():
        raise click.BadParameter(f"there is no file '{value}'; `tosguard baseline create --baseline {value}` writes it")
    return value


def _compose(*decorators: Callable[[_F], _F]) -> Callable[[_F], _F]:
    def decorate(function: _F) -> _F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


_path = click.Path(path_type=Path)

paths_argument = click.argument("paths", nargs=-1, type=_path, metavar="[PATHS]...")

#: What every command that runs the analysis takes.
analysis_options = _compose(
    click.option(
        "--as-of", metavar="DATE", callback=_day, help="Judge by the terms in force on DATE (default: today)."
    ),
    click.option("--exclude", metavar="GLOB", multiple=True, callback=_split, help="Leave out paths; repeatable."),
    click.option("--config", type=_path, envvar="TOSGUARD_CONFIG", help="Use this configuration file and no other."),
    click.option("--isolated", is_flag=True, envvar="TOSGUARD_ISOLATED", help="Ignore all configuration files."),
    click.option("--cache/--no-cache", "cache", default=True, help="Read and write the cache (default: yes)."),
    click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes to use (default: one a processor)."),
    click.option("--timings", is_flag=True, help="Show on stderr where the time goes."),
    click.option("--quiet", "-q", is_flag=True, help="Say less."),
    click.option("--verbose", "-v", is_flag=True, help="Say more."),
)

#: What narrows findings down.
selection_options = _compose(
    click.option("--select", metavar="RULE", multiple=True, callback=_split, help="Only these rules; repeatable."),
    click.option("--ignore", metavar="RULE", multiple=True, callback=_split, help="Not these rules; repeatable."),
    click.option(
        "--min-confidence", type=click.Choice(CONFIDENCES), help="Leave out what is classified with less certainty."
    ),
    click.option("--fail-on", type=click.Choice(SEVERITIES), help="The lowest severity that gives exit code 1."),
    click.option(
        "--baseline", type=_path, callback=_baseline, help="The baseline file (default: tosguard-baseline.json)."
    ),
    click.option(
        "--no-suppressions",
        "suppressions",
        flag_value=False,
        default=True,
        help="Count comments that ignore as absent.",
    ),
)


def report_options(default: str, *formats: str) -> Callable[[_F], _F]:
    """How a report is shown and where it goes.

    Args:
        default: the format when none is asked for.
        formats: the formats there are; empty for all.
    """
    return _compose(
        click.option(
            "--format",
            "-f",
            "format",
            type=click.Choice(formats or tuple(RENDERERS)),
            envvar="TOSGUARD_FORMAT",
            help=f"The format on stdout (default: {default}, or nothing beside -o).",
        ),
        click.option(
            "--output", "-o", "output", type=_path, multiple=True, help="Write a file, format by suffix; repeatable."
        ),
        click.option("--statistics", is_flag=True, help="Add counts by rule."),
        click.option("--show-suppressed", is_flag=True, help="Show accepted findings too."),
        click.option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            envvar="TOSGUARD_COLOR",
            default="auto",
            help="Colour the text (default: on a terminal, and never under NO_COLOR).",
        ),
    )
