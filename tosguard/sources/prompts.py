"""Prompts that stand in files of their own, in folders that are called so."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tosguard.sources.reading import Unreadable, decode, read

#: What the folders are called.
FOLDERS = ("prompts", "prompt", "prompt_templates")

#: How the names of prompts end.
SUFFIXES = (".txt", ".md", ".prompt", ".j2", ".jinja", ".jinja2", ".tmpl")

#: Longer files are no prompts; of more files, and more characters in all, none is looked at.
LONGEST_PROMPT = 20_000
MOST_PROMPTS = 200


def prompts_of(root: Path, folders: Iterable[str]) -> Mapping[str, str]:
    """The texts of the prompts beside a project's code, by path.

    Args:
        root: the project's directory.
        folders: the directories beside whose files prompts may be kept, relative to it, the root itself left out.
    """
    found: dict[str, str] = {}
    for folder in prompt_folders(folders):
        for path in _listed(root, folder):
            try:
                text = decode(read(root / path, LONGEST_PROMPT)).text
            except Unreadable:
                continue
            if text:
                found[path] = text
            if len(found) >= MOST_PROMPTS:
                return found
    return found


def prompt_folders(folders: Iterable[str]) -> Iterator[str]:
    """Where prompts are looked for."""
    for folder in ("", *folders):
        yield from (f"{folder}/{name}" if folder else name for name in FOLDERS)


def _listed(root: Path, folder: str) -> Iterator[str]:
    """The files of one folder that are called as prompts are, in order."""
    try:
        with os.scandir(root / folder) as entries:
            names = sorted(e.name for e in entries if e.name.lower().endswith(SUFFIXES) and e.is_file())
    except OSError:
        return
    yield from (f"{folder}/{name}" for name in names)
