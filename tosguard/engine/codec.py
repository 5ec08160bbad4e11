"""Values of known classes as bytes and back: for the cache, without anything executable in it.

A value of a listed class becomes a list (its number, then its fields); tuples, dicts, sets and plain values stay what
they are. What comes out is marshalled, which can name no class and call nothing. The layout of the classes is part of
``Codec.version``, so that other fields never meet old bytes.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import blake2b
from typing import Any

_PLAIN = frozenset((str, int, float, complex, bool, bytes, type(None)))


class Codec:
    """Encodes and decodes trees of the given dataclasses and enums.

    Args:
        classes: every class that may occur.
    """

    def __init__(self, classes: Iterable[type]) -> None:
        self._classes = tuple(classes)
        self._numbers = {cls: number for number, cls in enumerate(self._classes)}
        self._fields = {cls: _field_names(cls) for cls in self._classes}
        layout = repr([(cls.__qualname__, self._fields[cls]) for cls in self._classes])
        python = f"{sys.implementation.cache_tag} {marshal.version}"
        self.version = blake2b(f"{python}\n{layout}".encode(), digest_size=16).digest()

    def encode(self, value: object) -> bytes:
        """The bytes of a value.

        Raises:
            TypeError: for a value of a class that was not listed.
        """
        return marshal.dumps(self._plain(value))

    def decode(self, data: bytes) -> Any:
        """The value of bytes that ``encode`` made under the same version, or None for others."""
        try:
            return self._value(marshal.loads(data))
        except (ValueError, EOFError, TypeError, IndexError):
            return None

    def _plain(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is tuple:
            return tuple([self._plain(item) for item in value])
        if (number := self._numbers.get(kind)) is not None:
            if isinstance(value, Enum):
                return [number, value.value]
            return [number, *[self._plain(getattr(value, name)) for name in self._fields[kind]]]
        if isinstance(value, dict):
            return {self._plain(key): self._plain(item) for key, item in value.items()}
        if isinstance(value, (set, frozenset)):
            return frozenset(self._plain(item) for item in value)
        raise TypeError(f"{kind.__name__} cannot be encoded")

    def _value(self, plain: Any) -> Any:
        kind = type(plain)
        if kind in _PLAIN:
            return plain
        if kind is list:
            return self._classes[plain[0]](*[self._value(item) for item in plain[1:]])
        if kind is tuple:
            return tuple([self._value(item) for item in plain])
        if kind is dict:
            return {self._value(key): self._value(item) for key, item in plain.items()}
        return frozenset(self._value(item) for item in plain)


def _field_names(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls) if field.init) if is_dataclass(cls) else ()
