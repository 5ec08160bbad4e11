"""What is measured: one suite for each goal, each giving rows of plain data."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.corpora import Plan, compose, count_lines, grow, sources
from bench.measuring import Measured, Sample, in_turn, measure

Rows = list[dict[str, Any]]
HERE = Path(__file__).parent

#: A script of 300 lines that calls a provider, and one that does not.
_BODY = "\n".join(
    f"def step_{number}(rows):\n    found = [row for row in rows if row['id'] != {number}]\n    return sorted(found)\n"
    for number in range(72)
)
_WITH = f"""import json

import openai

client = openai.OpenAI()


{_BODY}

def ask(question):
    answer = client.chat.completions.create(model="gpt-4o", messages=[{{"role": "user", "content": question}}])
    return answer.choices[0].message.content
"""
_WITHOUT = f"import json\n\n\n{_BODY}"


@dataclass(frozen=True)
class Bench:
    """How measuring is done."""

    plan: Plan
    work: Path
    peers: Path
    runs: int
    budget: float
    jobs: int
    limit: float

    def corpus(self, name: str) -> Path:
        """A tree of ``corpora.yaml``."""
        return compose(name, self.plan, self.work / "wheels", self.work / "trees")

    def cache(self, name: str) -> Path:
        """A cache directory of that name."""
        return self.work / "caches" / name

    def peer(self, name: str) -> str:
        """The command of another tool."""
        return str(self.peers / name)

    def turn(self, runs: dict[str, Callable[[], Sample]]) -> dict[str, Measured]:
        """Measure these in turn."""
        return in_turn(runs, self.runs, self.budget, lambda text: print(text, file=sys.stderr, flush=True))

    def tosguard(
        self,
        tree: Path,
        cache: str,
        *,
        cold: bool = False,
        jobs: int = 0,
        command: str = "audit",
        path: str = "",
    ) -> Sample:
        """One run of tosguard; ``cold`` empties the cache before it."""
        arguments = [sys.executable, "-m", "tosguard", command, *([path] if path else []), "--quiet"]
        arguments += ["--jobs", str(jobs or self.jobs)]
        environment = {"PYTHONPATH": str(HERE.parent), "TOSGUARD_CACHE_DIR": str(self.cache(cache))}
        # Compiled modules are kept, as they are for every user.
        environment["PYTHONDONTWRITEBYTECODE"] = ""
        if cold:
            shutil.rmtree(self.cache(cache), ignore_errors=True)
        return measure(arguments, tree, environment=environment, limit=self.limit)

    def ruff(self, tree: Path, *arguments: str) -> Sample:
        """One run of ruff."""
        return measure(
            [self.peer("ruff"), "check", "--isolated", "-q", "--exit-zero", *arguments, "."], tree, limit=self.limit
        )

    def bandit(self, tree: Path, *paths: str) -> Sample:
        """One run of bandit, on files or on the whole tree."""
        return measure([self.peer("bandit"), "-q", *(paths or ("-r", "."))], tree, limit=self.limit)

    def semgrep(self, tree: Path, path: str = ".") -> Sample:
        """One run of semgrep with two rules of our own and no network."""
        options = ["--metrics=off", "--disable-version-check", "--no-git-ignore", "-q", f"--jobs={self.jobs}"]
        command = [self.peer("semgrep"), "scan", *options, "--config", str(HERE / "semgrep.yaml"), path]
        return measure(command, tree, environment={"PATH": f"{self.peers}:/usr/bin:/bin"})

    def pylint(self, tree: Path, path: str) -> Sample:
        """One run of pylint."""
        return measure([self.peer("pylint"), "--exit-zero", "--score=n", "-j", str(self.jobs), path], tree)


def cold(bench: Bench) -> Rows:
    """The mixed tree without a cache, beside semgrep, bandit and ruff."""
    tree = bench.corpus("mixed")
    found = bench.turn(
        {
            "tosguard": lambda: bench.tosguard(tree, "cold", cold=True),
            "semgrep": lambda: bench.semgrep(tree),
            "bandit": lambda: bench.bandit(tree),
            "ruff --no-cache": lambda: bench.ruff(tree, "--no-cache"),
        }
    )
    return _rows(found, "mixed", tree)


def plain(bench: Bench) -> Rows:
    """The tree without providers and without a cache, beside ruff with its default rules."""
    tree = bench.corpus("plain")
    found = bench.turn(
        {
            "tosguard": lambda: bench.tosguard(tree, "plain", cold=True),
            "ruff --no-cache": lambda: bench.ruff(tree, "--no-cache"),
        }
    )
    return _rows(found, "plain", tree)


def warm(bench: Bench) -> Rows:
    """The mixed tree with a filled cache and nothing changed, beside ruff with its cache and the rules E9."""
    tree = bench.corpus("mixed")
    ruff_cache = ["--cache-dir", str(bench.cache("ruff")), "--select", "E9"]
    _fill(bench, tree)
    bench.ruff(tree, *ruff_cache)
    found = bench.turn(
        {
            "tosguard": lambda: bench.tosguard(tree, "warm"),
            "tosguard check": lambda: bench.tosguard(tree, "warm", command="check"),
            "ruff cached, E9": lambda: bench.ruff(tree, *ruff_cache),
        }
    )
    return _rows(found, "mixed", tree)


def commit(bench: Bench) -> Rows:
    """One changed file of 300 lines in the mixed tree with a filled cache, as a hook sees it."""
    tree = bench.corpus("mixed")
    rows: Rows = []
    for name, text in (("with a provider", _WITH), ("without a provider", _WITHOUT)):
        path = "changed_script.py"
        (tree / path).write_text(text, encoding="utf-8")
        _fill(bench, tree)
        counter = iter(range(1_000_000))

        def change(text: str = text, path: str = path, counter: Any = counter) -> Sample:
            (tree / path).write_text(f"{text}\n\nCHANGED = {next(counter)}\n", encoding="utf-8")
            return bench.tosguard(tree, "warm", command="check", path=path)

        runs: dict[str, Callable[[], Sample]] = {
            f"tosguard, {name}": change,
            f"bandit, {name}": lambda path=path: bench.bandit(tree, path),  # type: ignore[misc]
            f"semgrep, {name}": lambda path=path: bench.semgrep(tree, path),  # type: ignore[misc]
        }
        rows += _rows(bench.turn(runs), "mixed", tree)
        (tree / path).unlink()
    return rows


def fschat(bench: Bench) -> Rows:
    """A repository of FastChat's size without a cache and with one process; pylint beside it."""
    tree = bench.corpus("fschat")
    found = bench.turn(
        {
            "tosguard": lambda: bench.tosguard(tree, "fschat", cold=True, jobs=1),
            "pylint": lambda: bench.pylint(tree, "fschat/fastchat"),
        }
    )
    return _rows(found, "fschat", tree)


def growth(bench: Bench) -> Rows:
    """The growth series: all lines analysed, without a cache."""
    rows: Rows = []
    for lines in bench.plan.growth["lines"]:
        tree = grow(lines, bench.plan, bench.work / "wheels", bench.work / "trees")
        found = bench.turn(
            {
                "tosguard": lambda tree=tree: bench.tosguard(tree, "growth", cold=True),  # type: ignore[misc]
                "semgrep": lambda tree=tree: bench.semgrep(tree),  # type: ignore[misc]
            }
        )
        rows += _rows(found, f"growth-{lines}", tree)
    return rows


SUITES: dict[str, Callable[[Bench], Rows]] = {
    "plain": plain,
    "fschat": fschat,
    "cold": cold,
    "warm": warm,
    "commit": commit,
    "growth": growth,
}


def _fill(bench: Bench, tree: Path) -> None:
    """Run twice: a file that was just written is looked at again by the next run."""
    bench.tosguard(tree, "warm")
    bench.tosguard(tree, "warm")


def _rows(found: dict[str, Measured], name: str, tree: Path) -> Rows:
    lines = count_lines(sources(tree))
    return [
        {
            "tool": tool,
            "tree": name,
            "lines": lines,
            "wall": measured.wall,
            "cpu": measured.cpu,
            "largest": measured.largest,
            "together": measured.together,
            "runs": len(measured.samples),
            "codes": sorted({sample.code for sample in measured.samples}),
        }
        for tool, measured in found.items()
    ]
