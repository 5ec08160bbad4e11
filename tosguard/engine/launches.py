"""Launches: what scripts, recipes and configurations of a project give to the options of its own programs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath

from tosguard.flow.facts import Place
from tosguard.usage.beside.shell import MOST_VALUES, Repeated, Word, command_lines
from tosguard.usage.beside.turns import Turns, TurnsOf

#: Longer texts are data, not scripts.
LONGEST_TEXT = 200_000
#: Characters of scripts and configurations that are looked through in one project.
MOST_TEXT = 4_000_000

#: Scripts whose commands are all run.
SCRIPT_SUFFIXES = (".sh", ".bash", ".zsh", ".slurm", ".sbatch")

#: ``(path of the program, option) → values``, as the solver takes them.
Options = dict[tuple[str, str], tuple[str, ...]]

_CALLED = re.compile(r"\.py\b|(?:^|\s)-m[\s\"']", re.MULTILINE)
_EXPORT = re.compile(r"^[ \t]*export[ \t]+(\w+)=([\"']?)([^\s\"'$`;]+)\2[ \t]*$", re.MULTILINE)
_MAKE_VARIABLE = re.compile(r"^(\w+)[ \t]*(?:[?:+]{0,2}=)[ \t]*([^\n#]*?)[ \t]*(?:#.*)?$", re.MULTILINE)
_MAKE_USE = re.compile(r"\$\((\w+)\)")
_CONFIG_KEY = re.compile(r"^(?:- +)?(?:[\w\"'-]+ *: *)?(?:- +)?[|>]?")
_TOML_KEY = re.compile(r"^[ \t]*[\w.\"'-]+[ \t]*=[ \t]*(?:\{[ \t]*\w+[ \t]*=[ \t]*)?(?=[\"'\[])", re.MULTILINE)
_ARRAY_JOINT = re.compile(r"[\"'] *, *[\"']")
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)=(.+)", re.DOTALL)
_KEY_VALUE = re.compile(r"\+{0,2}([A-Za-z_][\w.]*)=(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Launch:
    """A program of the project that a command starts.

    Attributes:
        program: its path.
        path: the script the command stands in, and ``line`` where.
        options: option without dashes, or number of a positional argument from 1, or ``$NAME`` of the environment →
            values.
    """

    program: str
    path: str
    line: int
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Programs:
    """The project's Python files as commands name them.

    Args:
        paths: relative with forward slashes.
    """

    def __init__(self, paths: Collection[str]) -> None:
        self._paths = frozenset(paths)
        self._by_name: dict[str, list[str]] = {}
        for path in sorted(self._paths):
            self._by_name.setdefault(path.rpartition("/")[2], []).append(path)

    def at(self, word: str, folders: Iterable[str]) -> str | None:
        """The file that ``word`` names for a command run in one of ``folders``, the likeliest first."""
        if not word.endswith(".py"):
            return None
        tail = word.rpartition("$")[2].partition("/")[2] if "$" in word else word
        if tail == word:
            for folder in folders:
                path = normpath(f"{folder}/{word}" if folder else word)
                if path in self._paths:
                    return path
        tail = normpath(tail.lstrip("./"))
        fitting = [p for p in self._by_name.get(tail.rpartition("/")[2], ()) if f"/{p}".endswith(f"/{tail}")]
        return fitting[0] if len(fitting) == 1 else None

    def module(self, dotted: str, folders: Iterable[str]) -> str | None:
        """The file that ``python -m dotted`` runs."""
        stem = dotted.replace(".", "/")
        for name in (f"{stem}.py", f"{stem}/__main__.py"):
            found = self.at(name, folders)
            if found is not None:
                return found
        return None


def launches(path: str, text: str, programs: Programs) -> Iterator[Launch]:
    """The programs that a script, recipe or configuration starts.

    Args:
        path: the script, for its folder and ending.
        text: what it says.
        programs: the project's Python files.
    """
    if len(text) > LONGEST_TEXT or _CALLED.search(text) is None:
        return
    folder = path.rpartition("/")[0]
    folders = list(dict.fromkeys((folder, "", *(folder[:i] for i, ch in enumerate(folder) if ch == "/"))))
    repeated = Repeated()
    exported = {f"${name}": (value,) for name, _, value in _EXPORT.findall(text)}
    for words in command_lines(_as_shell(path, text), {}):
        if repeated.remember(words):
            continue
        if len(words) > 1 and words[0].text == "cd" and "$" not in words[1].text:
            inner = [normpath(f"{f}/{words[1].text}") if f else words[1].text for f in folders[:2]]
            folders = list(dict.fromkeys((*inner, *folders)))
            continue
        found = _started(words, programs, folders)
        if found is not None:
            at, program = found
            options = {**exported, **_environment(words[:at]), **_given(words[at:], repeated)}
            yield Launch(program, path, words[0].line, options)


def options_of(found: Iterable[Launch]) -> Options:
    """All that launches give, joined by program and option."""
    joined: dict[tuple[str, str], dict[str, None]] = {}
    for launch in found:
        for name, values in launch.options.items():
            joined.setdefault((launch.program, name), {}).update(dict.fromkeys(values))
    return {key: tuple(values)[:MOST_VALUES] for key, values in sorted(joined.items())}


def turns_of(found: Iterable[Launch]) -> TurnsOf:
    """What options are given one after another: by the rounds of a loop, or by the commands of one shell script.

    Recipes and configurations list commands of which one is chosen, so that only their loops count.
    """
    grouped: dict[tuple[str, str, str, int], dict[str, int]] = {}
    for launch in found:
        at = 0 if launch.path.endswith(SCRIPT_SUFFIXES) else launch.line
        for name, values in launch.options.items():
            given = grouped.setdefault((launch.program, launch.path, name, at), {})
            for value in values:
                given.setdefault(value, launch.line)
    turns: dict[str, list[Turns]] = {}
    for (program, path, _, _), given in sorted(grouped.items()):
        if len(given) >= 2:
            line = min(given.values())
            place = Place(path, line, 1, line, 1)
            turns.setdefault(program, []).append(Turns(place, tuple(given)[:MOST_VALUES]))
    return {program: tuple(several) for program, several in turns.items()}


def shared(options: Options, modules: Mapping[str, Mapping[str, bool]]) -> Options:
    """Options also of the modules in which programs declare them.

    Args:
        options: by program.
        modules: program → the modules it imports, and whether all options are theirs or the environment alone.
    """
    grown: dict[tuple[str, str], dict[str, None]] = {key: dict.fromkeys(values) for key, values in options.items()}
    programs = {program for program, _ in options}
    for (program, name), values in options.items():
        for path, declares in modules.get(program, {}).items():
            if name.startswith("$") or (declares and path not in programs):
                grown.setdefault((path, name), {}).update(dict.fromkeys(values))
    return {key: tuple(values)[:MOST_VALUES] for key, values in sorted(grown.items())}


def _as_shell(path: str, text: str) -> str:
    """The text as lines of a shell: recipes with shell variables, a configuration's values without keys."""
    name = path.rpartition("/")[2].lower()
    if "makefile" in name or name.endswith(".mk") or name == "justfile":
        text = _MAKE_VARIABLE.sub(lambda m: f"{m[1]}={_quoted(m[2])}", text)
        return _MAKE_USE.sub(r"${\1}", text).replace("\t@", "\t").replace("$$", "$")
    if name.endswith((".yaml", ".yml", ".json", ".toml")) or name.startswith("dockerfile"):
        if name.endswith(".toml"):
            text = _TOML_KEY.sub("", text)
        return "\n".join(_config_line(line) for line in text.split("\n"))
    return text


def _quoted(text: str) -> str:
    return text if not text or text[0] in "\"'" or "'" in text else f"'{text}'" if "$" not in text else f'"{text}"'


def _config_line(line: str) -> str:
    bare = line.strip()
    if ".py" not in bare and "-m" not in bare and not bare.endswith("\\") and not bare.startswith("-"):
        return bare
    bare = _CONFIG_KEY.sub("", bare, count=1).strip()
    if "[" in bare:
        bare = _ARRAY_JOINT.sub(" ", bare.partition("[")[2].rpartition("]")[0]).strip("\"' ")
    elif bare[:1] in "\"'" and bare.rstrip(",")[-1:] == bare[:1] and bare.count(bare[:1]) == 2:
        bare = bare.rstrip(",")[1:-1]
    return bare


def _started(words: tuple[Word, ...], programs: Programs, folders: list[str]) -> tuple[int, str] | None:
    """Where the arguments of the program begin that a command starts, and its path."""
    for at, word in enumerate(words):
        if word.text == "-m" and at + 1 < len(words):
            found = programs.module(words[at + 1].text, folders)
            if found is not None:
                return at + 2, found
        elif word.text.endswith(".py"):
            found = programs.at(word.text, folders)
            if found is not None:
                return at + 1, found
    return None


def _environment(words: tuple[Word, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        assigned = _ASSIGNED.fullmatch(word.text)
        if assigned is not None:
            found[f"${assigned[1]}"] = (assigned[2],)
    return found


def _given(words: tuple[Word, ...], repeated: Repeated) -> dict[str, tuple[str, ...]]:
    """The options of a command line; words behind an option are its values."""
    found: dict[str, list[str]] = {}
    name = ""
    plain = 0
    for word in words:
        text = word.text
        if text.startswith((">", "<", "2>", "&>")):
            break
        if text.startswith("-") and not text[1:2].isdigit() and len(text) > 1:
            bare, equals, value = text.partition("=")
            name = bare.lstrip("-").replace("-", "_")
            values = found.setdefault(name, [])
            if equals:
                values.extend(repeated.spread(value))
                name = ""
            continue
        if name:
            found[name].extend(repeated.spread(text))
            continue
        plain += 1
        found.setdefault(str(plain), []).extend(repeated.spread(text))
        if (pair := _KEY_VALUE.fullmatch(text)) is not None:
            found.setdefault(pair[1], []).extend(repeated.spread(pair[2]))
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items() if values}
