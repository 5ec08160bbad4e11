"""Each pattern is met by the shape it is named for, and not by its nearest neighbour."""

from __future__ import annotations

import pytest

from tests.usage.building import Project, at, catalogue, over_rows, record, rows, text
from tosguard.catalog.model import Entry
from tosguard.flow.facts import Flow, FunctionFact, Hop, Loop, ModuleFact, Place, Span, Template, Value
from tosguard.usage.classify import classify
from tosguard.usage.model import Usage

CHAT = "openai.OpenAI().chat.completions.create"
CLAUDE = "anthropic.Anthropic().messages.create"
EMBED = "openai.OpenAI().embeddings.create"
DUMP = "json.dump"
TRAIN = "transformers.Trainer().train"
TUNE = "openai.OpenAI().fine_tuning.jobs.create"

#: In how many functions an answer ends, where it is scored, and whether that counts.
WHERE_SCORED = [
    (3, at("marks.py", 3, "mark"), True),
    (120, at("marks.py", 3, "mark"), False),
    (120, at("ask.py", 8, "ask"), True),
]


def usages(project: Project) -> tuple[Usage, ...]:
    return classify(project.solution(), catalogue())


def patterns(project: Project) -> list[str]:
    return [u.pattern for u in usages(project)]


def dumped(project: Project, origin: int, path: str, line: int, shape: Value, target: str = "out.json") -> int:
    sink = project.call(DUMP, at(path, line), arguments={"data": rows(shape), "path": text(target)})
    project.reaches(origin, sink, keys=("*",))
    return sink


def test_output_that_reaches_a_trainer_is_training() -> None:
    project = Project()
    origin = project.asked(CHAT, at("gen.py", 5), arguments={"model": text("gpt-4o")})
    project.reaches(origin, project.call(TRAIN, at("train.py", 9), callers=(at("gen.py", 7),)))
    (usage,) = usages(project)
    assert (usage.pattern, usage.confidence.value, usage.providers, usage.models) == (
        "training-on-output",
        "high",
        ("openai",),
        ("gpt-4o",),
    )
    assert [(s.role, s.path, s.line) for s in usage.trace] == [("source", "gen.py", 5), ("sink", "train.py", 9)]
    assert usage.attribute("trained") and usage.attribute("vendors") == ("openai",)


def test_instruction_records_without_a_consumer_need_a_training_word() -> None:
    shape = record(instruction=Value(), output=Value(origins=(0,)))
    silent, said = Project(), Project()
    for project, path in ((silent, "make.py"), (said, "make_sft.py")):
        dumped(project, project.asked(CHAT, at(path, 5)), path, 9, shape)
    assert patterns(silent) == ["ordinary-use"]
    (usage,) = usages(said)
    assert (usage.pattern, usage.confidence.value) == ("training-on-output", "medium")


def test_a_helper_is_a_step_and_the_script_the_location() -> None:
    project = Project()
    for path in ("a.py", "b.py"):
        call = project.call(CHAT, at("helper.py", 3, "ask"))
        project.reaches(project.born(call, at(path, 7)), project.call(TRAIN, at(path, 9)))
    found = usages(project)
    assert [u.location.path for u in found] == ["a.py", "b.py"]
    assert all(("source", "helper.py", 3) in [(s.role, s.path, s.line) for s in u.trace] for u in found)
    assert len({u.id for u in found}) == 2


def test_tuning_the_same_vendors_model_is_its_own_pattern() -> None:
    project = Project()
    origin = project.asked(CHAT, at("gen.py", 5))
    project.reaches(origin, project.call(TUNE, at("gen.py", 9)))
    assert patterns(project) == ["same-provider-tuning"]


def test_tuning_another_vendors_model_is_training() -> None:
    project = Project()
    origin = project.asked(CLAUDE, at("gen.py", 5))
    project.reaches(origin, project.call(TUNE, at("gen.py", 9)))
    assert patterns(project) == ["training-on-output"]


def test_tuning_on_ones_own_data_is_ordinary() -> None:
    project = Project()
    origin = project.asked("pandas.read_csv", at("tune.py", 2), arguments={"path": text("mine.csv")})
    project.reaches(origin, project.call(TUNE, at("tune.py", 9)))
    (usage,) = usages(project)
    assert usage.pattern == "ordinary-use"
    assert "tuning-call" in {e.kind for e in usage.evidence}


def test_a_trainer_that_no_function_has_in_common_with_the_call_learns_something_else() -> None:
    project = Project()
    project.reaches(project.asked(CHAT, at("chat.py", 5)), project.call(TRAIN, at("train.py", 9)))
    assert patterns(project) == ["ordinary-use"]


def test_a_choice_made_by_the_model_is_curation() -> None:
    project = Project()
    origin = project.asked(CHAT, at("pick.py", 5))
    project.reaches(origin, project.call(TRAIN, at("train.py", 9), callers=(at("pick.py", 7),)), derived=True)
    (usage,) = usages(project)
    assert (usage.pattern, usage.confidence.value) == ("training-on-output", "low")
    assert usage.attribute("curation") == ("yes",)


def test_embeddings_are_ordinary_unless_something_is_fitted_on_them() -> None:
    ordinary, fitted = Project(), Project()
    ordinary.asked(EMBED, at("embed.py", 5))
    origin = fitted.asked(EMBED, at("embed.py", 5))
    fitted.reaches(origin, fitted.call("sklearn.ensemble.RandomForestClassifier().fit", at("embed.py", 9)))
    assert patterns(ordinary) == ["ordinary-use"]
    (usage,) = usages(fitted)
    assert (usage.pattern, usage.confidence.value) == ("training-on-output", "medium")


def evaluated(loop: Loop, project: Project, path: str = "run.py") -> Project:
    origin = project.asked(CHAT, at(path, 5), loops=(loop,))
    project.reaches(origin, project.call("sklearn.metrics.accuracy_score", at(path, 9)), "predictions")
    return project


def test_answers_over_rows_that_reach_a_metric_are_an_evaluation() -> None:
    project = Project()
    data = project.asked("pandas.read_csv", at("run.py", 1))
    (usage, *_) = usages(evaluated(over_rows(at("run.py", 4), data), project))
    assert (usage.pattern, usage.confidence.value) == ("bulk-evaluation", "high")
    assert "loop" in [s.role for s in usage.trace]


def test_a_handful_is_no_bulk() -> None:
    few = Loop("for", at("evaluate.py", 4), Value(), count=4)
    (usage,) = usages(evaluated(few, Project(), "evaluate.py"))
    assert (usage.pattern, usage.confidence.value) == ("bulk-evaluation", "low")


def test_a_handful_of_speech_is_nothing_that_may_be_right() -> None:
    project = Project()
    few = Loop("for", at("evaluate.py", 4), Value(), count=4)
    spoken = project.asked("openai.OpenAI().audio.speech.create", at("evaluate.py", 5), loops=(few,))
    project.reaches(spoken, project.call("sklearn.metrics.accuracy_score", at("evaluate.py", 9)), "predictions")
    assert patterns(project) == ["ordinary-use"]


def test_a_loop_over_rows_without_score_or_training_is_generation() -> None:
    project = Project()
    data = project.asked("pandas.read_csv", at("run.py", 1))
    origin = project.asked(CHAT, at("run.py", 5), loops=(over_rows(at("run.py", 4), data),))
    dumped(project, origin, "run.py", 9, record(summary=Value(origins=(origin,))))
    assert patterns(project) == ["bulk-generation"]


def test_the_pieces_of_one_document_are_no_bulk() -> None:
    project = Project()
    data = project.asked("builtins.open().read", at("run.py", 1), arguments={"path": text("book.tex")})
    project.asked(CHAT, at("run.py", 5), loops=(over_rows(at("run.py", 4), data),))
    assert patterns(project) == ["ordinary-use"]


def test_vendors_in_one_loop_whose_scores_meet_are_compared() -> None:
    project = Project()
    data = project.asked("pandas.read_csv", at("run.py", 1))
    loop = over_rows(at("run.py", 4), data)
    first = project.asked(CHAT, at("run.py", 5), loops=(loop,))
    second = project.asked(CLAUDE, at("run.py", 6), loops=(loop,))
    sink = dumped(project, first, "run.py", 9, record(a=Value(origins=(first,)), b=Value(origins=(second,))))
    project.reaches(second, sink)
    (usage,) = usages(project)
    assert (usage.pattern, usage.confidence.value) == ("competitor-benchmarking", "high")
    assert usage.providers == ("anthropic", "openai")
    assert usage.attribute("compared") == ("anthropic", "openai")


def test_two_models_of_one_vendor_are_no_comparison_of_competitors() -> None:
    project = Project()
    data = project.asked("pandas.read_csv", at("run.py", 1))
    loop = over_rows(at("run.py", 4), data)
    for line, model in ((5, "gpt-4o"), (6, "gpt-4o-mini")):
        origin = project.asked(CHAT, at("run.py", line), loops=(loop,), arguments={"model": text(model)})
        project.reaches(origin, project.call("sklearn.metrics.accuracy_score", at("run.py", 9)), "predictions")
    assert patterns(project) == ["bulk-evaluation"]


def test_a_verdict_on_another_models_output_is_a_judgement() -> None:
    project = Project()
    answer = project.asked(CLAUDE, at("run.py", 3))
    prompt = record(role=text("user"), content=text("You are an impartial judge. Rate the following answer."))
    judge = project.call(CHAT, at("run.py", 6, "judge_answer"), arguments={"input": rows(prompt)})
    verdict = project.born(judge)
    project.reaches(answer, judge, "input")
    dumped(project, verdict, "run.py", 9, record(score=Value(origins=(verdict,))))
    assert "llm-as-judge" in patterns(project)


def test_a_known_data_set_that_reaches_a_trainer_is_training() -> None:
    project = Project()
    data = project.asked("datasets.load_dataset", at("ft.py", 3), arguments={"id": text("tatsu-lab/alpaca")})
    project.reaches(data, project.call(TRAIN, at("ft.py", 9)))
    (usage,) = usages(project)
    assert (usage.pattern, usage.confidence.value, usage.providers) == ("training-on-output", "high", ("openai",))
    assert usage.attribute("datasets") == ("alpaca",)


def test_platform_content_in_training_records_is_platform_training() -> None:
    project = Project()
    posts = project.asked(
        "praw.Reddit().subreddit().top", at("get.py", 3), arguments={"limit": Value(constants=(500,))}
    )
    dumped(project, posts, "get.py", 9, record(prompt=Value(origins=(posts,)), completion=Value(origins=(posts,))))
    (usage,) = usages(project)
    assert (usage.pattern, usage.providers) == ("platform-data-training", ("reddit",))


def test_platform_content_sent_to_a_model_in_bulk() -> None:
    project = Project()
    posts = project.asked(
        "praw.Reddit().subreddit().top", at("get.py", 3), arguments={"limit": Value(constants=(500,))}
    )
    project.reaches(posts, project.call(CHAT, at("get.py", 9)), "input")
    assert "platform-data-to-llm" in patterns(project)


def test_ids_do_not_move_with_lines() -> None:
    def one(line: int) -> Usage:
        project = Project()
        project.asked(CHAT, at("app.py", line, "reply"))
        return usages(project)[0]

    assert one(5).id == one(50).id
    assert one(5).location != one(50).location


def test_the_runner_up_says_what_was_missing() -> None:
    project = Project()
    data = project.asked("pandas.read_csv", at("run.py", 1))
    project.asked(CHAT, at("run.py", 5), loops=(over_rows(at("run.py", 4), data),))
    (usage,) = usages(project)
    assert usage.pattern == "bulk-generation"
    assert usage.runner_up.startswith("bulk-evaluation: nothing shows that")


def test_ids_tell_routes_and_functions_apart() -> None:
    project = Project()
    project.asked(CHAT, at("app.py", 3, "reply"))
    project.asked(CLAUDE, at("app.py", 9, "reply"))
    project.asked("g4f.ChatCompletion.create", at("app.py", 20, "other"))
    found = usages(project)
    assert len(found) == len({u.id for u in found}) == 3


def test_an_embedding_beside_a_scored_answer_is_a_step_of_it_where_its_route_is_named_elsewhere() -> None:
    def project(*elsewhere: str) -> Project:
        made = Project()
        origin = made.asked(
            CLAUDE,
            at("guide.py", 5),
            loops=(over_rows(at("guide.py", 4), made.asked("pandas.read_csv", at("guide.py", 1))),),
        )
        made.reaches(origin, made.call("sklearn.metrics.accuracy_score", at("guide.py", 9)), argument="predictions")
        made.asked(EMBED, at("guide.py", 20))
        for path in elsewhere:
            made.asked(EMBED, at(path, 3))
        return made

    assert [(u.pattern, u.location.path) for u in usages(project("search.py"))] == [
        ("bulk-evaluation", "guide.py"),
        ("ordinary-use", "search.py"),
    ]
    assert patterns(project()) == ["bulk-evaluation", "ordinary-use"]


def test_a_plain_call_in_a_file_that_a_telling_one_calls_into_is_no_usage_of_its_own() -> None:
    project = Project()
    call = project.call(
        CHAT,
        at("helpers.py", 3, "ask"),
        loops=(over_rows(at("run.py", 4), project.asked("pandas.read_csv", at("run.py", 1))),),
    )
    origin = project.born(call, at("run.py", 5))
    project.reaches(origin, project.call("sklearn.metrics.accuracy_score", at("run.py", 9)), argument="predictions")
    project.asked(CHAT, at("helpers.py", 30, "ask_again"))
    project.asked(CHAT, at("chat.py", 30))
    assert [(u.pattern, u.location.path) for u in usages(project)] == [
        ("ordinary-use", "chat.py"),
        ("bulk-evaluation", "run.py"),
    ]


def test_a_model_on_an_own_server_is_no_use_of_a_provider() -> None:
    project = Project()
    client = project.call("openai.OpenAI", at("local.py", 1), arguments={"base_url": text("http://localhost:8000/v1")})
    project.asked(CHAT, at("local.py", 3), receiver=client)
    project.asked(CHAT, at("hosted.py", 3))
    assert [(u.pattern, u.providers) for u in usages(project)] == [("ordinary-use", ("openai",))]


def test_a_few_rounds_over_rows_are_no_handful() -> None:
    project = Project()
    few = Loop("for", at("run.py", 3), text("gpt-4o"), 3)
    loops = (over_rows(at("run.py", 4), project.asked("pandas.read_csv", at("run.py", 1))), few)
    origin = project.asked(CHAT, at("run.py", 5), loops=loops)
    project.reaches(origin, project.call("sklearn.metrics.accuracy_score", at("run.py", 9)), argument="predictions")
    assert patterns(project) == ["bulk-evaluation"]


def test_what_one_caller_asks_over_rows_another_may_try_a_few_times() -> None:
    few = Loop("for", at("run.py", 3), Value(), 3)
    project = Project()
    rows_of = over_rows(at("run.py", 4), project.asked("pandas.read_csv", at("run.py", 1)))
    for loops in ((few,), (rows_of,)):
        origin = project.asked(CHAT, at("run.py", 5), loops=loops)
        project.reaches(origin, project.call("sklearn.metrics.accuracy_score", at("run.py", 9)), "predictions")
    assert patterns(project) == ["bulk-evaluation"]


def test_a_model_whose_answers_are_graded_is_not_the_judge() -> None:
    project = Project()
    answer = project.asked(CHAT, at("judge_answers.py", 5), loops=(over_rows(at("judge_answers.py", 4)),))
    project.reaches(answer, project.call("builtins.print", at("judge_answers.py", 6)))
    asked = {"input": text("Grade the answer from 1 to 10.")}
    answers = (over_rows(at("judge_answers.py", 8)),)
    grade = project.call(CHAT, at("judge_answers.py", 9), arguments=asked, loops=answers)
    project.reaches(answer, grade, argument="input")
    project.reaches(project.born(grade), project.call("builtins.print", at("judge_answers.py", 10)))
    found = {u.location.line: u.pattern for u in usages(project)}
    assert found == {5: "bulk-evaluation", 9: "llm-as-judge"}


JUDGED = "Rate the answer on a scale of 1 to 10. Answer: "


def _judge(prompt: Value, scope: str, *loops: Loop, file: str = "flow.py") -> list[str]:
    project = Project()
    place = at(file, 9, scope)
    verdict = project.asked(CHAT, place, arguments={"input": rows(record(content=prompt))}, loops=loops)
    project.asked(CHAT, at(file, 3, "reply"))
    project.reaches(verdict, project.call("builtins.print", at(file, 11, scope)))
    project.module(file, "evaluate", "judge")
    return [u.pattern for u in usages(project)]


def test_a_prompt_that_shows_nothing_judges_nothing() -> None:
    shown = Value(templates=(Template((JUDGED, None)),))
    told = text(JUDGED + "Paris is the capital of France.")
    assert _judge(told, "ask", file="evaluate.py") == ["ordinary-use"]
    assert _judge(shown, "ask", file="evaluate.py") == ["llm-as-judge"]


def test_one_look_at_an_own_answer_judges_nothing_unless_many_are_looked_at() -> None:
    shown = Value(templates=(Template((JUDGED, None)),))
    assert _judge(shown, "judge_answer") == ["ordinary-use"]
    assert "llm-as-judge" in _judge(shown, "judge_answer", over_rows(at("flow.py", 8)))


def test_a_mention_of_a_verdict_asks_for_none_of_what_is_shown() -> None:
    shown = "Leaving this out is equivalent to guessing. What was said before: "
    mentioned = Value(templates=(Template((shown, None)),))
    assert "llm-as-judge" not in _judge(mentioned, "ask", over_rows(at("flow.py", 8)))


def test_a_verdict_on_peoples_work_measures_no_model() -> None:
    shown = Value(templates=(Template((JUDGED, None)),))
    work = Value(templates=(Template(("Grade the student's essay. " + JUDGED, None)),))
    assert "llm-as-judge" in _judge(shown, "judge_answer", over_rows(at("flow.py", 8)))
    assert "llm-as-judge" not in _judge(work, "judge_answer", over_rows(at("flow.py", 8)))
    assert "llm-as-judge" not in _judge(shown, "judge_resume", over_rows(at("flow.py", 8)))


def test_a_guardrail_of_one_reply_is_no_judge_but_one_that_is_tried_on_rows_is() -> None:
    shown = Value(templates=(Template((JUDGED, None)),))
    assert _judge(shown, "topic_guardrail") == ["ordinary-use"]
    assert "llm-as-judge" in _judge(shown, "topic_guardrail", over_rows(at("flow.py", 8)))


def test_the_steps_of_one_plan_are_no_rows() -> None:
    project = Project()
    plan = project.asked(CHAT, at("plan.py", 3))
    project.asked(CHAT, at("plan.py", 9), loops=(over_rows(at("plan.py", 8), plan),))
    assert patterns(project) == ["ordinary-use"]
    listed = Project()
    many = listed.asked(CHAT, at("rows.py", 3), loops=(over_rows(at("rows.py", 2)),))
    listed.asked(CHAT, at("rows.py", 9), loops=(over_rows(at("rows.py", 8), many),))
    assert "bulk-generation" in patterns(listed)


@pytest.mark.parametrize(
    ("after", "scored"),
    [
        pytest.param((), False, id="the comparison only lets the record through"),
        pytest.param(("stored under 'score'",), True, id="its result is put into the record"),
    ],
)
def test_a_field_of_a_record_is_a_score_where_the_result_of_a_comparison_is_put_there(
    after: tuple[str, ...], scored: bool
) -> None:
    project = Project()
    origin = project.asked(CHAT, at("label.py", 5))
    kept = project.call(
        "builtins.open().write", at("label.py", 9), arguments={"data": record(name=Value(), score=Value())}
    )
    hops = (
        Hop(at("label.py", 5), "born", "the output"),
        Hop(at("label.py", 7), "compared", "compared with what was read"),
        *(Hop(at("label.py", 8), "stored", told) for told in after),
        Hop(at("label.py", 9), "consumed", "given to builtins.open().write as data"),
    )
    project.flows.append(Flow(origin, kept, "data", hops, derived=True))
    (usage,) = usages(project)
    assert ("score-kept" in {e.kind for e in usage.evidence}) is scored


@pytest.mark.parametrize(("files", "compared"), [(3, True), (40, False)])
def test_comparisons_all_over_a_program_are_no_scores(files: int, compared: bool) -> None:
    project = Project()
    read = project.born(project.call("json.load", at("data.py", 1)))
    origin = project.asked(CHAT, at("ask.py", 5))
    for number in range(files):
        sides = {"predictions": Value(origins=(origin,)), "references": Value(origins=(read,))}
        entry = Entry("operator.eq", "metric", "operators", "library", tags=("comparison",))
        place = at(f"part_{number}.py", 9, "check")
        sink = project.call("operator.eq", place, entry=entry, arguments=sides, callers=(at("ask.py", 7),))
        project.reaches(origin, sink, "predictions")
    (usage,) = usages(project)
    assert ("compared" in {e.kind for e in usage.evidence}) is compared


@pytest.mark.parametrize(("callers", "compared"), [((at("ask.py", 7),), True), ((at("other.py", 3),), False)])
def test_a_comparison_that_no_function_has_in_common_with_the_call_scores_nothing(
    callers: tuple[Place, ...], compared: bool
) -> None:
    project = Project()
    read = project.born(project.call("json.load", at("data.py", 1)))
    origin = project.asked(CHAT, at("ask.py", 5))
    sides = {"predictions": Value(origins=(origin,)), "references": Value(origins=(read,))}
    entry = Entry("operator.eq", "metric", "operators", "library", tags=("comparison",))
    sink = project.call("operator.eq", at("store/part.py", 9, "check"), entry=entry, arguments=sides, callers=callers)
    project.reaches(origin, sink, "predictions")
    (usage,) = usages(project)
    assert ("compared" in {e.kind for e in usage.evidence}) is compared


@pytest.mark.parametrize(("texts", "scored"), [(3, True), (90, False)])
def test_what_a_whole_program_writes_says_nothing_of_one_answer(texts: int, scored: bool) -> None:
    project = Project()
    origin = project.asked(CHAT, at("label.py", 5))
    said = Value(constants=("accuracy: {}", *(f"text {number}" for number in range(texts))))
    kept = project.call("logging.getLogger().info", at("label.py", 9), arguments={"data": said})
    project.reaches(origin, kept, "data", derived=True)
    (usage,) = usages(project)
    assert ("score-kept" in {e.kind for e in usage.evidence}) is scored


@pytest.mark.parametrize(("functions", "place", "scored"), WHERE_SCORED)
def test_what_many_functions_work_with_is_told_by_its_own_one(functions: int, place: Place, scored: bool) -> None:
    project = Project()
    origin = project.asked(CHAT, at("ask.py", 5, "ask"))
    for number in range(functions):
        project.reaches(origin, project.call(DUMP, at("part.py", number, f"keep_{number}")))
    project.reaches(origin, project.call("sklearn.metrics.accuracy_score", place), "predictions")
    (usage,) = usages(project)
    assert ("metric" in {e.kind for e in usage.evidence}) is scored


@pytest.mark.parametrize(("others", "judged"), [(3, True), (90, False)])
def test_what_a_whole_program_asks_says_nothing_of_one_call(others: int, judged: bool) -> None:
    project = Project()
    read = project.asked("pandas.read_csv", at("ask.py", 1))
    said = ("Rate the answer on a scale of 1 to 10: {}", *(f"text {number}" for number in range(others)))
    prompts = Value(constants=said, origins=(read,))
    project.asked(CHAT, at("ask.py", 5, "ask"), arguments={"input": prompts})
    (usage,) = usages(project)
    assert ("judge-prompt" in {e.kind for e in usage.evidence}) is judged


@pytest.mark.parametrize("apart", [False, True], ids=["one after the other", "in the arms of a branch"])
def test_a_helper_that_is_run_for_either_maker_compares_where_both_runs_are_made(apart: bool) -> None:
    project = Project()
    data = project.asked("pandas.read_csv", at("run.py", 1))
    loop = over_rows(at("helper.py", 4, "run"), data)
    ways = tuple((at("run.py", line), at("helper.py", 5, "run")) for line in (3, 5))
    first = project.asked(CHAT, at("makers.py", 5, "One.ask"), loops=(loop,), callers=ways[0])
    second = project.asked(CLAUDE, at("makers.py", 9, "Other.ask"), loops=(loop,), callers=ways[1])
    sink = dumped(project, first, "run.py", 9, record(a=Value(origins=(first,)), b=Value(origins=(second,))))
    project.reaches(second, sink)
    arms = tuple(Span((0, line, 1), (0, line, 99)) for line in (3, 5))
    project.modules.append(ModuleFact("run", "run.py", (), alternatives=(arms,) if apart else ()))
    assert ("competitor-benchmarking" in patterns(project)) is not apart


@pytest.mark.parametrize(
    ("pool", "handler", "rotated"),
    [("keys", "pool.py", True), ("keys", "ask.py", False), ("api_keys", "ask.py", True)],
)
def test_what_is_only_called_keys_is_a_pool_where_its_own_file_meets_a_limit(
    pool: str, handler: str, rotated: bool
) -> None:
    project = Project()
    project.asked(CHAT, at("ask.py", 5, "ask"), callers=(at("pool.py", 9, "run"),))
    project.functions.append(FunctionFact("pool.run", at("pool.py", 1, "run"), ("ask.ask",)))
    drawn = {"pool.py": ((pool, "pool.run", False, 4),)}
    for path in ("ask.py", "pool.py"):
        caught = (("RateLimitError", 6),) if path == handler else ()
        project.modules.append(ModuleFact(path[:-3], path, (), draws=drawn.get(path, ()), caught=caught))
    assert ("rate-limit-evasion" in patterns(project)) is rotated


@pytest.mark.parametrize(
    ("drawing", "drawn", "pooled"),
    [("random_account_key", "Account", True), ("next_speaker", "Speaker", False), ("next_speaker", "", True)],
)
def test_an_object_that_is_drawn_is_a_credential_where_a_name_says_so(drawing: str, drawn: str, pooled: bool) -> None:
    project = Project()
    pool = rows(Value(symbols=(f"project:talk.{drawn}()",) if drawn else ()))
    pick = project.born(project.call("random.choice", at("talk.py", 3, drawing), arguments={"data": pool}))
    client = project.call("openai.OpenAI", at("talk.py", 9), arguments={"key": Value(origins=(pick,))})
    project.asked(CHAT, at("talk.py", 10), receiver=client)
    assert ("rate-limit-evasion" in patterns(project)) is pooled


@pytest.mark.parametrize(("scope", "pattern"), [("describe", "bulk-generation"), ("rerank_results", "ordinary-use")])
def test_a_reranker_over_rows_is_no_bulk(scope: str, pattern: str) -> None:
    project = Project()
    read = project.born(project.call("json.load", at("rows.py", 1)))
    loops = (over_rows(at("ask.py", 4, scope), read),)
    origin = project.asked(CHAT, at("ask.py", 5, scope), loops=loops)
    project.reaches(origin, project.call(DUMP, at("ask.py", 9)))
    (usage,) = usages(project)
    assert usage.pattern == pattern


@pytest.mark.parametrize(
    ("path", "library", "measured"),
    [("rating_test.py", "unittest.mock", False), ("rating_test.py", "json", True), ("run.py", "unittest.mock", True)],
    ids=["with stand-ins", "without", "no test"],
)
def test_a_test_with_stand_ins_measures_no_model_wherever_the_call_is(path: str, library: str, measured: bool) -> None:
    project = Project()
    here = at(path, 9, "RatingTest.test_rating")
    data = project.asked("pandas.read_csv", at(path, 4))
    call = project.call(CHAT, at("rating.py", 5, "rate"), loops=(over_rows(at(path, 8), data),))
    origin = project.born(call, here)
    project.reaches(
        origin, project.call("sklearn.metrics.accuracy_score", at(path, 10, "RatingTest.test_rating")), "predictions"
    )
    project.modules.append(ModuleFact(path.removesuffix(".py"), path, (library,)))
    assert ("bulk-evaluation" in patterns(project)) == measured
