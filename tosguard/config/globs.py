"""Globs of one folder, as they read from a folder below it."""

from __future__ import annotations

from fnmatch import fnmatchcase


def globs_below(globs: tuple[str, ...], folder: str) -> tuple[str, ...]:
    """What globs of a configuration mean inside one of its folders.

    Args:
        globs: relative to the configuration's folder.
        folder: where the paths begin that they are compared with (``services/api``); "" for the same folder.

    Returns:
        The globs that can fit something below, relative to ``folder``. One that means the whole of ``folder`` is left
        out: who asks for an excluded folder by name wants to see it.
    """
    if not folder:
        return globs
    found = (_below(glob, folder.split("/")) for glob in globs)
    return tuple(glob for glob in found if glob)


def _below(glob: str, folder: list[str]) -> str:
    text = glob.removeprefix("./")
    if "/" not in text.rstrip("/"):
        return text
    parts = text.strip("/").split("/")
    for name in folder:
        if not parts:
            return ""
        if parts[0] == "**":
            return "/".join(parts)
        if not fnmatchcase(name, parts.pop(0)):
            return ""
    # A slash in front keeps what is left at the top of the folder.
    return f"/{'/'.join(parts)}" if parts and parts != ["**"] else ""
