"""Names of the files in which a project declares the libraries it needs. Imported by every run: keep it light."""

from __future__ import annotations

from fnmatch import fnmatchcase

#: One requirement a line.
REQUIREMENTS = ("requirements*.txt", "*requirements.txt", "requirements*.in")

#: Documents with lists or tables of requirements.
DOCUMENTS = ("pyproject.toml", "pipfile", "environment*.yml", "environment*.yaml", "conda*.yml", "conda*.yaml")

#: INI files.
SETTINGS = ("setup.cfg",)

#: Programs whose literal lists of requirements are read, where something else speaks for them being read at all.
PROGRAMS = ("setup.py",)


def declares(name: str) -> bool:
    """Whether a file of this name declares dependencies."""
    return any(fnmatchcase(name.lower(), pattern) for pattern in (*REQUIREMENTS, *DOCUMENTS, *SETTINGS))
