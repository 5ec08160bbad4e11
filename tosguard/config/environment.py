"""Settings from environment variables: ``TOSGUARD_`` and a key in capitals, lists separated by commas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tosguard.config.keys import READERS, WrongValue, count, ignores, nearest, strings
from tosguard.config.model import Settings
from tosguard.errors import ConfigurationError

_PREFIX = "TOSGUARD_"

#: Variables that are read elsewhere: by the command line.
_ELSEWHERE = frozenset(
    {"TOSGUARD_CONFIG", "TOSGUARD_ISOLATED", "TOSGUARD_COLOR", "TOSGUARD_DEBUG", "TOSGUARD_FORMAT", "TOSGUARD_NO_CACHE"}
)


def variables() -> dict[str, str]:
    """Variable → key, for every key that the environment can set."""
    return {_PREFIX + key.upper().replace("-", "_"): key for key, read in READERS.items() if read is not ignores}


def with_environment(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """Settings overridden by the environment.

    Args:
        settings: as the files say.
        environ: the environment; an empty variable counts as not set.

    Raises:
        ConfigurationError: a variable whose value cannot be used.
    """
    known = variables()
    values: dict[str, Any] = {}
    notices = []
    for name in sorted(environ):
        if not name.startswith(_PREFIX) or name in _ELSEWHERE or not environ[name].strip():
            continue
        if name not in known:
            notices.append(f"the environment variable {name} is not known{nearest(name, known)} and has no effect")
            continue
        key = known[name]
        try:
            values[key.replace("-", "_")] = READERS[key](_typed(key, environ[name]))
        except WrongValue as error:
            raise ConfigurationError(
                str(error), where=f"environment variable {name}", next_step="correct or unset it"
            ) from None
    return replace(settings, **values, notices=(*settings.notices, *notices))


def _typed(key: str, text: str) -> object:
    """A variable's text as the type its key's reader takes."""
    text = text.strip()
    if READERS[key] is strings:
        return [item.strip() for item in text.split(",") if item.strip()]
    if READERS[key] is count:
        return int(text) if text.isascii() and text.isdigit() else text
    return text
