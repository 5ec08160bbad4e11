"""Fills a rule's templates with what the code shows. Messages say what the code does, never that it is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tosguard.policy.conditions import Situation
from tosguard.policy.judgement import Clause
from tosguard.policy.model import Pack
from tosguard.policy.seen import drives, listed, trained, use
from tosguard.usage.model import Step, Usage

_FIELD = re.compile(r"\{([a-z_]+)\}")
_PARENTHESES = re.compile(r" \([^()]*\)")


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
        "models": listed(list(situation.models), "and") or _unnamed(pack),
        "place": _place(usage.location.path, usage.location.line, usage.location.cell),
        "flow": _flow(usage),
        "document": _PARENTHESES.sub("", clause.document) if clause else "the terms",
        "section": clause.section if clause else "",
        "version": clause.version if clause else pack.version,
        "effective": (clause.effective if clause else "") or pack.version,
        "trained": trained(usage),
        "use": use(situation),
        "drives": drives(usage),
        "dataset": entry.names[0] if entry and entry.names else listed(list(named), "and") or "a data set",
        "licence": (entry.licence if entry else "") or "none",
        "others": listed(others, "and") or "another model",
    }


def _unnamed(pack: Pack) -> str:
    """Models whose ids the code does not show. Weights are models themselves."""
    return pack.name if pack.kind == "weights" else f"a model of {pack.name}"


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
