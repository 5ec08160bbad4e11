"""Selectors of rules and paths: how configuration, suppressions and waivers name what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache


def names_rule(selector: str, rule: str) -> bool:
    """Whether a suppression's or waiver's selector means a rule: its id, or ``prefix/*``."""
    if selector.endswith("/*") and len(selector) > 2:
        return rule.startswith(selector[:-1])
    return selector == rule


def selected(rule: str, pattern: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether a rule is on under ``select`` and ``ignore``.

    A selector is ``ALL``, a rule id, a prefix of one that ends at a ``/``, ``-`` or ``.`` (``openai``, ``openai/*``),
    or a pattern id. Where both lists name a rule the longer selector decides, and ``ignore`` among equals.

    Args:
        rule: the rule's id.
        pattern: the usage pattern it judges.
        select: selectors of rules that are on; empty means all.
        ignore: selectors of rules that are off.
    """
    on = max((_weight(selector, rule, pattern) for selector in select), default=0) if select else 0
    off = max((_weight(selector, rule, pattern) for selector in ignore), default=-1)
    return on >= 0 and on > off


def selects(selector: str, rule: str) -> bool:
    """Whether a selector of ``select`` or ``ignore`` means a rule by its id or a prefix of it."""
    return _weight(selector, rule, "") >= 0


def _weight(selector: str, rule: str, pattern: str) -> int:
    """How exactly a selector names a rule; -1 when it does not."""
    if selector.upper() == "ALL" or selector == "*":
        return 0
    if selector in (rule, pattern):
        return len(rule)
    stem = selector[:-1] if selector.endswith("*") else selector
    stem = stem.rstrip("/")
    if stem and rule.startswith(stem) and rule[len(stem) :][:1] in ("/", "-", "."):
        return len(stem)
    return -1


def ignored_by_path(path: str, rule: str, pattern: str, per_path_ignores: Mapping[str, Sequence[str]]) -> bool:
    """Whether a per-path entry turns a rule off for a file."""
    return any(
        path_matches(path, glob) and any(_weight(selector, rule, pattern) >= 0 for selector in selectors)
        for glob, selectors in per_path_ignores.items()
    )


def path_matches(path: str, glob: str) -> bool:
    """Whether a path (relative, forward slashes) fits a glob.

    ``*`` and ``?`` stay inside a folder, ``**`` crosses folders; a glob without a slash fits a file of that name in any
    folder; a glob that names a folder means everything below it.
    """
    return _compiled(glob).match(path) is not None


def fits_any(path: str, globs: Iterable[str]) -> bool:
    """Whether a path fits one of several globs."""
    return any(path_matches(path, glob) for glob in globs)


@lru_cache(maxsize=1024)
def _compiled(glob: str) -> re.Pattern[str]:
    text = glob[2:] if glob.startswith("./") else glob
    anywhere = "/" not in text.rstrip("/")
    text = text.strip("/")
    pieces = []
    for part in re.split(r"(\*\*/|\*\*|\*|\?)", text):
        if part == "**/":
            pieces.append("(?:[^/]+/)*")
        elif part == "**":
            pieces.append(".*")
        elif part == "*":
            pieces.append("[^/]*")
        elif part == "?":
            pieces.append("[^/]")
        else:
            pieces.append(re.escape(part))
    head = "(?:.*/)?" if anywhere else ""
    return re.compile(f"{head}{''.join(pieces)}(?:/.*)?\\Z", re.DOTALL)
