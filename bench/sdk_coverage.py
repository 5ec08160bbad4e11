"""Compare the catalogue with the SDKs, read statically: what is modelled but does not exist, what exists but is not.

Downloads releases with pip (nothing is installed, imported or run), walks their client classes and prints a report.
By hand (``python bench/sdk_coverage.py --folder /somewhere``) and weekly (``.ci/weekly``). Exit 1 when a floor is
missed.
"""

from __future__ import annotations

import argparse
import ast
import gzip
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import yaml
from sdk_names import Names, Told

from tosguard.catalog.catalogue import Catalogue
from tosguard.catalog.loader import load
from tosguard.catalog.symbols import begins_with

FLOOR = 0.98
DEPTH = 6

#: Plumbing that every generated client has: neither inference nor tuning nor administration.
PLUMBING = re.compile(
    r"\.(_\w*|with_\w+|copy|(a?)close|is_closed|get|post|put|patch|delete|request|platform_headers|do_request\w*"
    r"|get_api_list|start_upload|dynamic_import|agent_headers)$|\.(qs|sdk_configuration|internal)\."
)

Definition = tuple[ast.ClassDef, str]


def fetch(distribution: str, version: str, folder: Path) -> Path:
    """Download one release without its dependencies and unpack it; what is already there is kept."""
    target = folder / f"{distribution}-{version or 'newest'}"
    if target.exists():
        return target
    target.mkdir(parents=True)
    wanted = f"{distribution}=={version}" if version else distribution
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(target), wanted]
    subprocess.run(command, check=True)
    for archive in list(target.iterdir()):
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                wheel.extractall(target)
        elif archive.name.endswith(".tar.gz"):
            with tarfile.open(archive) as source:
                source.extractall(target, filter="data")
    return target


class Release:
    """The modules of an unpacked release, parsed when asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._paths = {self._dotted(path): path for path in root.rglob("*.py")}
        self._names: dict[str, dict[str, Any]] = {}
        self._trees: dict[str, ast.Module] = {}

    def _dotted(self, path: Path) -> str:
        parts = list(path.relative_to(self.root).with_suffix("").parts)
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def version(self) -> str:
        """The version that the release's metadata name, or ``newest``."""
        found = next(iter(self.root.glob("*.dist-info")), None)
        return found.name.removesuffix(".dist-info").rpartition("-")[2] if found is not None else "newest"

    def tree(self, module: str) -> ast.Module:
        """The module's syntax tree, empty when it is absent or newer than this Python."""
        if module not in self._trees:
            try:
                text = self._paths[module].read_text(encoding="utf-8")
                self._trees[module] = ast.parse(text)
            except (KeyError, SyntaxError, UnicodeDecodeError):
                self._trees[module] = ast.Module([], [])
        return self._trees[module]

    def names(self, module: str) -> dict[str, Any]:
        """What a module binds: classes as definitions, imported names as (module, name)."""
        if module in self._names:
            return self._names[module]
        bound: dict[str, Any] = {}
        self._names[module] = bound
        for node in ast.walk(self.tree(module)):
            if isinstance(node, ast.ClassDef):
                bound.setdefault(node.name, (node, module))
            elif isinstance(node, ast.ImportFrom):
                base = self._base(module, node)
                for alias in node.names:
                    if alias.name == "*":
                        bound.update({key: value for key, value in self.names(base).items() if key not in bound})
                    else:
                        bound[alias.asname or alias.name] = (base, alias.name)
        for statement in self.tree(module).body:
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name):
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        bound.setdefault(target.id, (module, statement.value.id))
        return bound

    def _base(self, module: str, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = module.split(".")
        package = self._paths.get(module)
        cut = node.level - (1 if package is not None and package.name == "__init__.py" else 0)
        parts = parts[: len(parts) - cut]
        return ".".join([*parts, node.module] if node.module else parts)

    def find(self, module: str, name: str, rounds: int = 12) -> Definition | None:
        """The class a dotted name means in a module, through imports."""
        if not rounds:
            return None
        head, _, tail = name.partition(".")
        found = self.names(module).get(head)
        if found is None:
            return None
        if isinstance(found[0], ast.ClassDef):
            return found if not tail else None
        base, imported = found
        inner = f"{base}.{imported}"
        if tail and inner in self._paths:
            return self.find(inner, tail, rounds - 1)
        return self.find(base, imported, rounds - 1)

    def methods(self, definition: Definition, path: str, depth: int = DEPTH) -> Iterator[str]:
        """The public methods reachable from an object, as symbols that begin with ``path``."""
        names, attributes = self._members(definition, 6)
        for name in sorted(names):
            yield f"{path}.{name}"
        if depth:
            for name, inner in sorted(attributes.items(), key=lambda item: item[0]):
                if not name.startswith("_") and inner[0] is not definition[0]:
                    yield from self.methods(inner, f"{path}.{name}", depth - 1)

    def _members(self, definition: Definition, rounds: int) -> tuple[set[str], dict[str, Definition]]:
        node, module = definition
        names: set[str] = set()
        attributes: dict[str, Definition] = {}
        for base in node.bases if rounds else ():
            found = self.find(module, ast.unparse(base).split("[")[0])
            if found is not None and found[0] is not node:
                inherited, further = self._members(found, rounds - 1)
                names |= inherited
                attributes.update(further)
        lazy: list[str] = []
        for item in node.body:
            if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                self._attribute(attributes, module, item.target.id, item.annotation)
            elif isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
                decorators = [ast.unparse(decorator) for decorator in item.decorator_list]
                if any("property" in decorator for decorator in decorators):
                    self._attribute(attributes, module, item.name, item.returns)
                    lazy.append(item.name)
                elif not any(decorator.endswith(".setter") for decorator in decorators):
                    names.add(item.name)
                    self._assigned(attributes, module, item)
        for name in lazy:  # a property without annotation that fills a field of its own
            if f"_{name}" in attributes:
                attributes.setdefault(name, attributes[f"_{name}"])
        return {name for name in names if not name.startswith("_")}, attributes

    def _assigned(self, attributes: dict[str, Definition], module: str, function: ast.AST) -> None:
        """Attributes that a method sets to an annotated or constructed object."""
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                target, kind = node.targets[0], node.value.func
            elif isinstance(node, ast.AnnAssign):
                target, kind = node.target, node.annotation
            else:
                continue
            if isinstance(target, ast.Attribute) and ast.unparse(target.value) == "self":
                self._attribute(attributes, module, target.attr, kind)

    def _attribute(self, attributes: dict[str, Definition], module: str, name: str, kind: ast.expr | None) -> None:
        if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
            kind = ast.parse(kind.value, mode="eval").body
        if isinstance(kind, ast.Subscript) and ast.unparse(kind.value).endswith("Optional"):
            kind = kind.slice
        if isinstance(kind, ast.BinOp):
            kind = kind.left
        if isinstance(kind, (ast.Name, ast.Attribute)):
            found = self.find(module, ast.unparse(kind))
            if found is not None:
                attributes[name] = found


@dataclass
class Row:
    """What was found for one SDK."""

    distribution: str
    versions: list[str] = field(default_factory=list)
    public: set[str] = field(default_factory=set)
    unmodelled: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)

    @property
    def share(self) -> float:
        """The part of the public methods that the catalogue knows."""
        return 1 - len(self.unmodelled) / len(self.public) if self.public else 0.0


def measure(spec: dict[str, Any], catalogue: Catalogue, folder: Path) -> Row:
    """Compare the releases of one SDK with the catalogue."""
    row = Row(spec["distribution"])
    starts: set[str] = set()
    for version in spec["versions"]:
        release = Release(fetch(spec["distribution"], version, folder))
        row.versions.append(version or release.version())
        for place, symbol in spec.get("clients", {}).items():
            module, _, name = place.partition(":")
            definition = release.find(module, name)
            starts.add(f"{symbol}().")
            if definition is not None:
                row.public.update(release.methods(definition, f"{symbol}()"))
        for place, symbol in spec.get("objects", {}).items():
            module, _, name = place.partition(":")
            definition = release.find(module, name)
            starts.add(f"{symbol}.")
            if definition is not None:
                row.public.update(release.methods(definition, symbol))
        for module, symbol in spec.get("functions", {}).items():
            functions = [item.name for item in release.tree(module).body if hasattr(item, "name")]
            row.public.update(f"{symbol}.{name}" for name in functions if re.fullmatch(spec["pattern"], name))
        for service, symbol in spec.get("services", {}).items():
            starts.add(f"{symbol}.")
            row.public.update(f"{symbol}.{name}" for name in operations(release.root, service))
    known = {catalogue.canonical(symbol) for symbol in row.public}
    row.public = {symbol for symbol in row.public if not PLUMBING.search(symbol)}
    row.unmodelled = {symbol for symbol in row.public if catalogue.entry(symbol) is None}
    for start in starts:
        modelled = {symbol for symbol in catalogue.entries if symbol.startswith(start)}
        row.absent |= {symbol for symbol in modelled - known if "()" not in symbol[len(start) :]}
    return row


@dataclass
class Library:
    """What was found of the modelled symbols of a library: ``told`` counts them, ``absent`` are in no release read."""

    name: str
    versions: list[str]
    told: dict[Told, int]
    absent: set[str]


def look_up(spec: dict[str, Any], catalogue: Catalogue, folder: Path) -> Library:
    """Look for every symbol that the catalogue models below some modules in the releases of a library."""
    releases = [
        (distribution, Names(fetch(distribution, version, folder)))
        for distribution, versions in spec["releases"].items()
        for version in versions
    ]
    modelled = {s for s in (*catalogue.entries, *catalogue.aliases) if any(begins_with(s, r) for r in spec["roots"])}
    modelled -= set(spec.get("unreleased", ()))
    told = dict.fromkeys(Told, 0)
    absent = set()
    for symbol in modelled:
        names = [symbol, *(a + symbol[len(t) :] for a, t in catalogue.aliases.items() if begins_with(symbol, t))]
        verdicts = set()
        for name, (_, release) in product(names, releases):
            verdicts.add(release.tells(name))
            if Told.FOUND in verdicts:
                break
        verdict = next(v for v in Told if v in verdicts)
        told[verdict] += 1
        absent |= {symbol} if verdict is Told.MISSING else set()
    versions = [f"{distribution} {release.version}" for distribution, release in releases]
    return Library(", ".join(spec["roots"]), versions, told, absent)


def operations(root: Path, service: str) -> Iterator[str]:
    """The method names of a botocore service, from its newest model."""
    folder = max((root / "botocore" / "data" / service).iterdir())
    (path,) = folder.glob("service-2.json*")
    data = path.read_bytes()
    model = json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)
    for name in model["operations"]:
        yield re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def report(rows: list[Row], libraries: list[Library]) -> str:
    """The result as Markdown."""
    lines = [
        "# The catalogue against the SDKs",
        "",
        f"Made on {date.today().isoformat()} by `python bench/sdk_coverage.py`, which reads the releases statically,",
        "by hand and weekly (`.ci/weekly`). Known methods are modelled or marked as administration.",
        "",
        "| SDK | releases read | public methods | known | not modelled | modelled, in none of them |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        counts = f"{len(row.public)} | {row.share:.1%} | {len(row.unmodelled)} | {len(row.absent)}"
        lines.append(f"| {row.distribution} | {', '.join(row.versions)} | {counts} |")
    lines.append("")
    for row in rows:
        lines += [f"- not modelled: `{symbol}`" for symbol in sorted(row.unmodelled)]
        lines += [f"- in none of the releases read: `{symbol}`" for symbol in sorted(row.absent)]
    lines += [
        "",
        "Further libraries: what is modelled below a module must be in one of the releases. *Possible* are symbols",
        "behind a result without annotation, a base class from elsewhere or a name that is loaded when asked for.",
        "",
        "| modules | releases read | found | possible | in none of them |",
        "|---|---|---|---|---|",
    ]
    for library in libraries:
        counts = " | ".join(str(library.told[verdict]) for verdict in Told)
        lines.append(f"| {library.name} | {', '.join(library.versions)} | {counts} |")
    lines.append("")
    for library in libraries:
        lines += [f"- in none of the releases read: `{symbol}`" for symbol in sorted(library.absent)]
    return "\n".join(lines).rstrip() + "\n"


def read(name: str) -> list[dict[str, Any]]:
    """The releases that a file beside this one lists."""
    listed: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return listed


def main() -> int:
    """Measure every SDK of ``sdk_releases.yaml`` and look up what is modelled of ``sdk_libraries.yaml``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where releases are kept between runs")
    arguments = parser.parse_args()
    catalogue = load()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        rows = [measure(spec, catalogue, folder) for spec in read("sdk_releases.yaml")]
        libraries = [look_up(spec, catalogue, folder) for spec in read("sdk_libraries.yaml")]
    print(report(rows, libraries), end="")
    return int(any(row.share < FLOOR or row.absent for row in rows) or any(library.absent for library in libraries))


if __name__ == "__main__":
    raise SystemExit(main())
