"""What is in use: providers, platforms, models, SDKs and data sets, each with its uses and places.

SDKs and data sets are read from the usages' attributes ``sdk`` and ``datasets``; everything else from their own fields.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tosguard.policy.judgement import Verdict
from tosguard.report.model import ProviderCard, Report
from tosguard.usage.model import PATTERNS, Usage

#: Attributes of a usage that name the distribution it goes through and the data set it loads.
SDK_ATTRIBUTE = "sdk"
DATASET_ATTRIBUTE = "datasets"

#: The kind of evidence that a call is not in the catalogue.
UNMODELLED = "unmodelled"

#: The sections of an inventory in reading order, with their titles.
SECTIONS: tuple[tuple[str, str], ...] = (
    ("provider", "Model providers"),
    ("platform", "Platforms"),
    ("model", "Models"),
    ("sdk", "SDKs"),
    ("dataset", "Data sets"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in use. ``section`` is a key of ``SECTIONS``; ``kind`` is a provider's kind, else the section.

    ``verdicts`` maps the strictest verdict of each use to a count; what was not judged is not counted.
    ``providers`` are those by which a model or data set is certain to be reached; a library says nothing of them.
    """

    section: str
    id: str
    name: str
    kind: str
    usages: tuple[Usage, ...]
    patterns: tuple[tuple[str, int], ...]
    verdicts: tuple[tuple[str, int], ...]
    providers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything in use, in reading order. ``verdicts`` is the strictest verdict by usage id."""

    items: tuple[Item, ...]
    verdicts: Mapping[str, str]

    def section(self, name: str) -> tuple[Item, ...]:
        """The items of one section.

        Args:
            name: a key of ``SECTIONS``.

        Returns:
            Its items, most used first.
        """
        return tuple(item for item in self.items if item.section == name)


def inventory(report: Report) -> Inventory:
    """Collect what a run saw in use.

    Args:
        report: the run's report.

    Returns:
        Items by section, most used first, then by name.
    """
    cards = {card.id: card for card in report.providers}
    verdicts = _strictest(report)
    found: dict[tuple[str, str], list[Usage]] = {}
    for usage in report.usages:
        for key in _keys(usage, cards):
            found.setdefault(key, []).append(usage)
    for usage in report.mentions:
        for key in _keys(usage, cards):
            if key[1] != "unknown":
                found.setdefault(key, []).append(usage)
    order = {name: index for index, (name, _) in enumerate(SECTIONS)}
    items = [_item(section, id_, usages, cards, verdicts) for (section, id_), usages in found.items()]
    items.sort(key=lambda i: (order[i.section], -len(i.usages), i.name.casefold(), i.id))
    return Inventory(tuple(items), verdicts)


def _keys(usage: Usage, cards: Mapping[str, ProviderCard]) -> list[tuple[str, str]]:
    keys = [(_provider_section(provider, usage, cards), provider) for provider in usage.providers or ("unknown",)]
    keys += [("model", model) for model in usage.models]
    keys += [("sdk", sdk) for sdk in usage.attribute(SDK_ATTRIBUTE)]
    keys += [("dataset", dataset) for dataset in usage.attribute(DATASET_ATTRIBUTE)]
    return list(dict.fromkeys(keys))


def _provider_section(provider: str, usage: Usage, cards: Mapping[str, ProviderCard]) -> str:
    if provider in cards:
        return "platform" if cards[provider].kind == "platform" else "provider"
    if "platform" in usage.attribute("kind"):
        return "platform"
    # Without a card, only a pattern about platforms says what the id stands for, and only where it is the sole one.
    return "platform" if usage.pattern.startswith("platform-") and len(usage.providers) == 1 else "provider"


def _item(
    section: str, id_: str, usages: list[Usage], cards: Mapping[str, ProviderCard], verdicts: Mapping[str, str]
) -> Item:
    card = cards.get(id_) if section in ("provider", "platform") else None
    counts = Counter(_purpose(usage) for usage in usages)
    known = [(p, counts[p]) for p in PATTERNS if p in counts]
    others = sorted((p, n) for p, n in counts.items() if p not in PATTERNS)
    judged = Counter(verdicts[usage.id] for usage in usages if usage.id in verdicts)
    kind = card.kind if card else {"provider": "unknown" if id_ == "unknown" else "api"}.get(section, section)
    return Item(
        section=section,
        id=id_,
        name=card.name if card else id_,
        kind=kind,
        usages=tuple(usages),
        patterns=(*known, *others),
        verdicts=tuple((v.value, judged[v.value]) for v in Verdict if judged[v.value]),
        providers=_reached_by(id_, usages) if section in ("model", "dataset") else (),
    )


def _purpose(usage: Usage) -> str:
    """What a use is counted under: its pattern; a call whose meaning nobody knows is counted as that."""
    unknown = usage.pattern == "ordinary-use" and any(e.kind == UNMODELLED for e in usage.evidence)
    return UNMODELLED if unknown else usage.pattern


def _reached_by(id_: str, usages: list[Usage]) -> tuple[str, ...]:
    """The providers of a model or data set. A use of several providers counts where one of them alone serves the model;
    else it does not say by which of them."""
    found: set[str] = set()
    for usage in usages:
        serving = [provider for provider, models in usage.served if id_ in models]
        reached = usage.providers if len(usage.providers) == 1 else serving if len(serving) == 1 else ()
        found.update(reached)
    return tuple(sorted(found))


def _strictest(report: Report) -> dict[str, str]:
    leading: dict[str, Verdict] = {}
    for judgement in report.judgements or tuple(f.judgement for f in report.findings):
        known = leading.get(judgement.usage)
        if known is None or judgement.verdict.strictness > known.strictness:
            leading[judgement.usage] = judgement.verdict
    return {usage: verdict.value for usage, verdict in leading.items()}
