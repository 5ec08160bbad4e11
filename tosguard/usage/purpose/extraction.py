"""Whether a site probes a model to recover it or a hidden prompt."""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.flow.facts import NOTHING, CallFact, Place, Value
from tosguard.usage.evidence import MEDIUM, WEAK, Clue
from tosguard.usage.reading.compared import COMPARISON
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.saying import named
from tosguard.usage.reading.view import at_key
from tosguard.usage.sites.sites import Site

#: Arguments through which token probabilities are asked for.
PROBE_ARGUMENTS = ("logprobs", "logit_bias")

#: The list of phrases by which a project's README says that it is about such a recovery.
EXTRACTION_README = "readme-extraction"

#: Names in a file that speak of the same thing on purpose.
FEWEST_NAMES = 2


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about extraction at one site."""
    for call in context.calls(site):
        bias = call.arguments.get("logit_bias") or at_key(call.arguments.get("extra", Value()), "logit_bias")
        if bias is not None:
            strength = WEAK if bias == NOTHING else MEDIUM
            yield Clue("token-probing", "single tokens are pushed by logit_bias", call.place, strength)
            yield from _probing_callers(call, context)
        if any(call.arguments.get(name) is not None for name in PROBE_ARGUMENTS):
            yield Clue("logprob-harvest", "log probabilities are asked for", call.place, WEAK)
    if context.is_introduced_by(site.place.path, EXTRACTION_README):
        said = "the project is introduced as one that recovers a model or hidden prompts"
        yield Clue("extraction-readme", said, site.place, WEAK)
    near = context.words(site) | context.phrases(site) | _words_on_the_way(site, context)
    if "extraction" in near:
        yield Clue(
            "extraction-words",
            f"names or prompts speak of recovering a model or a prompt{named(site, 'extraction', context)}",
            site.place,
            MEDIUM,
        )
    elif (checked := _checked_for_leaks(site, context)) is not None:
        said = f"what the answer gives away is checked by `{checked.scope.rpartition('.')[2]}`"
        yield Clue("extraction-words", said, checked, MEDIUM)
    elif "extraction" in context.nearby_words(site):
        yield Clue(
            "extraction-words",
            f"names in the file speak of recovering a model or a prompt{named(site, 'extraction', context)}",
            site.place,
            WEAK,
        )


def _words_on_the_way(site: Site, context: Context) -> frozenset[str]:
    """The word lists that the names of the functions on the way to a site's calls meet."""
    return frozenset().union(*(context.lexicon.words(p.scope.rpartition(".")[2]) for p in site.chain))


def _checked_for_leaks(site: Site, context: Context) -> Place | None:
    """Where how much of a text the answer repeats is measured in a function that is named for what leaks. One test for
    leaks among others makes a test of safety, not of what can be taken out of a model."""
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        name = sink.place.scope.rpartition(".")[2]
        measured = sink.entry.role == "metric" and COMPARISON not in sink.entry.tags
        if measured and name and "extraction" in context.lexicon.words(name):
            return sink.place
    return None


def _probing_callers(call: CallFact, context: Context) -> Iterator[Clue]:
    """The first caller in whose file several names speak of recovering what a model keeps to itself."""
    for place in call.callers:
        module = context.view.modules.get(place.path)
        names = {word for word, _ in module.words} if module is not None else set()
        said = sorted(name for name in names if "extraction" in context.lexicon.words(name))
        # A name that repeats the argument's says what is set, not what for: answers are kept to a list that way too.
        if len(said) >= FEWEST_NAMES and any("logit_bias" not in name.lower() for name in said):
            message = f"the calling file speaks of recovering a model ({', '.join(said[:FEWEST_NAMES])})"
            yield Clue("extraction-words", message, place, MEDIUM, values=tuple(said))
            return
