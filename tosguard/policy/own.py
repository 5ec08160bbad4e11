"""An organisation's own packs: rules of its own, and published rules tightened or relaxed with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tosguard.errors import ConfigurationError
from tosguard.policy.compiled import read_bytes
from tosguard.policy.model import Adjustment, Pack, Rule
from tosguard.policy.packs import load_pack


def load_own(paths: Iterable[Path]) -> tuple[Pack, ...]:
    """The organisation's packs, in the given order; a directory stands for the ``.yaml`` files in it.

    Packs that share provider and name are versions of one another.

    Raises:
        ConfigurationError: with file and line if one cannot be used.
    """
    loaded: list[tuple[Pack, str, bytes]] = []
    for path in paths:
        for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
            name = file.as_posix()
            data = read_bytes(file, name)
            loaded.append((load_pack(data, name), name, data))
    return _in_sequence(loaded)


def _in_sequence(loaded: list[tuple[Pack, str, bytes]]) -> tuple[Pack, ...]:
    """Packs of one name and provider are versions of one another: each ends where the next begins.

    Raises:
        ConfigurationError: if one says that it lasts longer, or two begin on the same day.
    """
    ended: list[Pack] = []
    for pack, name, data in loaded:
        later = [
            (other.version, other_name)
            for other, other_name, _ in loaded
            if (other.provider, other.name) == (pack.provider, pack.name)
            and other_name != name
            and other.version >= pack.version
        ]
        begins, by = min(later, default=("", ""))
        if begins and (begins == pack.version or pack.until > begins):
            key = b"until:" if pack.until else b"version:"
            line = next((n for n, text in enumerate(data.splitlines(), 1) if text.startswith(key)), 1)
            raise ConfigurationError(
                f"two packs {pack.name!r} of {pack.provider} claim the same days",
                where=f"{name}:{line}",
                why=f"{by} begins on {begins}",
                next_step="let each version end where the next begins, or give them different names",
            )
        ended.append(replace(pack, until=pack.until or begins))
    return tuple(ended)


def overlay(published: Pack | None, own: Iterable[Pack]) -> Pack | None:
    """The published pack with the organisation's own laid over it, in order.

    An own pack adds its documents, clauses and rules and adjusts published rules; where there is no published pack it
    stands alone. The reason of an adjustment is added to the rule's explanation, so that a report shows it.

    Raises:
        ConfigurationError: if an adjustment names a rule the pack does not have, or a clause id is taken.
    """
    result = published
    for pack in own:
        result = pack if result is None else _lay_over(result, pack)
    return result


def _lay_over(base: Pack, own: Pack) -> Pack:
    known = {rule.id for rule in base.rules}
    for adjustment in own.adjustments:
        if adjustment.rule not in known and base.kind != "organisation":
            raise ConfigurationError(
                f"the own pack adjusts {adjustment.rule}, which is not among the rules in force",
                where=f"{own.name} {own.version}",
                next_step="name a rule that `tosguard rules list` shows",
            )
    taken = sorted(set(base.clauses) & set(own.clauses)) + sorted(known & {rule.id for rule in own.rules})
    if taken:
        raise ConfigurationError(
            f"the own pack uses the id {taken[0]} again",
            where=f"{own.name} {own.version}",
            next_step="choose another id",
        )
    return replace(
        base,
        documents=(*base.documents, *own.documents),
        clauses={**base.clauses, **own.clauses},
        rules=tuple(_adjusted(rule, own.adjustments) for rule in base.rules) + own.rules,
        notes=(*base.notes, *own.notes),
    )


def _adjusted(rule: Rule, adjustments: Iterable[Adjustment]) -> Rule:
    for adjustment in adjustments:
        if adjustment.rule == rule.id:
            rule = replace(
                rule,
                verdict=adjustment.verdict or rule.verdict,
                severity=adjustment.severity or rule.severity,
                why=f"{rule.why} Adjusted by the organisation: {adjustment.reason}",
            )
    return rule
