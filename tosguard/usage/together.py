"""Whether what asks a model and what is done with its answer belong together.

In a large program everything that is stored meets, and an answer seems to reach places that have nothing to do with it.
Where an answer is put to a purpose, some function leads to the call and to that place, or a file stands between.
"""

from __future__ import annotations

from tosguard.flow.facts import Flow
from tosguard.usage.context import Context
from tosguard.usage.sites import Site

#: The files and scopes of functions.
Way = frozenset[tuple[str, str]]


def way_of_site(site: Site, context: Context) -> Way:
    """The functions on the way to a site's calls and on the way of what they give."""
    places = (*site.chain, *site.outward, *(p for c in context.calls(site) for p in (c.place, *c.callers)))
    return frozenset((p.path, p.scope) for p in places)


def is_apart(flow: Flow, way: Way, context: Context) -> bool:
    """Whether no function leads to where a flow ends and to the call that it comes from, and no file is between."""
    sink = context.view.call(flow.sink)
    return not flow.inferred and all((p.path, p.scope) not in way for p in (sink.place, *sink.callers))
