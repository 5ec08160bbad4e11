"""``tosguard explain``: what a rule says, what a pattern means, why a usage or finding is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tosguard.cli.options import Options, analysis_options, paths_argument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tosguard.policy.judgement import Clause
    from tosguard.policy.model import Pack, Rule
    from tosguard.report.model import Report
    from tosguard.usage.model import Usage


@click.command("explain", short_help="Explain a rule, a usage pattern, or a usage or finding of the last run.")
@click.argument("id_", metavar="ID")
@paths_argument
@analysis_options
def command(id_: str, **values: Any) -> int:
    """Explain ID: a rule, a usage pattern, or a usage or finding by its id, fingerprint or `path:line`.

    For usages and findings the project of PATHS (default: here) is analysed again, which the cache makes quick.
    """
    from tosguard.cli.output import write_stdout
    from tosguard.report.labels import PATTERN_MEANINGS

    options = Options.of(values)
    if id_ in PATTERN_MEANINGS:
        lines = list(_pattern(id_))
    elif "/" in id_ and ":" not in id_ and (found := _find_rule(id_, options)) is not None:
        lines = list(_rule(*found))
    else:
        lines = _use(id_, options)
    write_stdout("\n".join(lines))
    return 0


def _pattern(pattern: str) -> Iterator[str]:
    from tosguard.policy.library import open_library
    from tosguard.report.labels import PATTERN_MEANINGS, pattern_name

    yield f"{pattern} — {pattern_name(pattern)}"
    yield ""
    yield PATTERN_MEANINGS[pattern]
    rules = sorted(
        rule.id
        for pack in _packs_today(open_library().providers(), None)
        for rule in pack.rules
        if pattern in rule.patterns
    )
    if rules:
        yield ""
        yield "Rules in force that speak of it:"
        yield from (f"  {rule}" for rule in rules)


def _find_rule(id_: str, options: Options) -> tuple[Pack, Rule] | None:
    """The rule in force; else as the newest pack that has it says it."""
    from tosguard.policy.library import open_library

    provider = id_.partition("/")[0]
    library = open_library()
    earlier = (library.load(entry) for entry in reversed(library.versions(provider)))
    for pack in (*_packs_today((provider,), options.as_of), *earlier):
        for rule in pack.rules:
            if rule.id == id_:
                return pack, rule
    return None


def _packs_today(providers: tuple[str, ...], as_of: str | None) -> list[Pack]:
    from datetime import date

    from tosguard.cli.settings import today
    from tosguard.policy.library import open_library, packs_in_force
    from tosguard.store import default_directory

    directory = default_directory()
    cache = None if directory is None else directory / "packs"
    force = packs_in_force(open_library(), providers, date.fromisoformat(as_of or today()), cache=cache)
    return list(force.packs.values())


def _rule(pack: Pack, rule: Rule) -> Iterator[str]:
    yield f"{rule.id} — {rule.title}"
    yield ""
    yield f"{rule.verdict.value} ({rule.severity.value}) for {', '.join(rule.patterns)}"
    for name, values in rule.when.items():
        yield f"  where {name} is {' or '.join(values)}"
    for name, values in rule.unless.items():
        yield f"  unless {name} is {' or '.join(values)}"
    for title, text in (("Why", rule.why), ("What would make it acceptable", rule.remedy)):
        if text:
            yield from ("", f"{title}: {text}")
    if rule.questions:
        yield ""
        yield from (f"Question: {question}" for question in rule.questions)
    for clause in rule.clauses:
        yield ""
        yield from _clause(pack.clauses[clause].clause)


def _clause(clause: Clause) -> Iterator[str]:
    from tosguard.report.wording import clause_reference

    yield clause_reference(clause)
    yield f"  {clause.summary}"
    yield from (f"  Exception: {exception}" for exception in clause.exceptions)
    if clause.url:
        yield f"  {clause.url}"


def _use(id_: str, options: Options) -> list[str]:
    from pathlib import Path

    from tosguard.cli.places import whole
    from tosguard.cli.running import analyse
    from tosguard.cli.settings import Defaults
    from tosguard.errors import UsageError

    report = analyse(options, whole(options.paths or (Path(),)), Defaults("never", "low")).report
    found = [usage for usage in report.usages if usage in _meant(id_, report)]
    if not found:
        raise UsageError(
            "there is no rule, pattern, usage or finding of this id",
            where=id_,
            next_step="ids stand in `tosguard audit --format json`; rules in `tosguard rules list`",
        )
    return [line for usage in found for line in _usage(usage, report)]


def _meant(id_: str, report: Report) -> list[Usage]:
    """The usages an id means: their own, a finding's fingerprint (or its beginning), or a place."""
    by_id = [usage for usage in report.usages if usage.id == id_]
    by_print = [finding.usage for finding in report.findings if len(id_) >= 6 and finding.fingerprint.startswith(id_)]
    path, _, line = id_.rpartition(":")
    by_place = [usage for usage in report.usages if usage.location.path == path and str(usage.location.line) == line]
    return by_id or by_print or by_place


def _usage(usage: Usage, report: Report) -> Iterator[str]:
    from tosguard.report.ansi import Painter
    from tosguard.report.labels import pattern_name
    from tosguard.report.options import RenderOptions
    from tosguard.report.text import finding_block, trace_lines
    from tosguard.report.wording import place

    where = usage.location
    yield f"{usage.id}: {pattern_name(usage.pattern)} ({usage.pattern}), confidence {usage.confidence.value}"
    yield f"  at {place(where.path, where.line, where.column, where.cell)}" + (
        f" in {where.scope}" if where.scope else ""
    )
    yield f"  providers: {', '.join(usage.providers) or 'unknown'}; models: {', '.join(usage.models) or 'unknown'}"
    if usage.evidence:
        yield "  because:"
        yield from (f"    {e.kind} ({e.strength}): {e.message} ({place(e.path, e.line)})" for e in usage.evidence)
    if usage.runner_up:
        yield f"  nearest other reading: {usage.runner_up}"
    if usage.trace:
        yield "  trace:"
        yield from trace_lines(usage.trace, 100)
    for finding in report.findings:
        if finding.usage.id == usage.id:
            yield ""
            yield from finding_block(report, finding, RenderOptions(), Painter(False))
    for judgement in report.judgements:
        if judgement.usage == usage.id:
            yield ""
            verdict = f"{judgement.verdict.value} ({judgement.rule or 'no rule'})"
            yield f"{judgement.provider}: {verdict}: {judgement.message}"
    yield ""
