"""The words packs may use: kinds, modalities, and what a rule's conditions can ask for."""

from __future__ import annotations

KINDS = ("model-provider", "host", "platform", "weights", "datasets", "organisation")
MODALITIES = ("prohibits", "conditions", "requires", "permits")
CONFIDENCES = ("high", "medium", "low")
APPLIES_TO = ("api", "consumer", "both")

#: The value every attribute has where the code shows none.
UNKNOWN = "unknown"

#: Attributes of a usage that conditions may name, each with its values (() = any text). The policy room works out
#: ``origin`` itself, from known data sets; ``output`` and ``results`` count where the classification shows them.
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "trained": ("llm", "classifier", "embedding", "reward", "index", "image", "speech", "any"),
    "training": (
        "trainer",
        "trainer-inferred",
        "trainer-selection",
        "tuning",
        "tuning-inferred",
        "reward",
        "stored",
        "records",
        "fields",
        "selection",
        "named",
        "prompt",
        "documentation",
        "readme",
        "rows",
        "words",
        "published",
        "written",
        "trainer-near",
        "trainer-beside",
    ),
    "published": ("hub", "product", "none"),
    "credential": ("api-key", "session", "subscription"),
    "audience": ("internal", "third-party"),
    "datasets": (),
    "tuned_by": (),
    "material": ("text", "labels", "embeddings", "preferences", "scores"),
    "curation": ("yes",),
    "safety": ("yes", "jailbreak", "red-team", "prompt-injection", "toxicity", "bias", "refusal"),
    "compared": (),
    "role": ("library", "test", "self-hosted"),
    "inferred": ("yes",),
    "vendors": (),
    "origin": ("call", "dataset"),
    "output": ("text", "code", "image", "speech", "embedding", "grounded", "web-search"),
    "results": ("published", "internal"),
}

#: Conditions that are not attributes of the usage: of the classification, the usage's ids, and the organisation.
SPECIAL: dict[str, tuple[str, ...]] = {
    "confidence": CONFIDENCES,
    "models": (),
    "with_providers": (),
    "route": (),
    "develops_models": ("yes", "no", UNKNOWN),
    "competes": ("yes", "no", UNKNOWN),
    "products": ("some", "none", UNKNOWN),
}

#: Fields a message template may use.
FIELDS = (
    "provider",
    "models",
    "place",
    "flow",
    "document",
    "section",
    "version",
    "trained",
    "use",
    "drives",
    "dataset",
    "licence",
    "others",
    "effective",
)

#: Patterns whose data sets hold a platform's content.
PLATFORM_PATTERNS = ("platform-data-training", "platform-data-to-llm", "platform-bulk-copy")

#: Route ids that stand for the lack of a provider.
SELF_HOSTED = "self-hosted"
UNKNOWN_ROUTE = "unknown"

#: Words a message may not use: the tool says what the code does and which clause bears on it.
FORBIDDEN = ("violat", "illegal", "unlawful", "breach", "infring")
