"""From usages to findings: the packs in force, the judgement, and what was decided before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tosguard.engine.moves import renames_since_recorded
from tosguard.engine.request import Selection, Terms
from tosguard.engine.ruleids import KnownRules, unknown_selectors
from tosguard.errors import ConfigurationError
from tosguard.findings.baseline import Baseline, parse_baseline
from tosguard.findings.decide import Decision, decide
from tosguard.findings.waivers import WaiverEntry, parse_waivers
from tosguard.policy.judge import judge
from tosguard.policy.judgement import Judgement, PackVersion
from tosguard.policy.library import Library, PacksInForce, open_library, packs_in_force
from tosguard.policy.lock import read_lock, verify_lock
from tosguard.policy.model import Pack
from tosguard.policy.organisation import expiry_notices
from tosguard.policy.own import load_own
from tosguard.policy.versions import in_force
from tosguard.report.model import ProviderCard
from tosguard.usage.model import Confidence, Usage

#: What a pack is of → what a report calls it.
_KINDS = {"model-provider": "api", "host": "api"}


@dataclass(frozen=True, slots=True)
class Judged:
    """Usages under the terms of a day."""

    judgements: tuple[Judgement, ...]
    packs: tuple[PackVersion, ...]
    cards: tuple[ProviderCard, ...]
    rules: KnownRules
    notices: tuple[str, ...]
    in_force: tuple[Pack, ...] = ()


def judge_usages(usages: Iterable[Usage], terms: Terms, cache: Path | None) -> Judged:
    """Judge usages under the packs in force.

    Args:
        usages: what the classification found.
        terms: the day, the packs and the organisation.
        cache: directory for compiled packs.

    Raises:
        ConfigurationError: a pack cannot be used.
    """
    found = tuple(usages)
    as_of = date.fromisoformat(terms.as_of)
    providers = sorted({provider for usage in found for provider in usage.providers})
    own = load_own(terms.own_packs)
    if not providers:
        return Judged((), (), (), KnownRules((), terms.own_packs, cache), expiry_notices(terms.agreements, as_of))
    library = open_library()
    force, pinned = _in_force(library, providers, terms, own, cache)
    judgements = judge(found, force.packs, terms.organisation, terms.agreements, as_of, gaps=force.gaps)
    rules = KnownRules((rule.id for pack in force.packs.values() for rule in pack.rules), terms.own_packs, cache)
    cards = tuple(_card(pack) for pack in force.packs.values())
    notices = (*expiry_notices(terms.agreements, as_of), *pinned, *force.notices)
    return Judged(judgements, force.versions, cards, rules, notices, tuple(force.packs.values()))


def cards_of(providers: Iterable[str], as_of: str, cache: Path | None) -> tuple[ProviderCard, ...]:
    """How providers are shown on which no terms were applied, as far as a pack of any day names them.

    Raises:
        ConfigurationError: a published pack cannot be used.
    """
    library = open_library()
    found = []
    for provider in sorted(set(providers)):
        if versions := library.versions(provider):
            entry = in_force(versions, provider, date.fromisoformat(as_of)) or versions[-1]
            found.append(_card(library.load(entry, cache)))
    return tuple(found)


def decide_findings(
    usages: tuple[Usage, ...],
    judged: Judged,
    texts: Mapping[str, str],
    selection: Selection,
    as_of: str,
    *,
    root: Path,
    unread: Collection[str] = (),
    complete: bool = True,
) -> Decision:
    """What the judgements ask for, after suppressions, waivers and baseline.

    Raises:
        ConfigurationError: the waivers file or the baseline cannot be used.
    """
    waivers, baseline = _waivers(selection.waivers), _baseline(selection.baseline)
    paths = {usage.location.path for usage in usages}
    return decide(
        usages,
        judged.judgements,
        texts,
        waivers=waivers,
        baseline=baseline,
        baseline_path=selection.baseline.name if selection.baseline else "tosguard-baseline.json",
        select=selection.select,
        ignore=selection.ignore,
        min_confidence=Confidence(selection.min_confidence),
        per_path_ignores=selection.per_path_ignores,
        filter_for=selection.filter_for,
        as_of=as_of,
        changed=selection.changed,
        touched_paths=_touched(selection.touched, usages, texts),
        renames=renames_since_recorded(root, selection, baseline, waivers, paths),
        known_rules=judged.rules,
        unread_paths=unread,
        complete=complete,
        honour_suppressions=selection.honour_suppressions,
        warn_days=selection.warn_days,
        folder=selection.folder,
    )


def check_selectors(selection: Selection, rules: KnownRules) -> tuple[str, ...]:
    """What to say of selectors that turn nothing off because they name no rule.

    Raises:
        ConfigurationError: one that should turn rules on names none: the check would pass without having checked.
    """
    for selector, hint in unknown_selectors(selection.select, rules):
        raise ConfigurationError(
            f"no rule or usage pattern is called '{selector}'{hint}",
            where="select",
            why="nothing would be checked",
            next_step="see `tosguard rules list`",
        )
    off = [*selection.ignore, *(selector for group in selection.per_path_ignores.values() for selector in group)]
    return tuple(
        f"ignore: no rule or usage pattern is called '{selector}'{hint}; nothing is ignored, see `tosguard rules list`"
        for selector, hint in unknown_selectors(off, rules)
    )


def is_under(path: str, places: Iterable[str]) -> bool:
    """Whether a path is one of these files or lies in one of these folders ("" is the root)."""
    return any(path == place or place == "" or path.startswith(f"{place}/") for place in places)


def _in_force(
    library: Library, providers: list[str], terms: Terms, own: tuple[Pack, ...], cache: Path | None
) -> tuple[PacksInForce, tuple[str, ...]]:
    """The packs that judge, and what to say about pinned ones."""
    as_of = date.fromisoformat(terms.as_of)
    asked = {name: version for name, _, version in (pack.partition("@") for pack in terms.packs)}
    if unknown := sorted(set(asked) - set(library.providers()) - {pack.provider for pack in own}):
        raise ConfigurationError("there is no pack of this provider", where=unknown[0], next_step="correct `packs`")
    wanted = [provider for provider in providers if not asked or provider in asked]
    locked = _locked(terms.lock)
    pins = {item.provider: item.version for item in locked} | {name: pin for name, pin in asked.items() if pin}
    usual = packs_in_force(library, wanted, as_of, cache=cache, own=own)
    if not pins:
        return usual, ()
    entries = tuple(
        replace(entry, until="") if entry.provider in pins else entry
        for entry in library.entries
        if pins.get(entry.provider, entry.version) == entry.version
    )
    for name, version in sorted(pins.items()):
        if not any(entry.provider == name for entry in entries):
            raise ConfigurationError(
                "the pinned pack is not among the rules", where=f"{name}@{version}", next_step="lock again, or update"
            )
    force = packs_in_force(replace(library, entries=entries), wanted, as_of, cache=cache, own=own)
    return force, tuple(deviation.message for deviation in verify_lock(locked, usual.versions))


def _locked(path: Path | None) -> tuple[PackVersion, ...]:
    text = _read(path)
    return () if path is None or text is None else read_lock(text.encode(), path.name)


def _card(pack: Pack) -> ProviderCard:
    return ProviderCard(
        pack.provider, pack.name, _KINDS.get(pack.kind, pack.kind), pack.documents[0].url if pack.documents else ""
    )


def _touched(places: tuple[str, ...], usages: Iterable[Usage], texts: Iterable[str]) -> frozenset[str] | None:
    """The files asked for that a usage passes through or whose comments may be spoken of."""
    if not places:
        return None
    paths = {path for usage in usages for path in (usage.location.path, *(step.path for step in usage.trace))}
    for key in texts:
        paths.update((key, key.rpartition("#")[0]))
    return frozenset(path for path in paths if is_under(path, places))


def _waivers(path: Path | None) -> tuple[WaiverEntry, ...]:
    text = _read(path)
    return () if path is None or text is None else parse_waivers(text, path.name)


def _baseline(path: Path | None) -> Baseline | None:
    text = _read(path)
    return None if path is None or text is None else parse_baseline(text, path.name)


def _read(path: Path | None) -> str | None:
    """The text of an optional file: None where there is none."""
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not UTF-8"
        advice = "save it as UTF-8" if isinstance(error, UnicodeDecodeError) else "make it a file that may be read"
        raise ConfigurationError("the file cannot be read", where=str(path), why=why, next_step=advice) from None
