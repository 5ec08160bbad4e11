"""Which paths may be one file."""

from __future__ import annotations

import pytest

from tosguard.flow.disk.disk import same_path, split_path


@pytest.mark.parametrize("nothing", ["", ".", "/", "./"])
def test_a_folder_of_everything_is_no_file(nothing: str) -> None:
    root = split_path((nothing,))
    assert not same_path(root, split_path(("answers.jsonl",)))
    assert not same_path(root, root)


def test_a_name_in_the_current_folder_is_the_name() -> None:
    assert same_path(split_path(("./answers.jsonl",)), split_path(("answers.jsonl",)))


def test_a_folder_further_up_makes_paths_the_same_that_are_written_alike() -> None:
    written = split_path(("runs-greedy-", None, "/", None, "/", None, "-p", None, ".jsonl"))
    assert same_path(written, split_path(("runs-greedy-", None, "/", None, "/", None, "-p", None, ".jsonl")))
    assert not same_path(written, split_path(("runs-greedy-", None, "/", None, "/", None, "-q", None, ".jsonl")))
    assert not same_path(written, split_path((None, "/metrics.jsonl")))
