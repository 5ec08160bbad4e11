"""Where the published packs are: beside the package in a source checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path

from tosguard.errors import ConfigurationError

INDEX = "index.json"
ERRATA = "errata.json"


def rules_directory() -> Path:
    """The directory that holds the packs and their index.

    Raises:
        ConfigurationError: if the installation has none.
    """
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "_rules", package.parent / "rules"):
        if (candidate / INDEX).is_file():
            return candidate
    raise ConfigurationError(
        "the rule packs are missing",
        why="the installation holds no rules directory with an index",
        next_step="install tosguard again, or name a directory of packs in the configuration",
    )
