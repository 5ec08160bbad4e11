"""Whether answers are drafts: another model is shown all of them and asked for one answer, which is what is wanted.

A council of models looks like a comparison: each is asked the same, and all answers are kept in one place.
"""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.usage.evidence import MEDIUM, Clue
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site

#: The list of phrases by which a prompt asks to make one answer of several.
SYNTHESIS = "synthesis"


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clue that another call makes one answer of a site's and others."""
    for other in context.fed_by(site):
        if other.role == "generate" and SYNTHESIS in context.phrases(other):
            said = "another model is asked to make one answer of these"
            yield Clue("drafts", said, other.place, MEDIUM, against=True)
            return
