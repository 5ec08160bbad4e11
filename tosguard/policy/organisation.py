"""What the organisation has said of itself, and the agreements it has with providers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Organisation:
    """The profile rules may turn on. ``None`` means that nothing was said, which is not the same as "no".

    Args:
        develops_models: whether the organisation develops AI models that it offers or deploys.
        competes_with: route ids of the providers it competes with.
        products: what it offers, in its own words.
    """

    develops_models: bool | None = None
    competes_with: tuple[str, ...] | None = None
    products: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A negotiated agreement that permits usage patterns with a provider until it expires ("" = without end)."""

    provider: str
    reference: str
    permits: tuple[str, ...]
    expires: str = ""


def active(agreements: Iterable[Agreement], as_of: date) -> tuple[Agreement, ...]:
    """The agreements that still run on ``as_of``; an agreement counts on the day on which it expires."""
    return tuple(item for item in agreements if not item.expires or item.expires >= as_of.isoformat())


def expiry_notices(agreements: Iterable[Agreement], as_of: date) -> tuple[str, ...]:
    """One line for every agreement that no longer counts on ``as_of``, in the given order."""
    return tuple(
        f"the agreement {item.reference} with {item.provider} expired on {item.expires} and does not count"
        for item in agreements
        if item.expires and item.expires < as_of.isoformat()
    )
