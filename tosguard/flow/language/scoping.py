"""The walk that fills scopes: which names a function binds, which of them inner functions use, how all is called.

One walk over a module's IR, before anything is evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tosguard.flow.language.scopes import ClassScope, FunctionScope, ModuleScope, Scope
from tosguard.syntax import ir

#: What stands between the items of a list that is written as text.
LIST_MARKS = ("\n", "\r\n", ",", ";", "|")

#: What gives tasks in the order in which they end, and by what a wait is told to end with the first of them.
AS_COMPLETED, FIRST_COMPLETED = "as_completed", "FIRST_COMPLETED"

#: The status of an answer that says that there were too many requests.
TOO_MANY_REQUESTS = 429
#: Characters of a string constant that still counts as a name (a path, a key, a model id) and not as prose.
MAX_WORD = 120


def scope_module(
    name: str, path: str, node: ir.Module, *, is_package: bool, cells: Sequence[tuple[int, int]] | None = None
) -> ModuleScope:
    """Walks a module once and returns its scope tree; ``by_node`` finds a scope by the ``id`` of its IR node."""
    module = ModuleScope(name, path, node, is_package=is_package, cells=cells)
    walker = _Walker(module)
    for statement in node.body:
        walker.visit(statement, module)
    for scope in walker.functions:
        _settle(scope)
    return module


def _settle(scope: FunctionScope) -> None:
    scope.bound -= scope.declared_global | scope.declared_nonlocal
    inner: set[str] = set()
    stack = list(scope.children)
    while stack:
        child = stack.pop()
        inner |= child.used | child.declared_nonlocal
        stack.extend(child.children)
    scope.captured = frozenset(scope.bound & inner)


#: Names of counters that say which item of a collection is next.
_POSITIONS = frozenset(["i", "j", "n", "k", "pos", "position", "idx", "index", "cur", "current", "counter", "active"])
_POSITION_ENDINGS = ("_idx", "_index", "_pos", "_position", "_counter", "_number", "_i")

#: Calls that give the items of their argument, in some order or with a number.
_AS_THEY_ARE = frozenset(["enumerate", "list", "tuple", "sorted", "reversed", "iter"])


class _Walker:
    def __init__(self, module: ModuleScope) -> None:
        self.module = module
        self.functions: list[FunctionScope] = []

    def visit(self, node: object, scope: Scope) -> None:
        handler = _HANDLERS.get(type(node))
        if handler is not None:
            handler(self, node, scope)

    def each(self, nodes: Sequence[object], scope: Scope) -> None:
        for node in nodes:
            handler = _HANDLERS.get(type(node))
            if handler is not None:
                handler(self, node, scope)

    def bind(self, target: ir.Expr | None, scope: Scope) -> None:
        if isinstance(target, ir.Name):
            scope.bound.add(target.id)
            self.module.words.setdefault(target.id, target.start)
        elif isinstance(target, ir.Collection):
            for item in target.items:
                self.bind(item, scope)
        elif isinstance(target, ir.Starred):
            self.bind(target.value, scope)
        elif target is not None:
            self.visit(target, scope)

    def function(self, node: ir.Function, scope: Scope, name: str) -> None:
        self.each(node.decorators, scope)
        dotted = f"{scope.dotted}.{name}"
        inner = FunctionScope(node, name, dotted, scope)
        self.module.words.setdefault(name, node.name_start)
        scope.children.append(inner)
        self.module.by_node[id(node)] = inner
        for parameter in node.parameters:
            self.visit(parameter.default, scope)
            self.visit(parameter.annotation, scope)
            inner.bound.add(parameter.name)
        self.visit(node.returns, scope)
        self.each(node.body, inner)
        self.functions.append(inner)


def _name(walker: _Walker, node: ir.Name, scope: Scope) -> None:
    scope.used.add(node.id)


def _constant(walker: _Walker, node: ir.Const, scope: Scope) -> None:
    if isinstance(node.value, str) and 2 < len(node.value) <= MAX_WORD:
        walker.module.words.setdefault(node.value, node.start)
    if node.value in (TOO_MANY_REQUESTS, str(TOO_MANY_REQUESTS)):
        walker.module.caught.setdefault(str(TOO_MANY_REQUESTS), node.start)


def _attribute(walker: _Walker, node: ir.Attribute, scope: Scope) -> None:
    scope.attributes.add(node.attr)
    walker.visit(node.value, scope)


def _subscript(walker: _Walker, node: ir.Subscript, scope: Scope) -> None:
    if isinstance(node.index, ir.Const) and isinstance(node.index.value, str):
        walker.module.keys_read.setdefault(node.index.value, node.start)
    elif _is_position(node.index):
        _draws(walker, node.value, scope, looped=False)
    elif isinstance(node.index, ir.Name) and (key := _default_of(node.index.id, scope)):
        walker.module.keys_read.setdefault(key, node.start)
    walker.visit(node.value, scope)
    walker.visit(node.index, scope)


def _default_of(name: str, scope: Scope) -> str:
    """The text that a parameter of the function around stands for where its caller gives none, or ""."""
    parameters = scope.node.parameters if isinstance(scope, FunctionScope) else ()
    default = next((p.default for p in parameters if p.name == name), None)
    return default.value if isinstance(default, ir.Const) and isinstance(default.value, str) else ""


def _label(node: ir.Expr | None) -> str:
    """The last name of a name or attribute."""
    return node.id if isinstance(node, ir.Name) else node.attr if isinstance(node, ir.Attribute) else ""


def _is_position(index: ir.Expr) -> bool:
    """Whether an index is a position that moves: a counter by its name, or computed from one."""
    if isinstance(index, ir.Binary):
        return index.op in ("%", "+", "-")
    name = _label(index).lower()
    return name in _POSITIONS or name.endswith(_POSITION_ENDINGS) or name.startswith("current")


def _draws(walker: _Walker, node: ir.Expr, scope: Scope, *, looped: bool) -> None:
    name = _label(node)
    if name:
        walker.module.draws.setdefault((name, scope.dotted, looped), node.start)


def _call(walker: _Walker, node: ir.Call, scope: Scope) -> None:
    func = node.func
    if isinstance(func, ir.Attribute) and func.attr in ("get", "pop") and node.arguments:
        key = node.arguments[0].value
        if isinstance(key, ir.Const) and isinstance(key.value, str):
            walker.module.keys_read.setdefault(key.value, node.start)
    if isinstance(func, ir.Attribute) and _is_search_path(func.value) and func.attr in ("append", "insert", "extend"):
        walker.module.edits_path = True
        walker.module.path_folders.update(_folders(node))
    if isinstance(func, ir.Attribute) and _takes_next(func.attr, node):
        _draws(walker, func.value, scope, looped=False)
    if isinstance(func, ir.Attribute) and _cuts_lines(func.attr, node):
        text = _untrimmed(func.value)
        start = walker.module.texts.get((text.id, scope.dotted)) if isinstance(text, ir.Name) else text.start
        if start is not None:
            walker.module.lined.add(start)
    if any(_label(a.value) == FIRST_COMPLETED for a in node.arguments if a.keyword):
        walker.module.waits.append((scope, node.start))
    walker.visit(func, scope)
    walker.each(node.arguments, scope)


def _takes_next(method: str, node: ir.Call) -> bool:
    """Whether a method takes the first of a collection away, or moves it behind the others."""
    first = node.arguments[0].value if node.arguments else None
    return method in ("rotate", "popleft") or (method == "pop" and isinstance(first, ir.Const) and first.value == 0)


def _cuts_lines(method: str, node: ir.Call) -> bool:
    """Whether a method cuts a text into its lines, or into the items of a list that it is."""
    by = node.arguments[0].value if node.arguments else None
    return method == "splitlines" or (method == "split" and isinstance(by, ir.Const) and by.value in LIST_MARKS)


def _untrimmed(node: ir.Expr) -> ir.Expr:
    """What a text is taken from before it was trimmed or decoded."""
    while (
        isinstance(node, ir.Call)
        and isinstance(node.func, ir.Attribute)
        and node.func.attr in ("strip", "rstrip", "decode")
    ):
        node = node.func.value
    return node


def _is_search_path(node: ir.Expr) -> bool:
    return (
        isinstance(node, ir.Attribute)
        and node.attr == "path"
        and isinstance(node.value, ir.Name)
        and node.value.id == "sys"
    )


def _folders(node: object) -> Iterator[str]:
    """The names of folders in an expression that makes a path."""
    if isinstance(node, ir.Const) and isinstance(node.value, str):
        yield from (part for part in node.value.split("/") if part not in ("", ".", ".."))
    elif isinstance(node, ir.Binary):
        yield from _folders(node.left)
        yield from _folders(node.right)
    elif isinstance(node, (ir.Argument, ir.Attribute, ir.Subscript)):
        yield from _folders(node.value)
    elif isinstance(node, ir.Call):
        yield from _folders(node.func)
        for argument in node.arguments:
            yield from _folders(argument)


def _template(walker: _Walker, node: ir.Template, scope: Scope) -> None:
    walker.each(node.parts, scope)


def _function(walker: _Walker, node: ir.Function, scope: Scope) -> None:
    scope.bound.add(node.name)
    walker.function(node, scope, node.name)


def _lambda(walker: _Walker, node: ir.Lambda, scope: Scope) -> None:
    scope.lambdas += 1
    walker.function(node.function, scope, f"<lambda{scope.lambdas}>")


def _class(walker: _Walker, node: ir.Class, scope: Scope) -> None:
    scope.bound.add(node.name)
    walker.each(node.decorators, scope)
    walker.each(node.arguments, scope)
    inner = ClassScope(node, f"{scope.dotted}.{node.name}", scope)
    scope.children.append(inner)
    walker.module.by_node[id(node)] = inner
    walker.each(node.body, inner)


def _ann_assign(walker: _Walker, node: ir.AnnAssign, scope: Scope) -> None:
    walker.bind(node.target, scope)
    walker.visit(node.annotation, scope)
    walker.visit(node.value, scope)
    if isinstance(scope, ClassScope) and isinstance(node.target, ir.Name):
        scope.annotated.append((node.target.id, node.annotation, node.value))


def _assign(walker: _Walker, node: ir.Assign, scope: Scope) -> None:
    walker.visit(node.value, scope)
    for target in node.targets:
        walker.bind(target, scope)
        if isinstance(target, ir.Name) and isinstance(text := _untrimmed(node.value), ir.Call):
            walker.module.texts[target.id, scope.dotted] = text.start


def _augmented(walker: _Walker, node: ir.AugAssign, scope: Scope) -> None:
    walker.bind(node.target, scope)
    walker.visit(node.target, scope)
    walker.visit(node.value, scope)


def _conditional(walker: _Walker, node: ir.Conditional, scope: Scope) -> None:
    walker.module.choices.append(node)
    walker.visit(node.body, scope)
    walker.visit(node.test, scope)
    walker.visit(node.orelse, scope)


def _for(walker: _Walker, node: ir.For, scope: Scope) -> None:
    if isinstance(node.iter, ir.Call) and _label(node.iter.func) == AS_COMPLETED:
        walker.module.waits.append((scope, node.body[0].start))
    _draws(walker, _numbered(node.iter), scope, looped=True)
    walker.visit(node.iter, scope)
    walker.bind(node.target, scope)
    walker.each(node.body, scope)
    walker.each(node.orelse, scope)


def _numbered(node: ir.Expr) -> ir.Expr:
    """What is gone over, in whichever of the ways that leave its items as they are."""
    while isinstance(node, ir.Call) and _label(node.func) in _AS_THEY_ARE and node.arguments:
        node = node.arguments[0].value
    return node


def _with(walker: _Walker, node: ir.With, scope: Scope) -> None:
    for item in node.items:
        walker.visit(item.context, scope)
        walker.bind(item.target, scope)
    walker.each(node.body, scope)


def _try(walker: _Walker, node: ir.Try, scope: Scope) -> None:
    walker.each(node.body, scope)
    for handler in node.handlers:
        types = handler.type.items if isinstance(handler.type, ir.Collection) else (handler.type,)
        for name in filter(None, map(_label, types)):
            walker.module.caught.setdefault(name, handler.start)
        walker.visit(handler.type, scope)
        if handler.name:
            scope.bound.add(handler.name)
        walker.each(handler.body, scope)
    walker.each(node.orelse, scope)
    walker.each(node.final, scope)


def _match(walker: _Walker, node: ir.Match, scope: Scope) -> None:
    walker.visit(node.subject, scope)
    for case in node.cases:
        scope.bound.update(case.captures)
        walker.each(case.values, scope)
        walker.visit(case.guard, scope)
        walker.each(case.body, scope)


def _comprehension(walker: _Walker, node: ir.Comprehension, scope: Scope) -> None:
    walker.visit(node.element, scope)
    walker.visit(node.value, scope)
    for clause in node.clauses:
        walker.module.comprehended.append((scope, clause.iter.start))
        walker.visit(clause.iter, scope)
        walker.bind(clause.target, scope)
        walker.each(clause.conditions, scope)


def _import(walker: _Walker, node: ir.Import, scope: Scope) -> None:
    for name in node.names:
        scope.bound.add(name.alias or name.name.partition(".")[0])
        walker.module.imports.setdefault(name.name, node.start)


def _import_from(walker: _Walker, node: ir.ImportFrom, scope: Scope) -> None:
    for name in node.names:
        if not node.level:
            walker.module.imports.setdefault(f"{node.module}.{name.name}", node.start)
        if name.name != "*":
            scope.bound.add(name.alias or name.name)


def _scoping(walker: _Walker, node: ir.Scoping, scope: Scope) -> None:
    if node.kind == "global":
        scope.declared_global.update(node.names)
        scope.module.bound.update(node.names)
        scope.module.rewritten.update(node.names)
    else:
        scope.declared_nonlocal.update(node.names)


def _walrus(walker: _Walker, node: ir.Walrus, scope: Scope) -> None:
    walker.visit(node.value, scope)
    walker.bind(node.target, scope)


def _delete(walker: _Walker, node: ir.Delete, scope: Scope) -> None:
    walker.each(node.targets, scope)


def _parts(*fields: str) -> Callable[[_Walker, object, Scope], None]:
    def visit(walker: _Walker, node: object, scope: Scope) -> None:
        for field in fields:
            part = getattr(node, field)
            if isinstance(part, tuple):
                walker.each(part, scope)
            elif part is not None:
                walker.visit(part, scope)

    return visit


_HANDLERS: dict[type, Callable[[_Walker, Any, Scope], None]] = {
    ir.Name: _name,
    ir.Function: _function,
    ir.Lambda: _lambda,
    ir.Class: _class,
    ir.AnnAssign: _ann_assign,
    ir.Assign: _assign,
    ir.AugAssign: _augmented,
    ir.For: _for,
    ir.With: _with,
    ir.Try: _try,
    ir.Match: _match,
    ir.Comprehension: _comprehension,
    ir.Import: _import,
    ir.ImportFrom: _import_from,
    ir.Scoping: _scoping,
    ir.Walrus: _walrus,
    ir.Delete: _delete,
    ir.Const: _constant,
    ir.Template: _template,
    ir.Attribute: _attribute,
    ir.Subscript: _subscript,
    ir.Slice: _parts("lower", "upper", "step"),
    ir.Argument: _parts("value"),
    ir.Call: _call,
    ir.Collection: _parts("items"),
    ir.Starred: _parts("value"),
    ir.Dict: _parts("keys", "values"),
    ir.Binary: _parts("left", "right"),
    ir.Boolean: _parts("left", "right"),
    ir.Unary: _parts("operand"),
    ir.Compare: _parts("left", "comparators"),
    ir.Conditional: _conditional,
    ir.Await: _parts("value"),
    ir.Yield: _parts("value"),
    ir.ExprStmt: _parts("value"),
    ir.Return: _parts("value"),
    ir.Raise: _parts("exception", "cause"),
    ir.Assert: _parts("test", "message"),
    ir.If: _parts("test", "body", "orelse"),
    ir.While: _parts("test", "body", "orelse"),
}
