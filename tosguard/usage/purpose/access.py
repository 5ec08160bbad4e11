"""How a provider is reached: consumer apps driven by code, pools of keys, and servers that pass an API on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tosguard.flow.facts import CallFact, Flow, Value
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue
from tosguard.usage.purpose import rotation
from tosguard.usage.purpose.contestants import OWN_SYMBOL
from tosguard.usage.purpose.scale import ACCOUNT_ARGUMENTS
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.providers import LONGEST_MODEL_ID
from tosguard.usage.reading.saying import named_in_file
from tosguard.usage.reading.view import INFERENCE_ROLES, PICKING, parts_of, texts_in
from tosguard.usage.sites.sites import Site

#: A name that says what is drawn from stands within this many lines of the draw.
PICKER_LINES = 3

#: The tag of calls that set something for a whole library, such as ``configure(api_key=…)``.
SETUP = "setup"

#: Helpers of helpers that are looked into for where a credential comes from.
HELPER_DEPTH = 2

#: What a pool holds is looked into this deep for models: fields of records in a list.
POOL_DEPTH = 3

#: A request body that is spread over a call's arguments reaches at least this many of them.
SPREAD = 3

#: The version of an API in a path.
VERSION = re.compile(r"/v\d+\w*/")

#: The piece of a path that says nothing but that it is one of an API.
API = "api"

#: Routes that take every path.
ANY_PATH = (":path}", ":.*}", "<path:", "{full_path", "{rest_of_path")


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about access at one site."""
    for call in context.calls(site):
        yield from _unofficial(call, context)
    yield from _keys(site, context)
    yield from _proxy(site, context)


def _unofficial(call: CallFact, context: Context) -> Iterator[Clue]:
    if call.entry.role == "unofficial":
        yield Clue("unofficial-client", "a client that drives a consumer app or private endpoint", call.place, STRONG)
        return
    for client in (call, *context.view.clients(call)):
        for name in ("url", "base_url"):
            for text in texts_in(client.arguments.get(name, Value()), 1):
                host = context.lexicon.host(text)
                if host is not None and host.audience == "consumer":
                    yield Clue(
                        "unofficial-client", f"requests go to the consumer app at {text[:60]}", call.place, STRONG
                    )


def _keys(site: Site, context: Context) -> Iterator[Clue]:
    """A credential that is drawn, cycled or switched out of several, in the functions that lead to the call."""
    near = _functions_around(site, context)
    yield from _drawn_keys(site, near, context)
    yield from rotation.collect(site, near, context)
    for picker in context.view.pickers:
        if picker.function not in near or not _may_be_keys(picker) or _is_asked_about(picker, context):
            continue
        words = context.function_words(picker.place)
        said = context.lexicon.words(picker.place.scope.rsplit(".", 1)[-1])
        if "endpoints" in said:
            yield Clue("random-endpoint", "an endpoint is drawn at random from a configuration", picker.place, WEAK)
            continue
        beside = context.words_beside(picker.place, PICKER_LINES)
        if "keys" not in said and "keys" not in beside and not _environment_keys(picker, context):
            continue
        if _holds_vendors(picker, context):
            continue
        yield Clue("key-pool", "the credential is one of several", picker.place, MEDIUM)
        if _on_limit(picker, words):
            yield Clue("switch-on-limit", "another key is taken when the rate limit is hit", picker.place, STRONG)
        elif "cycle" in picker.entry.tags:
            yield Clue("cycled-keys", "keys are taken in turn", picker.place, MEDIUM)
        else:
            yield Clue("random-key", "a key is drawn at random", picker.place, MEDIUM)


def _is_asked_about(picker: CallFact, context: Context) -> bool:
    """Whether what is drawn becomes part of a prompt: accounts that a model is told of are no credentials."""
    calls = [c.index for c in context.view.by_symbol.get(picker.symbol, ()) if c.place == picker.place]
    drawn = (o.index for call in calls for o in context.view.origins_of_call.get(call, ()))
    return any(
        flow.argument == "input" and context.view.call(flow.sink).entry.role in INFERENCE_ROLES
        for flow in context.view.flows_from(drawn)
    )


def _drawn_keys(site: Site, near: frozenset[str], context: Context) -> Iterator[Clue]:
    """What was drawn from a collection and is the credential of a client of the site, or is set for the whole library
    on the way to its calls: the flow shows the pool."""
    for call in context.calls(site):
        for client in (call, *context.view.clients(call), *_set_up(call, near, context)):
            given = (client.arguments.get(name, Value()) for name in ACCOUNT_ARGUMENTS)
            for origin in sorted({o for value in given for o in _credential_origins(value, context)}):
                picker = context.view.birth(origin)
                if not PICKING & set(picker.entry.tags) or not _may_be_keys(picker) or _draws_objects(picker, context):
                    continue
                if _holds_vendors(picker, context) or _chooses_a_vendor(origin, (call, client), site, context):
                    continue
                yield Clue("key-pool", "the credential is one of several", picker.place, STRONG)
                if "cycle" in picker.entry.tags:
                    yield Clue("cycled-keys", "keys are taken in turn", picker.place, STRONG)
                else:
                    yield Clue("random-key", "a key is drawn at random", picker.place, MEDIUM)


def _chooses_a_vendor(origin: int, calls: Iterable[CallFact], site: Site, context: Context) -> bool:
    """Whether what is drawn also says which model is asked, out of those of several makers: each has a key of its own
    then, and nobody's limit is got round."""
    models = [m for call in calls if origin in (m := call.arguments.get("model", Value())).all_origins()]
    makers = {*context.route(site).vendors, *context.lexicon.makers(t for m in models for t in texts_in(m, 1))}
    return bool(models) and len(makers) > 1


def _set_up(call: CallFact, near: frozenset[str], context: Context) -> Iterator[CallFact]:
    """The calls on the way to an inference call that set the credential for all of its library."""
    for other in context.view.by_tag.get(SETUP, ()):
        if other.function in near and other.entry.topic == call.entry.topic:
            yield other


def _credential_origins(value: Value, context: Context) -> frozenset[int]:
    """What an argument that opens a client is made of; of headers, what those hold that carry a credential."""
    named = [part for name, part in value.keys if "credential" in context.lexicon.words(name)]
    return frozenset().union(*(part.all_origins() for part in named)) if named else value.all_origins()


def _on_limit(picker: CallFact, words: frozenset[str]) -> bool:
    """Whether a key is picked in answer to a rate limit: in a handler of its exception or one told by text."""
    if any(map(rotation.meets_limit, picker.guards)):
        return True
    return bool(picker.guards) and "limits" in words


def _may_be_keys(picker: CallFact) -> bool:
    """Whether something that is drawn may be a credential: addresses and texts with blanks, such as what a browser says
    of itself, are none, nor are the letters of a text."""
    pool = picker.arguments.get("data", Value())
    if pool.texts():
        return False
    written = tuple(texts_in(pool, 1))
    return not written or any("://" not in text and not any(map(str.isspace, text)) for text in written)


def _draws_objects(picker: CallFact, context: Context) -> bool:
    """Whether one of the project's own objects is drawn where no name speaks of keys or accounts: a speaker out of
    several, say, each of which has a client."""
    pool = picker.arguments.get("data", Value())
    objects = any(s.startswith(OWN_SYMBOL) for part in parts_of(pool, 1) for s in part.symbols)
    near = context.function_words(picker.place) | context.words_beside(picker.place, PICKER_LINES)
    said = near | context.lexicon.words(picker.place.scope.rpartition(".")[2])
    return objects and not {"keys", "credential"} & said


def _environment_keys(picker: CallFact, context: Context) -> bool:
    """Whether what is picked from came out of a variable that holds a provider's key, and out of nothing else."""
    value = picker.arguments.get("data", Value())
    births = [context.view.birth(o) for o in sorted(value.all_origins())]
    if any(b.entry.role != "environment" for b in births):
        return False
    names = [n for b in births for n in texts_in(b.arguments.get("name", Value()), 0)]
    return any(context.lexicon.environment(n) for n in names)


def _holds_vendors(picker: CallFact, context: Context) -> bool:
    """Whether a model of each of several makers is among what is drawn from."""
    texts = texts_in(picker.arguments.get("data", Value()), POOL_DEPTH)
    return len(context.lexicon.makers(t for t in texts if len(t) < LONGEST_MODEL_ID)) > 1


def _functions_around(site: Site, context: Context) -> frozenset[str]:
    """The functions on the way of a site's value and around its calls, and what these call."""
    start = {*site.functions, *(c.function for c in context.calls(site))}
    start |= {f for c in context.calls(site) for p in c.callers if (f := context.view.function_at(p))}
    found, edge = set(start), set(start)
    for _ in range(HELPER_DEPTH):
        edge = {callee for f in edge for callee in context.view.callees.get(f, ())} - found
        found |= edge
    return frozenset(found)


def _proxy(site: Site, context: Context) -> Iterator[Clue]:
    """Inbound requests passed on: the call stands behind a route, the route is the API's own, the body goes through."""
    for flow in context.inputs(site):
        birth = context.view.birth(flow.origin)
        if birth.entry.role == "serve":
            yield Clue("served", "the call is made inside a web route", birth.place, MEDIUM, hops=flow.hops)
            passed = _as_it_is(flow, context) or _spread(flow, context) or _in_request(flow, context)
            if not flow.keys and passed:
                yield Clue("forwarded-body", "the inbound body is passed on", site.place, STRONG, hops=flow.hops)
    for route in _routes_before(site, context):
        yield Clue("served", "the call is made inside a web route", route.place, MEDIUM)
        if _compatible(route, context):
            yield Clue("compatible-route", "the route has the path of the provider's own API", route.place, MEDIUM)
    for call in context.calls(site):
        body = call.arguments.get("body") or call.arguments.get("input")
        if body is not None and not body.constants and not body.templates and not body.keys and body.element is None:
            yield Clue("opaque-body", "what is sent comes from elsewhere as a whole", call.place, WEAK)
    near = context.words(site) | context.module_words(site.place.path)
    if "proxy" in near:
        yield Clue(
            "proxy-words",
            f"names in the file speak of a proxy or relay{named_in_file(site.place.path, 'proxy', context)}",
            site.place,
            WEAK,
        )
    if "accounts" in near:
        names = named_in_file(site.place.path, "accounts", context)
        said = f"names in the file speak of accounts, quotas or billing{names}"
        yield Clue("own-accounts", said, site.place, WEAK)


def _as_it_is(flow: Flow, context: Context) -> bool:
    """Whether a value is what is sent, not only something in it: a message that a body holds is asked, no request."""
    given = context.view.call(flow.sink).arguments.get(flow.argument, Value())
    return flow.argument in ("body", "rest") and flow.origin in given.origins


def _spread(flow: Flow, context: Context) -> bool:
    """Whether one value fills what a call can take, as ``create(**body)`` does: no argument of the call is left out."""
    call = context.view.call(flow.sink)
    filled = [n for n in call.entry.arguments if flow.origin in call.arguments.get(n, Value()).origins]
    return flow.argument == "input" and len(filled) >= SPREAD and call.arguments.keys() >= call.entry.arguments.keys()


def _in_request(flow: Flow, context: Context) -> bool:
    """Whether a value is the body of a request that is made first and sent then: ``urlopen(Request(url, body))``."""
    sender = context.view.call(flow.sink).function
    made = (c for c in context.view.by_role.get("client", ()) if c.function == sender)
    return any(flow.origin in c.arguments.get("body", Value()).all_origins() for c in made)


def _routes_before(site: Site, context: Context) -> Iterator[CallFact]:
    """The route declarations that decorate a function on the way of a site's value or around its calls."""
    places = (*site.chain, *(p for c in context.calls(site) for p in c.way))
    for path, scope in dict.fromkeys(p.within for p in places if p.scope):
        start = context.view.line_of(path, scope)
        for route in context.view.by_path.get(path, ()) if start else ():
            if route.entry.role == "serve" and context.view.next_function(route.place) == start:
                yield route


def _compatible(route: CallFact, context: Context) -> bool:
    """Whether a route's path is one of a provider's API, or takes every path."""
    for text in texts_in(route.arguments.get("path", Value()), 1):
        if any(piece in text for piece in ANY_PATH):
            return True
        path = text if text.startswith("/") else "/" + text
        endpoint = context.lexicon.catalogue.endpoint_of("https://host" + path)
        if endpoint is None or endpoint.role not in INFERENCE_ROLES:
            continue
        said = [piece for piece in endpoint.path.split("/") if piece != API]
        if len(said) > 1 or VERSION.search(path):  # one word says nothing alone: ``/completions``, ``/api/chat``
            return True
    return False
