"""Modules that are imported by names worked out at run time: every one of a package, or of a folder that is listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tosguard.flow.disk.paths import path_of
from tosguard.flow.language.imports import module_value
from tosguard.flow.natives.natives import native
from tosguard.flow.natives.strings import concatenated_text, text_parts
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import ANYTHING, NOTHING, REST, Pattern, Value, ordered, single, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tosguard.flow.natives.strings import Parts
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments
    from tosguard.syntax import ir

#: More modules of one folder than this are not told apart any further: the first of them stand for all.
MAX_PLUGINS = 32
#: A name of a folder tells which is meant from this length on.
LEAST_NAME = 3

#: A star of a listing stands for a name, as a hole of a text does.
_STAR = re.compile(r"\*+")
_ANY_NAME = r"[^./]+"


@native("importlib.import_module", "builtins.__import__")
def _import_module(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    result = NOTHING
    named = arguments.slot(0) or arguments.slot("name") or NOTHING
    package = next(iter(texts(arguments.slot(1) or arguments.slot("package") or NOTHING)), None)
    for name in texts(named):
        result = join(result, _named(frame, name, package) if name else NOTHING)
    for parts in _patterns(named):
        result = join(result, _modules(frame, _of_package(frame, parts)))
    return result if result.atoms else ANYTHING


def _named(frame: Frame, name: str, package: str | None) -> Value:
    project = frame.machine.project
    if name.startswith(".") and package in project.modules:
        steps = name[1:].split(".")
        base = package.split(".")[: len(package.split(".")) - steps.count("")]
        return module_value(frame, ".".join([*base, *filter(None, steps)]))
    if name.startswith("."):
        level = len(name) - len(name.lstrip("."))
        return module_value(frame, project.relative(frame.module, level, name.lstrip(".")))
    return module_value(frame, project.absolute(frame.module, name) or name)


@native("importlib.util.spec_from_file_location", "importlib.machinery.SourceFileLoader")
def _of_file(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """What stands for the modules of a path is these themselves, until they are made of it."""
    path = path_of(frame, arguments.slot(1) or arguments.slot("location") or arguments.slot("path") or NOTHING)
    found = _modules(frame, _of_folder(frame, text_parts(path) or ()))
    return found if found.atoms else ANYTHING


@native("importlib.util.module_from_spec")
def _made_of(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return arguments.slot(0) or arguments.slot("spec") or ANYTHING


@native("pkgutil.iter_modules", "pkgutil.walk_packages")
def _listed(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    machine = frame.machine
    name = ANYTHING
    for text in texts(arguments.slot(1) or arguments.slot("prefix") or NOTHING):
        name = join(name, concatenated_text([(text,)], [(None,)]))
    row = machine.make("tuple", (id(node), "row"), frame.context)
    for position, value in enumerate((ANYTHING, name, ANYTHING)):
        machine.put(row, position, value)
    machine.write(row.cell("name"), name)
    listed = machine.make("list", node, frame.context)
    machine.put(listed, REST, single(row))
    return single(listed)


def _patterns(value: Value) -> Iterator[Parts]:
    """The texts with holes that a value may be; a star is one."""
    for atom in ordered(value):
        if isinstance(atom, Pattern):
            yield _with_holes(atom.parts)
    for text in texts(value):
        if "*" in text:
            yield _with_holes((text,))


def _with_holes(parts: Parts) -> Parts:
    found: list[str | None] = []
    for part in parts:
        pieces = _STAR.split(part) if part is not None else [None]
        for number, piece in enumerate(pieces):
            found.extend(([None] if number else []) + ([piece] if piece != "" else []))
    return tuple(found)


def _of_package(frame: Frame, parts: Parts) -> Iterator[str]:
    """The project's modules whose dotted names a text with holes may be."""
    first = parts[0] if parts else None
    if first is None or "." not in first:
        return
    project = frame.machine.project
    stem = first.lstrip(".")
    package, _, rest = stem.rpartition(".")
    if level := len(first) - len(stem):
        base: str | None = project.relative(frame.module, level, package)
    else:
        base = project.absolute(frame.module, package) or package
    shape = re.compile(_expression((f"{base}.{rest}" if base else rest, *parts[1:])))
    yield from (name for name in sorted(project.modules) if name != frame.module.dotted and shape.fullmatch(name))


def _of_folder(frame: Frame, alternatives: Iterable[Parts]) -> Iterator[str]:
    """The project's modules whose paths one of these texts may end in."""
    for parts in map(_with_holes, alternatives):
        known = parts[parts.index(None) + 1 :] if parts and parts[0] is None else parts
        literal = "".join(part for part in known if part is not None).removesuffix(".py").strip("./")
        if len(literal) < LEAST_NAME:
            continue
        text = _expression(known).removeprefix(r"\./").removeprefix("/")
        shape = re.compile(rf"(?:.*/)?{text}(?:\.py)?")
        yield from (
            scope.dotted
            for path, scope in sorted(frame.machine.project.by_path.items())
            if scope.dotted != frame.module.dotted and shape.fullmatch(path) is not None
        )


def _expression(parts: Parts) -> str:
    return "".join(_ANY_NAME if part is None else re.escape(part) for part in parts)


def _modules(frame: Frame, names: Iterable[str]) -> Value:
    result = NOTHING
    for number, name in enumerate(dict.fromkeys(names)):
        if number == MAX_PLUGINS:
            break
        result = join(result, module_value(frame, name))
    return result
