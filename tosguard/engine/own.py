"""The libraries that a project defines itself.

Where ``crewai/__init__.py`` belongs to the project, ``import crewai`` beside it means the project, not the SDK that the
catalogue models. A file that says no more than that deals with no provider; without this, the sources of a framework
would be candidates one and all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

_INIT = "/__init__.py"


@dataclass(frozen=True, slots=True)
class OwnLibraries:
    """Names of libraries by the folder (with a slash; "" for the root) beneath which they are the project's own."""

    by_folder: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, path: str) -> frozenset[str]:
        """The libraries that an import in this file finds in the project."""
        found = [names for folder, names in self.by_folder.items() if path.startswith(folder)]
        return found[0] if len(found) == 1 else frozenset().union(*found)

    def identity(self) -> bytes:
        """Tells one set of them from another."""
        return "\n".join(
            f"{folder}\0{name}" for folder, names in sorted(self.by_folder.items()) for name in sorted(names)
        ).encode("utf-8", "surrogateescape")


def own_libraries(paths: Iterable[str], libraries: Collection[str]) -> OwnLibraries:
    """The libraries among the top-level packages of a project.

    Args:
        paths: all files of the project.
        libraries: top-level names of the libraries that the catalogue models.
    """
    packages = {path[: -len(_INIT)] for path in paths if path.endswith(_INIT)}
    found: dict[str, set[str]] = {}
    for package in packages:
        folder, _, name = package.rpartition("/")
        if name in libraries and folder not in packages:
            found.setdefault(f"{folder}/" if folder else "", set()).add(name)
    return OwnLibraries({folder: frozenset(names) for folder, names in found.items()})


def needles_without(needles: Iterable[bytes], own: Collection[str], hosts: Collection[bytes] = ()) -> tuple[bytes, ...]:
    """The needles less those that only name one of these libraries.

    Args:
        needles: what triage looks for (``litellm``, ``import evals``, ``evaluate.load``, ``api.openai.com``).
        own: names of libraries.
        hosts: needles that name a host, whatever they begin with (``crewai.com``).
    """
    return tuple(needle for needle in needles if needle in hosts or _library(needle.decode()) not in own)


def of_hosts(needles: Iterable[bytes], hosts: Iterable[str]) -> tuple[bytes, ...]:
    """The needles with a dot that are part of the name of one of these hosts."""
    known = "\n".join(hosts)
    return tuple(needle for needle in needles if b"." in needle and needle.decode() in known)


def naming(needles: Iterable[bytes], names: Collection[str], pieces: Collection[str] = ()) -> tuple[bytes, ...]:
    """The needles that import one of these libraries, or are part of one of these names.

    Args:
        needles: what triage looks for.
        names: names of libraries, hosts, environment variables and data sets.
        pieces: names of which a needle must be a whole piece, between characters that are no letters or digits.
    """
    roots = {name.partition(".")[0] for name in names}
    known, split = "\n".join(names), "\n".join(pieces)
    return tuple(
        needle
        for needle in needles
        if _library(text := needle.decode()) in roots or text in known or re.search(_whole(text), split)
    )


def _whole(text: str) -> str:
    """A pattern of a text that goes on with no letter or digit where it begins or ends with one."""
    before = r"(?<![^\W_])" if text[0].isalnum() else ""
    after = r"(?![^\W_])" if text[-1].isalnum() else ""
    return before + re.escape(text) + after


def _library(needle: str) -> str:
    """The library that a needle names, "" for one that names something else."""
    words = needle.split()
    if words[0] in ("from", "import") and len(words) > 1:
        words = words[1:]
    if words[1:2] == ["import"]:
        # ``from evals import``, ``google import genai``
        del words[1:]
    return words[0].partition(".")[0].replace("-", "_") if len(words) == 1 else ""
