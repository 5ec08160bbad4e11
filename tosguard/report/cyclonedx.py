"""The inventory as a CycloneDX 1.6 bill of materials for machine learning (ML-BOM).

Providers and platforms are services, models are components with model cards, data sets are data components and SDKs are
libraries. A model's card says what it is used for, its evidence where. What CycloneDX has no field for stands in
properties named ``tosguard:…``. The document is written directly, since the usual Python library cannot express model
cards; the tests have it check the document.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from tosguard.policy.judgement import Clause
from tosguard.report import labels
from tosguard.report.escape import visible
from tosguard.report.inventory import DATASET_ATTRIBUTE, Inventory, Item, inventory
from tosguard.report.jsontext import dumps
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions
from tosguard.report.prose import one_line, place, web_link
from tosguard.usage.model import Usage

SPEC_VERSION = "1.6"

_NAMESPACE = uuid.UUID("7b6c5f0e-3f0a-5f43-9c39-5a1d4f0f6f4e")


def render(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The inventory as CycloneDX JSON.

    Args:
        report: what the run found.
        options: not used; every renderer takes them.

    Returns:
        The document with a final newline. Its serial number is derived from its content, and it carries no time of its
        making, so the same report gives the same bytes.
    """
    body = _body(report)
    serial = uuid.uuid5(_NAMESPACE, json.dumps(body, sort_keys=True, ensure_ascii=True))
    head = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
    }
    return dumps({**head, **body})


def _body(report: Report) -> dict[str, Any]:
    stock = inventory(report)
    refs = {(item.section, item.id): f"{item.section}:{index}" for index, item in enumerate(stock.items, 1)}
    terms = _terms(report)
    components = [_model(item, stock, refs, terms) for item in stock.section("model")]
    components += [_dataset(item, stock) | {"bom-ref": refs["dataset", item.id]} for item in stock.section("dataset")]
    components += [_library(item, stock) | {"bom-ref": refs["sdk", item.id]} for item in stock.section("sdk")]
    services = [
        _service(item, stock, terms) | {"bom-ref": refs[item.section, item.id]}
        for item in (*stock.section("provider"), *stock.section("platform"))
    ]
    return {
        "metadata": _metadata(report),
        "components": components,
        "services": services,
        "dependencies": _dependencies(stock, refs),
    }


def _metadata(report: Report) -> dict[str, Any]:
    run = report.run
    subject: dict[str, Any] = {
        "type": "application",
        "bom-ref": "audited-project",
        "name": one_line(run.project or run.root or "."),
    }
    if run.commit:
        subject["version"] = run.commit
    return {
        "lifecycles": [{"phase": "pre-build"}],
        "tools": {"components": [{"type": "application", "name": "tosguard", "version": run.version}]},
        "component": subject,
        "properties": [
            _property("as-of", run.as_of),
            _property("dirty", str(run.dirty).lower()),
            *(_property(f"pack:{p.provider}", f"{p.version} sha256:{p.sha256}") for p in report.packs),
            *_changes(report),
        ],
    }


def _changes(report: Report) -> list[dict[str, str]]:
    """The findings that are new, changed and fixed since an earlier audit, by fingerprint."""
    found = report.comparison
    if found is None:
        return []
    return [
        *(_property("finding:new", fingerprint) for fingerprint in found.new),
        *(_property("finding:changed", item.fingerprint) for item in found.changed),
        *(_property("finding:fixed", item.fingerprint) for item in found.fixed),
    ]


def _model(
    item: Item, stock: Inventory, refs: Mapping[tuple[str, str], str], terms: Mapping[str, list[Clause]]
) -> dict[str, Any]:
    loaded = sorted({d for u in item.usages for d in u.attribute(DATASET_ATTRIBUTE)})
    card = {
        "bom-ref": f"{refs['model', item.id]}:card",
        "considerations": {"useCases": [labels.pattern_name(pattern) for pattern, _ in item.patterns]},
        "properties": [
            *(_property("data-set", refs["dataset", name]) for name in loaded),
            *(_property("bearing-clause", text) for text in _bearing(item, terms)),
        ],
    }
    return {
        "type": "machine-learning-model",
        "bom-ref": refs["model", item.id],
        "name": one_line(item.name),
        **_licences(item.providers, terms),
        "evidence": _evidence(item.usages),
        "modelCard": card,
        "properties": _properties(item, stock),
    }


def _dataset(item: Item, stock: Inventory) -> dict[str, Any]:
    return {
        "type": "data",
        "name": one_line(item.name),
        "data": [{"type": "dataset", "name": one_line(item.name)}],
        "evidence": _evidence(item.usages),
        "properties": _properties(item, stock),
    }


def _library(item: Item, stock: Inventory) -> dict[str, Any]:
    return {
        "type": "library",
        "name": one_line(item.name),
        "evidence": _evidence(item.usages),
        "properties": _properties(item, stock),
    }


def _service(item: Item, stock: Inventory, terms: Mapping[str, list[Clause]]) -> dict[str, Any]:
    places = sorted({place(u.location.path, u.location.line, u.location.cell) for u in item.usages})
    return {
        "name": one_line(item.name),
        "x-trust-boundary": item.kind not in ("self-hosted", "weights"),
        **_licences((item.id,), terms),
        "properties": [*_properties(item, stock), *(_property("occurrence", where) for where in places)],
    }


def _dependencies(stock: Inventory, refs: Mapping[tuple[str, str], str]) -> list[dict[str, Any]]:
    """The project depends on everything; a model on the services it is reached by."""
    entries: list[dict[str, Any]] = [{"ref": "audited-project", "dependsOn": list(refs.values())}]
    for item in stock.section("model"):
        reached = [refs[s, p] for p in item.providers for s in ("provider", "platform") if (s, p) in refs]
        entries.append({"ref": refs["model", item.id], "dependsOn": sorted(set(reached))})
    return entries


def _terms(report: Report) -> dict[str, list[Clause]]:
    """The clauses judged, by provider, one a document."""
    found: dict[str, dict[str, Clause]] = {}
    for judgement in report.judgements or tuple(f.judgement for f in report.findings):
        if judgement.clause is not None:
            found.setdefault(judgement.provider, {}).setdefault(judgement.clause.document, judgement.clause)
    return {provider: [documents[name] for name in sorted(documents)] for provider, documents in found.items()}


def _licences(providers: tuple[str, ...], terms: Mapping[str, list[Clause]]) -> dict[str, Any]:
    """The documents whose clauses bear on these providers, as named licences."""
    named: dict[str, str] = {}
    for provider in providers:
        for clause in terms.get(provider, ()):
            named.setdefault(one_line(clause.document), web_link(clause.url))
    licences = [
        {"license": {"name": name, **({"url": url} if url else {})}} for name, url in sorted(named.items()) if name
    ]
    return {"licenses": licences} if licences else {}


def _bearing(item: Item, terms: Mapping[str, list[Clause]]) -> list[str]:
    clauses = [clause for provider in item.providers for clause in terms.get(provider, ())]
    return [one_line(f"{clause.document}, {clause.section}: {clause.summary}", 500) for clause in clauses]


def _evidence(usages: tuple[Usage, ...]) -> dict[str, Any]:
    occurrences: dict[tuple[Any, ...], dict[str, Any]] = {}
    for usage in usages:
        where = usage.location
        key = (where.path, where.cell, where.line, where.column)
        occurrences.setdefault(
            key,
            {
                "location": visible(where.path),
                "line": where.line,
                "offset": where.column,
                **({"symbol": visible(where.scope)} if where.scope else {}),
                "additionalContext": f"{'' if where.cell is None else f'cell {where.cell}, '}{usage.pattern}",
            },
        )
    return {"occurrences": list(occurrences.values())}


def _properties(item: Item, stock: Inventory) -> list[dict[str, str]]:
    return [
        _property("id", item.id),
        _property("kind", item.kind),
        *(_property(f"pattern:{pattern}", str(count)) for pattern, count in item.patterns),
        *(_property(f"verdict:{verdict}", str(count)) for verdict, count in item.verdicts),
    ]


def _property(name: str, value: str) -> dict[str, str]:
    return {"name": f"tosguard:{one_line(name)}", "value": one_line(value)}
