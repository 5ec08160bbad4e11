"""What the code is seen to do with output or content, as half a sentence: the field ``{use}`` of templates.

A trainer that is reached is told as training; records in the shape of training data are told as records. Counsel must
be able to quote the sentence.
"""

from __future__ import annotations

from tosguard.policy.conditions import Situation
from tosguard.usage.model import Usage

_TRAINED = {
    "llm": "a language model",
    "classifier": "a classifier",
    "embedding": "an embedding model",
    "index": "a search index",
    "image": "an image model",
    "speech": "a speech model",
    "reward": "a reward model",
}

#: Half a sentence for each value of ``training`` at which a trainer is seen, the most telling first.
_REACHED = {
    "trainer": "is used to train {trained}",
    "tuning": "is sent to a tuning service",
    "reward": "serves as the reward when {trained} is trained",
    "stored": "is stored at the provider under a tag that speaks of training",
    "trainer-inferred": "reaches a trainer of {trained} over a file, hub or queue",
    "tuning-inferred": "reaches a tuning service over a file, hub or queue",
    "trainer-selection": "selects or grades what {trained} is trained on",
}

#: The same where none is.
_KEPT = {
    "records": "is kept in the shape of training records",
    "selection": "selects or grades what is kept for training",
    "named": "is kept under a name that speaks of training",
    "prompt": "is asked for as training material",
    "documentation": "is made for training, as the documentation of the code says",
    "readme": "is made for training, as the README says",
    "rows": "is made from the rows of a data set of instructions",
    "fields": "is kept in fields that training data often has",
    "words": "is kept where names speak of training",
}

#: The same for a known data set, which nobody generates here.
_LOADED = {
    "records": "is written again in the shape of training records",
    "published": "is published again",
    "written": "is written again",
    "readme": "is loaded where the README speaks of training",
    "words": "is loaded where names speak of training",
}

#: What stands beside where no trainer is reached.
_BESIDE = {
    "trainer-near": "a trainer of the project reads records of the same fields or a file of a similar name",
    "trainer-beside": "the project also holds code for training; no flow to it is seen",
}
_NO_TRAINER = "no flow to a trainer is seen"

#: Half a sentence for patterns that are not about training.
_OTHER = {
    "bulk-evaluation": "is scored or measured",
    "competitor-benchmarking": "is compared with that of other models",
    "llm-as-judge": "serves as a verdict on other output",
    "safety-evaluation": "belongs to a safety test",
    "model-extraction": "serves to recover a model or a hidden prompt",
    "platform-data-to-llm": "is sent to a model provider",
    "platform-bulk-copy": "is collected and stored",
}

_TRAINING = frozenset({"training-on-output", "same-provider-tuning", "platform-data-training"})


def use(situation: Situation) -> str:
    """What becomes of the output, the content or the data set of a usage, to stand after it in the singular."""
    usage = situation.usage
    if usage.pattern not in _TRAINING:
        return _OTHER.get(usage.pattern, "is used")
    shown = frozenset(usage.attribute("training"))
    for value, words in _REACHED.items():
        if value in shown:
            return words.replace("{trained}", trained(usage))
    kept = _LOADED if situation.origin == "dataset" else _KEPT
    words = next((words for value, words in kept.items() if value in shown), "is kept for training")
    beside = next((words for value, words in _BESIDE.items() if value in shown), _NO_TRAINER)
    return f"{words} ({beside})"


def trained(usage: Usage) -> str:
    """What is trained, with its article; what is known of it alone where something is."""
    known = [_TRAINED[value] for value in usage.attribute("trained") if value in _TRAINED]
    return listed(known, "or") or "a model"


def drives(usage: Usage) -> str:
    """What the code does with a service that it has no published API for: a declared library drives nothing yet."""
    kinds = {evidence.kind for evidence in usage.evidence}
    declared = "unofficial-declared" in kinds and "unofficial-client" not in kinds
    return "names a library that drives" if declared else "drives"


def listed(values: list[str], word: str) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return f" {word} ".join(filter(None, (", ".join(values[:-1]), values[-1]))) if values else ""
