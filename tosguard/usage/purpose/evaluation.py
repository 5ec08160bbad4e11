"""Whether a site's answers are scored: metrics, comparisons with references, graders, benchmark tasks, names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import prod

from tosguard.catalog.model import Dataset
from tosguard.flow.facts import CallFact, Flow, Place, Value
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue
from tosguard.usage.limits import HANDFUL, PERVADING_FILES, SHARED_TEXTS
from tosguard.usage.purpose.matching import births_of, compared
from tosguard.usage.purpose.peoples import is_peoples_work
from tosguard.usage.purpose.scale import from_elsewhere
from tosguard.usage.reading.compared import (
    COMPARED,
    COMPARISON,
    is_read_back,
    is_resumed,
    is_spelled_out,
)
from tosguard.usage.reading.context import READING_OFF, RUNNING, Context, sink_value
from tosguard.usage.reading.lexicon import tokens
from tosguard.usage.reading.providers import LONGEST_MODEL_ID
from tosguard.usage.reading.saying import named
from tosguard.usage.reading.together import Way, is_apart, way_of_site
from tosguard.usage.reading.view import record_keys, texts_in
from tosguard.usage.sites.sites import Site

#: Tags of metrics that measure likeness, which search needs as well as scoring.
LIKENESS = frozenset({"similarity", "retrieval"})

#: A topic that this many different names of a file speak of is what the file is about.
OFTEN = 4

#: What the names of a word list speak of.
TOPICS = {"evaluation": "an evaluation", "safety": "safety tests", "comparison": "a comparison of models"}

#: Topics that the name of any function on the way to a call tells.
WAY_TOPICS = frozenset({"evaluation", "safety"})

#: Phrase lists that speak of safety.
SAFETY_PHRASES = frozenset({"attack", "safety-judge"})

#: The list of phrases by which a project is introduced as one of safety tests.
SAFETY_README = "readme-safety"

#: The word list that names the ordering of what was searched.
RANKING = "ranking"

#: The word list that names the making of what models are asked, which asks nobody's model for its own sake.
TASK_MAKING = "task-making"

#: Word lists that name a score.
SCORE_WORDS = frozenset({"evaluation", "scores"})

#: Word lists that name pieces of documents, and errors: what is beside them is no score.
NO_SCORE_WORDS = frozenset({"pieces", "failure"})

#: Tags of metric entries that draw or test but do not score an answer.
NO_SCORE = frozenset({"chart", "test"})

#: The kind of step by which agreements with the data become a number.
COUNTED = "counted"

#: The kinds of steps by which the result of a comparison is put somewhere.
KEPT_HOPS = frozenset({"stored", "formatted", COUNTED})

#: What comparisons of an answer tell.
FROM_COMPARISONS = frozenset({"compared", "score-kept", COUNTED})

#: What is said of a value that comparisons led to and nothing calls a score.
DECIDED = "something decided by the output is kept"

#: What the step says over which stored answers met the data that was stored or read with them.
AGREES = "compared with what was read"

#: Tag of metrics that run what they score.
CODE = "code"

#: The word list of tasks at which a local model sorts into classes.
CLASSIFYING = "classification-tasks"

#: The word list of what evaluation services call the answers that they have kept.
STORED_ANSWERS = "stored-answers"

#: What joins the purposes of a folder in its name.
AND = "and"

#: The tag of loaders that belong to one benchmark.
BENCHMARK_TAG = "benchmark"

#: The tag of calls that look up what an evaluation service did, which may have been asked for elsewhere.
LOOKS_UP = "looks-up"

#: Tags of catalogue entries whose scores are about safety.
SAFETY_TAG = "safety"


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about evaluation and safety at one site."""
    way = way_of_site(site, context)
    yield from _pervading(
        [_told_apart(c, flow, way, context) for flow in context.flows(site) for c in _scored(site, flow, context)]
    )
    for judge in context.fed_by(site):
        if _few_times(judge, context) and not _few_times(site, context):
            continue  # it looks at what a program made of many answers, and grades none of them
        if _grades(judge, site, context):
            yield Clue("graded", "the output is shown to a model that grades it", judge.place, STRONG)
    for call in context.calls(site):
        if runs_evaluation(call, context):
            yield Clue("evaluation-service", "an evaluation service runs and scores the answers", call.place, STRONG)
            if SAFETY_TAG in call.entry.tags:
                yield Clue("safety-scorer", "what it runs are attacks or tests of safety", call.place, STRONG)
        for runner in context.runners_of(call):
            said = "an evaluation service runs the function that asks, and scores it"
            yield Clue("evaluation-service", said, runner.place, STRONG)
    for service in _log_graders(site, context):
        yield Clue("graded", "the provider is told to grade what it has answered", service.place, STRONG)
    yield from _tasks(site, context)
    yield from _words(site, context)


def _log_graders(site: Site, context: Context) -> Iterator[CallFact]:
    """The evaluation services of a site's file that grade what the provider keeps of what it was asked."""
    if site.role != "generate":
        return
    mine = set(context.route(site).providers)
    for call in context.view.by_role.get("judge", ()):
        if call.place.path != site.place.path or not runs_evaluation(call, context):
            continue
        said = texts_in(call.arguments.get("data", Value()), 2)
        if mine & set(context.routes.of(call).providers) and any(
            STORED_ANSWERS in context.lexicon.whole_words(text) for text in said
        ):
            yield call


def _pervading(clues: list[Clue]) -> list[Clue]:
    """The clues of one site. Comparisons that stand all over a program are how it works with what it has stored, and
    nothing tells which of them scores an answer: they say that something is decided."""
    places = {clue.place.path for clue in clues if clue.kind in FROM_COMPARISONS}
    if len(places) <= PERVADING_FILES:
        return clues
    return [
        replace(c, kind="decided", message=DECIDED, strength=WEAK) if c.kind in FROM_COMPARISONS else c for c in clues
    ]


def _told_apart(clue: Clue, flow: Flow, way: Way, context: Context) -> Clue:
    """A clue, less telling where what scores an answer does not belong to what asks for it."""
    if clue.strength != STRONG or not is_apart(flow, way, context):
        return clue
    return replace(clue, kind="decided", message=DECIDED, strength=WEAK)


def _grades(judge: Site, site: Site, context: Context) -> bool:
    """Whether a site is a judge of another: not the other arm of a branch, nor the very call that the other makes
    further in, nor a turn of the same conversation, whose answer comes back."""
    if judge.role != "generate" or judge.place in site.chain or context.view.exclusive(judge.place, site.place):
        return False
    if ranks(judge, context) or is_peoples_work(judge, context):
        return False
    reads_off = READING_OFF in context.phrases(judge)
    if not (reads_off or context.grades(judge) or _evaluates(judge, site, context)):
        return False
    return all(other.place != site.place for other in context.fed_by(judge))


def _few_times(site: Site, context: Context) -> bool:
    """Whether all of a site's calls are seen to be made a handful of times."""
    rounds = (prod(loop.count or HANDFUL for loop in call.loops) for call in context.calls(site))
    return not from_elsewhere(site, context) and all(times < HANDFUL for times in rounds)


def ranks(site: Site, context: Context) -> bool:
    """Whether what a site's model says of documents orders what a search found."""
    scopes = dict.fromkeys(p.scope.rpartition(".")[2] for p in (*site.chain, *site.outward))
    return RANKING in _all_words(scopes, context) and "judge" not in context.words(site)


def _all_words(names: Iterable[str], context: Context) -> frozenset[str]:
    return frozenset().union(*(context.lexicon.words(name) for name in names))


def _evaluates(judge: Site, site: Site, context: Context) -> bool:
    """Whether what is shown an output stands in functions named for an evaluation that the output's own site does not
    stand in: both are else two steps of one answer that is evaluated."""
    own = {p.scope for p in (*site.chain, *site.outward)}
    scopes = dict.fromkeys(p.scope for p in judge.chain if p.scope not in own)
    return any("evaluation" in context.lexicon.words(scope.rpartition(".")[2]) for scope in scopes)


def runs_evaluation(call: CallFact, context: Context) -> bool:
    """Whether a call has an evaluation service run and score answers; one that only defines a model grader does not."""
    tags = set(call.entry.tags)
    runs = call.entry.role == "judge" and bool(RUNNING & tags)
    only_defines = "defines" in tags and bool(grading_model(call, context))
    return runs or ("eval-service" in tags and LOOKS_UP not in tags and not only_defines)


def grading_model(call: CallFact, context: Context) -> str:
    """The model id that grades among the criteria of a call, or ""."""
    for text in texts_in(call.arguments.get("criteria", Value())):
        if (
            len(text) < LONGEST_MODEL_ID
            and not any(c.isspace() for c in text)
            and context.lexicon.model_id(text) is not None
        ):
            return text
    return ""


def _scored(site: Site, flow: Flow, context: Context) -> Iterator[Clue]:
    sink = context.view.call(flow.sink)
    role = sink.entry.role
    if COMPARISON in sink.entry.tags:
        if not flow.inferred or is_read_back(flow):  # what was stored before is only looked for again
            yield from compared(site, flow, sink, context)
    elif role == "metric" and not NO_SCORE & set(sink.entry.tags):
        name = sink.symbol.split(".")[-1].strip("()")
        if LIKENESS & set(sink.entry.tags):
            yield Clue("similarity", f"{name} measures how alike things are", sink.place, WEAK, hops=flow.hops)
            return
        if _is_answer_key(site, flow, sink, context):
            return
        if CODE in sink.entry.tags and not _is_marked(site, sink, context):
            yield Clue("decided", "the output is run as code", sink.place, WEAK, hops=flow.hops)
            return
        said = "run as code with its tests" if CODE in sink.entry.tags else f"scored by {name}"
        yield Clue("metric", f"the output is {said}", sink.place, STRONG, hops=flow.hops)
        if SAFETY_TAG in sink.entry.tags:
            yield Clue("safety-scorer", f"{name} rates how safe the output is", sink.place, STRONG, hops=flow.hops)
    elif role == "judge":
        yield Clue("graded", "the output is graded by an evaluation service", sink.place, STRONG, hops=flow.hops)
    elif role == "local-generate" and _classifies(sink, context) and SCORE_WORDS & context.function_words(site.place):
        yield Clue("graded", "a local classifier rates the output", sink.place, STRONG, hops=flow.hops)
    elif role in ("write", "publish", "log") and flow.derived:
        yield from _score_kept(site, flow, sink, context)


def _is_marked(site: Site, sink: CallFact, context: Context) -> bool:
    """Whether an output is run as code by the file that asked for it, or names around what runs it or on the way to it
    speak of a score or an evaluation: the sandbox of an agent runs what it writes, too."""
    way = (*site.chain, *site.outward)
    if any(p.path == sink.place.path for p in way):
        return True
    scopes = {p.scope.rpartition(".")[2] for p in (*sink.callers, *way)}
    files = {p.path.rsplit("/", 1)[-1] for p in (sink.place, *way)}
    return bool(SCORE_WORDS & (context.function_words(sink.place) | _all_words(scopes | files, context)))


def _is_answer_key(site: Site, flow: Flow, sink: CallFact, context: Context) -> bool:
    """Whether a site's output is what another model's answers are scored against: material of a test, which nobody
    rates."""
    if flow.argument != "references":
        return False
    rated = sink.arguments.get("predictions", Value()).all_origins()
    return not rated & site.all_origins and any(context.site_of_origin.get(o) not in (None, site) for o in rated)


def _classifies(call: CallFact, context: Context) -> bool:
    """Whether a local model sorts into classes what it is shown."""
    tasks = (t for client in context.view.clients(call) for t in texts_in(client.arguments.get("task", Value()), 0))
    return any(CLASSIFYING in context.lexicon.whole_words(task) for task in tasks)


def _score_kept(site: Site, flow: Flow, sink: CallFact, context: Context) -> Iterator[Clue]:
    """A value computed by comparing the output, kept under a name or text that speaks of a score."""
    value = sink_value(sink, flow)
    said = {*flow.keys}
    if _is_kept_result(flow):
        said.update(context.fields_at(site, flow), *context.records_at(flow))
    texts = [t for t in texts_in(value, 3) if len(t) < 400]
    if len(texts) > SHARED_TEXTS:
        texts = []
    if is_resumed(flow, context.view):
        yield Clue("decided", DECIDED, sink.place, WEAK, hops=flow.hops)
    elif any(_says_score(s, context) for s in (*said, *texts)):
        if flow.inferred and any(h.message == AGREES for h in flow.hops):
            told = "answers that were stored are compared with data by another program, and scored"
            yield Clue("scored-later", told, sink.place, MEDIUM, hops=flow.hops)
            return
        strength = MEDIUM if _only_read(site, context) else STRONG
        yield Clue("score-kept", "a score computed from the output is kept", sink.place, strength, hops=flow.hops)
    elif any(h.kind == COUNTED for h in flow.hops):
        said_so = "how often the output agrees with the data is counted"
        yield Clue("counted", said_so, sink.place, STRONG, hops=flow.hops)
        if flow.inferred:
            told = "how often answers that were stored agree with data is counted by another program"
            yield Clue("scored-later", told, sink.place, MEDIUM, hops=flow.hops)
    else:
        yield Clue("decided", DECIDED, sink.place, WEAK, hops=flow.hops)


def _says_score(text: str, context: Context) -> bool:
    """Whether a name or text speaks of a score: not of how alike the pieces are that a search found, nor of what
    failed because of an error."""
    words = context.lexicon.words(text)
    return bool(SCORE_WORDS & words) and not NO_SCORE_WORDS & words


def _is_kept_result(flow: Flow) -> bool:
    """Whether what a comparison gave is put somewhere itself, rather than deciding what becomes of a record."""
    kinds = [h.kind for h in flow.hops]
    last = max((i for i, kind in enumerate(kinds) if kind == COMPARED), default=-1)
    return last < 0 or any(kind in KEPT_HOPS for kind in kinds[last + 1 :])


def _only_read(site: Site, context: Context) -> bool:
    """Whether the output is only ever compared with words and numbers that the code spells out: what it says is read
    off it then, be it a class or a rating, and nothing shows whether that is right."""
    ends = [(f.argument, context.view.call(f.sink)) for f in context.flows(site)]
    ends = [(argument, sink) for argument, sink in ends if COMPARISON in sink.entry.tags]
    return bool(ends) and all(is_spelled_out(argument, sink, context.view) for argument, sink in ends)


def _tasks(site: Site, context: Context) -> Iterator[Clue]:
    """Known benchmark or safety tasks among what is sent or looped over."""
    for dataset, place in datasets_around(site, context):
        if dataset.kind == "benchmark":
            yield Clue(
                "benchmark-data",
                f"the tasks come from {dataset.title or dataset.id}",
                place,
                STRONG,
                values=(dataset.id,),
            )
        elif dataset.kind == "safety":
            yield Clue(
                "safety-data", f"the tasks come from {dataset.title or dataset.id}", place, STRONG, values=(dataset.id,)
            )
    for call in context.calls(site):
        for loop in call.loops:
            for birth in births_of(loop, context):
                if birth.entry.role == "load-dataset" and BENCHMARK_TAG in birth.entry.tags:
                    yield Clue("benchmark-data", "the tasks come from a benchmark's own package", birth.place, STRONG)
                if "eval-service" in birth.entry.tags:
                    said = "an evaluation service keeps the tasks, and what is answered to them"
                    yield Clue("evaluation-service", said, birth.place, STRONG)
            for keys in record_keys(loop.over) if loop.over is not None else ():
                shape = context.lexicon.shape(keys)
                if shape is not None and shape.kind == "evaluation":
                    yield Clue("reference-data", "the rows carry expected answers", loop.place, MEDIUM)


def datasets_around(site: Site, context: Context) -> Iterator[tuple[Dataset, Place]]:
    """The known data sets whose rows reach a site's calls or loops."""
    births: dict[int, CallFact] = {}
    for flow in context.inputs(site):
        birth = context.view.birth(flow.origin)
        births[birth.index] = birth
    for call in context.calls(site):
        for loop in call.loops:
            births.update((birth.index, birth) for birth in births_of(loop, context))
    for birth in births.values():
        if birth.entry.role not in ("load-dataset", "read", "http"):
            continue
        for name in dict.fromkeys(
            t for arg in ("id", "path", "url", "data_files") for t in texts_in(birth.arguments.get(arg, Value()), 2)
        ):
            dataset = context.lexicon.dataset(name)
            if dataset is not None:
                yield dataset, birth.place


def _kept_with_benchmarks(site: Site, context: Context) -> bool:
    """Whether the name of a folder around a site's file ends in a word for an evaluation, as benchmarks' names do. One
    that is for an evaluation "and" for something before it tells of no single file."""
    *folders, _ = site.place.path.split("/")
    last = (cut[-1] for folder in folders if len(cut := tokens(folder)) > 1 and cut[-2] != AND)
    return any("evaluation" in context.lexicon.whole_words(word) for word in last)


def _called_through(site: Site, topic: str, context: Context) -> bool:
    """Whether a function on the way to the call is named for a topic, or for safety the file that it stands in: what is
    called there for many purposes is seldom kept with attacks."""
    names = [p.scope.rpartition(".")[2] for p in site.chain]
    if topic == "safety":
        names.extend(p.path.rsplit("/", 1)[-1] for p in site.chain)
    return topic in WAY_TOPICS and topic in _all_words(dict.fromkeys(names), context)


def _words(site: Site, context: Context) -> Iterator[Clue]:
    near = context.words(site)
    far = context.nearby_words(site)
    for topic, kind in (
        ("evaluation", "evaluation-words"),
        ("safety", "safety-words"),
        ("comparison", "comparison-words"),
    ):
        if topic in near:
            yield Clue(
                kind,
                f"the file or function is named for {TOPICS[topic]}{named(site, topic, context)}",
                site.place,
                MEDIUM,
            )
        elif topic == "evaluation" and _kept_with_benchmarks(site, context):
            yield Clue(kind, "a folder around the file is named for a benchmark", site.place, MEDIUM)
        elif _called_through(site, topic, context):
            said = f"a function on the way to the call is named for {TOPICS[topic]}"
            yield Clue(kind, said, site.place, MEDIUM)
        elif topic in far:
            strength = MEDIUM if topic == "safety" and context.times_said(site, topic) >= OFTEN else WEAK
            yield Clue(
                kind,
                f"names around the call speak of {TOPICS[topic]}{named(site, topic, context)}",
                site.place,
                strength,
            )
    if TASK_MAKING in _all_words(
        (*site.place.path.split("/"), *(p.scope.rpartition(".")[2] for p in site.chain)), context
    ):
        yield Clue("makes-tasks", "names say that tasks or a data set are made", site.place, MEDIUM, against=True)
    if "scores" in near | far:
        yield Clue(
            "score-words", f"names around the call speak of scores{named(site, 'scores', context)}", site.place, WEAK
        )
    if "latency" in near | far:
        said = f"names around the call speak of its duration{named(site, 'latency', context)}"
        yield Clue("latency-words", said, site.place, WEAK)
    with_safety = context.is_introduced_by(site.place.path, SAFETY_README)
    if with_safety and ("safety" in near | far or not _safety_elsewhere(site, context)):
        yield Clue("safety-readme", "the project is introduced as one of safety tests", site.place, WEAK)
    if context.phrases(site) & SAFETY_PHRASES:
        yield Clue("safety-words", "the prompt speaks of attacks, harm or refusals", site.chain[0], MEDIUM)


def _safety_elsewhere(site: Site, context: Context) -> bool:
    """Whether another file that asks for answers speaks of safety itself, beside this one that is named for an
    evaluation: what the project's introduction says of safety is about that file."""
    return "evaluation" in context.words(site) and any(
        s.place.path != site.place.path
        and ("safety" in context.words(s) | context.nearby_words(s) or context.phrases(s) & SAFETY_PHRASES)
        for s in context.sites
    )
