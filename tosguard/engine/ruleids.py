"""Every rule id there is, so that a misspelt one is told from one that happens not to judge this project today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from tosguard.findings.problems import suggestion
from tosguard.findings.selectors import selects
from tosguard.policy.library import open_library
from tosguard.policy.own import load_own
from tosguard.usage.model import PATTERNS


class KnownRules(Collection[str]):
    """The rule ids of all packs of all dates; those at hand come first, and the others are loaded when they are needed.

    Args:
        at_hand: the ids of the packs that judged this run.
        own_packs: the organisation's own packs.
        cache: directory for compiled packs.
    """

    def __init__(self, at_hand: Iterable[str], own_packs: Sequence[Path], cache: Path | None) -> None:
        self._at_hand = frozenset(at_hand)
        self._own_packs = tuple(own_packs)
        self._cache = cache

    def __contains__(self, rule: object) -> bool:
        return rule in self._at_hand or rule in self._all

    def __iter__(self) -> Iterator[str]:
        yield from sorted(self._at_hand)
        yield from sorted(self._all - self._at_hand)

    def __len__(self) -> int:
        return len(self._all)

    def __bool__(self) -> bool:
        return True

    @cached_property
    def _all(self) -> frozenset[str]:
        library = open_library()
        packs = (*load_own(self._own_packs), *(library.load(entry, self._cache) for entry in library.entries))
        return self._at_hand | {rule.id for pack in packs for rule in pack.rules}


def unknown_selectors(selectors: Iterable[str], rules: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Selectors that mean no rule and no usage pattern.

    Args:
        selectors: as options and configuration give them.
        rules: all rule ids.

    Returns:
        Each such selector with `` (did you mean 'x'?)`` or "".
    """
    found = []
    for selector in dict.fromkeys(selectors):
        if selector in PATTERNS or any(selects(selector, rule) for rule in rules):
            continue
        providers = {rule.partition("/")[0] for rule in rules}
        found.append((selector, suggestion(selector, {*rules, *providers, *PATTERNS})))
    return tuple(found)
