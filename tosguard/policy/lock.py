"""``tosguard.lock``: the pack versions and digests a project was reviewed under."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from tosguard.errors import ConfigurationError
from tosguard.policy.judgement import PackVersion

LOCK_FILE = "tosguard.lock"
LOCK_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Deviation:
    """A provider whose pack in force is not the locked one; ``found`` is "" where it has none."""

    provider: str
    locked: str
    found: str
    message: str


def write_lock(versions: Iterable[PackVersion]) -> bytes:
    """The lock file for the given pack versions: JSON, sorted, one line a pack."""
    ordered = sorted(versions, key=lambda version: version.provider)
    lines = ",\n".join(
        " " + json.dumps({"provider": item.provider, "version": item.version, "sha256": item.sha256})
        for item in ordered
    )
    return f'{{"schema": {LOCK_SCHEMA}, "packs": [\n{lines}\n]}}\n'.encode()


def read_lock(data: bytes, name: str = LOCK_FILE) -> tuple[PackVersion, ...]:
    """The pack versions of a lock file.

    Raises:
        ConfigurationError: if it is not well formed.
    """
    try:
        content = json.loads(data)
        if content["schema"] != LOCK_SCHEMA:
            raise ValueError(f"schema {content['schema']}")
        return tuple(PackVersion(item["provider"], item["version"], item["sha256"]) for item in content["packs"])
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            "the lock file is not well formed",
            where=name,
            why=str(error),
            next_step="write it again with `tosguard rules lock`",
        ) from error


def verify_lock(locked: Iterable[PackVersion], found: Iterable[PackVersion]) -> tuple[Deviation, ...]:
    """Where the packs in force differ from the locked ones, by provider; providers the lock does not name are free."""
    in_force = {item.provider: item for item in found}
    deviations = []
    for item in sorted(locked, key=lambda version: version.provider):
        now = in_force.get(item.provider)
        if now is None:
            continue
        if now.version != item.version:
            message = f"{item.provider}: locked to the terms of {item.version}, those of {now.version} are in force"
            deviations.append(Deviation(item.provider, item.version, now.version, message))
        elif now.sha256 != item.sha256:
            message = f"{item.provider}: the pack of {item.version} is not the locked one, its digest differs"
            deviations.append(Deviation(item.provider, item.version, now.version, message))
    return tuple(deviations)
