"""Configuration files as values, within bounds: a document can neither expand nor nest without end."""

from __future__ import annotations

import json
import re
from typing import Any

from tosguard.usage.beside.entries import run_entries

_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")

#: Documents with more values than this, aliases counted as often as they are used, are data.
MOST_VALUES = 100_000


def parsed(name: str, text: str) -> Any:
    """The document that a file holds, or None where it is none or too large.

    Args:
        name: the file's name; a name without a suffix is read as JSON where the text looks like it.
        text: the file's text.
    """
    lowered = name.lower()
    try:
        if lowered.endswith(".toml") or lowered == "pipfile":
            return _toml(text)
        if lowered.endswith(".json") or looks_like_json(lowered, text):
            return json.loads(text)
        if lowered.endswith((".yaml", ".yml")):
            return _yaml(text)
        if lowered.endswith(".conf"):
            return run_entries(text)
    except (ValueError, RecursionError):
        return None
    except Exception as error:
        if type(error).__module__.split(".")[0] in ("yaml", "tomllib", "tomli"):
            return None
        raise
    return None


def looks_like_json(name: str, text: str) -> bool:
    """Whether a file without a suffix holds a JSON list or object."""
    return "." not in name.rsplit("/", 1)[-1] and _JSON.match(text) is not None


def _yaml(text: str) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        if node is None or _values(node, {}) > MOST_VALUES:
            return None
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _values(node: Any, known: dict[int, int]) -> int:
    """How many values a node has where each alias stands for all that it names; too many for one that holds itself."""
    if id(node) in known:
        return known[id(node)]
    known[id(node)] = MOST_VALUES + 1
    parts = [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]
    found = 1 + sum(_values(part, known) for part in parts) if isinstance(node.value, list) else 1
    known[id(node)] = min(found, MOST_VALUES + 1)
    return known[id(node)]


def _toml(text: str) -> Any:
    import sys

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib  # type: ignore[import-not-found,unused-ignore]
    return tomllib.loads(text)
