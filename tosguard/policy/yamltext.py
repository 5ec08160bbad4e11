"""Pack YAML as located values: bytes to a tree in which every value knows its line.

The dialect is narrow on purpose: no anchors, aliases or tags (so nothing can expand), no duplicate keys, no tabs,
bounded size and depth. Plain scalars stay text except ``true``, ``false`` and ``null``: dates, ``yes`` and versions
such as ``1.0`` must survive unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Union

from tosguard.errors import ConfigurationError

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 12

Plain = Union[str, bool, None, "list[Plain]", "dict[str, Plain]"]

_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True)
class Node:
    """A value and the 1-based line on which it begins; ``keys`` gives the line of each key of a mapping."""

    value: str | bool | tuple[Node, ...] | dict[str, Node] | None
    line: int
    keys: dict[str, int] = field(default_factory=dict)

    def plain(self) -> Plain:
        """The value without its lines."""
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        return self.value


def refuse(name: str, line: int, what: str, *, why: str = "", next_step: str = "") -> ConfigurationError:
    """The error for something a pack may not contain, at ``name:line``."""
    return ConfigurationError(what, where=f"{name}:{line}", why=why, next_step=next_step)


def parse(data: bytes, name: str) -> Node:
    """Parse one pack file.

    Args:
        data: the bytes of the file.
        name: the file as errors shall call it.

    Returns:
        the root node, always a mapping.

    Raises:
        ConfigurationError: for anything the narrow dialect does not allow, with ``name:line``.
    """
    if len(data) > MAX_BYTES:
        raise refuse(name, 1, "the file is too large", why=f"{len(data)} bytes, at most {MAX_BYTES} are read")
    tab = data.find(b"\t")
    if tab >= 0:
        raise refuse(name, data.count(b"\n", 0, tab) + 1, "the file contains a tab", next_step="indent with spaces")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(name, data.count(b"\n", 0, error.start) + 1, "the file is not UTF-8") from error
    return _Composer(text, name).document()


class _Composer:
    """Builds nodes from the event stream, so that aliases are refused before anything could be expanded."""

    def __init__(self, text: str, name: str) -> None:
        import yaml

        self._yaml = yaml
        self._name = name
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events = yaml.parse(text, Loader=loader)

    def document(self) -> Node:
        """The single document of the stream."""
        try:
            event = self._next()
            while isinstance(event, (self._yaml.StreamStartEvent, self._yaml.DocumentStartEvent)):
                event = self._next()
            if not isinstance(event, self._yaml.MappingStartEvent):
                raise refuse(self._name, 1, "the file is not a mapping of keys to values")
            root = self._node(event, 0)
            for event in self._events:
                if isinstance(event, self._yaml.DocumentStartEvent):
                    raise refuse(self._name, _line(event), "the file holds more than one document")
            return root
        except self._yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark is not None else 1
            reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable")
            raise refuse(self._name, line, "the file is not valid YAML", why=reason) from error

    def _next(self) -> Any:
        return next(self._events)

    def _node(self, event: Any, depth: int) -> Node:
        yaml, line = self._yaml, _line(event)
        if depth > MAX_DEPTH:
            raise refuse(self._name, line, "the file is nested too deeply", why=f"at most {MAX_DEPTH} levels")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refuse(self._name, line, "anchors and aliases are not allowed", next_step="write the value out")
        if getattr(event, "tag", None):
            raise refuse(self._name, line, f"the tag {event.tag} is not allowed")
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style is None or event.style == ""
            return Node(_CONSTANTS[event.value] if plain and event.value in _CONSTANTS else event.value, line)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(item := self._next(), yaml.SequenceEndEvent):
                items.append(self._node(item, depth + 1))
            return Node(tuple(items), line)
        return self._mapping(line, depth)

    def _mapping(self, line: int, depth: int) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, int] = {}
        while not isinstance(event := self._next(), self._yaml.MappingEndEvent):
            at = _line(event)
            if not isinstance(event, self._yaml.ScalarEvent) or event.anchor:
                raise refuse(self._name, at, "a key must be plain text")
            if event.value in keys:
                raise refuse(
                    self._name, at, f"the key {event.value} is given twice", why=f"first on line {keys[event.value]}"
                )
            keys[event.value] = at
            values[event.value] = self._node(self._next(), depth + 1)
        return Node(values, line, keys)


def _line(event: Any) -> int:
    """The 1-based line of an event."""
    return int(event.start_mark.line) + 1
