"""Code frames, the flow picture, the timeline and their inputs."""

from __future__ import annotations

import pytest

from tosguard.policy.judgement import Clause, Judgement, Severity, Verdict
from tosguard.report.code_frame import LINE_WIDTH, frames, points_of
from tosguard.report.flow_picture import MOST_STATIONS, flow_picture
from tosguard.report.terms import TermsTimeline, TermsVersion, timeline_of, year_fraction
from tosguard.report.timeline_picture import timeline_picture
from tosguard.usage.model import Location, Step

SOURCE = "".join(f"line {n}\n" for n in range(1, 41))


def _text(line) -> str:
    return "".join(piece.text for piece in line.pieces)


def test_near_points_share_a_frame_and_far_ones_do_not():
    trace = (Step("source", "a.py", 4, 1, ""), Step("sink", "a.py", 30, 1, ""))
    found = frames(points_of(Location("a.py", 3, 1, 3, 5), trace), {"a.py": SOURCE})
    assert [(f.lines[0].number, f.lines[-1].number) for f in found] == [(1, 6), (28, 32)]
    assert [line.steps for line in found[0].lines] == [(), (), (), (1,), (), ()]


def test_the_span_is_marked():
    (frame,) = frames(points_of(Location("a.py", 3, 2, 3, 5), ()), {"a.py": SOURCE})
    marked = [piece.text for line in frame.lines for piece in line.pieces if piece.marked]
    assert marked == ["ine"]


def test_a_span_over_lines_is_marked_without_indentation():
    (frame,) = frames(points_of(Location("a.py", 1, 1, 2, 4), ()), {"a.py": "call(\n  xy)\n"})
    assert [piece.text for line in frame.lines for piece in line.pieces if piece.marked] == ["call(", "x"]


def test_a_long_line_is_cut_around_the_span_with_counts():
    (frame,) = frames(points_of(Location("a.py", 1, 5001, 1, 5004), ()), {"a.py": "x" * 5000 + "abc" + "y" * 5000})
    (line,) = frame.lines
    assert len(_text(line)) == LINE_WIDTH
    assert line.before + LINE_WIDTH + line.after == 10_003
    assert [piece.text for piece in line.pieces if piece.marked] == ["abc"]


@pytest.mark.parametrize("line", [0, -3, 99])
def test_a_line_outside_the_file_gives_no_frame_or_a_harmless_one(line):
    found = frames(points_of(Location("a.py", line, 1, line, 5), ()), {"a.py": SOURCE})
    assert all(1 <= shown.number <= 41 for frame in found for shown in frame.lines)


def test_cells_of_a_notebook_have_frames_of_their_own():
    trace = (Step("source", "n.ipynb", 1, 1, "", cell=2), Step("sink", "n.ipynb", 1, 1, "", cell=5))
    sources = {"n.ipynb#2": "a", "n.ipynb#5": "b"}
    found = frames(points_of(Location("n.ipynb", 1, 1, 1, 2, cell=2), trace), sources)
    assert [(f.cell, _text(f.lines[0])) for f in found] == [(2, "a"), (5, "b")]


def test_a_picture_has_a_lane_a_file_and_a_dashed_link_where_it_is_inferred():
    picture = flow_picture(
        (Step("source", "a.py", 1, 1, ""), Step("via", "b.py", 2, 1, ""), Step("sink", "b.py", 3, 1, ""))
    )
    assert picture is not None
    assert [lane.label for lane in picture.lanes] == ["a.py", "b.py"]
    assert (picture.followed.count("M"), picture.inferred.count("M")) == (1, 1)
    assert [(stop.number, stop.label) for stop in picture.stations] == [(1, "source"), (2, "via"), (3, "sink")]
    assert all(0 < stop.x < picture.width and 0 < stop.y < picture.height for stop in picture.stations)


def test_what_is_inferred_behind_the_sink_is_drawn_dashed_and_other_evidence_is_not():
    trace = (
        Step("source", "a.py", 1, 1, ""),
        Step("evidence", "a.py", 2, 1, ""),
        Step("sink", "a.py", 3, 1, ""),
        Step("evidence", "train.py", 9, 1, ""),
    )
    known, inferred = flow_picture(trace), flow_picture(trace, inferred=True)
    assert known is not None and inferred is not None
    assert [stop.number for stop in known.stations] == [1, 3]
    assert [(stop.number, stop.label) for stop in inferred.stations] == [(1, "source"), (3, "sink"), (4, "inferred")]
    assert (inferred.followed.count("M"), inferred.inferred.count("M")) == (1, 1)


def test_a_long_trace_shows_both_ends_and_says_what_is_left_out():
    steps = [Step("flow", "a.py", n, 1, "") for n in range(40)]
    picture = flow_picture(steps)
    assert picture is not None
    assert len(picture.stations) == MOST_STATIONS
    assert picture.omitted == 40 - MOST_STATIONS
    assert picture.stations[-1].number == 40


def test_one_step_is_no_flow():
    assert flow_picture((Step("source", "a.py", 1, 1, ""),)) is None


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2024", 2024.0), ("2024-07", 2024.5), ("2024-01-01", 2024.0), ("", None), ("soon", None), ("2024-13", None)],
)
def test_dates_of_packs_become_years(date, expected):
    assert year_fraction(date) == expected


def test_a_timeline_is_derived_from_the_clauses():
    old = Clause("c", "Terms", "2023", "1", "", "", effective="2023", superseded="2025-01-01")
    new = Clause("c", "Terms", "2025-01-01", "1", "", "", effective="2025-01-01")
    judged = [
        Judgement("r", "u", "p", Verdict.SILENT, Severity.NOTE, "", "", "", (), clause) for clause in (new, old, new)
    ]
    timeline = timeline_of(judged, "2026-11-21")
    assert [(v.version, v.in_force) for v in timeline.versions] == [("2023", False), ("2025-01-01", True)]


def test_the_timeline_puts_the_audit_date_inside_the_version_in_force():
    versions = (TermsVersion("p", "Terms", "1", "2023", "2025", False), TermsVersion("p", "Terms", "2", "2025"))
    picture = timeline_picture(TermsTimeline("2026-06", versions), {})
    assert picture is not None
    first, second = picture.bars
    assert first.x + first.width <= second.x
    assert second.x < picture.as_of_x < second.x + second.width


def test_undated_versions_make_no_picture():
    assert timeline_picture(TermsTimeline("2026-06-01", (TermsVersion("p", "Terms", "draft"),)), {}) is None
