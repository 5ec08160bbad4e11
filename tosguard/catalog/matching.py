"""Matching of model ids, hosts and URL paths against the patterns of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tosguard.catalog.model import Endpoint, Host, ModelId

_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/@]*@)?([^/?#]*)([^?#]*)", re.IGNORECASE)
_MODEL = "{model}"
_HOLE = re.compile(r"\*|\{model\}")
_BARE = re.compile(r"()([^/?#]*)([^?#]*)")


def glob(pattern: str) -> re.Pattern[str]:
    """A case-insensitive pattern in which ``*`` stands for any text."""
    return re.compile(".*".join(re.escape(part) for part in pattern.split("*")), re.IGNORECASE | re.DOTALL)


def split_url(url_or_host: str) -> tuple[str, str]:
    """Host (lower case, without port) and path of a URL or of a bare host with an optional path."""
    text = url_or_host.strip()
    match = _URL.match(text)
    if match is not None:
        host, path = match.group(1), match.group(2)
    else:
        bare = _BARE.match(text)
        host, path = (bare.group(2), bare.group(3)) if bare is not None else ("", "")
    host = host.lower()
    if not host.startswith("["):
        host = host.split(":", 1)[0]
    return host.rstrip("."), path


class EndpointIndex:
    """Endpoints by the end of their path, those of a known host first, then those of the longest path."""

    def __init__(self, endpoints: Sequence[Endpoint]) -> None:
        ordered = sorted(endpoints, key=lambda endpoint: (not endpoint.host, -len(endpoint.path)))
        self._rows = [(endpoint, _HOLE.split(endpoint.path)[-1].rstrip("/")) for endpoint in ordered]
        self._found: dict[str, Endpoint | None] = {}

    def find(self, url: str) -> Endpoint | None:
        """What a request to this URL means."""
        if url not in self._found:
            host, path = split_url(url)
            end = path.rstrip("/\n")
            likely = (endpoint for endpoint, last in self._rows if end.endswith(last.removeprefix("/")))
            self._found[url] = next((e for e in likely if _ends_with(host, path, e)), None)
        return self._found[url]


def _ends_with(host: str, path: str, endpoint: Endpoint) -> bool:
    """Whether a URL's path ends with an endpoint's (``*`` for text without a slash) on a host that fits."""
    if endpoint.host and glob(endpoint.host).fullmatch(host) is None:
        return False
    return _ending(endpoint.path).search(path) is not None


def model_in(url: str, endpoint: Endpoint) -> str:
    """The model that a URL names where its endpoint's path says ``{model}``, pieces joined by slashes, or ""."""
    found = _ending(endpoint.path).search(split_url(url)[1].rstrip("\n"))
    return "/".join(found.groups()) if found is not None else ""


@cache
def _ending(path: str) -> re.Pattern[str]:
    """A pattern of the paths that end with an endpoint's."""
    holes = iter(_HOLE.findall(path))
    pieces = [re.escape(part) + ("([^/]+?)" if next(holes, "") == _MODEL else "[^/]*") for part in _HOLE.split(path)]
    tail = "".join(pieces).removesuffix("[^/]*").removeprefix("/")
    return re.compile(rf"(?:^|/){tail}/?$")


class Glob:
    """What ``glob`` means, without a pattern to be made: there are hundreds, of which a run asks few.

    Args:
        pattern: lower case.
    """

    __slots__ = ("_first", "_last", "_least", "_middle")

    def __init__(self, pattern: str) -> None:
        self._first, *self._middle, self._last = pattern.split("*")
        self._least = len(pattern) - pattern.count("*")

    def matches(self, text: str) -> bool:
        """Whether the whole of a text, lower case, is meant."""
        if len(text) < self._least or not text.startswith(self._first) or not text.endswith(self._last):
            return False
        at, end = len(self._first), len(text) - len(self._last)
        for part in self._middle:
            found = text.find(part, at, end)
            if found < 0:
                return False
            at = found + len(part)
        return True


class ModelIndex:
    """Model-id patterns, longest first."""

    def __init__(self, models: Sequence[ModelId]) -> None:
        ordered = sorted(models, key=lambda model: (-len(model.pattern), model.pattern))
        self._exact = {model.pattern: model for model in reversed(ordered) if "*" not in model.pattern}
        self._globs = [(Glob(model.pattern.lower()), model) for model in ordered if "*" in model.pattern]
        self._found: dict[str, ModelId | None] = {}

    def find(self, model_id: str) -> ModelId | None:
        """The longest pattern that matches the id, or what is left of it after leading ``prefix/`` parts."""
        key = model_id.strip().lower()
        if key not in self._found:
            self._found[key] = next((found for text in _tails(key) if (found := self._match(text)) is not None), None)
        return self._found[key]

    def _match(self, text: str) -> ModelId | None:
        exact = self._exact.get(text)
        if exact is not None:
            return exact
        return next((model for pattern, model in self._globs if pattern.matches(text)), None)


def _tails(text: str) -> Iterator[str]:
    """The id itself, then what follows each ``/`` or ``:`` in turn."""
    yield text
    for match in re.finditer(r"[/:]+", text):
        if match.end() < len(text):
            yield text[match.end() :]


#: How a hole stands in the text of a template.
HOLE = "{}"


class HostIndex:
    """Host patterns, those with the longest path first, then exact ones, then the longest."""

    def __init__(self, hosts: Sequence[Host]) -> None:
        rows = [(*_split_pattern(host.pattern), host) for host in hosts]
        rows.sort(key=lambda row: (-len(row[1]), "*" in row[0], -len(row[0]), row[0]))
        self._rows = [(glob(name), _beginning(path), host) for name, path, host in rows]

    def find(self, url_or_host: str) -> Host | None:
        """The most specific host that matches. A hole right behind a name stands for the path that is put there."""
        name, path = split_url(url_or_host)
        name = name.removesuffix(HOLE)
        if not name:
            return None
        for pattern, prefix, host in self._rows:
            if pattern.fullmatch(name) and (prefix is None or prefix.match(path)):
                return host
        return None


def _split_pattern(pattern: str) -> tuple[str, str]:
    name, slash, path = pattern.partition("/")
    return name, slash + path


def _beginning(prefix: str) -> re.Pattern[str] | None:
    """A pattern of the paths that are ``prefix`` or lie below it (``*`` for one piece), or None for any path."""
    bare = prefix.rstrip("/")
    return re.compile("[^/]+".join(map(re.escape, bare.split("*"))) + "(?:/|$)") if bare else None
