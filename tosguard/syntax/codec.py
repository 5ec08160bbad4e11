"""The lowered tree as bytes, for the cache.

A tree becomes a flat list of records, each node before its children and the last child first, so that reading the list
backwards meets every child before its parent: neither direction recurses. The list is marshalled (plain values only),
compressed, and sealed with a digest, because ``marshal`` must never see damaged bytes.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
import zlib
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from tosguard.syntax import ir

_DIGEST = 16
_HEADER = f"ir{ir.IR_VERSION}.{marshal.version}.{sys.version_info[0]}.{sys.version_info[1]};".encode()
_TYPES: tuple[type[Any], ...] = tuple(
    value
    for value in vars(ir).values()
    if isinstance(value, type) and issubclass(value, ir.Node) and value not in (ir.Node, ir.Expr, ir.Stmt)
)
_NODE_NAMES = frozenset(kind.__name__ for kind in _TYPES) | {"Expr", "Stmt"}

_Pack = Callable[[Any, list[Any]], "tuple[Any, ...]"]
_Build = Callable[["tuple[Any, ...]", list[Any]], Any]


def encode(module: ir.Module) -> bytes:
    """The bytes of a module; ``decode`` gives an equal one back.

    Args:
        module: a lowered module.

    Returns:
        Bytes bound to this version of the tree and of the interpreter.
    """
    records: list[tuple[Any, ...] | None] = []
    stack: list[Any] = list(module.body)
    pack = _PACK
    while stack:
        node = stack.pop()
        records.append(None if node is None else pack[node.__class__](node, stack))
    payload = zlib.compress(marshal.dumps((module.line_starts, len(module.body), records)), 1)
    return _HEADER + hashlib.blake2b(payload, digest_size=_DIGEST).digest() + payload


def decode(data: bytes) -> ir.Module:
    """The module that was encoded.

    Args:
        data: what ``encode`` returned.

    Raises:
        ValueError: the bytes are damaged, or come from another version.
    """
    if not data.startswith(_HEADER):
        raise ValueError("the cached tree comes from another version")
    start = len(_HEADER) + _DIGEST
    payload = memoryview(data)[start:]
    if hashlib.blake2b(payload, digest_size=_DIGEST).digest() != data[len(_HEADER) : start]:
        raise ValueError("the cached tree is damaged")
    try:
        line_starts, count, records = marshal.loads(zlib.decompress(payload))
        body = _build(records)
    except (zlib.error, EOFError, TypeError, IndexError, KeyError) as error:
        raise ValueError("the cached tree is not one of ours") from error
    if len(body) != count:
        raise ValueError("the cached tree is incomplete")
    return ir.Module(tuple(body), line_starts)


def _build(records: list[tuple[Any, ...] | None]) -> list[Any]:
    values: list[Any] = []
    push = values.append
    build = _BUILD
    for record in reversed(records):
        push(None if record is None else build[record[0]](record, values))
    return values


def _layout(kind: type[Any]) -> tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]:
    """The fields that hold plain values, and those that hold nodes with whether they hold many."""
    plain: list[str] = []
    nested: list[tuple[str, bool]] = []
    for field in fields(kind):
        annotation = str(field.type)
        many = annotation.startswith("tuple[")
        names = annotation.removeprefix("tuple[").split(",")[0].replace("]", "")
        if _NODE_NAMES.intersection(name.strip() for name in names.split("|")):
            nested.append((field.name, many))
        else:
            plain.append(field.name)
    return tuple(plain), tuple(nested)


def _packer(tag: int, kind: type[Any]) -> _Pack:
    plain, nested = _layout(kind)
    get = attrgetter(*plain)
    if not nested:
        return lambda node, stack: (tag, *get(node))

    def pack(node: Any, stack: list[Any]) -> tuple[Any, ...]:
        counts = []
        for name, many in nested:
            value = getattr(node, name)
            if many:
                stack.extend(value)
                counts.append(len(value))
            else:
                stack.append(value)
        return (tag, *get(node), *counts)

    return pack


def _builder(kind: type[Any]) -> _Build:
    plain, nested = _layout(kind)
    if not nested:
        return lambda record, values: kind(*record[1:])
    order = [field.name for field in fields(kind)]
    singles = [name for name, many in nested if not many]
    if len(singles) == len(nested) and order == [*plain[:2], *singles, *plain[2:]]:
        size = len(singles)

        def build_fixed(record: tuple[Any, ...], values: list[Any]) -> Any:
            children = values[-size:]
            del values[-size:]
            return kind(record[1], record[2], *children, *record[3:])

        return build_fixed

    def build(record: tuple[Any, ...], values: list[Any]) -> Any:
        arguments: dict[str, Any] = dict(zip(plain, record[1:], strict=False))
        counts = list(record[1 + len(plain) :])
        for name, many in reversed(nested):
            if many:
                count = counts.pop()
                at = len(values) - count
                arguments[name] = tuple(values[at:])
                del values[at:]
            else:
                arguments[name] = values.pop()
        return kind(**arguments)

    return build


_PACK: dict[type, _Pack] = {kind: _packer(tag, kind) for tag, kind in enumerate(_TYPES)}
_BUILD: list[_Build] = [_builder(kind) for kind in _TYPES]
