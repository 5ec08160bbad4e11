"""``tosguard waive``: record the decision to accept a finding, in the waivers file or as a comment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tosguard.cli.options import Options, analysis_options, paths_argument

if TYPE_CHECKING:
    from tosguard.cli.places import Places
    from tosguard.findings.model import Finding
    from tosguard.report.model import Report


@click.command("waive", short_help="Record the decision to accept a finding.")
@click.argument("fingerprint")
@paths_argument
@click.option("--reason", required=True, help="Why the finding is accepted.")
@click.option("--approved-by", help="Who decided (required unless --inline).")
@click.option("--expires", metavar="DATE", help="The last day on which it counts.")
@click.option("--reference", default="", help="A ticket or document.")
@click.option("--inline", is_flag=True, help="Write a comment above the statement instead of the waivers file.")
@analysis_options
def command(
    fingerprint: str,
    reason: str,
    approved_by: str | None,
    expires: str | None,
    reference: str,
    inline: bool,
    **values: Any,
) -> int:
    """Accept the finding FINGERPRINT (or its beginning) of the project of PATHS (default: here).

    The decision goes into tosguard-waivers.yaml with who took it and until when; what stands there stays as it is.
    """
    from tosguard.cli.output import say
    from tosguard.cli.places import whole
    from tosguard.cli.running import analyse
    from tosguard.cli.settings import Defaults
    from tosguard.errors import UsageError
    from tosguard.policy.versions import parse_date

    if expires is not None:
        parse_date(expires, where="--expires")
    if not inline and not approved_by:
        raise UsageError(
            "a waiver names who decided", where="--approved-by", next_step="give --approved-by, or --inline"
        )
    options = Options.of(values)
    places = whole(options.paths or (Path(),))
    report = analyse(options, places, Defaults("never", "low")).report
    findings = [finding for finding in report.findings if finding.fingerprint.startswith(fingerprint)]
    if len(findings) != 1:
        raise UsageError(
            "no finding has this fingerprint" if not findings else "several findings begin with this",
            where=fingerprint,
            next_step="copy a whole fingerprint from `tosguard audit`",
        )
    fields = {"reason": reason, "expires": expires or "", "reference": reference}
    if inline:
        path = _comment(findings[0], fields, places, report)
    else:
        path = _entry(findings[0], {**fields, "approved_by": approved_by or ""}, options, places)
    say(f"recorded in {path}")
    return 0


def _entry(finding: Finding, fields: dict[str, str], options: Options, places: Places) -> Path:
    from tosguard.cli.output import read_text, write_file
    from tosguard.cli.settings import base_of, settings_for, today
    from tosguard.findings.waivers import append_waiver

    settings = settings_for(options, places.root)
    path = base_of(settings, places.root) / settings.waivers
    text = read_text(path) if path.exists() else ""
    entry = {"fingerprint": finding.fingerprint, **fields, "date": today()}
    write_file(path, append_waiver(text, entry, path.name))
    return path


def _comment(finding: Finding, fields: dict[str, str], places: Places, report: Report) -> Path:
    from tosguard.cli.output import write_bytes
    from tosguard.findings.codemod import insert_suppressions, suppression_comment

    location = finding.usage.location
    path = places.root / location.path
    comment = suppression_comment(
        [finding.judgement.rule], fields["reason"], until=fields["expires"], reference=fields["reference"]
    )
    if location.cell is None:
        written = insert_suppressions(path.read_bytes(), {location.line: comment}, location.path)
    else:
        from tosguard.findings.notebook_codemod import insert_into_cell

        code = report.sources[f"{location.path}#{location.cell}"]
        written = insert_into_cell(
            path.read_bytes(), location.cell, location.line, comment, code.removesuffix("\n"), location.path
        )
    write_bytes(path, written)
    return path
