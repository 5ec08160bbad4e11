"""The HTML report: complete, self-contained, careful in its words, and deaf to hostile content."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.report_documents import sample
from tosguard.report import html, markdown
from tosguard.report.compare import compare
from tosguard.report.dossier import dossier, evidence_groups
from tosguard.report.json import document
from tosguard.report.options import RenderOptions
from tosguard.report.prose import capital
from tosguard.report.terms import TermsTimeline, TermsVersion, documents_of
from tosguard.usage.model import Evidence


class Page(HTMLParser):
    """What a browser would make of a document: elements, text, scripts."""

    VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[tuple[dict[str, str], str]] = []
        self.styles: list[str] = []
        self.text: list[str] = []
        self.stack: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag not in self.VOID:
            self.stack.append(tag)
        if tag == "script":
            self.scripts.append((attributes, ""))
        if tag == "style":
            self.styles.append("")

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        assert self.stack and self.stack[-1] == tag, f"</{tag}> closes {self.stack[-3:]}"
        self.stack.pop()

    def handle_data(self, data):
        if self.stack[-1:] == ["script"]:
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
        elif self.stack[-1:] == ["style"]:
            self.styles[-1] += data
        else:
            self.text.append(data)

    @property
    def shown(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.text))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def rich() -> Page:
    return Page(html.render(sample.rich()))


@pytest.fixture(scope="module")
def hostile() -> Page:
    return Page(html.render(sample.hostile()))


def test_same_report_gives_the_same_bytes():
    assert html.render(sample.rich()) == html.render(sample.rich())


def test_every_element_is_closed_in_order(rich, hostile):
    assert rich.stack == []
    assert hostile.stack == []


def test_cover_says_what_was_audited_with_what_and_under_which_terms(rich):
    for expected in (
        "Lodestar",
        sample.COMMIT,
        "with changes that are not committed",
        "2026-11-21",
        "tosguard 0.9.0",
        "1f" * 32,
        "vendor/**",
        "412 files seen, 96 analysed, 1 could not be read",
        "a general assistant",
    ):
        assert expected in rich.shown


def test_findings_carry_statement_remedy_questions_steps_and_decision(rich):
    for expected in (
        "is written as instruction data (src/generate.py:29) and trained on (src/train.py:5).",
        "Will the trained model be offered to others?",
        "obtain written permission.",
        "Via read from the same path src/prepare.py:6",
        "Approved by R. Osei, General Counsel on 2026-03-02. Expires 2027-03-01. Reference LEGAL-214.",
        "Decision no longer in force",
        "Embeddings and classifiers that categorise",
        "use Output to develop models that compete",
    ):
        assert expected in rich.shown


def test_registers_list_waivers_terms_gaps_and_cited_files(rich):
    for expected in (
        "Consent was being negotiated.",
        "expired",
        "not Python 3: Missing parentheses",
        "Waiver 3 in tosguard-waivers.yaml matches no finding.",
        "Later versions",
        hashlib.sha256(sample.TRAIN.encode()).hexdigest(),
        "Boreal weights",
        "agora-dump-2025",
    ):
        assert expected in rich.shown


def test_code_frames_mark_the_span(rich):
    text = html.render(sample.rich())
    assert "<mark>complete(seed[&#34;instruction&#34;])</mark>" in text


def test_a_picture_has_a_text_alternative_and_one_stop_a_step(rich):
    labels = [svg.get("aria-label", "") for svg in rich.all("svg")]
    assert "Flow from src/generate.py:13 to src/train.py:5: 8 steps across 3 files" in labels
    assert all(labels)


def test_redacting_leaves_code_out_and_keeps_statements():
    page = Page(html.render(sample.rich(), RenderOptions(redact=True)))
    assert "<mark>" not in "".join(page.text)
    assert "json.dumps(row)" not in page.shown
    assert not page.all("figure")
    assert "is written as instruction data" in page.shown
    assert "Code is left out" in page.shown


def test_the_json_report_is_embedded(rich):
    data = [content for attributes, content in rich.scripts if attributes.get("type") == "application/json"]
    assert json.loads(data[0]) == json.loads(json.dumps(document(sample.rich())))


def test_the_policy_admits_only_the_pages_own_style_and_script(rich):
    policy = next(m["content"] for m in rich.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    script = next(content for attributes, content in rich.scripts if "type" not in attributes)
    for kind, content in (("script-src", script), ("style-src", rich.styles[0])):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_nothing_is_loaded_from_anywhere(rich):
    assert not rich.all("img") + rich.all("link") + rich.all("iframe")
    assert not [a for _, a in rich.elements if "src" in a or "style" in a]
    assert "url(" not in rich.styles[0] and "@import" not in rich.styles[0]


@pytest.mark.parametrize("name", ["rich", "hostile"])
def test_ids_are_unique_and_every_inner_link_leads_somewhere(name, request):
    page = request.getfixturevalue(name)
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    inner = {a["href"][1:] for a in page.all("a") if a["href"].startswith("#")}
    assert inner <= set(ids)


def test_hostile_text_adds_no_element_attribute_or_script(hostile):
    assert len(hostile.scripts) == 2
    assert not hostile.all("img")
    assert not [a for _, a in hostile.elements if any(name.startswith("on") for name in a)]
    assert not [a for a in hostile.all("a") if not a["href"].startswith("#")]
    assert {tag for tag, _ in hostile.elements} <= {tag for tag, _ in Page(html.render(sample.rich())).elements}


def test_the_embedded_report_holds_nothing_that_could_end_its_element(hostile):
    data = next(content for attributes, content in hostile.scripts if attributes.get("type") == "application/json")
    assert not set(data) & set("<>&")
    assert json.loads(data)["findings"][0]["message"] == sample.SCRIPT


def test_hostile_text_is_shown_as_text(hostile):
    assert sample.SCRIPT in hostile.shown
    assert "{{ 7*7 }}" in hostile.shown
    assert "\\u202egnp.exe\\u202c right-to-left" in hostile.shown
    assert "bell \\x07 escape \\x1b[31mred" in hostile.shown
    assert "שלום عربى" in hostile.shown


def test_no_control_or_direction_character_reaches_the_page(hostile):
    everything = hostile.shown + "".join(content for _, content in hostile.scripts)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", everything)


def test_long_lines_of_code_are_cut_with_a_count():
    text = html.render(sample.hostile())
    assert re.search(r"…[\d,]+ more characters", text)


def test_a_hostile_project_name_stays_inside_its_css_string(hostile):
    header = re.search(r'@top-left \{ content: "([^"]*)"', hostile.styles[0])
    assert header and re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]+ )*", header[1])


def test_words_are_careful_and_the_disclaimer_stands_once(rich):
    assert not re.search(r"(?i)violat|illegal|unlawful|breach|infring", rich.shown)
    assert rich.shown.count("no legal advice") == 1


def test_a_comparison_is_shown():
    old = document(sample.rich())
    old["findings"] = [f for f in old["findings"] if f["fingerprint"] != "a1b2c3d4e5f60718"]
    old["findings"][0]["severity"] = "error"
    gone = {**old["findings"][1], "fingerprint": "ffff000011112222", "message": "An old use that went away."}
    old["findings"].append(gone)
    report = dataclasses.replace(sample.rich(), comparison=compare(old, sample.rich()))
    page = Page(html.render(report))
    assert "1 new finding, 1 fixed, 1 changed, 3 unchanged" in page.shown
    assert "severity error → warning" in page.shown
    assert "An old use that went away." in page.shown
    assert {a.get("data-change") for a in page.all("article")} == {"new", "changed", "unchanged"}


def test_an_empty_report_says_so():
    empty = dataclasses.replace(
        sample.rich(), usages=(), judgements=(), findings=(), errors=(), packs=(), timeline=None, sources={}
    )
    page = Page(html.render(empty))
    assert "No use was found on which a restricting clause bears." in page.shown
    assert "No versions of terms are on record." in page.shown


def test_a_large_embedded_report_is_packed_and_whole():
    report = sample.many(400)
    page = Page(html.render(report))
    attributes, data = next((a, content) for a, content in page.scripts if a.get("id") == "report-data")
    assert attributes["data-encoding"] == "gzip base64"
    assert json.loads(gzip.decompress(base64.b64decode(data))) == json.loads(json.dumps(document(report)))
    assert "base64 of gzip" in page.shown


def test_evidence_that_says_the_same_stands_once_with_its_places():
    seen = [
        Evidence("write", "written to a file", "a.py", 3, "weak"),
        Evidence("shape", "instruction records", "a.py", 9, "strong"),
        Evidence("write", "written to a file", "b.py", 4, "weak"),
        Evidence("write", "written to a file", "a.py", 3, "weak"),
    ]
    groups = evidence_groups(seen)
    assert [(g.message, [(e.path, e.line) for e in g.places]) for g in groups] == [
        ("instruction records", [("a.py", 9)]),
        ("written to a file", [("a.py", 3), ("b.py", 4)]),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("output of gpt-4o is kept", "Output of gpt-4o is kept"),
        ("train.py trains a model", "train.py trains a model"),
        ("gpt-4o answers", "gpt-4o answers"),
        ("", ""),
    ],
)
def test_a_statement_begins_with_a_capital_unless_with_a_name(text, shown):
    assert capital(text) == shown


def test_a_document_is_one_row_with_the_version_of_the_day_and_those_before_and_after():
    versions = (
        TermsVersion("p", "Old title", "2023-01-01", "2023-01-01", "2024-01-01", False, series="p/terms"),
        TermsVersion("p", "Terms", "2024-01-01", "2024-01-01", "2026-01-01", True, series="p/terms"),
        TermsVersion("p", "Terms", "2026-01-01", "2026-01-01", "", False, series="p/terms"),
    )
    (found,) = documents_of(TermsTimeline("2025-05-05", versions))
    assert (found.title, found.current) == ("Terms", versions[1])
    assert (found.earlier, found.later) == (versions[:1], versions[2:])
    report = dataclasses.replace(sample.rich(), timeline=TermsTimeline("2025-05-05", versions))
    for shown in (Page(html.render(report)).shown, markdown.render(report, RenderOptions(command="audit"))):
        assert "2023-01-01" in shown and "2026-01-01" in shown


def test_cited_files_carry_the_digests_of_their_bytes_where_the_run_knows_them():
    report = dataclasses.replace(sample.rich(), digests={"src/train.py": "ab" * 32})
    page = Page(html.render(report))
    assert "ab" * 32 in page.shown
    assert hashlib.sha256(sample.TRAIN.encode()).hexdigest() not in page.shown


def test_findings_that_differ_in_their_place_only_stand_once_in_the_summary():
    report = sample.many(60)
    groups = dossier(report).leading
    assert sum(map(len, groups)) > len(groups)
    assert len(groups) <= 8
    summary = html.render(report).partition('id="summary"')[2].partition('id="findings"')[0]
    assert summary.count('class="chip') == len(groups)
    assert re.search(r"The same in \d+ other findings:", summary)


def test_the_lawyers_checklist_points_at_places_that_exist(rich):
    text = (Path(__file__).resolve().parents[2] / "docs" / "lawyers-checklist.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(rows) == 10
    titles = {*re.findall(r"\*\*([^*]+)\*\*", "".join(rows))}
    contents = {title for _, title in html._sections(dossier(sample.rich()))}
    assert titles <= contents | {"Cover"}
    for phrase in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", "".join(rows)):
        assert phrase.partition(":")[0].lower() in rich.shown.lower(), phrase
