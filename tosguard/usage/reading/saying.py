"""Which names say so: the identifiers, file names and short texts behind a clue that rests on words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tosguard.flow.facts import Place
from tosguard.usage.limits import LONGEST_QUOTE, MOST_FIELDS
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site

#: A message names at most this many.
MOST_NAMES = 3


def named(site: Site, topic: str, context: Context) -> str:
    """The nearest names of a site that meet a word list, quoted and in brackets with a space before; "" if none does.

    Args:
        site: whose functions, file, folders and surroundings are looked through, in this order.
        topic: the word list.
        context: the project.
    """
    return _quoted(n for n in (*_own(site), *_around(site.place, context)) if topic in context.lexicon.words(n))


def named_in_file(path: str, topic: str, context: Context) -> str:
    """The same for the identifiers and short texts of a file."""
    module = context.view.modules.get(path)
    words = (word for word, _ in module.words) if module is not None else ()
    return _quoted(word for word in words if topic in context.lexicon.words(word))


def some(names: Iterable[str]) -> str:
    """Names in order, the first few written out and the others counted."""
    ordered = sorted(names)
    rest = len(ordered) - MOST_FIELDS
    return ", ".join(ordered[:MOST_FIELDS]) + (f" and {rest} more" if rest > 0 else "")


def _own(site: Site) -> Iterator[str]:
    for place in (site.place, *reversed(site.chain)):
        if place.scope:
            yield place.scope.rsplit(".", 1)[-1]
            yield place.scope
    *folders, name = site.place.path.split("/")
    yield name
    yield from folders


def _around(place: Place, context: Context) -> Iterator[str]:
    module = context.view.modules.get(place.path)
    start, end = context.view.span(place) if place.scope else (1, 1 << 31)
    for word, line in module.words if module is not None else ():
        if start <= line < end:
            yield word


def _quoted(names: Iterable[str]) -> str:
    found: dict[str, None] = {}
    for name in names:
        told = any(name in known or known in name for known in found)
        if len(name) <= LONGEST_QUOTE and "\n" not in name and not told:
            found[name] = None
        if len(found) == MOST_NAMES:
            break
    return f" ({', '.join(repr(name) for name in found)})" if found else ""
