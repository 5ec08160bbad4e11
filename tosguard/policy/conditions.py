"""Whether a rule's conditions hold for a usage under an organisation's profile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tosguard.policy.model import Condition, DataSetEntry
from tosguard.policy.organisation import Organisation
from tosguard.policy.vocabulary import PLATFORM_PATTERNS, UNKNOWN
from tosguard.usage.model import Usage

#: Attributes whose absence is an answer and not an open question: code that shows no push to a hub publishes nothing.
_ABSENT = {"published": "none"}


@dataclass(frozen=True, slots=True)
class Situation:
    """What a rule is held against: the usage, the route id of the pack that judges it, the organisation's profile, and
    the known data set at the origin, if there is one."""

    usage: Usage
    provider: str
    organisation: Organisation
    data_set: DataSetEntry | None = None

    @property
    def origin(self) -> str:
        """``dataset`` where output or platform content came with a known data set, else ``call``."""
        derived = self.data_set is not None and self.provider in self.data_set.origins
        content = self.usage.pattern in PLATFORM_PATTERNS and bool(self.usage.attribute("datasets"))
        return "dataset" if derived or content else "call"

    @property
    def models(self) -> tuple[str, ...]:
        """The model ids of the usage that the provider serves, or those the known data set was made with."""
        if models := self.usage.models_of(self.provider):
            return models
        return self.data_set.models if self.data_set and self.origin == "dataset" else ()


def holds(condition: Condition, situation: Situation) -> bool:
    """Whether every key of ``condition`` has one of its values; an empty condition holds."""
    return all(_accepts(key, accepted, situation) for key, accepted in condition.items())


def excludes(condition: Condition, situation: Situation) -> bool:
    """Whether an ``unless`` takes the usage out: any single key that matches is enough."""
    return any(_accepts(key, accepted, situation) for key, accepted in condition.items())


def _accepts(key: str, accepted: tuple[str, ...], situation: Situation) -> bool:
    if key == "models":
        return any(pattern(text).search(model) for text in accepted for model in situation.models)
    if key == "with_providers":
        others = set(situation.usage.providers) - {situation.provider}
        return bool(others & set(accepted))
    return any(value in accepted for value in _values(key, situation))


def _values(key: str, situation: Situation) -> tuple[str, ...]:
    usage, organisation = situation.usage, situation.organisation
    if key == "confidence":
        return (usage.confidence.value,)
    if key == "route":
        return usage.providers
    if key == "develops_models":
        return (_answer(organisation.develops_models),)
    if key == "competes":
        return (competes(organisation, situation.provider),)
    if key == "products":
        products = organisation.products
        return (UNKNOWN if products is None else "some" if products else "none",)
    if key == "origin":
        return usage.attribute("origin") or (situation.origin,)
    return usage.attribute(key) or (_ABSENT.get(key, UNKNOWN),)


def competes(organisation: Organisation, provider: str) -> str:
    """Whether the organisation competes with the provider: yes, no or unknown, by its profile alone."""
    named = organisation.competes_with
    if named is not None:
        return "yes" if provider in named else "no"
    return "no" if organisation.develops_models is False else UNKNOWN


def _answer(value: bool | None) -> str:
    return UNKNOWN if value is None else "yes" if value else "no"


@lru_cache(maxsize=1024)
def pattern(text: str) -> re.Pattern[str]:
    """A pack's regular expression over model ids, case-insensitive."""
    return re.compile(text, re.IGNORECASE)
