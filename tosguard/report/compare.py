"""Compare an audit with an earlier one, read from its JSON report: what is new, fixed or changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tosguard.errors import UsageError
from tosguard.findings.fingerprint import match
from tosguard.findings.model import Finding
from tosguard.report.comparison import ChangedFinding, Comparison, FieldChange, FixedFinding
from tosguard.report.model import Report
from tosguard.report.prose import place

#: The schema versions of JSON reports that can be read.
_READABLE = (1,)


def compare(old: Mapping[str, Any], new: Report) -> Comparison:
    """What changed between an earlier audit and this one.

    Findings are matched as waivers are, by fingerprint: moved lines and re-formatting change nothing, and code that
    moved to another file is known again (then ``file`` is what changed).

    Args:
        old: the earlier JSON report, schema version 1.
        new: the audit at hand.

    Returns:
        The comparison, in the order of the findings of each report.

    Raises:
        UsageError: ``old`` is no JSON report, or one of a version that cannot be read.
    """
    version = old.get("schema_version") if isinstance(old, Mapping) else None
    if version not in _READABLE:
        why = "it has no schema_version" if version is None else f"its schema_version is {version!r}, this tool reads 1"
        raise UsageError(
            "the earlier report cannot be compared with",
            why=why,
            next_step="give a file written with --format json",
        )
    try:
        return _compare(old, new)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UsageError(
            "the earlier report cannot be compared with",
            why=f"it is not laid out as schema version 1 says: {type(error).__name__}: {error}",
            next_step="give a file written with --format json",
        ) from error


def _compare(old: Mapping[str, Any], new: Report) -> Comparison:
    usages = {usage["id"]: usage for usage in old["usages"]}
    before = {_text(finding["fingerprint"]): finding for finding in old["findings"]}
    same = match([finding.fingerprint for finding in new.findings], before)
    changed = []
    for index, fingerprint in same.items():
        finding = new.findings[index]
        changes = _changes(before[fingerprint], usages, finding)
        if changes:
            changed.append((index, _changed(finding, changes)))
    known = set(same.values())
    run = old["run"]
    return Comparison(
        old_as_of=_text(run["as_of"]),
        old_commit=None if run["commit"] is None else _text(run["commit"]),
        old_tool=_text(old["tool"]["version"]),
        new=tuple(f.fingerprint for index, f in enumerate(new.findings) if index not in same),
        fixed=tuple(_fixed(f, usages) for fingerprint, f in before.items() if fingerprint not in known),
        changed=tuple(change for _, change in sorted(changed, key=lambda item: item[0])),
        unchanged=len(same) - len(changed),
        packs=_packs(old, new),
    )


def _changed(finding: Finding, changes: tuple[FieldChange, ...]) -> ChangedFinding:
    where, judgement = finding.usage.location, finding.judgement
    return ChangedFinding(finding.fingerprint, judgement.rule, judgement.message, where.path, where.line, changes)


def _changes(before: Mapping[str, Any], usages: Mapping[str, Any], after: Finding) -> tuple[FieldChange, ...]:
    then, now = _fields_then(before, usages), _fields_now(after)
    return tuple(FieldChange(name, then[name], now[name]) for name in now if then[name] != now[name])


def _fields_then(finding: Mapping[str, Any], usages: Mapping[str, Any]) -> dict[str, str]:
    clause, waiver = finding["clause"], finding["waiver"]
    return {
        "verdict": _text(finding["verdict"]),
        "severity": _text(finding["severity"]),
        "status": _text(finding["status"]),
        "rule": _text(finding["rule"]),
        "clause": "" if clause is None else _clause(clause["document"], clause["version"], clause["section"]),
        "waiver": "" if waiver is None else _waiver(waiver["reason"], waiver["approved_by"], waiver["expires"]),
        "file": _place_then(usages[finding["usage"]]["location"]),
    }


def _fields_now(finding: Finding) -> dict[str, str]:
    judgement, clause, waiver, where = (
        finding.judgement,
        finding.judgement.clause,
        finding.waiver,
        finding.usage.location,
    )
    return {
        "verdict": judgement.verdict.value,
        "severity": judgement.severity.value,
        "status": finding.status.value,
        "rule": judgement.rule,
        "clause": "" if clause is None else _clause(clause.document, clause.version, clause.section),
        "waiver": "" if waiver is None else _waiver(waiver.reason, waiver.approved_by, waiver.expires),
        "file": place(where.path, 0),
    }


def _place_then(location: Mapping[str, Any]) -> str:
    return place(_text(location["path"]), 0)


def _clause(document: object, version: object, section: object) -> str:
    return ", ".join(str(part) for part in (document, version, section) if part)


def _waiver(reason: object, approved_by: object, expires: object) -> str:
    by = f", {approved_by}" if approved_by else ""
    until = f", until {expires}" if expires else ""
    return f"{reason}{by}{until}"


def _fixed(finding: Mapping[str, Any], usages: Mapping[str, Any]) -> FixedFinding:
    usage = usages[finding["usage"]]
    providers = usage["providers"]
    return FixedFinding(
        fingerprint=_text(finding["fingerprint"]),
        rule=_text(finding["rule"]),
        provider=_text(finding.get("provider") or (providers[0] if providers else "")),
        message=_text(finding["message"]),
        path=_text(usage["location"]["path"]),
        line=int(usage["location"]["line"]),
        severity=_text(finding["severity"]),
        verdict=_text(finding["verdict"]),
    )


def _packs(old: Mapping[str, Any], new: Report) -> tuple[tuple[str, str, str], ...]:
    before = {_text(pack["provider"]): _text(pack["version"]) for pack in old["packs"]}
    after = {pack.provider: pack.version for pack in new.packs}
    return tuple(
        (provider, before.get(provider, ""), after.get(provider, ""))
        for provider in sorted(before.keys() | after.keys())
        if before.get(provider) != after.get(provider)
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, found {value!r}")
    return value
