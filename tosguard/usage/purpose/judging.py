"""Whether a site's model is shown another system's output and its verdict is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tosguard.flow.facts import CallFact, Loop, Place, Value
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue
from tosguard.usage.limits import DATA_LOOPS
from tosguard.usage.purpose import evaluation
from tosguard.usage.purpose.peoples import TOLD_OUTPUT
from tosguard.usage.reading.compared import COMPARISON, literal_of, other_side
from tosguard.usage.reading.context import READING_OFF, REWRITING, Context
from tosguard.usage.reading.saying import named
from tosguard.usage.reading.view import SIDE_ROLES, texts_in
from tosguard.usage.sites.sites import Site

#: Word lists that name what lets one reply pass or not.
GUARDING = frozenset({"guard"})

#: The word list of fields that hold a system's answer, and roles whose rows may have such a field.
ANSWER_FIELDS = "answer-fields"

#: The word list of fields that hold nothing but another system's answer: an expected one is called otherwise.
SYSTEMS_FIELDS = "system-answer-fields"
ROWS = frozenset({"read", "load-dataset", "queue-get", "http"})

#: The argument or field that says which model is asked, and shows it nothing.
MODEL = "model"

#: The lists of phrases by which a prompt asks for a verdict, or speaks as one does that may.
VERDICTS = frozenset({"judge", "judge-mentions"})

#: The list of phrases by which a prompt asks for items to be made up.
MAKING = "making"

#: The word list of titles by which a project is introduced as a judge.
JUDGE_TITLES = "judge-titles"

#: Where a verdict ends when it is kept as a measurement.
KEEPING = frozenset({"write", "publish", "log", "metric"})


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about judging at one site."""
    for call in context.calls(site):
        if call.entry.role == "judge" and ("judge" in call.entry.tags or evaluation.grading_model(call, context)):
            yield Clue("judge-service", "the service asks a model for the verdict", call.place, STRONG)
    yield from _shown(site, context)
    if REWRITING in context.phrases(site) and "judge" not in context.words(site):
        yield Clue("rewrites", "the prompt asks to write a text anew", site.place, MEDIUM)
    elif VERDICTS & context.phrases(site) and not (MAKING in context.phrases(site) or _says_everything(site, context)):
        strength = MEDIUM if "judge" in context.phrases(site) else WEAK
        yield Clue("judge-prompt", "the prompt asks for a verdict, score or grade", site.place, strength)
    if _says_everything(site, context) and not (any(context.inputs(site)) or _speaks_of_items(site, context)):
        said = "the whole prompt stands in the code: nothing is put into it that could be judged"
        yield Clue("nothing-shown", said, site.place, MEDIUM, against=True)
    if READING_OFF in context.phrases(site):
        said = "the prompt asks what the answer that it shows comes down to"
        yield Clue("reads-off-answers", said, site.place, MEDIUM)
    if any(JUDGE_TITLES in context.lexicon.words(title) for title in context.titles(site.place.path)):
        yield Clue("judge-readme", "the project is introduced as a judge of models", site.place, WEAK)
    if TOLD_OUTPUT in context.phrases(site):
        yield Clue("told-output", "the prompt says that it shows another model's output", site.place, MEDIUM)
    if "judge" in context.words(site) or _called_through_judge(site, context):
        yield Clue(
            "judge-words",
            f"the file or function is named for a judge or grader{named(site, 'judge', context)}",
            site.place,
            MEDIUM,
        )
    elif "judge" in context.nearby_words(site):
        yield Clue(
            "judge-words",
            f"names in the file speak of a judge or grader{named(site, 'judge', context)}",
            site.place,
            WEAK,
        )
    if _kept_with_judges(site, context):
        yield Clue(
            "judge-file", "the file or class is named for a judge, a grader or an evaluation", site.place, MEDIUM
        )
    if GUARDING & _names_said(site, context) and not any(_runs_on(x) for x in _loops(site, context)):
        yield Clue("guards", "the verdict guards one reply", site.place, MEDIUM, against=True)
    elif evaluation.ranks(site, context):
        yield Clue("ranks", "names speak of ranking what a search found", site.place, MEDIUM, against=True)
    yield from _kept(site, context)


def _kept_with_judges(site: Site, context: Context) -> bool:
    """Whether the name of a site's file, of a folder as a whole, or of a class that the answer comes through, speaks of
    judges or evaluations."""
    *folders, file = site.place.path.split("/")
    own = (file, *(p.scope.rpartition(".")[0] for p in (site.place, *site.chain)))
    lists = (*map(context.lexicon.words, own), *map(context.lexicon.whole_words, folders))
    return any(not found.isdisjoint(("judge", "evaluation")) for found in lists)


def _says_everything(site: Site, context: Context) -> bool:
    """Whether the whole prompt stands in the code: nothing is put into it that could be judged."""
    inputs = [v for c in context.calls(site) if (v := c.arguments.get("input")) is not None]
    return bool(inputs) and all(_is_constant(v) for v in inputs)


def _is_constant(value: Value) -> bool:
    inner = (*(v for _, v in value.keys), *((value.element,) if value.element is not None else ()))
    if inner:
        return not value.all_origins() and all(_is_constant(v) for v in inner)
    return bool(value.constants) and not (value.open or value.templates or value.origins or value.symbols)


def _speaks_of_items(site: Site, context: Context) -> bool:
    """Whether a prompt that stands in the code was put together with the items of a list that does too."""
    prompts = [t for c in context.calls(site) for t in texts_in(c.arguments.get("input", Value()))]
    items = {t for loop in _loops(site, context) if loop.over is not None for t in texts_in(loop.over, 2) if t}
    return any(item in prompt for prompt in prompts for item in items)


def _called_through_judge(site: Site, context: Context) -> bool:
    """Whether a function on the way to the call is named for a judge."""
    return any("judge" in context.lexicon.words(p.scope.rpartition(".")[2]) for p in site.chain)


def _names_said(site: Site, context: Context) -> frozenset[str]:
    """The word lists that the functions around a site's calls meet, the innermost names alone."""
    scopes = {p.scope.rpartition(".")[2] for p in (*site.chain, *site.outward)}
    return frozenset().union(*(context.lexicon.words(s) for s in scopes if s))


def _runs_on(loop: Loop) -> bool:
    """Whether a loop runs over something whose length the code does not show."""
    return loop.kind in DATA_LOOPS and loop.count is None


def _loops(site: Site, context: Context) -> Iterator[Loop]:
    for call in context.calls(site):
        yield from call.loops


def _shown(site: Site, context: Context) -> Iterator[Clue]:
    """Other models' outputs among what the site's model is shown."""
    for flow in context.inputs(site):
        if not flow.derived and _is_others(flow.origin, site, context):
            birth = context.view.birth(flow.origin)
            yield Clue("sees-output", "the prompt contains another call's output", birth.place, MEDIUM, hops=flow.hops)
    yield from _field_shown(site, context)
    for call in context.calls(site):
        for loop in call.loops:
            for origin in sorted(loop.over.all_origins()) if loop.over is not None else ():
                if _is_others(origin, site, context):
                    birth = context.view.birth(origin)
                    yield Clue("sees-output", "the loop runs over another call's outputs", birth.place, MEDIUM)


def _field_shown(site: Site, context: Context) -> Iterator[Clue]:
    """Rows that were read are shown to the model, and the file takes an answer's field from rows."""
    module = context.view.modules.get(site.place.path)
    read = module.keys_read if module is not None else ()
    fields = [key for key, _ in read if ANSWER_FIELDS in context.lexicon.whole_words(key)]
    if fields:
        fields = [key for key in fields if key not in _own_fields(site, fields, context)]
    systems = sorted(_systems_fields(read, site, context))
    for flow in context.inputs(site) if fields or systems else ():
        birth = context.view.birth(flow.origin)
        if birth.entry.role in ROWS and not flow.derived and MODEL not in (flow.argument, *flow.keys):
            said = f"the prompt is made from rows with an answer to be rated ({(*systems, *fields)[0]})"
            strength = STRONG if systems else MEDIUM
            yield Clue("sees-answer-field", said, birth.place, strength, hops=flow.hops)
            return


def _own_fields(site: Site, fields: Iterable[str], context: Context) -> set[str]:
    """Which of these fields a site's own answers end in, or are put under on their way."""
    flows = context.flows(site)
    own = {key for flow in flows for key in context.fields_at(site, flow)}
    stored = {hop.message for flow in flows for hop in flow.hops if hop.kind == "stored"}
    return own | {key for key in fields if f"stored under {key!r}" in stored}


def _systems_fields(read: Iterable[tuple[str, int]], site: Site, context: Context) -> set[str]:
    """The fields of a system's answer that are read in a site's own function, without those its answers get into."""
    start, end = context.view.span(site.place)
    near = {key for key, line in read if start <= line < end and SYSTEMS_FIELDS in context.lexicon.whole_words(key)}
    return near - {key for flow in context.flows(site) for key in context.fields_at(site, flow)} if near else near


def _is_others(origin: int, site: Site, context: Context) -> bool:
    """Whether an origin is an output of another site (the same wrapper may serve both). In the other arm of a branch
    an earlier turn of the same conversation was answered."""
    birth = context.view.birth(origin)
    if birth.entry.role == "local-generate":
        return len(site.chain) > 1 or not context.view.exclusive(site.place, birth.place)
    other = context.site_of_origin.get(origin)
    if other is None or other.place in site.chain or context.view.exclusive(site.place, other.place):
        return False
    return other.role not in SIDE_ROLES


def _kept(site: Site, context: Context) -> Iterator[Clue]:
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        if COMPARISON in sink.entry.tags:
            literals = literal_of(flow.argument, sink)
            if literals and other_side(flow.argument, sink, context.view) == "constant":
                message = f"the answer is compared with {literals[0][:30]!r}"
                yield Clue("verdict-parsed", message, sink.place, WEAK, hops=flow.hops)
        elif sink.entry.role in KEEPING:
            yield Clue("answer-kept", "the answer is kept", sink.place, MEDIUM, hops=flow.hops)
    seen = {context.site_of_origin[f.origin].place for f in context.inputs(site) if f.origin in context.site_of_origin}
    for other in context.fed_by(site):
        if other.place in seen and other.place != site.place and _take_turns(site, other, context):
            yield Clue("feeds-back", "the answer goes back to the call whose output it sees", other.place, WEAK)
    chosen = _chosen_among(site, context)
    if chosen is not None:
        said = "the answer chooses which of the outputs goes on to another call, and is kept nowhere"
        yield Clue("chooses", said, chosen, MEDIUM, against=True)


def _chosen_among(site: Site, context: Context) -> Place | None:
    """Where what a site sees goes on to, if its verdict is kept nowhere: the best plan is carried out, the best draft
    is worked on. Another judge is no such place."""
    sinks = (context.view.call(flow.sink).entry for flow in context.flows(site))
    if any(entry.role in KEEPING and COMPARISON not in entry.tags for entry in sinks):
        return None
    seen = {o.place: o for f in context.inputs(site) if (o := context.site_of_origin.get(f.origin)) is not None}
    seen.pop(site.place, None)
    on = [next((s.place for s in context.fed_by(o) if _goes_on(o, s, site, context)), None) for o in seen.values()]
    return on[0] if on and all(on) else None


def _goes_on(seen: Site, other: Site, judge: Site, context: Context) -> bool:
    """Whether another call works with what was judged: no judge itself, nor another arm of what the judged comes from,
    which is a turn of the same conversation."""
    if other.place == judge.place or context.judges(other):
        return False
    return not context.view.exclusive(seen.place, other.place)


def _take_turns(site: Site, other: Site, context: Context) -> bool:
    """Whether two sites are asked in the rounds of one loop. Of two loops one behind the other, the first is over when
    the second begins: a value that seems to go back then only shares a container with what went forth."""
    mine, theirs = ({r for c in context.calls(s) for r in _rounds(c)} for s in (site, other))
    return bool(mine & theirs)


def _rounds(call: CallFact) -> Iterator[tuple[Place, tuple[Place, ...]]]:
    """The loops around a call, each with the way by which its function was called."""
    way = (*call.callers, call.place)
    for loop in call.loops:
        here = loop.place.within
        inside = next((i for i, p in enumerate(way) if p.within == here), 0)
        yield loop.place, call.callers[:inside]
