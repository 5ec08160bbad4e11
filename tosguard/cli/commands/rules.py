"""``tosguard rules``: the rule packs: what they say, whether they are sound, which are used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tosguard.cli.output import say, write_bytes, write_stdout
from tosguard.cli.providers import known_providers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tosguard.policy.library import Library
    from tosguard.policy.model import Pack
    from tosguard.policy.versions import PackEntry

_existing = click.Path(exists=True, path_type=Path)
_as_of = click.option("--as-of", metavar="DATE", help="The day whose terms count (default: today).")
_rules = click.option("--rules", type=_existing, help="A rules directory instead of the published packs.")


@click.group("rules", short_help="List, show, compare, validate, test, lock and update rule packs.")
def command() -> None:
    """List, show, compare, validate, test, lock and update rule packs."""


@command.command("list")
@click.argument("providers", nargs=-1)
@_as_of
@_rules
@click.option("--all", "everything", is_flag=True, help="All versions, not only those in force.")
def list_command(providers: tuple[str, ...], as_of: str | None, rules: Path | None, everything: bool) -> None:
    """List the packs of PROVIDERS (default: all) and, for named ones, their rules."""
    from tosguard.policy.library import open_library

    library = open_library(rules)
    for provider in known_providers(library, providers):
        entries = library.versions(provider) if everything else _in_force(library, provider, as_of)
        if providers and not entries:
            say(f"{provider}: the earliest terms on record begin on {library.versions(provider)[0].version}")
        for entry in entries:
            until = f"until {entry.until}" if entry.until else "in force"
            click.echo(f"{entry.provider:<24} {entry.version}  {until:<17} sha256 {entry.sha256[:12]}")
            if providers:
                for rule in _load(library, entry).rules:
                    click.echo(f"    {rule.id:<48} {rule.verdict.value:<11} {rule.severity.value:<8} {rule.title}")


@command.command("show")
@click.argument("subject")
@_as_of
@_rules
def show_command(subject: str, as_of: str | None, rules: Path | None) -> None:
    """Show a pack (PROVIDER or PROVIDER@VERSION): documents, clauses and rules."""
    from tosguard.errors import UsageError
    from tosguard.policy.library import open_library

    library = open_library(rules)
    provider, _, version = subject.partition("@")
    known_providers(library, (provider,))
    entries = [
        entry
        for entry in (library.versions(provider) if version else _in_force(library, provider, as_of))
        if not version or entry.version == version
    ]
    if not entries:
        versions = ", ".join(entry.version for entry in library.versions(provider))
        raise UsageError("there is no such pack", where=subject, next_step=f"versions are {versions}")
    write_stdout("\n".join(_pack_lines(_load(library, entries[0]))))


@command.command("diff")
@click.argument("provider")
@click.argument("before", metavar="DATE")
@click.argument("after", metavar="DATE")
@_rules
def diff_command(provider: str, before: str, after: str, rules: Path | None) -> None:
    """Say in words what changed in the terms of PROVIDER between two days."""
    from tosguard.errors import UsageError
    from tosguard.policy.diff import describe
    from tosguard.policy.library import open_library

    library = open_library(rules)
    known_providers(library, (provider,))
    packs = []
    for day in (before, after):
        entries = _in_force(library, provider, day)
        if not entries:
            first = library.versions(provider)[0].version
            raise UsageError("no terms on record cover that day", where=day, next_step=f"the first begin on {first}")
        packs.append(_load(library, entries[0]))
    write_stdout(describe(*packs))


@command.command("validate")
@click.argument("paths", nargs=-1, type=_existing)
def validate_command(paths: tuple[Path, ...]) -> int:
    """Check pack files PATHS (yours, or all published ones if none is named): every fault with its line."""
    from tosguard.policy.compiled import read_bytes
    from tosguard.policy.library import open_library
    from tosguard.policy.packs import digest, problems_of

    digests: dict[Path, str] = {}
    if not paths:
        library = open_library()
        digests = {library.directory / entry.path: entry.sha256 for entry in library.entries}
    files = [file for path in paths for file in (sorted(path.glob("**/*.yaml")) if path.is_dir() else [path])]
    faults = 0
    for file in files or sorted(digests):
        data = read_bytes(file, file.as_posix())
        lines = [
            f"{file}:{problem.line}: {problem.message}{f'; {problem.hint}' if problem.hint else ''}"
            for problem in problems_of(data, file.as_posix())
        ]
        if file in digests and digest(data) != digests[file]:
            lines.append(f"{file}: differs from the digest in the index; a published pack never changes")
        faults += len(lines)
        for line in lines:
            click.echo(line, err=True)
    checked = len(files) or len(digests)
    click.echo(f"{checked} packs checked, {faults or 'no'} fault{'s' if faults != 1 else ''}")
    return 2 if faults else 0


@command.command("test")
@click.argument("providers", nargs=-1)
@_rules
def test_command(providers: tuple[str, ...], rules: Path | None) -> int:
    """Run the tests that the packs of PROVIDERS (default: all) carry: what their rules must and must not answer to."""
    from tosguard.engine.snippet import analyse_snippet
    from tosguard.policy.library import open_library
    from tosguard.policy.selftest import run_tests

    library = open_library(rules)
    ran = failed = packs = 0
    for provider in known_providers(library, providers):
        for entry in library.versions(provider):
            outcome = run_tests(_load(library, entry), analyse_snippet)
            packs += 1
            ran += outcome.ran
            failed += len(outcome.failures)
            for failure in outcome.failures:
                click.echo(f"{failure.pack}: {failure.rule}: {failure.test}: {failure.message}", err=True)
    click.echo(f"{packs} packs, {ran} tests, {failed} failed")
    return 1 if failed else 0


@command.command("lock")
@_as_of
@_rules
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("tosguard.lock"), show_default=True)
@click.option("--check", is_flag=True, help="Compare with the file instead of writing it.")
def lock_command(as_of: str | None, rules: Path | None, output: Path, check: bool) -> int:
    """Pin the versions and digests of the packs in force, so that a run says when it judges by others."""
    from tosguard.policy.judgement import PackVersion
    from tosguard.policy.library import open_library
    from tosguard.policy.lock import read_lock, verify_lock, write_lock

    library = open_library(rules)
    entries = [entry for provider in library.providers() for entry in _in_force(library, provider, as_of)]
    versions = [PackVersion(entry.provider, entry.version, entry.sha256) for entry in entries]
    if not check:
        write_bytes(output, write_lock(versions))
        say(f"wrote {output}: {len(versions)} packs")
        return 0
    deviations = verify_lock(read_lock(output.read_bytes(), output.name), versions) if output.exists() else ()
    for deviation in deviations:
        click.echo(deviation.message)
    if not output.exists():
        say(f"{output} does not exist; write it with `tosguard rules lock`")
    return 1 if deviations or not output.exists() else 0


@command.command("update")
@click.option("--from", "source", required=True, metavar="DIR|URL", help="A rules directory or its https address.")
@_rules
@click.option("--yes", is_flag=True, help="Do not ask.")
def update_command(source: str, rules: Path | None, yes: bool) -> int:
    """Take newer packs, after showing what changes in words. Nothing is taken if any of them has a fault."""
    from tosguard.policy.library import open_library
    from tosguard.policy.update import apply_update, plan_update, reader_for

    library = open_library(rules)
    plan = plan_update(library, reader_for(source), source)
    if plan.empty:
        say("nothing newer")
        return 0
    write_stdout("\n".join(plan.changes))
    if not yes and not click.confirm(f"Take {len(plan.files)} packs?", err=True):
        say("nothing was changed")
        return 0
    apply_update(library, plan)
    say(f"took {len(plan.files)} packs")
    return 0


def _in_force(library: Library, provider: str, day: str | None) -> tuple[PackEntry, ...]:
    from tosguard.cli.settings import today
    from tosguard.policy.versions import in_force, parse_date

    entry = in_force(library.entries, provider, parse_date(day or today()))
    return () if entry is None else (entry,)


def _load(library: Library, entry: PackEntry) -> Pack:
    from tosguard.store import default_directory

    directory = default_directory()
    return library.load(entry, None if directory is None else directory / "packs")


def _pack_lines(pack: Pack) -> Iterable[str]:
    until = f" until {pack.until}" if pack.until else ""
    yield f"{pack.name} ({pack.provider}), terms of {pack.version}{until}, sha256 {pack.sha256}"
    yield "\nDocuments"
    for document in pack.documents:
        yield f"  {document.id}: {document.title}, version {document.version}  {document.url}"
    yield "\nClauses"
    for name, held in sorted(pack.clauses.items()):
        clause = held.clause
        yield f"  {name}: {clause.document}, {clause.section}, {held.modality} (confidence {clause.confidence})"
        yield f"    {clause.summary}"
    yield "\nRules"
    for rule in pack.rules:
        yield f"  {rule.id}: {rule.verdict.value}, {rule.severity.value}; {', '.join(rule.patterns)}"
        yield f"    {rule.title}"
