"""The closure of a project, from the cache as far as what it rests on is unchanged.

Nothing passes between components, so each is closed by itself. What its closure rests on is which files there are, what
joins them, in which triage found something, the content of the files that joined, and that those which star imports
lead to still define none of the names wanted. A file that has never joined may change as it likes.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from tosguard.engine.closure import Closure, close

if TYPE_CHECKING:
    from tosguard.engine.files import Tree
    from tosguard.engine.joints import Component
    from tosguard.engine.reading import Reading

_KIND = "closure"
#: What a file of a component is in its closure.
_OUTSIDE, _INSIDE, _HELPER = range(3)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A component of which nobody remembers the closure, and the key under which to remember it."""

    component: Component
    key: bytes


def closure_of(reading: Reading) -> Closure:
    """All files of a project that must be analysed.

    Args:
        reading: lowers those of which more must be known than the cache tells.
    """
    tree, store, joints = reading.tree, reading.store, reading.joints
    alone = tree.named & tree.python
    if not store.enabled:
        return close(alone, joints.imports, reading.surfaces, joints.all.names, tree.defines)
    found: list[Closure] = []
    waiting: list[_Waiting] = []
    for component in joints.components:
        candidates = alone.intersection(component.paths)
        if not candidates:
            continue
        alone -= candidates
        key = _key(component, tree)
        known = _remembered(store.get(_KIND, key), component, tree)
        if known is None:
            waiting.append(_Waiting(component, key))
        else:
            found.append(known)
    if waiting:
        candidates = tree.named & tree.python & {path for each in waiting for path in each.component.paths}
        # All at once, so that what is lowered is shared between processes.
        closed = close(candidates, joints.imports, reading.surfaces, joints.all.names, tree.defines)
        for each, part in zip(waiting, _apart(closed, [each.component for each in waiting]), strict=True):
            store.put(_KIND, each.key, _record(part, each.component, tree))
        found.append(closed)
    paths = alone.union(*(each.paths for each in found))
    return Closure(tuple(sorted(paths)), frozenset().union(*(each.helpers for each in found)))


def _key(component: Component, tree: Tree) -> bytes:
    """Identifies where a component begins to be closed, and where its closure may spread."""
    whole = blake2b(tree.marked_by + component.ties, digest_size=16)
    told = (tree.facts[path] for path in component.paths)
    whole.update(bytes(2 * facts.named + facts.routed for facts in told))
    return whole.digest()


def _remembered(data: bytes | None, component: Component, tree: Tree) -> Closure | None:
    """The closure that was remembered, None if what it rests on has changed."""
    if data is None:
        return None
    roles, digests, missed = marshal.loads(data)
    inside = [path for path, role in zip(component.paths, roles, strict=True) if role != _OUTSIDE]
    if any(tree.facts[path].digest != digest for path, digest in zip(inside, digests, strict=True)):
        return None
    for path, digest, names in missed:
        if tree.facts[path].digest != digest and tree.defines(path, frozenset(names)):
            return None
    helpers = frozenset(path for path, role in zip(component.paths, roles, strict=True) if role == _HELPER)
    return Closure(tuple(inside), helpers)


def _record(closure: Closure, component: Component, tree: Tree) -> bytes:
    """The closure of a component and what it rests on."""
    inside = frozenset(closure.paths)
    roles = bytes(
        _HELPER if path in closure.helpers else _INSIDE if path in inside else _OUTSIDE for path in component.paths
    )
    digests = tuple(tree.facts[path].digest for path in closure.paths)
    missed = tuple((path, tree.facts[path].digest, tuple(sorted(names))) for path, names in closure.missed.items())
    return marshal.dumps((roles, digests, missed))


def _apart(closure: Closure, components: Iterable[Component]) -> Iterator[Closure]:
    """What of a closure lies in each component."""
    for component in components:
        own = frozenset(component.paths)
        missed: Mapping[str, frozenset[str]] = {p: names for p, names in closure.missed.items() if p in own}
        yield Closure(tuple(p for p in closure.paths if p in own), closure.helpers & own, missed)
