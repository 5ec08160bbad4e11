"""The Markdown report: readable in a ticket, and no text in it becomes markup."""

from __future__ import annotations

import re

import pytest

from tests.report_documents import sample
from tosguard.report import markdown
from tosguard.report.markdown_text import code, code_block, link, table, text
from tosguard.report.options import RenderOptions

AUDIT = RenderOptions(command="audit")


@pytest.fixture(scope="module")
def parsed():
    markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py reads the document as a renderer would")
    pytest.importorskip("linkify_it", reason="linkify-it-py finds the links that services make on their own")
    parser = markdown_it.MarkdownIt("gfm-like", {"html": True})
    return lambda document: parser.parse(document)


def _inline(tokens):
    return [child for token in tokens if token.type == "inline" for child in token.children or ()]


def test_rich_report_has_summary_clause_steps_code_and_waivers():
    document = markdown.render(sample.rich(), AUDIT)
    for expected in (
        "# Audit of Lodestar",
        "**3 open findings** (3 errors), 1 waived, 1 in the baseline.",
        "[North Business Terms](<https://north.example/terms#use>), 2(c)",
        "6. Via: read from the same path (`src/prepare.py:6`)",
        '> 25 |         answer = complete(seed["instruction"])',
        "| Consent was being negotiated. | R. Osei, General Counsel | 2025-10-01 | 2026-06-30 | expired |",
        "| `legacy/py2_script.py:14` | not Python 3",
    ):
        assert expected in document


def test_check_writes_open_findings_and_no_registers():
    document = markdown.render(sample.rich(), RenderOptions(command="check"))
    assert "## Waivers" not in document
    assert document.count("\n#### ") == 3
    assert markdown.render(sample.rich(), RenderOptions(command="check", show_suppressed=True)).count("\n#### ") == 5


def test_redacting_leaves_code_out():
    document = markdown.render(sample.rich(), RenderOptions(command="audit", redact=True))
    assert "```" not in document
    assert "is written as instruction data" in document


def test_same_report_gives_the_same_text():
    assert markdown.render(sample.rich(), AUDIT) == markdown.render(sample.rich(), AUDIT)


def test_hostile_text_makes_no_html_no_link_no_image(parsed):
    tokens = parsed(markdown.render(sample.hostile(), AUDIT))
    kinds = {token.type for token in [*tokens, *_inline(tokens)]}
    assert not kinds & {"html_inline", "html_block", "link_open", "image"} or _only_breaks(tokens)
    assert not [t for t in _inline(tokens) if t.type in ("link_open", "image")]


def _only_breaks(tokens):
    """The only markup the report itself uses is the line break in table cells."""
    return {t.content for t in [*tokens, *_inline(tokens)] if t.type in ("html_inline", "html_block")} <= {"<br>"}


def test_hostile_text_changes_no_structure(parsed):
    tokens = parsed(markdown.render(sample.hostile(), AUDIT))
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    count = len(sample.HOSTILE)
    assert headings.count("h1") == 1
    assert headings.count("h4") == count
    assert len([token for token in tokens if token.type == "fence"]) == count
    rows = [i for i, token in enumerate(tokens) if token.type == "tr_open"]
    widths = {}
    for start in rows:
        cells = 0
        for token in tokens[start + 1 :]:
            if token.type == "tr_close":
                break
            cells += token.type in ("td_open", "th_open")
        widths[cells] = widths.get(cells, 0) + 1
    assert set(widths) <= {2, 3, 4, 5, 6, 7}


def test_hostile_text_reads_as_written(parsed):
    tokens = parsed(markdown.render(sample.hostile(), AUDIT))
    shown = "".join(child.content for child in _inline(tokens))
    assert sample.SCRIPT in shown
    assert "`code` **bold** [link](javascript:alert(1)) | cell" in shown
    assert "\\u202egnp.exe" in shown


@pytest.mark.parametrize(
    "hostile",
    [
        "# head",
        "- item",
        "1. item",
        "=====",
        "> quote",
        "| a | b |",
        "~~~",
        "```",
        "    indented",
        "<!-- x -->",
        "&lt;",
    ],
)
def test_prose_stays_a_paragraph(parsed, hostile):
    tokens = parsed(text(hostile))
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(child.content for child in _inline(tokens)) == hostile.strip()


@pytest.mark.parametrize("hostile", ["https://evil.example", "www.evil.example", "ftp://evil.example/x", "a@b.example"])
def test_addresses_in_prose_are_not_linked(parsed, hostile):
    assert not [t for t in _inline(parsed(text(hostile))) if t.type == "link_open"]


def test_table_cells_hold_bars_and_markup(parsed):
    hostile = "a | b <br> `c | d` \\| e"
    tokens = parsed(table(["one", "two"], [[text(hostile), code(hostile, cell=True)]]))
    cells = [tokens[i + 1] for i, token in enumerate(tokens) if token.type == "td_open"]
    assert [child.type for child in cells[0].children] == ["text"]
    assert cells[0].content and "".join(child.content for child in cells[0].children) == hostile
    assert [child.type for child in cells[1].children] == ["code_inline"]
    assert len(cells) == 2


def test_a_mention_notifies_nobody():
    assert "@octocat" not in text("ping @octocat")


@pytest.mark.parametrize("hostile", ["`", "``", "a`b", "`a`", "```x```", " "])
def test_code_spans_hold_backticks(parsed, hostile):
    spans = [t.content for t in _inline(parsed(f"x {code(hostile)} y")) if t.type == "code_inline"]
    assert spans == ([hostile] if hostile.strip() else [])


def test_a_code_block_cannot_be_ended_from_inside(parsed):
    tokens = parsed(code_block(["x", "```", "````", "<b>"]))
    assert [t.type for t in tokens] == ["fence"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://x.example/>)<b>", "data:text/html,x", "https://a b"])
def test_only_plain_web_addresses_become_links(url):
    assert not re.match(r"\[", link("title", url))
