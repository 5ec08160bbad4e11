"""Which files are found."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tosguard.sources import git
from tosguard.sources.discovery import discover


def write(root: Path, *paths: str, text: str = "x = 1\n") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def run_git(root: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"]
    done = subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout


def found(root: Path, *paths: str, **options: list[str]) -> list[str]:
    return [file.path for file in discover(root, [Path(path) for path in paths], **options).files]


@pytest.fixture(params=["repository", "plain folder", "no git"])
def tree(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, in a repository, without one, and where git is not installed."""
    if request.param == "repository":
        run_git(tmp_path, "init", "-q")
    if request.param == "no git":
        monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    return tmp_path


def test_kinds(tree: Path) -> None:
    write(tree, "a.py", "b.pyi", "c.ipynb", "run.sh", "Makefile", "d.yaml", "e.txt", "requirements-dev.txt", "f.png")
    write(tree, "bin/tool", text="#!/usr/bin/env python3\n")
    write(tree, "bin/script", text="#!/bin/bash\n")
    write(tree, "bin/notes", text="hello\n")
    assert {file.path: file.kind for file in discover(tree).files} == {
        "Makefile": "shell", "a.py": "python", "b.pyi": "python", "bin/script": "shell", "bin/tool": "python",
        "c.ipynb": "notebook", "d.yaml": "config", "requirements-dev.txt": "config", "run.sh": "shell",
    }  # fmt: skip


def test_sorted_with_size_and_time(tree: Path) -> None:
    write(tree, "b/z.py", "a.py", "b.py", "a/b.py", text="12345\n")
    files = discover(tree).files
    assert [file.path for file in files] == ["a.py", "a/b.py", "b.py", "b/z.py"]
    assert files[0].size == 6
    assert files[0].mtime_ns == (tree / "a.py").stat().st_mtime_ns


def test_ignore_files_count(tree: Path) -> None:
    write(tree, "keep.py", "out/a.py", "sub/skip_x.py", "sub/skip_not.py", "sub/deep/skip_y.py", "other/skip_z.py")
    (tree / ".gitignore").write_text("/out/\n*.log\n")
    (tree / "sub/.gitignore").write_text("skip_*\n!skip_not.py\n")
    assert found(tree) == ["keep.py", "other/skip_z.py", "sub/skip_not.py"]


@pytest.mark.parametrize("line", ["[z-a].py", "log[C-8]", "!", "a["])
def test_a_line_that_can_match_nothing_spoils_no_other(tree: Path, line: str) -> None:
    write(tree, "keep.py", "out/a.py")
    (tree / ".gitignore").write_text(f"{line}\nout/\n")
    assert found(tree) == ["keep.py"]


def test_environments_and_caches_are_left_out(tree: Path) -> None:
    write(tree, "a.py", ".venv/x.py", "node_modules/m/x.py", "__pycache__/x.py", ".tox/x.py", "a/.nox/x.py")
    write(tree, "myenv/pyvenv.cfg", "myenv/lib/site-packages/x.py", "site-packages/mine.py")
    assert found(tree) == ["a.py", "site-packages/mine.py"]


def test_include_and_exclude(tree: Path) -> None:
    write(tree, "a.py", "gen/b.py", "gen/c.py", "tests/t.py", "src/tests/u.py")
    (tree / ".gitignore").write_text("gen/\n")
    assert found(tree, include=["gen/b.py"], exclude=["tests/"]) == ["a.py", "gen/b.py"]
    assert found(tree, exclude=["/tests"]) == ["a.py", "src/tests/u.py"]


def test_paths_limit_and_a_named_file_is_always_found(tree: Path) -> None:
    write(tree, "a.py", "src/b.py", "src2/c.py", "gen/d.py")
    (tree / ".gitignore").write_text("gen/\n")
    assert found(tree, "src") == ["src/b.py"]
    assert found(tree, "gen/d.py", "a.py") == ["a.py", "gen/d.py"]
    assert found(tree, str(tree / "src")) == ["src/b.py"]
    assert found(tree, ".") == ["a.py", "src/b.py", "src2/c.py"]


def test_paths_that_cannot_be_meant_are_problems(tree: Path) -> None:
    result = discover(tree, [Path("missing.py"), Path("../elsewhere")])
    assert result.files == ()
    assert [problem.message for problem in result.problems] == [
        "the path lies outside the project",
        "no such file or directory",
    ]


def test_links_never_loop(tree: Path) -> None:
    write(tree, "pkg/a.py")
    (tree / "pkg/again").symlink_to(tree, target_is_directory=True)
    (tree / "loop.py").symlink_to(tree / "loop.py")
    (tree / "same.py").symlink_to(tree / "pkg/a.py")
    (tree / "gone.py").symlink_to(tree / "nothing.py")
    (tree / "far.py").symlink_to("/etc/hostname")
    result = discover(tree)
    assert [file.path for file in result.files] == ["pkg/a.py"]
    assert {problem.path: problem.message for problem in result.problems} == {
        "loop.py": "this link leads nowhere",
        "gone.py": "this link leads nowhere",
        "far.py": "this link leads out of the project",
    }


def test_pipes_are_no_files(tmp_path: Path) -> None:
    write(tmp_path, "a.py")
    os.mkfifo(tmp_path / "pipe.py")
    os.mkfifo(tmp_path / "pipe")
    result = discover(tmp_path)
    assert [file.path for file in result.files] == ["a.py"]
    assert [(problem.path, problem.message) for problem in result.problems] == [
        ("pipe.py", "this is not a regular file")
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator reads everything")
def test_unreadable_folders_are_problems(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "locked/b.py")
    (tmp_path / "locked").chmod(0)
    try:
        result = discover(tmp_path)
    finally:
        (tmp_path / "locked").chmod(0o755)
    assert [file.path for file in result.files] == ["a.py"]
    assert "cannot be read" in result.problems[0].message


def test_a_folder_that_vanishes_is_a_problem(tmp_path: Path) -> None:
    assert "cannot be read" in discover(tmp_path / "nothing").problems[0].message


def test_strange_names(tree: Path) -> None:
    write(tree, "with space.py", "ünï.py", 'quo"te.py', "new\nline.py")
    (tree / os.fsdecode(b"\xff.py")).write_text("x")
    assert len(found(tree)) == 5


def test_large_configuration_is_data(tree: Path) -> None:
    write(tree, "small.json")
    write(tree, "large.json", text=" " * 1_000_001)
    assert found(tree) == ["small.json"]


def test_deleted_and_untracked_files(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q")
    write(tmp_path, "a.py", "b.py")
    run_git(tmp_path, "add", ".")
    (tmp_path / "a.py").unlink()
    write(tmp_path, "new.py")
    assert found(tmp_path) == ["b.py", "new.py"]


def test_submodules_and_nested_repositories(tmp_path: Path) -> None:
    library, project = tmp_path / "library", tmp_path / "project"
    for folder in (library, project):
        folder.mkdir()
        run_git(folder, "init", "-q")
        write(folder, "a.py", "ignored/x.py")
        (folder / ".gitignore").write_text("ignored/\n")
        run_git(folder, "add", ".")
        run_git(folder, "commit", "-qm", "first")
    run_git(project, "submodule", "add", "-q", str(library), "vendor/lib")
    nested = project / "nested"
    nested.mkdir()
    run_git(nested, "init", "-q")
    write(nested, "n.py")
    assert found(project) == ["a.py", "nested/n.py", "vendor/lib/a.py"]


def test_worktrees_and_subfolders(tmp_path: Path) -> None:
    main = tmp_path / "main"
    main.mkdir()
    run_git(main, "init", "-q")
    write(main, "a.py", "src/b.py")
    run_git(main, "add", ".")
    run_git(main, "commit", "-qm", "first")
    run_git(main, "worktree", "add", "-q", str(tmp_path / "other"))
    assert found(tmp_path / "other") == ["a.py", "src/b.py"]
    assert found(main / "src") == ["b.py"]


def test_a_folder_the_repository_ignores_is_walked(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("build/\n")
    write(tmp_path, "build/a.py")
    assert found(tmp_path / "build") == ["a.py"]


def test_a_hook_of_another_repository_does_not_mislead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    other.mkdir()
    run_git(other, "init", "-q")
    project = tmp_path / "project"
    project.mkdir()
    run_git(project, "init", "-q")
    write(project, "a.py")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    assert found(project) == ["a.py"]


def test_nothing_the_repository_configures_is_run(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q")
    trap = tmp_path / "trap.sh"
    trap.write_text("#!/bin/sh\ntouch sprung\n")
    trap.chmod(0o755)
    write(tmp_path, "a.py")
    run_git(tmp_path, "add", "a.py")
    run_git(tmp_path, "commit", "-qm", "first")
    for key in ("core.fsmonitor", "diff.external", "core.pager"):
        run_git(tmp_path, "config", key, str(trap))
    write(tmp_path, "a.py", text="changed\n")
    discover(tmp_path)
    git.is_dirty(tmp_path)
    assert git.changed_lines(tmp_path, "HEAD")[0]["a.py"] == {1}
    assert not (tmp_path / "sprung").exists()
