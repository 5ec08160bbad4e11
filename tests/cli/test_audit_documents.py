"""The audit's documents through the command line: hostile projects, comparisons, redaction, inventories, progress."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tosguard.cli import progress
from tosguard.cli.main import main

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"
#: What must reach no document: control and direction characters, and lone surrogates.
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
SCRIPT = "<script>window.pwned=1</script>"
FORMULA = '=HYPERLINK("http://example.org","x")'
Run = Callable[..., tuple[int, str, str]]

#: A project whose author attacks whoever reads the report.
HOSTILE = f'''"""{SCRIPT} \u202egnp.exe\u202c"""
from openai import OpenAI
import json

client = OpenAI()
rows = []
for task in open("tasks.txt"):
    prompt = [{{"role": "user", "content": task}}]
    answer = client.chat.completions.create(model="{SCRIPT}", messages=prompt)  # {"x" * 10_000} {SCRIPT}
    rows.append({{"instruction": task, "output": answer.choices[0].message.content}})
json.dump(rows, open("{SCRIPT}|=cmd()\\n`train`.json", "w"))
'''
NAMES = (
    "<img src=x onerror=window.pwned=1>.py",
    "=cmd('calc')!A1.py",
    "\u202egnp.exe.py",
    "bell\x07\x1b[31m|`$(id)`.py",
    'line\nbreak,; "quoted".py',
)


@pytest.fixture
def tosguard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    root = tmp_path / "project"
    shutil.copytree(DEMO, root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path / "cache"))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def attacked(tosguard: Run) -> Run:
    """The same with files that attack the reader, one of them waived with words that attack too."""
    for name in NAMES:
        try:
            Path(name).write_text(HOSTILE, encoding="utf-8")
        except OSError:
            pytest.skip("this file system does not take such names")
    found = json.loads(tosguard("audit", "-f", "json")[1])["findings"][0]["fingerprint"]
    why = ("--reason", f"{FORMULA} {SCRIPT}", "--approved-by", "=1+1", "--expires", "2099-01-01")
    code, _, said = tosguard("waive", found, *why)
    assert code == 0, said
    return tosguard


FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "html", "csv", "cyclonedx")


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_project_shows_as_text(attacked: Run, name: str) -> None:
    code, out, _ = attacked("audit", "-f", name, "--show-suppressed")
    assert code == 0
    assert not HIDDEN.search(out)
    assert len(out) > 500


def test_a_hostile_project_adds_no_markup(attacked: Run) -> None:
    out = attacked("audit", "-f", "html")[1]
    assert out.count("<script") == 2
    assert "<img" not in out
    assert html.escape(NAMES[0]) in out
    markdown = attacked("audit", "-f", "markdown")[1]
    assert not re.search(r"(?<![`\\])<(script|img)", re.sub(r"```.*?```|`+[^`\n]*`+", "", markdown, flags=re.DOTALL))


def test_a_hostile_project_computes_nothing_in_a_spreadsheet(attacked: Run) -> None:
    out = attacked("audit", "-f", "csv", "--show-suppressed")[1]
    cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
    assert any("=cmd" in cell for cell in cells)
    assert not [cell for cell in cells if re.match(r"[\s\"']*[=+@\t\r]|[\s\"']*-(?!\d)", cell) and cell[0] != "'"]


def test_long_lines_are_cut_in_what_people_read(attacked: Run) -> None:
    for name in ("text", "markdown", "html"):
        assert "x" * 2_500 not in attacked("audit", "-f", name)[1]


def test_redaction_leaves_code_out_of_every_document(tosguard: Run) -> None:
    for name in ("text", "markdown", "html", "csv", "json"):
        plain, redacted = (tosguard("audit", "-f", name, *flags)[1] for flags in ((), ("--redact",)))
        assert ("complete(question)" in html.unescape(plain)) == (name in ("text", "markdown", "html"))
        assert "complete(question)" not in html.unescape(redacted)
        assert "collect.py" in redacted


def test_csv_has_a_byte_order_mark_in_files_and_none_in_pipes(tosguard: Run) -> None:
    for command in ("audit", "inventory"):
        _, out, _ = tosguard(command, "-f", "csv", "-o", "r.csv")
        assert not out.startswith("\ufeff")
        assert Path("r.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        assert Path("r.csv").read_text(encoding="utf-8-sig").splitlines() == out.splitlines()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_is_new_since_an_earlier_audit(tosguard: Run, name: str) -> None:
    source = Path("collect.py").read_text()
    Path("collect.py").write_text("")
    tosguard("audit", "-o", "old.json")
    Path("collect.py").write_text(source)
    plain, compared = (tosguard("audit", "-f", name, *flags) for flags in ((), ("--compare", "old.json")))
    assert compared[0] == plain[0] == 0
    assert compared[1] != plain[1]
    assert "new" in compared[1].lower()


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "gitlab"])
def test_every_format_but_one_without_a_place_for_it_says_what_is_fixed(tosguard: Run, name: str) -> None:
    tosguard("audit", "-o", "old.json")
    gone = json.loads(Path("old.json").read_text())["findings"][0]
    Path("collect.py").write_text("")
    out = tosguard("audit", "-f", name, "--compare", "old.json")[1]
    assert gone["fingerprint"] in out or "fixed" in out.lower()


def test_the_inventory_names_providers_models_libraries_and_their_places(tosguard: Run) -> None:
    _, out, _ = tosguard("inventory", "-f", "json")
    found = json.loads(out)
    provider = next(item for item in found["providers"] if item["id"] == "openai")
    assert "gpt-4o" in {item["id"] for item in found["models"]}
    assert "openai" in {item["id"] for item in found["sdks"]}
    assert {"collect.py", "summarise.py"} <= {use["path"] for use in provider["uses"]}
    rows = list(csv.DictReader(io.StringIO(tosguard("inventory", "-f", "csv")[1])))
    assert {"provider", "model", "sdk"} <= {row["kind"] for row in rows}
    assert "OpenAI" in tosguard("inventory")[1]


@pytest.mark.parametrize("arguments", [("inventory", "-f", "cyclonedx"), ("audit", "-f", "cyclonedx")])
def test_the_bill_of_materials_is_valid(attacked: Run, arguments: tuple[str, ...]) -> None:
    pytest.importorskip("cyclonedx", reason="needs cyclonedx-python-lib[json-validation]")
    from cyclonedx.exception import MissingOptionalDependencyException
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    out = attacked(*arguments)[1]
    try:
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(out) is None
    except MissingOptionalDependencyException:
        pytest.skip("needs cyclonedx-python-lib[json-validation]")
    bom = json.loads(out)
    model = next(item for item in bom["components"] if item["type"] == "machine-learning-model")
    assert model["modelCard"]["considerations"]["useCases"]
    assert model["evidence"]["occurrences"]


def test_progress_names_the_phase_and_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_INTERVAL", 0.0)
    with progress.Progress(visible=True) as bar:
        bar.enter("parse", 4)
        bar.advance()
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "parse" in shown.err and "1/4" in shown.err
    assert shown.err.endswith("\r\033[K")


def test_progress_is_silent_where_nobody_looks_and_in_short_runs(
    tosguard: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    assert tosguard("audit")[2] == ""
    monkeypatch.undo()
    with progress.Progress(visible=True) as bar:
        bar.enter("parse", 4)
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_progress_is_drawn_on_a_terminal(tosguard: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import pty
    import sys

    leader, follower = pty.openpty()
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_INTERVAL", 0.0)
    with os.fdopen(follower, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        tosguard("audit", "-o", str(tmp_path / "r.json"), "--no-cache")
        drawn = os.read(leader, 65_536).decode()
    os.close(leader)
    assert "triage" in drawn and "[####" in drawn
