"""The keys of the configuration: their types and the reading of one value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

SEVERITIES = ("error", "warning", "note", "never")
CONFIDENCES = ("high", "medium", "low")


class WrongValue(Exception):
    """A value that cannot be used; the message says what was expected."""


def strings(value: object) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise WrongValue(f"expected a list of strings, got {kind_of(value)}")
    if any(not item.strip() for item in value):
        raise WrongValue("an entry is empty")
    return tuple(value)


def string(value: object) -> str:
    """A text that is not empty."""
    if not isinstance(value, str):
        raise WrongValue(f"expected a string, got {kind_of(value)}")
    if not value.strip():
        raise WrongValue("expected a string that is not empty")
    return value


def boolean(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise WrongValue(f"expected true or false, got {kind_of(value)}")
    return value


def count(value: object) -> int:
    """A whole number from 0 up."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise WrongValue(f"expected a whole number from 0 up, got {kind_of(value)}")
    return value


def day(value: object) -> str:
    """A date, as TOML's own or as a text ``YYYY-MM-DD``."""
    if isinstance(value, datetime):
        raise WrongValue("expected a date without a time")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise WrongValue(f"'{value}' is no day of the calendar") from None
    shown = f"'{value}'" if isinstance(value, str) else kind_of(value)
    raise WrongValue(f"expected a date written YYYY-MM-DD, got {shown}")


def one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    """A reader for one of several words."""

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in choices:
            shown = f"'{value}'" if isinstance(value, str) else kind_of(value)
            hint = nearest(value, choices) if isinstance(value, str) else ""
            raise WrongValue(f"expected one of {', '.join(choices)}, got {shown}{hint}")
        return value

    return read


def ignores(value: object) -> dict[str, tuple[str, ...]]:
    """A table from path globs to lists of rules."""
    if not isinstance(value, dict):
        raise WrongValue(f"expected a table of path = [rules], got {kind_of(value)}")
    found = {}
    for glob, rules in value.items():
        try:
            found[glob] = strings(rules)
        except WrongValue as error:
            raise WrongValue(f"for '{glob}': {error}") from None
    return found


#: Key as written → reader. The fields of ``Settings`` have the same names with underscores.
READERS: Mapping[str, Callable[[object], Any]] = {
    "include": strings,
    "exclude": strings,
    "select": strings,
    "ignore": strings,
    "fail-on": one_of(SEVERITIES),
    "min-confidence": one_of(CONFIDENCES),
    "as-of": day,
    "packs": strings,
    "own-packs": strings,
    "catalogue": strings,
    "per-path-ignores": ignores,
    "waivers": string,
    "baseline": string,
    "lock": string,
    "cache-dir": string,
    "jobs": count,
    "waiver-warning-days": count,
}

ORGANISATION: Mapping[str, Callable[[object], Any]] = {
    "develops-models": boolean,
    "competes-with": strings,
    "products": strings,
}

AGREEMENT: Mapping[str, Callable[[object], Any]] = {
    "provider": string,
    "reference": string,
    "permits": strings,
    "expires": day,
}
AGREEMENT_REQUIRED = ("provider", "reference", "permits")


def written(name: str) -> str:
    """A key in the spelling of the tables above: underscores count as hyphens."""
    return name.replace("_", "-")


def kind_of(value: object) -> str:
    """What a TOML value is, in words."""
    names: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),
        (str, "a string"),
        (int, "a number"),
        (float, "a number"),
        (list, "a list"),
        (dict, "a table"),
        (date, "a date"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), type(value).__name__)


def nearest(word: str, known: Iterable[str]) -> str:
    """`` (did you mean 'x'?)`` for the nearest known word, or ""."""
    from difflib import get_close_matches

    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f" (did you mean '{near[0]}'?)" if near else ""
