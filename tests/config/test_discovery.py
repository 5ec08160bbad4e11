from __future__ import annotations

from pathlib import Path

import pytest

from tosguard.config import Resolver, discover
from tosguard.errors import ConfigurationError


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "services" / "api" / "src").mkdir(parents=True)
    return root


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearest_configuration_upward_is_found(repository: Path) -> None:
    top = write(repository / "pyproject.toml", "[tool.tosguard]\nfail-on = 'note'\n")
    own = write(repository / "services" / "api" / "tosguard.toml", "fail-on = 'error'\n")
    assert discover(repository / "services" / "api" / "src") == own
    assert discover(repository / "services") == top
    assert discover(repository / "services" / "absent.py") == top


def test_a_pyproject_that_does_not_speak_of_us_is_passed_over(repository: Path) -> None:
    top = write(repository / "tosguard.toml", "")
    write(repository / "services" / "pyproject.toml", "[project]\ndependencies = ['tosguard']\n")
    assert discover(repository / "services") == top


def test_our_own_file_comes_before_a_pyproject(repository: Path) -> None:
    write(repository / "pyproject.toml", "[tool.tosguard]\n")
    own = write(repository / "tosguard.toml", "")
    assert discover(repository) == own


def test_the_search_ends_at_the_repository(repository: Path) -> None:
    write(repository.parent / "tosguard.toml", "fail-on = 'note'\n")
    assert discover(repository / "services") is None


def test_each_part_of_a_monorepo_has_its_own_settings(repository: Path) -> None:
    write(repository / "tosguard.toml", "fail-on = 'note'\n")
    write(repository / "services" / "api" / "tosguard.toml", "fail-on = 'error'\n")
    resolver = Resolver()
    assert resolver.settings_for(repository / "services" / "api" / "src" / "a.py").fail_on == "error"
    assert resolver.settings_for(repository / "services").fail_on == "note"


def test_an_explicit_file_holds_everywhere(repository: Path) -> None:
    write(repository / "tosguard.toml", "fail-on = 'note'\n")
    other = write(repository / "ci.toml", "fail-on = 'warning'\n")
    assert Resolver(config=other).settings_for(repository).fail_on == "warning"


def test_isolated_ignores_files_but_not_the_environment(repository: Path) -> None:
    write(repository / "tosguard.toml", "fail-on = 'note'\njobs = 3\n")
    settings = Resolver(isolated=True, environ={"TOSGUARD_JOBS": "2"}).settings_for(repository)
    assert (settings.fail_on, settings.jobs, settings.source) == ("", 2, "")


def test_the_environment_overrides_the_file(repository: Path) -> None:
    write(repository / "tosguard.toml", "select = ['openai']\nfail-on = 'note'\n")
    environ = {"TOSGUARD_SELECT": "mistral, anthropic/*", "TOSGUARD_AS_OF": "2026-01-02", "TOSGUARD_FAIL_ON": ""}
    settings = Resolver(environ=environ).settings_for(repository)
    assert settings.select == ("mistral", "anthropic/*")
    assert (settings.as_of, settings.fail_on) == ("2026-01-02", "note")


def test_a_wrong_variable_is_an_error_and_an_unknown_one_a_notice(repository: Path) -> None:
    with pytest.raises(ConfigurationError, match="environment variable TOSGUARD_JOBS: expected a whole number"):
        Resolver(environ={"TOSGUARD_JOBS": "many"}).settings_for(repository)
    (notice,) = Resolver(environ={"TOSGUARD_SELEKT": "x"}).settings_for(repository).notices
    assert "did you mean 'TOSGUARD_SELECT'?" in notice


def test_a_missing_explicit_file_and_contradicting_options_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such configuration file"):
        Resolver(config=tmp_path / "absent.toml")
    present = write(tmp_path / "a.toml", "")
    with pytest.raises(ConfigurationError, match="exclude each other"):
        Resolver(config=present, isolated=True)


def test_every_variable_of_the_command_line_is_left_to_it(repository: Path) -> None:
    environ = {"TOSGUARD_CONFIG": "x", "TOSGUARD_NO_CACHE": "1", "TOSGUARD_DEBUG": "1", "TOSGUARD_COLOR": "never"}
    assert Resolver(environ=environ).settings_for(repository).notices == ()
