"""Whether what a site gets becomes training material: where it flows, in what shape it is written, what names say."""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.flow.facts import CallFact, Flow, Hop, Place, Value
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue
from tosguard.usage.reading.context import Context, sink_value
from tosguard.usage.reading.links import is_trend_line
from tosguard.usage.reading.providers import UNKNOWN
from tosguard.usage.reading.records import records_of
from tosguard.usage.reading.saying import named, some
from tosguard.usage.reading.together import is_apart, way_of_site
from tosguard.usage.reading.view import texts_in
from tosguard.usage.sites.sites import Site

#: Arguments of trainers and tuning services that carry what is learned.
LEARNED = frozenset({"data", "labels", "path", "input", "file", "id", "features"})

#: The list of phrases by which documentation says that what the code makes is for training.
DOCUMENTED = "documented-training"

#: The list of phrases by which a project's README says that it makes data to train on.
SAID_IN_README = "readme-training"

#: The list of phrases by which a README says that the data are preferences, ratings or critiques.
FEEDBACK_IN_README = "readme-feedback"

#: Roles whose answers are vectors and marks: they are training material only where something is fitted on them.
FOR_MACHINES = frozenset({"embed", "moderate"})

#: The tag of trainers that are given a reward, or a function for it.
REWARDED = "rl"

#: The tag of calls that look up a job of a tuning service.
JOB = "tuning-job"

#: The word list of fields that hold what a classifier is to tell.
LABEL_FIELDS = "label-fields"

#: Steps that say that a test of an answer chose a label, and that something was tested.
LABELLED, COMPARED = "labelled", "compared"

#: Roles that keep what they get.
KEEPING_ROLES = frozenset({"write", "publish", "upload", "log"})


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about training at one site."""
    way = way_of_site(site, context)
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        role = sink.entry.role
        if is_trend_line(sink, context):
            continue
        if role == "train" and flow.argument in LEARNED and not is_apart(flow, way, context):
            yield _trained(site, flow, sink, context)
        elif (role == "tune" or uploads_for_tuning(sink)) and flow.argument in LEARNED:
            if site.role != "embed":  # tuning services take texts, not vectors
                yield _tuned(flow, sink)
        elif role in KEEPING_ROLES:
            yield from _kept(site, flow, sink, context)
    yield from _stored(site, context)
    yield from _rewarding(site, context)
    if site.role not in FOR_MACHINES:
        yield from _words(site, context)


def _rewarding(site: Site, context: Context) -> Iterator[Clue]:
    """A call inside a function that a trainer is given for the reward of what its model writes."""
    trainers = {c.place: c for c in context.view.by_tag.get(REWARDED, ())}
    around = dict.fromkeys(p for call in context.calls(site) for p in call.callers)
    for place in around:
        if place in trainers:
            yield _reward(site, trainers[place], place, context)


def _reward(site: Site, trainer: CallFact, place: Place, context: Context, hops: tuple[Hop, ...] = ()) -> Clue:
    """An answer that is the reward of what a model writes. A server that nobody knows is mostly one's own, which runs a
    reward model beside the trainer."""
    known = set(context.route(site).providers) - {UNKNOWN}
    said = f"the answer is the reward that {_last(trainer.symbol)} works with"
    return Clue("reward-given", said, place, STRONG if known else WEAK, hops=hops)


def _stored(site: Site, context: Context) -> Iterator[Clue]:
    """Answers that the provider is told to keep, under a tag that speaks of training, and a tuning job beside."""
    for call in context.calls(site):
        tag = call.arguments.get("metadata", Value())
        names = (*(name for name, _ in tag.keys), *texts_in(tag, 2))
        if True not in call.arguments.get("store", Value()).constants:
            continue
        if any("training" in context.lexicon.words(name) for name in names):
            said = "the provider is told to store the answer under a tag that speaks of training"
            yield Clue("stored-for-tuning", said, call.place, STRONG)
    for job in context.view.by_tag.get(JOB, ()):
        if job.place.path == site.place.path:
            yield Clue("tuning-job", "a job of the tuning service is looked up", job.place, MEDIUM)
            return


def _trained(site: Site, flow: Flow, sink: CallFact, context: Context) -> Clue:
    name = _last(sink.symbol)
    if flow.argument == "labels" and REWARDED in sink.entry.tags:
        return _reward(site, sink, sink.place, context, flow.hops)
    if flow.derived and flow.argument != "labels":
        if _tells_labels(flow, context):
            said = f"{name} is fitted on labels that the output was tested for"
            return Clue("labels-trained", said, sink.place, MEDIUM, hops=flow.hops)
        return Clue("curation", f"the output chooses what {name} trains on", sink.place, MEDIUM, hops=flow.hops)
    if site.role == "embed":
        return Clue("features-trained", f"{name} is fitted on the embeddings", sink.place, STRONG, hops=flow.hops)
    trainer = "estimator" if flow.inferred and "classifier" in sink.entry.tags else "trainer"
    kind = f"flow-to-{trainer}-inferred" if flow.inferred else "flow-to-trainer"
    how = " over a file, hub or queue" if flow.inferred else ""
    return Clue(kind, f"the output reaches {name}{how}", sink.place, STRONG, hops=flow.hops)


def _tells_labels(flow: Flow, context: Context) -> bool:
    """Whether an answer became one of the labels that the code spells out, which nothing tested since, and records with
    a field of labels are learned: ``row["label"] = 1`` under a test of the answer. A verdict that rows are taken by is
    tested again."""
    kinds = [hop.kind for hop in flow.hops if hop.kind in (LABELLED, COMPARED)]
    if kinds[-1:] != [LABELLED]:
        return False
    whole_words = context.lexicon.whole_words
    return any(LABEL_FIELDS in whole_words(key) for keys in context.records_at(flow) for key in keys)


def _tuned(flow: Flow, sink: CallFact) -> Clue:
    if flow.derived:
        return Clue(
            "curation", "the output chooses what is sent to a tuning service", sink.place, MEDIUM, hops=flow.hops
        )
    kind = "flow-to-tuning-inferred" if flow.inferred else "flow-to-tuning"
    how = " over a file" if flow.inferred else ""
    return Clue(
        kind,
        f"the output reaches the tuning service{how}",
        sink.place,
        STRONG,
        hops=flow.hops,
        values=(sink.entry.provider,),
    )


def _kept(site: Site, flow: Flow, sink: CallFact, context: Context) -> Iterator[Clue]:
    """What a written, published or printed value says: its record shape and the words of its path, id and keys."""
    if site.role in FOR_MACHINES:
        return
    value = sink_value(sink, flow)
    mine = site.all_origins
    names = tuple(dict.fromkeys(name for end in context.ends(site, flow) for name in target_names(end)))
    training_named = any(_speaks_of_training(n, context) for n in names)
    shape = context.shape_at(site, flow)
    kept = "published" if sink.entry.role == "publish" else "printed" if sink.entry.role == "log" else "written"
    if flow.derived:
        if training_named or (shape is not None and shape.kind in ("training", "preference", "reward")):
            yield Clue(
                "curation",
                f"the output selects or grades records that are {kept} for training",
                sink.place,
                MEDIUM,
                hops=flow.hops,
            )
        return
    if shape is not None and shape.kind in ("training", "preference", "reward"):
        yield Clue(
            "training-record",
            f"{kept} as {records_of(shape, value, mine)}",
            sink.place,
            STRONG,
            hops=flow.hops,
            values=(shape.kind,),
        )
    elif shape is not None and shape.kind in ("training-weak", "classification"):
        yield Clue(
            "weak-record",
            f"{kept} as {records_of(shape, value, mine)}",
            sink.place,
            WEAK,
            hops=flow.hops,
            values=(shape.kind,),
        )
    if sink.entry.role == "publish":
        yield Clue("published", "published on a hub", sink.place, STRONG, hops=flow.hops, values=names)
    elif sink.entry.role == "write":
        yield Clue("written", "written to a file", sink.place, MEDIUM, hops=flow.hops, values=names)
    if training_named and sink.entry.role != "log":
        yield Clue(
            "training-publication", f"{kept} under a name that speaks of training", sink.place, MEDIUM, hops=flow.hops
        )
    fields = context.fields_at(site, flow)
    if fields and sink.entry.role != "log":
        yield Clue("field-kept", f"{kept} in a field of a record ({some(fields)})", sink.place, WEAK)
    if any(_speaks_of_training(f, context) for f in fields):
        yield Clue("training-words", "a field of the record speaks of training", sink.place, WEAK)


def _words(site: Site, context: Context) -> Iterator[Clue]:
    said = context.phrases(site)
    if "training-purpose" in said:
        yield Clue("training-prompt", "the prompt says that a model is to be trained on the answer", site.place, STRONG)
    elif "training" in said:
        yield Clue("training-prompt", "the prompt asks for training material", site.place, MEDIUM)
    if DOCUMENTED in context.documented(site):
        yield Clue("training-doc", "the code's documentation says that it is for training", site.place, MEDIUM)
    yield from said_in_readme(site.place, context)
    if "training" in context.own_words(site):
        yield Clue(
            "training-words",
            f"the file or function is named for training{named(site, 'training', context)}",
            site.place,
            MEDIUM,
        )
    elif "training" in context.nearby_words(site):
        yield Clue(
            "training-words", f"names in the file speak of training{named(site, 'training', context)}", site.place, WEAK
        )


def said_in_readme(place: Place, context: Context) -> Iterator[Clue]:
    """What READMEs say of data to train on: more where that is what the project, or its part, is introduced by."""
    phrases = context.lexicon.phrases
    first = frozenset().union(*map(phrases, context.introductions(place.path)))
    if SAID_IN_README in first and not _is_benchmark(place, context):
        yield Clue("training-readme", "the project is introduced as one of data to train on", place, MEDIUM)
    elif any(SAID_IN_README in phrases(text) for text in context.said_of(place.path)):
        yield Clue("training-readme", "the project's README speaks of data to train on", place, WEAK)
    if FEEDBACK_IN_README in first:
        said = "the project is introduced as one of preference or feedback data"
        yield Clue("feedback-readme", said, place, MEDIUM)


def _is_benchmark(place: Place, context: Context) -> bool:
    """Whether a project's title is that of a benchmark, which may take its questions from data that others train on."""
    titles = context.titles(place.path)
    said = frozenset().union(*map(context.lexicon.phrases, titles))
    return SAID_IN_README not in said and any("evaluation" in context.lexicon.words(title) for title in titles)


def uploads_for_tuning(call: CallFact) -> bool:
    """Whether a call gives a file to a tuning service."""
    if call.entry.role != "upload":
        return False
    purposes = list(texts_in(call.arguments.get("purpose", Value()), 1))
    return any("tune" in p for p in purposes) or "tuning" in call.entry.tags


def target_names(sink: CallFact) -> tuple[str, ...]:
    """Paths and ids that a value is kept under."""
    return tuple(
        dict.fromkeys(t for name in ("path", "id", "name") for t in texts_in(sink.arguments.get(name, Value()), 2))
    )


def _speaks_of_training(name: str, context: Context) -> bool:
    """Whether a name says that it is for training. One that says "evaluation" as well does not: a benchmark may be
    called after a model that was trained (``alpaca_eval``), and what is synthetic may be made to test with."""
    words = context.lexicon.words(name)
    return "training" in words and "evaluation" not in words


def _last(symbol: str) -> str:
    """The last readable piece of a symbol: ``transformers.Trainer().train`` → ``Trainer.train``."""
    pieces = [p for p in symbol.replace("()", "").replace("[]", "").replace("[*]", "").split(".") if p]
    return ".".join(pieces[-2:])
