"""The commands on a small project, as a user calls them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tosguard.cli.main import main

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    shutil.copytree(DEMO, root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path / "cache"))
    return root


@pytest.fixture
def tosguard(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def commit(root: Path) -> None:
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(root)]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run([*git, *arguments], check=True)


def fingerprint(tosguard: Run) -> str:
    return str(json.loads(tosguard("audit", "--format", "json")[1])["findings"][0]["fingerprint"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["check"], 1, id="check finds"),
        pytest.param(["check", "provider.py"], 1, id="check reports what touches a step"),
        pytest.param(["check", "summarise.py"], 0, id="check is silent on what touches nothing"),
        pytest.param(["check", "--fail-on", "never"], 0, id="no gate"),
        pytest.param(["check", "--ignore", "openai/*"], 0, id="a rule that is off"),
        pytest.param(["check", "--select", "anthropic/*"], 0, id="only other rules"),
        pytest.param(["audit"], 0, id="audit has no gate"),
        pytest.param(["audit", "--fail-on", "error"], 1, id="unless it is given one"),
        pytest.param(["audit", "--fail-on", "error", "--as-of", "2015-01-01"], 0, id="before there were terms"),
        pytest.param(["check", "--diff-base", "main"], 2, id="no repository to compare in"),
    ],
)
def test_exit_codes(tosguard: Run, arguments: list[str], code: int) -> None:
    assert tosguard(*arguments)[0] == code


def test_what_could_not_be_parsed_is_code_3_and_the_rest_is_reported(project: Path, tosguard: Run) -> None:
    (project / "broken.py").write_text("import openai\ndef f(:\n")
    code, out, _ = tosguard("audit", "--format", "json")
    assert code == 3
    report = json.loads(out)
    assert [error["path"] for error in report["errors"]] == ["broken.py"]
    assert report["findings"]
    assert tosguard("check")[0] == 1
    assert tosguard("check", "summarise.py")[0] == 0


def test_changed_lines_decide_what_is_new(project: Path, tosguard: Run) -> None:
    commit(project)
    assert tosguard("check", "--diff-base", "HEAD")[0] == 0
    text = (project / "provider.py").read_text()
    (project / "provider.py").write_text(text.replace("answer = client", "answer  = client"))
    assert tosguard("check", "--diff-base", "HEAD")[0] == 1
    assert tosguard("check", "--staged")[0] == 0


def test_files_are_written_by_suffix_and_stdout_is_left_alone(project: Path, tosguard: Run) -> None:
    names = ["r.json", "r.sarif", "r.html", "r.md", "r.csv", "r.xml", "gl-code-quality-report.json", "bom.cdx.json"]
    code, out, err = tosguard("audit", *(part for name in names for part in ("-o", name)))
    assert (code, out) == (0, "")
    assert err.count("wrote ") == len(names)
    assert json.loads((project / "r.json").read_text())["schema_version"] == 1
    assert json.loads((project / "r.sarif").read_text())["version"] == "2.1.0"
    assert json.loads((project / "bom.cdx.json").read_text())["bomFormat"] == "CycloneDX"
    assert isinstance(json.loads((project / "gl-code-quality-report.json").read_text()), list)
    assert not [path for path in project.iterdir() if path.name.startswith(".r")]


def test_a_file_that_cannot_be_written_is_said(tosguard: Run) -> None:
    code, _, err = tosguard("audit", "-o", "nowhere/r.json")
    assert code == 2
    assert "nowhere/r.json" in err


def test_two_runs_print_the_same(tosguard: Run) -> None:
    runs = [tosguard("audit", "-f", "json")[1] for _ in range(2)] + [tosguard("audit", "-f", "json", "--no-cache")[1]]
    assert len(set(runs)) == 1


def test_timings_go_to_stderr(tosguard: Run) -> None:
    _, out, err = tosguard("audit", "--timings", "-f", "json")
    json.loads(out)
    assert "total" in err


def test_a_baseline_hides_what_exists_and_nothing_new(project: Path, tosguard: Run) -> None:
    assert tosguard("baseline", "create")[0] == 0
    assert tosguard("check")[0] == 0
    assert tosguard("baseline", "create")[0] == 2
    (project / "again.py").write_text((project / "collect.py").read_text())
    assert tosguard("check")[0] == 1
    assert tosguard("baseline", "update")[0] == 0
    assert tosguard("check")[0] == 0
    (project / "again.py").unlink()
    assert "1 finding recorded, 2 before" in tosguard("baseline", "prune")[2]


def test_a_waiver_records_who_and_until_when(project: Path, tosguard: Run) -> None:
    found = fingerprint(tosguard)
    assert tosguard("waive", found, "--reason", "licensed")[0] == 2
    code, _, _ = tosguard("waive", found[:12], "--reason", "licensed", "--approved-by", "GC", "--expires", "2099-01-01")
    assert code == 0
    assert "approved_by: GC" in (project / "tosguard-waivers.yaml").read_text()
    assert tosguard("check")[0] == 0
    assert tosguard("waive", "ffffffff", "--reason", "x", "--approved-by", "y")[0] == 2


def test_an_inline_waiver_is_one_line_more(project: Path, tosguard: Run) -> None:
    before = (project / "collect.py").read_text().splitlines()
    assert tosguard("waive", fingerprint(tosguard), "--inline", "--reason", "licensed by contract")[0] == 0
    after = (project / "collect.py").read_text().splitlines()
    assert [line for line in after if "tosguard: ignore" not in line] == before
    assert len(after) == len(before) + 1
    assert tosguard("check")[0] == 0


def test_explain_speaks_of_rules_patterns_usages_and_findings(tosguard: Run) -> None:
    assert "competing" in tosguard("explain", "openai/competing-model-training")[1]
    assert "research" in tosguard("explain", "openai/research-welcome")[1].lower()
    assert "training material" in tosguard("explain", "training-on-output")[1]
    assert "because:" in tosguard("explain", "collect.py:13")[1]
    assert "trace" in tosguard("explain", fingerprint(tosguard)[:10])[1]
    assert tosguard("explain", "nonsense")[0] == 2


def test_inventory_lists_without_judging(tosguard: Run) -> None:
    code, out, _ = tosguard("inventory")
    assert code == 0
    assert "gpt-4o" in out
    assert json.loads(tosguard("inventory", "-f", "cyclonedx")[1])["bomFormat"] == "CycloneDX"
    assert tosguard("inventory", "-o", "x.sarif")[0] == 2


def test_graph_resolves_calls_across_files(tosguard: Run) -> None:
    graph = json.loads(tosguard("graph", "--all", "-f", "json")[1])
    assert ["collect.main", "provider.complete"] in graph["edges"]
    assert graph["nodes"]["provider.complete"] == {"path": "provider.py", "line": 8}
    assert "collect.main" in graph["reaches"]
    assert tosguard("graph", "-f", "dot")[1].startswith("digraph")


def test_init_writes_what_can_be_read_and_overwrites_nothing(project: Path, tosguard: Run) -> None:
    assert tosguard("init")[0] == 0
    assert tosguard("check")[0] == 1
    (project / "tosguard.toml").write_text('fail-on = "never"\n')
    assert "kept" in tosguard("init")[1]
    assert (project / "tosguard.toml").read_text() == 'fail-on = "never"\n'
    assert tosguard("check")[0] == 0
    assert (project / ".github" / "workflows" / "tosguard.yml").exists()


def test_a_comparison_shows_what_was_fixed(project: Path, tosguard: Run) -> None:
    tosguard("audit", "-o", "old.json")
    (project / "collect.py").unlink()
    code, out, _ = tosguard("audit", "--compare", "old.json")
    assert code == 0
    assert "fixed" in out.lower()
    assert tosguard("audit", "--compare", "collect.txt")[0] == 2


def test_rules_say_what_they_say(tosguard: Run) -> None:
    assert "openai/competing-model-training" in tosguard("rules", "list", "openai")[1]
    assert tosguard("rules", "show", "openia")[0] == 2
    assert "Clauses" in tosguard("rules", "diff", "openai", "2024-01-31", "2026-01-01")[1]
    assert tosguard("rules", "diff", "openai", "1999-01-01", "2026-01-01")[0] == 2
    assert tosguard("rules", "lock")[0] == 0
    assert tosguard("rules", "lock", "--check")[0] == 0
    assert tosguard("rules", "lock", "--check", "--as-of", "2025-01-15")[0] == 1
    assert tosguard("check")[0] == 1
