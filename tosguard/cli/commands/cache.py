"""``tosguard cache``: what is remembered between runs, and how to forget it."""

from __future__ import annotations

import click

from tosguard.store import Store, clean, default_directory


@click.group("cache", short_help="Show or remove the cache.")
def command() -> None:
    """Show or remove the cache.

    The cache holds parsed files and whole results by content. It is bounded, shared by all projects of one user, and
    may be removed at any time.
    """


@command.command("info")
def info() -> None:
    """Show where the cache is, how large it is and what it holds."""
    directory = default_directory()
    with Store(directory) as store:
        facts = store.info()
    if facts is None:
        click.echo(f"no cache: {directory or 'no home directory is known'} cannot be used")
        return
    click.echo(f"file   {facts.path}")
    click.echo(f"size   {_mebibytes(facts.file_bytes)} of at most {_mebibytes(facts.limit)}")
    for kind, count, size in facts.kinds:
        click.echo(f"{kind:<10} {count:>7} entries {_mebibytes(size):>10}")


@command.command("clean")
def clean_command() -> None:
    """Remove the cache."""
    freed = clean(default_directory())
    click.echo(f"removed {_mebibytes(freed)}" if freed else "nothing to remove")


def _mebibytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MiB"
