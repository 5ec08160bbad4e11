"""``tosguard catalog``: what is known of SDKs, hosts, models and data sets, and a check of one's own files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tosguard.catalog.catalogue import Catalogue
    from tosguard.catalog.model import Entry


@click.group("catalog", short_help="List, show and check what is known of SDKs, hosts, models and data sets.")
def command() -> None:
    """List, show and check what is known of SDKs, hosts, models and data sets."""


@command.command("list")
@click.option("--kind", help="Only topics of this kind, such as provider, wrapper or training.")
def list_command(kind: str | None) -> None:
    """List the topics, those of your own files among them, with how many calls each models."""
    from collections import Counter

    from tosguard.catalog.loader import load
    from tosguard.cli.settings import own_catalogue
    from tosguard.errors import UsageError

    catalogue = load(own_catalogue(Path.cwd()))
    kinds = sorted({topic.kind for topic in catalogue.topics})
    if kind is not None and kind not in kinds:
        raise UsageError("there is no such kind of topic", where=kind, next_step=f"kinds are {', '.join(kinds)}")
    counts = Counter(entry.topic for entry in catalogue.entries.values())
    for topic in sorted(catalogue.topics, key=lambda topic: (topic.kind, topic.name)):
        if kind in (None, topic.kind):
            packages = ", ".join(topic.packages)
            click.echo(f"{topic.kind:<11} {topic.name:<28} {counts[topic.name]:>4} calls  {packages}".rstrip())


@command.command("show")
@click.argument("word")
def show_command(word: str) -> None:
    """Show what is known of WORD: a symbol, a topic, a model id, a host, a data set or an environment variable."""
    from tosguard.catalog.loader import load
    from tosguard.cli.settings import own_catalogue
    from tosguard.errors import UsageError

    lines = list(_about(load(own_catalogue(Path.cwd())), word))
    if not lines:
        raise UsageError("the catalogue does not know this", where=word, next_step="see `tosguard catalog list`")
    click.echo("\n".join(lines))


@command.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check_command(paths: tuple[Path, ...]) -> int:
    """Check catalogue files PATHS (yours, or those of the package if none is named)."""
    from tosguard.catalog.loader import load, problems

    if paths and (found := problems(paths)):
        for problem in found:
            click.echo(f"{problem}", err=True)
        return 2
    catalogue = load(paths)
    click.echo(
        f"{len(catalogue.topics)} topics, {len(catalogue.entries)} calls, {len(catalogue.models)} model patterns,"
        f" {len(catalogue.hosts)} hosts, {len(catalogue.datasets)} data sets: no fault found"
    )
    return 0


def _about(catalogue: Catalogue, word: str) -> Iterator[str]:
    if (entry := catalogue.entry(word)) is not None:
        yield from _entry_lines(entry)
    for found in catalogue.entries.values():
        if found.topic == word:
            yield f"call     {found.symbol} ({found.role})"
    if (model := catalogue.vendor_of(word)) is not None:
        weights = f", weights under the terms of {model.weights}" if model.weights else ""
        yield f"model    {word}: made by {model.vendor}{weights} (pattern {model.pattern})"
    if "." in word and (host := catalogue.host_of(word)) is not None:
        yield f"host     {host.pattern}: route {host.route}, audience {host.audience}"
    if route := catalogue.route_of_environment(word):
        yield f"variable {word.upper()}: route {route}"
    for dataset in catalogue.datasets:
        if word in (dataset.id, *dataset.names, *dataset.files):
            origins = ", ".join(dataset.origins) or "no provider"
            yield f"data set {dataset.id}: {dataset.kind}, holds output of {origins} (confidence {dataset.confidence})"


def _entry_lines(entry: Entry) -> Iterator[str]:
    yield f"call     {entry.symbol}"
    yield f"role     {entry.role}"
    yield f"topic    {entry.topic} ({entry.kind})"
    if entry.provider:
        yield f"route    {entry.provider}"
    for name, slots in entry.arguments.items():
        yield f"argument {name}: {', '.join(map(str, slots))}"
    if entry.tags:
        yield f"tags     {', '.join(entry.tags)}"
