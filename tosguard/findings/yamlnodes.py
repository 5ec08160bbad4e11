"""YAML as nodes with line numbers, for files that people write by hand and that may be hostile.

Only mappings, sequences and scalars are read, every scalar as the text that is written; tags are not obeyed, aliases
and deep nesting are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tosguard.errors import ConfigurationError

_DEEPEST = 20
_LARGEST = 4_000_000


def compose(text: str, where: str) -> Any:
    """The root node of a YAML document, or None for an empty one.

    Args:
        text: the document.
        where: the file's name for messages.

    Raises:
        ConfigurationError: not YAML, an alias, nesting or a size that no honest file has.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if len(text) > _LARGEST:
        raise ConfigurationError("file is too large", where=where, why=f"more than {_LARGEST} characters")
    try:
        _refuse_traps(yaml.parse(text, Loader=loader), where)
        return yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}:{mark.line + 1}" if mark is not None else where
        why = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable").strip()
        raise ConfigurationError("not valid YAML", where=place, why=why, next_step="correct the line") from None


def _refuse_traps(events: Iterable[Any], where: str) -> None:
    from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

    depth = 0
    for event in events:
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        at = f"{where}:{event.start_mark.line + 1}" if event.start_mark else where
        if isinstance(event, AliasEvent):
            raise ConfigurationError("aliases (*name) are not read", where=at, next_step="write the value out")
        if depth > _DEEPEST:
            raise ConfigurationError("nesting is too deep", where=at, next_step="write it flatter")


def line_of(node: Any) -> int:
    """The 1-based line a node begins on."""
    return int(node.start_mark.line) + 1
