"""From judgements to findings: what asks for something, and what was already decided about it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from tosguard.findings.baseline import Baseline
from tosguard.findings.fingerprint import fingerprints
from tosguard.findings.ledger import Ledger
from tosguard.findings.model import Finding
from tosguard.findings.problems import Problem
from tosguard.findings.selectors import ignored_by_path, selected
from tosguard.findings.suppressions import find_suppressions
from tosguard.findings.waivers import WaiverEntry
from tosguard.policy.judgement import Judgement, Verdict
from tosguard.usage.model import Confidence, Usage

_ASKING = (Verdict.PROHIBITED, Verdict.CONDITIONAL)
_NO_ENTRIES: Mapping[str, Sequence[str]] = {}

#: new path → old path, path → changed lines
Renames = Mapping[str, str]
ChangedLines = Mapping[str, Collection[int]]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are shown. ``folder`` is where the path globs start ("" for the audited root, else ``a/b``)."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: Confidence = Confidence.LOW
    per_path_ignores: Mapping[str, Sequence[str]] = field(default_factory=dict)
    folder: str = ""

    def shows(self, finding: Finding) -> bool:
        """Whether a finding passes."""
        rule, pattern, path = finding.judgement.rule, finding.usage.pattern, finding.usage.location.path
        inside = path[len(self.folder) + 1 :] if self.folder and path.startswith(f"{self.folder}/") else path
        return (
            finding.usage.confidence.rank >= self.min_confidence.rank
            and selected(rule, pattern, self.select, self.ignore)
            and not ignored_by_path(inside, rule, pattern, self.per_path_ignores)
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """The findings of a run in the order of their places, and what is wrong with suppressions, waivers and baseline."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """The problems as lines of text."""
        return tuple(str(problem) for problem in self.problems)


def decide(
    usages: Sequence[Usage],
    judgements: Sequence[Judgement],
    sources: Mapping[str, str],
    *,
    waivers: Sequence[WaiverEntry] = (),
    baseline: Baseline | None = None,
    baseline_path: str = "tosguard-baseline.json",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    min_confidence: Confidence = Confidence.LOW,
    per_path_ignores: Mapping[str, Sequence[str]] = _NO_ENTRIES,
    filter_for: Callable[[str], Filter] | None = None,
    as_of: str,
    changed: ChangedLines | None = None,
    touched_paths: Collection[str] | None = None,
    renames: Renames | None = None,
    known_rules: Collection[str] = (),
    unread_paths: Collection[str] = (),
    complete: bool = True,
    honour_suppressions: bool = True,
    warn_days: int = 30,
    folder: str = "",
) -> Decision:
    """What a run's judgements ask for.

    Waivers, suppressions and the baseline are applied to every judgement before anything is filtered, so that a run
    over a few changed lines does not take the rest of a baseline for dead.

    Args:
        usages: all usages of the run.
        judgements: all judgements; only prohibited and conditional ones become findings.
        sources: text by path (``path#cell`` for notebook cells) of the files that usages stand in; files that only hold
            a suppression may be added, so that unused ones are found everywhere.
        waivers: entries of the waivers file.
        baseline: the known findings.
        baseline_path: the baseline's name for problems.
        select: selectors of rules that are on; empty means all.
        ignore: selectors of rules that are off.
        min_confidence: the least sure classification that is kept.
        per_path_ignores: path glob → selectors of rules that are off there.
        filter_for: path → the filter of the configuration nearest to it, in place of the four before.
        as_of: the date (``YYYY-MM-DD``) on which expiry is decided.
        changed: keep only findings whose location or any step lies on these lines.
        touched_paths: keep only findings whose location or any step lies in these files.
        renames: new path → old path, from git.
        known_rules: all rule ids, to find misspelt ones in suppressions and waivers.
        unread_paths: files that could not be analysed; nothing about them is taken for dead.
        complete: whether the whole project was analysed; if not, nothing is reported as unused or dead.
        honour_suppressions: whether inline comments count (an audit may ask what they hide).
        warn_days: how many days before its end a waiver is reported.
        folder: where the sources' paths begin (``services/api``), seen from the folder of waivers and baseline; ""
            where they are the same. What these files say of the rest of the project is left alone.

    Returns:
        Findings and problems, both in deterministic order.
    """
    known = {usage.id: usage for usage in usages}
    subjects = [(j, known[j.usage]) for j in judgements if j.verdict in _ASKING and j.usage in known]
    prints = fingerprints(subjects, sources, folder=folder)
    former = fingerprints(subjects, sources, renames, folder) if renames else None
    ledger = Ledger(
        subjects,
        prints,
        as_of,
        warn_days,
        before_renames=former,
        known_rules=known_rules,
        folder=folder,
        fresh=_fresh(subjects, changed),
    )
    whole = complete and not folder
    if honour_suppressions:
        suppressions, mistakes = find_suppressions(sources, known_rules)
        ledger.problems += mistakes
        ledger.apply_suppressions(suppressions)
    known_before = baseline or Baseline()
    ledger.settle(waivers, known_before)
    ledger.apply_waivers(waivers, across_files=whole)
    ledger.apply_baseline(known_before, baseline_path, unread_paths, across_files=whole)
    if complete:
        ledger.report_unused(unread_paths)
    everywhere = Filter(tuple(select), tuple(ignore), min_confidence, per_path_ignores)
    shown = [
        finding
        for finding in ledger.findings()
        if (filter_for(finding.usage.location.path) if filter_for else everywhere).shows(finding)
        and _is_touched(finding.usage, changed, touched_paths)
    ]
    problems = [p for p in set(ledger.problems) if _is_of_interest(p, changed, touched_paths)]
    return Decision(tuple(sorted(shown, key=_order)), tuple(sorted(problems)))


def _fresh(subjects: Sequence[tuple[Judgement, Usage]], changed: ChangedLines | None) -> frozenset[int]:
    """The subjects that stand on changed lines."""
    if changed is None:
        return frozenset()
    return frozenset(i for i, (_, usage) in enumerate(subjects) if any(_is_changed(changed, *p) for p in _span(usage)))


def _span(usage: Usage) -> list[tuple[str, int | None, int]]:
    location = usage.location
    return [(location.path, location.cell, line) for line in range(location.line, location.end_line + 1)]


def _is_of_interest(problem: Problem, changed: ChangedLines | None, touched_paths: Collection[str] | None) -> bool:
    """A run over a change speaks of suppressions in the files it touches, and leaves tidying up to whole runs."""
    if changed is None and touched_paths is None:
        return True
    if problem.kind.startswith("suppression-"):
        path = problem.path.split(":cell ")[0]
        return (touched_paths is None or path in touched_paths) and (
            changed is None or any(key.split("#")[0] == path for key in changed)
        )
    return problem.kind not in ("waiver-unused", "baseline-dead")


def _is_touched(usage: Usage, changed: ChangedLines | None, touched_paths: Collection[str] | None) -> bool:
    if touched_paths is not None:
        paths = {usage.location.path, *(step.path for step in usage.trace)}
        if not any(path in touched_paths for path in paths):
            return False
    if changed is None:
        return True
    places = _span(usage)
    places += [(step.path, step.cell, step.line) for step in usage.trace]
    return any(_is_changed(changed, *place) for place in places)


def _is_changed(changed: ChangedLines, path: str, cell: int | None, line: int) -> bool:
    """A cell's lines are not lines of the notebook: unless the caller names the cell, any change of the file counts."""
    if cell is not None:
        key = f"{path}#{cell}"
        return line in changed[key] if key in changed else bool(changed.get(path))
    return line in changed.get(path, ())


def _order(finding: Finding) -> tuple[str, int, int, int, str, str]:
    location = finding.usage.location
    return (
        location.path,
        location.cell or 0,
        location.line,
        location.column,
        finding.judgement.rule,
        finding.fingerprint,
    )
