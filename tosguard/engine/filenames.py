"""Names of data files that a source mentions, read off bytes: what one script writes, another reads.

A converter between a generator and a trainer often names no library worth looking for. What it shares with its
neighbours is the name of a file, or of the folder that one fills and the other lists. Names that every project has say
nothing, nor do those that many files mention.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

_ENDING = re.compile(rb"""\.(jsonl|json|ndjson|csv|tsv|pickle|pkl|parquet|arrow|feather|xlsx|txt|sqlite3?|db)['"]""")
_BEGINNING = re.compile(rb"""['"\s]""")
#: The end of a literal that names a folder; a double backslash is one that is written in a plain literal.
_FOLDER_ENDING = re.compile(rb"""(?<=[\w})])(?:/|\\\\?)['"]""")
#: What lists a folder, and what opens files by a path.
_LISTS = re.compile(rb"\b(?:listdir|scandir|iterdir|glob|walk)\b")
_OPENS = re.compile(rb"\bopen\(|\bwrite_text\b|\bto_(?:csv|json|parquet|pickle)\b")
_SLASH = re.compile(r"[/\\]+")
_HOLE = re.compile(r"\{[^{}]*\}|%\(\w+\)[sd]|%\d*[sd]|\*+")
#: A folder whose whole name is known: a few letters, with a number at most behind them.
_NAME = re.compile(r"[A-Za-z_-]{3,}[\w-]*[A-Za-z\d]")
#: Letters that the fixed part of a name must have to tell which file it is.
_TELLING = 4
#: Letters from which on a name is telling whoever mentions it; a shorter one is where few do.
_LONG = 6
#: Bytes of a literal that are looked at, from its end.
_LONGEST = 120
#: More files than this that mention a name do not belong to one chain.
_MAX_SHARING = 8
#: The same for short names.
_MAX_SHARING_SHORT = 3
#: Names of files that have nothing to do with each other.
_COMMON = frozenset(
    {
        *("config", "settings", "package", "requirements", "readme", "license", "secrets", "credentials", "metadata"),
        *("manifest", "output", "outputs", "results", "dataset", "training", "testing", "validation", "vocab"),
        *("tokenizer", "tokenizer_config", "special_tokens_map", "generation_config", "adapter_config"),
        "trainer_state",
    }
)
#: Folders in which every project keeps something.
_FOLDERS = frozenset(
    {
        *("data", "datasets", "train", "test", "tests", "valid", "eval", "temp", "tmp", "logs", "prompts", "images"),
        *("files", "models", "model", "checkpoint", "checkpoints", "cache", "static", "templates", "assets", "home"),
        *("src", "scripts", "utils", "users", "docs", "input", "inputs", "result", "download", "downloads", "save"),
    }
)
#: Of these, folders of which a script may read every file that another wrote, one for each model or run.
_HOLDERS = frozenset({"output", "outputs", "results"})


def file_names(data: bytes) -> tuple[str, ...]:
    """The telling names of data files in a source, holes and the stars of listings in them made alike.

    Args:
        data: the bytes of a Python source (or of a notebook's joined cells).
    """
    found: dict[str, None] = {}
    for match in _ENDING.finditer(data):
        literal = _BEGINNING.split(data[max(0, match.start() - _LONGEST) : match.start()])[-1]
        *folders, stem = _SLASH.split(_HOLE.sub("{}", literal.decode("utf-8", "replace")))
        suffix, fixed = match[1].decode(), stem.replace("{}", "")
        if stem.lower() in _COMMON:
            continue
        if _letters(fixed) >= _TELLING:
            found.setdefault(f"{stem}.{suffix}")
        elif not folders or "{}" in folders[-1] or _letters(folders[-1] + fixed) < _TELLING:
            continue
        elif fixed or folders[-1].lower() not in _COMMON or folders[-1].lower() in _HOLDERS:
            found.setdefault(f"{folders[-1]}/{stem}.{suffix}")
            if not fixed and _tells_folder(folders[-1]):
                found.setdefault(f"{folders[-1]}/")
    if _OPENS.search(data) is not None or _LISTS.search(data) is not None:
        found.update(dict.fromkeys(_folders(data)))
    return tuple(found)


def _folders(data: bytes) -> Iterator[str]:
    """The telling names of folders of a project: no addresses, and none in which every project keeps something."""
    for match in _FOLDER_ENDING.finditer(data):
        literal = _BEGINNING.split(data[max(0, match.start() - _LONGEST) : match.start()])[-1]
        name = _SLASH.split(literal.decode("utf-8", "replace"))[-1]
        if b"://" not in literal and _tells_folder(name):
            yield f"{name}/"


def _tells_folder(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and name.lower() not in _COMMON | _FOLDERS


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


class FileNames:
    """Which files of a project mention the same data file.

    Args:
        mentioned: path → the names it mentions.
    """

    def __init__(self, mentioned: Mapping[str, Iterable[str]]) -> None:
        self._names = {path: tuple(names) for path, names in mentioned.items()}
        self._paths: dict[str, set[str]] = defaultdict(set)
        for path, names in self._names.items():
            for name in names:
                self._paths[name].add(path)

    def sharing(self, paths: Collection[str]) -> set[str]:
        """The other files that mention a data file which one of these does. Where many do, those beside it: a project
        may hold several copies of one chain, each in a directory of its own."""
        beside = {(name, _directory(path)) for path in paths for name in self._names.get(path, ())}
        found: set[str] = set()
        for name, directory in beside:
            every = self._paths[name]
            near = every if len(every) <= _most(name) else {path for path in every if _directory(path) == directory}
            if len(near) <= _most(name):
                found |= near
        return found - set(paths)


def _directory(path: str) -> str:
    return path.rpartition("/")[0]


def _most(name: str) -> int:
    """How many files may mention a name of one chain."""
    return _MAX_SHARING if name[-1] == "/" or _letters(name.rpartition(".")[0]) >= _LONG else _MAX_SHARING_SHORT
