"""What is asked again because an answer could not be read is asked for the same purpose.

A client that parses its own answers asks anew where parsing fails. Who wanted the answer stands further out, and only
there names say what for: the second question is told as the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tosguard.flow.facts import Place
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site
from tosguard.usage.telling.candidate import Candidate

#: What a question is for where names say so, and what its answers look like where none do.
VERDICT, SCORED = "llm-as-judge", "bulk-evaluation"

#: What shows that a verdict is asked for.
ASKED = "judge-prompt"


def told_as_first(found: Iterable[tuple[Site, Candidate]], context: Context) -> Iterator[tuple[Site, Candidate]]:
    """The candidates, a verdict asked for once more under the reading of the first question.

    Args:
        found: each candidate with its site.
        context: the project.

    Yields:
        The candidates in the same order.
    """
    found = tuple(found)
    firsts: dict[Place, list[tuple[Site, Candidate]]] = {}
    for site, candidate in found:
        if candidate.pattern == VERDICT:
            firsts.setdefault(site.chain[0], []).append((site, candidate))
    for site, candidate in found:
        mine = firsts.get(site.chain[0], ()) if candidate.pattern == SCORED and candidate.dossier.has(ASKED) else ()
        first = next((c for other, c in mine if _asks_again(site, other, context)), None)
        if first is not None:
            candidate = replace(
                candidate, pattern=first.pattern, confidence=first.confidence, reading=first.reading, runner_up=""
            )
        yield site, candidate


def _asks_again(site: Site, first: Site, context: Context) -> bool:
    """Whether a site asks what another asks, on the way on which that one's function reads its answer."""
    within = {p.within for p in site.outward}
    return first.place.within in within and context.prompts(site) == context.prompts(first)
