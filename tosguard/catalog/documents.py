"""Catalogue YAML as located values: text to a tree whose every value knows its line.

The dialect is narrow on purpose: no anchors and aliases (so no expansion bombs), no explicit tags, no duplicate keys,
bounded size and depth. A plain ``yes`` or ``on`` stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Union

from tosguard.errors import ConfigurationError

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 16

_INTEGER = re.compile(r"-?\d{1,9}")

Plain = Union[str, int, bool, None, "list[Plain]", "dict[str, Plain]"]


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a document and the 1-based line on which it begins.

    ``value`` is text, a whole number, a truth value, ``None``, a tuple of nodes or a mapping of text to nodes; ``keys``
    gives the line of each key of a mapping.
    """

    value: str | int | bool | tuple[Node, ...] | dict[str, Node] | None
    line: int
    keys: dict[str, int] = field(default_factory=dict)

    def plain(self) -> Plain:
        """The value without its lines."""
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        return self.value


def parse(data: bytes, name: str) -> Node:
    """Parse one catalogue document.

    Args:
        data: the bytes of the file.
        name: the file as errors shall call it.

    Raises:
        ConfigurationError: for anything the narrow dialect does not allow, with ``name:line``.
    """
    if len(data) > MAX_BYTES:
        raise ConfigurationError(
            "the catalogue file is too large",
            where=name,
            why=f"{len(data)} bytes, at most {MAX_BYTES} are read",
            next_step="split it into several files",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigurationError("the file is not UTF-8", where=f"{name}:{line}") from error
    return _Builder(name, _events(text, name)).document()


def _events(text: str, name: str) -> Iterator[Any]:
    """The YAML events of ``text``, syntax errors turned into ours."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark is not None else name
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        raise ConfigurationError("this is not valid YAML", where=where, why=str(reason)) from error


class _Builder:
    """Builds nodes from events, refusing what the dialect leaves out."""

    def __init__(self, name: str, events: Iterator[Any]) -> None:
        self._name = name
        self._events = events

    def document(self) -> Node:
        """The one document of the stream."""
        found: Node | None = None
        for event in self._events:
            kind = type(event).__name__
            if kind in ("StreamStartEvent", "StreamEndEvent", "DocumentStartEvent", "DocumentEndEvent"):
                continue
            if found is not None:
                raise self._refusal("a file holds one document", event)
            found = self._node(event, 0)
        if found is None:
            raise ConfigurationError("the file is empty", where=self._name)
        return found

    def _node(self, event: Any, depth: int) -> Node:
        kind = type(event).__name__
        if kind == "AliasEvent" or getattr(event, "anchor", None) is not None:
            raise self._refusal(
                "anchors and aliases (& and *) are not allowed", event, "write the value out, or quote it"
            )
        if event.tag is not None and event.tag != "!":
            raise self._refusal("explicit tags are not allowed", event)
        if depth > MAX_DEPTH:
            raise self._refusal(f"nested more than {MAX_DEPTH} deep", event)
        line: int = event.start_mark.line + 1
        if kind == "ScalarEvent":
            return Node(_scalar(event.value, event.style), line)
        if kind == "SequenceStartEvent":
            return Node(tuple(self._items(depth)), line)
        return self._mapping(line, depth)

    def _items(self, depth: int) -> Iterator[Node]:
        for event in self._events:
            if type(event).__name__ == "SequenceEndEvent":
                return
            yield self._node(event, depth + 1)

    def _mapping(self, line: int, depth: int) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, int] = {}
        for event in self._events:
            if type(event).__name__ == "MappingEndEvent":
                break
            if type(event).__name__ != "ScalarEvent":
                raise self._refusal("a key must be text", event)
            self._node(event, depth + 1)
            key: str = event.value
            if key in values:
                raise self._refusal(f"key {key!r} appears twice", event, f"first on line {keys[key]}")
            keys[key] = event.start_mark.line + 1
            values[key] = self._node(next(self._events), depth + 1)
        return Node(values, line, keys)

    def _refusal(self, what: str, event: Any, next_step: str = "") -> ConfigurationError:
        return ConfigurationError(what, where=f"{self._name}:{event.start_mark.line + 1}", next_step=next_step)


def _scalar(text: str, style: str | None) -> str | int | bool | None:
    """The value of a scalar: only plain ones can be numbers, truth values or nothing."""
    if style not in (None, ""):
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if text in ("true", "false"):
        return text == "true"
    return None if text in ("", "null", "~") else text
