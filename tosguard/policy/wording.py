"""Fills a rule's templates with what the code shows. Messages say what the code does, never that it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tosguard.policy.judgement import Clause
from tosguard.policy.model import DataSetEntry, Pack
from tosguard.usage.model import Step, Usage

_FIELD = re.compile(r"\{([a-z_]+)\}")

_TRAINED = {
    "llm": "a language model",
    "classifier": "a classifier",
    "embedding": "an embedding model",
    "index": "a search index",
    "image": "an image model",
    "speech": "a speech model",
    "reward": "a reward model",
    "own-service": "a model of the provider's own tuning service",
}


def fill(template: str, fields: Mapping[str, str]) -> str:
    """The template with its named fields replaced; validation has made sure that all of them are known."""
    return _FIELD.sub(lambda match: fields[match.group(1)], template)


def templated_fields(usage: Usage, pack: Pack, clause: Clause | None, entry: DataSetEntry | None) -> dict[str, str]:
    """The value of every field a template may use.

    Args:
        usage: what the code does.
        pack: the pack that judges it.
        clause: the leading clause, or None.
        entry: the known data set at the origin, or None.
    """
    others = [provider for provider in usage.providers if provider != pack.provider]
    named = usage.attribute("dataset")
    return {
        "provider": pack.name,
        "models": ", ".join(usage.models) if usage.models else f"a model of {pack.name}",
        "place": _place(usage.location.path, usage.location.line, usage.location.cell),
        "flow": _flow(usage),
        "document": clause.document if clause else "the terms",
        "section": clause.section if clause else "",
        "version": clause.version if clause else pack.version,
        "effective": (clause.effective if clause else "") or pack.version,
        "trained": _listed(_TRAINED.get(value, value) for value in usage.attribute("trained")) or "a model",
        "dataset": ", ".join(named) if named else "a data set",
        "licence": (entry.licence if entry else "") or "not on record",
        "others": ", ".join(others) if others else "another model",
    }


def _listed(values: Iterable[str]) -> str:
    return " or ".join(values)


def _flow(usage: Usage) -> str:
    """Where the output is born and where it ends: ``gen.py:57, then train.py:88``."""
    ends = [step for step in usage.trace if step.role in ("source", "sink")]
    places = list(dict.fromkeys(_step_place(step) for step in ends))
    return ", then ".join(places) if places else _place(usage.location.path, usage.location.line, usage.location.cell)


def _step_place(step: Step) -> str:
    return _place(step.path, step.line, step.cell)


def _place(path: str, line: int, cell: int | None) -> str:
    return f"{path}:{line}" if cell is None else f"{path} cell {cell}:{line}"
