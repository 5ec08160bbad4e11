"""The attributes a rule may ask a usage for.

| name | values | said of |
|---|---|---|
| `trained` | `llm`, `classifier`, `embedding`, `reward`, `any`, `unknown` | what is trained on the output or data |
| `training` | the values of `TRAINING_SEEN` | how training shows: a trainer, records, a stated purpose |
| `published` | `hub` | the output, or a model trained on it, is pushed to a public hub |
| `credential` | `api-key`, `session`, `unknown` | how the provider is reached |
| `audience` | `internal`, `third-party`, `unknown` | who gets the replies, where a web route or bot shows it |
| `datasets` | data-set ids of the catalogue | known data sets that are loaded or run |
| `tuned_by` | route ids | the tuning services that get the data |
| `material` | `text`, `labels`, `embeddings`, `preferences`, `scores` | what of the output is learned from |
| `curation` | `yes` | the output only selects or grades what is trained on |
| `safety` | `yes` | the tasks or answers are about safety |
| `compared` | vendors, `own` | whose models are compared |
| `role` | `library`, `test`, `self-hosted` | what the code is in its project |
| `inferred` | `yes` | a link goes over disk, a hub or a name |
| `origin` | `dataset` | the output was not asked for here but comes in a known data set |
| `vendors` | vendors | who made the models that are named |

An attribute that the code does not show is absent.
"""

from __future__ import annotations

from tosguard.usage.evidence import Clue, Dossier
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site

Attributes = tuple[tuple[str, tuple[str, ...]], ...]

#: Clue kind → (attribute, value) wherever the clue stands in a usage's dossier.
OF_CLUE: dict[str, tuple[str, str]] = {
    "published": ("published", "hub"),
    "curation": ("curation", "yes"),
    "safety-data": ("safety", "yes"),
    "safety-scorer": ("safety", "yes"),
    "library": ("role", "library"),
    "test-code": ("role", "test"),
    "self-hosted": ("role", "self-hosted"),
    "features-trained": ("material", "embeddings"),
    "labels-trained": ("material", "labels"),
    "training-record": ("material", "text"),
    "flow-to-estimator-inferred": ("inferred", "yes"),
    "flow-to-trainer-inferred": ("inferred", "yes"),
    "flow-to-tuning-inferred": ("inferred", "yes"),
    "same-record-keys": ("inferred", "yes"),
    "session-credential": ("credential", "session"),
    "unofficial-client": ("credential", "session"),
}

#: Patterns whose usages say what is trained.
TRAINING_PATTERNS = frozenset({"training-on-output", "same-provider-tuning", "platform-data-training"})

#: Clue kind → what the clue shows of training, as the value of `training`. A report says which of these was seen: that
#: records are written is not that a model is trained on them.
TRAINING_SEEN: dict[str, str] = {
    "flow-to-trainer": "trainer",
    "features-trained": "trainer",
    "labels-trained": "trainer",
    "data-to-trainer": "trainer",
    "flow-to-estimator-inferred": "trainer-inferred",
    "flow-to-trainer-inferred": "trainer-inferred",
    "flow-to-tuning": "tuning",
    "flow-to-tuning-inferred": "tuning-inferred",
    "reward-given": "reward",
    "stored-for-tuning": "stored",
    "curation": "selection",
    "training-record": "records",
    "weak-record": "fields",
    "platform-to-training": "records",
    "training-publication": "named",
    "training-prompt": "prompt",
    "training-doc": "documentation",
    "training-readme": "readme",
    "feedback-readme": "readme",
    "training-words": "words",
    "instruction-input": "rows",
    "published": "published",
    "written": "written",
    "same-record-keys": "trainer-near",
    "similar-file-name": "trainer-near",
    "trainer-in-project": "trainer-beside",
    "training-in-project": "trainer-beside",
    "tuning-beside": "trainer-beside",
}

#: What the same kinds show where the clue stands at a trainer or a tuning service.
AT_TRAINER: dict[str, str] = {"curation": "trainer-selection", "platform-to-training": "trainer"}

#: Catalogue tags of trainers and what they train.
TRAINED_BY_TAG = {"llm": "llm", "classifier": "classifier", "embedding": "embedding", "reward": "reward"}


def of_site(pattern: str, site: Site, dossier: Dossier, context: Context) -> dict[str, set[str]]:
    """The attributes of one site under one pattern."""
    found: dict[str, set[str]] = {}

    def say(name: str, *values: str) -> None:
        found.setdefault(name, set()).update(v for v in values if v)

    for clue in dossier:
        if clue.kind in OF_CLUE:
            name, value = OF_CLUE[clue.kind]
            say(name, value)
        if clue.kind in ("benchmark-data", "safety-data", "known-provider-data"):
            say("datasets", *clue.values)
        if clue.kind in ("several-vendors", "own-model-compared") and pattern == "competitor-benchmarking":
            say("compared", *clue.values)
        if clue.kind in ("flow-to-tuning", "flow-to-tuning-inferred"):
            say("tuned_by", *clue.values)
    route = context.route(site)
    say("vendors", *route.vendors)
    if route.credential:
        say("credential", route.credential)
    if pattern in TRAINING_PATTERNS:
        say("trained", *(_trained(dossier, context) or ("unknown",)))
        say("training", *training_seen(dossier, context))
    return {k: v for k, v in found.items() if v}


def _trained(dossier: Dossier, context: Context) -> set[str]:
    """What the trainers and tuning services that the clues name train."""
    by_place = {c.place: c for c in (*context.view.by_role.get("train", ()), *context.view.by_role.get("tune", ()))}
    found: set[str] = set()
    for clue in dossier:
        call = by_place.get(clue.place)
        if call is None or clue.kind in ("curation",):
            continue
        tags = {TRAINED_BY_TAG[t] for t in call.entry.tags if t in TRAINED_BY_TAG}
        found |= tags or {"llm" if call.entry.role == "tune" else "any"}
    if not found:
        shapes = {v for clue in dossier for v in shape_kinds(clue)}
        if shapes & {"training", "preference"}:
            found.add("llm")
        elif "reward" in shapes:
            found.add("reward")
    return found


def training_seen(dossier: Dossier, context: Context) -> set[str]:
    """What the clues show of training."""
    learning = {c.place for role in ("train", "tune") for c in context.view.by_role.get(role, ())}
    return {
        AT_TRAINER.get(clue.kind, seen) if clue.place in learning else seen
        for clue in dossier
        if (seen := TRAINING_SEEN.get(clue.kind, ""))
    }


def shape_kinds(clue: Clue) -> tuple[str, ...]:
    """The shape kinds that a record clue names."""
    return clue.values if clue.kind in ("training-record", "weak-record") else ()


def frozen(found: dict[str, set[str]]) -> Attributes:
    """Attributes in the order and form of a usage."""
    return tuple((name, tuple(sorted(found[name]))) for name in sorted(found))
