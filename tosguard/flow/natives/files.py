"""Paths and files of the standard library: ``os.path``, ``pathlib``, ``open``, and a notebook's ``%run``."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from tosguard.catalog.model import Entry
from tosguard.flow.disk.disk import said_of
from tosguard.flow.disk.paths import TEXT, path_of
from tosguard.flow.natives.natives import called_name, first, native
from tosguard.flow.natives.strings import joined_path
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.copies import read_back
from tosguard.flow.values.joining import join, merge_taints
from tosguard.flow.values.taints import birth_hop
from tosguard.flow.values.values import ANYTHING, NOTHING, SOURCE, Value, constant, single, texts

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir


@native("os.path.join", "posixpath.join")
def _join_path(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    pieces = [
        join(path_of(frame, v), Value(frozenset(), v.taints)) if path_of(frame, v).atoms else v
        for v in arguments.positional
    ]
    return joined_path(frame, *pieces) or ANYTHING


@native("os.path.basename", "os.path.dirname")
def _part_of_path(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    value = path_of(frame, first(arguments))
    result = NOTHING
    base = called_name(node) == "basename"
    for text in texts(value):
        head, _, tail = text.rpartition("/")
        result = join(result, constant(tail if base else head))
    return result if result.atoms else ANYTHING


@native("pathlib.Path")
def _path(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    pieces = [join(path_of(frame, v), NOTHING) if path_of(frame, v).atoms else v for v in arguments.positional]
    text = joined_path(frame, *pieces) if pieces else constant(".")
    return path_object(frame, node, text or ANYTHING)


def path_object(frame: Frame, node: ir.Node, text: Value) -> Value:
    """A ``Path`` whose text is known."""
    machine = frame.machine
    record = machine.record(frame.context, node, "pathlib.Path", None)
    symbol = machine.symbol("pathlib.Path()", record)
    machine.write(symbol.cell(TEXT), text)
    return single(symbol)


@native("pathlib.Path().joinpath", "pathlib.Path().resolve", "pathlib.Path().expanduser", "pathlib.Path().absolute")
def _same_path(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    func = getattr(node, "func", None)
    owner = frame.eval(func.value) if func is not None and hasattr(func, "value") else NOTHING
    text = path_of(frame, owner)
    if called_name(node) == "joinpath":
        text = joined_path(frame, text, *arguments.positional) or ANYTHING
    return path_object(frame, node, text)


@native("pathlib.Path().with_suffix", "pathlib.Path().with_name", "pathlib.Path().with_stem")
def _beside(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """A path beside another, under another name or suffix."""
    func = getattr(node, "func", None)
    owner = frame.eval(func.value) if func is not None and hasattr(func, "value") else NOTHING
    result = NOTHING
    for text in texts(path_of(frame, owner)):
        folder, slash, name = text.rpartition("/")
        stem, dot, suffix = name.rpartition(".")
        for new in texts(first(arguments)):
            called = called_name(node)
            beside = (stem if dot else name) + new if called == "with_suffix" else new
            result = join(result, constant(folder + slash + beside + (dot + suffix if called == "with_stem" else "")))
    return path_object(frame, node, result if result.atoms else ANYTHING)


_OPEN_READ = Entry("builtins.open", "read", "stdlib-io", "library", arguments={"path": ("file", 0)}, tags=("file",))
_OPEN_WRITE = Entry("builtins.open", "pure", "stdlib-io", "library", arguments={"path": ("file", 0)}, tags=("file",))


@native("builtins.open")
def _open(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    machine = frame.machine
    path = arguments.slot(0) or arguments.slot("file") or arguments.slot("filename") or ANYTHING
    mode = arguments.slot(1) or arguments.slot("mode") or constant("r")
    modes = texts(mode)
    reads = not modes or any("r" in m or "+" in m for m in modes)
    record = machine.record(frame.context, node, "builtins.open", _OPEN_READ if reads else _OPEN_WRITE)
    record.named = {"path": path, "mode": mode}
    record.arguments, record.loops, record.guards = arguments, frame.loops, frame.guards
    symbol = machine.symbol("builtins.open()", record)
    if not reads:
        return single(symbol)
    taint = machine.birth(record, by_site=False)
    born = {taint: birth_hop("builtins.open", node, frame.context)}
    place = path_of(frame, path)
    stored = read_back(frame, node, machine.disk.read(machine, place, frame.reader), said_of(place, "read"))
    if stored.atoms or stored.taints:
        machine.write(symbol.cell(SOURCE), stored)
    return Value(frozenset((symbol,)), merge_taints(born, stored.taints))


@native("get_ipython().run_line_magic", "builtins.get_ipython().run_line_magic")
def _magic(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """``%run script``: its globals become the notebook's."""
    if len(arguments.positional) < 2 or "run" not in texts(arguments.positional[0]):
        return ANYTHING
    folder = frame.module.path.rpartition("/")[0]
    for text in texts(arguments.positional[1]):
        words = [w.strip("\"'") for w in text.split() if not w.startswith("-")]
        for path in (normpath(f"{folder}/{words[0]}"), normpath(words[0])) if words else ():
            known = frame.machine.project.by_path
            scope = next((known[p] for end in ("", ".py", ".ipynb") if (p := path.lstrip("/") + end) in known), None)
            atom = frame.machine.module_atom(scope.dotted) if scope is not None else None
            if atom is None:
                continue
            for name, cell in list(atom.cells.items()):
                if isinstance(name, str) and not name.startswith(("_", "<")):
                    frame.bind(name, frame.read(cell))
                    frame.scope.bound.add(name)
    return ANYTHING
