"""Names that Python's own objects answer to: methods of text, of collections, of records and of tasks."""

from __future__ import annotations

import string

#: Attributes by which task queues, actors and tools call the function they were made from.
CALLING_ATTRIBUTES = frozenset(
    [
        "remote",
        "delay",
        "apply_async",
        "local",
        "aio",
        "submit",
        "fn",
        "func",
        "__wrapped__",
        "__code__",
        "run",
        "invoke",
        "__call__",
        "options",
        "spawn",
        "map",
        "starmap",
        "retry_with",
        "s",
        "si",
    ]
)
#: Objects whose methods have a module of their own.
SPECIAL_KINDS = frozenset({"parser", "future", "exit-stack"})
#: Methods of text and of collections; any other attribute of theirs is unknown.
TEXT_METHODS = frozenset(name for name in dir(str) if not name.startswith("__")) | {"decode", "as_posix"}
#: Methods of text that leave the record in it as it is, and that cut text into pieces of which each may be one.
TRIMMING = frozenset({"strip", "rstrip", "lstrip", "decode", "encode", "removeprefix", "removesuffix"})
CUTTING = frozenset({"split", "splitlines", "rsplit"})
#: Methods that only text has: what is asked so of a client's field asks nobody (``client.api_key.strip()``).
OF_TEXT = TRIMMING | CUTTING | {"lower", "upper", "startswith", "endswith", "isdigit", "zfill"}
CONTAINER_METHODS = frozenset(
    [
        "append",
        "appendleft",
        "add",
        "insert",
        "extend",
        "update",
        "get",
        "setdefault",
        "pop",
        "popleft",
        "popitem",
        "values",
        "keys",
        "items",
        "copy",
        "sort",
        "reverse",
        "union",
        "difference",
        "intersection",
        "symmetric_difference",
        "tolist",
        "fetchall",
        "fetchmany",
        "fetchone",
        "most_common",
        "send",
        "asend",
        "throw",
        "athrow",
        "rotate",
        "__setitem__",
        "__getitem__",
        "__next__",
        "__anext__",
        "__iter__",
        "__enter__",
        "discard",
        "remove",
        "clear",
        "count",
        "index",
        "issubset",
        "issuperset",
    ]
)
#: Methods that read a mapping.
READING = frozenset({"get", "pop", "items", "values", "setdefault"})
#: Methods of records that give their fields as a dict or as text.
DUMPING = frozenset({"model_dump", "model_dump_json", "dict", "json", "_asdict", "to_dict", "asdict"})
#: Library classes whose subclasses keep items as lists and dicts do.
CONTAINERS = frozenset(
    [
        "builtins.list",
        "builtins.dict",
        "builtins.set",
        "builtins.tuple",
        "collections.OrderedDict",
        "collections.defaultdict",
        "collections.deque",
        "collections.UserDict",
        "collections.UserList",
        "collections.Counter",
    ]
)
#: Texts of Python's own library: the letters and digits that random names are drawn from.
LETTERS = {f"string.{name}": value for name, value in vars(string).items() if isinstance(value, str) and name[0] != "_"}
