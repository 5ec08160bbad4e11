"""Fingerprints: how a finding is known again in another commit.

A fingerprint is ``<code>.<place>.<ordinal>``:

``code``
    16 hex digits of a SHA-256 over the rule, the pattern, the provider, the dotted scope and the *normalised tokens* of
    the finding's span. Line numbers and the path are no part of it.
``place``
    8 hex digits of a SHA-256 over the file's path (the path the file had before a rename, where the caller knows it).
``ordinal``
    1, 2, … among findings of one file with equal ``code``, in the order they stand in.

Normalising drops comments, white space, line ends, round brackets and commas before a closing bracket, joins adjacent
strings, and takes quotes, string prefixes and numbers in one spelling: what a formatter changes does not count, what a
programmer changes does.

A recorded fingerprint (of a waiver or a baseline) is matched to the findings of a run in three rounds, each finding and
each record used once: equal fingerprints; equal code and place (an equal neighbour came or went), where the place may
be that of a file which git knows to be renamed; equal code (the code moved to another file). The last round is why a
copy of an accepted finding is new, as long as the original stands, while the accepted finding itself can move.

An ordinal cannot tell which of two equals came later. Where a change is looked at, its lines can: :func:`attributed`
gives the recorded ordinals to the equals that the change left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

from tosguard.findings.lexing import LineMap, tokens
from tosguard.policy.judgement import Judgement
from tosguard.usage.model import Location, Usage

_VERSION = "tosguard/v1"
_CLOSING = frozenset(")]}")


def normalised_tokens(code: str) -> tuple[str, ...]:
    """The tokens of a piece of code in one spelling (see the module's description)."""
    kept: list[str] = []
    string_open = False
    for token in tokens(code):
        if token.kind in ("comment", "newline") or token.text == "(":
            continue
        if token.text in _CLOSING and kept and kept[-1] == ",":
            kept.pop()
        if token.text == ")":
            string_open = False
            continue
        if token.kind == "string":
            text = _string(token.text)
            if string_open:
                kept[-1] += text
            else:
                kept.append(text)
            string_open = True
            continue
        string_open = False
        kept.append(token.text.lower().replace("_", "") if token.kind == "number" else token.text)
    return tuple(kept)


def _string(text: str) -> str:
    quote_at = min(position for position in (text.find('"'), text.find("'")) if position >= 0)
    prefix = "".join(sorted(text[:quote_at].lower().replace("u", "")))
    quote = text[quote_at] * 3 if text[quote_at : quote_at + 3] in ('"""', "'''") else text[quote_at]
    body = text[quote_at + len(quote) :]
    body = body[: -len(quote)] if body.endswith(quote) else body
    return prefix + body.replace("\\'", "'").replace('\\"', "'").replace('"', "'").replace("\r\n", "\n")


def fingerprints(
    subjects: Sequence[tuple[Judgement, Usage]],
    sources: Mapping[str, str],
    renames: Mapping[str, str] | None = None,
    folder: str = "",
) -> tuple[str, ...]:
    """The fingerprint of each judged usage.

    Args:
        subjects: judgements with the usages they judge, in any order; ordinals follow the places.
        sources: text by path (``path#cell`` for notebooks); a missing text only makes fingerprints coarser.
        renames: new path → path before the rename.
        folder: where the paths begin, seen from the folder that fingerprints are recorded in, so that a part of a
            project has the fingerprints it has in the whole.

    Returns:
        One fingerprint a subject, in the same order, no two equal.
    """
    spans = _Spans(sources)
    stems = []
    for judgement, usage in subjects:
        path = (renames or {}).get(usage.location.path, usage.location.path)
        place = place_digest(f"{folder}/{path}" if folder else path)
        code = (judgement.rule, usage.pattern, judgement.provider, usage.location.scope, *spans.tokens(usage.location))
        stems.append(f"{_digest(_VERSION, *code)[:16]}.{place}")
    ordinals: dict[str, int] = {}
    result = [""] * len(subjects)
    for index in sorted(range(len(subjects)), key=lambda i: _order(subjects[i])):
        ordinals[stems[index]] = ordinals.get(stems[index], 0) + 1
        result[index] = f"{stems[index]}.{ordinals[stems[index]]}"
    return tuple(result)


def place_digest(path: str) -> str:
    """The second part of a fingerprint in a file."""
    return _digest(path)[:8]


def match(
    current: Sequence[str],
    recorded: Iterable[str],
    *,
    before_renames: Sequence[str] | None = None,
    across_files: bool = True,
    settled: Collection[int] = (),
) -> dict[int, str]:
    """Which recorded fingerprint each current one is.

    Args:
        current: the fingerprints of this run's findings.
        recorded: fingerprints of a baseline or of waivers.
        before_renames: the fingerprints that the findings had before their files were renamed.
        across_files: whether code may have moved to another file; not to be had when only some files were analysed.
        settled: indices of findings that did not move, because another record knows them where they stand.

    Returns:
        Index into ``current`` → recorded fingerprint; each of both at most once.
    """
    matched: dict[int, str] = {}
    left = sorted(set(recorded))
    former = before_renames or current
    rounds = [(current, 3), (former, 3), (current, 2), (former, 2), *([(current, 1)] if across_files else [])]
    for prints, parts in rounds:
        waiting: dict[str, list[str]] = {}
        for record in left:
            waiting.setdefault(_stem(record, parts), []).append(record)
        for index, fingerprint in enumerate(prints):
            candidates = waiting.get(_stem(fingerprint, parts))
            if index not in matched and candidates and (parts > 1 or index not in settled):
                matched[index] = candidates.pop(0)
        used = set(matched.values())
        left = [record for record in left if record not in used]
    return matched


def attributed(current: Sequence[str], fresh: Collection[int], recorded: Iterable[str]) -> tuple[str, ...]:
    """The fingerprints to match by when some findings stand on changed lines.

    Args:
        current: the fingerprints of this run's findings, in the order of their places.
        fresh: indices of findings on changed lines.
        recorded: every fingerprint that a record knows.

    Returns:
        ``current``; among equals of one file of which fewer are recorded than stand there, the ordinals are dealt out
        anew, the recorded ones to those that are not fresh.
    """
    if not fresh:
        return tuple(current)
    records, result = set(recorded), list(current)
    equals: dict[str, list[int]] = {}
    for index, fingerprint in enumerate(current):
        equals.setdefault(_stem(fingerprint, 2), []).append(index)
    for indices in equals.values():
        prints = sorted((current[i] for i in indices), key=lambda p: (p not in records, _ordinal(p)))
        if prints[-1] in records:
            continue
        inherit = sorted(indices, key=lambda i: (i in fresh, _ordinal(current[i])))
        for index, fingerprint in zip(inherit, prints, strict=True):
            result[index] = fingerprint
    return tuple(result)


def _ordinal(fingerprint: str) -> int:
    return int(fingerprint.rsplit(".", 1)[-1])


def _stem(fingerprint: str, parts: int) -> str:
    return ".".join(fingerprint.split(".")[:parts])


def _order(subject: tuple[Judgement, Usage]) -> tuple[str, int, int, int, str, str]:
    judgement, usage = subject
    location = usage.location
    return location.path, location.cell or 0, location.line, location.column, usage.id, judgement.rule


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class _Spans:
    """Normalised tokens of locations; a file's line map is made once."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._maps: dict[str, LineMap] = {}

    def tokens(self, location: Location) -> tuple[str, ...]:
        key = location.path if location.cell is None else f"{location.path}#{location.cell}"
        source = self._sources.get(key)
        if source is None:
            return ()
        if key not in self._maps:
            self._maps[key] = LineMap(source)
        lines = self._maps[key]
        start = lines.offset(location.line, location.column)
        return normalised_tokens(source[start : lines.offset(location.end_line, location.end_column)])
