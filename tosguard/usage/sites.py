"""Sites: where in the code a usage belongs.

An SDK call inside a helper is not a site; the call in the script that wants the output is. Each origin of an inference
call is followed outwards along its renamings to the function that does something with it. Calls that end at the same
place (the branches of a dispatch) are one site.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tosguard.flow.facts import CallFact, Flow, Place
from tosguard.usage.lexicon import Lexicon
from tosguard.usage.view import INFERENCE_ROLES, View, texts_in

#: A flow into one of these shows what an output is for; a flow into any other role does not.
PURPOSE_ROLES = frozenset(
    {
        "train",
        "tokenize",
        "tune",
        "upload",
        "write",
        "publish",
        "metric",
        "judge",
        "generate",
        "local-generate",
        "label-tool",
    }
)

#: What a site is about, by the role of its calls; roles not named here are sites of their own name.
TOPIC_OF_ROLE = {"batch": "generate", "harvest": "generate", "http": "generate"}


@dataclass(frozen=True, slots=True)
class Site:
    """One place where a usage belongs.

    ``role`` is what its calls do; ``calls`` index ``Solution.calls``; ``origins`` are the values born there as the
    site's function sees them, with what was renamed from them later; ``upstream`` the same values on their way out of
    helpers;
    ``chain`` the places from the SDK call outwards, the site's own place last.
    """

    place: Place
    role: str
    calls: tuple[int, ...]
    origins: tuple[int, ...] = ()
    upstream: tuple[int, ...] = ()
    chain: tuple[Place, ...] = ()
    functions: tuple[str, ...] = ()

    @property
    def all_origins(self) -> frozenset[int]:
        """The site's values at any stage."""
        return frozenset((*self.origins, *self.upstream))


def is_inference(call: CallFact, lexicon: Lexicon) -> bool:
    """Whether a model of some provider answers at this call."""
    if call.entry.role in INFERENCE_ROLES:
        return True
    return call.entry.role == "http" and provider_url(call, lexicon)


def provider_url(call: CallFact, lexicon: Lexicon) -> bool:
    """Whether the URL of a request belongs to a model provider's API or consumer app."""
    value = call.arguments.get("url")
    if value is None:
        return False
    hosts = (lexicon.host(text) for text in texts_in(value, 1))
    return any(h is not None and h.audience in ("api", "consumer") for h in hosts)


def find_sites(view: View, calls: Iterable[CallFact]) -> tuple[Site, ...]:
    """The sites of these calls, in order of place."""
    grouped: dict[tuple[str, int, int, int, str], list[Site]] = {}
    for call in calls:
        for site in _sites_of(call, view):
            place = site.place
            key = (place.path, place.cell or 0, place.line, place.column, site.role)
            grouped.setdefault(key, []).append(site)
    return tuple(_joined(grouped[key]) for key in sorted(grouped))


def _sites_of(call: CallFact, view: View) -> list[Site]:
    role = TOPIC_OF_ROLE.get(call.entry.role, call.entry.role)
    origins = view.origins_of_call.get(call.index, ())
    roots = [o.index for o in origins if o.parent is None]
    settled = list(dict.fromkeys(s for root in roots for s in _settle(root, view)))
    if not settled:
        return [Site(call.place, role, (call.index,), chain=(call.place,), functions=(call.function,))]
    return [_site(call, role, origin, view) for origin in settled]


def _site(call: CallFact, role: str, origin: int, view: View) -> Site:
    fact = view.origin(origin)
    upstream = tuple(a for a in view.ancestors(origin) if a != origin)
    chain = tuple(dict.fromkeys((call.place, *fact.chain, fact.outer)))
    functions = tuple(dict.fromkeys((call.function, *fact.functions)))
    return Site(fact.outer, role, (call.index,), tuple(sorted(view.descendants(origin))), upstream, chain, functions)


def _settle(origin: int, view: View) -> list[int]:
    """The origins, at or outside this one, whose function decides what the value is for."""
    children = view.children.get(origin, ())
    if not children:
        return [origin]
    outer = [s for child in children for s in _settle(child.index, view)]
    if any(_purposeful(view.flows_of_origin.get(o, ()), view) for o in outer):
        return outer
    if _purposeful(view.flows_of_origin.get(origin, ()), view):
        return [origin]
    return outer


def _purposeful(flows: Iterable[Flow], view: View) -> bool:
    return any(view.call(f.sink).entry.role in PURPOSE_ROLES for f in flows)


def _joined(sites: list[Site]) -> Site:
    first = sites[0]
    if len(sites) == 1:
        return first
    return Site(
        first.place,
        first.role,
        tuple(sorted({c for s in sites for c in s.calls})),
        tuple(sorted({o for s in sites for o in s.origins})),
        tuple(sorted({o for s in sites for o in s.upstream})),
        tuple(dict.fromkeys(p for s in sites for p in s.chain)),
        tuple(dict.fromkeys(f for s in sites for f in s.functions)),
    )
