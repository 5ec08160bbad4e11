"""The run: what a project does with its providers, and what the terms in force say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tosguard.engine.analysis import Analysis, analyse, solve_tree
from tosguard.engine.cover import cover
from tosguard.engine.files import Tree, build_tree
from tosguard.engine.knowledge import Knowledge
from tosguard.engine.request import Means, Request, Selection, Unwatched, Watcher
from tosguard.engine.verdicts import Judged, cards_of, check_selectors, decide_findings, is_under, judge_usages
from tosguard.report.model import AnalysisError, Report
from tosguard.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tosguard.findings.decide import Decision
    from tosguard.flow.facts import Solution
    from tosguard.report.model import ProviderCard
    from tosguard.report.terms import TermsTimeline
    from tosguard.usage.model import Usage


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a report rests on, for those who keep it.

    Attributes:
        tree: the project's files.
        knowledge: what triage looked for.
        analysed: the files that were analysed.
        cited: the files that a usage passes through.
    """

    tree: Tree
    knowledge: Knowledge
    analysed: frozenset[str]
    cited: frozenset[str]


def run(request: Request, watcher: Watcher | None = None) -> Report:
    """The report on a project; see ``run_with_grounds``."""
    return run_with_grounds(request, watcher)[0]


def run_with_grounds(request: Request, watcher: Watcher | None = None) -> tuple[Report, Grounds]:
    """Analyse and judge a project.

    Args:
        request: what is asked for.
        watcher: is told how far the run has come.

    Returns:
        The report, the same for the same input whatever the cache and the number of processes, and its grounds.

    Raises:
        ConfigurationError: a catalogue file, pack, waivers file or baseline cannot be used.
    """
    watcher = watcher or Unwatched()
    with Store(request.means.cache) as store:
        knowledge = Knowledge(request.project.catalogue, store)
        tree = build_tree(request.project, knowledge, store, watcher, request.means.jobs)
        analysis = analyse(tree, knowledge, store, request.means, watcher)
        tree.remember(store)
    watcher.enter("judge")
    judged = judge_usages(analysis.usages, request.terms, packs_cache(request.means))
    texts = _texts(tree, _paths(analysis.usages) | tree.suppressing)
    unread = {error.path for error in analysis.errors}
    misspelt = check_selectors(request.selection, judged.rules)
    decision = decide_findings(
        analysis.usages,
        judged,
        texts,
        request.selection,
        request.terms.as_of,
        root=request.project.root,
        unread=unread,
    )
    watcher.enter("report")
    report = _report(request, tree, analysis, judged, decision, texts, misspelt)
    return report, Grounds(tree, knowledge, frozenset(analysis.paths), _paths(analysis.usages))


def packs_cache(means: Means) -> Path | None:
    """The directory of compiled packs, or None to do without."""
    return None if means.cache is None else means.cache / "packs"


def solve_project(
    request: Request, watcher: Watcher, *, everything: bool, every_branch: bool = True
) -> tuple[Solution, tuple[AnalysisError, ...]]:
    """The flow solution of a project, and what could not be analysed.

    Args:
        request: what is asked for; terms and selection do not matter.
        watcher: is told how far the run has come.
        everything: analyse all files, not only those that reach a provider.
        every_branch: follow both sides of a test even where the callers decide it, as a call graph does.
    """
    with Store(request.means.cache) as store:
        knowledge = Knowledge(request.project.catalogue, store)
        tree = build_tree(request.project, knowledge, store, watcher, request.means.jobs)
        found = solve_tree(
            tree, knowledge, store, request.means, watcher, everything=everything, every_branch=every_branch
        )
        tree.remember(store)
        return found


def _report(
    request: Request,
    tree: Tree,
    analysis: Analysis,
    judged: Judged,
    decision: Decision,
    texts: Mapping[str, str],
    notices: tuple[str, ...],
) -> Report:
    """Put the report together, leaving out what lies outside the places asked for."""
    places = request.selection.touched
    usages = tuple(usage for usage in analysis.usages if not places or _touches(usage, places))
    ids = {usage.id for usage in usages}
    errors = tuple(error for error in analysis.errors if _is_asked_for(error.path, request.selection))
    told = [str(p) for p in decision.problems if _concerns(p.path, tree, places)]
    empty = _nothing_changed(request)
    cited = _paths(usages)
    return Report(
        run=cover(
            request, seen=len(tree.facts), analysed=analysis.analysed, failed=len({e.path for e in analysis.errors})
        ),
        packs=judged.packs,
        usages=usages,
        judgements=tuple(judgement for judgement in judged.judgements if judgement.usage in ids),
        findings=decision.findings,
        errors=errors,
        notices=(*empty, *notices, *judged.notices, *told, *analysis.notices, *_left_out(analysis.errors, errors)),
        sources={key: text for key, text in texts.items() if key.partition("#")[0] in cited or key in cited},
        providers=(*judged.cards, *_further_cards(request, analysis, judged)),
        digests=_digests(tree, cited) if request.means.provenance else {},
        timeline=_timeline(request, judged),
        mentions=tuple(usage for usage in analysis.mentions if not places or _touches(usage, places)),
    )


def _concerns(path: str, tree: Tree, places: tuple[str, ...]) -> bool:
    """Whether a problem at a path (``nb.ipynb:cell 3`` in notebooks) is of interest to who asked for these places."""
    file = path.partition(":cell ")[0]
    return not places or file not in tree.facts or is_under(file, places)


def _is_asked_for(path: str, selection: Selection) -> bool:
    """Whether a file is among the places and changes asked for: old trouble elsewhere is no reason to stop a change."""
    places, changed = selection.touched, selection.changed
    return (not places or is_under(path, places)) and (changed is None or path in changed)


def _left_out(errors: Collection[AnalysisError], told: Collection[AnalysisError]) -> tuple[str, ...]:
    """What to say of files that could not be analysed and are not among those asked for."""
    files = {error.path for error in errors} - {error.path for error in told}
    if not files:
        return ()
    number = f"{len(files)} other file{'s' * (len(files) > 1)}"
    return (f"{number} could not be analysed; `tosguard audit` tells which and why",)


def _nothing_changed(request: Request) -> tuple[str, ...]:
    """What to say where only changes were asked for and there are none."""
    if request.selection.changed is None or request.selection.changed:
        return ()
    return (
        "no line was added or changed, so there is nothing to report; without --diff-base or --staged all findings are",
    )


def _further_cards(request: Request, analysis: Analysis, judged: Judged) -> tuple[ProviderCard, ...]:
    """How the providers are shown that only the inventory names."""
    known = {card.id for card in judged.cards}
    others = {provider for usage in analysis.mentions for provider in usage.providers} - known
    if not others or not request.means.provenance:
        return ()
    return cards_of(others, request.terms.as_of, packs_cache(request.means))


def _timeline(request: Request, judged: Judged) -> TermsTimeline | None:
    """The versions of terms around the date, where a format shows them."""
    if not request.means.history:
        return None
    from tosguard.engine.terms_history import history_of

    return history_of(judged.in_force, request.terms.as_of, packs_cache(request.means))


def _digests(tree: Tree, paths: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of files by path."""
    found = ((path, tree.sha256(path)) for path in sorted(paths))
    return {path: digest for path, digest in found if digest}


def _paths(usages: Iterable[Usage]) -> frozenset[str]:
    """Every file that a location, a step or a piece of evidence points at."""
    found: set[str] = set()
    for usage in usages:
        found.add(usage.location.path)
        found.update(step.path for step in usage.trace)
        found.update(evidence.path for evidence in usage.evidence)
    return frozenset(found)


def _texts(tree: Tree, paths: Iterable[str]) -> dict[str, str]:
    """The text of files by report key."""
    found: dict[str, str] = {}
    for path in sorted(paths):
        if (source := tree.source(path)) is not None:
            found.update(source.parts)
    return found


def _touches(usage: Usage, places: tuple[str, ...]) -> bool:
    return is_under(usage.location.path, places) or any(is_under(step.path, places) for step in usage.trace)
