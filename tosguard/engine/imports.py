"""The project's files that import statements mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from tosguard.sources.importing import EVERY, imports_in

#: More files than this of one name in unrelated folders say nothing about which is meant.
_MAX_NAMESAKES = 3
#: Files whose importers are looked for one by one, before all are told at once.
_MOST_ASKED = 64


class Imported(NamedTuple):
    """One imported name. ``module`` keeps its leading dots; ``name`` is "" for ``import module``, ``*`` for a star and
    ``EVERY`` for all modules of a package that are loaded by name; ``bound`` is the name it gets in the importer (""
    for a star), or what loads them."""

    module: str
    name: str
    bound: str


def imports_of(data: bytes) -> tuple[Imported, ...]:
    """All imports a source makes, at any depth, in order.

    Args:
        data: the bytes of a Python source (or of a notebook's joined cells).
    """
    return tuple(Imported(*each) for each in imports_in(data))


class ImportGraph:
    """Which files of the project an import may mean, and who imports a file.

    Args:
        imports: path (relative, forward slashes) → what it imports.
    """

    def __init__(self, imports: Mapping[str, Iterable[Imported]]) -> None:
        self._imports = {path: tuple(found) for path, found in imports.items()}
        self._files = {_dotted(path): path for path in sorted(imports, reverse=True)}
        self._by_tail: dict[str, list[str]] = {}
        for dotted in sorted(self._files):
            self._by_tail.setdefault(dotted.rpartition(".")[2], []).append(dotted)
        self._targets: dict[tuple[str, str], tuple[str, ...]] = {}
        self._leading: dict[str, tuple[tuple[Imported, tuple[str, ...]], ...]] = {}
        self._importers: dict[str, list[tuple[str, Imported]]] = {}
        self._all_told = False
        self._by_key: dict[str, list[tuple[int, str, Imported]]] | None = None

    def imported_by(self, path: str) -> tuple[Imported, ...]:
        """What a file imports."""
        return self._imports.get(path, ())

    def targets(self, importer: str, imported: Imported) -> tuple[str, ...]:
        """The files an import may mean: the module, and the submodule where the name may be one."""
        if imported.name == EVERY:
            return tuple(path for path in self._inside(importer, imported.module) if path != importer)
        found = self._module(importer, imported.module)
        if imported.name not in ("", "*"):
            joint = "" if imported.module.endswith(".") else "."
            found += self._module(importer, imported.module + joint + imported.name)
        return tuple(dict.fromkeys(path for path in found if path != importer))

    def leading(self, path: str) -> tuple[tuple[Imported, tuple[str, ...]], ...]:
        """The imports of a file that lead to files of the project, with these."""
        if path not in self._leading:
            found = ((imported, self.targets(path, imported)) for imported in self.imported_by(path))
            self._leading[path] = tuple((imported, targets) for imported, targets in found if targets)
        return self._leading[path]

    def importers(self, path: str) -> list[tuple[str, Imported]]:
        """Who imports a file, and as what."""
        if path not in self._importers and not self._all_told:
            if len(self._importers) < _MOST_ASKED:
                self._importers[path] = self._importers_of(path)
            else:
                self._tell_all()
        return self._importers.get(path, [])

    def _tell_all(self) -> None:
        self._all_told = True
        self._importers = {}
        for importer in sorted(self._imports):
            for imported, targets in self.leading(importer):
                for target in targets:
                    self._importers.setdefault(target, []).append((importer, imported))

    def _importers_of(self, path: str) -> list[tuple[str, Imported]]:
        """The importers of one file: those of which a name fits are looked at, not every import of the project."""
        if self._by_key is None:
            self._by_key = {}
            every = ((importer, each) for importer in sorted(self._imports) for each in self._imports[importer])
            for number, (importer, imported) in enumerate(every):
                for key in dict.fromkeys(_keys(importer, imported)):
                    self._by_key.setdefault(key, []).append((number, importer, imported))
        dotted = _dotted(path)
        fitting = [*self._by_key.get(dotted.rpartition(".")[2], ()), *self._by_key.get(f"={dotted}", ())]
        fitting.extend(self._by_key.get(EVERY, ()))
        ordered = {number: (importer, imported) for number, importer, imported in sorted(fitting)}
        return [each for each in ordered.values() if path in self.targets(*each)]

    def _module(self, importer: str, module: str) -> tuple[str, ...]:
        folder = importer.rpartition("/")[0]
        key = (folder, module)
        if key not in self._targets:
            self._targets[key] = tuple(self._files[dotted] for dotted in self._resolve(folder, module))
        return self._targets[key]

    def _inside(self, importer: str, package: str) -> tuple[str, ...]:
        """The modules that stand right in a package or folder."""
        folders = importer.split("/")[:-1]
        dotted = package.lstrip(".")
        if level := len(package) - len(dotted):
            bases = [folders[: len(folders) - level + 1]]
        else:
            bases = [folders[:depth] for depth in range(len(folders), -1, -1)]
        for base in bases:
            held = self._modules_of.get(".".join([*base, dotted] if dotted else base), ())
            if held:
                return tuple(self._files[name] for name in held)
        return ()

    @cached_property
    def _modules_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for dotted in sorted(self._files):
            found.setdefault(dotted.rpartition(".")[0], []).append(dotted)
        return found

    def _resolve(self, folder: str, module: str) -> list[str]:
        parts = folder.split("/") if folder else []
        dotted = module.lstrip(".")
        if level := len(module) - len(dotted):
            base = parts[: len(parts) - level + 1] if level - 1 <= len(parts) else []
            return [name for name in [".".join([*base, dotted] if dotted else base)] if name in self._files]
        for depth in range(len(parts), -1, -1):
            name = ".".join([*parts[:depth], dotted])
            if name in self._files:
                return [name]
        return self._elsewhere(dotted)

    def _elsewhere(self, dotted: str) -> list[str]:
        """Modules under a folder that may stand on ``sys.path``: one that is no package itself."""
        namesakes = [
            name
            for name in self._by_tail.get(dotted.rpartition(".")[2], ())
            if name.endswith("." + dotted) and not self._is_package(name[: -len(dotted) - 1])
        ]
        return namesakes if len(namesakes) <= _MAX_NAMESAKES else []

    def _is_package(self, dotted: str) -> bool:
        return self._files.get(dotted, "").endswith("__init__.py")


def _keys(importer: str, imported: Imported) -> Iterator[str]:
    """The last name of the modules that an import may mean; for a package that is named by dots alone all of it."""
    dotted = imported.module.lstrip(".")
    if imported.name == EVERY:
        yield EVERY
        return
    if dotted:
        yield dotted.rpartition(".")[2]
    else:
        folders = importer.split("/")[:-1]
        yield "=" + ".".join(folders[: len(folders) - len(imported.module) + 1])
    if imported.name not in ("", "*"):
        yield imported.name.rpartition(".")[2]


def _dotted(path: str) -> str:
    stem = path.rpartition(".")[0] if path.endswith((".py", ".pyi", ".ipynb")) else path
    parts = stem.split("/")
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)
