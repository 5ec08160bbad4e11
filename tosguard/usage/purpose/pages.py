"""Answers of several makers' models that one page, table or event shows together: an arena without a name.

Evidence is where the answers end: displays of a page (a column each), rows of a table in one function, or the event of
a page whose function returns them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tosguard.flow.facts import CallFact, Place
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site

#: Tags of entries that show things side by side to whoever looks at a page or table.
SHOWING = frozenset({"page", "table"})


def displays(site: Site, context: Context) -> Iterator[CallFact]:
    """The calls that show a site's answers themselves, and the event of a page that returns them."""
    for flow in context.flows(site):
        sink = context.view.call(flow.sink)
        if not flow.derived and not flow.inferred and SHOWING & set(sink.entry.tags):
            yield sink
    for event in context.view.by_tag.get("page", ()):
        if event.place == site.place:
            yield event


def groups(sites: Iterable[Site], context: Context) -> Iterator[tuple[list[Site], Place]]:
    """Sites of one function, or of the top level of one file, whose answers are all shown."""
    shown: dict[tuple[str, str, int], list[Site]] = defaultdict(list)
    for site in sites:
        if next(displays(site, context), None) is not None:
            place = site.place
            shown[place.path, place.scope, place.cell or 0].append(site)
    for members in shown.values():
        if len(members) > 1:
            yield members, members[0].place


def shown_in_every_round(site: Site, context: Context) -> Place | None:
    """Where a site's answer is shown within the loop that it is asked in."""
    rounds = {loop.place for call in context.calls(site) for loop in call.loops if loop.kind != "while"}
    for display in displays(site, context):
        if any(loop.place in rounds for loop in display.loops):
            return display.place
    return None
