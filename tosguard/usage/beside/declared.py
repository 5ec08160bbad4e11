"""Libraries that a project declares it needs: requirements files, project metadata, Pipfiles, conda environments,
setup programs.

A declaration is no use, but an inventory names it, and a library that drives a consumer app is worth counsel's eye even
where no call of it was found.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from tosguard.catalog.catalogue import Catalogue
from tosguard.catalog.model import Topic
from tosguard.flow.facts import CallFact, Place
from tosguard.usage.beside.documents import parsed
from tosguard.usage.beside.manifests import DOCUMENTS, PROGRAMS, REQUIREMENTS, SETTINGS
from tosguard.usage.beside.texts import TextFile
from tosguard.usage.evidence import WEAK, Clue, Dossier
from tosguard.usage.model import Confidence, Step, Usage
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.providers import UNKNOWN, Route
from tosguard.usage.telling import merging
from tosguard.usage.telling.candidate import Candidate

#: The pattern under which an inventory lists what is declared; no rule speaks of it.
DECLARED = "declared"

#: The role of calls that drive a consumer app.
UNOFFICIAL = "unofficial"

#: Topics of these kinds are declared by everybody and say nothing.
COMMON_KINDS = frozenset({"library"})

#: Where documents list requirements as texts, and where as keys; ``*`` stands for any key.
LISTS = (
    "project.dependencies",
    "project.optional-dependencies.*",
    "dependency-groups.*",
    "build-system.requires",
    "tool.uv.dev-dependencies",
    "tool.pdm.dev-dependencies.*",
    "tool.hatch.envs.*.dependencies",
    "dependencies",
)
TABLES = (
    "tool.poetry.dependencies",
    "tool.poetry.dev-dependencies",
    "tool.poetry.group.*.dependencies",
    "packages",
    "dev-packages",
)

#: Arguments of a setup program that list requirements.
GIVEN_TO_SETUP = ("install_requires", "extras_require", "tests_require", "setup_requires")

_NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
_EGG = re.compile(r"#egg=([A-Za-z0-9][A-Za-z0-9._-]*)")
_REPOSITORY = re.compile(r"/([A-Za-z0-9._-]+?)(?:\.git)?(?:@[^/#]*)?(?:#.*)?$")
_SEPARATORS = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True)
class Declared:
    """A distribution that the catalogue knows, in a file that declares it."""

    path: str
    line: int
    package: str
    topic: Topic

    @property
    def route(self) -> str:
        """The route that the distribution leads to, or ""."""
        return self.topic.routes.get(self.package, "") or self.topic.provider


def declared(texts: Iterable[TextFile], catalogue: Catalogue) -> tuple[Declared, ...]:
    """The known distributions that these files declare, each once a file, in order."""
    topics = _topics(catalogue)
    found: dict[tuple[str, str], Declared] = {}
    for text in texts:
        for name, line in _requirements(text):
            package, topic = topics.get(_plain(name), ("", None))
            if topic is not None:
                found.setdefault((text.path, package), Declared(text.path, line, package, topic))
    return tuple(found.values())


def candidates(texts: Iterable[TextFile], lexicon: Lexicon, calls: Iterable[CallFact]) -> Iterator[Candidate]:
    """Unofficial clients that are declared but never called.

    Args:
        texts: the project's files.
        lexicon: the catalogue's look-ups.
        calls: the project's library calls.
    """
    unofficial = {e.topic for e in lexicon.catalogue.entries.values() if e.role == UNOFFICIAL}
    called = {(c.symbol, c.entry.topic, c.entry.provider) for c in calls if c.entry.topic in unofficial}
    for one in declared(texts, lexicon.catalogue) if unofficial else ():
        if one.topic.name not in unofficial or any(_gives(one, *call) for call in called):
            continue
        said = f"{one.package} is declared as a dependency; no call of it was found"
        place = Place(one.path, one.line, 1, one.line, 1)
        vendors = (v,) if (v := lexicon.vendor(one.route)) else ()
        yield Candidate(
            "unofficial-access",
            Confidence.LOW,
            place,
            Route((one.route or UNKNOWN,), (), vendors),
            Dossier([Clue("unofficial-declared", said, place, WEAK)]),
            steps=(Step("source", one.path, one.line, 1, said),),
            attributes={"sdk": {one.package}},
        )


def confirmed(found: Iterable[Candidate], texts: Iterable[TextFile], lexicon: Lexicon) -> Iterator[Candidate]:
    """The candidates, those of an unofficial client with its declaration as further evidence.

    Args:
        found: what the classification found.
        texts: the project's files.
        lexicon: the catalogue's look-ups.
    """
    listed: tuple[Declared, ...] | None = None
    for candidate in found:
        entry = lexicon.catalogue.entry(candidate.symbol) if candidate.symbol else None
        if entry is not None and entry.role == UNOFFICIAL:
            listed = declared(texts, lexicon.catalogue) if listed is None else listed
            for one in listed:
                if _gives(one, candidate.symbol, entry.topic, entry.provider):
                    place = Place(one.path, one.line, 1, one.line, 1)
                    said = f"{one.package} is declared as a dependency"
                    candidate.dossier.add(Clue("unofficial-declared", said, place, WEAK))
        yield candidate


def _gives(one: Declared, symbol: str, topic: str, provider: str) -> bool:
    """Whether a distribution is where a symbol comes from: its module has that name, or leads to the same route."""
    if one.topic.name != topic:
        return False
    return _plain(symbol.partition(".")[0]) == _plain(one.package) or one.route == provider


def mentions(texts: Iterable[TextFile], catalogue: Catalogue) -> Iterator[Usage]:
    """The declarations of SDKs, wrappers, platforms' clients, trainers and evaluation tools, for the inventory."""
    for one in declared(texts, catalogue):
        if one.topic.kind in COMMON_KINDS:
            continue
        yield Usage(
            merging.identity(DECLARED, one.path, one.package),
            DECLARED,
            (one.route,) if one.route else (),
            (),
            Confidence.LOW,
            merging.location(Place(one.path, one.line, 1, one.line, 1)),
            attributes=(("kind", (one.topic.kind,)), ("sdk", (one.package,))),
        )


def _topics(catalogue: Catalogue) -> dict[str, tuple[str, Topic]]:
    return {_plain(p): (p, topic) for topic in reversed(catalogue.topics) for p in topic.packages}


def _plain(name: str) -> str:
    return _SEPARATORS.sub("-", name).lower()


def _requirements(text: TextFile) -> Iterator[tuple[str, int]]:
    """The names that a file declares, each with its line."""
    name = text.path.rsplit("/", 1)[-1].lower()
    if any(fnmatchcase(name, pattern) for pattern in REQUIREMENTS):
        for number, line in enumerate(text.text.splitlines(), 1):
            if required := _required(line):
                yield required, number
    elif any(fnmatchcase(name, pattern) for pattern in DOCUMENTS):
        lines = text.text.splitlines()
        for required in dict.fromkeys(_in_document(parsed(name, text.text))):
            yield required, _line_of(required, lines)
    elif name in SETTINGS:
        yield from _in_settings(text.text)
    elif name in PROGRAMS:
        yield from _in_program(text.text)


def _required(line: str) -> str:
    """The distribution that a line or text of requirements names, or ""."""
    bare = line.strip()
    if bare.startswith("#") or not bare:
        return ""
    if "://" in bare and "@" not in bare.partition("://")[0].rstrip("+githsv "):
        found = _EGG.search(bare) or _REPOSITORY.search(bare)
        return found.group(1) if found is not None else ""
    if bare.startswith("-"):
        return ""
    named = _NAME.match(bare)
    return named.group(1) if named is not None else ""


def _in_document(document: Any) -> Iterator[str]:
    if not isinstance(document, Mapping):
        return
    for path in LISTS:
        for items in _nodes(document, path.split(".")):
            yield from _in_list(items)
    for path in TABLES:
        for table in _nodes(document, path.split(".")):
            yield from (str(key) for key in table) if isinstance(table, Mapping) else ()


def _in_list(items: Any) -> Iterator[str]:
    for item in items if isinstance(items, list) else ():
        if isinstance(item, str) and (required := _required(item)):
            yield required
        elif isinstance(item, Mapping):  # conda: the list of what pip installs
            for inner in item.values():
                yield from (
                    (r for i in inner if isinstance(i, str) and (r := _required(i))) if isinstance(inner, list) else ()
                )


def _nodes(node: Any, pieces: list[str]) -> Iterator[Any]:
    if not pieces:
        yield node
    elif isinstance(node, Mapping):
        for key in node if pieces[0] == "*" else (pieces[0],):
            if key in node:
                yield from _nodes(node[key], pieces[1:])


def _in_settings(text: str) -> Iterator[tuple[str, int]]:
    """Requirements in an INI file: the values of ``install_requires`` and of the extras' section."""
    section, key = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("["):
            section, key = line.strip("[] \t"), ""
            continue
        value = line
        if line[:1].strip() and "=" in line:
            key, _, value = (part.strip() for part in line.partition("="))
        needed = (section == "options" and key == "install_requires") or section == "options.extras_require"
        if needed and (required := _required(value)):
            yield required, number


def _in_program(text: str) -> Iterator[tuple[str, int]]:
    """Requirements in a setup program: the texts in the lists given to it, or in those of the names given to it."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    named = {
        target.id: statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    for statement in tree.body:
        call = statement.value if isinstance(statement, ast.Expr) else None
        for keyword in call.keywords if isinstance(call, ast.Call) else ():
            if keyword.arg in GIVEN_TO_SETUP:
                value = named.get(keyword.value.id) if isinstance(keyword.value, ast.Name) else keyword.value
                yield from _in_literal(value)


def _in_literal(value: ast.expr | None) -> Iterator[tuple[str, int]]:
    """The names required by the texts of a literal list, or by the lists of a literal dictionary."""
    inner = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", ())
    for item in inner:
        if isinstance(value, ast.Dict):
            yield from _in_literal(item)
        elif isinstance(item, ast.Constant) and isinstance(item.value, str) and (required := _required(item.value)):
            yield required, item.lineno


def _line_of(name: str, lines: list[str]) -> int:
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE)
    return next((n for n, line in enumerate(lines, 1) if pattern.search(line.partition("#")[0])), 1)
