"""Template methods: what library classes call of what their subclasses define (``Thread.start`` calls ``run``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.language.binding import bind_method
from tosguard.flow.language.inheritance import class_attribute, external_bases, linearize
from tosguard.flow.values.joining import join
from tosguard.flow.values.values import (
    NOTHING,
    ClassAtom,
    ObjectAtom,
    Value,
)

if TYPE_CHECKING:
    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

#: Methods by which library classes call what their subclasses define; ``*`` ends a beginning.
TEMPLATES: dict[str, dict[str, tuple[str, ...]]] = {
    "threading.Thread": {"start": ("run",)},
    "multiprocessing.Process": {"start": ("run",)},
    "ast.NodeVisitor": {"visit": ("visit_*",), "generic_visit": ("visit_*",)},
    "ast.NodeTransformer": {"visit": ("visit_*",), "generic_visit": ("visit_*",)},
    "html.parser.HTMLParser": {"feed": ("handle_*",)},
    "cmd.Cmd": {"cmdloop": ("do_*",), "onecmd": ("do_*",)},
    "string.Formatter": {
        "format": ("parse", "get_field", "get_value", "convert_field", "format_field", "check_unused_args"),
        "vformat": ("parse", "get_field", "get_value", "convert_field", "format_field", "check_unused_args"),
    },
    "json.JSONEncoder": {"encode": ("default",), "iterencode": ("default",)},
    "collections.abc.Mapping": {"get": ("__getitem__",)},
    "collections.abc.MutableMapping": {
        "get": ("__getitem__",),
        "pop": ("__getitem__", "__delitem__"),
        "setdefault": ("__getitem__", "__setitem__"),
    },
}


def called_back(frame: Frame, atom: ObjectAtom, cls: ClassAtom, name: str, node: ir.Node) -> Value:
    """The methods of a subclass that a method of its library base calls."""
    result = NOTHING
    for base in external_bases(cls):
        for wanted in TEMPLATES.get(base, {}).get(name, ()):
            names = [n for c in linearize(cls) for n in c.cells if isinstance(n, str) and _answers(n, wanted)]
            for found in dict.fromkeys(names):
                method = class_attribute(frame, cls, found)
                if method is not None:
                    result = join(result, bind_method(frame, method, atom, cls, node))
    return result


def _answers(name: str, wanted: str) -> bool:
    return name.startswith(wanted[:-1]) if wanted.endswith("*") else name == wanted
