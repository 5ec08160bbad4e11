from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.sample import CLEAN, OPEN, ORDINARY, ORDINARY_JUDGED, REPORT, WAIVED
from tosguard.policy.judgement import Verdict
from tosguard.report import concise, text
from tosguard.report.ansi import Painter
from tosguard.report.escape import columns, visible
from tosguard.report.frame import code_frame
from tosguard.report.options import RenderOptions
from tosguard.report.wrap import wrapped
from tosguard.usage.model import Location

PLAIN = Painter(False)


def frame(source: str, *span: int, width: int = 80) -> list[str]:
    return code_frame(source, Location("a.py", *span), width=width, paint=PLAIN, style="error")


def test_the_headline_is_place_rule_severity_message() -> None:
    first = text.render(REPORT).splitlines()[0]
    assert first.startswith("src/answers.py:7:13: openai/training-on-output error output of gpt-4o")


def test_accepted_findings_are_shown_only_on_request() -> None:
    assert "anthropic" not in text.render(REPORT)
    shown = text.render(REPORT, RenderOptions(show_suppressed=True))
    assert "(waived by R. Counsel until 2026-12-31: internal study [LEGAL-12] (tosguard-waivers.yaml:4))" in shown


def test_quiet_and_clean_says_nothing() -> None:
    assert text.render(CLEAN, RenderOptions(quiet=True)) == ""
    assert concise.render(CLEAN, RenderOptions(quiet=True)) == ""
    assert text.render(CLEAN) == "tosguard: no open findings\n"


def test_an_audit_says_why_terms_were_not_applied() -> None:
    why = "the code does not show which provider is called"
    usage = replace(ORDINARY, providers=("unknown",), models=())
    judged = replace(ORDINARY_JUDGED, provider="unknown", verdict=Verdict.UNKNOWN, message=why)
    report = replace(REPORT, usages=(usage,), judgements=(judged,), findings=())
    shown = text.render(report, RenderOptions(command="audit", width=200))
    assert f"ordinary-use ({usage.confidence.value}), provider unknown [{why}]\n" in shown


def test_color_only_adds_codes() -> None:
    painted = text.render(REPORT, RenderOptions(color=True))
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == text.render(REPORT)
    assert "\x1b" not in text.render(REPORT)


def test_statistics_count_what_is_shown() -> None:
    report = replace(REPORT, findings=(OPEN, OPEN, WAIVED))
    lines = text.render(report, RenderOptions(statistics=True)).splitlines()
    assert "2  error    openai/training-on-output" in lines
    assert not any("anthropic/bulk-evaluation" in line for line in lines)


@pytest.mark.parametrize("command", ["check", "audit"])
@pytest.mark.parametrize("width", [50, 72, 120])
def test_prose_keeps_to_the_width(command: str, width: int) -> None:
    rendered = text.render(REPORT, RenderOptions(command=command, width=width))
    for line in rendered.splitlines():
        if (
            line.startswith(("  = ", "    "))
            and "https://" not in line
            and ". " not in line[:12]
            and "  the terms " not in line
        ):
            assert columns(line) <= width


def test_the_audit_begins_with_the_summary_and_counts_every_use() -> None:
    rendered = text.render(REPORT, RenderOptions(command="audit"))
    order = [
        "findings: 1 open finding (1 error); 1 waived",
        "openai: 1 finding",
        "Uses without a finding",
        "src/chat.py:3:5: ordinary-use (high), mistral [mistral: silent]",
        "Providers and models",
        "Accepted findings",
        "src/broken.py:9: not analysed",
    ]
    positions = [rendered.index(part) for part in order]
    assert positions == sorted(positions)


def test_a_span_of_one_line_is_underlined() -> None:
    assert frame("a = 1\nb = call(x)\nc = 3\n", 2, 5, 2, 12) == [
        "  |",
        "1 | a = 1",
        "2 | b = call(x)",
        "  |     ^^^^^^^",
        "3 | c = 3",
    ]


def test_wide_characters_and_tabs_shift_the_underline() -> None:
    assert frame("\t名 = call()", 1, 6, 1, 12)[1:] == ["1 |     名 = call()", "  |          ^^^^^^"]


def test_a_long_line_is_cut_around_the_span() -> None:
    source = "x = [" + "0, " * 100 + "call(), " + "1, " * 100 + "]"
    column = source.index("call") + 1
    _, line, underline = frame(source, 1, column, 1, column + 6, width=60)
    assert columns(line) <= 60
    begin = underline.index("^")
    assert line[begin : begin + 6] == "call()"


def test_a_long_span_shows_its_beginning() -> None:
    lines = frame("call(\n" + "    1,\n" * 20 + ")\n", 1, 1, 22, 2)
    assert lines[-1] == "  | … 18 more lines"


@pytest.mark.parametrize("line", [0, 3, 99])
def test_a_place_outside_the_source_has_no_frame(line: int) -> None:
    assert frame("a\nb", line, 1, line, 2) == []


@given(st.text(), st.integers(1, 5), st.integers(1, 30), st.integers(0, 3), st.integers(1, 30), st.integers(1, 60))
def test_any_source_and_span_give_a_frame_of_visible_text(
    source: str, line: int, column: int, more: int, end: int, width: int
) -> None:
    for shown in frame(source, line, column, line + more, end, width=width):
        assert visible(shown) == shown
        assert columns(shown) <= max(width, 30)


@given(st.text())
def test_visible_text_is_one_line_that_hides_nothing(value: str) -> None:
    shown = visible(value)
    assert visible(shown) == shown
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


@given(st.lists(st.text(alphabet="ab名", min_size=1, max_size=12)), st.integers(10, 40))
def test_wrapping_loses_no_word_and_keeps_the_width(words: list[str], width: int) -> None:
    lines = wrapped(" ".join(words), width, first="* ", rest="  ")
    assert " ".join(line[2:] for line in lines).split() == words
    assert all(columns(line) <= width or len(line.split()) <= 2 for line in lines)
