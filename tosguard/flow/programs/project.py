"""The project's modules: what an import statement of one file means among the others.

A dotted import is looked up, first match wins: as written from the root; from each *source root* (a folder that stands
on
``sys.path`` when a script is started: the importing script's own folder, ``src``, a folder named in a ``sys.path``
edit,
any folder that has modules but no ``__init__`` above it). What is found nowhere is a symbol of a library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tosguard.flow.language.scopes import ModuleScope
from tosguard.flow.language.scoping import scope_module
from tosguard.syntax import ir


@dataclass(frozen=True, slots=True)
class SourceModule:
    """One lowered file. ``path`` is relative with forward slashes; ``cells`` maps notebook lines: entry ``i`` is
    ``(cell, line in cell)`` of source line ``i + 1``; None for plain files. Of a helper only what others call
    matters."""

    path: str
    node: ir.Module
    cells: Sequence[tuple[int, int]] | None = None
    is_helper: bool = False


#: Folders that hold a project's own packages.
SOURCE_FOLDERS = frozenset({"", "src", "lib", "python"})


#: Folders whose files are for all others.
SHARED = frozenset({"shared", "common", "lib", "utils", "src", "core"})


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces two names begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def module_name(path: str) -> str:
    """The dotted name of a file relative to the root: ``a/b.py`` → ``a.b``, ``a/__init__.py`` → ``a``."""
    stem = path
    for suffix in (".py", ".pyi", ".ipynb"):
        if stem.endswith(suffix):
            stem = stem[: -len(suffix)]
            break
    parts = stem.split("/")
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return ".".join(parts)


class Project:
    """All modules by dotted name, and the resolution of imports between them. ``unread`` are the paths of files called
    as one of them of which no more is known."""

    def __init__(
        self, sources: Iterable[SourceModule], is_library: Callable[[str], bool], unread: Iterable[str] = ()
    ) -> None:
        self._is_library = is_library
        self._unread = {module_name(path) for path in unread}
        self.modules: dict[str, ModuleScope] = {}
        self.by_path: dict[str, ModuleScope] = {}
        self.tails: dict[str, list[str]] = {}
        for source in sorted(sources, key=lambda s: s.path):
            name = module_name(source.path)
            if name in self.modules:
                if source.path.endswith(".pyi"):
                    continue
                name = source.path.replace("/", ".")
            is_package = source.path.endswith("__init__.py")
            scope = scope_module(name, source.path, source.node, is_package=is_package, cells=source.cells)
            scope.is_helper = source.is_helper
            self.modules[name] = scope
            self.by_path[source.path] = scope
            self.tails.setdefault(name.rpartition(".")[2], []).append(name)
        self.packages = {name.rsplit(".", n)[0] for name in self.modules for n in range(1, name.count(".") + 1)}
        for name in sorted(self.packages.difference(self.modules)):
            self.tails.setdefault(name.rpartition(".")[2], []).append(name)
        self._cache: dict[tuple[str, str], str | None] = {}

    def absolute(self, importer: ModuleScope, dotted: str) -> str | None:
        """The name of the project's module or package that ``import dotted`` means in ``importer``; None for a
        library's."""
        folder = importer.path.rpartition("/")[0]
        key = (folder, dotted)
        if key not in self._cache:
            self._cache[key] = self._find(importer, dotted)
        return self._cache[key]

    def meant(self, importer: ModuleScope, dotted: str, names: Iterable[str] = ()) -> str | None:
        """What ``import dotted`` or ``from dotted import names`` means: as ``absolute``, but an installed library wins
        over a mere folder of its name that holds none of the names."""
        found = self.absolute(importer, dotted)
        if found is None and "." not in dotted and not self._is_library(dotted):
            return self._anywhere(importer, dotted, tuple(names))
        if found is None or found in self.modules or not self._is_library(dotted.partition(".")[0]):
            return found
        return found if any(self._exists(f"{found}.{name}") for name in names) else None

    def _anywhere(self, importer: ModuleScope, dotted: str, names: Sequence[str]) -> str | None:
        """A module of this name in any folder that has all that is taken of it: files that worked side by side are
        often sorted into folders later. Of several a shared one goes first, then the nearest."""
        having = [
            name
            for name in self.tails.get(dotted, ())
            if name in self.modules and name != importer.dotted and self.modules[name].bound.issuperset(names)
        ]
        own = importer.dotted.split(".")
        beside = (".".join([*own[:depth], dotted]) for depth in range(len(own)))
        if not names or "*" in names or not having or not self._unread.isdisjoint(beside):
            return None
        return min(having, key=lambda name: (SHARED.isdisjoint(name.split(".")), -_common(own, name.split(".")), name))

    def _exists(self, name: str) -> bool:
        return name in self.modules or name in self.packages

    def _find(self, importer: ModuleScope, dotted: str) -> str | None:
        own = importer.package
        in_package = own in self.modules
        if not (in_package and self._is_library(dotted.partition(".")[0])):
            sibling = f"{own}.{dotted}" if own else dotted
            if self._may_mean(importer, dotted, sibling):
                return sibling
        if self._may_mean(importer, dotted, dotted):
            return dotted
        base = own
        while base:
            base = base.rpartition(".")[0]
            candidate = f"{base}.{dotted}" if base else dotted
            fits = self._may_mean(importer, dotted, candidate) and base not in self.modules
            if fits and not self._is_namesake(candidate, base, own):
                return candidate
        return self._by_tail(importer, dotted)

    def _may_mean(self, importer: ModuleScope, dotted: str, name: str) -> bool:
        """Whether an import may mean a module. A script called as a library that it imports means the library; one
        that names itself with its package (``from chat.templates import get`` in ``templates``) means itself."""
        return self._exists(name) and (name != importer.dotted or "." in dotted)

    def _is_namesake(self, package: str, base: str, importer: str) -> bool:
        """Whether a package is only named as a library that what stands in it imports: ``clients/openai``. A library's
        own code lies at the root or in a folder for sources."""
        inside = importer == package or importer.startswith(f"{package}.")
        return inside and self._is_library(package.rpartition(".")[2]) and base.rpartition(".")[2] not in SOURCE_FOLDERS

    def _by_tail(self, importer: ModuleScope, dotted: str) -> str | None:
        """A module reached over a source root somewhere in the tree; only when exactly one fits, or the nearest
        does."""
        tail = dotted.rpartition(".")[2]
        fitting = [n for n in self.tails.get(tail, ()) if n.endswith("." + dotted) and n != importer.dotted]
        if "." not in dotted:
            head = importer.dotted.partition(".")[0]
            own = importer.package
            fitting = [n for n in fitting if not self._is_namesake(n, n.rpartition(".")[0], own)]
            rooted = [n for n in fitting if self._is_source_root(n.rpartition(".")[0])]
            near = [n for n in rooted if self._is_own_package(n) or (n in self.modules and n.partition(".")[0] == head)]
            if self._is_library(dotted):
                fitting = near if importer.edits_path else [n for n in near if self._is_own_package(n)]
            else:
                fitting = rooted if importer.edits_path and not near else near
        if len(fitting) > 1:
            roots = importer.path_folders
            fitting = [n for n in fitting if n[: -len(dotted) - 1].rpartition(".")[2] in roots]
        return fitting[0] if len(fitting) == 1 else None

    def _is_own_package(self, name: str) -> bool:
        """Whether a package stands where a project keeps those that it installs: ``src/name``."""
        return name in self.packages and name.rpartition(".")[0] in SOURCE_FOLDERS

    def _is_source_root(self, package: str) -> bool:
        return package not in self.modules

    def relative(self, importer: ModuleScope, level: int, dotted: str) -> str:
        """The absolute name that a relative import means."""
        package = importer.package
        for _ in range(level - 1):
            package = package.rpartition(".")[0]
        return f"{package}.{dotted}" if package and dotted else package or dotted

    def package_scope(self, name: str) -> ModuleScope:
        """An empty module standing for a folder without ``__init__`` file."""
        return scope_module(name, name.replace(".", "/") + "/", ir.Module((), (0,)), is_package=True)
