"""The words that catalogue files may use. ``docs/catalogue.md`` explains each."""

from __future__ import annotations

KINDS: tuple[str, ...] = ("provider", "wrapper", "library", "platform", "evaluation", "training")

ROLES: tuple[str, ...] = (
    "client",
    "generate",
    "embed",
    "moderate",
    "rerank",
    "image",
    "speech",
    "transcribe",
    "batch",
    "harvest",
    "upload",
    "tune",
    "train",
    "tokenize",
    "load-weights",
    "local-generate",
    "load-dataset",
    "read",
    "write",
    "publish",
    "log",
    "metric",
    "judge",
    "http",
    "serve",
    "platform-read",
    "platform-write",
    "unofficial",
    "queue-put",
    "queue-get",
    "environment",
    "label-tool",
    "pure",
)

#: Roles of calls that matter only for what flows into them or out of them.
AUXILIARY: frozenset[str] = frozenset(
    {"pure", "read", "write", "upload", "publish", "metric", "log", "tokenize", "environment", "queue-put", "queue-get"}
)

#: Terms of ``returns`` that stand alone; ``argument:NAME``, ``argument:NAME[]`` and ``symbol:PATH`` come beside them.
RETURNS: tuple[str, ...] = (
    "output",
    "nothing",
    "anything",
    "self",
    "parts",
    "job",
    "handle",
    "applied",
    "applied[]",
    "row",
    "fields",
    "holding",
)

AUDIENCES: tuple[str, ...] = ("api", "consumer", "local")

CONFIDENCES: tuple[str, ...] = ("high", "medium", "low")

#: Keys that any catalogue file may have, keys that need ``topic`` beside them, and keys of one call.
SECTION_KEYS: tuple[str, ...] = (
    "needles",
    "models",
    "vendors",
    "makers",
    "hosts",
    "endpoints",
    "sql",
    "environment",
    "prefixes",
    "datasets",
    "shapes",
    "words",
    "phrases",
    "commands",
    "configs",
)
TOPIC_KEYS: tuple[str, ...] = (
    "topic",
    "kind",
    "provider",
    "packages",
    "routes",
    "modules",
    "aliases",
    "skip",
    "settings",
    "administration",
    "calls",
)
CALL_KEYS: tuple[str, ...] = (
    "symbols",
    "role",
    "provider",
    "arguments",
    "model",
    "returns",
    "applies",
    "transparent",
    "tags",
    "switches",
    "fills",
    "hands",
    "since",
    "until",
)
