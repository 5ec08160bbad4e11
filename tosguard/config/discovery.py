"""Which configuration holds for a path: the nearest one upward, inside the repository."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from tosguard.config.environment import with_environment
from tosguard.config.model import Settings
from tosguard.config.reading import has_settings, read_settings
from tosguard.errors import ConfigurationError

OWN_NAME = "tosguard.toml"
SHARED_NAME = "pyproject.toml"


def discover(start: Path) -> Path | None:
    """The configuration file that holds for a path.

    The search goes from the folder upward to the repository's root (a folder with ``.git``) or, outside a repository,
    to the file system's. In one folder ``tosguard.toml`` comes before ``pyproject.toml``, and the latter counts only
    with a ``[tool.tosguard]`` table.

    Args:
        start: a file or a folder, which need not exist.

    Raises:
        ConfigurationError: a ``pyproject.toml`` on the way that names tosguard and is no TOML.
    """
    folder = start if start.is_dir() else start.parent
    for candidate in (folder.absolute(), *folder.absolute().parents):
        found = _in_folder(candidate)
        if found is not None:
            return found
        if (candidate / ".git").exists():
            return None
    return None


def repository_of(folder: Path) -> Path | None:
    """The top of the work tree (or submodule) that an absolute folder lies in, told without asking git."""
    return next((candidate for candidate in (folder, *folder.parents) if (candidate / ".git").exists()), None)


def _in_folder(folder: Path) -> Path | None:
    own = folder / OWN_NAME
    if own.is_file():
        return own
    shared = folder / SHARED_NAME
    if not shared.is_file():
        return None
    try:
        text = shared.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    return shared if has_settings(text, str(shared)) else None


class Resolver:
    """Settings by path: each path has those of the nearest configuration, read once.

    Args:
        config: a file that holds for everything (``--config``), or None to search.
        isolated: ignore all files (``--isolated``).
        environ: the environment.
        patterns: the usage patterns there are, to check agreements.

    Raises:
        ConfigurationError: ``config`` and ``isolated`` together, or ``config`` is no file.
    """

    def __init__(
        self,
        *,
        config: Path | None = None,
        isolated: bool = False,
        environ: Mapping[str, str] | None = None,
        patterns: Collection[str] = (),
    ) -> None:
        if config is not None and isolated:
            raise ConfigurationError("--config and --isolated exclude each other", next_step="give one of them")
        if config is not None and not config.is_file():
            raise ConfigurationError("no such configuration file", where=str(config), next_step="check --config")
        self._config = config
        self._isolated = isolated
        self._environ = environ or {}
        self._patterns = patterns
        self._by_file: dict[Path | None, Settings] = {}
        self._by_folder: dict[Path, Settings] = {}

    def settings_for(self, path: Path) -> Settings:
        """The settings that hold for a file or folder."""
        if self._isolated:
            return self._read(None)
        if self._config is not None:
            return self._read(self._config)
        folder = (path if path.is_dir() else path.parent).absolute()
        if folder not in self._by_folder:
            self._by_folder[folder] = self._read(discover(folder))
        return self._by_folder[folder]

    def _read(self, file: Path | None) -> Settings:
        if file not in self._by_file:
            settings = Settings() if file is None else read_settings(file, self._patterns)
            self._by_file[file] = with_environment(settings, self._environ)
        return self._by_file[file]
