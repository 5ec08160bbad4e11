"""Where the cache lies. Apart from ``store``, so that asking costs no import."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def cache_folder(env: Mapping[str, str]) -> str | None:
    """The user's cache directory for tosguard.

    Args:
        env: the environment.

    Returns:
        ``$TOSGUARD_CACHE_DIR``, else ``tosguard`` under ``$XDG_CACHE_HOME`` or the platform's cache folder; None when
        no home directory is known.
    """
    if own := env.get("TOSGUARD_CACHE_DIR"):
        return own
    if (xdg := env.get("XDG_CACHE_HOME")) and os.path.isabs(xdg):  # noqa: PTH117
        return _below(xdg, "tosguard")
    if sys.platform == "win32":
        return _below(env["LOCALAPPDATA"], "tosguard", "cache") if env.get("LOCALAPPDATA") else None
    if not (home := env.get("HOME")):
        return None
    if sys.platform == "darwin":
        return _below(home, "Library", "Caches", "tosguard")
    return _below(home, ".cache", "tosguard")


def is_private(status: os.stat_result) -> bool:
    """Whether nobody else may write to a directory: what others can write is not believed."""
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)


def _below(*parts: str) -> str:
    return os.path.join(*parts)  # noqa: PTH118
