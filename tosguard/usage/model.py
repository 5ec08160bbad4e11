"""What the classification says: usages, their evidence and their traces (the vocabulary of the JSON report)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Confidence(str, Enum):
    """How sure the classification is; it says nothing about gravity."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """2 for high, 1 for medium, 0 for low."""
        return {"high": 2, "medium": 1, "low": 0}[self.value]


#: Every usage pattern, most telling first. Ids are stable: packs, waivers and reports name them.
PATTERNS: tuple[str, ...] = (
    "training-on-output",
    "competitor-benchmarking",
    "safety-evaluation",
    "bulk-evaluation",
    "same-provider-tuning",
    "llm-as-judge",
    "model-extraction",
    "unofficial-access",
    "rate-limit-evasion",
    "resale-proxy",
    "platform-data-training",
    "platform-data-to-llm",
    "bulk-generation",
    "platform-bulk-copy",
    "ordinary-use",
)


@dataclass(frozen=True, slots=True)
class Location:
    """A span of source. Lines and columns are 1-based, the end exclusive in columns; in a notebook ``cell`` is the
    1-based cell and ``line`` counts inside that cell. ``scope`` is the dotted name of the enclosing function or class,
    ``""`` at module level."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trace. ``role`` is source, flow, via, loop, sink or evidence."""

    role: str
    path: str
    line: int
    column: int
    message: str
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing seen that speaks for a pattern. ``kind`` is a stable slug (e.g. ``record-shape``)."""

    kind: str
    message: str
    path: str
    line: int
    strength: str = "medium"


@dataclass(frozen=True, slots=True)
class Usage:
    """One call site (or data-set load, or unofficial client) with what it is used for.

    ``providers`` are route ids, ``models`` model ids as the code names them. ``attributes`` are facts a rule may ask
    for: name → sorted values, e.g. ``{"trained": ("llm",), "published": ("hub",), "credential": ("api-key",)}``.
    ``runner_up`` says which neighbouring pattern came second and what was missing for it. ``served`` are the models by
    the provider that serves them, empty where nobody told them apart.
    """

    id: str
    pattern: str
    providers: tuple[str, ...]
    models: tuple[str, ...]
    confidence: Confidence
    location: Location
    trace: tuple[Step, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    runner_up: str = ""
    served: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def order(self) -> tuple[str, int, int, int, str]:
        """Where it comes among others: by place and pattern."""
        where = self.location
        return where.path, where.cell or 0, where.line, where.column, self.pattern

    def models_of(self, provider: str) -> tuple[str, ...]:
        """The models that a provider serves: those its terms bear on."""
        return dict(self.served).get(provider, self.models)

    def attribute(self, name: str) -> tuple[str, ...]:
        """The values of one attribute, empty where the code did not show any."""
        return dict(self.attributes).get(name, ())
