"""A finding: one usage judged by one rule, with its fingerprint and its status."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tosguard.policy.judgement import Judgement
from tosguard.usage.model import Usage


class Status(str, Enum):
    """Whether a finding still asks for something."""

    OPEN = "open"
    WAIVED = "waived"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A decision to accept a finding. ``source`` is ``inline`` or the path of the waivers file; dates are ISO or ""."""

    source: str
    reason: str
    approved_by: str = ""
    date: str = ""
    expires: str = ""
    reference: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A judgement that asks for something, at the place of its usage."""

    judgement: Judgement
    usage: Usage
    fingerprint: str
    status: Status = Status.OPEN
    waiver: Waiver | None = None
