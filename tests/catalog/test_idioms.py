"""The programs under ``fixtures/idioms``: how each SDK, wrapper and service is used, and what must be seen of it.

A file holds many programs, each behind a line ``# %% name`` (``# %% name [run.sh]`` for what is not Python). Comments,
which the analysis does not get to see, say what must be found: ``# of: SDK via PROVIDER`` of the whole file (before the
first program) or of one program, ``# does: ROLE MODEL… via PROVIDER`` of the call on the same line, ``# is: PATTERN``
and ``# data: SET`` of the program. Nothing beyond what they say may be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tosguard.engine.analysis import analyse, solve_tree
from tosguard.engine.files import build_tree
from tosguard.engine.knowledge import Knowledge
from tosguard.engine.request import Means, Project, Unwatched
from tosguard.store import Store
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.sites.requests import interpreted

ROOT = Path(__file__).parents[2] / "fixtures" / "idioms"
HEAD = re.compile(r"^# %% (?P<name>[^\[\n]+?)(?: \[(?P<file>.+)\])?\n", re.MULTILINE)
SAID = re.compile(r" *# (?P<kind>of|does|is|data): (?P<words>[^#\n]*)")
STORE = Store(None)


@dataclass(frozen=True)
class Idiom:
    """A program and what must be seen of it: the library, the routes, ``(line, role)``, and the rest by name."""

    name: str
    file: str
    text: str
    sdk: str
    routes: frozenset[str]
    does: frozenset[tuple[int, str]]
    models: frozenset[str]
    patterns: frozenset[str]
    data: frozenset[str]


def idioms() -> Iterator[Idiom]:
    for path in sorted(ROOT.iterdir()):
        head, *parts = HEAD.split(path.read_text(encoding="utf-8"))
        for name, file, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            yield read_idiom(f"{path.stem}: {name}", file or "program.py", text, head)


def read_idiom(name: str, file: str, text: str, head: str) -> Idiom:
    lines = text.splitlines()
    said = [(i, m["kind"], m["words"].split()) for i, line in enumerate(lines, 1) for m in SAID.finditer(line)]
    of = next((words for _, kind, words in said if kind == "of"), [])
    of = of or next((m["words"].split() for m in SAID.finditer(head) if m["kind"] == "of"), [])
    library, routes = divided(of)
    does = [(line, *divided(words)) for line, kind, words in said if kind == "does"]
    named = [set(via) for *_, via in does if via]
    silent = not does or any(not via for *_, via in does)
    return Idiom(
        name,
        file,
        "\n".join(SAID.sub("", line) for line in lines),
        " ".join(library),
        frozenset().union(*named, routes if silent else ()),
        frozenset((line, words[0]) for line, words, _ in does if words[0] != "-"),
        frozenset(model for _, words, _ in does for model in words[1:]),
        frozenset(words[0] for _, kind, words in said if kind == "is"),
        frozenset(word for _, kind, words in said if kind == "data" for word in words),
    )


def divided(words: list[str]) -> tuple[list[str], list[str]]:
    """What stands before ``via``, and after it."""
    at = words.index("via") if "via" in words else len(words)
    return words[:at], words[at + 1 :]


@cache
def knowledge() -> Knowledge:
    return Knowledge((), STORE)


@pytest.mark.parametrize("idiom", tuple(idioms()), ids=lambda idiom: idiom.name)
def test_an_idiom_is_seen_for_what_it_does(idiom: Idiom, tmp_path: Path) -> None:
    (tmp_path / idiom.file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / idiom.file).write_text(idiom.text, encoding="utf-8")
    tree = build_tree(Project(tmp_path), knowledge(), STORE, Unwatched())
    analysis = analyse(tree, knowledge(), STORE, Means(), Unwatched())
    solution, _ = solve_tree(tree, knowledge(), STORE, Means(), Unwatched(), everything=False)
    calls = interpreted(solution, Lexicon(knowledge().catalogue)).calls
    seen = (*analysis.usages, *analysis.mentions)
    assert not analysis.errors
    assert idiom.does <= {(call.place.line, call.entry.role) for call in calls if not call.unmodelled}
    assert {provider for usage in seen for provider in usage.providers or ("unknown",)} - {"unknown"} == idiom.routes
    assert {model for usage in seen for model in usage.models} == idiom.models
    assert idiom.sdk in {"", *(sdk for usage in seen for sdk in usage.attribute("sdk"))}
    assert {usage.pattern for usage in analysis.usages} - {"ordinary-use"} == idiom.patterns
    assert idiom.data <= {name for usage in seen for name in usage.attribute("datasets")}
