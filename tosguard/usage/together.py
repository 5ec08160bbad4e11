"""Whether what asks a model and what is done with its answer belong together.

In a large program everything that is stored meets, and an answer seems to reach places that have nothing to do with it.
Where an answer is put to a purpose, some function leads to the call and to that place, or a file stands between.
"""

from __future__ import annotations

from collections.abc import Iterable

from tosguard.flow.facts import Flow, Place
from tosguard.usage.context import Context
from tosguard.usage.sites import Site

#: The files and scopes of functions, and of what they stand in.
Way = frozenset[tuple[str, str]]


def way_of_site(site: Site, context: Context) -> Way:
    """The functions on the way to a site's calls and on the way of what they give."""
    return _around((*site.chain, *site.outward, *(p for c in context.calls(site) for p in (c.place, *c.callers))))


def is_apart(flow: Flow, way: Way, context: Context) -> bool:
    """Whether no function leads to where a flow ends and to the call that it comes from, and no file is between. Of
    the ways to where it ends one is known: so a function in a folder that the way to the call passes is near, too, but
    not what another script or notebook of that folder does by itself.
    """
    sink = context.view.call(flow.sink)
    folder = sink.place.path.rpartition("/")[0] if sink.place.scope else None
    if flow.inferred or any(path.rpartition("/")[0] == folder for path, _ in way):
        return False
    return way.isdisjoint(_around((sink.place, *sink.callers)))


def _around(places: Iterable[Place]) -> Way:
    """The functions of places, and the classes or functions that these stand in: methods of one class belong together,
    whoever calls them."""
    own = {(p.path, p.scope) for p in places}
    return frozenset((*own, *((path, outer) for path, scope in own if (outer := scope.rpartition(".")[0]))))
