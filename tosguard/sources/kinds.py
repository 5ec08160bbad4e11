"""What kind of file a name announces."""

from __future__ import annotations

from fnmatch import fnmatchcase

PYTHON = "python"
NOTEBOOK = "notebook"
SHELL = "shell"
CONFIG = "config"

#: Larger configuration files are data sets.
MAX_CONFIG = 1_000_000

_BY_SUFFIX = {
    ".py": PYTHON, ".pyi": PYTHON, ".pyw": PYTHON, ".ipynb": NOTEBOOK,
    ".sh": SHELL, ".bash": SHELL, ".zsh": SHELL, ".slurm": SHELL, ".sbatch": SHELL, ".mk": SHELL, ".bat": SHELL,
    ".ps1": SHELL, ".cmd": SHELL,
    ".yaml": CONFIG, ".yml": CONFIG, ".toml": CONFIG, ".json": CONFIG, ".cfg": CONFIG, ".ini": CONFIG,
    ".conf": CONFIG,
}  # fmt: skip
_BY_NAME = {"makefile": SHELL, "gnumakefile": SHELL, "dockerfile": SHELL, "justfile": SHELL, "pipfile": CONFIG}
_CONFIG_NAMES = ("requirements*.txt", "*requirements.txt", "requirements*.in", ".env", ".env.*", "*.env")


def kind_of_name(name: str) -> str | None:
    """The kind a file name announces, ``""`` if only the content can tell, ``None`` if it is of no interest."""
    lowered = name.lower()
    if lowered in _BY_NAME:
        return _BY_NAME[lowered]
    stem, dot, suffix = lowered.rpartition(".")
    if dot and stem and f".{suffix}" in _BY_SUFFIX:
        return _BY_SUFFIX[f".{suffix}"]
    if any(fnmatchcase(lowered, pattern) for pattern in _CONFIG_NAMES):
        return CONFIG
    if lowered.startswith(("dockerfile.", "makefile.")):
        return SHELL
    return None if dot else ""


def kind_of_content(head: bytes) -> str | None:
    """The kind that the beginning of a file without a suffix announces: a script, or a JSON list or object."""
    if head.lstrip()[:1] in (b"[", b"{") and b'"' in head:
        return CONFIG
    return kind_of_shebang(head)


def kind_of_shebang(head: bytes) -> str | None:
    """The kind the first line of an executable text announces."""
    line = head.split(b"\n", 1)[0]
    if not line.startswith(b"#!"):
        return None
    if b"python" in line:
        return PYTHON
    return SHELL if line.rstrip().endswith((b"sh", b"sh -e", b"sh -eu", b"sh -x")) else None
