"""The documents' fixed words: names and meanings of patterns, verdicts and states, the glossary, the limits of method.

The wording states what the code does and which clause bears on it; whether a use is acceptable is for its reader.
"""

from __future__ import annotations

PATTERN_NAMES: dict[str, str] = {
    "training-on-output": "Training on output",
    "competitor-benchmarking": "Benchmarking across vendors",
    "safety-evaluation": "Safety evaluation",
    "bulk-evaluation": "Bulk evaluation",
    "same-provider-tuning": "Tuning at the same provider",
    "llm-as-judge": "Model as judge",
    "model-extraction": "Model extraction",
    "unofficial-access": "Unofficial access",
    "rate-limit-evasion": "Rate-limit evasion",
    "resale-proxy": "Resale or proxy",
    "platform-data-training": "Training on platform data",
    "platform-data-to-llm": "Platform data sent to a model",
    "bulk-generation": "Bulk generation",
    "platform-bulk-copy": "Bulk copy of platform data",
    "ordinary-use": "Ordinary use",
    "declared": "Declared",
    "named": "Named",
    "unmodelled": "Not modelled",
}

PATTERN_MEANINGS: dict[str, str] = {
    "training-on-output": "A provider's output becomes training material for a model or is published as such.",
    "competitor-benchmarking": "Models of different vendors get the same tasks and are compared or ranked.",
    "safety-evaluation": "A provider's model is target or attacker in safety tasks such as jailbreaks or toxicity.",
    "bulk-evaluation": "A provider's model is run over many items and its answers are scored.",
    "same-provider-tuning": "A provider's output trains only that provider's own model, through its tuning service.",
    "llm-as-judge": "A provider's model is shown another system's output and its verdict is stored or aggregated.",
    "model-extraction": "A model is probed systematically to recover it or a hidden prompt.",
    "unofficial-access": "A consumer application or a private endpoint is driven by code.",
    "rate-limit-evasion": "Keys or accounts are pooled or rotated around a limit.",
    "resale-proxy": "A server offers a provider's API to others.",
    "platform-data-training": "Content from a platform becomes training data.",
    "platform-data-to-llm": "Content from a platform goes to a model provider in bulk.",
    "bulk-generation": "Many prompts over data; neither scoring nor training is seen.",
    "platform-bulk-copy": "Content from a platform is stored at length; no model is involved.",
    "ordinary-use": "None of the other patterns.",
}

VERDICT_NAMES: dict[str, str] = {
    "prohibited": "Prohibited",
    "conditional": "Conditional",
    "permitted": "Permitted",
    "silent": "Silent",
    "unknown": "Unknown",
}

VERDICT_MEANINGS: dict[str, str] = {
    "prohibited": "As written, the clause bars a use of this kind; the questions name what code cannot show.",
    "conditional": "The clause allows the use under conditions that code alone cannot confirm.",
    "permitted": "The clause allows the use; listed in the inventory only.",
    "silent": "The terms that were read do not speak of the use.",
    "unknown": "No terms on record bear on the provider or the use.",
}

SEVERITY_NAMES: dict[str, str] = {"error": "Error", "warning": "Warning", "note": "Note"}

STATUS_NAMES: dict[str, str] = {"open": "Open", "waived": "Waived", "baseline": "Baseline"}

CHANGE_NAMES: dict[str, str] = {"new": "New", "changed": "Changed", "unchanged": "Unchanged"}

CONFIDENCE_MEANINGS: dict[str, str] = {
    "high": "A traced flow or an explicit act in the code.",
    "medium": "Shape and names agree, but one link is inferred, for example through a file on disk.",
    "low": "Worth a look; the code alone does not show it.",
}

ROLE_NAMES: dict[str, str] = {
    "source": "Source",
    "flow": "Step",
    "via": "Via",
    "loop": "Loop",
    "sink": "Sink",
    "evidence": "Evidence",
}

KIND_NAMES: dict[str, str] = {
    "api": "Model provider",
    "platform": "Platform",
    "weights": "Model weights",
    "app": "Consumer application",
    "self-hosted": "Self-hosted",
    "unknown": "Unknown",
}

LIMITS: tuple[str, ...] = (
    "Python sources, notebooks, shell scripts and configuration files that name a provider, platform, model or data "
    "set were read, with the Python code that leads to them; nothing was run, imported or installed.",
    "Verdicts rest on the rule packs listed here, which restate terms in their own words. The linked document decides.",
    "Contracts, consents and facts outside the code are known only where they were configured; the rest is asked as "
    "questions.",
    "Values made at run time (model names, addresses, paths) may be unknown; such uses are listed with the provider "
    "“unknown”.",
)

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("Audit date", "The date for which terms were selected; later versions of terms were not applied."),
    ("Baseline", "Findings recorded as known at an earlier time; they stay listed but do not ask for a decision."),
    ("Clause", "A passage of one version of one document, restated in the rule pack with its section and address."),
    ("Confidence", "How sure the classification of the code is. It says nothing about gravity."),
    ("Finding", "A use of a provider or platform on which a clause bears and that asks for a decision."),
    ("Fingerprint", "A short code that identifies a finding across moved lines and re-formatting."),
    ("Provider", "The route by which a model or platform is reached. The route settles which terms apply."),
    ("Rule pack", "A dated snapshot of a provider's terms as rules; its SHA-256 identifies it."),
    ("Severity", "How grave a finding is if the classification is right: error, warning or note."),
    ("Source and sink", "Where output is born and where it ends up; the steps between them are the trace."),
    (
        "Via",
        "A link through another place: a caller of the code that reaches the provider, or a file between two steps.",
    ),
    ("Waiver", "A recorded decision to accept a finding, with reason, approver and expiry."),
)


def pattern_name(pattern: str) -> str:
    """The display name of a usage pattern; an id nobody knows stands for itself.

    Args:
        pattern: a pattern id.

    Returns:
        Words for a reader.
    """
    return PATTERN_NAMES.get(pattern, pattern)
