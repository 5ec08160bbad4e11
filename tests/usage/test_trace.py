"""A trace in words that a reader outside the project understands, in an order that tells one story."""

from __future__ import annotations

from tests.usage.building import Project, at, over_rows, record, rows, text
from tests.usage.test_classify import CHAT, CLAUDE, DUMP, dumped, usages
from tosguard.flow.facts import Flow, Hop, Loop, Value


def told(project: Project) -> list[str]:
    (usage,) = usages(project)
    return [f"{s.role} {s.path}:{s.line} {s.message}" for s in usage.trace]


def test_records_are_called_what_they_are_and_by_their_fields() -> None:
    project = Project()
    origin = project.asked(CHAT, at("make_sft.py", 5), arguments={"model": text("gpt-4o")})
    shape = record(instruction=Value(), input=Value(), output=Value(origins=(0,)), topic=Value())
    dumped(project, origin, "make_sft.py", 9, shape)
    assert told(project) == [
        "source make_sft.py:5 output of gpt-4o",
        "sink make_sft.py:9 written as instruction records (fields input, instruction, output)",
    ]


def test_a_plain_step_on_the_line_of_a_sink_is_left_out() -> None:
    project = Project()
    origin = project.asked(CHAT, at("make_sft.py", 5), arguments={"model": text("gpt-4o")})
    sink = project.call(
        DUMP,
        at("make_sft.py", 9),
        arguments={"data": rows(record(instruction=Value(), output=Value(origins=(0,)))), "path": text("a.json")},
    )
    hops = (
        Hop(at("make_sft.py", 7), "stored", "stored under 'output'"),
        Hop(at("make_sft.py", 9), "written", "written to disk"),
    )
    project.flows.append(Flow(origin, sink, "data", hops, ("*",)))
    assert [line.split(" ", 2)[:2] for line in told(project)] == [
        ["source", "make_sft.py:5"],
        ["flow", "make_sft.py:7"],
        ["sink", "make_sft.py:9"],
    ]


def test_words_are_quoted() -> None:
    project = Project()
    dumped(
        project,
        project.asked(CHAT, at("pairs.py", 5, "build_sft_pairs")),
        "pairs.py",
        9,
        record(instruction=Value(), output=Value(origins=(0,))),
    )
    (usage,) = usages(project)
    said = [e.message for e in usage.evidence if e.kind == "training-words"]
    assert said == ["the file or function is named for training ('build_sft_pairs')"]


def test_calls_that_end_in_one_comparison_each_begin_with_their_own_model() -> None:
    project = Project()
    post, dispatch = at("models.py", 3, "post"), at("bench.py", 5, "main")
    loop: Loop = over_rows(at("bench.py", 4, "main"))
    for symbol, model, line in ((CHAT, "gpt-4o", 9), (CLAUDE, "claude-3-opus", 19)):
        call = project.call(symbol, post, arguments={"model": text(model)}, loops=(loop,))
        origin = project.born(call, at("models.py", line, "ask"), dispatch)
        sink = project.call(
            DUMP, at("bench.py", 8, "main"), arguments={"data": Value(origins=(origin,)), "path": text("o.json")}
        )
        project.reaches(origin, sink)
    lines = told(project)
    assert lines[:4] == [
        "source models.py:3 output of gpt-4o",
        "via models.py:9 called from ask",
        "source models.py:19 output of claude-3-opus",
        "via bench.py:5 called from main",
    ]
