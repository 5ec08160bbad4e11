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
    if depth < 0 or not value.all_origins() & origins:
        return
    keys = frozenset(k for k, _ in value.keys if k != "*")
    if keys:
        yield keys
    for _, inner in value.keys:
        yield from records_holding(inner, origins, depth - 1)
    if value.element is not None:
        yield from records_holding(value.element, origins, depth - 1)


def shape_of(value: Value, origins: frozenset[int], lexicon: Lexicon) -> Shape | None:
    """The most telling training shape of the records that hold these origins, else the first shape of any kind."""
    shapes = [s for keys in records_holding(value, origins) if (s := lexicon.shape(keys)) is not None]
    for kind in TRAINING_KINDS:
        for shape in shapes:
            if shape.kind == kind:
                return shape
    return shapes[0] if shapes else None


def keys_holding(value: Value, origins: frozenset[int], depth: int = VALUE_DEPTH) -> Iterator[str]:
    """The names of the fields under which these origins sit, outermost first."""
    if depth < 0 or not value.all_origins() & origins:
        return
    for name, inner in value.keys:
        if name != "*" and inner.all_origins() & origins:
            yield name
        yield from keys_holding(inner, origins, depth - 1)
    if value.element is not None:
        yield from keys_holding(value.element, origins, depth - 1)
