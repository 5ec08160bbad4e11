"""The words that several formats share: careful ones. The tool says what code does and which clause bears on it."""

from __future__ import annotations

from collections.abc import Iterable

from tosguard.findings.model import Finding, Status
from tosguard.policy.judgement import Clause, Verdict

DISCLAIMER = (
    "tosguard reports what the code does and which clause of a provider's terms bears on it. "
    "It is no legal advice; whether a use is acceptable is for the reader to decide."
)

#: A pattern as the title of a rule.
PATTERN_TITLES: dict[str, str] = {
    "training-on-output": "Output of a provider's model becomes training material",
    "competitor-benchmarking": "Models of several vendors are compared on the same tasks",
    "safety-evaluation": "A provider's model is the target or the attacker of safety tasks",
    "bulk-evaluation": "A provider's model is scored over many items",
    "same-provider-tuning": "Output of a provider tunes the same provider's own model",
    "llm-as-judge": "A provider's model judges the output of another system",
    "model-extraction": "A provider's model is probed to recover it",
    "unofficial-access": "A consumer app or a private endpoint is driven by code",
    "rate-limit-evasion": "Keys or accounts are pooled or rotated",
    "resale-proxy": "A server offers a provider's API to others",
    "platform-data-training": "Content of a platform becomes training material",
    "platform-data-to-llm": "Content of a platform goes to a model provider in bulk",
    "bulk-generation": "Many prompts over a collection of data are sent to a provider",
    "platform-bulk-copy": "Content of a platform is stored at length",
    "ordinary-use": "Ordinary use of a provider",
}

#: What a verdict means, as half a sentence after "the terms".
VERDICT_PHRASES: dict[Verdict, str] = {
    Verdict.PROHIBITED: "restrict this use",
    Verdict.CONDITIONAL: "allow this use under conditions",
    Verdict.PERMITTED: "allow this use",
    Verdict.SILENT: "do not mention this use",
    Verdict.UNKNOWN: "could not be applied",
}


def place(path: str, line: int, column: int = 0, cell: int | None = None) -> str:
    """``path:line:column``; in a notebook ``path:cell n:line:column``."""
    parts = [path]
    if cell is not None:
        parts.append(f"cell {cell}")
    parts.append(str(line))
    if column:
        parts.append(str(column))
    return ":".join(parts)


def source_key(path: str, cell: int | None) -> str:
    """The key of ``Report.sources`` under which a place's text is found."""
    return path if cell is None else f"{path}#{cell}"


def clause_reference(clause: Clause) -> str:
    """Document, version and section of a clause on one line."""
    version = f" ({clause.version})" if clause.version else ""
    section = f", {clause.section}" if clause.section else ""
    return f"{clause.document}{version}{section}"


def sentence(text: str) -> str:
    """The text as a sentence: first letter upper-case, a full stop at the end."""
    text = text.strip()
    if not text:
        return text
    head = text[0].upper() + text[1:]
    return head if head[-1] in ".!?" else head + "."


def count(number: int, noun: str) -> str:
    """``1 finding``, ``2 findings``, ``no findings``."""
    if number == 0:
        return f"no {noun}s"
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def summary(findings: Iterable[Finding]) -> str:
    """One line that counts: open findings by severity, then the accepted ones."""
    everything = list(findings)
    opened = [finding for finding in everything if finding.status is Status.OPEN]
    severities = [finding.judgement.severity.value for finding in opened]
    detail = ", ".join(
        count(severities.count(name), name) for name in ("error", "warning", "note") if name in severities
    )
    accepted = [
        f"{number} {name}"
        for name, number in (
            ("waived", sum(finding.status is Status.WAIVED for finding in everything)),
            ("in the baseline", sum(finding.status is Status.BASELINE for finding in everything)),
        )
        if number
    ]
    text = count(len(opened), "open finding") + (f" ({detail})" if detail else "")
    return "; ".join([text, *accepted])


def status_note(finding: Finding) -> str:
    """Why a finding is not open, or that its waiver has expired; "" for a plain open one."""
    waiver = finding.waiver
    if finding.status is Status.BASELINE:
        return "in the baseline"
    if waiver is None:
        return ""
    if finding.status is Status.OPEN:
        return f"the waiver in {_where(finding)} expired on {waiver.expires}"
    by = f" by {waiver.approved_by}" if waiver.approved_by else ""
    until = f" until {waiver.expires}" if waiver.expires else ""
    reference = f" [{waiver.reference}]" if waiver.reference else ""
    return f"waived{by}{until}: {waiver.reason}{reference} ({_where(finding)})"


def _where(finding: Finding) -> str:
    waiver = finding.waiver
    assert waiver is not None
    path = finding.usage.location.path if waiver.source == "inline" else waiver.source
    return f"{path}:{waiver.line}" if waiver.line else path
