"""Import statements read off bytes.

Reading them with a pattern instead of a parser costs a thousandth and errs on the safe side: a file too many is parsed,
none that imports in the usual ways is missed.
"""

from __future__ import annotations

import marshal
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_STATEMENT = re.compile(
    rb"^[ \t]*(?:from[ \t]+(\.*[ \t]*[\w.]*)[ \t]*import[ \t]*(\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)"
    rb"|import[ \t]+((?:[^\n\\]|\\\r?\n)*))",
    re.MULTILINE,
)
#: ``%run script`` of a notebook, as written and as it is read.
_RUN = re.compile(
    rb"""^[ \t]*(?:%run[ \t]+|get_ipython\(\)\.run_line_magic\(['"]run['"], *['"])((?:-\w+[ \t]+)*)["']?([\w./-]+)""",
    re.MULTILINE,
)
#: What a module is imported by whose name is worked out at run time, and the name of a whole package among imports.
_LOADER = re.compile(
    rb"\b(?:(\w+)\.(?:\w+\.)*)?"
    rb"(import_module|__import__|iter_modules|walk_packages|spec_from_file_location)[ \t]*\("
)
EVERY = "**"
#: ``f"tasks.{name}"``, ``"tasks." + name``, ``"tasks.%s" % name``: the package that stands before the name.
_OF_PACKAGE = re.compile(rb"""f["'](\.+|\.*(?:\w+\.)+)\w*\{|["'](\.+|\.*(?:\w+\.)+)\w*(?:["'][ \t]*(?:\+|%)|%|\{)""")
#: The beginning of an argument that is a text.
_TEXT = re.compile(rb"""\(\s*(?=f?["'])""")
#: ``iter_modules(tasks.__path__)``; a path of its own is the folder of the file.
_PATH_OF = re.compile(rb"\b(\w[\w.]*)\.__path__|\b(?:__path__|__file__)\b")
#: A text that may name a folder of modules; a listing is needed for it to be one.
_FOLDER = re.compile(rb"""["']\.?/?((?:[\w-]+/)*[\w-]+)(?:/\*?(?:\.py)?)?["']""")
_LISTING = re.compile(rb"\b(?:listdir|glob|rglob|iterdir|scandir|walk)[ \t]*\(")
#: Folders that one file may load every module of, at most.
_MAX_FOLDERS = 24
#: A top-level statement with all that is indented under it; a function's or a class's own names are its own.
_OUTERMOST = re.compile(
    rb"^(?:(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|[^\s#@)\]}])[^\n]*(?:\n(?:[ \t#\r][^\n]*)?)*", re.MULTILINE
)
#: What binds a name in a statement, and more: a key and its colon look like an annotation.
_BINDING = re.compile(
    rb"(?:^|[:;])[ \t]*(?:(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|((?:[^\n=:;]+=(?!=))+|[^\n=:;]+(?=:)))", re.MULTILINE
)
_WORD = re.compile(rb"\w+")
_COMMENT = re.compile(rb"#[^\n]*")
_NAME = re.compile(r"^[\w.]+$")


def imports_in(data: bytes) -> Iterator[tuple[str, str, str]]:
    """All imports a source makes, at any depth, in order: module, name and the name bound (see ``engine.imports``).

    Args:
        data: the bytes of a Python source (or of a notebook's joined cells).
    """
    if b"import" in data:
        for match in _STATEMENT.finditer(data):
            yield from _names(match)
    if b"run" in data:
        for match in _RUN.finditer(data):
            yield _started(match[2].decode("utf-8", "replace")), "*", ""
    yield from _loaded(data)


def _loaded(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Whole packages whose modules are imported by names worked out at run time; what is bound is what imports them."""
    found: dict[tuple[str, str], None] = {}
    for match in _LOADER.finditer(data):
        loader = match[2].decode()
        if loader in ("import_module", "__import__"):
            folders = [_package(named) for named in _named_packages(data, match.end() - 1)]
        elif loader == "spec_from_file_location":
            folders = [f.decode().replace("/", ".") for f in _FOLDER.findall(data)] if _LISTING.search(data) else []
        else:
            path = _PATH_OF.search(data, match.end(), match.end() + 120)
            folders = [(path[1] or b".").decode()] if path is not None else []
        bound = (match[1] or match[2]).decode()
        found.update(dict.fromkeys((folder, bound) for folder in folders))
        if len(found) >= _MAX_FOLDERS:
            break
    yield from ((folder, EVERY, bound) for folder, bound in found)


def _named_packages(data: bytes, start: int) -> Iterator[bytes]:
    """The packages whose modules the argument at ``start`` may name: that of the text written there, else all that the
    file puts a name to."""
    text = _TEXT.match(data, start)
    if text is None:
        yield from (one or other for one, other in _OF_PACKAGE.findall(data))
    elif (named := _OF_PACKAGE.match(data, text.end())) is not None:
        yield named[1] or named[2]


def _package(named: bytes) -> str:
    """The package before a name: ``tasks.`` is ``tasks``, ``.`` stays what it is."""
    text = named.decode()
    return text.rstrip(".") if text.strip(".") else text


def _started(path: str) -> str:
    """The module that a script or notebook is, relative to who runs it."""
    steps = [step for step in path.split("/") if step not in ("", ".")]
    above = sum(step == ".." for step in steps)
    named = [step for step in steps if step != ".."]
    if named:
        named[-1] = named[-1].removesuffix(".py").removesuffix(".ipynb")
    return "." * (above + 1) + ".".join(named)


def bound_in(data: bytes) -> frozenset[str] | None:
    """The names that a module may bind, and some more; None where a star import hides which.

    Args:
        data: the bytes of a Python source (or of a notebook's joined cells).
    """
    found: set[bytes] = set()
    for _, name, bound in imports_in(data):
        if name == "*":
            return None
        found.add(bound.encode())
    for statement in _OUTERMOST.finditer(data):
        if statement[1]:
            found.add(statement[1])
            continue
        for name, names in _BINDING.findall(statement[0]):
            found.update((name,) if name else _WORD.findall(names))
    return frozenset(name.decode("utf-8", "replace") for name in found)


def packed_imports(data: bytes) -> bytes:
    """The imports of a source as bytes: a run that needs none of them does not take them apart."""
    return marshal.dumps(list(imports_in(data)))


def _names(match: re.Match[bytes]) -> Iterator[tuple[str, str, str]]:
    origin, names, modules = match.groups()
    listed = _COMMENT.sub(b"", names if names is not None else modules).decode("utf-8", "replace")
    module = "" if origin is None else "".join(origin.decode("utf-8", "replace").split())
    for part in listed.split(";")[0].strip("() \t\r\n").replace("\\", " ").split(","):
        words = part.split()
        if not words or not (words[0] == "*" or _NAME.match(words[0])):
            continue
        alias = words[2] if len(words) == 3 and words[1] == "as" else ""
        if origin is None:
            yield words[0], "", alias or words[0].partition(".")[0]
        elif module:
            yield module, words[0], "" if words[0] == "*" else alias or words[0]
