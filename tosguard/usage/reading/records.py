"""Records in values: which dicts, rows or tables hold an origin, and what shape their keys make."""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.catalog.model import Shape
from tosguard.flow.facts import Value
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.view import VALUE_DEPTH

#: Shape kinds that are written for training, strongest first.
TRAINING_KINDS = ("training", "preference", "reward", "training-weak", "classification")


#: The same of texts that a model learns to write.
KINDS_OF_TEXTS = frozenset({"training", "preference"})

#: What records of a kind are where their shape has no title.
TITLES = {
    "training": "training records",
    "preference": "preference records",
    "reward": "reward records",
    "training-weak": "records that training data often has",
    "classification": "labelled texts",
}


def records_holding(value: Value, origins: frozenset[int], depth: int = VALUE_DEPTH) -> Iterator[frozenset[str]]:
    """The key sets of the records in a value that hold one of these origins, outermost first."""
    for keys, _ in records_with(value, origins, depth):
        yield keys


def records_with(
    value: Value, origins: frozenset[int], depth: int = VALUE_DEPTH
) -> Iterator[tuple[frozenset[str], Value]]:
    """The records in a value that hold one of these origins, outermost first, by their key sets; of those that have the
    same keys and origins the first."""
    for (keys, held), record in value.records(depth):
        if not held.isdisjoint(origins):
            yield keys, record


def fields_holding(record: Value, origins: frozenset[int]) -> frozenset[str]:
    """The fields of a record that hold one of these origins."""
    return frozenset(k for k, v in record.keys if k != "*" and not v.all_origins().isdisjoint(origins))


def _holding(value: Value, origins: frozenset[int], depth: int) -> list[Value]:
    """The parts of a value that hold one of these origins, outermost first. Summaries share their parts: one that was
    met before, no deeper in, is not entered again."""
    found: list[Value] = []
    if not value.all_origins().isdisjoint(origins):
        _enter(value, origins, depth, {}, found)
    return found


def _enter(value: Value, origins: frozenset[int], depth: int, seen: dict[int, int], found: list[Value]) -> None:
    """Adds a part that holds one of the origins, and those inside it."""
    if seen.get(id(value), -1) >= depth:
        return
    seen[id(value)] = depth
    found.append(value)
    if depth > 0:
        for _, inner in value.keys:
            if not inner.all_origins().isdisjoint(origins):
                _enter(inner, origins, depth - 1, seen, found)
        if value.element is not None and not value.element.all_origins().isdisjoint(origins):
            _enter(value.element, origins, depth - 1, seen, found)


def shape_of(value: Value, origins: frozenset[int], lexicon: Lexicon) -> Shape | None:
    """The most telling training shape of the records that hold these origins, else the first shape of any kind."""
    shapes = [s for keys, record in records_with(value, origins) if (s := _shape(keys, record, lexicon)) is not None]
    for kind in TRAINING_KINDS:
        for shape in shapes:
            if shape.kind == kind:
                return shape
    return shapes[0] if shapes else None


def _shape(keys: frozenset[str], record: Value, lexicon: Lexicon) -> Shape | None:
    """The shape of a record. Where one of texts has a number in a field, as a count of tokens is called by what they
    are for, that field does not make it one."""
    shape = lexicon.shape(keys)
    if shape is None or shape.kind not in KINDS_OF_TEXTS:
        return shape
    counts = {key for key, field in record.keys if any(type(c) in (int, float) for c in field.constants)}
    return lexicon.shape(keys - counts) if counts else shape


def records_of(shape: Shape, value: Value, origins: frozenset[int]) -> str:
    """Records of a shape in words: what they are, and by which of their fields that is seen.

    Args:
        shape: what ``shape_of`` gave for these arguments.
        value: what holds the records.
        origins: the values that the records hold.
    """
    telling = {key.lower() for group in shape.required for key in group}
    fields = next(
        (
            sorted(k for k in keys if k.lower() in telling)
            for keys in records_holding(value, origins)
            if all({k.lower() for k in keys} & {k.lower() for k in group} for group in shape.required)
        ),
        [],
    )
    named = f" (field{'s' if len(fields) > 1 else ''} {', '.join(fields)})" if fields else ""
    return f"{shape.title or TITLES.get(shape.kind, 'records')}{named}"


def keys_holding(value: Value, origins: frozenset[int], depth: int = VALUE_DEPTH) -> tuple[str, ...]:
    """The names of the fields under which these origins sit, each once."""
    return tuple(
        dict.fromkeys(
            name
            for part in _holding(value, origins, depth)
            for name, inner in part.keys
            if name != "*" and not inner.all_origins().isdisjoint(origins)
        )
    )
