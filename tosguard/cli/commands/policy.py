"""``tosguard policy``: the providers' live documents against the clauses the packs rest on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tosguard.cli.output import say, write_file
from tosguard.cli.providers import known_providers

if TYPE_CHECKING:
    from tosguard.policy.model import Pack

_directory = click.option(
    "--dir",
    "directory",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("tosguard-documents"),
    show_default=True,
    help="Where the documents are kept.",
)
_rules = click.option(
    "--rules",
    "rules",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="A rules directory instead of the published packs.",
)
_providers = click.argument("providers", nargs=-1)


@click.group("policy", short_help="Fetch the providers' documents and compare them with the clauses the packs rest on.")
def command() -> None:
    """Fetch the providers' documents and compare them with the clauses the packs rest on.

    The rest of tosguard works offline; `policy fetch` is what uses the network.
    """


@command.command("fetch")
@_providers
@_directory
@_rules
def fetch_command(providers: tuple[str, ...], directory: Path, rules: Path | None) -> int:
    """Download the documents that the newest packs of PROVIDERS (default: all) rest on."""
    from tosguard.engine.drift import urls_of
    from tosguard.engine.fetching import fetch

    missing = 0
    for result in fetch(urls_of(_newest(providers, rules)), directory, write_file):
        if result.path is None:
            missing += 1
            say(f"{result.provider}: {result.url}: not fetched ({result.reason})")
        else:
            click.echo(f"{result.provider}: {result.url} -> {result.path}")
    return 3 if missing else 0


@command.command("drift")
@_providers
@_directory
@_rules
def drift_command(providers: tuple[str, ...], directory: Path, rules: Path | None) -> int:
    """Compare the fetched documents with the clauses of the newest packs of PROVIDERS (default: all).

    A clause whose anchor is gone has probably changed: read it again. Exits with 1 if there is one, with 3 if a
    document was not fetched.
    """
    from tosguard.engine.drift import FOUND, GONE, UNREAD, look_up

    anchors = look_up(_newest(providers, rules), directory)
    for anchor in anchors:
        if anchor.state == GONE:
            click.echo(f"{anchor.clause}: its anchor is gone from {anchor.url}: “{anchor.anchor}”")
    for url in sorted({anchor.url for anchor in anchors if anchor.state == UNREAD}):
        say(f"{url}: not in {directory}; run `tosguard policy fetch` first")
    counts = {state: sum(anchor.state == state for anchor in anchors) for state in (FOUND, GONE, UNREAD)}
    click.echo(f"{counts[FOUND]} anchors found, {counts[GONE]} gone, {counts[UNREAD]} in documents not fetched")
    return 1 if counts[GONE] else 3 if counts[UNREAD] else 0


def _newest(providers: tuple[str, ...], rules: Path | None) -> list[Pack]:
    from tosguard.policy.library import open_library
    from tosguard.policy.versions import in_force

    library = open_library(rules)
    entries = [in_force(library.entries, provider, date.max) for provider in known_providers(library, providers)]
    return [library.load(entry) for entry in entries if entry is not None]
