from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.findings.toy import judged, run, usages_of
from tosguard.findings.fingerprint import attributed, fingerprints, match, normalised_tokens
from tosguard.findings.lexing import tokens

CODE = "def tune(rows):\n    return train(rows, model='small', steps=1000)\n"


def prints(files: dict[str, str], **options: object) -> list[str]:
    return [finding.fingerprint for finding in run(files, **options).findings]


@pytest.mark.parametrize(
    "changed",
    [
        "import os\n\n\n" + CODE,
        CODE.replace("\n", "\r\n"),
        'def tune(rows):\n    return train(\n        rows,\n        model="small",\n        steps=1_000,\n    )\n',
        "def tune(rows):\n    return (train(rows,  # all of them\n      model=u'small', steps=1000))\n",
        "def tune(rows):\n    x = 1\n    out = train(rows, model='sm' 'all', steps=1000)\n    return out\n",
        "async_marker = 2\n" + CODE + "\n\ndef other():\n    pass\n",
    ],
    ids=["moved down", "line ends", "reformatted", "comments and brackets", "statement around it", "code around it"],
)
def test_a_fingerprint_survives(changed: str) -> None:
    assert prints({"a.py": changed}) == prints({"a.py": CODE})


@pytest.mark.parametrize(
    "changed",
    [
        CODE.replace("rows, ", "other, "),
        CODE.replace("'small'", "'large'"),
        CODE.replace("1000", "1001"),
        CODE.replace("def tune", "def tune2"),
    ],
    ids=["other argument", "other text", "other number", "other function"],
)
def test_other_code_has_another_fingerprint(changed: str) -> None:
    assert prints({"a.py": changed}) != prints({"a.py": CODE})


def test_rule_pattern_and_provider_count() -> None:
    (usage,) = usages_of({"a.py": CODE})
    subjects = [(judged(usage), usage), (judged(usage, "mistral/training-on-output"), usage)]
    assert len(set(fingerprints(subjects, {"a.py": CODE}))) == 2


def test_two_equal_calls_in_one_function_stay_apart() -> None:
    twice = "def f(r):\n    train(r)\n    x = 1\n    train(r)\n"
    first, second = prints({"a.py": twice})
    assert first != second
    assert first.rsplit(".", 1)[0] == second.rsplit(".", 1)[0]
    assert prints({"a.py": twice.replace("x = 1\n", "x = 1\n\n\n")}) == [first, second]


def test_a_rename_that_git_knows_is_followed_past_a_copy() -> None:
    recorded = prints({"a.py": CODE})
    files = {"copy.py": CODE, "new/b.py": CODE}
    assert match(prints(files), recorded) == {0: recorded[0]}
    former = [*prints({"copy.py": CODE}), *recorded]
    assert match(prints(files), recorded, before_renames=former) == {1: recorded[0]}
    assert prints(files, renames={"new/b.py": "a.py"}) == prints(files), "a report names what stands there now"


def test_what_a_record_knows_where_it_stands_has_not_moved() -> None:
    (gone,) = prints({"gone.py": CODE})
    stays = prints({"a.py": CODE})
    assert match(stays, [gone]) == {0: gone}
    assert match(stays, [gone], settled={0}) == {}


def test_without_source_text_a_fingerprint_is_coarse_but_there() -> None:
    (usage,) = usages_of({"a.py": CODE})
    (fingerprint,) = fingerprints([(judged(usage), usage)], {})
    assert fingerprint.endswith(".1")


def test_a_moved_file_is_matched_one_to_one() -> None:
    (old,) = prints({"a.py": CODE})
    moved, copied = prints({"b.py": CODE, "c.py": CODE})
    assert match([moved, copied], [old]) == {0: old}
    assert match([moved, copied], [old], across_files=False) == {}


def test_an_original_is_matched_before_its_copy() -> None:
    (original,) = prints({"b.py": CODE})
    assert match(prints({"a.py": CODE, "b.py": CODE}), [original]) == {1: original}


def test_a_neighbour_that_went_leaves_its_equal_matched() -> None:
    first, second = prints({"a.py": "train(r)\ntrain(r)\n"})
    assert match([first], [second]) == {0: second}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("f(a, b,)", "f(a,b)"),
        ("f('x')", 'f("x")'),
        ("f('it\\'s')", 'f("it\'s")'),
        ("f(F'{a}')", 'f(f"{a}")'),
        ("f('''x''')", 'f("""x""")'),
        ("[1, 2,]", "[1,2]"),
        ("f(0XFF)", "f(0xff)"),
        ("a.b \\\n .c()", "a.b.c()"),
    ],
)
def test_spellings_that_mean_the_same_are_equal(one: str, other: str) -> None:
    assert normalised_tokens(one) == normalised_tokens(other)


@given(st.text())
def test_any_text_is_scanned_without_loss(source: str) -> None:
    end = 0
    for token in tokens(source):
        assert end <= token.start < token.end <= len(source)
        assert not source[end : token.start].replace("\\", "").strip(" \t\f\v\ufeff\r\n")
        end = token.end
    normalised_tokens(source)


@given(st.text(alphabet="f\"'{}:#\\\nx =()[]!"))
def test_hostile_strings_are_scanned_without_loss(source: str) -> None:
    assert "".join(token.text for token in tokens(source)).replace("\n", "") == "".join(
        source[token.start : token.end] for token in tokens(source)
    ).replace("\n", "")
    normalised_tokens(source)


def test_many_nested_fields_are_scanned_in_bounded_depth() -> None:
    source = "f'{" * 5000
    assert normalised_tokens(source)


@given(st.lists(st.sampled_from(["a.py", "b.py", "c/a.py"]), min_size=1), st.integers(0, 3))
def test_fingerprints_are_unique_and_do_not_depend_on_lines(paths: list[str], shift: int) -> None:
    files = {path: "train(rows)\n" * paths.count(path) for path in paths}
    found = prints(files)
    assert len(set(found)) == len(found) == len(paths)
    assert prints({path: "\n" * shift + text for path, text in files.items()}) == found


@pytest.mark.parametrize(
    ("fresh", "recorded", "expected"),
    [
        (set(), [1], [1, 2, 3]),
        ({0}, [1], [3, 1, 2]),
        ({1}, [1, 2], [1, 3, 2]),
        ({0, 1, 2}, [1], [1, 2, 3]),
        ({0}, [1, 2, 3], [1, 2, 3]),
        ({0}, [2], [3, 2, 1]),
    ],
    ids=["no change", "put above", "put between", "all new", "all known", "the first was taken out earlier"],
)
def test_records_of_equals_go_to_those_a_change_left_alone(
    fresh: set[int], recorded: list[int], expected: list[int]
) -> None:
    current = prints({"a.py": "train(r)\n" * 3, "b.py": "train(r)\n"})
    stem = current[0].rsplit(".", 1)[0]
    found = attributed(current, fresh, [f"{stem}.{n}" for n in recorded])
    assert found == (*(f"{stem}.{n}" for n in expected), current[3])
