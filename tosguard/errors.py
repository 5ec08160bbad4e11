"""Errors meant for people: each says what happened, where, why, and what to do next."""

from __future__ import annotations

import os

#: Whether a defect of ours, met in one part of the work, ends the run, so that it can be looked into; else that part
#: alone is told of.
RAISING = os.environ.get("TOSGUARD_DEBUG") == "1"


class TosguardError(Exception):
    """Base of all errors shown to users.

    Args:
        what: what could not be done, in one clause.
        where: the file, option or key concerned (``path:line`` where a line is known), or "".
        why: the reason, or "".
        next_step: what the user can do, or "".
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", why: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.why = why
        self.next_step = next_step

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        tail = f" ({self.why})" if self.why else ""
        hint = f"; {self.next_step}" if self.next_step else ""
        return f"{head}{tail}{hint}"


class UsageError(TosguardError):
    """Wrong command line: unknown option, path that does not exist, bad value."""


class ConfigurationError(TosguardError):
    """A configuration, waiver, baseline, pack or catalogue file that cannot be used."""


class IncompleteError(TosguardError):
    """The analysis could not be completed; what was analysed is still reported."""

    exit_code = 3
