"""What a caller may ask of a renderer. The caller knows the terminal; a renderer never looks at it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """Wishes a renderer honours where its format has a place for them.

    Attributes:
        command: ``check`` (findings, one after the other) or ``audit`` (the whole picture).
        color: write ANSI colours (text formats only).
        width: columns the text is wrapped to.
        statistics: add a count of findings a rule.
        show_suppressed: show waived and baseline findings too.
        verbose: text formats add evidence and what bears on the finding besides the leading rule.
        quiet: text formats leave out code, trace and the summary.
        category: the run's category (``automationDetails`` in SARIF).
        repository: URI of the repository, "" where unknown (SARIF ``versionControlProvenance``).
        branch: the branch that was audited, "" where unknown.
        path_prefix: folder of the audited root inside the repository (``services/api``), "" where they are the same;
            the code-review formats name files from the repository's root.
        fail_on: the severity at which the caller's gate closes, "" for none; only shown.
        redact: leave code out and keep statements and places (formats that show code).
        csv_bom: begin CSV with a byte order mark, without which spreadsheets misread UTF-8.
    """

    command: str = "check"
    color: bool = False
    width: int = 100
    statistics: bool = False
    show_suppressed: bool = False
    verbose: bool = False
    quiet: bool = False
    category: str = "tosguard"
    repository: str = ""
    branch: str = ""
    path_prefix: str = ""
    fail_on: str = ""
    redact: bool = False
    csv_bom: bool = True


DEFAULTS = RenderOptions()
