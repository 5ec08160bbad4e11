"""Origins without an inference call: data sets known to be a provider's output, tuning calls, consumer-app exports."""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.catalog.model import Dataset
from tosguard.flow.facts import CallFact, Flow, ModuleFact, Value
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue, Dossier
from tosguard.usage.purpose.training import said_in_readme, target_names
from tosguard.usage.reading.context import Context, sink_value
from tosguard.usage.reading.providers import UNKNOWN, Route
from tosguard.usage.reading.records import records_of
from tosguard.usage.reading.saying import named, named_in_file
from tosguard.usage.reading.view import at_key, parts_of, texts_in
from tosguard.usage.sites.sites import Site

#: Kinds of data sets that hold a provider's output for training.
DERIVED_KINDS = frozenset({"instruction", "chat", "preference", "reasoning", "pretraining", "vision", "comparison"})

#: Kinds of records into which an account export is rewritten for training.
REWRITTEN_KINDS = frozenset({"training", "training-weak", "preference"})

#: The list of names of files that are trained on.
TRAINED_ON = "training-files"

#: Arguments that name what is loaded.
NAMING = ("id", "path", "data_files", "url", "name")

#: The argument that names a part of a data set.
PART = "name"


def known_data(call: CallFact, context: Context) -> Dataset | None:
    """The provider-made data set that a load names, if any; a part of it by which models are measured is none."""
    if any("evaluation" in context.lexicon.words(t) for t in texts_in(call.arguments.get(PART, Value()), 1)):
        return None
    for name in NAMING:
        for text in texts_in(call.arguments.get(name, Value()), 2):
            dataset = context.lexicon.dataset(text)
            if (
                dataset is not None
                and dataset.kind in DERIVED_KINDS
                and dataset.origins
                and dataset.confidence != "low"
            ):
                return dataset
    return None


def load_clues(site: Site, dataset: Dataset, context: Context) -> Dossier:
    """What happens to a known data set that is loaded at a site."""
    dossier = Dossier()
    title = dataset.title or dataset.id
    made_by = ", ".join(dataset.models or dataset.origins)
    dossier.add(
        Clue("known-provider-data", f"{title} holds output of {made_by}", site.place, STRONG, values=(dataset.id,))
    )
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        role = sink.entry.role
        if role in ("train", "tune") and not flow.derived:
            dossier.add(Clue("data-to-trainer", "the data reach a trainer", sink.place, STRONG, hops=flow.hops))
        elif role in ("write", "publish") and not flow.derived:
            shape = context.shape_at(site, flow)
            if shape is not None and shape.kind in ("training", "preference", "reward"):
                dossier.add(
                    Clue(
                        "training-record",
                        f"written again as {records_of(shape, sink_value(sink, flow), site.all_origins)}",
                        sink.place,
                        MEDIUM,
                        hops=flow.hops,
                        values=(shape.kind,),
                    )
                )
            kind = "published" if role == "publish" else "written"
            dossier.add(Clue(kind, f"the data are {kind} again", sink.place, WEAK, hops=flow.hops))
            if any(TRAINED_ON in context.lexicon.words(name) for name in target_names(sink)):
                said = f"the data are {kind} again under a name that speaks of training"
                dossier.add(Clue("training-publication", said, sink.place, MEDIUM, hops=flow.hops))
    trainer = next(iter(context.view.by_role.get("train", ())), None)
    if trainer is not None and dossier.has("written", "published"):
        dossier.add(Clue("trainer-in-project", f"{trainer.place.path} trains a model", trainer.place, WEAK))
    dossier.extend(said_in_readme(site.place, context))
    if "training" in context.own_words(site):
        dossier.add(
            Clue(
                "training-words",
                f"the file or function is named for training{named(site, 'training', context)}",
                site.place,
                MEDIUM,
            )
        )
    elif "training" in context.module_words(site.place.path):
        dossier.add(
            Clue(
                "training-words",
                f"names in the file speak of training{named_in_file(site.place.path, 'training', context)}",
                site.place,
                WEAK,
            )
        )
    return dossier


def dataset_route(dataset: Dataset, context: Context) -> Route:
    """The routes whose output a data set holds."""
    vendors = {v for o in dataset.origins if (v := context.lexicon.vendor(o))}
    return Route(dataset.origins, dataset.models, tuple(sorted(vendors)))


def tuning_clues(site: Site, context: Context) -> Dossier:
    """What a call of a tuning service shows by itself: that it is one, and whether a model grades for it."""
    dossier = Dossier()
    dossier.add(Clue("tuning-call", "a provider's tuning service is called", site.place, MEDIUM))
    for call in context.calls(site):
        grader = _grader(call, context)
        if grader:
            dossier.add(
                Clue("graded-by-model", f"{grader} gives the reward", call.place, MEDIUM, values=(call.entry.provider,))
            )
            dossier.add(
                Clue("own-service", "the grader is a model of the tuning service's own vendor", call.place, MEDIUM)
            )
    return dossier


def _grader(call: CallFact, context: Context) -> str:
    """The model id of a grader among the arguments of a tuning call, or ""."""
    for name, value in call.arguments.items():
        if name == "model":
            continue
        parts = tuple(parts_of(value))
        graders = [g for key in ("grader", "reinforcement") for part in parts if (g := at_key(part, key)) is not None]
        for holder in (*graders, *((value,) if name == "grader" else ())):
            for text in texts_in(holder, 5):
                if len(text) < 80 and context.lexicon.model_id(text) is not None:
                    return text
    return ""


def fed_by_model(site: Site, context: Context) -> bool:
    """Whether a model's output is among what a tuning call learns from (its own usage then tells the story)."""
    return any(
        not flow.derived
        and (flow.origin in context.site_of_origin or context.view.birth(flow.origin).entry.role == "platform-read")
        for flow in _inputs_and_uploads(site, context)
    )


def _inputs_and_uploads(site: Site, context: Context) -> Iterator[Flow]:
    for flow in context.inputs(site):
        yield flow
        birth = context.view.birth(flow.origin)
        if birth.entry.role == "upload":
            yield from context.view.flows_into.get(birth.index, ())


def export_readers(context: Context) -> tuple[CallFact, ...]:
    """The calls that read a file in modules which take records apart by the keys of a consumer app's account export."""
    paths = [m.path for m in context.view.solution.modules if _reads_export(m, context)]
    return tuple(c for p in paths for c in context.view.by_path.get(p, ()) if c.entry.role == "read")


def _reads_export(module: ModuleFact, context: Context) -> bool:
    keys = [key for key, _ in module.keys_read]
    return any(s.kind == "chat-export" for s in context.lexicon.shapes(keys))


def export_clues(site: Site, context: Context) -> Dossier:
    """What becomes of an account export of a consumer app."""
    dossier = Dossier()
    dossier.add(
        Clue("provider-export", "the records read have the keys of a consumer app's export", site.place, MEDIUM)
    )
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        shape = context.shape_at(site, flow)
        if sink.entry.role in ("write", "publish") and shape is not None and shape.kind in REWRITTEN_KINDS:
            message = f"written as {records_of(shape, sink_value(sink, flow), site.all_origins)}"
            dossier.add(Clue("training-record", message, sink.place, STRONG, hops=flow.hops, values=(shape.kind,)))
    if "training" in context.own_words(site) or "training" in context.module_words(site.place.path):
        dossier.add(
            Clue(
                "training-words",
                f"names in the file speak of training{named_in_file(site.place.path, 'training', context)}",
                site.place,
                WEAK,
            )
        )
    return dossier


def export_route(site: Site, context: Context) -> Route:
    """The routes of the consumer apps whose export a module's keys are."""
    module = context.view.modules.get(site.place.path)
    keys = [key for key, _ in module.keys_read] if module is not None else []
    apps = [s.id.split("-")[0] for s in context.lexicon.shapes(keys) if s.kind == "chat-export"]
    routes = tuple(dict.fromkeys(r for a in apps if (r := context.lexicon.app(a))))
    return Route(routes or (UNKNOWN,), (), tuple(sorted({v for r in routes if (v := context.lexicon.vendor(r))})))
