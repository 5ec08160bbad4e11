"""Runs the tests that rules carry: usages that must and must not meet them, and code through a given analyser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tosguard.policy.judge import judge
from tosguard.policy.judgement import Judgement
from tosguard.policy.model import Pack, Rule
from tosguard.policy.organisation import Organisation
from tosguard.policy.vocabulary import UNKNOWN
from tosguard.usage.model import Confidence, Location, Usage

#: Turns Python source into usages, as a run of the tool would.
Analyser = Callable[[str], Iterable[Usage]]

_PROFILE = frozenset({"develops_models", "competes", "products"})
_OWN_KEYS = frozenset({"expect", "pattern", "confidence", "models", "with_providers", "route"}) | _PROFILE


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that did not come out as the rule says. ``test`` names it, e.g. ``usages[2]`` or ``triggers[0]``."""

    pack: str
    rule: str
    test: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many tests ran, and those that failed."""

    ran: int
    failures: tuple[Failure, ...]


def run_tests(pack: Pack, analyse: Analyser | None = None) -> Outcome:
    """Run every test of a pack's rules.

    Args:
        pack: the pack; each of its rules is tested on the day the pack begins.
        analyse: the analyser for code tests; without one only the usage tests run.
    """
    ran, failures = 0, []
    for rule in pack.rules:
        checks = [_usage_test(pack, rule, number, item) for number, item in enumerate(rule.tests.usages)]
        if analyse is not None:
            checks += [_code_test(pack, rule, analyse, f"triggers[{n}]", c) for n, c in enumerate(rule.tests.triggers)]
            checks += [_code_test(pack, rule, analyse, f"passes[{n}]", c) for n, c in enumerate(rule.tests.passes)]
        ran += len(checks)
        failures += [failure for failure in checks if failure is not None]
    return Outcome(ran, tuple(failures))


def _usage_test(pack: Pack, rule: Rule, number: int, item: Mapping[str, object]) -> Failure | None:
    usage = example_usage(pack.provider, rule, item)
    profile = organisation_for(pack.provider, {key: _texts(item[key]) for key in _PROFILE & set(item)})
    fired = _fires(pack, rule, [usage], profile)
    if fired is (item["expect"] == "fires"):
        return None
    met = "did not answer" if not fired else "answered"
    return Failure(f"{pack.provider} {pack.version}", rule.id, f"usages[{number}]", f"the rule {met} to the usage")


def _code_test(pack: Pack, rule: Rule, analyse: Analyser, test: str, code: str) -> Failure | None:
    profile = organisation_for(pack.provider, rule.when)
    fired = _fires(pack, rule, analyse(code), profile)
    if fired is test.startswith("triggers"):
        return None
    met = "did not answer" if not fired else "answered"
    return Failure(f"{pack.provider} {pack.version}", rule.id, test, f"the rule {met} to the code")


def _fires(pack: Pack, rule: Rule, usages: Iterable[Usage], profile: Organisation) -> bool:
    found: tuple[Judgement, ...] = judge(usages, {pack.provider: pack}, profile, (), date.fromisoformat(pack.version))
    return any(rule.id == judgement.rule or rule.id in judgement.also for judgement in found)


def example_usage(provider: str, rule: Rule, item: Mapping[str, object]) -> Usage:
    """The usage that a usage test describes; what it leaves out is as if the code did not show it."""
    attributes = {key: _texts(value) for key, value in item.items() if key not in _OWN_KEYS}
    shown = {key: tuple(v for v in values if v != UNKNOWN) for key, values in attributes.items()}
    return Usage(
        id="example",
        pattern=str(item.get("pattern") or rule.patterns[0]),
        providers=(provider, *_texts(item.get("with_providers") or ())),
        models=_texts(item.get("models") or ()),
        confidence=Confidence(_texts(item.get("confidence") or "high")[0]),
        location=Location("example.py", 1, 1, 1, 2),
        attributes=tuple(sorted((key, values) for key, values in shown.items() if values)),
    )


def organisation_for(provider: str, when: Mapping[str, tuple[str, ...]]) -> Organisation:
    """A profile under which the profile keys of a condition hold, each by its first value."""
    first = {key: values[0] for key, values in when.items() if key in _PROFILE and values}
    competitors = {"yes": (provider,), "no": (), UNKNOWN: None}[first.get("competes", UNKNOWN)]
    develops = {"yes": True, "no": False, UNKNOWN: None}[first.get("develops_models", UNKNOWN)]
    products = {"some": ("a product",), "none": (), UNKNOWN: None}[first.get("products", UNKNOWN)]
    return Organisation(develops, competitors, products)


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(item) for item in value) if isinstance(value, (list, tuple)) else ()
