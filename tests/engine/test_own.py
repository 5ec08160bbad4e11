"""A library's own sources are no use of the library."""

from __future__ import annotations

import pytest

from tosguard.engine.own import needles_without, of_hosts, own_libraries

LIBRARIES = frozenset(("crewai", "openai", "evals"))


@pytest.mark.parametrize(
    ("files", "path", "expected"),
    [
        pytest.param(["crewai/__init__.py"], "crewai/agents/base.py", {"crewai"}, id="the package itself"),
        pytest.param(["crewai/__init__.py"], "examples/run.py", {"crewai"}, id="a script beside the package"),
        pytest.param(["src/crewai/__init__.py"], "src/crewai/agent.py", {"crewai"}, id="in a source root"),
        pytest.param(["src/crewai/__init__.py"], "examples/run.py", set(), id="a script outside the source root"),
        pytest.param(
            ["app/__init__.py", "app/openai/__init__.py"], "app/main.py", set(), id="a module inside a package"
        ),
        pytest.param(["openai/client.py"], "main.py", set(), id="a folder without modules of its own name"),
        pytest.param(["tool/__init__.py"], "tool/a.py", set(), id="no library that is modelled"),
        pytest.param(
            ["a/crewai/__init__.py", "a/x/evals/__init__.py"], "a/x/b.py", {"crewai", "evals"}, id="of several folders"
        ),
    ],
)
def test_which_libraries_are_the_projects_own(files: list[str], path: str, expected: set[str]) -> None:
    assert own_libraries(files, LIBRARIES).of(path) == expected


def test_needles_that_only_name_an_own_library_are_left_out() -> None:
    needles = (
        b"crewai",
        b"import evals",
        b"from evals",
        b"evals.run",
        b"api.openai.com",
        b"chat/completions",
        b"lm-eval",
    )
    assert needles_without(needles, {"crewai", "evals", "openai", "lm_eval"}) == (
        b"api.openai.com",
        b"chat/completions",
    )
    assert needles_without(needles, set()) == needles


def test_a_host_that_begins_like_an_own_library_stays() -> None:
    needles = (b"crewai", b"crewai.com", b"crewai.run")
    hosts = of_hosts(needles, ["*.crewai.com", "api.openai.com"])
    assert hosts == (b"crewai.com",)
    assert needles_without(needles, {"crewai"}, hosts) == (b"crewai.com",)
