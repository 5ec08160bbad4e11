"""The inventory as text, JSON and CSV."""

from __future__ import annotations

from typing import Any

from tosguard.report import labels
from tosguard.report.csv_cells import table
from tosguard.report.escape import columns
from tosguard.report.inventory import SECTIONS, Inventory, Item, inventory
from tosguard.report.jsontext import dumps
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions
from tosguard.report.prose import counted, one_line, place

SCHEMA_VERSION = 1

CSV_COLUMNS: tuple[str, ...] = (
    "kind",
    "id",
    "name",
    "pattern",
    "providers",
    "models",
    "confidence",
    "verdict",
    "path",
    "line",
    "cell",
    "scope",
    "usage",
)

_NAME_WIDTH = 36
_PLACES = 5


def render_text(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The inventory for a terminal: a block a section, most used first.

    Args:
        report: what the run found.
        options: ``verbose`` lists every place instead of the first few.

    Returns:
        Plain text without colour.
    """
    stock = inventory(report)
    blocks = [
        _block(title, stock.section(section), verbose=options.verbose)
        for section, title in SECTIONS
        if stock.section(section)
    ]
    files = report.run.files
    uses = len(report.usages) + len(report.mentions)
    foot = f"{counted(uses, 'use')} in {counted(files.analysed, 'file')} analysed of {files.seen:,} seen"
    failed = f"; {counted(files.failed, 'file')} could not be read" if files.failed else ""
    return "\n".join([*(blocks or ["Nothing was seen in use.\n"]), f"{foot}{failed}.\n"])


def render_json(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The inventory as JSON, schema version 1.

    Args:
        report: what the run found.
        options: not used; every renderer takes them.

    Returns:
        The document with a final newline.
    """
    stock, run = inventory(report), report.run
    document: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "tosguard", "version": run.version},
        "run": {"as_of": run.as_of, "root": run.root, "commit": run.commit, "dirty": run.dirty},
        "packs": [{"provider": p.provider, "version": p.version, "sha256": p.sha256} for p in report.packs],
    }
    for section, _ in SECTIONS:
        document[f"{section}s"] = [_item(item, stock) for item in stock.section(section)]
    document["errors"] = [{"path": e.path, "line": e.line or None, "message": e.message} for e in report.errors]
    return dumps(document)


def render_csv(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The inventory as CSV: a row for each use of each thing, ready to be pivoted.

    Args:
        report: what the run found.
        options: ``csv_bom`` says whether a byte order mark comes first.

    Returns:
        The document.
    """
    stock = inventory(report)
    rows: list[list[object]] = [
        [
            item.section,
            item.id,
            item.name,
            usage.pattern,
            " | ".join(usage.providers),
            " | ".join(usage.models),
            usage.confidence.value,
            stock.verdicts.get(usage.id),
            usage.location.path,
            usage.location.line,
            usage.location.cell,
            usage.location.scope,
            usage.id,
        ]
        for item in stock.items
        for usage in item.usages
    ]
    return table(CSV_COLUMNS, rows, bom=options.csv_bom)


def _block(title: str, items: tuple[Item, ...], *, verbose: bool) -> str:
    lines = [f"{title} ({len(items)})"]
    for item in items:
        name = one_line(item.name, 200)
        gap = " " * max(2, _NAME_WIDTH - columns(name))
        used_for = ", ".join(f"{labels.pattern_name(p).lower()} {n}" for p, n in item.patterns)
        lines.append(f"  {name}{gap}{counted(len(item.usages), 'use')}: {one_line(used_for)}")
        shown = item.usages if verbose else item.usages[:_PLACES]
        lines += [f"    {place(u.location.path, u.location.line, u.location.cell)}" for u in shown]
        if len(shown) < len(item.usages):
            lines.append(f"    and {len(item.usages) - len(shown):,} more")
    return "\n".join(lines) + "\n"


def _item(item: Item, stock: Inventory) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": item.name,
        "kind": item.kind,
        "providers": list(item.providers),
        "patterns": dict(item.patterns),
        "verdicts": dict(item.verdicts),
        "uses": [
            {
                "usage": usage.id,
                "pattern": usage.pattern,
                "verdict": stock.verdicts.get(usage.id),
                "path": usage.location.path,
                "line": usage.location.line,
                "cell": usage.location.cell,
                "scope": usage.location.scope,
            }
            for usage in item.usages
        ],
    }
