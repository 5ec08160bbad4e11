"""Whether what asks a model and what is done with its answer belong together.

In a large program everything that is stored meets, and an answer seems to reach places that have nothing to do with it.
Where an answer is put to a purpose, some function leads to the call and to that place, or a file stands between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tosguard.flow.facts import Flow, Place
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site


@dataclass(frozen=True, slots=True)
class Way:
    """The files and scopes of the functions around a call, and its own folder."""

    functions: frozenset[tuple[str, str]]
    folder: str


def way_of_site(site: Site, context: Context) -> Way:
    """The functions on the way to a site's calls and on the way of what they give."""
    places = (*site.chain, *site.outward, *(p for c in context.calls(site) for p in c.way))
    return Way(_around(places), _folder(site.place))


def is_apart(flow: Flow, way: Way, context: Context) -> bool:
    """Whether no function leads to where a flow ends and to the call that it comes from, and no file is between. Of
    the ways to where it ends one is known: so a function in the call's own folder is near, too, but not what another
    script or notebook of that folder does by itself.
    """
    sink = context.view.call(flow.sink)
    if flow.inferred or (sink.place.scope and _folder(sink.place) == way.folder):
        return False
    return way.functions.isdisjoint(_around(sink.way))


def _folder(place: Place) -> str:
    return place.path.rpartition("/")[0]


def _around(places: Iterable[Place]) -> frozenset[tuple[str, str]]:
    return frozenset(p.within for p in places)
