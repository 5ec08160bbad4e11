"""Scopes: the bodies of modules, classes and functions, and what is known of each before anything is evaluated.

Names follow the call graph's convention: dotted module, then the qualified name without ``<locals>``; the n-th lambda
of a scope is ``<lambdaN>``. ``scoping`` fills them.
"""

from __future__ import annotations

from collections.abc import Sequence

from tosguard.syntax import ir


class Scope:
    """A module, class or function body. ``bound`` are the names it assigns, ``used`` those it or an inner scope
    reads. ``focal`` is set by a first look at a large project (``focus``)."""

    __slots__ = (
        "attributes",
        "bound",
        "children",
        "declared_global",
        "declared_nonlocal",
        "dotted",
        "focal",
        "lambdas",
        "module",
        "name",
        "parent",
        "used",
    )

    def __init__(self, name: str, dotted: str, parent: Scope | None, module: ModuleScope | None) -> None:
        self.name = name
        self.dotted = dotted
        self.parent = parent
        self.module: ModuleScope = module if module is not None else self  # type: ignore[assignment]
        self.bound: set[str] = set()
        self.used: set[str] = set()
        self.attributes: set[str] = set()
        self.declared_global: set[str] = set()
        self.declared_nonlocal: set[str] = set()
        self.children: list[Scope] = []
        self.lambdas = 0
        self.focal = False


class ModuleScope(Scope):
    """One source file. ``package`` is the dotted name that relative imports count from; of a helper only what others
    call matters."""

    __slots__ = (
        "by_node",
        "caught",
        "cells",
        "choices",
        "comprehended",
        "draws",
        "edits_path",
        "imports",
        "is_helper",
        "is_package",
        "keys_read",
        "lined",
        "node",
        "package",
        "path",
        "path_folders",
        "rewritten",
        "texts",
        "waits",
        "words",
    )

    def __init__(
        self, name: str, path: str, node: ir.Module, *, is_package: bool, cells: Sequence[tuple[int, int]] | None
    ) -> None:
        super().__init__(name.rpartition(".")[2], name, None, None)
        self.focal = True  # where a program starts
        self.path = path
        self.node = node
        self.is_package = is_package
        self.is_helper = False
        self.package = name if is_package else name.rpartition(".")[0]
        self.cells = cells
        self.by_node: dict[int, Scope] = {}
        self.imports: dict[str, int] = {}
        self.keys_read: dict[str, int] = {}
        self.words: dict[str, int] = {}
        self.draws: dict[tuple[str, str, bool], int] = {}
        self.caught: dict[str, int] = {}
        self.choices: list[ir.Conditional] = []
        self.comprehended: list[tuple[Scope, int]] = []
        self.lined: set[int] = set()
        self.texts: dict[tuple[str, str], int] = {}
        self.waits: list[tuple[Scope, int]] = []
        self.rewritten: set[str] = set()
        self.edits_path = False
        self.path_folders: set[str] = set()


class ClassScope(Scope):
    """A class body."""

    __slots__ = ("annotated", "node")

    def __init__(self, node: ir.Class, dotted: str, parent: Scope) -> None:
        super().__init__(node.name, dotted, parent, parent.module)
        self.node = node
        self.annotated: list[tuple[str, ir.Expr, ir.Expr | None]] = []


class FunctionScope(Scope):
    """A function or lambda. ``captured`` are its own names that inner functions use: they live in cells."""

    __slots__ = ("captured", "node", "owner")

    def __init__(self, node: ir.Function, name: str, dotted: str, parent: Scope) -> None:
        super().__init__(name, dotted, parent, parent.module)
        self.node = node
        self.captured: frozenset[str] = frozenset()
        self.owner = parent if isinstance(parent, ClassScope) else None
