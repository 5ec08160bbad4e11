"""Plain HTTP requests read as what their URL means: a chat call, an embedding, a tuning job, a consumer app; statements
of SQL as what their functions do; and calls that run any model as what the one that they name does.

What an SDK's symbol says of an SDK call, host and path say of a request. Requests to hosts that no catalogue entry
covers stay what they are, unless their path is that of a well-known API.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tosguard.catalog.matching import HOLE, model_in
from tosguard.catalog.model import Endpoint, Entry, Host
from tosguard.flow.facts import CallFact, Solution, Value
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.view import INFERENCE_ROLES, at_key, texts_in
from tosguard.usage.sites.queues import repeated_as_put
from tosguard.usage.sites.statements import asked_in_sql

#: Roles that a request can take on.
REQUEST_ROLES = INFERENCE_ROLES | {"tune", "upload", "platform-read"}

#: How the calls end that send something: they read nothing of a platform.
SENDING = (".post", ".put", ".patch", ".delete")

#: How those end that look something up.
LOOKING_UP = (".get", ".head")

#: The method by which something is read.
READING = "GET"

#: The kind of entries of a model provider.
PROVIDER = "provider"

#: The path at which most services that speak the same protocol are asked, and the fields of every request there.
CHAT = "/v1/chat/completions"
CHATTING = ("messages", "model")

#: How the symbols of environment variables begin.
ENVIRONMENT = "os.environ["

#: The tag of calls that run any kind of model.
ANY_MODEL = "any-model"

#: What the ids of models have in them that give vectors.
EMBEDDING = "embed"

#: Fields of a body that show that a request asks a model.
ASKING = ("messages", "prompt", "model", "contents", "input", "inputs")


def interpreted(solution: Solution, lexicon: Lexicon) -> Solution:
    """The solution with every request to a model's API as a call of the role that its URL means."""
    prepared: dict[str, list[CallFact]] = {}
    for call in solution.calls:
        if call.entry.role == "client" and "url" in call.arguments:
            prepared.setdefault(f"{call.symbol}()", []).append(call)
    calls = tuple(
        _read(_whole(c, prepared), solution, lexicon)
        if c.entry.role == "http"
        else asked_in_sql(_embedding(c), lexicon)
        for c in solution.calls
    )
    return replace(solution, calls=repeated_as_put(calls))


def _embedding(call: CallFact) -> CallFact:
    """A call that runs any model, as one that embeds where most of the models that it may be for do."""
    if ANY_MODEL not in call.entry.tags or (model := call.arguments.get("model")) is None:
        return call
    models = tuple(texts_in(model, 1))
    if sum(EMBEDDING in m.lower() for m in models) * 2 <= len(models):
        return call
    return replace(call, entry=replace(call.entry, role="embed"))


def _whole(call: CallFact, prepared: Mapping[str, list[CallFact]]) -> CallFact:
    """A request with the arguments of the request object that it sends, made in its own function or file,
    for the same callers where they tell several apart."""
    objects = call.arguments.get("url", Value()).symbols
    made = [m for symbol in objects for m in prepared.get(symbol, ()) if m.place.path == call.place.path]
    made = [m for m in made if m.function == call.function] or made
    made = [m for m in made if m.callers == call.callers] or made
    if not made:
        return call
    return replace(call, arguments={**call.arguments, **made[0].arguments})


def _read(call: CallFact, solution: Solution, lexicon: Lexicon) -> CallFact:
    for url in _urls(call, solution):
        host = lexicon.host(url)
        endpoint = lexicon.catalogue.endpoint_of(url)
        if host is not None and host.audience == "consumer":
            return replace(call, entry=_entry(call, "unofficial", host.route))
        if endpoint is not None and endpoint.role == "platform-read" and _sends(call):
            continue
        if endpoint is not None and endpoint.role in REQUEST_ROLES and _asks(url, host, call):
            provider = host.route if host is not None and host.audience == "api" else ""
            arguments = {**call.arguments, **_from_address(url, endpoint), **_from_body(call, endpoint)}
            return replace(call, entry=_entry(call, endpoint.role, provider, endpoint.tags), arguments=arguments)
        if host is not None and host.audience == "api" and endpoint is None and lexicon.serves_models(host.route):
            entry = _entry(call, "generate", host.route)
            entry = replace(entry, role="pure", kind=PROVIDER) if _only_reads(call) else entry
            return replace(call, entry=entry, unmodelled=True)
    return _chat(call, solution, lexicon)


def _chat(call: CallFact, solution: Solution, lexicon: Lexicon) -> CallFact:
    """A request to an address that only the environment tells, whose body holds messages for a model that it names."""
    endpoint = lexicon.catalogue.endpoint_of(CHAT)
    body = call.arguments.get("body", Value())
    if endpoint is None or any(at_key(body, name) is None for name in CHATTING) or not _told_outside(call, solution):
        return call
    arguments = {**call.arguments, **_from_body(call, endpoint)}
    return replace(call, entry=_entry(call, endpoint.role, "", endpoint.tags), arguments=arguments)


def _told_outside(call: CallFact, solution: Solution) -> bool:
    """Whether an address is the value of an environment variable."""
    address = call.arguments.get("url", Value())
    births = (solution.calls[solution.origins[o].call] for o in address.all_origins())
    return any(s.startswith(ENVIRONMENT) for s in address.symbols) or any(b.entry.role == "environment" for b in births)


def _sends(call: CallFact) -> bool:
    """Whether a request is made to send something, by the name of what is called or by the method that it is given."""
    methods = tuple(texts_in(call.arguments.get("method", Value()), 0))
    return call.symbol.endswith(SENDING) or (bool(methods) and all(m.upper() != READING for m in methods))


def _only_reads(call: CallFact) -> bool:
    """Whether a request of an unknown path looks something up, a bill or a list, and asks no model."""
    methods = tuple(texts_in(call.arguments.get("method", Value()), 0))
    return call.symbol.endswith(LOOKING_UP) or (bool(methods) and all(m.upper() == READING for m in methods))


def _urls(call: CallFact, solution: Solution) -> tuple[str, ...]:
    """The URLs of a request, those that the client is opened with put before relative ones."""
    own = tuple(texts_in(call.arguments.get("url", Value()), 1))
    client = solution.calls[call.receiver] if call.receiver is not None else None
    bases = tuple(texts_in(client.arguments.get("base_url", Value()), 1)) if client is not None else ()
    return tuple(dict.fromkeys((*(b.rstrip("/") + u for b in bases for u in own if u.startswith("/")), *own)))


def _asks(url: str, host: Host | None, call: CallFact) -> bool:
    """Whether a request of a known path asks a model: on a known host always, elsewhere when its body looks like it."""
    if host is not None:
        return True
    if url.startswith("/"):
        return False
    body = call.arguments.get("body", Value())
    return at_key(body, *ASKING) is not None


def _from_address(url: str, endpoint: Endpoint) -> dict[str, Value]:
    """The model, where the address itself names it."""
    model = model_in(url, endpoint)
    return {"model": Value(constants=(model,))} if model and HOLE not in model else {}


def _from_body(call: CallFact, endpoint: Endpoint) -> dict[str, Value]:
    body = call.arguments.get("body")
    if body is None:
        return {}
    found = {}
    for name, slots in endpoint.arguments.items():
        for slot in slots:
            value = at_key(body, str(slot))
            if value is not None:
                found[name] = value
                break
    return found


def _entry(call: CallFact, role: str, provider: str, tags: tuple[str, ...] = ()) -> Entry:
    return replace(call.entry, role=role, provider=provider, tags=(*call.entry.tags, *tags))
