"""Whose terms a call stands under: the route it takes, and the models (with their vendors) it names.

The route follows the client, not the model: its ``base_url`` or host, the environment variable that sets it, the SDK it
belongs to, the prefix of a wrapper's model id, and last the vendor of the model. What cannot be told is ``unknown``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tosguard.flow.facts import CallFact, ModuleFact, Value
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.view import View, at_key, parts_of, texts_in
from tosguard.usage.sites.wrapping import wrapped_clients

UNKNOWN = "unknown"
SELF_HOSTED = "self-hosted"

#: What stands in the symbol of a call that is made on an object.
OF_AN_OBJECT = "()."

#: A text longer than this, or with white space, is no model id.
LONGEST_MODEL_ID = 120

#: Fields of a configuration that name a model, the more telling ones first.
MODEL_FIELDS = (
    ("model",),
    ("model_id", "model_name", "deployment_id", "deployment_name", "azure_deployment", "engine"),
)

#: The head of a template that ends so is the beginning of a model id, not one.
UNFINISHED = ("/", "-", ":", "_", ".", "@")

#: More texts than this that are all plain names are no models.
A_FEW_NAMES = 2

#: What names a deployment of a router in its list, and the tag of such a client.
ALIAS, ROUTER = "model_name", "router"

#: How settings in one text name a model.
_SETTING = re.compile(r"(?:^|[,:\s])(?:model|pretrained|model_name|engine)=([^,\s]+)")

#: Roles of calls that reach no model.
PLAIN_ROLES = frozenset({"pure", "read", "write", "log", "http", "environment", "metric", "serve", "load-dataset"})

#: What a trainer and its run are; the model that they name is one's own to train.
TRAINING, TRAINERS = "training", frozenset({"client", "train"})

#: Roles at which an own or open model answers.
LOCAL_ROLES = frozenset({"local-generate", "load-weights"})


@dataclass(frozen=True, slots=True)
class Route:
    """Routes, model ids as written, the vendors that made the models, what kind of credential is used, and whether the
    model runs on an own server (the routes may then be those of its weights' licence)."""

    providers: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    credential: str = ""
    local: bool = False

    def __add__(self, other: Route) -> Route:
        providers = _union(self.providers, other.providers)
        return Route(
            tuple(p for p in providers if p != UNKNOWN) or providers,
            _union(self.models, other.models),
            _union(self.vendors, other.vendors),
            self.credential or other.credential,
            (self.local or not self.providers) and (other.local or not other.providers),
        )


def total(routes: Iterable[Route]) -> Route:
    """Several routes as one; ``unknown`` stays only where nothing else is known."""
    found = Route()
    for route in routes:
        found = found + route
    return found


class Routes:
    """The routes of a solution's calls, each resolved once."""

    def __init__(self, view: View, lexicon: Lexicon) -> None:
        self._view = view
        self._lexicon = lexicon
        self._known: dict[int, Route] = {}
        self._in_file: dict[str, dict[str, str]] = {}

    def of(self, call: CallFact) -> Route:
        """The route of one call."""
        if call.index not in self._known:
            self._known[call.index] = Route((UNKNOWN,))  # for a wrapper that holds itself
            route = self._resolve(call)
            whole = tuple(m for m in route.models if not m.endswith(UNFINISHED))
            self._known[call.index] = route if whole == route.models else replace(route, models=whole)
        return self._known[call.index]

    def _with_client(self, call: CallFact) -> CallFact:
        """A call with the one client that is known for its place where its own context does not show what made it."""
        if call.receiver is not None or OF_AN_OBJECT not in call.symbol:
            return call
        beside = (c for c in self._view.by_path.get(call.place.path, ()) if c.place == call.place)
        known = {self._view.call(c.receiver).place: c.receiver for c in beside if c.receiver is not None}
        return replace(call, receiver=next(iter(known.values()))) if len(known) == 1 else call

    def _resolve(self, call: CallFact) -> Route:
        call = self._with_client(call)
        models = tuple(dict.fromkeys(self._models(call)))
        if call.entry.role in LOCAL_ROLES or (models and call.entry.kind == TRAINING and call.entry.role in TRAINERS):
            return Route(
                self._weights(models), models, self._makers(models), local=self._weights(models) == (SELF_HOSTED,)
            )
        providers = self._providers(call, models)
        takes_clients = call.entry.kind == "evaluation" or (call.entry.kind == "wrapper" and call.entry.provider)
        if takes_clients and call.entry.role not in PLAIN_ROLES:
            asked = self._asked(call)
            if asked.providers and UNKNOWN not in asked.providers:
                return asked
        models = tuple(m for m in models if not self._elsewhere(m, providers, call))
        vendors = self._makers(models)
        if (not models or UNKNOWN in providers) and call.entry.role not in PLAIN_ROLES:
            makers = tuple(self._view.clients(call))
            inner = total(self.of(c) for c in (*makers, *wrapped_clients((call, *makers), self._view)))
            models, vendors = models or inner.models, vendors or inner.vendors
            providers = providers if providers != (UNKNOWN,) else inner.providers or providers
        local = providers == (SELF_HOSTED,)
        if local and self._runs_weights(call, models):
            providers = self._weights(models)
        if not models or not vendors:
            vendors = tuple(sorted({v for p in providers if (v := self._lexicon.maker(p))}))
        return Route(providers, models, vendors, self._credential(call), local)

    def _runs_weights(self, call: CallFact, models: tuple[str, ...]) -> bool:
        """Whether a library, or the prefix of a model id, says that weights of one's own are run."""
        clients = (call, *self._view.clients(call))
        return any(c.entry.provider == SELF_HOSTED for c in clients) or any(
            self._lexicon.prefixed(model) == SELF_HOSTED for model in models
        )

    def _asked(self, call: CallFact) -> Route:
        """The route of the clients that a wrapper was given: they go before the provider that it asks by itself."""
        makers = tuple(self._view.clients(call))
        return total(self.of(c) for c in wrapped_clients((call, *makers), self._view))

    def _makers(self, models: tuple[str, ...]) -> tuple[str, ...]:
        """The vendors of model ids."""
        return tuple(sorted(self._lexicon.makers(models)))

    def _elsewhere(self, text: str, providers: tuple[str, ...], call: CallFact) -> bool:
        """Whether a model id is meant for another branch: a closed model of another vendor, by its vendor's own name
        for it, at a client that goes to one vendor's own route and nowhere else."""
        model = self._lexicon.model_id(text)
        vendors = {self._lexicon.vendor(p) for p in providers}
        if model is None or not model.vendor or model.weights or model.vendor in vendors or "" in vendors:
            return False
        given = {name for c in (call, *self._view.clients(call)) for name in c.arguments}
        spelled = text.lower()
        return not given & {"url", "base_url"} and not any(v in spelled for v in (*vendors, model.vendor))

    def _models(self, call: CallFact) -> Iterator[str]:
        """The model ids a call may use, as written: its own argument, what its symbol implies, its client's."""
        own = call.arguments.get("model")
        found = list(self._named(own)) if own is not None else []
        found = self._deployed(found, call) or found
        if not found and call.entry.model:
            found = [call.entry.model]
        for client in self._view.clients(call):
            if found:
                break
            value = client.arguments.get("model")
            found = list(self._named(value)) if value is not None else []
            if not found and client.entry.model:
                found = [client.entry.model]
        yield from found or self._listed(call)

    def _deployed(self, names: list[str], call: CallFact) -> list[str]:
        """The models for which a router's own names stand, by the list that it was given."""
        lists = (c.arguments.get("model", Value()) for c in self._view.clients(call) if ROUTER in c.entry.tags)
        deployments = [part for value in lists for part in parts_of(value) if at_key(part, ALIAS) is not None]
        meant = (d for d in deployments if set(names).intersection(texts_in(at_key(d, ALIAS) or Value(), 0)))
        return [model for deployment in meant for model in self._named(deployment)]

    def _listed(self, call: CallFact) -> Iterator[str]:
        """The models of the call's provider that its file names, where the code leaves open which of them is asked.

        A provider that serves the models of several makers is told by the file: it counts where it names one maker's.
        """
        module = self._view.modules.get(call.place.path)
        stated = {c.entry.provider for c in (call, *self._view.clients(call))} - {""}
        vendors = {vendor for provider in stated if (vendor := self._lexicon.vendor(provider))}
        if module is None or "model" not in call.entry.arguments:
            return
        named = self._models_named(module)
        if stated and not vendors and len(set(named.values())) == 1:
            vendors = set(named.values())
        yield from (word for word, vendor in named.items() if vendor in vendors)

    def _models_named(self, module: ModuleFact) -> dict[str, str]:
        """The model ids among a file's words, each with its maker."""
        if module.path not in self._in_file:
            self._in_file[module.path] = {
                word: model.vendor
                for word, _ in module.words
                if word.islower() and any(c.isdigit() for c in word) and not any(c.isspace() for c in word)
                if (model := self._lexicon.model_id(word)) is not None
            }
        return self._in_file[module.path]

    def _plausible(self, texts: tuple[str, ...]) -> Iterator[str]:
        """Those of several texts that may be models: no address, and beside a known model, the name of an argument or
        many other names no name of something else that is handed about in the same mapping (``n_ctx``, ``messages``).
        """
        names = self._lexicon.argument_names
        known = any(text in names or self._lexicon.model_id(text) is not None for text in texts)
        known = known or (len(texts) > A_FEW_NAMES and all(text.isidentifier() for text in texts))
        for text in texts:
            other = known and text.isidentifier() and ("_" in text or text.isalpha())
            if "://" not in text and not (other and self._lexicon.model_id(text) is None):
                yield text

    def _named(self, value: Value) -> Iterator[str]:
        """Model ids in a value, and those of library constants that stand for a model. Beside a client that is handed
        over as the model, text is something else: its prompt, the kind of an agent."""
        entries = [(symbol, self._lexicon.catalogue.entry(symbol.removesuffix("()"))) for symbol in value.symbols]
        if not any(e is not None and e.role == "client" and symbol.endswith("()") for symbol, e in entries):
            yield from self._plausible(tuple(_model_texts(value)))
        for symbol, entry in entries:
            if entry is not None and entry.model and not symbol.endswith("()"):
                yield entry.model

    def _providers(self, call: CallFact, models: tuple[str, ...]) -> tuple[str, ...]:
        clients = (call, *self._view.clients(call))
        hosts = self._hosts(clients)
        stated = next((c.entry.provider for c in reversed(clients) if c.entry.provider), "")
        if hosts:
            return _union(hosts, _default(stated, clients, ("url", "base_url")))
        named = tuple(dict.fromkeys(r for c in clients for t in _flags(c) if (r := self._lexicon.bare_prefix(t))))
        if named:
            return _union(named, _default(stated, clients, ("provider",)))
        switched = tuple(dict.fromkeys(r for c in clients for r in _switched(c)))
        if switched:
            return switched
        if stated:
            return (stated,)
        return self._by_model(models) or (self._lexicon.library(call.symbol) or UNKNOWN,)

    def _hosts(self, clients: tuple[CallFact, ...]) -> tuple[str, ...]:
        """Routes named by a base or request URL: ``unknown`` for an unknown host, nothing where the default holds."""
        found: list[str] = []
        for client in clients:
            for name in ("url", "base_url"):
                value = client.arguments.get(name)
                if value is not None:
                    found.extend(self._routes_of_url(value))
            if found:
                break
        return _union((), found)

    def _routes_of_url(self, value: Value) -> Iterator[str]:
        for text in texts_in(value, 1):
            if not text:
                continue
            host = self._lexicon.host(text)
            if host is not None:
                yield SELF_HOSTED if host.audience == "local" else host.route
                yield from (host.gateway,) if host.gateway else ()
            elif "//" in text and not text.startswith("{}"):
                yield SELF_HOSTED if _is_local_name(text) else UNKNOWN
        for origin in sorted(value.origins):
            birth = self._view.birth(origin)
            if birth.entry.role == "environment":
                for name in texts_in(birth.arguments.get("name", Value()), 0):
                    route = self._lexicon.environment(name)
                    if route:
                        yield route

    def _by_model(self, models: tuple[str, ...]) -> tuple[str, ...]:
        """The route that each model id's prefix names, for one without such a prefix its vendor's own."""
        found = []
        for text in models:
            model = self._lexicon.model_id(text)
            found.append(self._lexicon.prefixed(text) or (self._lexicon.own_route(model) if model is not None else ""))
        return _union((), (f for f in found if f))

    def _weights(self, models: tuple[str, ...]) -> tuple[str, ...]:
        found = (self._lexicon.weights(self._lexicon.model_id(text)) or SELF_HOSTED for text in models)
        return _union((), found) or (SELF_HOSTED,)

    def _credential(self, call: CallFact) -> str:
        """``api-key``, ``session`` or "": what the client is opened with, as far as the code shows."""
        for client in (call, *self._view.clients(call)):
            if client.entry.role == "unofficial" or "session" in client.entry.tags:
                return "session"
            if client.arguments.get("key") is not None:
                return "api-key"
        return ""


def _is_local_name(url: str) -> bool:
    """Whether a URL's host is a single name, as services of one network call each other: no public host is."""
    host = url.partition("//")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
    return bool(host) and host.replace("-", "").replace("_", "").isalnum()


def _model_texts(value: Value) -> Iterator[str]:
    """Model ids in a value: constants, and the literal head of a template; of records their fields for a model."""
    records = tuple(part for part in parts_of(value) if part.keys)
    named = (tuple(v for r in records for name, v in r.keys if name in names) for names in MODEL_FIELDS)
    fields = next((found for found in named if found), None)
    for text in (t for field in fields for t in texts_in(field, 0)) if fields else texts_in(value, 1):
        for name in named_models(text):
            candidate = name.partition("{}")[0]
            written = any(c.isalpha() for c in candidate) and not any(c.isspace() for c in candidate)
            if not written or len(candidate) > LONGEST_MODEL_ID:
                continue
            yield candidate


def named_models(text: str) -> tuple[str, ...]:
    """The models that a text of settings names (``model=gpt-4o,max_tokens=9``), else the text itself."""
    return tuple(_SETTING.findall(text)) or (text,)


def _flags(call: CallFact) -> Iterator[str]:
    """What a call says of its provider by name (``api_type="azure"``, ``model_provider="anthropic"``)."""
    yield from texts_in(call.arguments.get("provider", Value()), 0)


def _default(stated: str, clients: tuple[CallFact, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """The SDK's own route, where an argument that leads elsewhere may also be left out."""
    values = (c.arguments.get(name, Value()) for c in clients for name in names)
    return (stated,) if stated and any(None in v.constants for v in values) else ()


def _switched(call: CallFact) -> Iterator[str]:
    """The routes that true arguments of a client lead to (``vertexai=True``)."""
    for name, route in call.entry.switches.items():
        if True in call.arguments.get(name, Value()).constants:
            yield route


def _union(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
