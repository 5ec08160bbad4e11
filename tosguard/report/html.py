"""The audit as one self-contained HTML file: no network, no outside script or font, everything escaped.

The page's policy (a CSP meta element) admits its own style and script by hash and nothing else, so that even markup
that slipped through an escape would not run. Without scripts the page shows everything; they only fold and filter.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tosguard.report import labels
from tosguard.report.dossier import Dossier, Entry, card_of, dossier
from tosguard.report.inventory import SECTIONS, inventory
from tosguard.report.json import document
from tosguard.report.model import Report
from tosguard.report.options import DEFAULTS, RenderOptions
from tosguard.report.prose import capital, code_line, counted, flat, one_line, place, web_link
from tosguard.report.timeline_picture import timeline_picture
from tosguard.report.wording import DISCLAIMER

if TYPE_CHECKING:
    from jinja2 import Environment

#: From this many findings on, those out of view are laid out only when they come into view.
_CROWDED = 200
#: The most places named for one piece of evidence.
_MOST_PLACES = 8
#: The most characters of one value; the embedded JSON has them all.
_LIMIT = 2_000
#: Embedded JSON of more characters than this is compressed.
_LARGE = 1_000_000
_SANS = '"Helvetica Neue", Arial, sans-serif'


def render(report: Report, options: RenderOptions = DEFAULTS) -> str:
    """The report as an HTML document.

    Args:
        report: what the run found.
        options: ``redact`` leaves code out.

    Returns:
        The document, the same text for the same report.
    """
    book = dossier(report, redact=options.redact)
    environment = _environment()
    css = _style(environment, book)
    js = _asset(environment, "report.js")
    data, packed = _embedded(report)
    from markupsafe import Markup

    text = environment.get_template("report.html.j2").render(
        book=book,
        report=report,
        run=report.run,
        options=options,
        stock=inventory(report),
        timeline=timeline_picture(book.timeline, dict(book.names)),
        names=book.names,
        filters=_filters(book),
        crowded=len(book.entries) > _CROWDED,
        sections=_sections(book),
        css=Markup(css),
        js=Markup(js),
        csp=_policy(css, js),
        data=Markup(data),
        packed=packed,
        disclaimer=DISCLAIMER,
        patterns={p: m for p, m in labels.PATTERN_MEANINGS.items() if p in book.patterns} or labels.PATTERN_MEANINGS,
    )
    return text if text.endswith("\n") else text + "\n"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Templates that escape by default; every value stays on its line and hides nothing."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup, escape

    environment = Environment(
        loader=PackageLoader("tosguard.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["code"] = lambda text: Markup(escape(code_line(text)))
    environment.filters["place"] = _place
    environment.filters["capital"] = capital
    environment.filters["web"] = web_link
    environment.filters["pattern"] = labels.pattern_name
    environment.filters["step_names"] = _step_names
    environment.globals.update(
        counted=counted,
        most_places=_MOST_PLACES,
        severities=_severities,
        severity=labels.SEVERITY_NAMES,
        verdict=labels.VERDICT_NAMES,
        status=labels.STATUS_NAMES,
        change=labels.CHANGE_NAMES,
        role=labels.ROLE_NAMES,
        kinds=labels.KIND_NAMES,
        limits=labels.LIMITS,
        glossary=labels.GLOSSARY,
        verdict_meanings=labels.VERDICT_MEANINGS,
        confidence_meanings=labels.CONFIDENCE_MEANINGS,
        inventory_sections=SECTIONS,
    )
    return environment


def _shown(value: object) -> object:
    """A value as it goes into the page: text on one line, nothing hidden in it, cut where it would fill pages."""
    if type(value) is not str:
        return value
    return one_line(value, _LIMIT) if len(value) > _LIMIT else flat(value)


def _asset(environment: Environment, name: str) -> str:
    """A file beside the templates, as it stands."""
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _style(environment: Environment, book: Dossier) -> str:
    run = book.report.run
    commit = f", commit {run.commit[:12]}" if run.commit else ""
    title = one_line(f"Audit of {book.title}{commit}", 80)
    css = _asset(environment, "report.css")
    return css.replace("{title}", _css_text(title)).replace("{date}", _css_text(run.as_of)).replace("{sans}", _SANS)


def _css_text(text: str) -> str:
    """Text inside a CSS string: everything but ASCII letters and digits as an escape."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text)


def _policy(css: str, js: str) -> str:
    """What the page may load: its own style and script, by hash."""
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(css)}'; script-src 'sha256-{_digest(js)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _embedded(report: Report) -> tuple[str, bool]:
    """The JSON report for a script element: no character that could end the element or hide. True if it is packed."""
    text = json.dumps(document(report), ensure_ascii=True, separators=(",", ":"))
    if len(text) > _LARGE:
        return base64.b64encode(gzip.compress(text.encode("ascii"), mtime=0)).decode("ascii"), True
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"), False


def _sections(book: Dossier) -> list[tuple[str, str]]:
    sections = [("summary", "Summary")]
    if book.report.comparison:
        sections.append(("comparison", "Since the earlier audit"))
    sections += [("findings", "Findings"), ("inventory", "Inventory"), ("uses", "All uses"), ("terms", "Terms")]
    sections += [("waivers", "Waivers"), ("gaps", "Not analysed")]
    if book.cited:
        sections.append(("files", "Files cited"))
    return [*sections, ("glossary", "Glossary"), ("data", "Data")]


def _filters(book: Dossier) -> list[dict[str, Any]]:
    """The filters that can tell findings apart: name, label and choices ``(value, label, count)``."""
    cards = {card.id: card for card in book.report.providers}
    known: list[tuple[str, str, Mapping[str, str]]] = [
        ("severity", "Severity", labels.SEVERITY_NAMES),
        ("verdict", "Verdict", labels.VERDICT_NAMES),
        ("pattern", "Used for", labels.PATTERN_NAMES),
        ("confidence", "Confidence", {"high": "High", "medium": "Medium", "low": "Low"}),
        ("status", "Status", labels.STATUS_NAMES),
        ("change", "Change", labels.CHANGE_NAMES),
    ]
    providers = Counter(_facet(entry, "provider") for entry in book.entries)
    names = {p: card_of(p, cards).name for p in providers}
    order = dict(sorted(names.items(), key=lambda item: item[1].casefold()))
    found = []
    for name, label, values in [("provider", "Provider", order), *known]:
        counts = Counter(_facet(entry, name) for entry in book.entries)
        shown = [v for v in values if counts[v]] + sorted(v for v in counts if v and v not in values)
        if len(shown) > 1:
            choices = [(v, values.get(v, v), counts[v]) for v in shown]
            found.append({"name": name, "label": label, "choices": choices})
    return found


def _facet(entry: Entry, name: str) -> str:
    finding = entry.finding
    values = {
        "provider": finding.judgement.provider,
        "severity": finding.judgement.severity.value,
        "verdict": finding.judgement.verdict.value,
        "pattern": finding.usage.pattern,
        "confidence": finding.usage.confidence.value,
        "status": finding.status.value,
        "change": entry.change,
    }
    return values[name]


def _place(where: Any) -> str:
    """A place in words, for anything with a path and a line."""
    return place(where.path, where.line, getattr(where, "cell", None))


def _step_names(numbers: tuple[int, ...]) -> str:
    return ("step " if len(numbers) == 1 else "steps ") + ", ".join(map(str, numbers))


def _severities(counts: Mapping[str, int]) -> str:
    """``1 error, 2 warnings``; a dash where there are none."""
    parts = [counted(number, name) for name, number in counts.items() if number]
    return ", ".join(parts) or "none"
