"""Rewriting the commands of interactive sessions to Python that says the same, line for line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHELLS = frozenset({"bash", "sh", "zsh", "script", "cmd", "system", "sx", "!", "!!", "powershell"})
#: Magics that run the Python they are given, and what of their line comes before it.
_RUNNING = frozenset({"time", "timeit", "prun", "capture", "python", "python3", "ipytest", "debug", "memit", "mprun"})
_OPTIONS = re.compile(r"(?:\s*-{1,2}[A-Za-z]\w*(?:[ =]?\d+)?(?=\s|$))*\s*")
_LINE = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<target>[A-Za-z_][\w, \t.\[\]]*?)[ \t]*=[ \t]*)?(?P<mark>!!|!|%)(?P<rest>.*)", re.DOTALL
)
#: Magics that a session takes without their mark, where the line can be nothing else.
_UNMARKED = re.compile(r"[ \t]*(?:pip3?|conda|mamba|uv)[ \t]+(?:install|uninstall|update|pip)[ \t]+[\w\"'.-].*")
_MAGIC = re.compile(r"\s*(?P<name>[A-Za-z_][\w.]*)(?P<rest>.*)", re.DOTALL)
_HELP = re.compile(r"[ \t]*(?:\?{1,2}[%\w.*]+|%{0,2}[A-Za-z_*][\w.*\[\]'\"]*\?{1,2})[ \t]*;?[ \t]*")
_TOKEN = re.compile(
    r"""\#.*|[A-Za-z]{0,2}('''|\""")|[A-Za-z]{0,2}(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|[(\[{]|[)\]}]""", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a notebook that is not Python.

    Attributes:
        cell: its 1-based cell.
        line: its first line in the cell, 1-based.
        kind: ``"shell"`` or ``"text"`` (a file written, or another language).
        text: what it says.
        target: the file it is written to, or "".
    """

    cell: int
    line: int
    kind: str
    text: str
    target: str = ""


def python_of_cell(source: str, cell: int) -> tuple[str, list[Fragment]]:
    """The Python of one code cell and its other fragments.

    Args:
        source: the cell.
        cell: its number.

    Returns:
        Python of as many lines as the cell has, and what was taken out of it.
    """
    lines = source.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        return _cell_magic(lines, first, cell)
    return _line_magics(lines, cell)


def _cell_magic(lines: list[str], first: int, cell: int) -> tuple[str, list[Fragment]]:
    """A cell whose first line says what the rest is."""
    found = _MAGIC.match(lines[first][2:])
    name = found["name"] if found else "!"
    rest = found["rest"].strip() if found else lines[first][2:].lstrip("!")
    if name in _RUNNING:
        statement = "" if name == "capture" else _OPTIONS.sub("", rest, count=1)
        return _line_magics([*lines[:first], statement, *lines[first + 1 :]], cell)
    kind = "shell" if name in _SHELLS else "text"
    target = ""
    if name in ("writefile", "file"):
        target = next((word for word in rest.split() if not word.startswith("-")), "").strip("'\"")
        if target.endswith((".sh", ".bash")):
            kind = "shell"
    body = "\n".join(lines[first + 1 :])
    fragments = [Fragment(cell, first + 2, kind, body, target)] if body.strip() else []
    return "\n" * (len(lines) - 1), fragments


def _line_magics(lines: list[str], cell: int) -> tuple[str, list[Fragment]]:
    fragments: list[Fragment] = []
    state = _Reading()
    index = 0
    result: list[str] = []
    while index < len(lines):
        line = lines[index]
        if state.inside():
            state.take(line)
            result.append(line)
            index += 1
            continue
        count = 1
        if _UNMARKED.fullmatch(line):
            line = f"!{line.strip()}"
        found = _LINE.fullmatch(line)
        if found is not None:
            while lines[index + count - 1].endswith("\\") and index + count < len(lines):
                count += 1
            command = _LINE.fullmatch("\n".join([line, *lines[index + 1 : index + count]]))
            assert command is not None
            line = _call(command, cell, index + 1, fragments)
        elif _HELP.fullmatch(line):
            line = _empty_statement(line)
        state.take(line)
        result.extend([line, *[""] * (count - 1)])
        index += count
    return "\n".join(result), fragments


def _call(found: re.Match[str], cell: int, line: int, fragments: list[Fragment]) -> str:
    """The Python a command stands for."""
    head = found["indent"] + (f"{found['target']} = " if found["target"] else "")
    rest = found["rest"]
    if found["mark"] != "%":
        fragments.append(Fragment(cell, line, "shell", rest.strip()))
        method = "getoutput" if found["target"] or found["mark"] == "!!" else "system"
        return f"{head}get_ipython().{method}({_literal(rest)})"
    magic = _MAGIC.fullmatch(rest.lstrip("%"))
    if magic is None:
        return found["indent"] + "pass"
    name, arguments = magic["name"], magic["rest"].strip()
    if name in _RUNNING:
        statement = _OPTIONS.sub("", arguments, count=1)
        return head + statement if statement else found["indent"] + "pass"
    if name in _SHELLS:
        fragments.append(Fragment(cell, line, "shell", arguments))
    return f"{head}get_ipython().run_line_magic({name!r}, {_literal(arguments)})"


def _literal(text: str) -> str:
    return repr(re.sub(r"\s*\\\n\s*", " ", text).strip())


def _empty_statement(line: str) -> str:
    """Nothing, in a way that does not leave a block empty."""
    indent = line[: len(line) - len(line.lstrip())]
    return indent + "pass" if indent else ""


class _Reading:
    """Whether the next line continues a string, a bracket or a joined line, where no command can stand."""

    __slots__ = ("_depth", "_joined", "_quote")

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0
        self._joined = False

    def inside(self) -> bool:
        """Whether the next line is a continuation."""
        return bool(self._quote) or self._depth > 0 or self._joined

    def take(self, line: str) -> None:
        """Moves over one line."""
        at = 0
        self._joined = line.endswith("\\")
        while at < len(line):
            if self._quote:
                end = line.find(self._quote, at)
                if end < 0:
                    return
                at = end + 3
                self._quote = ""
                continue
            found = _TOKEN.search(line, at)
            if found is None:
                return
            at = found.end()
            token = found.group()
            if token.startswith("#"):
                self._joined = False
                return
            if found[1]:
                self._quote = found[1]
            elif token in "([{":
                self._depth += 1
            elif token in ")]}":
                self._depth = max(0, self._depth - 1)
