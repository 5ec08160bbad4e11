"""The run: what a project does with its providers, and what the terms in force say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tosguard import __version__
from tosguard.config.discovery import repository_of
from tosguard.engine.analysis import Analysis, analyse, solve_tree
from tosguard.engine.files import Tree, build_tree
from tosguard.engine.knowledge import Knowledge
from tosguard.engine.request import Request, Unwatched, Watcher
from tosguard.engine.verdicts import Judged, check_selectors, decide_findings, is_under, judge_usages
from tosguard.report.model import AnalysisError, FileCounts, Report, Run
from tosguard.sources import git
from tosguard.store import Store

if TYPE_CHECKING:
    from tosguard.findings.decide import Decision
    from tosguard.flow.facts import Solution
    from tosguard.usage.model import Usage


def run(request: Request, watcher: Watcher | None = None) -> Report:
    """Analyse and judge a project.

    Args:
        request: what is asked for.
        watcher: is told how far the run has come.

    Returns:
        The report, the same for the same input whatever the cache and the number of processes.

    Raises:
        ConfigurationError: a catalogue file, pack, waivers file or baseline cannot be used.
    """
    watcher = watcher or Unwatched()
    with Store(request.means.cache) as store:
        knowledge = Knowledge(request.project.catalogue, store)
        tree = build_tree(request.project, knowledge, store, watcher)
        analysis = analyse(tree, knowledge, store, request.means, watcher)
        tree.remember(store)
    watcher.enter("judge")
    packs = None if request.means.cache is None else request.means.cache / "packs"
    judged = judge_usages(analysis.usages, request.terms, packs)
    texts = _texts(tree, _paths(analysis.usages) | tree.suppressing)
    unread = {error.path for error in analysis.errors}
    misspelt = check_selectors(request.selection, judged.rules)
    decision = decide_findings(analysis.usages, judged, texts, request.selection, request.terms.as_of, unread=unread)
    watcher.enter("report")
    return _report(request, tree, analysis, judged, decision, texts, misspelt)


def solve_project(
    request: Request, watcher: Watcher, *, everything: bool
) -> tuple[Solution, tuple[AnalysisError, ...]]:
    """The flow solution of a project, and what could not be analysed.

    Args:
        request: what is asked for; terms and selection do not matter.
        watcher: is told how far the run has come.
        everything: analyse all files, not only those that reach a provider.
    """
    with Store(request.means.cache) as store:
        knowledge = Knowledge(request.project.catalogue, store)
        tree = build_tree(request.project, knowledge, store, watcher)
        found = solve_tree(tree, knowledge, store, request.means, watcher, everything=everything)
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
    errors = tuple(error for error in analysis.errors if not places or is_under(error.path, places))
    told = [str(p) for p in decision.problems if _concerns(p.path, tree, places)]
    empty = _nothing_changed(request)
    cited = _paths(usages)
    return Report(
        run=_run(request, tree, analysis),
        packs=judged.packs,
        usages=usages,
        judgements=tuple(judgement for judgement in judged.judgements if judgement.usage in ids),
        findings=decision.findings,
        errors=errors,
        notices=(*empty, *notices, *judged.notices, *told, *analysis.notices),
        sources={key: text for key, text in texts.items() if key.partition("#")[0] in cited or key in cited},
        providers=judged.cards,
        digests=_digests(tree, cited) if request.means.provenance else {},
    )


def _concerns(path: str, tree: Tree, places: tuple[str, ...]) -> bool:
    """Whether a problem at a path (``nb.ipynb:cell 3`` in notebooks) is of interest to who asked for these places."""
    file = path.partition(":cell ")[0]
    return not places or file not in tree.facts or is_under(file, places)


def _nothing_changed(request: Request) -> tuple[str, ...]:
    """What to say where only changes were asked for and there are none."""
    if request.selection.changed is None or request.selection.changed:
        return ()
    return ("nothing changed, so nothing was reported; run without --diff-base or --staged to see all findings",)


def _digests(tree: Tree, paths: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of files by path."""
    found = ((path, tree.sha256(path)) for path in sorted(paths))
    return {path: digest for path, digest in found if digest}


def _run(request: Request, tree: Tree, analysis: Analysis) -> Run:
    root, organisation = request.project.root, request.terms.organisation
    commit = git.head(root) if request.means.provenance else None
    top = repository_of(root)
    settings = [
        (name, value if isinstance(value, str) else ", ".join(value) or "none")
        for name, value in (
            ("develops models", {None: None, True: "yes", False: "no"}[organisation.develops_models]),
            ("competes with", organisation.competes_with),
            ("products", organisation.products),
        )
        if value is not None
    ]
    return Run(
        version=__version__,
        as_of=request.terms.as_of,
        root=request.project.shown,
        commit=commit,
        dirty=commit is not None and git.is_dirty(root),
        files=FileCounts(
            seen=len(tree.facts),
            analysed=analysis.analysed,
            # A report is the same for a cold and a warm cache; what the cache saved is for --timings.
            cached=0,
            failed=len({error.path for error in analysis.errors}),
        ),
        branch=git.branch(root) if commit else "",
        repository=git.origin(root) if commit else "",
        folder="" if top is None or top == root else root.relative_to(top).as_posix(),
        scope=request.selection.touched,
        excluded=request.project.exclude,
        settings=tuple(settings),
    )


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
