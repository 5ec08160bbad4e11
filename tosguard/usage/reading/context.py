"""What every collector of evidence is given: the solution's view, the lexicon, the routes and all sites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tosguard.catalog.model import Shape
from tosguard.flow.facts import CallFact, Flow, Loop, Place, Value
from tosguard.usage.beside.turns import TurnsOf
from tosguard.usage.limits import PERVADING_FUNCTIONS, SHARED_TEXTS
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.providers import Route, Routes, total
from tosguard.usage.reading.records import keys_holding, shape_of
from tosguard.usage.reading.view import View, record_keys, texts_in
from tosguard.usage.sites.sites import Site
from tosguard.usage.sites.testing import asserts

if TYPE_CHECKING:
    from tosguard.usage.sites.handed import Handed

#: Markup of a README that says nothing, and white space.
_MARKS = re.compile(r"<[^>]*>|!\[[^\]]*\]|\]\([^)]*\)|https?://\S+|[\[\]#*_`|]")
_SPACES = re.compile(r"\s+")

#: How the README of a paper's code begins, before it says which paper's.
_PREAMBLE = re.compile(
    r"^(this (repo|repository|project)|here is|official|the) [\w\s,/&()-]*?"
    r"(code|data|implementation|scripts|materials)[\w\s,/&()-]*? "
    r"(for|of|from|in|accompanying)( (the|our|a))?( [\w-]+)? ?(paper|experiments|article|work|study|preprint)?"
    r"( (from|in|of))?( (the|our) paper)?\W*",
    re.IGNORECASE,
)

#: What names hold that speak of batches of requests.
BATCH = "batch"

#: How many characters of a README introduce the project.
INTRODUCTION = 700

#: About as many of these are its title.
TITLE = 80


#: The list of phrases by which a prompt asks to write a text anew: what it says of how good the text is tells what is
#: wanted of the new one.
REWRITING = "rewriting"

#: The list of phrases by which a prompt asks which answer a longer one gives in the end.
READING_OFF = "reading-off-answers"


@dataclass
class Context:
    """The project as the collectors see it."""

    view: View
    lexicon: Lexicon
    routes: Routes
    sites: tuple[Site, ...]
    readmes: Mapping[str, str] = field(default_factory=dict)
    handed: tuple[Handed, ...] = ()
    turns: TurnsOf = field(default_factory=dict)
    failures: dict[str, None] = field(default_factory=dict)

    _flows: dict[tuple[Place, str], tuple[Flow, ...]] = field(default_factory=dict)
    _alike: dict[tuple[tuple[Place, str], int, str], list[int]] = field(default_factory=dict)
    _telling: dict[tuple[Place, str], tuple[Flow, ...]] = field(default_factory=dict)
    _introductions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _module_words: dict[str, frozenset[str]] = field(default_factory=dict)
    _shapes: dict[tuple[Place, int, str], Shape | None] = field(default_factory=dict)
    _fields: dict[tuple[Place, int, str], tuple[str, ...]] = field(default_factory=dict)
    _records: dict[tuple[int, str], tuple[frozenset[str], ...]] = field(default_factory=dict)
    _fed: dict[Place, tuple[Site, ...]] = field(default_factory=dict)
    _nearby: dict[Place, frozenset[str]] = field(default_factory=dict)
    _prompts: dict[Place, tuple[str, ...]] = field(default_factory=dict)

    def introductions(self, path: str) -> tuple[str, ...]:
        """What READMEs say first of the project and of the part that a file lies in, the nearest that there is: a title
        and about a paragraph each, without marks and pictures."""
        if path not in self._introductions:
            said = (_SPACES.sub(" ", _MARKS.sub(" ", text)).strip() for text in self.said_of(path))
            self._introductions[path] = tuple(text[:INTRODUCTION] for text in said)
        return self._introductions[path]

    def is_over(self, loop: Loop, words: str) -> bool:
        """Whether a name with which a loop is written is in a word list: what it runs over, as its author calls it."""
        return any(words in self.lexicon.words(name) for name in loop.names)

    def is_introduced_by(self, path: str, phrases: str) -> bool:
        """Whether a list of phrases is met by what READMEs say first of the project or of the part of a file."""
        return any(phrases in self.lexicon.phrases(text) for text in self.introductions(path))

    def titles(self, path: str) -> tuple[str, ...]:
        """About what the titles of these READMEs say; of one that only says whose code this is, what comes after."""
        return tuple(_PREAMBLE.sub("", text)[:TITLE] for text in self.introductions(path))

    def said_of(self, path: str) -> tuple[str, ...]:
        """The READMEs of the project and of the part that a file lies in, the nearest that there is."""
        folder = path.rpartition("/")[0]
        while folder and folder not in self.readmes:
            folder = folder.rpartition("/")[0]
        return tuple(self.readmes[f] for f in dict.fromkeys(("", folder)) if f in self.readmes)

    @cached_property
    def site_of_origin(self) -> dict[int, Site]:
        """The site an origin belongs to, seen from where its function uses it."""
        return {o: s for s in self.sites for o in s.origins}

    def calls(self, site: Site) -> tuple[CallFact, ...]:
        """The SDK calls of a site."""
        return tuple(self.view.call(i) for i in site.calls)

    def flows(self, site: Site) -> tuple[Flow, ...]:
        """Where a site's values go, as far as that tells what they are for. What ends in very many functions is what a
        whole program works with, and it is hardly told apart who asked for it: there only what the functions do that
        the values come through themselves."""
        key = (site.place, site.role)
        if key not in self._telling:
            flows = self.all_flows(site)
            if len({s.within for f in flows if (s := self.view.call(f.sink).place)}) > PERVADING_FUNCTIONS:
                own = {p.within for p in site.chain}
                flows = tuple(f for f in flows if not own.isdisjoint(p.within for p in self.view.call(f.sink).way))
            self._telling[key] = flows
        return self._telling[key]

    def all_flows(self, site: Site) -> tuple[Flow, ...]:
        """Where the site's values go; of flows that differ only in the calling context the first. Of those that end in
        one argument of a call the surest come first: not over a file, then the shortest. What ends in a test of the
        code is left out, unless the site is reached from one."""
        key = (site.place, site.role)
        if key not in self._flows:
            found: dict[tuple[object, ...], Flow] = {}
            tested = any(asserts(p) for p in (*site.chain, *site.outward))
            for flow in self.view.flows_from(site.all_origins | self._fetched(site)):
                sink = self.view.call(flow.sink)
                if not tested and asserts(sink.place):
                    continue
                same = (sink.place, sink.symbol, flow.argument, flow.keys, flow.inferred, flow.derived)
                kept = found.setdefault(same, flow)
                if kept is not flow:
                    self._alike.setdefault((key, kept.sink, kept.argument), []).append(flow.sink)
            self._flows[key] = tuple(_surest_first(found.values(), self.view))
        return self._flows[key]

    def ends(self, site: Site, flow: Flow) -> Iterator[CallFact]:
        """The call that one of the site's flows ends in, in each calling context that the site's values come to it by:
        what a helper writes to is up to who calls it."""
        others = self._alike.get(((site.place, site.role), flow.sink, flow.argument), ())
        return (self.view.call(index) for index in dict.fromkeys((flow.sink, *others)))

    def fetches_batch(self, call: CallFact) -> bool:
        """Whether a call fetches what was answered, in a file that deals with batches of requests."""
        if call.entry.role != "harvest":
            return False
        module = self.view.modules.get(call.place.path)
        return BATCH in call.symbol or (module is not None and any(BATCH in word.lower() for word, _ in module.words))

    def _fetched(self, site: Site) -> frozenset[int]:
        """What the programs beside one that sends a batch of requests fetch of its provider: the answers to it."""
        sent = [c for c in self.calls(site) if c.entry.role == "batch"]
        if not sent:
            return frozenset()
        asked = {p for batch in sent for p in self.routes.of(batch).providers}
        folder = site.place.path.rpartition("/")[0]
        beside = (c for c in self.view.by_role.get("harvest", ()) if c.place.path.rpartition("/")[0] == folder)
        fetched = (c for c in beside if self.fetches_batch(c) and not asked.isdisjoint(self.routes.of(c).providers))
        return frozenset(o.index for c in fetched for o in self.view.origins_of_call.get(c.index, ()))

    def inputs(self, site: Site) -> Iterator[Flow]:
        """What flows into the site's calls."""
        found: dict[tuple[object, ...], Flow] = {}
        for index in site.calls:
            for flow in self.view.flows_into.get(index, ()):
                birth = self.view.birth(flow.origin)
                found.setdefault((birth.place, birth.symbol, flow.argument, flow.keys, flow.derived), flow)
        return iter(found.values())

    @cached_property
    def sites_of_call(self) -> dict[int, tuple[Site, ...]]:
        """The sites that a call belongs to."""
        found: dict[int, list[Site]] = {}
        for site in self.sites:
            for index in site.calls:
                found.setdefault(index, []).append(site)
        return {index: tuple(sites) for index, sites in found.items()}

    @cached_property
    def _runners(self) -> dict[Place, CallFact]:
        """The calls that have an evaluation service run models or programs, by place."""
        return {c.place: c for c in self.view.by_role.get("judge", ()) if RUNNING & set(c.entry.tags)}

    def runners_of(self, call: CallFact) -> tuple[CallFact, ...]:
        """The evaluation services that run the function in which a call is made."""
        if not self._runners:
            return ()
        around = dict.fromkeys((*(x.place for x in call.loops), *call.callers))
        return tuple(self._runners[p] for p in around if p in self._runners)

    @cached_property
    def ran(self) -> frozenset[Place]:
        """The places of evaluation services whose runs are seen to ask a model."""
        calls = (c for s in self.sites for c in self.calls(s))
        return frozenset(runner.place for call in calls for runner in self.runners_of(call))

    def fed_by(self, site: Site) -> tuple[Site, ...]:
        """The other sites whose calls are shown what this site gets."""
        if site.place not in self._fed:
            found: dict[Place, Site] = {}
            for flow in self.all_flows(site):
                for other in self.sites_of_call.get(flow.sink, ()) if not flow.derived else ():
                    if other.place != site.place:
                        found.setdefault(other.place, other)
            self._fed[site.place] = tuple(found.values())
        return self._fed[site.place]

    def shape_at(self, site: Site, flow: Flow) -> Shape | None:
        """The shape of the records that hold a site's values where a flow ends."""
        key = (site.place, flow.sink, flow.argument)
        if key not in self._shapes:
            value = sink_value(self.view.call(flow.sink), flow)
            self._shapes[key] = shape_of(value, site.all_origins, self.lexicon)
        return self._shapes[key]

    def fields_at(self, site: Site, flow: Flow) -> tuple[str, ...]:
        """The names of the fields that hold a site's values where a flow ends."""
        key = (site.place, flow.sink, flow.argument)
        if key not in self._fields:
            value = sink_value(self.view.call(flow.sink), flow)
            self._fields[key] = keys_holding(value, site.all_origins)
        return self._fields[key]

    def records_at(self, flow: Flow) -> tuple[frozenset[str], ...]:
        """The key sets of the records that a flow ends in."""
        key = (flow.sink, flow.argument)
        if key not in self._records:
            self._records[key] = record_keys(sink_value(self.view.call(flow.sink), flow))
        return self._records[key]

    def judges(self, site: Site) -> bool:
        """Whether a site's names speak of a verdict, or its prompts, be they many, do and do not ask to write a text
        anew."""
        return _asks_verdict(self._said(site)) or self._named_judge(site)

    def grades(self, site: Site) -> bool:
        """The same, but of one of very many prompts nothing is taken: agents that pass on what they said to each other
        grade no answers because one of them may be asked to."""
        return _asks_verdict(self.phrases(site)) or self._named_judge(site)

    def _named_judge(self, site: Site) -> bool:
        return any("judge" in self.lexicon.words(p.scope) for p in site.chain)

    def route(self, site: Site) -> Route:
        """The routes and models of a site."""
        return total(self.routes.of(c) for c in self.calls(site))

    def is_own(self, route: Route) -> bool:
        """Whether nobody else is asked: an own server, or weights that the program runs itself."""
        return route.local or (bool(route.providers) and self.lexicon.licences.issuperset(route.providers))

    def prompts(self, site: Site) -> tuple[str, ...]:
        """The texts that the site's calls send, as far as they are constant, those with which the object was made that
        they are called on among them."""
        if site.place not in self._prompts:
            calls = self.calls(site)
            texts = (t for c in calls for name, v in c.arguments.items() if name not in NOT_PROMPT for t in texts_in(v))
            made = (m.arguments["input"] for c in calls for m in self.view.clients(c) if "input" in m.arguments)
            self._prompts[site.place] = tuple(dict.fromkeys((*texts, *(t for v in made for t in texts_in(v)))))
        return self._prompts[site.place]

    def phrases(self, site: Site) -> frozenset[str]:
        """The phrase lists that the site's prompts meet. What may be one of very many texts is what a whole program
        asks, and no one of them tells what the site is for."""
        return _all(self.lexicon.phrases(text) for text in self.own_prompts(site))

    def own_prompts(self, site: Site) -> tuple[str, ...]:
        """The same texts where they are few enough to be the site's own."""
        texts = self.prompts(site)
        return texts if len(texts) <= SHARED_TEXTS else ()

    def _said(self, site: Site) -> frozenset[str]:
        return _all(self.lexicon.phrases(text) for text in self.prompts(site))

    def documented(self, site: Site) -> frozenset[str]:
        """The phrase lists that the documentation of a site's file and of the functions on its way meets."""
        docs = (self.view.docs.get(key, "") for key in ((p.path, scope) for p in site.chain for scope in ("", p.scope)))
        return _all(self.lexicon.phrases(doc) for doc in dict.fromkeys(docs) if doc)

    def names(self, site: Site) -> tuple[str, ...]:
        """The names around a site, nearest first: scope, functions on the way, file."""
        return tuple(dict.fromkeys((site.place.scope, *reversed(site.functions), site.place.path)))

    def words(self, site: Site) -> frozenset[str]:
        """The word lists that the site's scope and file names meet; a folder's name counts only as a whole."""
        *folders, _ = site.place.path.split("/")
        return self.own_words(site) | _all(self.lexicon.whole_words(folder) for folder in folders)

    def times_said(self, site: Site, topic: str) -> int:
        """How many different names and short strings of a site's file meet a word list."""
        module = self.view.modules.get(site.place.path)
        names = {word for word, _ in module.words} if module is not None else set()
        return sum(topic in self.lexicon.words(name) for name in names)

    def words_beside(self, place: Place, lines: int) -> frozenset[str]:
        """The word lists that identifiers and short strings within some lines of a place meet."""
        module = self.view.modules.get(place.path)
        near = (w for w, line in module.words if abs(line - place.line) <= lines) if module is not None else ()
        return _all(self.lexicon.words(w) for w in near)

    def own_words(self, site: Site) -> frozenset[str]:
        """The word lists that the site's scope and its file's own name meet, folders left out."""
        name = site.place.path.rsplit("/", 1)[-1]
        return _all(self.lexicon.words(n) for n in (site.place.scope, name))

    def module_words(self, path: str) -> frozenset[str]:
        """The word lists that identifiers and strings of a file meet (weak)."""
        if path not in self._module_words:
            module = self.view.modules.get(path)
            self._module_words[path] = _all(self.lexicon.words(w) for w, _ in module.words) if module else frozenset()
        return self._module_words[path]

    def nearby_words(self, site: Site) -> frozenset[str]:
        """The word lists that names and short strings around a site meet (weak)."""
        return self.function_words(site.place)

    def keys_read(self, site: Site) -> frozenset[str]:
        """The constant keys that a site's file takes from records."""
        module = self.view.modules.get(site.place.path)
        return frozenset(key for key, _ in module.keys_read) if module is not None else frozenset()

    def function_words(self, place: Place) -> frozenset[str]:
        """The word lists that the function around a place meets; at the top level of a file those of the whole file."""
        if not place.scope:
            return self.module_words(place.path)
        if place not in self._nearby:
            self._nearby[place] = _all(self.lexicon.words(w) for w in self._words_of_function(place))
        return self._nearby[place]

    def _words_of_function(self, place: Place) -> Iterator[str]:
        module = self.view.modules.get(place.path)
        start, end = self.view.span(place)
        for word, line in module.words if module is not None else ():
            if start <= line < end:
                yield word


#: Tags of evaluation services that run a model or a function of the project themselves.
RUNNING = frozenset({"runs-program", "runs-model"})

#: Arguments that are sent beside the prompt, not as part of it.
NOT_PROMPT = frozenset({"model", "key", "base_url", "url", "headers", "path", "timeout", "store", "metadata"})


def _asks_verdict(said: frozenset[str]) -> bool:
    """Whether prompts that meet these lists of phrases ask for a verdict, and not to write a text anew."""
    return "judge" in said and REWRITING not in said


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _surest_first(flows: Iterable[Flow], view: View) -> list[Flow]:
    """Flows by where they end, as these are met first; into one argument of a call the surest and shortest first."""
    ends: dict[tuple[object, ...], int] = {}

    def rank(flow: Flow) -> tuple[int, bool, int]:
        sink = view.call(flow.sink)
        end = ends.setdefault((sink.place, sink.symbol, flow.argument, flow.derived), len(ends))
        return end, flow.inferred, len(flow.hops)

    return sorted(flows, key=rank)


def sink_value(call: CallFact, flow: Flow) -> Value:
    """The value of the argument that a flow arrives at."""
    return call.arguments.get(flow.argument, Value())
