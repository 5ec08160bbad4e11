"""What the analysing commands have in common: settle the request, run it, render the report, choose the exit code."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tosguard.cli.formats import format_of, renderer
from tosguard.cli.output import diagnostic, say, wants_color, width, write_file, write_stdout
from tosguard.cli.progress import Progress, timings_table
from tosguard.cli.settings import Defaults, request_for, settings_for, threshold
from tosguard.errors import UsageError

if TYPE_CHECKING:
    from tosguard.cli.options import Options
    from tosguard.cli.places import Places
    from tosguard.config import Settings
    from tosguard.engine.request import Request
    from tosguard.engine.run import Grounds
    from tosguard.flow.facts import Solution
    from tosguard.report.comparison import Comparison
    from tosguard.report.model import AnalysisError, Report
    from tosguard.report.options import RenderOptions

CLEAN, FINDINGS, INCOMPLETE = 0, 1, 3

#: Formats of a gate that do not tell the commit, so that git need not be asked.
_WITHOUT_COMMIT = frozenset(("", "text", "concise", "github", "gitlab", "junit"))
#: Formats that set the versions of the terms against the date.
_WITH_HISTORY = frozenset(("markdown", "html"))
#: Formats in which people read the notices of a run.
_WITH_NOTICES = frozenset(("text", "concise", "github", "markdown", "html"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to.

    Attributes:
        report: what it found.
        fail_on: the threshold of the gate.
        settings: the configuration that held.
        request: what was asked for.
        grounds: what the report rests on.
    """

    report: Report
    fail_on: str
    settings: Settings
    request: Request
    grounds: Grounds


def analyse(options: Options, places: Places, defaults: Defaults) -> Outcome:
    """Run the analysis with progress and timings on stderr.

    Args:
        options: the command line.
        places: the project and what of it is reported.
        defaults: the command's own.

    """
    formats = {options.format or "", *map(format_of, options.output)}
    settings = settings_for(options, places.root)
    for notice in settings.notices:
        say(notice)
    provenance = defaults.fail_on == "never" or not formats <= _WITHOUT_COMMIT
    history = not formats.isdisjoint(_WITH_HISTORY)
    request = request_for(options, settings, places, defaults, provenance=provenance, history=history)
    with Progress(visible=not options.quiet and sys.stderr.isatty()) as progress:
        from tosguard.engine.run import run_with_grounds

        report, grounds = run_with_grounds(request, progress)
    if options.timings:
        print(timings_table(progress.times), file=sys.stderr)
    return Outcome(report, threshold(options, settings, defaults), settings, request, grounds)


def answer(outcome: Outcome, options: Options, places: Places, command: str) -> int:
    """Present a report, and keep the answer for the next time.

    Args:
        outcome: the run.
        options: the command line.
        places: the project and what of it is reported.
        command: the command, which renderers word their output by.

    Returns:
        The exit code.
    """
    import click

    text, code = present(outcome.report, options, command, outcome.fail_on)
    call = click.get_current_context().obj
    if call is not None:
        from tosguard.cli.answers import Answer
        from tosguard.cli.recording import keep_answer

        said = "".join(map(diagnostic, _untold(outcome.report, options)))
        keep_answer(
            call,
            Answer(text.encode("utf-8", "backslashreplace"), code, said),
            options=options,
            settings=outcome.settings,
            places=places,
            request=outcome.request,
            report=outcome.report,
            grounds=outcome.grounds,
        )
    return code


def _untold(report: Report, options: Options, default: str = "text") -> tuple[str, ...]:
    """The notices that stdout has no place for, unless nobody wants to be told."""
    return () if options.quiet or (options.format or default) in _WITH_NOTICES else tuple(report.notices)


def solution_of(options: Options, places: Places, *, everything: bool) -> tuple[Solution, tuple[AnalysisError, ...]]:
    """The flow solution of a project, with progress and timings on stderr."""
    settings = settings_for(options, places.root)
    request = request_for(options, settings, places, Defaults("never", "low"), provenance=False)
    with Progress(visible=not options.quiet and sys.stderr.isatty()) as progress:
        from tosguard.engine.run import solve_project

        found = solve_project(request, progress, everything=everything)
    if options.timings:
        print(timings_table(progress.times), file=sys.stderr)
    return found


def present(report: Report, options: Options, command: str, fail_on: str, default: str = "text") -> tuple[str, int]:
    """Write a report where it is wanted.

    Args:
        report: what the run found.
        options: the command line.
        command: the command, which renderers word their output by.
        fail_on: the threshold of the gate.
        default: the format of stdout when none is asked for.

    Returns:
        What was written to stdout, and the exit code.
    """
    shown = ""
    asked = replace(
        wishes(options, command, fail_on),
        repository=report.run.repository,
        branch=report.run.branch,
        path_prefix=report.run.folder,
    )
    if options.format or not options.output:
        chosen = options.format or default
        # A pipe is read by programs, to which a byte order mark is part of the first column's name.
        shown = renderer(chosen)(report, replace(asked, csv_bom=False))
        write_stdout(shown)
        for notice in _untold(report, options, default):
            say(notice)
        if chosen == "github":
            _summarise_job(report, asked)
    elif not options.quiet:
        for notice in report.notices:
            say(notice)
    for path in options.output:
        write_file(path, renderer(format_of(path))(report, replace(asked, color=False, width=100)))
        if not options.quiet:
            say(f"wrote {path}")
    return shown, exit_code(report, fail_on)


def _summarise_job(report: Report, asked: RenderOptions) -> None:
    """Add to the summary of the job, if this is one; what GitHub shows there is no reason to fail."""
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if not target:
        return
    from tosguard.report.github import step_summary

    try:
        with Path(target).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(step_summary(report, asked))
    except OSError as error:
        say(f"{target}: the job's summary cannot be written ({error.strerror}); the findings are above")


def compare_with(path: Path, report: Report) -> Comparison:
    """What changed since an earlier JSON report.

    Raises:
        UsageError: the file is no report of ours.
    """
    import json

    from tosguard.report.compare import compare

    try:
        old = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(
            "the earlier report cannot be read",
            where=str(path),
            why=" ".join(str(error).split())[:200],
            next_step="name a report written with --format json",
        ) from None
    return compare(old, report)


def exit_code(report: Report, fail_on: str) -> int:
    """0 clean, 1 an open finding at or above the threshold, 3 something could not be analysed."""
    from tosguard.findings.model import Status
    from tosguard.policy.judgement import Severity

    if fail_on != "never":
        lowest = Severity(fail_on).rank
        for finding in report.findings:
            if finding.status is Status.OPEN and finding.judgement.severity.rank >= lowest:
                return FINDINGS
    return INCOMPLETE if report.errors else CLEAN


def wishes(options: Options, command: str, fail_on: str) -> RenderOptions:
    """What renderers are asked for, by the command line and the terminal."""
    from tosguard.report.options import RenderOptions

    return RenderOptions(
        command=command,
        color=wants_color(options.color),
        width=width(),
        statistics=options.statistics,
        show_suppressed=options.show_suppressed,
        verbose=options.verbose,
        quiet=options.quiet,
        redact=options.redact,
        fail_on="" if fail_on == "never" else fail_on,
    )
