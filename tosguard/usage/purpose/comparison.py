"""Whether models of different vendors get the same tasks and their results meet.

This looks at all sites at once. Two sites are *both asked* when they stand in the same repetition, or their results end
in the same place, and no branch keeps them apart; sites in the arms of one branch, or one call that serves several
vendors, are a *choice*: a comparison only where more shows that every model gets its turn (a loop over models) or that
what was kept for each is read together again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import combinations

from tosguard.catalog.model import Entry
from tosguard.flow.disk.disk import same_path, split_path
from tosguard.flow.facts import CallFact, Flow, Loop, Place
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue
from tosguard.usage.limits import SHARED_TEXTS
from tosguard.usage.purpose import pages
from tosguard.usage.purpose.apart import dispatched, exclusive, nested, parted, works_on
from tosguard.usage.purpose.contestants import OWN, in_turn, is_left, is_tried, sides
from tosguard.usage.purpose.roles import in_test
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.providers import LONGEST_MODEL_ID
from tosguard.usage.reading.together import is_apart, way_of_site
from tosguard.usage.reading.view import parts_of, texts_in
from tosguard.usage.sites.sites import Site
from tosguard.usage.sites.testing import asserts

#: Roles whose results can be compared as answers.
COMPARED_ROLES = frozenset(
    {"generate", "unofficial", "embed", "local-generate", "moderate", "transcribe", "image", "speech"}
)

#: Roles at which a model answers in text, on whatever way.
ANSWERING = frozenset({"local-generate", "unofficial"})

#: The kind of sites at which texts become vectors.
EMBEDS = "embed"

#: Roles in which results meet.
MEETING_ROLES = frozenset({"write", "publish", "log", "metric"})

#: Clues that models of several makers are asked, not one of them.
SURE = frozenset({"several-vendors", "own-model-compared"})

#: The word list of pieces of documents: what is called so is no list of models, whatever else it may be.
PIECES = "pieces"

#: A list that says more than so much for each model that is in it is no list of models.
FIELDS_OF_A_MODEL = 8

#: How the model is called that a request is for, and the word list of what is asked of it.
ONE_MODEL = "model"
ASKED = "asked"

#: The word list that names a look whether a provider is there.
LIVENESS = "liveness"

#: The word list of what is said in numbers: what is called so is no list of models either.
AMOUNTS = "amounts"

#: Calls of one site that are compared with each other.
MOST_CALLS = 24

#: The word list of what loops over models are written with.
MODEL_WORDS = "models"


def collect_all(context: Context, local: tuple[Site, ...]) -> dict[Place, list[Clue]]:
    """The clues about comparison at every site, by the site's place. ``local`` are sites of open or own models."""
    found: dict[Place, list[Clue]] = defaultdict(list)
    sites = [s for s in (*context.sites, *local) if s.role in COMPARED_ROLES and not _only_looks(s, context)]
    for site in sites:
        if site in context.sites:
            found[site.place].extend(_alone(site, context))
    for alike in _comparable(sites):
        for members, where in (*_groups(alike, context), *_functions(alike), *pages.groups(alike, context)):
            for site, clue in _of_group(_independent(members, context), where, context):
                _keep(found[site.place], clue)
        for members, where in _meetings(alike, context):
            group = _independent(members, context)
            if len(_vendors(group, context)) >= 2 and len(group) >= 2:
                said = Clue("results-meet", "the results of the compared models end in the same place", where, STRONG)
                for site in group:
                    _keep(found[site.place], said)
                for site, clue in _of_group(_of_same_rows(group, context), where, context):
                    _keep(found[site.place], clue)
        for members, _ in pages.groups(alike, context):
            _shown(_asked(_independent(members, context), context), found)
    for site in context.sites:
        if any(c.kind in ("open-choice", "several-vendors") for c in found.get(site.place, ())):
            found[site.place].extend(_every_turn(site, context))
            found[site.place].extend(_shown_alone(site, found[site.place], context))
    return found


def _only_looks(site: Site, context: Context) -> bool:
    """Whether a site asks nothing of its own: to see whether a provider is there, or for a test of the code."""
    if asserts(site.place):
        return True
    return any(LIVENESS in context.lexicon.words(p.scope.rpartition(".")[2]) for p in site.chain)


def _shown(asked: list[Site], found: dict[Place, list[Clue]]) -> None:
    """Say of sites that are all asked that a page or table shows their answers together."""
    for site in asked:
        said = "a page or table shows the answers of models of several makers together"
        _keep(found[site.place], Clue("shown-together", said, site.place, MEDIUM))


def _shown_alone(site: Site, clues: list[Clue], context: Context) -> Iterator[Clue]:
    """The same of one site that serves several makers: each round of the loop over them shows its answer."""
    kinds = {c.kind for c in clues}
    if "several-vendors" in kinds or {"open-choice", "model-loop"} <= kinds:
        display = next(pages.displays(site, context), None)
        at_once = display is not None and display.place == site.place and "several-vendors" in kinds
        place = site.place if at_once else pages.shown_in_every_round(site, context)
        if place is not None:
            said = "a page or table shows the answers of models of several makers together"
            yield Clue("shown-together", said, place, MEDIUM)


def _comparable(sites: list[Site]) -> Iterator[list[Site]]:
    """Sites whose results may be compared with each other: of one kind, and all or none of them in tests of the code,
    which ask servers of their own."""
    grouped: dict[tuple[str, bool], list[Site]] = defaultdict(list)
    for site in sites:
        grouped[_kind(site), in_test(site)].append(site)
    yield from grouped.values()


def _kind(site: Site) -> str:
    """What a site's model does; only results of one kind are compared."""
    return "generate" if site.role in ANSWERING else site.role


def _keep(clues: list[Clue], clue: Clue) -> None:
    """Keep the first clue of its kind, and no choice where all are known to be asked."""
    if any(c.kind == clue.kind for c in clues):
        return
    if clue.kind == "open-choice" and any(c.kind in SURE for c in clues):
        return
    clues.append(clue)


def _of_group(group: list[Site], where: Place, context: Context) -> Iterator[tuple[Site, Clue]]:
    """What sites with a repetition or function in common show: that several vendors are asked, or one of several."""
    vendors = _vendors(group, context)
    if len(vendors) < 2 or len(group) < 2:
        return
    asked = {site.place for site in _asked(group, context)}
    both = sorted(_vendors([s for s in group if s.place in asked], context))
    kind = "own-model-compared" if OWN in both and len(both) == 2 else "several-vendors"
    said = Clue(
        kind, f"models of several makers ({', '.join(both)}) get the same tasks", where, STRONG, values=tuple(both)
    )
    names = ", ".join(sorted(vendors))
    choice = Clue("open-choice", f"a choice between models of {names}", where, WEAK, values=tuple(sorted(vendors)))
    for site in group:
        yield site, said if site.place in asked else choice


def _asked(group: list[Site], context: Context) -> list[Site]:
    """The sites of a group that are asked beside one of another maker: nothing keeps the two apart. Calls of providers
    and of own models that a dispatch has at one place are one site here, which serves the makers of both. An index
    takes the vectors of whichever embedder it was given, at several places."""
    makers: dict[Place, set[str]] = defaultdict(set)
    for site in group:
        makers[site.place] |= _vendors([site], context)
    asked: dict[Place, Site] = {}
    for one, other in combinations(group, 2):
        apart = (
            exclusive(one, other, context)
            or nested(one, other, context)
            or dispatched(one, other, context)
            or works_on(one, other, context)
        )
        taken = one.role == EMBEDS and max(len(makers[s.place]) for s in (one, other)) > 1
        if _rivals(makers[one.place], makers[other.place]) and not apart and not taken:
            asked.update({one.place: one, other.place: other})
    return list(asked.values())


def _rivals(mine: Set[str], theirs: Set[str]) -> bool:
    """Whether models of different makers are asked, whichever they are: two places that both serve a maker may do so
    at the same time, as where a framework asks the one model that it was given in several places."""
    return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)


def _vendors(group: list[Site], context: Context) -> set[str]:
    return {v for s in group for v in sides(context.route(s))}


def _independent(group: list[Site], context: Context) -> list[Site]:
    """The sites of a group that are no pipeline: none feeds another one of it one-sidedly, none judges.

    Sites that see each other's answers, and the arms of a branch, are turns of one conversation. What is only judged is
    fed nowhere.
    """
    fed = {s.place: _fed(s, group, context) for s in group}
    linked: set[Place] = set()
    for site in group:
        for other in group:
            one_way = other.place in fed[site.place] and site.place not in fed[other.place]
            if one_way and not context.judges(other) and not exclusive(site, other, context):
                linked |= {site.place, other.place}
    return [s for s in group if s.place not in linked and not context.judges(s)]


def _fed(site: Site, group: list[Site], context: Context) -> set[Place]:
    """The places of the sites that are shown a site's values, an own model's among them."""
    sinks = {flow.sink for flow in context.all_flows(site) if not flow.derived}
    local = {s.place for s in group if s.role in ANSWERING and s.place != site.place and sinks & set(s.calls)}
    return local | {other.place for other in context.fed_by(site)}


def _alone(site: Site, context: Context) -> Iterator[Clue]:
    """One site that serves several vendors: a loop over their models, or a dispatch that takes any."""
    for loop in _loops(site, context):
        vendors = _vendors_of_loop(loop, site, context)
        if len(vendors) >= 2 and not is_left(loop, context):
            yield Clue(
                "several-vendors",
                f"a loop runs models of {', '.join(sorted(vendors))}",
                loop.place,
                STRONG,
                values=tuple(sorted(vendors)),
            )
            yield from _kept_in_turn(site, context)
            return
    vendors = {v for c in context.calls(site) for v in sides(context.routes.of(c))}
    turns = _in_turn(site, context) if len(vendors) >= 2 else None
    if turns is not None:
        names = ", ".join(sorted(vendors))
        said = f"the same work is done with models of {names}, one after another"
        yield Clue("several-vendors", said, turns, STRONG, values=tuple(sorted(vendors)))
    elif len(vendors) >= 2:
        yield Clue(
            "open-choice",
            f"one call serves models of {', '.join(sorted(vendors))}",
            site.place,
            WEAK,
            values=tuple(sorted(vendors)),
        )


def _kept_in_turn(site: Site, context: Context) -> Iterator[Clue]:
    """Where the answers of all that a loop asks are kept or printed, one after the other."""
    way = way_of_site(site, context)
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        if sink.entry.role in MEETING_ROLES and not flow.derived and not is_apart(flow, way, context):
            yield Clue("kept-in-turn", "the answers of every model are kept in the same place", sink.place, MEDIUM)
            return


def _in_turn(site: Site, context: Context) -> Place | None:
    """Where the function that a site stands in is called first for one maker's model, then for another's: two places
    further out, beside each other, that have no maker in common."""
    calls = context.calls(site)[:MOST_CALLS]
    ways: dict[tuple[Place, ...], dict[Place, set[str]]] = {}
    for call in calls:
        for depth, here in enumerate(call.callers):
            beside = ways.setdefault(call.callers[:depth], {})
            beside.setdefault(here, set()).update(sides(context.routes.of(call)))
    for beside in ways.values():
        for here, there in combinations(beside, 2):
            inside = here.within == site.place.within
            if not inside and not parted(here, there, context) and _rivals(beside[here], beside[there]):
                return here
    return None


def _loops(site: Site, context: Context) -> tuple[Loop, ...]:
    """The repetitions around a site, without those in which one is only asked when another failed."""
    loops = dict.fromkeys(loop for call in context.calls(site) for loop in call.loops)
    return tuple(loop for loop in loops if not is_tried(loop, context))


def _vendors_of_loop(loop: Loop, site: Site, context: Context) -> set[str]:
    """The makers of the models that a loop runs over, unless the site asks a model of its own in every round."""
    if loop.over is None or context.is_over(loop, PIECES):
        return set()
    if site.role == EMBEDS and not _over_models(loop, context):
        return set()  # steps that a document goes through, of which one embeds it
    texts = dict.fromkeys(t for t in texts_in(loop.over, 3) if len(t) < LONGEST_MODEL_ID)
    found = {t: m for t in texts if (m := context.lexicon.model_id(t)) is not None}
    if len(texts) > SHARED_TEXTS and len(found) * FIELDS_OF_A_MODEL < len(texts):
        found = {}
    asked = context.route(site).models
    if asked and not any(a.endswith(t) or t.endswith(a) for a in asked for t in found):
        found = {}
    vendors = {m.vendor for m in found.values()} | in_turn(loop, site, context)
    for symbol in (s for part in parts_of(loop.over, 2) for s in part.symbols if not is_left(loop, context)):
        entry = context.lexicon.catalogue.under_client(symbol) or _client(symbol, context)
        if entry is not None and entry.provider:
            vendors.add(context.lexicon.maker(entry.provider) or entry.provider)
    return vendors


def _client(symbol: str, context: Context) -> Entry | None:
    """The client that a symbol is an object of."""
    entry = context.lexicon.catalogue.entry(symbol.removesuffix("()")) if symbol.endswith("()") else None
    return entry if entry is not None and entry.role == "client" else None


def _every_turn(site: Site, context: Context) -> Iterator[Clue]:
    """What shows that every model of a choice gets its turn: a loop over models, a script that runs the program for
    each, or results that are read together."""
    for loop in _loops(site, context):
        if not is_left(loop, context) and _over_models(loop, context):
            yield Clue("model-loop", "the tasks are repeated for one model after another", loop.place, MEDIUM)
            break
    else:
        yield from _run_in_turn(site, context)
    for listing in context.view.listings:
        reader = listing.callers[0] if listing.callers else listing.place
        elsewhere = reader.path not in {p.path for p in (*site.chain, *site.outward)}
        if elsewhere and _lists(
            listing, site, context, by_model=not _speaks_of_models((reader, listing.place), context)
        ):
            said = "all files of the directory that the results are kept in are read together"
            yield Clue("read-together", said, listing.place, MEDIUM)
            yield from _said_there(reader, listing, context)
            return


def _over_models(loop: Loop, context: Context) -> bool:
    """Whether names say that a loop runs over models: not over requests, each of which names the model that it is
    for, nor over steps of a size that is set for models."""
    found = ((name, context.lexicon.words(name)) for name in loop.names)
    names = [name for name, lists in found if MODEL_WORDS in lists and AMOUNTS not in lists]
    if names == [ONE_MODEL]:
        return not any(ASKED in context.lexicon.whole_words(name) for name in loop.names)
    return bool(names)


def _speaks_of_models(places: Sequence[Place], context: Context) -> bool:
    """Whether names around places or of their files speak of models: a program's own logs are read together, too."""
    files = (place.path.rsplit("/", 1)[-1] for place in places)
    return any(MODEL_WORDS in context.function_words(place) for place in places) or any(
        MODEL_WORDS in context.lexicon.words(name) for name in files
    )


def _run_in_turn(site: Site, context: Context) -> Iterator[Clue]:
    """Where a script runs the site's program for models of one maker after the other."""
    for program in dict.fromkeys(p.path for p in (*site.chain, *site.outward)):
        for turns in context.turns.get(program, ()):
            makers = context.lexicon.makers(turns.values)
            if len(makers) >= 2:
                said = f"a script runs the program for models of {', '.join(sorted(makers))}, one after another"
                yield Clue("model-loop", said, turns.place, MEDIUM, values=tuple(sorted(makers)))
                return


def _lists(listing: CallFact, site: Site, context: Context, *, by_model: bool) -> bool:
    """Whether a listing reads what a site's results are written as; ``by_model`` where that says of which model they
    are."""
    read = context.view.paths(listing)
    return any(
        same_path(split_path(one), split_path(other))
        for flow in context.flows(site)
        if (sink := context.view.call(flow.sink)).entry.role == "write"
        if not by_model or _says_model(flow, context)
        for one in context.view.paths(sink)
        for other in read
    )


def _says_model(flow: Flow, context: Context) -> bool:
    """Whether what a flow is written as says which model it is of: in the name of the file, or in a field."""
    names = ("".join(part or " " for part in path) for path in context.view.paths(context.view.call(flow.sink)))
    fields = (key for keys in context.records_at(flow) for key in keys)
    return any(context.lexicon.makers_named(name.rsplit("/", 1)[-1]) for name in names) or any(
        MODEL_WORDS in context.lexicon.words(key) for key in fields
    )


def _said_there(place: Place, listing: CallFact, context: Context) -> Iterator[Clue]:
    """What names say where results are read together: those around the call that leads there, unless it is how a
    program is started, and around the reading itself."""
    name = place.path.rsplit("/", 1)[-1]
    near = context.function_words(place if place.scope else listing.place)
    words = context.lexicon.words(name) | context.lexicon.words(place.scope) | near
    for topic in ("comparison", "evaluation"):
        if topic in words:
            said = f"the results are read together where names speak of {topic}"
            yield Clue(f"{topic}-words", said, place, WEAK)


def _groups(sites: list[Site], context: Context) -> Iterator[tuple[list[Site], Place]]:
    """Sites that share a repetition: around them, or in what one function calls at several places."""
    by_loop: dict[tuple[Place, tuple[str, str] | None], list[Site]] = defaultdict(list)
    for site in sites:
        inside = {p.within for p in site.chain} - {site.place.within, *(p.within for p in site.outward)}
        for loop in _loops(site, context):
            group = by_loop[loop.place, site.place.within if loop.place.within in inside else None]
            if loop.kind != "while" and site not in group:
                group.append(site)
    for (place, _), group in by_loop.items():
        yield from ((members, place) for members in _beside(group))


def _beside(group: list[Site]) -> Iterator[list[Site]]:
    """The sites of a group that may get the same tasks in one round: of those that embed, which may be an index and
    what is looked for in it, the ones of each file."""
    if not group or group[0].role != EMBEDS:
        yield group
        return
    files: dict[str, list[Site]] = defaultdict(list)
    for site in group:
        files[site.place.path].append(site)
    yield from files.values()


def _functions(sites: list[Site]) -> Iterator[tuple[list[Site], Place]]:
    """Sites that stand in one function."""
    by_function: dict[tuple[str, str], list[Site]] = defaultdict(list)
    for site in sites:
        if site.place.scope:
            by_function[site.place.path, site.place.scope].append(site)
    for group in by_function.values():
        yield group, group[0].place


def _of_same_rows(group: list[Site], context: Context) -> list[Site]:
    """The sites of a group that are each repeated over rows that another of it is repeated over as well: a column for
    each model is filled in a step of its own. What made the rows of another is asked for no column."""
    rows = {s.place: {o for x in _loops(s, context) if x.over is not None for o in x.over.all_origins()} for s in group}
    made = {s.place for s in group if any(s.all_origins & rows[o.place] for o in group if o.place != s.place)}
    kept = [s for s in group if s.place not in made]
    return [s for s in kept if any(rows[s.place] & rows[o.place] for o in kept if o.place != s.place)]


def _meetings(sites: list[Site], context: Context) -> Iterator[tuple[list[Site], Place]]:
    by_sink: dict[int, list[Site]] = defaultdict(list)
    for site in sites:
        way = way_of_site(site, context)
        for flow in context.flows(site):
            meets = context.view.call(flow.sink).entry.role in MEETING_ROLES and not is_apart(flow, way, context)
            if meets and site not in by_sink[flow.sink]:
                by_sink[flow.sink].append(site)
    for sink, group in by_sink.items():
        yield group, context.view.call(sink).place
