"""Packs from bytes: parse, check, build. A pack with any fault is refused whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tosguard.errors import ConfigurationError
from tosguard.policy import model
from tosguard.policy.judgement import Clause, Severity, Verdict

if TYPE_CHECKING:
    from tosguard.policy.validation import Problem


def digest(data: bytes) -> str:
    """The SHA-256 of a pack file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def problems_of(data: bytes, name: str) -> tuple[Problem, ...]:
    """Every fault of a pack file; a file that cannot be parsed has that one fault.

    Args:
        data: the bytes of the file.
        name: the file as errors call it.
    """
    from tosguard.policy.validation import Problem, check
    from tosguard.policy.yamltext import parse

    try:
        return check(parse(data, name))
    except ConfigurationError as error:
        line = error.where.rsplit(":", 1)[-1]
        why = f" ({error.why})" if error.why else ""
        return (Problem(int(line) if line.isdigit() else 1, f"{error.what}{why}", error.next_step),)


def read_plain(data: bytes, name: str) -> dict[str, Any]:
    """The checked content of a pack file as plain values, which is what the compiled form holds.

    Raises:
        ConfigurationError: with ``name:line`` for the first fault.
    """
    from tosguard.policy.validation import check, raise_first
    from tosguard.policy.yamltext import parse

    root = parse(data, name)
    raise_first(check(root), name)
    plain = root.plain()
    assert isinstance(plain, dict)
    return plain


def load_pack(data: bytes, name: str) -> model.Pack:
    """Parse, check and build one pack.

    Raises:
        ConfigurationError: with ``name:line`` for the first fault; nothing of the pack is used then.
    """
    return build(read_plain(data, name), digest(data))


def build(plain: Mapping[str, Any], sha256: str) -> model.Pack:
    """A pack from its checked plain form."""
    documents = tuple(_document(item) for item in plain.get("documents") or ())
    by_id = {document.id: document for document in documents}
    clauses = {item["id"]: _clause(item, by_id[item["document"]]) for item in plain.get("clauses") or ()}
    return model.Pack(
        provider=plain["provider"],
        name=plain["name"],
        kind=plain["kind"],
        version=plain["version"],
        until=plain.get("until") or "",
        documents=documents,
        clauses=clauses,
        rules=tuple(_rule(item) for item in plain.get("rules") or ()),
        editions=tuple(_edition(item) for item in plain.get("editions") or ()),
        unread=tuple(plain.get("unread") or ()),
        unread_clauses=tuple(plain.get("unread_clauses") or ()),
        question=plain.get("question") or "",
        notes=tuple(plain.get("notes") or ()),
        data_sets=tuple(_data_set(item) for item in plain.get("data_sets") or ()),
        adjustments=tuple(_adjustment(item) for item in plain.get("adjust") or ()),
        sha256=sha256,
    )


def _document(item: Mapping[str, Any]) -> model.Document:
    optional = ("url", "effective", "superseded", "applies_to", "governs", "note")
    return model.Document(
        id=item["id"],
        title=item["title"],
        version=item["version"],
        **{key: item.get(key) or "" for key in optional},
    )


def _clause(item: Mapping[str, Any], document: model.Document) -> model.PackClause:
    clause = Clause(
        id=item["id"],
        document=document.title,
        version=document.version,
        section=item["section"],
        url=document.url,
        summary=item["summary"],
        exceptions=tuple(item.get("exceptions") or ()),
        anchor=item.get("anchor") or "",
        effective=item.get("effective") or document.effective,
        superseded=item.get("superseded") or document.superseded,
        confidence=item["confidence"],
    )
    return model.PackClause(
        clause=clause,
        modality=item["modality"],
        patterns=tuple(item.get("patterns") or ()),
        editions=tuple(item.get("editions") or ()),
        change=item.get("change") or "",
    )


def _edition(item: Mapping[str, Any]) -> model.Edition:
    return model.Edition(
        id=item["id"],
        title=item["title"],
        models=item["models"],
        version=item.get("version") or "",
        governed_by=item.get("governed_by") or "",
    )


def _rule(item: Mapping[str, Any]) -> model.Rule:
    tests = item.get("tests") or {}
    return model.Rule(
        id=item["id"],
        title=item["title"],
        patterns=tuple(item["patterns"]),
        verdict=Verdict(item["verdict"]),
        severity=Severity(item["severity"]),
        message=item["message"],
        why=item["why"],
        remedy=item["remedy"],
        questions=tuple(item.get("questions") or ()),
        clauses=tuple(item["clauses"]),
        when=_condition(item.get("when")),
        unless=_condition(item.get("unless")),
        tests=model.RuleTests(
            triggers=tuple(tests.get("triggers") or ()),
            passes=tuple(tests.get("passes") or ()),
            usages=tuple(tests.get("usages") or ()),
        ),
    )


def _condition(item: Mapping[str, Any] | None) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in (item or {}).items()}


def _data_set(item: Mapping[str, Any]) -> model.DataSetEntry:
    return model.DataSetEntry(
        id=item["id"],
        names=tuple(item["names"]),
        files=tuple(item.get("files") or ()),
        origins=tuple(item.get("origins") or ()),
        models=tuple(item.get("models") or ()),
        kind=item["kind"],
        licence=item.get("licence") or "",
        restriction=item.get("restriction") or "",
        confidence=item["confidence"],
        note=item.get("note") or "",
    )


def _adjustment(item: Mapping[str, Any]) -> model.Adjustment:
    return model.Adjustment(
        rule=item["rule"],
        reason=item["reason"],
        verdict=Verdict(item["verdict"]) if item.get("verdict") else None,
        severity=Severity(item["severity"]) if item.get("severity") else None,
    )
