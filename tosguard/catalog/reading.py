"""Typed access to located values, with errors that name file, line, key and the likely meaning."""

from __future__ import annotations

from collections.abc import Sequence

from tosguard.catalog.documents import Node
from tosguard.catalog.model import Slot
from tosguard.errors import ConfigurationError


class Reader:
    """Reads one document; ``name`` is what errors call the file."""

    def __init__(self, name: str) -> None:
        self.name = name

    def error(self, what: str, line: int, next_step: str = "") -> ConfigurationError:
        """An error about ``line`` of this file."""
        return ConfigurationError(what, where=f"{self.name}:{line}", next_step=next_step)

    def mapping(
        self, node: Node, what: str, allowed: Sequence[str] = (), required: Sequence[str] = ()
    ) -> dict[str, Node]:
        """The entries of a mapping; with ``allowed``, any other key is an error with a suggestion."""
        if not isinstance(node.value, dict):
            raise self.error(f"{what} must be a mapping of keys to values", node.line)
        if allowed:
            for key, line in node.keys.items():
                if key not in allowed:
                    raise self.error(f"{what}: key {key!r} is unknown", line, suggestion(key, allowed))
        for key in required:
            if key not in node.value:
                raise self.error(f"{what}: key {key!r} is missing", node.line)
        return node.value

    def items(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """The items of a list, empty where there is none."""
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            raise self.error(f"{what} must be a list", node.line)
        return node.value

    def text(self, node: Node | None, what: str, choices: Sequence[str] = ()) -> str:
        """A text, "" where there is none; with ``choices``, one of them."""
        if node is None:
            return ""
        value = str(node.value) if type(node.value) is int else node.value
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{what} must be text", node.line)
        if choices and value not in choices:
            raise self.error(f"{what} {value!r} is unknown", node.line, suggestion(value, choices))
        return value

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self.text(item, f"each item of {what}") for item in self.items(node, what))

    def flag(self, node: Node | None, what: str) -> bool:
        """A truth value, false where there is none."""
        if node is None:
            return False
        if not isinstance(node.value, bool):
            raise self.error(f"{what} must be true or false", node.line)
        return node.value

    def text_map(self, node: Node | None, what: str) -> dict[str, str]:
        """A mapping of texts to texts."""
        if node is None:
            return {}
        return {key: self.text(value, f"{what}: {key!r}") for key, value in self.mapping(node, what).items()}

    def slots(self, node: Node | None, what: str) -> tuple[Slot, ...]:
        """Where an argument is found: one keyword name or position, or a list of them."""
        if node is None:
            return ()
        nodes = node.value if isinstance(node.value, tuple) else (node,)
        return tuple(self._slot(item, what) for item in nodes)

    def _slot(self, node: Node, what: str) -> Slot:
        if type(node.value) is int and node.value >= 0:
            return node.value
        if isinstance(node.value, str) and node.value:
            return node.value
        raise self.error(f"{what}: a slot is a keyword name or a position from 0", node.line)

    def arguments(self, node: Node | None, what: str) -> dict[str, tuple[Slot, ...]]:
        """A mapping of our argument names to slots."""
        if node is None:
            return {}
        return {key: self.slots(value, f"{what}: {key!r}") for key, value in self.mapping(node, what).items()}


def suggestion(word: str, known: Sequence[str]) -> str:
    """``did you mean …?`` for the nearest known word, else the list of what is known."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return "known: " + ", ".join(known)
