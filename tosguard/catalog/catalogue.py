"""The catalogue as the analysis asks it: look-ups by symbol, model id, host, URL path and environment variable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tosguard.catalog.matching import EndpointIndex, HostIndex, ModelIndex
from tosguard.catalog.model import (
    Command,
    ConfigShape,
    Dataset,
    Endpoint,
    Entry,
    Host,
    ModelId,
    Shape,
    SqlFunction,
    Topic,
)
from tosguard.catalog.symbols import begins_with, prefixes

#: Aliases may lead to aliases; more rounds than this means they go in a circle.
MAX_ROUNDS = 12


@dataclass(frozen=True)
class Catalogue:
    """Everything known of SDKs, hosts, models, data sets, record shapes and words.

    ``entries`` is keyed by canonical symbol. ``settings`` maps module attributes that the SDK reads
    (``openai.api_base``) to our argument names. ``digest`` identifies the data and the format.
    """

    entries: Mapping[str, Entry]
    aliases: Mapping[str, str]
    skips: Mapping[str, tuple[str, ...]]
    settings: Mapping[str, str]
    administration: Mapping[str, tuple[str, ...]]
    topics: tuple[Topic, ...]
    needles: tuple[bytes, ...]
    models: tuple[ModelId, ...]
    vendors: Mapping[str, str]
    makers: Mapping[str, str]
    hosts: tuple[Host, ...]
    endpoints: tuple[Endpoint, ...]
    sql: tuple[SqlFunction, ...]
    environment: Mapping[str, str]
    prefixes: Mapping[str, str]
    datasets: tuple[Dataset, ...]
    shapes: tuple[Shape, ...]
    words: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    commands: tuple[Command, ...]
    configs: tuple[ConfigShape, ...]
    digest: str
    _canonical: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    # ------------------------------------------------------------------------------------------------- symbols

    def canonical(self, symbol: str) -> str:
        """The symbol after aliases (longest first, at a boundary) and skipped pieces are applied."""
        known = self._canonical.get(symbol)
        if known is None:
            known = self._canonical[symbol] = self._rewrite(symbol)
        return known

    def entry(self, symbol: str) -> Entry | None:
        """What calling ``symbol`` means, or None when no topic models it.

        Calls that only manage things (``client.models.list``) get an entry of role ``pure`` tagged ``administration``.
        """
        canonical = self.canonical(symbol)
        return self.entries.get(canonical) or self._administrative(canonical)

    def is_prefix(self, symbol: str) -> bool:
        """Whether some entry or alias begins with this symbol at a boundary (or is it)."""
        return symbol in self._beginnings or self.canonical(symbol) in self._beginnings

    def under_client(self, symbol: str) -> Entry | None:
        """The nearest client whose object this symbol is reached from, or None.

        ``openai.OpenAI().new_api.call`` is under ``openai.OpenAI``; the client's own constructor is not under itself.
        """
        canonical = self.canonical(symbol)
        for prefix in prefixes(canonical)[1:]:
            client = prefix if prefix in self.entries else prefix.removesuffix("()")
            entry = self.entries.get(client)
            if entry is not None and entry.role == "client" and (prefix.endswith(")") or client != prefix):
                return entry
        return None

    def _administrative(self, symbol: str) -> Entry | None:
        if not any(symbol.startswith(client) for client in self.administration):
            return None
        for prefix in prefixes(symbol)[1:]:
            words = self.administration.get(prefix)
            if words is not None:
                pieces = symbol[len(prefix) + 1 :].split(".")
                owner = self.entries.get(prefix.removesuffix("()"))
                if owner is None or symbol.endswith(")") or not any(piece in words for piece in pieces):
                    return None
                return Entry(symbol, "pure", owner.topic, owner.kind, owner.provider, tags=("administration",))
        return None

    @cached_property
    def packages(self) -> Mapping[str, str]:
        """Distribution name (lower case, dashes) → topic name."""
        return {package: topic.name for topic in self.topics for package in topic.packages}

    def _rewrite(self, symbol: str) -> str:
        for _ in range(MAX_ROUNDS):
            changed = self.rewrite_once(symbol)
            if changed == symbol:
                break
            symbol = changed
        return symbol

    def rewrite_once(self, symbol: str) -> str:
        """One step of ``canonical``: the longest alias, then the first skipped piece."""
        return self._skip(self._alias(symbol))

    def _alias(self, symbol: str) -> str:
        for prefix in prefixes(symbol):
            target = self.aliases.get(prefix)
            if target is not None:
                return target + symbol[len(prefix) :]
        return symbol

    def _skip(self, symbol: str) -> str:
        for start, tails in self.skips.items():
            if not begins_with(symbol, start):
                continue
            for tail in tails:
                at = symbol.find(tail, len(start))
                if at >= 0 and begins_with(symbol[at:], tail):
                    return symbol[:at] + symbol[at + len(tail) :]
        return symbol

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        found: set[str] = set()
        for symbol in (*self.entries, *self.aliases):
            for prefix in prefixes(symbol):
                if prefix in found:
                    break
                found.add(prefix)
        return frozenset(found)

    # ------------------------------------------------------------------------------------- models, hosts, routes

    def vendor_of(self, model_id: str) -> ModelId | None:
        """Who made a model, by the longest pattern; provider prefixes (``azure/gpt-4``) are looked through."""
        return self._models.find(model_id)

    def route_of_model_prefix(self, model_id: str) -> str:
        """The route that a provider prefix names (``azure/gpt-4``, ``bedrock:…``, the bare ``azure``), or ""."""
        head = model_id.strip().lower()
        for separator in ("/", ":"):
            head = head.split(separator, 1)[0]
        return self.prefixes.get(head, "")

    def route_of_model(self, model_id: str) -> str:
        """The route of a model id in a wrapper: its prefix's, else its vendor's own API, else ""."""
        route = self.route_of_model_prefix(model_id) if "/" in model_id or ":" in model_id else ""
        if route:
            return route
        model = self.vendor_of(model_id)
        return self.vendors.get(model.vendor, "") if model is not None else ""

    def host_of(self, url_or_host: str) -> Host | None:
        """The known host of a URL, a host name or a template of one, by the most specific pattern."""
        return self._hosts.find(url_or_host)

    def endpoint_of(self, url: str) -> Endpoint | None:
        """What a request to this URL means by the end of its path, or None."""
        return self._endpoints.find(url)

    def route_of_environment(self, name: str) -> str:
        """The route whose key or address an environment variable holds, "" if unknown."""
        return self.environment.get(name.upper(), "")

    @cached_property
    def _endpoints(self) -> EndpointIndex:
        return EndpointIndex(self.endpoints)

    @cached_property
    def _models(self) -> ModelIndex:
        return ModelIndex(self.models)

    @cached_property
    def _hosts(self) -> HostIndex:
        return HostIndex(self.hosts)
