"""Parts of a project: what is joined by anything stays together, and what each says is what the whole says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.engine.two_programs import CHAT, MAKE, TRAIN
from tosguard.engine import analysis, parts
from tosguard.engine.closure import Closure
from tosguard.engine.filenames import FileNames, file_names
from tosguard.engine.imports import ImportGraph, imports_of
from tosguard.engine.joints import Joints
from tosguard.engine.outline import sets_in
from tosguard.engine.parts import Holders, joined_groups, parts_of, sharing_sets
from tosguard.engine.reading import Reading
from tosguard.engine.request import Means, Project, Request, Terms
from tosguard.engine.run import run
from tosguard.flow.solver import focus
from tosguard.report.model import Report

ASK = """import openai

client = openai.OpenAI()


def ask(question):
    return client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
"""
FILES = {
    "tuning/make/ask.py": ASK,
    "tuning/make/make.py": MAKE,
    "tuning/train/train.py": TRAIN,
    "bot/chat.py": CHAT,
    "bot/run.sh": "OPENAI_MODEL=gpt-4o-mini python chat.py\n",
}


def split(
    files: Mapping[str, str], lines: Mapping[str, int] | None = None, helpers: frozenset[str] = frozenset()
) -> list[tuple[str, ...]]:
    graph = ImportGraph({path: imports_of(text.encode()) for path, text in files.items()})
    names = FileNames({path: file_names(text.encode()) for path, text in files.items()})
    closure = Closure(tuple(sorted(files)), helpers)
    kin = sharing_sets((path, sets_in(text)) for path, text in sorted(files.items()))
    groups = joined_groups(closure.paths, Joints(graph, names), kin)
    found = parts_of(closure, lines or dict.fromkeys(files, 20_000), groups)
    assert sorted(path for part in found for path in part.paths) == sorted(files)
    assert {path for part in found for path in part.helpers} == helpers
    return [part.paths for part in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a/x.py": "from b.y import z\n"}, {"b/y.py": "z = 1\n"}),
        ({"a/x.py": ""}, {"a/y.py": ""}),
        ({"a/x.py": "open('answers_kept.jsonl')\n"}, {"b/y.py": "open('answers_kept.jsonl', 'w')\n"}),
        ({"a/x.py": "d.push_to_hub('me/answers')\n"}, {"b/y.py": "S = 'me/answers'\nload_dataset(S)\n"}),
        ({"a/x.py": "d.save_to_disk('kept')\n"}, {"b/y.py": "load_from_disk('kept')\n"}),
    ],
    ids=["an import", "a folder", "a data file", "a data set on a hub", "a data set on disk"],
)
def test_files_stay_together_that_anything_joins(one: Mapping[str, str], other: Mapping[str, str]) -> None:
    assert len(split({**one, **other, "c/z.py": ""})) == 2


def test_files_of_nothing_in_common_are_parts() -> None:
    assert split({"a/x.py": "import json\n", "b/y.py": "import json\n"}) == [("a/x.py",), ("b/y.py",)]


def test_small_groups_join_what_is_near() -> None:
    files = dict.fromkeys(("a/big/x.py", "a/small/y.py", "b/p/u.py", "b/q/v.py", "w.py"), "")
    lines = {**dict.fromkeys(files, 10), "a/big/x.py": 20_000}
    assert split(files, lines) == [("a/big/x.py", "a/small/y.py"), ("b/p/u.py", "b/q/v.py"), ("w.py",)]


def test_helpers_stay_helpers() -> None:
    split({"a/x.py": "", "b/y.py": ""}, helpers=frozenset({"b/y.py"}))


def test_what_stands_beside_the_code_belongs_to_the_nearest_part() -> None:
    small, large = "small", "large"
    lines = {"a/x.py": 10, "c/z.py": 10, "b/y.py": 1_000}
    places = {"a/run.sh": small, "a/deep/down/run.sh": small, "b/run.sh": large, "d/run.sh": large, "run.sh": large}
    holders = Holders(((small, ("a/x.py", "c/z.py")), (large, ("b/y.py",))), lines)
    assert {path: holders.around(path) for path in places} == places


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / "project" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "project" / name).write_text(text)
    monkeypatch.setattr(parts, "ALONE", 1)
    return tmp_path / "project"


def told(project: Path, cache: Path | None = None, jobs: int = 1) -> Report:
    means = Means(cache=cache, jobs=jobs, provenance=False)
    return run(Request(Project(project), Terms("2026-01-01"), means=means))


def test_parts_say_what_the_whole_says(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = told(project)
    monkeypatch.setattr(focus, "LARGE", 0)
    divided = told(project)
    assert {u.pattern for u in whole.usages} == {"training-on-output", "ordinary-use"}
    assert (divided.usages, divided.mentions) == (whole.usages, whole.mentions)
    assert told(project, jobs=2) == divided
    assert told(project, tmp_path / "cache", jobs=2) == divided
    assert told(project, tmp_path / "cache") == divided


def test_a_change_leaves_what_is_known_of_other_parts(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(focus, "LARGE", 0)
    solved: list[tuple[str, ...]] = []
    solve = analysis._solve

    def watched(reading: Reading, closure: Closure, *, is_part: bool) -> object:
        solved.append(closure.paths)
        return solve(reading, closure, is_part=is_part)

    monkeypatch.setattr(analysis, "_solve", watched)
    told(project, tmp_path / "cache")
    assert sorted(solved) == [("bot/chat.py",), ("tuning/make/ask.py", "tuning/make/make.py", "tuning/train/train.py")]
    solved.clear()
    (project / "bot/chat.py").write_text(f"{CHAT}\n# changed\n")
    again = told(project, tmp_path / "cache")
    assert solved == [("bot/chat.py",)]
    assert again == told(project)
