"""Classification: from the flow solution to usages.

Sites are found, evidence about each is collected, the patterns that it meets are chosen, siblings of one purpose in one
function are merged, and each usage gets a trace, attributes and an id that survives moved lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from tosguard.catalog.catalogue import Catalogue
from tosguard.flow.facts import CallFact, Place, Solution
from tosguard.usage.beside import declared
from tosguard.usage.beside.configs import CONFIG_SUFFIXES
from tosguard.usage.beside.texts import TextFile, candidates
from tosguard.usage.beside.turns import TurnsOf
from tosguard.usage.evidence import Clue, Dossier
from tosguard.usage.guarding import guarded
from tosguard.usage.model import Confidence, Usage
from tosguard.usage.purpose import (
    access,
    adding,
    benchmarks,
    checking,
    comparison,
    drafts,
    evaluation,
    extraction,
    games,
    judging,
    peoples,
    platform,
    refilling,
    rivals,
    roles,
    scale,
    stages,
    training,
    traits,
)
from tosguard.usage.reading import links
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.providers import SELF_HOSTED, Routes
from tosguard.usage.reading.view import View
from tosguard.usage.sites import exported, handed, materials, openers
from tosguard.usage.sites.joints import joints
from tosguard.usage.sites.requests import interpreted
from tosguard.usage.sites.sites import Site, find_sites, is_inference
from tosguard.usage.sites.testing import asserts
from tosguard.usage.telling import attributes, known_sets, merging, trace, unmodelled, untold
from tosguard.usage.telling.again import told_as_first
from tosguard.usage.telling.candidate import Candidate, decisive
from tosguard.usage.telling.rounds import told_once
from tosguard.usage.telling.select import choose

#: The collectors that look at one inference site each.
COLLECTORS: tuple[Callable[[Site, Context], Iterator[Clue]], ...] = (
    scale.collect,
    training.collect,
    refilling.collect,
    evaluation.collect,
    benchmarks.collect,
    judging.collect,
    peoples.collect,
    rivals.collect,
    games.collect,
    drafts.collect,
    traits.collect,
    access.collect,
    extraction.collect,
    roles.collect,
)

#: What reading a platform's content can be reported for; a bot that only reads what it is sent is none of it.
PLATFORM_PATTERNS = frozenset({"platform-data-training", "platform-data-to-llm", "platform-bulk-copy"})

#: What a call further out is reported for, beside the site that it leads to.
COMPARED = frozenset({"competitor-benchmarking"})

#: What the licences of weights speak of: an answer of a model on own machines is reported for nothing else.
LICENSED = frozenset({"training-on-output"})

#: What is nobody's business where an own model is asked: comparisons with others' models are told under those.
NOBODYS = frozenset({merging.ORDINARY, "bulk-evaluation", "llm-as-judge", "safety-evaluation"})

#: The same, whatever else is asked through it: who passes an own server on passes on nobody's API.
OWN_SERVER = frozenset({"resale-proxy"})

#: What a trainer that reads data of the same name bears on.
TRAINING = frozenset({"training-on-output", "same-provider-tuning"})


def classify(
    solution: Solution,
    catalogue: Catalogue,
    *,
    texts: Iterable[TextFile] = (),
    readmes: Mapping[str, str] | None = None,
    turns: TurnsOf | None = None,
    failures: dict[str, None] | None = None,
) -> tuple[Usage, ...]:
    """The usages of a project.

    Args:
        solution: the flow facts of the whole project.
        catalogue: what symbols, names, hosts and data sets mean.
        texts: shell scripts, Makefiles, configuration files and magic cells of notebooks.
        readmes: the beginnings of what the project and its parts say of themselves, by directory.
        turns: what scripts give to the options of the project's programs, run by run.
        failures: takes what of the classification failed, in words.

    Returns:
        The usages, ordered by path, cell, line and pattern.
    """
    context, texts = build_context(solution, catalogue, readmes), tuple(texts)
    context.turns = turns or {}
    context.failures = failures if failures is not None else {}
    context.handed = handed.handed_files(texts, context.lexicon)
    parts = (_inference, _platforms, _datasets, _tunings, _exports)
    found = [
        *(c for part in parts for c in guarded(partial(part, context), context.failures)),
        *unmodelled.candidates(context),
        *candidates(texts, context.lexicon, _configurations(context)),
        *declared.candidates(texts, context.lexicon, solution.calls),
    ]
    found.extend(openers.candidates(context, found))
    found.extend(untold.candidates(context, found))
    told = known_sets.told(found, context)
    return merging.merged(declared.confirmed(told, texts, context.lexicon), context.lexicon)


def _configurations(context: Context) -> tuple[str, ...]:
    """The names of configuration files in code that asks models: those are settings of the code's own calls."""
    if not context.sites:
        return ()
    words = (word for module in context.view.modules.values() for word, _ in module.words)
    return tuple(dict.fromkeys(w.removeprefix("./") for w in words if w.endswith(CONFIG_SUFFIXES)))


def build_context(solution: Solution, catalogue: Catalogue, readmes: Mapping[str, str] | None = None) -> Context:
    """The indices, look-ups and sites that classification works on."""
    lexicon = Lexicon(catalogue)
    view = View(interpreted(solution, lexicon))
    calls = [c for c in view.solution.calls if is_inference(c)]
    return Context(view, lexicon, Routes(view, lexicon), find_sites(view, calls), readmes or {})


def dossier_of(site: Site, context: Context, compared: Iterable[Clue] = ()) -> Dossier:
    """Everything found about one inference site."""
    dossier = Dossier()
    for collector in COLLECTORS:
        dossier.extend(guarded(partial(collector, site, context), context.failures))
    dossier.extend(compared)
    dossier.extend(handed.collect(dossier, context))
    dossier.extend(links.collect(site, dossier, context))
    dossier.extend(_own_service(site, dossier, context))
    dossier.extend(adding.collect(dossier))
    dossier.add(peoples.asked_for(dossier, site.place))
    return checking.told(dossier)


def _inference(context: Context) -> Iterator[Candidate]:
    local = find_sites(context.view, context.view.by_role.get("local-generate", ()))
    compared = dict(guarded(lambda: comparison.collect_all(context, local).items(), context.failures))
    at_sites = told_as_first(_at_sites(context, compared), context)
    yield from (c for c in told_once(at_sites) if not _asks_nobody(c, context))
    for site, clue in stages.stages(context, compared):
        yield from _chosen(site, dossier_of(site, context, (clue,)), context, only=COMPARED)
    for site in local:
        route = context.route(site)
        if route.vendors and not route.local and SELF_HOSTED not in route.providers:
            licensed = _chosen(site, dossier_of(site, context), context, only=LICENSED)
            yield from (c for c in licensed if c.confidence is Confidence.HIGH)


def _at_sites(context: Context, compared: Mapping[Place, list[Clue]]) -> Iterator[tuple[Site, Candidate]]:
    """The candidates of all sites at which a model is asked."""
    for site in context.sites:
        if site.role == "judge" and site.place in context.ran:
            continue  # the model that it runs is the usage
        dossier = dossier_of(site, context, compared.get(site.place, ()))
        yield from ((site, candidate) for candidate in _chosen(site, dossier, context))


def _asks_nobody(candidate: Candidate, context: Context) -> bool:
    """Whether nothing but an own server or own weights are asked, for nothing that a licence of weights speaks of; a
    wrapper for others still offers it."""
    if candidate.pattern in OWN_SERVER:
        return context.is_own(candidate.route)
    if candidate.pattern in NOBODYS:
        return context.is_own(candidate.route) and not candidate.dossier.has("library")
    if not candidate.route.local or candidate.pattern not in LICENSED:
        return False
    return not candidate.route.vendors or candidate.confidence is not Confidence.HIGH


def _chosen(
    site: Site, dossier: Dossier, context: Context, *, only: frozenset[str] = frozenset()
) -> Iterator[Candidate]:
    """The candidates of a site; with ``only``, nothing outside those patterns."""
    for choice in choose(dossier, site.role):
        if only and choice.pattern not in only:
            continue
        main = decisive(dossier, choice.reading)
        if choice.pattern in TRAINING:
            main = tuple(dict.fromkeys((*main, *links.readers_of_same_name(dossier))))
        yield Candidate(
            choice.pattern,
            choice.confidence,
            site.place,
            context.route(site),
            dossier,
            choice.reading,
            choice.runner_up,
            trace.build(site, main, context),
            attributes.of_site(choice.pattern, site, dossier, context),
            context.view.call(site.calls[0]).symbol,
            joints(choice.pattern, site, context),
        )


def _own_service(site: Site, dossier: Dossier, context: Context) -> Iterator[Clue]:
    """Whether the tuning service that gets the output is the generator's own vendor's."""
    mine = context.route(site)
    for clue in dossier.of("flow-to-tuning", "flow-to-tuning-inferred", "tuning-beside"):
        theirs = set(clue.values)
        if theirs & set(mine.providers) or {context.lexicon.vendor(p) for p in theirs} & set(mine.vendors):
            yield Clue("own-service", "the tuned model is of the generator's own vendor", clue.place)


def _platforms(context: Context) -> Iterator[Candidate]:
    reads = [c for c in context.view.by_role.get("platform-read", ()) if platform.METADATA not in c.entry.tags]
    for site in find_sites(context.view, reads):
        if asserts(site.place):
            continue
        dossier = Dossier()
        dossier.extend(platform.collect(site, context))
        yield from _chosen(site, dossier, context, only=PLATFORM_PATTERNS)
    for site in find_sites(context.view, exported.readers(context)):
        dossier = Dossier()
        dossier.extend(exported.collect(site, context))
        if not (only := exported.patterns(site, dossier)):
            continue
        for candidate in _chosen(site, dossier, context, only=only):
            candidate.route = exported.route(site, context)
            yield candidate


def _datasets(context: Context) -> Iterator[Candidate]:
    for site in find_sites(context.view, _loads(context)):
        known = next((d for c in context.calls(site) if (d := materials.known_data(c, context)) is not None), None)
        if known is None:
            continue
        dossier = materials.load_clues(site, known, context)
        for candidate in _chosen(site, dossier, context, only=frozenset({"training-on-output"})):
            candidate.route = materials.dataset_route(known, context)
            candidate.attributes.setdefault(known_sets.ORIGIN, set()).add(known_sets.DATASET)
            yield candidate


def _loads(context: Context) -> tuple[CallFact, ...]:
    roles_of_loads = ("load-dataset", "read", "http")
    return tuple(
        c
        for r in roles_of_loads
        for c in context.view.by_role.get(r, ())
        if materials.known_data(c, context) is not None
    )


def _tunings(context: Context) -> Iterator[Candidate]:
    for site in find_sites(context.view, context.view.by_role.get("tune", ())):
        if not materials.fed_by_model(site, context):
            yield from _chosen(site, materials.tuning_clues(site, context), context)


def _exports(context: Context) -> Iterator[Candidate]:
    for site in find_sites(context.view, materials.export_readers(context)):
        dossier = materials.export_clues(site, context)
        for candidate in _chosen(site, dossier, context, only=frozenset({"training-on-output"})):
            candidate.route = materials.export_route(site, context)
            yield candidate
