from __future__ import annotations

import pytest

from tests.findings.toy import RULE, kinds, run, statuses
from tosguard.findings.model import Status

REASON = f"# tosguard: ignore[{RULE}] own data only"


@pytest.mark.parametrize(
    "source",
    [
        f"train(rows)  {REASON}\n",
        f"{REASON}\ntrain(rows)\n",
        f"train(\n    rows,  {REASON}\n)\n",
        f"train(\n    rows,\n)  {REASON}\n",
        f"train(\n    {REASON}\n    rows,\n)\n",
        f"x = [\n    train(rows)\n]  {REASON}\n",
        f"{REASON}\n# another comment\n\nx = (\n    1,\n    train(rows),\n)\n",
        f"train(rows)  # noqa: E501  {REASON}\n",
        f"train(rows)  {REASON}  # noqa\n",
        f"if rows: train(rows)  {REASON}\n",
        f"for x in train(rows):  {REASON}\n    pass\n",
        f"{REASON}\n@decorate\n@train(rows)\ndef f(): pass\n",
        "train(rows)  # tosguard: ignore[openai/*] all of them\n",
        f"train(rows)  #tosguard:ignore[ {RULE} , mistral/training-on-output ] - own data\n",
        f"train(rows, \\\n    1)  {REASON}\n",
    ],
)
def test_a_comment_covers_its_statement(source: str) -> None:
    (finding,) = run({"a.py": source}).findings
    assert finding.status is Status.WAIVED
    assert finding.waiver is not None and finding.waiver.source == "inline"


@pytest.mark.parametrize(
    "source",
    [
        f"x = 1  {REASON}\ntrain(rows)\n",
        f"train(rows)\n{REASON}\n",
        f"with a:  {REASON}\n    train(rows)\n",
        f"s = '{REASON}'\ntrain(rows)\n",
        f'"""\n{REASON}\n"""\ntrain(rows)\n',
        f"x = f'''{{1}}\n{REASON}'''\ntrain(rows)\n",
        "train(rows)  # tosguard: ignore[mistral/training-on-output] other rule\n",
        "train(rows)  # tosguard: ignore[openai] not an id\n",
    ],
)
def test_a_comment_covers_nothing_else(source: str) -> None:
    (finding,) = run({"a.py": source}).findings
    assert finding.status is Status.OPEN


def test_the_reason_the_end_and_the_reference_are_kept() -> None:
    source = f"train(rows)  # tosguard: ignore[{RULE}] until=2026-06-30 agreed ref=LEGAL-7 with counsel\n"
    (finding,) = run({"a.py": source}).findings
    assert finding.waiver is not None
    assert (finding.waiver.reason, finding.waiver.expires, finding.waiver.reference, finding.waiver.line) == (
        "agreed with counsel",
        "2026-06-30",
        "LEGAL-7",
        1,
    )


@pytest.mark.parametrize(
    ("comment", "kind", "says"),
    [
        (f"# tosguard: ignore[{RULE}]", "suppression-without-reason", "gives no reason"),
        (f"# tosguard: ignore[{RULE}] -- ref=X", "suppression-without-reason", "gives no reason"),
        ("# tosguard: ignore", "suppression-malformed", "names its rules in brackets"),
        ("# tosguard: ignore why not", "suppression-malformed", "names its rules in brackets"),
        ("# tosguard: ignore[] why", "suppression-malformed", "names no rule"),
        (f"# tosguard: ignore[{RULE} why", "suppression-malformed", "names its rules in brackets"),
        (f"# tosguard: ingore[{RULE}] why", "suppression-malformed", "did you mean 'ignore'?"),
        ("# tosguard: ignore[all] why", "suppression-malformed", "'all' suppresses nothing"),
        (f"# tosguard: ignore[{RULE}] why until=2026-02-30", "suppression-malformed", "is no date"),
        ("# tosguard: ignore[openai/training-on-outptu] why", "suppression-unknown-rule", f"did you mean '{RULE}'?"),
        ("# tosguard: ignore[opnai/*] why", "suppression-unknown-rule", "no rule is called 'opnai/*'"),
        (f"# tosguard: ignore[{RULE}] why until=2026-02-28", "suppression-expired", "ended on 2026-02-28"),
    ],
)
def test_a_comment_with_a_mistake_has_no_effect_and_says_so(comment: str, kind: str, says: str) -> None:
    decision = run({"a.py": f"x = 1\ntrain(rows)  {comment}\n"})
    assert statuses(decision) == ["a.py:2 open"]
    (problem,) = decision.problems
    assert (problem.path, problem.line, problem.kind) == ("a.py", 2, kind)
    assert says in problem.message


def test_a_suppression_counts_on_its_last_day() -> None:
    source = f"train(rows)  # tosguard: ignore[{RULE}] why until=2026-03-01\n"
    assert statuses(run({"a.py": source})) == ["a.py:1 waived"]


def test_an_expired_suppression_stays_visible_on_the_open_finding() -> None:
    (finding,) = run({"a.py": f"train(rows)  # tosguard: ignore[{RULE}] why until=2026-02-28\n"}).findings
    assert finding.waiver is not None and finding.waiver.expires == "2026-02-28"


def test_unused_suppressions_are_reported_rule_by_rule() -> None:
    decision = run(
        {"a.py": f"train(rows)  # tosguard: ignore[{RULE}, mistral/training-on-output] own\nx = 1  {REASON}\n"}
    )
    assert [(p.line, p.kind) for p in decision.problems] == [(1, "suppression-unused"), (2, "suppression-unused")]
    assert "mistral/training-on-output" in decision.problems[0].message


def test_nothing_is_called_unused_after_a_partial_run() -> None:
    assert kinds(run({"a.py": f"x = 1  {REASON}\n"}, complete=False)) == []


def test_nothing_is_called_unused_in_a_file_that_was_not_read() -> None:
    assert kinds(run({"a.py": f"x = 1  {REASON}\n"}, unread_paths={"a.py"})) == []


def test_suppressions_can_be_ignored_for_an_audit() -> None:
    assert statuses(run({"a.py": f"train(rows)  {REASON}\n"}, honour_suppressions=False)) == ["a.py:1 open"]


def test_a_broken_file_is_scanned_to_its_end() -> None:
    from tosguard.findings.suppressions import find_suppressions

    broken = f'x = (1,\n\ndef f():\n    train(rows)  {REASON}\n    y = \'open\n    z = """\n'
    (suppression,), problems = find_suppressions({"a.py": broken})
    assert (suppression.first, suppression.last, problems) == (4, 4, ())


@pytest.mark.parametrize(
    "string",
    [
        "f\"{x['#']}\"",
        'f"{x["#"]}"',
        "f'{x:#>10}'",
        "f'{x:\"^10}'",
        "rb'\\'",
        "'a\\'#'",
        'f"{{#}}"',
        "f\"{f'{1}'}#\"",
        '"""a"#"b"""',
    ],
)
def test_strings_of_every_kind_hide_no_comment_and_are_none(string: str) -> None:
    from tosguard.findings.lexing import tokens

    text = string if string != "rb'\\'" else "rb'\\\\'"
    found = [token.text for token in tokens(f"x = {text}  # real\n") if token.kind == "comment"]
    assert found == ["# real"]
