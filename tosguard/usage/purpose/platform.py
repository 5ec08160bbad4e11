"""Where content of a platform goes: to a trainer or training records, to a model, or only to disk."""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.flow.facts import Place, Value
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue
from tosguard.usage.limits import FEW_PLATFORM_ITEMS
from tosguard.usage.purpose.scale import reads_one
from tosguard.usage.purpose.training import DOCUMENTED, LEARNED, uploads_for_tuning
from tosguard.usage.reading import links
from tosguard.usage.reading.context import NOT_PROMPT, Context, sink_value
from tosguard.usage.reading.records import records_of
from tosguard.usage.reading.saying import named, named_in_file
from tosguard.usage.reading.view import INFERENCE_ROLES
from tosguard.usage.sites.sites import Site

#: Names under which readers take how much they fetch.
LIMIT_NAMES = ("limit", "count", "max_results", "page_size", "per_page", "num_results", "number")

#: Tag of calls that read names of users and channels and the like: no content.
METADATA = "metadata"

#: Tag of calls that fetch all that belongs to an item, such as every comment of a thread.
REST = "rest-of-it"


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about platform content read at one site."""
    yield Clue("platform-content", "content of a platform is read", site.place, STRONG)
    yield from _amount(site, context)
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        role = sink.entry.role
        if links.is_trend_line(sink, context):
            continue
        if (role in ("train", "tune") or uploads_for_tuning(sink)) and flow.argument in LEARNED:
            yield Clue("platform-to-training", "the content reaches a trainer", sink.place, STRONG, hops=flow.hops)
        elif role in INFERENCE_ROLES and flow.argument not in NOT_PROMPT:
            yield Clue(
                "platform-to-model",
                "the content reaches a provider's model",
                sink.place,
                STRONG,
                hops=flow.hops,
                values=context.routes.of(sink).providers,
            )
        elif role in ("write", "publish", "log"):
            shape = context.shape_at(site, flow)
            if shape is not None and shape.kind in ("training", "preference", "training-weak"):
                strength = WEAK if shape.kind == "training-weak" else STRONG
                yield Clue(
                    "platform-to-training",
                    f"the content is kept as {records_of(shape, sink_value(sink, flow), site.all_origins)}",
                    sink.place,
                    strength,
                    hops=flow.hops,
                )
            if role == "log":
                yield Clue("platform-printed", "the content is printed", sink.place, WEAK, hops=flow.hops)
            else:
                yield Clue("platform-stored", "the content is stored", sink.place, MEDIUM, hops=flow.hops)
    for place, message in _training_elsewhere(site, context):
        yield Clue("training-in-project", message, place, WEAK)
    if DOCUMENTED in context.documented(site):
        yield Clue("training-doc", "the code's documentation says that it is for training", site.place, MEDIUM)
    if "training" in context.own_words(site):
        yield Clue(
            "training-words",
            f"the file or function is named for training{named(site, 'training', context)}",
            site.place,
            MEDIUM,
        )
    elif "training" in context.module_words(site.place.path):
        yield Clue(
            "training-words",
            f"names in the file speak of training{named_in_file(site.place.path, 'training', context)}",
            site.place,
            WEAK,
        )


def _training_elsewhere(site: Site, context: Context) -> Iterator[tuple[Place, str]]:
    """A trainer, a tuning call or a file named for training beside the reader."""
    calls = (*context.view.by_role.get("tune", ()), *links.text_trainers(context))
    for call in calls:
        if links.same_part(call.place.path, site.place.path):
            yield call.place, f"{call.place.path} trains a model"
            return
    for module in context.view.solution.modules:
        name = module.path.rsplit("/", 1)[-1]
        if module.path != site.place.path and "training" in context.lexicon.words(name):
            yield Place(module.path, 1, 1, 1, 1), f"{module.path} is named for training"
            return


def _amount(site: Site, context: Context) -> Iterator[Clue]:
    for call in context.calls(site):
        if reads_one(call, context):
            yield Clue("platform-few", "one item at a time is read", call.place, MEDIUM, against=True)
            continue
        limits = [c for name in LIMIT_NAMES for c in call.arguments.get(name, Value()).constants]
        numbers = [c for c in limits if isinstance(c, int) and not isinstance(c, bool)]
        if numbers and max(numbers) <= FEW_PLATFORM_ITEMS:
            yield Clue("platform-few", f"at most {max(numbers)} items are read", call.place, MEDIUM, against=True)
        elif (
            numbers
            or (limits and None in limits)
            or call.loops
            or {"bulk", "scraper"} & set(call.entry.tags)
            or any(c.receiver == call.index for c in context.view.by_tag.get(REST, ()))
        ):
            yield Clue("platform-bulk", "the content is read at length", call.place, MEDIUM)
