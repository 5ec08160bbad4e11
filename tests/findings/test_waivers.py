from __future__ import annotations

import json
from importlib import resources
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.findings.toy import RULE, kinds, run, statuses
from tosguard.errors import ConfigurationError
from tosguard.findings.waivers import append_waiver, parse_waivers

FILES = {"src/a.py": "train(rows)\n", "src/deep/b.py": "x = 1\ntrain(other)\n"}
ENTRY = {"reason": "own data", "approved_by": "R. Counsel", "date": "2026-01-01"}


def waived_by(text: str, **options: object) -> list[str]:
    return statuses(run(FILES, waivers=parse_waivers(text), **options))


def fingerprint_of(path: str) -> str:
    return next(f.fingerprint for f in run(FILES).findings if f.usage.location.path == path)


def schema() -> dict[str, Any]:
    return json.loads((resources.files("tosguard.findings") / "waivers.schema.json").read_text(encoding="utf-8"))


def test_a_fingerprint_waives_one_finding() -> None:
    text = append_waiver("", {"fingerprint": fingerprint_of("src/a.py"), **ENTRY})
    assert waived_by(text) == ["src/a.py:1 waived", "src/deep/b.py:2 open"]


@pytest.mark.parametrize(
    ("rule", "path", "expected"),
    [
        (RULE, "src/a.py", ["waived", "open"]),
        (RULE, "src", ["waived", "waived"]),
        (RULE, "src/*.py", ["waived", "open"]),
        ("openai/*", "src/**", ["waived", "waived"]),
        (RULE, "b.py", ["open", "waived"]),
        ("mistral/*", "src", ["open", "open"]),
        (RULE, "rc", ["open", "open"]),
    ],
)
def test_a_rule_and_a_path_waive_what_they_name(rule: str, path: str, expected: list[str]) -> None:
    text = append_waiver("", {"rule": rule, "path": path, **ENTRY})
    assert [status.split()[1] for status in waived_by(text)] == expected


def test_the_decision_is_kept_with_its_place() -> None:
    fields = {"rule": RULE, "path": "src/a.py", **ENTRY, "expires": "2026-12-31", "reference": "LEGAL-12"}
    (finding, _) = run(FILES, waivers=parse_waivers(append_waiver("", fields))).findings
    waiver = finding.waiver
    assert waiver is not None
    assert (waiver.source, waiver.line, waiver.reason, waiver.approved_by) == (
        "tosguard-waivers.yaml",
        3,
        "own data",
        "R. Counsel",
    )
    assert (waiver.date, waiver.expires, waiver.reference) == ("2026-01-01", "2026-12-31", "LEGAL-12")


def test_an_expired_waiver_opens_its_finding_again_and_is_loud() -> None:
    text = append_waiver("", {"rule": RULE, "path": "src/a.py", **ENTRY, "expires": "2026-02-28"})
    decision = run(FILES, waivers=parse_waivers(text))
    assert statuses(decision)[0] == "src/a.py:1 open"
    assert decision.findings[0].waiver is not None
    (problem,) = decision.problems
    assert (problem.kind, problem.line) == ("waiver-expired", 3)
    assert "open again" in problem.message and "R. Counsel" in problem.message


def test_a_waiver_counts_on_its_last_day_and_warns_before() -> None:
    text = append_waiver("", {"rule": RULE, "path": "src/a.py", **ENTRY, "expires": "2026-03-01"})
    decision = run(FILES, waivers=parse_waivers(text))
    assert statuses(decision)[0] == "src/a.py:1 waived"
    assert kinds(decision) == ["waiver-expiring"]
    assert "today" in decision.problems[0].message
    assert kinds(run(FILES, waivers=parse_waivers(text), as_of="2026-01-30", warn_days=30)) == ["waiver-expiring"]
    assert kinds(run(FILES, waivers=parse_waivers(text), as_of="2026-01-29", warn_days=30)) == []


def test_a_renewed_waiver_leaves_the_old_one_only_to_remove() -> None:
    first = append_waiver("", {"rule": RULE, "path": "src/a.py", **ENTRY, "expires": "2026-02-28"})
    both = append_waiver(first, {"rule": RULE, "path": "src/a.py", **ENTRY, "expires": "2027-02-28"})
    decision = run(FILES, waivers=parse_waivers(both))
    assert statuses(decision)[0] == "src/a.py:1 waived"
    assert kinds(decision) == ["waiver-unused"]


def test_a_waiver_that_covers_nothing_is_reported() -> None:
    text = append_waiver("", {"rule": RULE, "path": "gone.py", **ENTRY})
    assert kinds(run(FILES, waivers=parse_waivers(text))) == ["waiver-unused"]
    assert kinds(run(FILES, waivers=parse_waivers(text), complete=False)) == []


GOOD = """\
version: 1
waivers:
  - rule: openai/training-on-output
    path: src/a.py
    reason: own data
    approved_by: R. Counsel
    date: 2026-01-01
"""


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (GOOD.replace("reason", "raeson"), 5, "unknown key 'raeson' (did you mean 'reason'?)"),
        (GOOD.replace("    approved_by: R. Counsel\n", ""), 3, "without 'approved_by'"),
        (GOOD.replace("own data", ""), 3, "without 'reason'"),
        (GOOD.replace("own data", "null"), 3, "without 'reason'"),
        (GOOD.replace("2026-01-01", "2026-13-01"), 7, "'date: 2026-13-01' is no date"),
        (GOOD.replace("2026-01-01", "01/02/2026"), 7, "write YYYY-MM-DD"),
        (GOOD.replace("    path: src/a.py\n", ""), 3, "either 'fingerprint' or both 'rule' and 'path'"),
        (GOOD + "    fingerprint: x.y.1\n", 3, "either 'fingerprint' or both 'rule' and 'path'"),
        (GOOD + "    reason: again\n", 8, "'reason' stands twice"),
        (GOOD.replace("version: 1", "version: 2"), 1, "version 2 of the waivers format is not known"),
        (GOOD.replace("waivers:", "waiver:"), 2, "(did you mean 'waivers'?)"),
        ("waivers:\n  a: 1\n", 2, "'waivers' is no list"),
        ("- a\n", 1, "the file is no mapping"),
        ("waivers:\n- text\n", 2, "a waiver is no mapping"),
        ("waivers:\n- reason: [a]\n", 2, "'reason' is no text"),
        ("waivers: [\n", 2, "not valid YAML"),
        ("a: &x 1\nb: *x\n", 2, "aliases (*name) are not read"),
        ("a: " + "[" * 200 + "]" * 200, 1, "nesting is too deep"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_advice(text: str, line: int, says: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        parse_waivers(text, "w.yaml")
    assert raised.value.where == f"w.yaml:{line}"
    assert says in str(raised.value)


def test_tags_are_not_obeyed() -> None:
    text = GOOD.replace("own data", "!!python/object/apply:os.getcwd []")
    with pytest.raises(ConfigurationError, match="'reason' is no text"):
        parse_waivers(text)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "version: 1\nwaivers:\n", "waivers: []\n", "waivers: null\n"])
def test_a_file_without_entries_is_fine(text: str) -> None:
    assert parse_waivers(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# ours\n",
        "version: 1\n",
        "version: 1\nwaivers:\n",
        "version: 1\nwaivers: []\n",
        "waivers: []  # none yet\nversion: 1\n",
        GOOD,
        GOOD + "# the end\n",
        GOOD.rstrip("\n"),
        GOOD.replace("\n", "\r\n"),
        "waivers:\n- fingerprint: a.b.1\n  reason: |\n    two\n    lines\n  approved_by: x\n  date: 2026-01-01\n"
        "version: 1\n",
        GOOD + "\n\n# a comment\n  # another\n",
    ],
    ids=range(12),
)
def test_an_entry_is_added_and_every_other_byte_stays(text: str) -> None:
    before = parse_waivers(text)
    result = append_waiver(text, {"fingerprint": "c.d.1", **ENTRY})
    after = parse_waivers(result)
    assert [entry.waiver.reason for entry in after[:-1]] == [entry.waiver.reason for entry in before]
    assert after[-1].fingerprint == "c.d.1"
    old_lines = [line for line in text.splitlines() if "[]" not in line]
    remaining = iter(result.splitlines())
    assert all(line in remaining for line in old_lines)
    assert ("\r\n" in result) == ("\r\n" in text)


def test_a_list_in_brackets_is_left_alone() -> None:
    flow = "waivers: [{fingerprint: a.b.1, reason: r, approved_by: x, date: 2026-01-01}]\n"
    with pytest.raises(ConfigurationError, match="written in brackets"):
        append_waiver(flow, {"fingerprint": "c.d.1", **ENTRY})


@given(reason=st.text(min_size=1).filter(lambda text: text.strip() and text.strip() == text))
def test_any_reason_is_read_back(reason: str) -> None:
    reason = reason.encode("utf-8", "ignore").decode()
    if not reason.strip() or reason.strip() != reason:
        return
    (entry,) = parse_waivers(append_waiver("", {"fingerprint": "a.b.1", **ENTRY, "reason": reason}))
    assert entry.waiver.reason == reason


def test_the_schema_agrees_with_the_reader() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(yaml.load(GOOD, Loader=yaml.BaseLoader) | {"version": 1}, schema())
    for bad in (GOOD.replace("reason", "raeson"), GOOD.replace("    path: src/a.py\n", "")):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(yaml.load(bad, Loader=yaml.BaseLoader) | {"version": 1}, schema())


def test_places_are_counted_in_characters_not_bytes() -> None:
    text = "# é 😀 ü\nwaivers:\n" + GOOD.split("waivers:\n")[1].replace("own data", "é 😀") + "version: 1\n"
    result = append_waiver(text, {"fingerprint": "c.d.1", **ENTRY})
    assert result.startswith(text.split("version")[0])
    assert result.endswith("version: 1\n")
    assert len(parse_waivers(result)) == 2


@pytest.mark.parametrize(
    "text",
    ["\ufeffwaivers:\r\n", "\ufeff" + GOOD, "waivers:\n\n\nversion: 1\n", "waivers: []", "---\n" + GOOD + "...\n"],
)
def test_marks_and_document_ends_are_no_hindrance(text: str) -> None:
    result = append_waiver(text, {"fingerprint": "c.d.1", **ENTRY})
    assert parse_waivers(result)[-1].fingerprint == "c.d.1"
    assert result.startswith("\ufeff") == text.startswith("\ufeff")
