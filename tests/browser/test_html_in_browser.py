"""The HTML report in a real browser: filters, folding, anchors, printing, hostile content, accessibility.

Needs the package ``playwright`` and a Chromium (``CHROMIUM`` names another than the system's); the accessibility check
also ``axe-playwright-python``, which carries axe-core. Each test says what is missing when it is skipped.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.report_documents import sample
from tosguard.report import html

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium found; install one or set CHROMIUM to its path")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LATENCY = """change => new Promise(done => {
  const start = performance.now(); (0, eval)(change);
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0)); })"""


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Reports on disk by name, each rendered once."""
    folder: Path = tmp_path_factory.mktemp("reports")
    made: dict[str, str] = {}

    def page(name: str) -> str:
        if name not in made:
            report = sample.many(2_000) if name == "many" else getattr(sample, name)()
            target = folder / f"{name}.html"
            target.write_text(html.render(report), encoding="utf-8")
            made[name] = target.as_uri()
        return made[name]

    return page


@pytest.fixture
def opened(browser, pages):
    """Open a report; nothing may be logged, requested or thrown while it is read."""
    contexts, complaints = [], []

    def open_page(name: str, **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if request.url[:5] != "file:" else None)
        page.goto(pages(name))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def test_filters_narrow_findings_and_headings(opened):
    page = opened("rich")
    assert page.inner_text("#shown") == "All 5 findings shown"
    page.select_option("#by-provider", "south")
    assert page.inner_text("#shown") == "2 of 5 findings shown"
    assert page.locator("article:visible").count() == 2
    assert page.locator("h3:visible", has_text="North AI").count() == 0
    page.select_option("#by-status", "baseline")
    assert page.inner_text("#shown") == "1 of 5 findings shown"
    page.click("#clear")
    assert page.locator("article:visible").count() == 5


def test_search_looks_into_code_and_clauses(opened):
    page = opened("rich")
    page.fill("#search", "instructions.jsonl")
    playwright.expect(page.locator("#shown")).to_have_text("1 of 5 findings shown")
    page.fill("#search", "no such words")
    playwright.expect(page.locator("#shown")).to_have_text("0 of 5 findings shown")


def test_a_finding_unfolds_by_keyboard(opened):
    page = opened("rich")
    page.click("#collapse")
    button = page.locator(".toggle").first
    assert button.get_attribute("aria-expanded") == "false"
    assert not page.locator("article svg").first.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert page.locator("article svg").first.is_visible()


def test_an_anchor_opens_its_finding_even_when_it_was_filtered_out(opened):
    page = opened("rich")
    page.click("#collapse")
    page.select_option("#by-provider", "agora")
    page.click("#summary a[href='#f-a1b2c3d4e5f60718']")
    finding = page.locator("#f-a1b2c3d4e5f60718")
    finding.locator(".details").wait_for(state="visible")
    playwright.expect(finding.locator("h5")).to_be_in_viewport()


def test_everything_can_be_reached_with_the_tab_key(opened):
    page = opened("rich")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"search", "by-provider", "clear", "toggle", "picture", "scroll", "save"} <= reached


@pytest.mark.parametrize("name", ["rich", "many"])
def test_the_data_can_be_saved_packed_or_not(opened, name):
    page = opened(name)
    with page.expect_download() as download:
        page.click("#save")
    assert '"schema_version": 1' in Path(download.value.path()).read_text(encoding="utf-8")


def test_without_scripts_everything_is_shown(opened):
    page = opened("rich", java_script_enabled=False)
    assert page.locator("article .details").count() == 5
    text = page.locator("body").inner_text()
    assert "Questions for the business" in text
    assert "read from the same path" in text


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_print_has_everything_headers_and_page_numbers(opened, tmp_path, paper):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (poppler-utils)")
    page = opened("rich")
    page.click("#collapse")
    page.select_option("#by-provider", "south")
    target = tmp_path / "report.pdf"
    page.pdf(path=str(target), format=paper)
    os.system(f"pdftotext -layout {target} {tmp_path / 'report.txt'}")
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    flat = " ".join(text.split())
    for expected in ("posts pass stage 23", "obtain written permission", "Consent was being negotiated", "LEGAL-214"):
        assert expected in flat
    sheets = text.count("\f")
    assert sheets > 5
    assert text.count("Audit of Lodestar, commit 5f0c2a9d1e7b") == sheets
    assert f"Page {sheets} of {sheets}" in flat
    assert "Expand all" not in flat


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_width_makes_the_page_scroll_sideways(opened, width):
    for name in ("rich", "hostile"):
        page = opened(name, viewport={"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_report_of_one_finding_needs_no_filters(browser, tmp_path):
    report = sample.rich()
    target = tmp_path / "one.html"
    target.write_text(html.render(dataclasses.replace(report, findings=report.findings[:1])), encoding="utf-8")
    page = browser.new_page()
    page.goto(target.as_uri())
    assert page.locator("#filters:visible").count() == 0
    assert page.locator("article svg").first.is_visible()
    page.close()


def test_hostile_content_runs_nothing(opened):
    page = opened("hostile")
    page.click("#expand")
    assert page.evaluate("window.pwned") is None
    assert page.locator("img").count() == 0
    assert page.locator("h5", has_text="<script>window.pwned=1</script>").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_fault(opened, scheme, width):
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python (axe-core) is not installed")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page = opened("rich", color_scheme=scheme, viewport={"width": width, "height": 900})
    page.click("#expand")
    page.evaluate(script)
    faults = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(fault["id"], fault["impact"], fault["nodes"][0]["html"]) for fault in faults] == []


def test_two_thousand_findings_stay_usable(opened):
    start = time.perf_counter()
    page = opened("many")
    load = time.perf_counter() - start
    choose = "(s => { s.value = 'south'; s.dispatchEvent(new Event('change', {bubbles: true})) })"
    provider = page.evaluate(LATENCY, f"{choose}(document.getElementById('by-provider'))")
    assert page.inner_text("#shown") == "800 of 2000 findings shown"
    page.evaluate(LATENCY, "document.getElementById('clear').click()")
    search = page.evaluate(
        LATENCY,
        "document.getElementById('search').value = 'package 1234';document.getElementById('filters').requestSubmit()",
    )
    assert page.inner_text("#shown") == "2 of 2000 findings shown"
    print(f"load {load:.2f} s, filter {provider:.0f} ms, first search {search:.0f} ms")
    # Generous: a shared machine; by hand about 1.5 s, 60 ms and 90 ms.
    assert load < 15
    assert provider < 1_000
    assert search < 1_500


def test_a_redacted_report_shows_no_code(browser, tmp_path):
    report = dataclasses.replace(sample.rich(), sources={})
    target = tmp_path / "redacted.html"
    target.write_text(html.render(report), encoding="utf-8")
    page = browser.new_page()
    page.goto(target.as_uri())
    assert page.locator("figure").count() == 0
    page.close()
