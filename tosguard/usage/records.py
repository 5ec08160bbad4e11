"""Records in values: which dicts, rows or tables hold an origin, and what shape their keys make."""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.catalog.model import Shape
from tosguard.flow.facts import Value
from tosguard.usage.lexicon import Lexicon
from tosguard.usage.view import VALUE_DEPTH

#: Shape kinds that are written for training, strongest first.
TRAINING_KINDS = ("training", "preference", "reward", "training-weak", "classification")


def records_holding(value: Value, origins: frozenset[int], depth: int = VALUE_DEPTH) -> Iterator[frozenset[str]]:
    """The key sets of the records in a value that hold one of these origins, outermost first."""
    for part in _holding(value, origins, depth, {}):
        keys = frozenset(k for k, _ in part.keys if k != "*")
        if keys:
            yield keys


def _holding(value: Value, origins: frozenset[int], depth: int, seen: dict[int, int]) -> Iterator[Value]:
    """The parts of a value that hold one of these origins, outermost first. Summaries share their parts: one that was
    met before, no deeper in, is not entered again."""
    if depth < 0 or seen.get(id(value), -1) >= depth or value.all_origins().isdisjoint(origins):
        return
    seen[id(value)] = depth
    yield value
    for _, inner in value.keys:
        yield from _holding(inner, origins, depth - 1, seen)
    if value.element is not None:
        yield from _holding(value.element, origins, depth - 1, seen)


def shape_of(value: Value, origins: frozenset[int], lexicon: Lexicon) -> Shape | None:
    """The most telling training shape of the records that hold these origins, else the first shape of any kind."""
    shapes = [s for keys in records_holding(value, origins) if (s := lexicon.shape(keys)) is not None]
    for kind in TRAINING_KINDS:
        for shape in shapes:
            if shape.kind == kind:
                return shape
    return shapes[0] if shapes else None


def keys_holding(value: Value, origins: frozenset[int], depth: int = VALUE_DEPTH) -> tuple[str, ...]:
    """The names of the fields under which these origins sit, each once."""
    return tuple(
        dict.fromkeys(
            name
            for part in _holding(value, origins, depth, {})
            for name, inner in part.keys
            if name != "*" and not inner.all_origins().isdisjoint(origins)
        )
    )
