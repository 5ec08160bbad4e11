"""Siblings of one purpose become one usage, with an id that does not depend on line numbers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tosguard.flow.facts import Place
from tosguard.usage.evidence import STRENGTH_RANK
from tosguard.usage.limits import MOST_CITED
from tosguard.usage.model import Confidence, Evidence, Location, Step, Usage
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.providers import total
from tosguard.usage.reading.serving import served
from tosguard.usage.sites.joints import together
from tosguard.usage.telling import attributes
from tosguard.usage.telling.candidate import Candidate

ORDINARY = "ordinary-use"

#: Stands for the routes of a file together.
ANY_ROUTE = "*"

#: Roles of steps on which a model is called.
CALLED_ROLES = frozenset({"source", "via"})

#: The pattern of many calls alike: a single call in the same file is no part of it.
BULK = "bulk-generation"

#: Clues that a call is one of many, or of a kind that serves others: it belongs with the bulk beside it.
ONE_OF_MANY = ("loop-over-data", "loop-counted", "answer-listed", "inference-kind")

#: A clue that a call is made for somebody who asks over the web, and the patterns that are about something else then.
ASKED_FOR = "served"
OWN_MATERIAL = frozenset({"training-on-output", "same-provider-tuning", "bulk-evaluation", "llm-as-judge"})

#: Clues that name the platform of what a model is shown.
SHOWN_CONTENT = "platform-input"
SHOWN = (SHOWN_CONTENT, "platform-message")

#: The patterns that tell what a model is shown, and the kind of the clue at the call that is shown it.
SHOWING = frozenset({"platform-data-to-llm"})
SHOWN_AT = "platform-to-model"

#: Hexadecimal digits of an id.
ID_LENGTH = 12


def merged(found: Iterable[Candidate], lexicon: Lexicon) -> tuple[Usage, ...]:
    """One usage for the candidates of one pattern and purpose in one function, ordered by place and pattern.

    A plain call beside a more telling one of the same route and file is a step of that usage, not one of its own.
    """
    groups: dict[tuple[str, str, str], list[Candidate]] = {}
    for candidate in folded(sorted(found, key=_order)):
        key = (candidate.pattern, candidate.place.path, _part(candidate))
        groups.setdefault(key, []).append(candidate)
    usages = [_usage(alike, part, lexicon) for group in groups.values() for part, alike in _apart(group)]
    return tuple(sorted(usages, key=Usage.order))


def _part(candidate: Candidate) -> str:
    """What tells usages of one pattern and file apart: their function; of plain calls only their route."""
    return ",".join(sorted(candidate.route.providers)) if candidate.pattern == ORDINARY else candidate.place.scope


def _apart(group: list[Candidate]) -> Iterator[tuple[str, list[Candidate]]]:
    """The candidates of a function by what they have in common, each with what tells it apart.

    That is what is called there first and, among equals, the order: a neighbour that comes or goes changes nothing
    unless it is equal and stands before.
    """
    seen: Counter[str] = Counter()
    for members in together([c.joints for c in group]):
        first = group[members[0]]
        seen[first.symbol] += 1
        told_by = (first.symbol, str(seen[first.symbol])) if first.joints else ()
        yield "\0".join((_part(first), *told_by)), [group[i] for i in members]


def folded(found: list[Candidate]) -> list[Candidate]:
    """The candidates, ordinary ones beside a more telling one put into its trace.

    Beside it is what stands in its file, or in a file that it calls a model in, under the same route; in its own file
    an embedding or the like of any route that is used elsewhere too; and a call that is shown what a platform's content
    is reported for. A single call is no part of a bulk, nor one that visitors of a page make of the making of data.
    """
    homes = _homes(found)
    kept: list[Candidate] = []
    aside: list[tuple[Candidate, Candidate]] = []
    for candidate in found:
        if candidate.pattern != ORDINARY or candidate.dossier.has("tuning-call", "unmodelled"):
            kept.append(candidate)
            continue
        keys = [(candidate.place.path, p) for p in candidate.route.providers]
        home = next((homes[k] for k in keys if k in homes), None)
        if home is None or _stands_alone(candidate, home):
            home = _shown_to(candidate, found)
        other = homes.get((candidate.place.path, ANY_ROUTE))
        if home is not None:
            _put_beside(candidate, home)
        elif other is not None and candidate.dossier.has("inference-kind"):
            aside.append((candidate, other))
        else:
            kept.append(candidate)
    named = {p for c in kept for p in c.route.providers}
    for candidate, home in aside:
        if named.issuperset(candidate.route.providers):
            _put_beside(candidate, home)
        else:
            kept.append(candidate)
    return sorted(kept, key=_order) if aside else kept


def _stands_alone(candidate: Candidate, home: Candidate) -> bool:
    """Whether a plain call is a use of its own, though a more telling one is made in its file."""
    if home.pattern == BULK:
        return not candidate.dossier.has(*ONE_OF_MANY)
    return home.pattern in OWN_MATERIAL and candidate.dossier.has(ASKED_FOR)


def _shown_to(candidate: Candidate, found: list[Candidate]) -> Candidate | None:
    """The usage of a platform's content that goes into a call: that is read where the call's own content is, or passes
    through the call's function on its way."""
    called = {(s.path, s.line) for s in candidate.steps if s.role in CALLED_ROLES} | {_spot(candidate.place)[:2]}
    around = candidate.place.within
    read = {_spot(clue.place)[:2] for clue in candidate.dossier.of(SHOWN_CONTENT)}
    for other in found:
        for clue in other.dossier.of(SHOWN_AT) if other.pattern in SHOWING else ():
            if _spot(clue.place)[:2] not in called:
                continue
            same = any((s.path, s.line) in read for s in other.steps if s.role in CALLED_ROLES)
            if same or any(h.place.within == around for h in clue.hops):
                return other
    return None


def _homes(found: list[Candidate]) -> dict[tuple[str, str], Candidate]:
    """The telling candidates by their file and route, by their file alone, and by the files that they call into; those
    that are told for their bulk alone last."""
    homes: dict[tuple[str, str], Candidate] = {}
    telling = [c for c in found if c.pattern != ORDINARY and c.confidence is not Confidence.LOW]
    telling.sort(key=lambda c: c.pattern == BULK)
    for candidate in telling:
        for provider in (*candidate.route.providers, ANY_ROUTE):
            homes.setdefault((candidate.place.path, provider), candidate)
    for candidate in telling:
        for path in dict.fromkeys(s.path for s in candidate.steps if s.role in CALLED_ROLES):
            for provider in candidate.route.providers:
                homes.setdefault((path, provider), candidate)
    return homes


def _put_beside(candidate: Candidate, home: Candidate) -> None:
    same = candidate.place.path == home.place.path
    said = "the same file also asks it here" if same else "a file that is called also asks it here"
    if home.pattern in SHOWING:
        home.route = total((home.route, candidate.route))
    home.steps = (*home.steps, Step("evidence", *_spot(candidate.place), said, candidate.place.cell))


def _spot(place: Place) -> tuple[str, int, int]:
    return place.path, place.line, place.column


def _usage(group: list[Candidate], part: str, lexicon: Lexicon) -> Usage:
    best = max(group, key=lambda c: c.confidence.rank)
    route = total(c.route for c in (best, *group))
    found: dict[str, set[str]] = {}
    for candidate in group:
        for name, values in candidate.attributes.items():
            found.setdefault(name, set()).update(values)
    providers = tuple(sorted({*route.providers, *_other_side(group)}))
    models = tuple(sorted(route.models))
    return Usage(
        identity(best.pattern, best.place.path, part),
        best.pattern,
        providers,
        models,
        best.confidence,
        location(best.place),
        _steps(best, group),
        _evidence(group),
        attributes.frozen(found),
        best.runner_up,
        served(providers, models, lexicon),
    )


def _other_side(group: list[Candidate]) -> Iterator[str]:
    """The other side of what a model is shown: the platforms whose content it is where that has no particular purpose,
    and the models' providers where it is a usage of the platform's. The terms of both govern the use."""
    kinds = SHOWN if group[0].pattern == ORDINARY else (SHOWN_AT,) if group[0].pattern in SHOWING else ()
    for candidate in group if kinds else ():
        for clue in candidate.dossier.of(*kinds):
            yield from clue.values


def identity(*parts: str) -> str:
    """A stable id: pattern, path, and what tells usages of one pattern and file apart; no line number."""
    text = "\0".join(parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]


def location(place: Place) -> Location:
    """A place as the report says it."""
    return Location(place.path, place.line, place.column, place.end_line, place.end_column, place.cell, place.scope)


def _steps(best: Candidate, group: list[Candidate]) -> tuple[Step, ...]:
    steps = list(best.steps)
    seen = {(s.path, s.cell, s.line) for s in steps}
    for candidate in group:
        for step in candidate.steps:
            if (step.path, step.cell, step.line) not in seen:
                seen.add((step.path, step.cell, step.line))
                steps.append(step)
    return tuple(steps)


def _evidence(group: list[Candidate]) -> tuple[Evidence, ...]:
    """What speaks for a usage, the strongest first. Of one kind the nearest places are cited, those in its own file
    before others; the last of them says how many more there are."""
    home = group[0].place.path
    found = {c.evidence(): STRENGTH_RANK[c.strength] for g in group for c in g.dossier}
    kinds: dict[tuple[int, str], list[Evidence]] = {}
    for evidence in sorted(found, key=lambda e: (e.path != home, e.path, e.line, e.message)):
        kinds.setdefault((found[evidence], evidence.kind), []).append(evidence)
    return tuple(cited for _, alike in sorted(kinds.items()) for cited in _cited(alike))


def _cited(alike: list[Evidence]) -> list[Evidence]:
    rest = len(alike) - MOST_CITED
    if rest <= 0:
        return alike
    last = alike[MOST_CITED - 1]
    places = "place" if rest == 1 else "places"
    said = f"{last.message} (and more of this kind at {rest} other {places})"
    return [*alike[: MOST_CITED - 1], replace(last, message=said)]


def _order(candidate: Candidate) -> tuple[str, int, int, int, str]:
    place = candidate.place
    return place.path, place.cell or 0, place.line, place.column, candidate.pattern
