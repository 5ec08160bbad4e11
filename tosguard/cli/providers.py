"""Providers named on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.errors import UsageError

if TYPE_CHECKING:
    from tosguard.policy.library import Library


def known_providers(library: Library, providers: tuple[str, ...]) -> tuple[str, ...]:
    """The providers asked for, or all.

    Raises:
        UsageError: there is no pack of one, with the nearest name.
    """
    known = library.providers()
    for provider in providers:
        if provider not in known:
            import difflib

            near = difflib.get_close_matches(provider, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "see `tosguard rules list`"
            raise UsageError("there is no pack of this provider", where=provider, next_step=hint)
    return providers or known
