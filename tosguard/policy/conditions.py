"""Whether a rule's conditions hold for a usage under an organisation's profile."""

from __future__ import annotations

import re
from functools import lru_cache

from tosguard.policy.model import Condition
from tosguard.policy.organisation import Organisation
from tosguard.policy.vocabulary import UNKNOWN
from tosguard.usage.model import Usage

#: Attributes whose absence is an answer and not an open question: code that shows no push to a hub publishes nothing.
_ABSENT = {"published": "none", "origin": "call"}


def holds(condition: Condition, usage: Usage, provider: str, organisation: Organisation) -> bool:
    """Whether every key of ``condition`` has one of its values.

    Args:
        condition: key → accepted values; an empty condition holds.
        usage: the usage that is judged.
        provider: the route id of the pack.
        organisation: the profile.
    """
    return all(_accepts(key, accepted, usage, provider, organisation) for key, accepted in condition.items())


def excludes(condition: Condition, usage: Usage, provider: str, organisation: Organisation) -> bool:
    """Whether an ``unless`` takes the usage out: any single key that matches is enough."""
    return any(_accepts(key, accepted, usage, provider, organisation) for key, accepted in condition.items())


def _accepts(key: str, accepted: tuple[str, ...], usage: Usage, provider: str, organisation: Organisation) -> bool:
    if key == "models":
        return any(pattern(text).search(model) for text in accepted for model in usage.models)
    if key == "with_providers":
        return any(other in accepted for other in usage.providers if other != provider)
    return any(value in accepted for value in _values(key, usage, provider, organisation))


def _values(key: str, usage: Usage, provider: str, organisation: Organisation) -> tuple[str, ...]:
    if key == "confidence":
        return (usage.confidence.value,)
    if key == "route":
        return usage.attribute("route") or usage.providers
    if key == "develops_models":
        return (_answer(organisation.develops_models),)
    if key == "competes":
        return (competes(organisation, provider),)
    if key == "products":
        products = organisation.products
        return (UNKNOWN if products is None else "some" if products else "none",)
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
