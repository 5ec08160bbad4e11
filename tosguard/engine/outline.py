"""What a run asks of an analysed file beside its IR: a few small facts, remembered with the others of the file.

With them a run that needs a file's neighbours alone neither reads the file nor decodes its IR.
"""

from __future__ import annotations

import marshal
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tosguard.engine.lowering import Lowered
    from tosguard.engine.source import Source

#: The name of a configuration file.
DOCUMENT = re.compile(r"[\w.-]+\.(?:json|ya?ml|toml)\b")
_CONFIG_FOLDER = re.compile(r"config_path *= *[\"']([^\"']+)[\"']")
_STARTS = re.compile(r"^if __name__ ?== ?[\"']__main__", re.MULTILINE)
#: What a module says that takes options of its program.
_TAKES_OPTIONS = (
    "add_argument",
    "ArgumentParser",
    "click",
    "typer",
    "environ",
    "getenv",
    "argv",
    "dataclass",
    "DEFINE_",
)

#: What writes or reads a data set by its name, and what is one.
_HANDLES_SETS = (
    "load_dataset",
    "push_to_hub",
    "save_to_disk",
    "load_from_disk",
    "hf_hub_download",
    "snapshot_download",
)
_SETS = re.compile(rf"\b(?:{'|'.join(_HANDLES_SETS)})\b")
_SET = re.compile(r"""["']([\w.-]+/[\w.-]+)["']""")
_GIVEN_SET = re.compile(rf"""{_SETS.pattern}\(\s*["']([^"'\n]+)["']""")


class Command(NamedTuple):
    """What a notebook hands to a shell: the text, its first line in the cell, and the cell."""

    text: str
    line: int
    cell: int


class Outline(NamedTuple):
    """What the run asks of one file.

    Attributes:
        lines: how many it has.
        sets: the data sets that it names, if it writes or reads any.
        documents: the names of configuration files that it mentions.
        config_folders: the folders in which it says its configuration lies, seen from its own.
        takes_options: whether it takes options of its program.
        starts: whether it is a program.
        errors: line and message of what could not be decoded or parsed.
        commands: what it hands to a shell, if it is a notebook.
    """

    lines: int
    sets: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    config_folders: tuple[str, ...] = ()
    takes_options: bool = False
    starts: bool = False
    errors: tuple[tuple[int, str], ...] = ()
    commands: tuple[Command, ...] = ()


def outline_of(source: Source, lowered: Lowered) -> Outline:
    """The outline of a file that was read and lowered."""
    text = source.text
    problem = () if source.problem is None else (source.problem,)
    return Outline(
        lines=len(lowered.module.line_starts),
        sets=sets_in(text),
        documents=tuple(dict.fromkeys(DOCUMENT.findall(text))),
        config_folders=tuple(dict.fromkeys(_CONFIG_FOLDER.findall(text))) if "config_path" in text else (),
        takes_options=any(word in text for word in _TAKES_OPTIONS),
        starts=_STARTS.search(text) is not None,
        errors=(*problem, *((error.line, error.message) for error in source.errors_at(lowered.problems))),
        commands=tuple(Command(c.text, c.line, c.cell) for c in source.commands if c.kind == "shell"),
    )


def sets_in(text: str) -> tuple[str, ...]:
    """The data sets that a source names, where it writes or reads one."""
    if not any(word in text for word in _HANDLES_SETS) or _SETS.search(text) is None:
        return ()
    return tuple(dict.fromkeys((*_SET.findall(text), *_GIVEN_SET.findall(text))))


def packed(outline: Outline) -> bytes:
    """The bytes of an outline."""
    return marshal.dumps((tuple(outline._replace(commands=())), tuple(tuple(command) for command in outline.commands)))


def unpacked(data: bytes) -> Outline:
    """The outline that was packed."""
    fields, commands = marshal.loads(data)
    return Outline(*fields)._replace(commands=tuple(Command(*each) for each in commands))
