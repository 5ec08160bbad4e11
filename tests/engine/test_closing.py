"""What is remembered of a project never shows: after any change a run says what one without a cache says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.two_programs import CHAT, MAKE, TRAIN
from tosguard.engine import manifest, parts
from tosguard.engine.reading import Reading
from tosguard.engine.request import Means, Project, Request, Terms
from tosguard.engine.run import run
from tosguard.flow.solver import focus
from tosguard.report import json as report_json

ASK = """import openai

client = openai.OpenAI()


def ask(question, model="gpt-4o"):
    return client.chat.completions.create(model=model, messages=[{"role": "user", "content": question}])
"""
OPTIONS = """import argparse

import anthropic

parser = argparse.ArgumentParser()
parser.add_argument("--model", default="claude-3-5-sonnet-latest")
model = parser.parse_args().model
anthropic.Anthropic().messages.create(model=model, max_tokens=9, messages=[{"role": "user", "content": "hello"}])
"""
STAR = "from gathered import *\n"

#: What each file may say; "" for a file that is not there. The first is how the project begins.
VARIANTS: Mapping[str, tuple[str, ...]] = {
    "tuning/make/ask.py": (ASK, ASK.replace("import openai", "import openai\nimport json"), "def ask(question): ...\n"),
    "tuning/make/make.py": (MAKE, f"{MAKE}\n# said\n", MAKE.replace("pairs_for_tuning", "pairs_for_nothing"), ""),
    "tuning/train/train.py": (TRAIN, TRAIN.replace("pairs_for_tuning", "pairs_of_others"), f"{TRAIN}print(1)\n"),
    "bot/chat.py": (
        CHAT,
        f"{CHAT}\nCHANGED = True\n",
        f"from tuning.make.ask import ask\n\nprint(ask('you'))\n{CHAT}",
        f"from shared.tools import told\n\ntold()\n{CHAT}",
        "print('hello')\n",
        "",
        f"{CHAT}def (:\n",
    ),
    "shared/tools.py": ("def told():\n    return 1\n", "", f"{ASK}\ndef told():\n    return ask('who')\n"),
    "star/user.py": (STAR + CHAT.replace("input()", "clean(input())"), CHAT, STAR),
    "star/gathered/__init__.py": ("from .one import *\nfrom .other import *\n", "from .one import *\n"),
    "star/gathered/one.py": ("def clean(text):\n    return text\n", "def dirty(text):\n    return text\n", ""),
    "star/gathered/other.py": ("def other(text):\n    return text\n", "def clean(text):\n    return text\n", "X = 2\n"),
    "other/plain.py": ("X = 1\n", "import make\n", "import chat\n\nchat.said\n", ""),
    "options/program.py": (OPTIONS, OPTIONS.replace("9", "99")),
    "options/run.sh": ("python program.py --model claude-3-opus-20240229\n", "python program.py\n", ""),
    "options/conf.yaml": ("", "model: claude-3-opus-20240229\n"),
    "ask.py": ("", "def ask(question): ...\n"),
    "README.md": ("A demonstration.\n", "Models are trained on the answers of others here.\n"),
}

states = st.lists(
    st.dictionaries(st.sampled_from(sorted(VARIANTS)), st.integers(0, 6), min_size=1, max_size=3),
    min_size=1,
    max_size=4,
)


class Seen:
    """The files that were closed over anew, and those that were read and lowered, or decoded, at all."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.closed: list[str] = []
        self.lowered: list[str] = []


@contextmanager
def watched(*, divided: bool = True) -> Iterator[Seen]:
    """What runs do meanwhile; files are believed to be unchanged however fresh they are."""
    seen = Seen()
    surfaces, lower = Reading.surfaces, Reading.lower

    def surfacing(reading: Reading, paths: Collection[str]) -> object:
        seen.closed += paths
        return surfaces(reading, paths)

    def lowering(reading: Reading, paths: Collection[str]) -> object:
        seen.lowered += [path for path in paths if path not in reading.sources]
        return lower(reading, paths)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest, "RACY_NS", -(10**12))
        patch.setattr(Reading, "surfaces", surfacing)
        patch.setattr(Reading, "lower", lowering)
        if divided:
            patch.setattr(parts, "ALONE", 1)
            patch.setattr(focus, "LARGE", 0)
        yield seen


def write(root: Path, state: Mapping[str, int]) -> None:
    for name, variants in VARIANTS.items():
        path, text = root / name, variants[state.get(name, 0) % len(variants)]
        path.parent.mkdir(parents=True, exist_ok=True)
        if not text:
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_text() != text:
            path.write_text(text)


def told(root: Path, cache: Path | None) -> str:
    return report_json.render(
        run(Request(Project(root), Terms("2026-01-01"), means=Means(cache=cache, provenance=False)))
    )


@settings(max_examples=6, deadline=None)
@given(states, st.booleans())
def test_after_any_changes_a_run_says_what_one_without_a_cache_says(
    changes: list[dict[str, int]], divided: bool
) -> None:
    with TemporaryDirectory() as folder, watched(divided=divided):
        root, cache = Path(folder, "project"), Path(folder, "cache")
        state: dict[str, int] = {}
        for change in ({}, *changes):
            state.update(change)
            write(root, state)
            assert told(root, cache) == told(root, None), state


@pytest.mark.parametrize(
    ("path", "number", "closed", "lowered"),
    [
        pytest.param("bot/chat.py", 1, [], ["bot/chat.py"], id="a script that nothing joins"),
        pytest.param("star/gathered/other.py", 2, [], [], id="a file that was asked for nothing it defines"),
        pytest.param("other/plain.py", 3, [], [], id="a file that nothing joins and names nothing goes"),
        pytest.param("shared/tools.py", 1, [], [], id="a file that nobody uses goes"),
        pytest.param("README.md", 1, [], None, id="what the project says of itself"),
        pytest.param("options/run.sh", 1, [], None, id="a text beside the code"),
        pytest.param(
            "star/gathered/one.py",
            1,
            ["star/gathered/__init__.py", "star/user.py"],
            ["star/gathered/__init__.py", "star/user.py"],
            id="a file of a closure defines no more what was taken of it",
        ),
        pytest.param(
            "star/gathered/other.py",
            1,
            ["star/gathered/__init__.py", "star/gathered/one.py", "star/gathered/other.py", "star/user.py"],
            ["star/gathered/__init__.py", "star/gathered/one.py", "star/gathered/other.py", "star/user.py"],
            id="a file defines now what was not found in it",
        ),
    ],
)
def test_a_change_costs_what_rests_on_it(
    path: str, number: int, closed: list[str], lowered: list[str] | None, tmp_path: Path
) -> None:
    root, cache = tmp_path / "project", tmp_path / "cache"
    write(root, {})
    with watched() as seen:
        told(root, cache)
        seen.forget()
        write(root, {path: number})
        again = told(root, cache)
        assert sorted(seen.closed) == closed
        if lowered is not None:
            assert sorted(set(seen.lowered)) == lowered
        assert again == told(root, None)
