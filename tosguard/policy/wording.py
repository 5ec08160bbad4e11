"""Fills a rule's templates with what the code shows. Messages say what the code does, never that it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tosguard.policy.conditions import Situation
from tosguard.policy.judgement import Clause
from tosguard.policy.model import Pack
from tosguard.usage.model import Step, Usage

_FIELD = re.compile(r"\{([a-z_]+)\}")
_PARENTHESES = re.compile(r" \([^()]*\)")

_TRAINED = {
    "llm": "a language model",
    "classifier": "a classifier",
    "embedding": "an embedding model",
    "index": "a search index",
    "any": "a model",
    "unknown": "a model",
    "image": "an image model",
    "speech": "a speech model",
    "reward": "a reward model",
}


def fill(template: str, fields: Mapping[str, str]) -> str:
    """The template with its named fields replaced; validation has made sure that all of them are known."""
    return _FIELD.sub(lambda match: fields[match.group(1)], template)


def templated_fields(situation: Situation, pack: Pack, clause: Clause | None) -> dict[str, str]:
    """The value of every field a template may use.

    Args:
        situation: what the code does.
        pack: the pack that judges it.
        clause: the leading clause, or None.
    """
    usage, entry = situation.usage, situation.data_set
    others = [provider for provider in usage.providers if provider != pack.provider]
    named = usage.attribute("datasets")
    return {
        "provider": pack.name,
        "models": _listed(situation.models, "and") or f"a model of {pack.name}",
        "place": _place(usage.location.path, usage.location.line, usage.location.cell),
        "flow": _flow(usage),
        "document": _PARENTHESES.sub("", clause.document) if clause else "the terms",
        "section": clause.section if clause else "",
        "version": clause.version if clause else pack.version,
        "effective": (clause.effective if clause else "") or pack.version,
        "trained": _listed(dict.fromkeys(_TRAINED.get(value, value) for value in usage.attribute("trained")), "or")
        or "a model",
        "dataset": entry.names[0] if entry and entry.names else _listed(named, "and") or "a data set",
        "licence": (entry.licence if entry else "") or "none",
        "others": _listed(others, "and") or "another model",
    }


def _listed(values: Iterable[str], word: str) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    items = list(values)
    return f" {word} ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""


def _flow(usage: Usage) -> str:
    """Where the output is born and where it ends: ``gen.py:57, then train.py:88``. Of several births the first."""
    born = list(dict.fromkeys(_step_place(step) for step in usage.trace if step.role == "source"))
    ends = [_step_place(step) for step in usage.trace if step.role == "sink"]
    if not born and not ends:
        return _place(usage.location.path, usage.location.line, usage.location.cell)
    others = len(born) - 1
    first = [f"{born[0]}{f' and {others} more' if others else ''}"] if born else []
    last = [place for place in ends[-1:] if place not in born]
    return ", then ".join(first + last)


def _step_place(step: Step) -> str:
    return _place(step.path, step.line, step.cell)


def _place(path: str, line: int, cell: int | None) -> str:
    return f"{path}:{line}" if cell is None else f"{path} cell {cell}:{line}"
