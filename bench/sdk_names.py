"""Whether a modelled symbol exists in an unpacked release: its modules and names are followed as far as its code tells.

What a release makes while it runs (an answer without an annotation, the attributes of a base class from elsewhere) is
not told by reading; such a symbol counts as possible, never as missing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path

PIECE = re.compile(r"\.?(?P<name>[A-Za-z_]\w*)|(?P<call>\([^)]*\))|(?P<item>\[[^\]]*\])")

#: Base classes from elsewhere that give nothing which a catalogue would model.
PLAIN_BASES = frozenset(
    {"object", "ABC", "Generic", "Protocol", "BaseModel", "Enum", "TypedDict", "NamedTuple", "Exception", "Any", "type"}
)
ROUNDS = 14

#: Where a wheel keeps modules that are moved when it is installed.
DATA = re.compile(r"^[^/]+\.data/(?:purelib|platlib)/")

#: What a name is bound by: a statement, or the module and the name it is imported from.
Binding = ast.stmt | tuple[str, str]


class Told(Enum):
    """What reading a release says of a symbol."""

    FOUND = "found"
    POSSIBLE = "possible"
    MISSING = "missing"


@dataclass(frozen=True)
class Thing:
    """What a part of a symbol stands for: a module by name, or a definition in one; ``made`` if it was called."""

    module: str
    node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | None = None
    made: bool = False


#: The release does not tell what a part stands for.
UNTOLD = Thing("")


class Names:
    """The names of one unpacked release."""

    def __init__(self, root: Path) -> None:
        paths = (p for suffix in ("*.py", "*.pyi") for p in root.rglob(suffix))
        self._paths: dict[str, Path] = {}
        self._stubs: dict[str, str] = {}
        for path in paths:
            inside = DATA.sub("", path.relative_to(root).as_posix())
            if self._paths.setdefault(_dotted(Path(inside)), path) is not path and path.suffix == ".pyi":
                self._stubs[_dotted(Path(inside))] = path.read_text(encoding="utf-8", errors="replace")
        self._bound: dict[str, dict[str, Binding]] = {}
        self._trees: dict[str, ast.Module] = {}
        self._texts: dict[str, frozenset[str]] = {}

        described = next((p for p in root.glob("*.dist-info")), root)
        self.version = described.name.removesuffix(".dist-info").rpartition("-")[2]

    @cached_property
    def _packages(self) -> frozenset[str]:
        """The modules and the folders above them."""
        return frozenset(
            ".".join(parts[:end])
            for parts in (name.split(".") for name in self._paths)
            for end in range(1, len(parts) + 1)
        )

    def tells(self, symbol: str) -> Told:
        """Whether a symbol exists: ``FOUND`` as a definition, ``POSSIBLE`` where reading does not tell."""
        pieces = list(PIECE.finditer(symbol))
        head = pieces[0]["name"] if pieces else ""
        if head not in self._packages:
            return Told.MISSING
        thing: Thing | None = Thing(head)
        for piece in pieces[1:]:
            if thing is None or thing == UNTOLD:
                break
            if piece["name"]:
                thing = self._attribute(thing, piece["name"])
            else:
                thing = self._called(thing) if piece["call"] == "()" else UNTOLD
        return Told.MISSING if thing is None else Told.POSSIBLE if thing == UNTOLD else Told.FOUND

    # ------------------------------------------------------------------------------------------------------ steps

    def _attribute(self, thing: Thing, name: str) -> Thing | None:
        if thing.node is None:
            return self._in_module(thing.module, name)
        if isinstance(thing.node, ast.ClassDef):
            return self._member(thing.node, thing.module, name)
        return UNTOLD

    def _called(self, thing: Thing) -> Thing | None:
        node = thing.node
        if isinstance(node, ast.ClassDef):
            if not thing.made:
                return Thing(thing.module, node, made=True)
            call = self._member(node, thing.module, "__call__")
            return call and self._called(call)
        if node is None:
            return UNTOLD
        return self._annotated(node.returns, thing.module)

    def _annotated(self, annotation: ast.expr | None, module: str) -> Thing:
        """An object of the class that an annotation names."""
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            try:
                annotation = ast.parse(annotation.value, mode="eval").body
            except SyntaxError:
                return UNTOLD
        if not isinstance(annotation, (ast.Name, ast.Attribute)):
            return UNTOLD
        found = self._dotted_name(module, ast.unparse(annotation))
        if found is None or not isinstance(found.node, ast.ClassDef):
            return UNTOLD
        return Thing(found.module, found.node, made=True)

    def _member(self, node: ast.ClassDef, module: str, name: str, rounds: int = ROUNDS) -> Thing | None:
        unsure = False
        for item in _statements(node.body):
            if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
                if item.name == name:
                    return self._property(item, module)
                unsure |= item.name in ("__getattr__", "__getattribute__")
            elif name in _assigned(item) or (isinstance(item, ast.ClassDef) and item.name == name):
                return UNTOLD
        if any(name in _own_fields(item) for item in node.body):
            return UNTOLD
        for base in node.bases if rounds else ():
            spelled = ast.unparse(base).split("[")[0]
            found = self._dotted_name(module, spelled)
            if found is not None and isinstance(found.node, ast.ClassDef) and found.node is not node:
                inherited = self._member(found.node, found.module, name, rounds - 1)
                if inherited is not None:
                    return inherited
            elif spelled.rpartition(".")[2] not in PLAIN_BASES:
                unsure = True
        return UNTOLD if unsure or (node.decorator_list and name == "__call__") else None

    def _property(self, item: ast.FunctionDef | ast.AsyncFunctionDef, module: str) -> Thing:
        if any("property" in ast.unparse(decorator) for decorator in item.decorator_list):
            return self._annotated(item.returns, module)
        return Thing(module, item)

    # ---------------------------------------------------------------------------------------------------- modules

    def _dotted_name(self, module: str, name: str) -> Thing | None:
        thing: Thing | None = Thing(module)
        for part in name.split("."):
            thing = self._attribute(thing, part) if thing is not None and thing != UNTOLD else thing
        return thing

    def _in_module(self, module: str, name: str, rounds: int = ROUNDS) -> Thing | None:
        """What a module's name stands for; None if it has no such name, ``UNTOLD`` if that is not to be read."""
        if module not in self._packages:
            return UNTOLD
        found = self._bindings(module).get(name) if rounds else None
        if isinstance(found, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            return Thing(module, found)
        if isinstance(found, tuple):
            base, imported = found
            if not imported:
                return Thing(base) if base in self._packages else UNTOLD
            inner = self._in_module(base, imported, rounds - 1)
            return inner if inner is not None else UNTOLD
        if found is not None:
            return UNTOLD
        if f"{module}.{name}" in self._packages:
            return Thing(f"{module}.{name}")
        for base, starred in self._bindings(module).items():
            if isinstance(starred, tuple) and starred[1] == "*":
                inner = self._in_module(base.removeprefix("*"), name, rounds - 1) if rounds else UNTOLD
                if inner is not None:
                    return inner
        return UNTOLD if rounds == 0 or self._says(module, name) else None

    def _says(self, module: str, name: str) -> bool:
        """Whether a module has a text that is the name: one that it loads when it is asked for."""
        if name in self._stubs.get(module, ""):
            return True
        lazy = "__getattr__" in self._bindings(module) or "__all__" in self._bindings(module)
        if lazy and module not in self._texts:
            texts = (n.value for n in ast.walk(self._tree(module)) if isinstance(n, ast.Constant))
            self._texts[module] = frozenset(text for text in texts if isinstance(text, str))
        return lazy and name in self._texts[module]

    def _bindings(self, module: str) -> dict[str, Binding]:
        """A module's top-level names: their statements, or the module and name they are imported from."""
        if module in self._bound:
            return self._bound[module]
        bound: dict[str, Binding] = {}
        self._bound[module] = bound
        for item in _statements(self._tree(module).body):
            for name, binding in self._binds(module, item):
                known = bound.setdefault(name, binding)
                if isinstance(known, ast.ClassDef) and known is not binding:  # which of two it is, a condition decides
                    bound[name] = ast.Pass()
        return bound

    def _binds(self, module: str, item: ast.stmt) -> Iterator[tuple[str, Binding]]:
        if isinstance(item, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield item.name, item
        elif isinstance(item, ast.ImportFrom):
            base = self._base(module, item)
            for alias in item.names:
                yield f"*{base}" if alias.name == "*" else alias.asname or alias.name, (base, alias.name)
        elif isinstance(item, ast.Import):
            for alias in item.names:
                whole = alias.name if alias.asname else alias.name.partition(".")[0]
                yield alias.asname or whole, (whole, "")
        for name in _assigned(item):
            renamed = item.value.id if isinstance(item, ast.Assign) and isinstance(item.value, ast.Name) else name
            yield name, (module, renamed) if renamed != name else item

    def _tree(self, module: str) -> ast.Module:
        if module not in self._trees:
            try:
                self._trees[module] = ast.parse(self._paths[module].read_text(encoding="utf-8"))
            except (KeyError, SyntaxError, UnicodeDecodeError):
                self._trees[module] = ast.Module([], [])
        return self._trees[module]

    def _base(self, module: str, item: ast.ImportFrom) -> str:
        if not item.level:
            return item.module or ""
        path = self._paths.get(module)
        cut = item.level - (1 if path is not None and path.stem == "__init__" else 0)
        parts = module.split(".")
        return ".".join([*parts[: len(parts) - cut], *([item.module] if item.module else [])])


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body and of the branches in it."""
    for item in body:
        yield item
        if isinstance(item, (ast.If, ast.Try, ast.With)):
            yield from _statements(item.body)
            for handler in getattr(item, "handlers", ()):
                yield from _statements(handler.body)
            yield from _statements(getattr(item, "orelse", []))


def _assigned(item: ast.stmt) -> tuple[str, ...]:
    targets = item.targets if isinstance(item, ast.Assign) else [item.target] if isinstance(item, ast.AnnAssign) else []
    return tuple(n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))


def _own_fields(item: ast.stmt) -> Iterator[str]:
    """The fields that a method sets."""
    for node in ast.walk(item) if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)) else ():
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Attribute) and ast.unparse(target.value) == "self":
                    yield target.attr
