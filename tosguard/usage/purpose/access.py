"""How a provider is reached: consumer apps driven by code, pools of keys, and servers that pass an API on."""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.flow.facts import CallFact, Value
from tosguard.usage.context import Context
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue
from tosguard.usage.sites import Site
from tosguard.usage.view import texts_in

#: Exceptions that mean "too many requests" are recognised by this piece of their name.
LIMIT_ERROR = "ratelimit"

#: Arguments that decide whose account pays.
ACCOUNT_ARGUMENTS = ("key", "organization", "headers", "cookies")


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about access at one site."""
    for call in context.calls(site):
        yield from _unofficial(call, context)
        yield from _keys(call, context)
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


def _keys(call: CallFact, context: Context) -> Iterator[Clue]:
    """A credential that is drawn, cycled or switched out of several."""
    for client in (call, *context.view.clients(call)):
        for name in ACCOUNT_ARGUMENTS:
            value = client.arguments.get(name)
            for picker in _pickers(value, context) if value is not None else ():
                tags = picker.entry.tags
                if any(LIMIT_ERROR in g.lower() for g in (*call.guards, *picker.guards)):
                    yield Clue(
                        "switch-on-limit", "another key is taken when the rate limit is hit", picker.place, STRONG
                    )
                elif "cycle" in tags:
                    yield Clue("cycled-keys", "keys are taken in turn", picker.place, MEDIUM)
                else:
                    yield Clue("random-key", "a key is drawn at random", picker.place, MEDIUM)
                yield Clue("key-pool", "the credential is one of several", picker.place, MEDIUM)


def _pickers(value: Value, context: Context) -> Iterator[CallFact]:
    for origin in sorted(value.all_origins()):
        birth = context.view.birth(origin)
        if {"random-choice", "cycle"} & set(birth.entry.tags):
            yield birth


def _proxy(site: Site, context: Context) -> Iterator[Clue]:
    """Inbound requests passed on: what a handler gets flows into the call, and the answer goes back."""
    for flow in context.inputs(site):
        birth = context.view.birth(flow.origin)
        if birth.entry.role == "serve":
            yield Clue("served", "the call is made inside a web route", birth.place, MEDIUM, hops=flow.hops)
            if flow.argument in ("body", "rest", "input") and not flow.keys:
                yield Clue(
                    "forwarded-body", "the body of the inbound request is passed on", site.place, STRONG, hops=flow.hops
                )
    if "proxy" in context.words(site) or "proxy" in context.nearby_words(site):
        yield Clue("proxy-words", "names in the file speak of a proxy or relay", site.place, WEAK)
