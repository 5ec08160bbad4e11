"""What git is asked and how its answers are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.test_discovery import run_git, write
from tosguard.errors import UsageError
from tosguard.sources import git
from tosguard.sources.diff import parse_changes


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    run_git(root, "init", "-q", "-b", "main")
    write(root, "a.py", text="one\ntwo\nthree\n")
    write(root, "sub/b.py", text="".join(f"line {number}\n" for number in range(20)))
    run_git(root, "add", ".")
    run_git(root, "commit", "-qm", "first")
    return root


def commit(root: Path, message: str = "more") -> None:
    run_git(root, "add", "-A")
    run_git(root, "commit", "-qm", message)


def test_places(repository: Path, tmp_path: Path) -> None:
    assert git.toplevel(repository / "sub") == repository
    assert git.toplevel(tmp_path) is None
    assert git.head(repository) == run_git(repository, "rev-parse", "HEAD").strip()
    assert git.head(tmp_path) is None


def test_dirty(repository: Path) -> None:
    assert not git.is_dirty(repository)
    write(repository, "new.py")
    assert git.is_dirty(repository)
    assert not git.is_dirty(repository / "sub")


def test_changes_since_a_branch(repository: Path) -> None:
    run_git(repository, "checkout", "-qb", "topic")
    write(repository, "a.py", text="one\n2\nthree\nfour\n")
    commit(repository)
    run_git(repository, "checkout", "-q", "main")
    write(repository, "sub/b.py", text="not ours\n")
    commit(repository)
    run_git(repository, "checkout", "-q", "topic")
    write(repository, "a.py", text="one\n2\nthree\nfour\nuncommitted\n")
    write(repository, "new.py", text="x\ny\n")
    lines, renamed = git.changed_lines(repository, "main")
    assert set(lines) == {"a.py", "new.py"}
    assert lines["a.py"] == {2, 4, 5}
    assert lines["new.py"] >= {1, 2}
    assert renamed == {}


def test_staged_changes_only(repository: Path) -> None:
    write(repository, "a.py", text="one\nTWO\nthree\n")
    run_git(repository, "add", "a.py")
    write(repository, "a.py", text="one\nTWO\nTHREE\n")
    write(repository, "sub/b.py", text="x\n")
    assert git.changed_lines(repository, None) == ({"a.py": frozenset({2})}, {})


def test_staged_in_a_repository_without_commits(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q")
    write(tmp_path, "a.py", text="x\ny\n")
    run_git(tmp_path, "add", ".")
    assert git.changed_lines(tmp_path, None)[0] == {"a.py": frozenset({1, 2})}
    assert git.head(tmp_path) is None


def test_the_index_of_a_hook_is_respected(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository, "a.py", text="1\ntwo\nthree\n")
    run_git(repository, "add", "a.py")
    (repository / ".git/index").rename(repository / ".git/hook-index")
    run_git(repository, "read-tree", "HEAD")
    assert git.changed_lines(repository, None)[0] == {}
    monkeypatch.chdir(repository)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/hook-index")
    assert git.changed_lines(repository, None)[0] == {"a.py": frozenset({1})}


def test_renames_and_removed_lines(repository: Path) -> None:
    run_git(repository, "mv", "sub/b.py", "sub/ü c.py")
    text = (repository / "sub/ü c.py").read_text().replace("line 7\n", "seven\n").replace("line 9\n", "")
    (repository / "sub/ü c.py").write_text(text)
    before = git.head(repository)
    assert before is not None
    commit(repository)
    lines, renamed = git.changed_lines(repository, before)
    assert renamed == {"sub/ü c.py": "sub/b.py"}
    assert lines == {"sub/ü c.py": frozenset({8})}
    assert git.renames(repository, before, "HEAD") == {"sub/ü c.py": "sub/b.py"}


def test_paths_are_relative_to_the_folder_asked(repository: Path) -> None:
    write(repository, "a.py", text="x\n")
    write(repository, "sub/b.py", text="x\n")
    assert list(git.changed_lines(repository / "sub", "HEAD")[0]) == ["b.py"]


def test_removed_and_odd_files(repository: Path) -> None:
    (repository / "a.py").unlink()
    write(repository, 'quo"te\t.py', text="+++ b/x\n--- a/x\n@@ -1 +1 @@\n")
    write(repository, "no_newline.py", text="x")
    run_git(repository, "add", "-A")
    lines, _ = git.changed_lines(repository, None)
    assert lines == {'quo"te\t.py': frozenset({1, 2, 3}), "no_newline.py": frozenset({1})}


def test_a_hunk_may_hold_what_looks_like_headers() -> None:
    body = b"--- x\n-y\n+++ b/other\n+z\n\\ No newline at end of file\n"
    patch = b"--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n" + body + b"@@ -9,0 +9 @@\n+w\n"
    assert parse_changes(patch) == ({"f": frozenset({1, 2, 9})}, {})


def test_detached_head_and_worktrees(repository: Path, tmp_path: Path) -> None:
    run_git(repository, "worktree", "add", "-q", "--detach", str(tmp_path / "other"))
    write(tmp_path / "other", "a.py", text="x\n")
    assert git.changed_lines(tmp_path / "other", "main")[0] == {"a.py": frozenset({1})}
    assert git.toplevel(tmp_path / "other") == tmp_path / "other"


def test_merge_base(repository: Path) -> None:
    start = git.head(repository)
    run_git(repository, "checkout", "-qb", "topic")
    write(repository, "a.py", text="x\n")
    commit(repository)
    assert git.merge_base(repository, "main") == start


def test_a_shallow_clone_compares_with_the_revision_itself(repository: Path, tmp_path: Path) -> None:
    run_git(repository, "checkout", "-qb", "topic")
    write(repository, "a.py", text="x\n")
    commit(repository)
    run_git(repository, "checkout", "-q", "main")
    write(repository, "c.py")
    commit(repository)
    clone = tmp_path / "clone"
    url = repository.as_uri()
    run_git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", "--branch", "topic", url, str(clone))
    assert "a.py" in git.changed_lines(clone, "origin/main")[0]
    with pytest.raises(UsageError, match="shallow") as caught:
        git.changed_lines(clone, "v1")
    assert "--unshallow" in str(caught.value)


def test_unrelated_histories(repository: Path) -> None:
    run_git(repository, "checkout", "-q", "--orphan", "alone")
    commit(repository)
    write(repository, "a.py", text="x\n")
    run_git(repository, "checkout", "-q", "-f", "main")
    with pytest.raises(UsageError, match="shares no commit"):
        git.changed_lines(repository, "alone")


@pytest.mark.parametrize("revision", ["nothing", "--output=x", "HEAD:a.py", "", "a..b"])
def test_unknown_revisions(repository: Path, revision: str) -> None:
    with pytest.raises(UsageError, match="not known"):
        git.changed_lines(repository, revision)
    assert not (repository / "x").exists()


def test_outside_of_repositories(tmp_path: Path) -> None:
    for base in (None, "main"):
        with pytest.raises(UsageError, match="not a git repository"):
            git.changed_lines(tmp_path, base)


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="git is not installed"):
        git.changed_lines(repository, "main")
    assert git.list_files(repository) is None


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        pytest.param("one\nTWO\nthree\n", {2}, id="nothing since"),
        pytest.param("zero\nnull\none\nTWO\nthree\n", {4}, id="moved down"),
        pytest.param("TWO\nthree\n", {1}, id="moved up"),
        pytest.param("one\nzwei\nund\nthree\n", {2, 3}, id="changed again"),
        pytest.param("one\nthree\n", set(), id="taken out again"),
        pytest.param("one\nTWO\nthree\nfour\n", {2}, id="more below"),
    ],
)
def test_staged_lines_are_told_where_they_stand_now(repository: Path, later: str, expected: set[int]) -> None:
    write(repository, "a.py", text="one\nTWO\nthree\n")
    run_git(repository, "add", "a.py")
    write(repository, "a.py", text=later)
    assert git.changed_lines(repository, None)[0] == {"a.py": expected}


def test_a_submodule_is_a_repository_of_its_own(repository: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    run_git(outer, "init", "-q", "-b", "main")
    run_git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repository), "inner")
    commit(outer)
    write(outer / "inner", "a.py", text="one\n2\nthree\n")
    assert git.changed_lines(outer, "HEAD") == ({}, {})
    assert git.changed_lines(outer / "inner", "HEAD")[0] == {"a.py": {2}}
    assert git.head(outer / "inner") != git.head(outer)


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://git.example.org/team/app.git", "https://git.example.org/team/app"),
        ("https://user:secret@git.example.org/team/app?token=1", "https://git.example.org/team/app"),
        ("git@git.example.org:team/app.git", "https://git.example.org/team/app"),
        ("ssh://git@git.example.org:2222/team/app/", "https://git.example.org/team/app"),
        ("/srv/git/app.git", ""),
        ("../app", ""),
        ("C:\\work\\app", ""),
        ("file:///srv/git/app", ""),
    ],
)
def test_addresses_are_told_without_credentials(remote: str, address: str) -> None:
    assert git.web_address(remote) == address


def test_branch_and_origin(repository: Path, tmp_path: Path) -> None:
    assert (git.branch(repository), git.origin(repository)) == ("main", "")
    run_git(repository, "remote", "add", "origin", "git@git.example.org:team/app.git")
    run_git(repository, "checkout", "-q", "--detach")
    assert (git.branch(repository), git.origin(repository)) == ("", "https://git.example.org/team/app")
    assert (git.branch(tmp_path), git.origin(tmp_path)) == ("", "")


def test_renames_since_a_file_was_written(repository: Path) -> None:
    write(repository, "known.json", text="{}")
    commit(repository)
    assert git.renames_since(repository, repository / "known.json") == {}
    run_git(repository, "mv", "a.py", "b.py")
    commit(repository)
    write(repository, "copy.py", text=(repository / "b.py").read_text())
    commit(repository)
    (repository / "lib").mkdir()
    run_git(repository, "mv", "b.py", "lib/c d.py")
    assert git.renames_since(repository, repository / "known.json") == {"lib/c d.py": "a.py"}
    commit(repository)
    assert git.renames_since(repository, repository / "known.json") == {"lib/c d.py": "a.py"}
    assert git.renames_since(repository, repository / "never.json") == {}
    write(repository, "known.json", text="{ }")
    commit(repository)
    assert git.renames_since(repository, repository / "known.json") == {}
    assert git.renames_since(repository.parent, repository.parent / "x.json") == {}
