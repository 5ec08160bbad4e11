"""``tosguard rules`` as a user calls it: figures, bad packs, updates, own packs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tosguard.cli.main import main
from tosguard.policy.library import write_index
from tosguard.policy.versions import PackEntry

Run = Callable[..., tuple[int, str, str]]

PACK = """\
provider: acme
name: Acme
kind: model-provider
version: 2025-01-01
documents:
  - id: terms
    title: Acme Terms
    url: https://acme.example/terms
    version: 2025-01-01
    applies_to: api
clauses:
  - id: acme.no-training
    document: terms
    section: '3'
    patterns: [training-on-output]
    modality: prohibits
    summary: Output may not train models.
    anchor: may not train models
    confidence: high
rules:
  - id: acme/training
    title: Output trains a model
    patterns: [training-on-output]
    verdict: prohibited
    severity: error
    message: output of {models} ({flow}) trains {trained}; {document}, {section}, bars it
    why: It matters.
    remedy: Ask {provider}.
    clauses: [acme.no-training]
"""
LATER = PACK.replace("2025-01-01", "2025-06-01").replace("severity: error", "severity: warning").replace("'3'", "'4'")

#: Name → (a pack with one fault, the line of the fault, a piece of the message).
BAD = {
    "unknown key": (PACK.replace("kind:", "verison: 1\nkind:"), 3, "unknown key 'verison'"),
    "wrong type": (PACK.replace("[training-on-output]\n    verdict", "training-on-output\n    verdict"), 23, "list"),
    "missing clause": (PACK.replace("[acme.no-training]", "[acme.no-trainin]"), 29, "not a clause"),
    "duplicated id": (PACK + "".join(PACK.splitlines(keepends=True)[20:]), 30, "given twice"),
    "tab": (PACK.replace("  - id: terms", "\t- id: terms"), 6, "tab"),
    "long anchor": (PACK.replace("may not train models\n", "a b c d e f g h i j k l m\n"), 18, "13 words"),
    "YAML bomb": ("a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n", 1, "anchors and aliases"),
    "ends before it begins": (PACK.replace("documents:", "until: 2024-01-01\ndocuments:"), 5, "before it begins"),
}


@pytest.fixture
def tosguard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path / "cache"))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def library(directory: Path, *packs: tuple[str, str]) -> Path:
    """A rules directory of acme with these (text, end)."""
    entries = []
    for text, until in packs:
        version = re.search(r"^version: (\S+)", text, re.MULTILINE)
        assert version is not None
        path = f"acme/{version[1]}.yaml"
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text)
        entries.append(PackEntry("acme", version[1], until, path, hashlib.sha256(text.encode()).hexdigest()))
    (directory / "index.json").write_bytes(write_index(entries))
    return directory


def contents(directory: Path) -> dict[str, bytes]:
    return {p.relative_to(directory).as_posix(): p.read_bytes() for p in directory.rglob("*") if p.is_file()}


# The published packs --------------------------------------------------------------------------------------------------


def test_every_published_pack_is_sound(tosguard: Run) -> None:
    code, out, err = tosguard("rules", "validate")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"\d{3} packs checked, no faults\n", out)


def test_every_test_that_the_packs_carry_passes_on_the_code_it_shows(tosguard: Run) -> None:
    code, out, err = tosguard("rules", "test")
    assert (code, err) == (0, "")
    found = re.fullmatch(r"(\d+) packs, (\d+) tests, 0 failed\n", out)
    assert found is not None
    assert int(found[1]) >= 349
    assert int(found[2]) >= 3800


def test_a_failing_test_names_pack_rule_and_test(tosguard: Run, tmp_path: Path) -> None:
    text = PACK + "    tests:\n      triggers:\n        - |\n          print('nothing')\n"
    code, out, err = tosguard("rules", "test", "--rules", str(library(tmp_path / "rules", (text, ""))))
    assert (code, out) == (1, "1 packs, 1 tests, 1 failed\n")
    assert err == "acme 2025-01-01: acme/training: triggers[0]: the rule did not answer to the code\n"


def test_a_list_shows_versions_and_rules_in_force_on_a_day(tosguard: Run) -> None:
    assert (
        "mistral                  2024-02-08  until 2024-02-26"
        in tosguard("rules", "list", "mistral", "--as-of", "2024-02-20")[1]
    )
    assert len(tosguard("rules", "list")[1].splitlines()) == 69
    assert len(tosguard("rules", "list", "--all")[1].splitlines()) == 349
    code, out, err = tosguard("rules", "list", "openai", "--as-of", "2010-01-01")
    assert (code, out) == (0, "")
    assert "the earliest terms on record begin on 20" in err


def test_a_pack_is_shown_with_documents_clauses_and_rules(tosguard: Run) -> None:
    code, out, _ = tosguard("rules", "show", "mistral@2024-02-08")
    assert code == 0
    assert [line for line in out.splitlines() if line.isalpha()] == ["Documents", "Clauses", "Rules"]
    code, _, err = tosguard("rules", "show", "mistral@2020-01-01")
    assert code == 2
    assert "2024-02-26" in err


def test_a_diff_tells_in_words_what_began_ended_and_changed(tosguard: Run) -> None:
    code, out, _ = tosguard("rules", "diff", "openai", "2024-01-31", "2026-01-01")
    assert code == 0
    for line in ("begun   openai.model-ex", "ended   openai.ai-interaction", "changed openai.no-competing-models"):
        assert line in out


def test_a_wrong_name_or_date_is_code_2_with_a_suggestion(tosguard: Run) -> None:
    assert "did you mean 'openai'?" in tosguard("rules", "list", "opnai")[2]
    for arguments in (["list", "opnai"], ["diff", "openai", "2024-13-01", "2026-01-01"], ["list", "--as-of", "soon"]):
        assert tosguard("rules", *arguments)[0] == 2


# Bad packs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BAD)
def test_validation_of_a_bad_pack_is_code_2_with_its_line(tosguard: Run, tmp_path: Path, name: str) -> None:
    text, line, message = BAD[name]
    (tmp_path / "bad.yaml").write_text(text)
    code, _, err = tosguard("rules", "validate", "bad.yaml")
    assert code == 2
    assert f"bad.yaml:{line}: " in err
    assert message in err


@pytest.mark.parametrize("command", ["check", "audit"])
@pytest.mark.parametrize("name", BAD)
def test_a_run_with_a_bad_own_pack_is_code_2_and_judges_nothing(
    tosguard: Run, tmp_path: Path, name: str, command: str
) -> None:
    text, line, message = BAD[name]
    (tmp_path / "bad.yaml").write_text(text)
    (tmp_path / "tosguard.toml").write_text('own-packs = ["bad.yaml"]\n')
    (tmp_path / "app.py").write_text("import openai\nopenai.OpenAI().responses.create(model='gpt-4o', input='x')\n")
    code, out, err = tosguard(command, ".")
    assert (code, out) == (2, "")
    assert f"bad.yaml:{line}" in err
    assert message in err


def test_a_pack_of_a_hundred_megabytes_is_refused_unread(tosguard: Run, tmp_path: Path) -> None:
    with (tmp_path / "huge.yaml").open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    code, _, err = tosguard("rules", "validate", "huge.yaml")
    assert code == 2
    assert "huge.yaml:1: the file is too large" in err


def test_own_packs_that_claim_the_same_days_are_code_2(tosguard: Run, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    ends = PACK.replace("version: 2025-01-01\ndoc", "version: 2025-01-01\nuntil: 2025-07-01\ndoc")
    (tmp_path / "own" / "a.yaml").write_text(ends)
    (tmp_path / "own" / "b.yaml").write_text(LATER)
    (tmp_path / "tosguard.toml").write_text('own-packs = ["own"]\n')
    code, out, err = tosguard("audit", ".")
    assert (code, out) == (2, "")
    assert "own/a.yaml:5" in err
    assert "claim the same days" in err


def test_a_library_with_overlapping_snapshots_is_code_2(tosguard: Run, tmp_path: Path) -> None:
    rules = library(tmp_path / "rules", (PACK, "2025-07-01"), (LATER, ""))
    code, _, err = tosguard("rules", "list", "--rules", str(rules))
    assert code == 2
    assert "rules/index.json:2" in err


# Own packs ------------------------------------------------------------------------------------------------------------


def test_an_own_pack_that_relaxes_a_rule_is_named_in_the_report(tosguard: Run, tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(
        "provider: openai\nname: House rules\nkind: organisation\nversion: 2025-01-01\n"
        "adjust:\n  - rule: openai/competing-model-training\n    severity: note\n    reason: agreed with counsel\n"
    )
    (tmp_path / "app.py").write_text(
        "import json, openai\nclient = openai.OpenAI()\n"
        "rows = [{'instruction': p, 'output': client.responses.create(model='gpt-4o', input=p).output_text}"
        " for p in open('p.jsonl')]\njson.dump(rows, open('train_sft.json', 'w'))\n"
    )
    assert tosguard("check", ".", "--as-of", "2026-10-01")[0] == 1
    (tmp_path / "tosguard.toml").write_text('own-packs = ["house.yaml"]\n')
    code, out, _ = tosguard("audit", ".", "--as-of", "2026-10-01")
    assert code == 0
    assert "the organisation's own pack 'House rules' of 2025-01-01" in " ".join(out.split())
    assert tosguard("check", ".", "--as-of", "2026-10-01")[0] == 0


# Lock and update ------------------------------------------------------------------------------------------------------


def test_a_lock_is_written_and_compared(tosguard: Run, tmp_path: Path) -> None:
    before = str(library(tmp_path / "rules", (PACK, "")))
    after = str(library(tmp_path / "newer", (PACK, "2025-06-01"), (LATER, "")))
    assert tosguard("rules", "lock", "--check", "--rules", before)[0] == 1
    assert tosguard("rules", "lock", "--rules", before)[0] == 0
    assert tosguard("rules", "lock", "--check", "--rules", before)[0] == 0
    code, out, _ = tosguard("rules", "lock", "--check", "--rules", after)
    assert code == 1
    assert "locked to the terms of 2025-01-01, those of 2025-06-01 are in force" in out


def test_an_update_shows_the_difference_and_takes_newer_packs(tosguard: Run, tmp_path: Path) -> None:
    rules = library(tmp_path / "rules", (PACK, ""))
    offer = library(tmp_path / "offer", (PACK, "2025-06-01"), (LATER, ""))
    code, out, err = tosguard("rules", "update", "--from", str(offer), "--rules", str(rules), "--yes")
    assert code == 0
    assert "section 3 became 4" in out
    assert "took 1 packs" in err
    assert contents(rules) == contents(offer)
    assert "nothing newer" in tosguard("rules", "update", "--from", str(offer), "--rules", str(rules), "--yes")[2]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda o: (o / "acme/2025-06-01.yaml").write_text(LATER + "# touched\n"), id="digest"),
        pytest.param(lambda o: library(o, (PACK, "2025-06-01"), (LATER.replace("hibited", "hibit"), "")), id="fault"),
        pytest.param(lambda o: library(o, (PACK, "2025-07-01"), (LATER, "")), id="overlap"),
        pytest.param(lambda o: library(o, (PACK + "\n", "2025-06-01"), (LATER, "")), id="history"),
        pytest.param(lambda o: (o / "acme/2025-06-01.yaml").unlink(), id="missing file"),
        pytest.param(lambda o: (o / "index.json").write_text("{}"), id="index"),
    ],
)
def test_an_update_with_a_fault_changes_nothing(tosguard: Run, tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    rules = library(tmp_path / "rules", (PACK, ""))
    offer = library(tmp_path / "offer", (PACK, "2025-06-01"), (LATER, ""))
    spoil(offer)
    before = contents(rules)
    code, _, err = tosguard("rules", "update", "--from", str(offer), "--rules", str(rules), "--yes")
    assert code == 2
    assert err.startswith("tosguard: error: ")
    assert contents(rules) == before


def test_an_update_that_is_not_confirmed_changes_nothing(
    tosguard: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = library(tmp_path / "rules", (PACK, ""))
    offer = library(tmp_path / "offer", (PACK, "2025-06-01"), (LATER, ""))
    before = contents(rules)
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    code, _, err = tosguard("rules", "update", "--from", str(offer), "--rules", str(rules))
    assert code == 0
    assert "nothing was changed" in err
    assert contents(rules) == before
