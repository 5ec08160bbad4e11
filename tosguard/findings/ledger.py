"""Who accepted what: suppressions, waivers and baseline applied to the judgements of one run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from tosguard.findings.baseline import Baseline, dead_entries
from tosguard.findings.fingerprint import attributed, match
from tosguard.findings.model import Finding, Status, Waiver
from tosguard.findings.problems import Problem, suggestion
from tosguard.findings.selectors import names_rule
from tosguard.findings.suppressions import Suppression
from tosguard.findings.waivers import WaiverEntry
from tosguard.policy.judgement import Judgement
from tosguard.usage.model import Usage

Subject = tuple[Judgement, Usage]


class Ledger:
    """Collects decisions on subjects (judgements with their usages); used once, inside ``decide``.

    ``problems`` is what is wrong with the decisions themselves.
    """

    def __init__(
        self,
        subjects: Sequence[Subject],
        prints: Sequence[str],
        as_of: str,
        warn_days: int,
        *,
        before_renames: Sequence[str] | None = None,
        known_rules: Collection[str] = (),
        folder: str = "",
        fresh: Collection[int] = (),
    ) -> None:
        self.problems: list[Problem] = []
        self._subjects = subjects
        self._prints = prints
        self._standing = prints
        self._before_renames = before_renames
        self._fresh = fresh
        self._known_rules = known_rules
        self._as_of = as_of
        self._warn_days = warn_days
        self._folder = f"{folder}/" if folder else ""
        self._accepted: dict[int, Waiver] = {}
        self._expired: dict[int, Waiver] = {}
        self._known: set[int] = set()
        self._settled: set[int] = set()
        self._unused: list[Problem] = []

    def apply_suppressions(self, suppressions: Sequence[Suppression]) -> None:
        """Accept what inline comments cover; the first comment that covers a finding is the one that counts."""
        by_path: dict[str, list[int]] = {}
        for index, (_, usage) in enumerate(self._subjects):
            by_path.setdefault(usage.location.path, []).append(index)
        for suppression in suppressions:
            covered = [
                index
                for index in by_path.get(suppression.path, ())
                if suppression.covers(self._subjects[index][1].location, self._subjects[index][0].rule)
            ]
            over = self._is_over(suppression.waiver)
            self._book(covered, suppression.waiver)
            rules = ", ".join(suppression.rules)
            if over:
                text = f"the suppression of {rules} ended on {suppression.waiver.expires}; renew it or remove it"
                self.problems.append(Problem(suppression.path, suppression.line, "suppression-expired", text))
            for rule in () if over else suppression.rules:
                if not any(names_rule(rule, self._subjects[index][0].rule) for index in covered):
                    text = f"the suppression of {rule} is not needed: it covers no finding; remove it"
                    self._unused.append(Problem(suppression.path, suppression.line, "suppression-unused", text))

    def settle(self, waivers: Sequence[WaiverEntry], baseline: Baseline) -> None:
        """Note which findings stand where a record has them: no other record can mean them by having moved there.

        Among equals, records go to findings that the change left alone before those on its lines.
        """
        marks = [entry.fingerprint for entry in waivers if entry.fingerprint]
        records = (*marks, *baseline.fingerprints)
        self._standing = attributed(self._prints, self._fresh, records)
        if self._before_renames is not None:
            self._before_renames = attributed(self._before_renames, self._fresh, records)
        self._settled = {
            *self._match(marks, across_files=False),
            *self._match(baseline.fingerprints, across_files=False),
        }

    def apply_waivers(self, waivers: Sequence[WaiverEntry], *, across_files: bool) -> None:
        """Accept what the waivers file covers, and say which entries have ended, will soon, or cover nothing."""
        recorded = [entry.fingerprint for entry in waivers if entry.fingerprint]
        matched = self._match(recorded, across_files=across_files)
        by_fingerprint = {record: index for index, record in matched.items()}
        coverage = []
        for entry in waivers:
            covered = [
                index
                for index, (judgement, usage) in enumerate(self._subjects)
                if entry.covers(judgement.rule, self._folder + usage.location.path)
            ]
            if entry.fingerprint in by_fingerprint:
                covered.append(by_fingerprint[entry.fingerprint])
            self._book(covered, entry.waiver)
            coverage.append(covered)
        for entry, covered in zip(waivers, coverage, strict=True):
            self._speak_of(entry, covered)

    def apply_baseline(
        self, baseline: Baseline, path: str, unread_paths: Collection[str], *, across_files: bool
    ) -> None:
        """Note what the baseline knows, and which of its entries have no finding any more."""
        matched = self._match(baseline.fingerprints, across_files=across_files)
        self._known = set(matched)
        for entry in dead_entries(baseline, set(matched.values()), unread_paths):
            text = f"the baseline entry of {entry.rule} in {entry.path} has no finding any more ({entry.fingerprint})"
            self._unused.append(Problem(path, 0, "baseline-dead", f"{text}; run 'tosguard baseline prune'"))

    def report_unused(self, unread_paths: Collection[str]) -> None:
        """Report what covers nothing, except in files that could not be read.

        In a part of a project only comments can be known to be unused: what waivers and baseline cover may lie outside.
        """
        self.problems += [
            problem
            for problem in self._unused
            if problem.path not in unread_paths and (not self._folder or problem.kind == "suppression-unused")
        ]

    def findings(self) -> list[Finding]:
        """Each subject with its status: accepted by a waiver, else known to the baseline, else open."""
        found = []
        for index, (judgement, usage) in enumerate(self._subjects):
            status, waiver = Status.OPEN, self._expired.get(index)
            if index in self._accepted:
                status, waiver = Status.WAIVED, self._accepted[index]
            elif index in self._known:
                status, waiver = Status.BASELINE, None
            found.append(Finding(judgement, usage, self._prints[index], status, waiver))
        return found

    def _is_misspelt(self, rule: str) -> bool:
        known = self._known_rules
        return bool(rule) and bool(known) and not any(names_rule(rule, name) for name in known)

    def _match(self, recorded: Sequence[str], *, across_files: bool) -> dict[int, str]:
        return match(
            self._standing,
            recorded,
            before_renames=self._before_renames,
            across_files=across_files,
            settled=self._settled,
        )

    def _book(self, covered: Sequence[int], waiver: Waiver) -> None:
        book = self._expired if self._is_over(waiver) else self._accepted
        for index in covered:
            book.setdefault(index, waiver)

    def _is_over(self, waiver: Waiver) -> bool:
        return bool(waiver.expires) and waiver.expires < self._as_of

    def _speak_of(self, entry: WaiverEntry, covered: Sequence[int]) -> None:
        waiver = entry.waiver
        if not covered and self._is_misspelt(entry.rule):
            hint = suggestion(entry.rule, self._known_rules) or "; see `tosguard rules list`"
            text = f"the waiver of {entry.subject} covers nothing: no rule is called '{entry.rule}'{hint}"
            self.problems.append(Problem(waiver.source, waiver.line, "waiver-unknown-rule", text))
        elif not covered:
            text = f"the waiver of {entry.subject} covers nothing any more; remove it"
            self._unused.append(Problem(waiver.source, waiver.line, "waiver-unused", text))
        elif self._is_over(waiver):
            if all(index in self._accepted for index in covered):
                text = f"the waiver of {entry.subject} expired on {waiver.expires} and another one took its place"
                self._unused.append(Problem(waiver.source, waiver.line, "waiver-unused", text))
                return
            text = f"the waiver of {entry.subject} expired on {waiver.expires}: its finding is open again"
            advice = f"ask {waiver.approved_by} to renew it or change the code"
            self.problems.append(Problem(waiver.source, waiver.line, "waiver-expired", f"{text}; {advice}"))
        elif waiver.expires:
            days = (date.fromisoformat(waiver.expires) - date.fromisoformat(self._as_of)).days
            if days <= self._warn_days:
                when = "today" if days == 0 else f"in {days} day{'s' if days > 1 else ''}"
                text = f"the waiver of {entry.subject} expires {when} ({waiver.expires}); renew it in time"
                self.problems.append(Problem(waiver.source, waiver.line, "waiver-expiring", text))
