"""The patterns as a whole: which exclude or silence each other, which absorb, and whether a reading is met."""

from __future__ import annotations

from tosguard.usage.evidence import KINDS, MEDIUM, STRONG, Dossier
from tosguard.usage.telling.groups import RATINGS, Group
from tosguard.usage.telling.readings import READINGS, Reading

#: Patterns of which at most one is reported at a site, most telling first.
FAMILIES: tuple[Group, ...] = (
    ("same-provider-tuning", "training-on-output"),
    ("model-extraction", "safety-evaluation", "competitor-benchmarking", "bulk-evaluation"),
    ("llm-as-judge",),
    ("unofficial-access",),
    ("rate-limit-evasion",),
    ("resale-proxy",),
    ("platform-data-training", "platform-data-to-llm", "platform-bulk-copy"),
    ("bulk-generation",),
)

#: A pattern that is met silences these, unless the dossier also holds one of the clues named.
SILENCES: dict[str, tuple[tuple[str, Group], ...]] = {
    "training-on-output": (
        ("bulk-generation", ()),
        ("bulk-evaluation", ()),
        ("competitor-benchmarking", RATINGS),
        ("llm-as-judge", ("judge-service",)),
    ),
    "same-provider-tuning": (
        ("bulk-generation", ()),
        ("bulk-evaluation", ("stored-for-tuning",)),
        ("llm-as-judge", ("judge-service",)),
    ),
    "model-extraction": (("bulk-generation", ()), ("llm-as-judge", ())),
    "safety-evaluation": (("bulk-generation", ()),),
    "competitor-benchmarking": (("bulk-generation", ()),),
    "bulk-evaluation": (("bulk-generation", ()),),
    "llm-as-judge": (
        ("bulk-evaluation", ("metric", "evaluation-service")),
        ("bulk-generation", ()),
        ("safety-evaluation", ()),
    ),
    "unofficial-access": (("bulk-generation", ()),),
    "rate-limit-evasion": (),
    "resale-proxy": (("bulk-generation", ()),),
}

#: What shows that no model need be there to be asked.
STAND_IN = "stand-in"

#: The reading of what is used for nothing in particular.
PLAIN: Reading = READINGS[-1]

#: Patterns that stand for everything that is done in the same round of a loop, with what they stand for.
ABSORBING: dict[str, Group] = {
    "training-on-output": ("bulk-generation",),
    "same-provider-tuning": ("bulk-generation",),
    "model-extraction": ("bulk-generation",),
    "safety-evaluation": ("bulk-generation",),
    "competitor-benchmarking": ("bulk-generation",),
    "bulk-evaluation": ("bulk-generation",),
    "llm-as-judge": ("bulk-generation",),
}

#: What may only check each answer before it is kept, in a round that makes material to train on, and what shows that
#: something is measured all the same.
CHECKING: dict[str, Group] = {
    "bulk-evaluation": ("training-on-output", "same-provider-tuning"),
    "llm-as-judge": ("training-on-output", "same-provider-tuning"),
}
MEASURED_FOR_SURE: Group = (
    *("metric", "score-kept", "scored-later", "counted", "evaluation-words", "judge-words", "score-words"),
    *("benchmark-data", "evaluation-service", "judge-service", "reference-data"),
)


def met(reading: Reading, dossier: Dossier, role: str) -> bool:
    """Whether a reading is met by what was found at a site of this role."""
    if reading.roles and role not in reading.roles:
        return False
    if reading is not PLAIN and dossier.has(STAND_IN):
        return False
    return not unmet(reading, dossier) and not any(_found(kind, dossier) for kind in reading.unless)


def unmet(reading: Reading, dossier: Dossier) -> tuple[Group, ...]:
    """The groups of a reading's needs of which nothing was found."""
    return tuple(g for g in reading.needs if not any(_found(kind, dossier) for kind in g))


def _found(kind: str, dossier: Dossier) -> bool:
    bare = kind.rstrip("+!")
    allowed = {"+": (STRONG, MEDIUM), "!": (STRONG,)}.get(kind[-1])
    return any(allowed is None or c.strength in allowed for c in dossier.of(bare))


def described(group: Group) -> str:
    """A group of needs in words."""
    return " or ".join(dict.fromkeys(KINDS[k.rstrip("+!")] for k in group))


def clues_used(reading: Reading) -> frozenset[str]:
    """The kinds of clues that a reading rests on."""
    return frozenset(k.rstrip("+!") for g in reading.needs for k in g)
