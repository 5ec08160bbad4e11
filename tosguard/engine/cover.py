"""What a report says of its run: what was audited, from which commit, within which scope, under which settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tosguard import __version__
from tosguard.config.discovery import repository_of
from tosguard.engine.request import Project, Request
from tosguard.policy.organisation import Agreement
from tosguard.report.model import FileCounts, Run
from tosguard.sources import git


def cover(request: Request, *, seen: int, analysed: int, failed: int) -> Run:
    """Describe a run.

    Args:
        request: what was asked for.
        seen: how many files the project has.
        analysed: how many of them were analysed.
        failed: how many could not be read.
    """
    root = request.project.root
    commit = git.head(root) if request.means.provenance else None
    repository = git.origin(root) if commit else ""
    top = repository_of(root)
    return Run(
        version=__version__,
        as_of=request.terms.as_of,
        root=request.project.shown,
        commit=commit,
        dirty=commit is not None and git.is_dirty(root),
        # A report is the same for a cold and a warm cache; what the cache saved is for --timings.
        files=FileCounts(seen=seen, analysed=analysed, cached=0, failed=failed),
        project=name_of(request.project, repository),
        branch=git.branch(root) if commit else "",
        repository=repository,
        folder="" if top is None or top == root else root.relative_to(top).as_posix(),
        scope=request.selection.touched,
        excluded=request.project.exclude,
        settings=tuple(_settings(request)),
    )


def name_of(project: Project, repository: str) -> str:
    """The name a project goes by: its owner's and its own where it came from a server, else its folder's.

    Args:
        project: the project.
        repository: the web address of its repository, or "".
    """
    parts = repository.partition("://")[2].split("/")[1:]
    return "/".join(parts) or project.root.name


def _settings(request: Request) -> Iterator[tuple[str, str]]:
    """The settings that bear on verdicts and on what is shown, in words."""
    organisation, selection = request.terms.organisation, request.selection
    if organisation.develops_models is not None:
        yield "develops models", "yes" if organisation.develops_models else "no"
    named: list[tuple[str, Iterable[str] | None]] = [
        ("competes with", organisation.competes_with),
        ("products", organisation.products),
    ]
    yield from ((name, ", ".join(values) or "none") for name, values in named if values is not None)
    if request.terms.agreements:
        yield "agreements", "; ".join(_agreement(agreement) for agreement in request.terms.agreements)
    if selection.select:
        yield "only these rules", ", ".join(selection.select)
    if selection.ignore:
        yield "rules left out", ", ".join(selection.ignore)
    if selection.min_confidence != "low":
        yield "confidence shown", f"{selection.min_confidence} and above"


def _agreement(agreement: Agreement) -> str:
    until = f" until {agreement.expires}" if agreement.expires else ""
    permits = f", permits {' and '.join(agreement.permits)}" if agreement.permits else ""
    return f"{agreement.provider}: {agreement.reference}{until}{permits}"
