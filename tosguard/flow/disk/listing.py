"""Listings of directories (``glob.glob``, ``os.listdir``, ``Path.iterdir``): paths in which ``*`` stands for a name.

A file that is written under a name worked out at run time is then read wherever its directory is listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.disk.paths import path_of
from tosguard.flow.natives.files import path_object
from tosguard.flow.natives.natives import native
from tosguard.flow.natives.strings import joined_path
from tosguard.flow.solver.records import Arguments
from tosguard.flow.values.values import ANYTHING, NOTHING, REST, Value, constant, single

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

#: Any name in a directory.
ANY_NAME = constant("*")


def _listed(frame: Frame, node: ir.Node, element: Value) -> Value:
    made = frame.machine.make("list", node, frame.context)
    frame.machine.put(made, REST, element)
    return single(made)


def _given(arguments: Arguments, name: str) -> Value:
    return arguments.slot(0) or arguments.slot(name) or NOTHING


@native("glob.glob", "glob.iglob")
def _glob(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    pattern = _given(arguments, "pathname")
    root = arguments.keywords.get("root_dir")
    path = joined_path(frame, root, pattern) if root is not None else path_of(frame, pattern)
    return _listed(frame, node, path if path is not None and path.atoms else ANYTHING)


@native("os.listdir")
def _listdir(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    return _listed(frame, node, ANY_NAME)


@native("os.walk")
def _walk(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    folder = path_of(frame, _given(arguments, "top"))
    row = frame.machine.make("tuple", node, frame.context)
    names = frame.machine.make("list", (id(node), "names"), frame.context)
    frame.machine.put(names, REST, ANY_NAME)
    for position, value in enumerate((folder if folder.atoms else ANYTHING, single(names), single(names))):
        frame.machine.put(row, position, value)
    return _listed(frame, node, single(row))


@native("pathlib.Path().glob", "pathlib.Path().rglob", "pathlib.Path().iterdir")
def _path_glob(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    func = getattr(node, "func", None)
    owner = frame.eval(func.value) if func is not None and hasattr(func, "value") else NOTHING
    name = _given(arguments, "pattern") if arguments.positional or arguments.keywords else ANY_NAME
    text = joined_path(frame, path_of(frame, owner), name)
    return _listed(frame, node, path_object(frame, node, text or ANYTHING))
