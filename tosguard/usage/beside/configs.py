"""Configuration files that run models or trainers by themselves (evaluation suites, training recipes)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tosguard.catalog.model import ConfigShape
from tosguard.usage.beside.documents import looks_like_json, parsed

#: Files longer than this are data, not configuration.
LONGEST_CONFIG = 200_000

#: Documents nested deeper than this are not looked into.
DEEPEST = 12

CONFIG_SUFFIXES = (".yaml", ".yml", ".json", ".toml", ".conf")


@dataclass(frozen=True, slots=True)
class Configured:
    """A file that has the shape of a known configuration, with its arguments' values and the line of the first."""

    shape: ConfigShape
    line: int
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def is_config(path: str, text: str) -> bool:
    """Whether a file is a document of a kind that configures: by its suffix, or JSON in a file without one."""
    return path.endswith(CONFIG_SUFFIXES) or looks_like_json(path, text)


def configured(path: str, text: str, shapes: tuple[ConfigShape, ...]) -> Iterator[Configured]:
    """The known configurations that a file is; a file that cannot be parsed is none."""
    if not is_config(path, text) or len(text) > LONGEST_CONFIG or not shapes:
        return
    document = parsed(path, text)
    if not isinstance(document, (dict, list)):
        return
    for shape in shapes:
        if _has_shape(document, shape):
            values = {
                n: tuple(dict.fromkeys(v for key in keys for v in at(document, key)))
                for n, keys in shape.values.items()
            }
            values = {n: v for n, v in values.items() if v}
            yield Configured(shape, _line_of(text, values), values)
            return


def _has_shape(document: Any, shape: ConfigShape) -> bool:
    return all(any(_has(document, key) for key in group) for group in shape.requires) and not any(
        _has(document, key) for key in shape.forbidden
    )


def _has(document: Any, key: str) -> bool:
    return next(_nodes(document, key.split(".")), None) is not None


def at(document: Any, key: str) -> Iterator[str]:
    """The texts at a dotted key; ``[]`` steps into the items of a list, ``*`` stands for any key of a mapping, ``{}``
    for the keys of one. A mapping of names to their shares gives the names."""
    for node in _nodes(document, key.split(".")):
        for item in node if isinstance(node, list) else (node,):
            if isinstance(item, (str, int, float)) and not isinstance(item, bool):
                yield str(item)
            elif _is_mixture(item):
                yield from map(str, item)


def _is_mixture(node: Any) -> bool:
    """Whether a mapping gives names their shares."""
    return isinstance(node, dict) and bool(node) and all(isinstance(v, (int, float)) for v in node.values())


def _nodes(node: Any, pieces: list[str], depth: int = 0) -> Iterator[Any]:
    if depth > DEEPEST:
        return
    if not pieces:
        if node is not None:
            yield node
        return
    name = pieces[0]
    steps = name.endswith("[]")
    names = name.endswith("{}")
    name = name.removesuffix("[]").removesuffix("{}")
    for inner in _children(node, name):
        if names:
            yield from inner if isinstance(inner, dict) else ()
        elif not steps:
            yield from _nodes(inner, pieces[1:], depth + 1)
        elif isinstance(inner, list):
            for item in inner:
                yield from _nodes(item, pieces[1:], depth + 1)


def _children(node: Any, name: str) -> Iterator[Any]:
    """What stands under a key: the node itself for "", every value of a mapping for ``*``."""
    if not name:
        yield node
    elif isinstance(node, dict) and name == "*":
        yield from node.values()
    elif isinstance(node, dict) and name in node:
        yield node[name]


def _line_of(text: str, values: Mapping[str, tuple[str, ...]]) -> int:
    """The first line that holds one of the values (models before data), else the first."""
    lines = text.splitlines()
    for name in ("model", "data", *values):
        for value in values.get(name, ()):
            for number, line in enumerate(lines, 1):
                if value in line and not line.lstrip().startswith("#"):
                    return number
    return 1
