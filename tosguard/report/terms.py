"""Which version of which terms held when: the timeline that an audit sets against its date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tosguard.policy.judgement import Clause, Judgement

_DATE_PARTS = 3


@dataclass(frozen=True, slots=True)
class TermsVersion:
    """One version of one document of a provider.

    ``effective`` and ``superseded`` are dates as the packs write them (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ""
    where unknown, or where nothing has replaced the version). ``in_force`` says whether it held on the date of the run.
    ``series`` names the document whatever its title became; "" stands for the title.
    """

    provider: str
    document: str
    version: str
    effective: str = ""
    superseded: str = ""
    in_force: bool = True
    url: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class TermsTimeline:
    """Versions of terms around the date ``as_of`` (ISO), ordered by provider, document and start."""

    as_of: str
    versions: tuple[TermsVersion, ...] = ()


def timeline_of(judgements: Iterable[Judgement], as_of: str) -> TermsTimeline:
    """The timeline that the judged clauses themselves show, for runs that hand over no fuller one.

    Args:
        judgements: the verdicts whose clauses name documents, versions and dates.
        as_of: the ISO date of the run.

    Returns:
        One entry a provider, document and version, in deterministic order.
    """
    found: dict[tuple[str, str, str], TermsVersion] = {}
    for judgement in judgements:
        clause = judgement.clause
        if clause is None:
            continue
        key = (judgement.provider, clause.document, clause.version)
        found.setdefault(key, _version(judgement.provider, clause, as_of))
    ordered = sorted(found.values(), key=lambda v: (v.provider, v.document, v.effective or v.version, v.version))
    return TermsTimeline(as_of, tuple(ordered))


def year_fraction(date: str) -> float | None:
    """A pack's date as a number of years, e.g. ``2024-07`` as 2024.5; None where it is no date.

    Args:
        date: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns:
        The start of the named year, month or day as a fraction of years, or None.
    """
    parts = date.strip().split("-")
    if len(parts) > _DATE_PARTS or not all(p.isascii() and p.isdigit() for p in parts):
        return None
    year, month, day = ([int(p) for p in parts] + [1, 1])[:3]
    if not (1000 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return year + (month - 1) / 12 + (day - 1) / 372


def _version(provider: str, clause: Clause, as_of: str) -> TermsVersion:
    start = clause.effective or clause.version
    return TermsVersion(
        provider=provider,
        document=clause.document,
        version=clause.version,
        effective=start if year_fraction(start) is not None else "",
        superseded=clause.superseded,
        in_force=not _before(as_of, start) and not (clause.superseded and not _before(as_of, clause.superseded)),
        url=clause.url,
    )


def _before(one: str, other: str) -> bool:
    first, second = year_fraction(one), year_fraction(other)
    return first is not None and second is not None and first < second


@dataclass(frozen=True, slots=True)
class DocumentHistory:
    """One document and its versions: the one in force on the audit date (None in a gap), those before and after it."""

    provider: str
    title: str
    url: str
    current: TermsVersion | None
    earlier: tuple[TermsVersion, ...] = ()
    later: tuple[TermsVersion, ...] = ()

    @property
    def versions(self) -> tuple[TermsVersion, ...]:
        """All of them, oldest first."""
        return (*self.earlier, *((self.current,) if self.current else ()), *self.later)


def documents_of(timeline: TermsTimeline) -> tuple[DocumentHistory, ...]:
    """The documents of a timeline, in its order.

    Args:
        timeline: versions ordered by provider, document and start.

    Returns:
        One entry a document, titled as on the audit date; a version that began later than that date counts as later.
    """
    series: dict[tuple[str, str], list[TermsVersion]] = {}
    for version in timeline.versions:
        series.setdefault((version.provider, version.series or version.document), []).append(version)
    found = []
    for (provider, _), versions in series.items():
        current = next((version for version in versions if version.in_force), None)
        others = [version for version in versions if version is not current]
        later = tuple(v for v in others if _before(timeline.as_of, v.effective))
        named = current or versions[-1]
        earlier = tuple(v for v in others if v not in later)
        found.append(DocumentHistory(provider, named.document, named.url, current, earlier, later))
    return tuple(found)
