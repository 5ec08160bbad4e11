"""Flags: options of a program that libraries keep in one object for all its modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.iteration import element_of
from tosguard.flow.natives.natives import native
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import ANYTHING, NOTHING, Value, single, texts

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.records import Arguments
    from tosguard.syntax import ir

#: Modules that keep the flags of a whole program in ``FLAGS``, and the functions by which one is defined.
_HOLDERS = ("absl.flags", "gflags", "tensorflow.app.flags", "tensorflow.flags", "tensorflow.compat.v1.flags")
_KINDS = ("string", "bool", "boolean", "integer", "float", "enum", "list", "spaceseplist", "multi_string", "multi_enum")


def _define(holder: str) -> None:
    @native(*(f"{holder}.DEFINE_{kind}" for kind in _KINDS))
    def define(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
        return _defined(frame, node, arguments, holder)

    @native(f"{holder}.FLAGS")
    def parse(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
        return ANYTHING


for _holder in _HOLDERS:
    _define(_holder)


def _defined(frame: Frame, node: ir.Node, arguments: Arguments, holder: str) -> Value:
    """``DEFINE_string("name", default)``: the flag is an attribute of ``FLAGS``, and ``value`` of what is returned."""
    named = [arguments.keywords["name"]] if "name" in arguments.keywords else arguments.positional[:1]
    given = arguments.keywords.get("default", NOTHING)
    if "default" not in arguments.keywords and len(arguments.positional) > 1:
        given = arguments.positional[1]
    choices = arguments.keywords.get("enum_values")
    if choices is None and len(arguments.positional) > 3:
        choices = arguments.positional[2]
    value = join(given, element_of(frame, choices) if choices is not None else NOTHING)
    flag = frame.machine.make("namespace", node, frame.context)
    for name in (t for each in named for t in texts(each)):
        value = join(value, frame.machine.option_values(frame.module.path, name))
        frame.machine.replace(f"{holder}.FLAGS.{name}", join(value, ANYTHING))
    frame.machine.write(flag.cell("value"), join(value, ANYTHING))
    return single(flag)


@native("mlxu.define_flags_with_default", "mlxu.config.define_flags_with_default")
def _flags_with_default(frame: Frame, node: ir.Node, arguments: Arguments) -> Value:
    """``FLAGS, DEFINITIONS = define_flags_with_default(name=default, …)``."""
    flags = frame.machine.make("namespace", node, frame.context)
    for name, default in arguments.keywords.items():
        value = join(default, frame.machine.option_values(frame.module.path, name))
        frame.machine.write(flags.cell(name), join(value, ANYTHING))
    made = frame.machine.make("tuple", node, frame.context)
    frame.machine.put(made, 0, single(flags))
    frame.machine.put(made, 1, single(flags))
    return single(made)
