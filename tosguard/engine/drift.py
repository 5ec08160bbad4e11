"""Live documents against the clauses the packs rest on: is each clause's anchor still there?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from tosguard.policy.model import Pack

_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "head"))
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d\u00ab\u00bb", '\'\'""""')
_NOT_WORD = re.compile(r"[^\w]+")

#: States of an anchor: there, gone, or not to be told since the document was not fetched.
FOUND, GONE, UNREAD = "found", "gone", "unread"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A clause's anchor looked up in its document. ``state`` is found, gone or unread."""

    provider: str
    clause: str
    document: str
    url: str
    anchor: str
    state: str


def file_name(url: str) -> str:
    """The name under which a document is kept: readable, and different for different URLs."""
    from hashlib import blake2b

    readable = re.sub(r"[^A-Za-z0-9]+", "-", url.partition("://")[2]).strip("-")[:80]
    return f"{readable}-{blake2b(url.encode(), digest_size=4).hexdigest()}.txt"


def urls_of(packs: Iterable[Pack]) -> tuple[tuple[str, str], ...]:
    """The documents to fetch, as (provider, URL), each once, in order."""
    found = {
        (pack.provider, held.clause.url): None
        for pack in packs
        for held in pack.clauses.values()
        if held.clause.url and held.clause.anchor
    }
    return tuple(sorted(found))


def look_up(packs: Iterable[Pack], directory: Path) -> tuple[Anchor, ...]:
    """Look for every anchor in the fetched documents.

    Args:
        packs: the packs in force.
        directory: where ``policy fetch`` put the documents.
    """
    words: dict[Path, str | None] = {}
    found = []
    for pack in packs:
        for clause_id, held in sorted(pack.clauses.items()):
            clause = held.clause
            if not (clause.anchor and clause.url):
                continue
            path = directory / pack.provider / file_name(clause.url)
            if path not in words:
                words[path] = normal(path.read_text(encoding="utf-8", errors="replace")) if path.is_file() else None
            text = words[path]
            state = UNREAD if text is None else FOUND if f" {normal(clause.anchor)} " in f" {text} " else GONE
            found.append(Anchor(pack.provider, clause_id, clause.document, clause.url, clause.anchor, state))
    return tuple(found)


def normal(text: str) -> str:
    """Words in lower case with single spaces: layout, quotation marks and dashes do not count."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return _NOT_WORD.sub(" ", _DASHES.sub("-", plain)).strip().lower()


def text_of_html(html: str) -> str:
    """The visible text of an HTML page, blocks on lines of their own."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).splitlines())
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag not in ("a", "b", "i", "em", "strong", "span", "u", "sup", "sub", "code", "abbr", "mark", "small"):
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        elif tag in ("p", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"):
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)
