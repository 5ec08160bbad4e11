"""Light stand-ins for libcst's nodes, which its parser fills instead of the real ones.

Importing libcst takes longer than parsing a file: its nodes are hundreds of data classes, with visitors, matchers and
metadata that nothing here uses. Its parser is an extension module of its own, which looks the classes of its nodes up
by name in the module ``libcst`` whenever it makes one. So the extension is loaded without the package, and while it
parses, a module of plain classes stands in the package's place.

That rests on what libcst does not promise. So it is done with those releases only for which a test has found the
lowering of stand-ins and of real nodes to be the same; with any other release, and wherever something is not as
expected, libcst itself parses, and its nodes are copied into these.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, PathFinder
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import RLock
from types import ModuleType, SimpleNamespace
from typing import Any

#: Releases of libcst with which ``tests/syntax/test_nodes.py`` was run.
TRIED = frozenset(("1.5.0", "1.5.1", "1.6.0", "1.7.0", "1.8.0", "1.8.1", "1.8.2", "1.8.4", "1.8.5", "1.8.6", "1.9.0"))

_NAMES = """
Add AddAssign And AnnAssign Annotation Arg AsName Assert Assign AssignEqual AssignTarget Asynchronous Attribute
AugAssign Await BinaryOperation BitAnd BitAndAssign BitInvert BitOr BitOrAssign BitXor BitXorAssign BooleanOperation
Break Call ClassDef Colon Comma CompFor CompIf Comparison ComparisonTarget ConcatenatedString Continue Decorator Del
Dict DictComp DictElement Divide DivideAssign Dot Element Ellipsis Else Equal ExceptHandler ExceptStarHandler Expr
Finally Float FloorDivide FloorDivideAssign For FormattedString FormattedStringExpression FormattedStringText From
FunctionDef GeneratorExp Global GreaterThan GreaterThanEqual If IfExp Imaginary Import ImportAlias ImportFrom
ImportStar In IndentedBlock Index Integer Is IsNot Lambda LazyImport LazyImportFrom LeftCurlyBrace LeftParen LeftShift
LeftShiftAssign LeftSquareBracket LessThan LessThanEqual List ListComp Match MatchAs MatchCase MatchClass
MatchKeywordElement MatchList MatchMapping MatchMappingElement MatchOr MatchOrElement MatchPattern MatchSequence
MatchSequenceElement MatchSingleton MatchStar MatchTuple MatchValue MatrixMultiply MatrixMultiplyAssign Minus Module
Modulo ModuloAssign Multiply MultiplyAssign Name NameItem NamedExpr Nonlocal Not NotEqual NotIn Or Param ParamSlash
ParamSpec ParamStar Parameters Pass Plus Power PowerAssign Raise Return RightCurlyBrace RightParen RightShift
RightShiftAssign RightSquareBracket Semicolon Set SetComp SimpleStatementLine SimpleStatementSuite SimpleString Slice
StarredDictComp StarredDictElement StarredElement Subscript SubscriptElement Subtract SubtractAssign TemplatedString
TemplatedStringExpression TemplatedStringText Try TryStar Tuple TypeAlias TypeParam TypeParameters TypeVar
TypeVarTuple UnaryOperation While With WithItem Yield
"""
#: White space and comments; nothing asks for them, so nothing stands for them.
_NOTHING = ("SimpleWhitespace", "EmptyLine", "TrailingWhitespace", "Newline", "ParenthesizedWhitespace", "Comment")


class Node(SimpleNamespace):
    """A node: the fields that the parser gives it, and for the others what their absence means."""

    args = bases = decorators = elements = handlers = ifs = keywords = kwds = kwonly_params = params = patterns = ()
    posonly_params = relative = lpar = rpar = ()
    annotation = asname = asynchronous = bound = cause = colon = comma = conversion = default = equal = exc = None
    finalbody = format_spec = guard = inner_for_in = keyword = lbracket = msg = name = orelse = pattern = None
    posonly_ind = rbracket = rest = returns = second_colon = semicolon = separator = star_arg = star_kwarg = None
    step = trailing_comma = type = type_parameters = value = None
    indent = star = None


class ParserSyntaxError(Exception):
    """What the parser raises, with the attributes that libcst's own has."""

    def __init__(self, message: str, *, lines: object, raw_line: int, raw_column: int) -> None:
        super().__init__(message)
        self.message = message
        self.raw_line = raw_line
        self.raw_column = raw_column


def _classes() -> dict[str, Any]:
    found: dict[str, Any] = {name: type(name, (Node,), {}) for name in _NAMES.split()}
    for name in ("ClassDef", "ImportFrom", "LazyImportFrom", "With"):
        found[name].lpar = found[name].rpar = None
    found["NotEqual"].value = "!="
    return found


_CLASSES = _classes()
globals().update(_CLASSES)
_lock = RLock()


class _Facade(ModuleType):
    """The module in which the parser looks for the classes of nodes."""

    def __getattr__(self, name: str) -> Any:
        # A kind of node that is not known here; the lowering tells what becomes of it.
        found = type(name, (Node,), {})
        setattr(self, name, found)
        return found


def parse(source: str) -> Any:
    """The module of a source, made of stand-ins.

    Raises:
        ParserSyntaxError: the source is not Python.
        RecursionError: it is nested too deeply.
    """
    with _lock:
        if _parser.native is None:
            return _parsed_by_libcst(source)
        with _in_place(_parser.facade):
            return _parser.native.parse_module(source, None)


@contextmanager
def _in_place(facade: ModuleType) -> Iterator[None]:
    """Let the parser find its classes in a module of ours."""
    before = sys.modules.get("libcst")
    sys.modules["libcst"] = facade
    try:
        yield
    finally:
        if before is None:
            del sys.modules["libcst"]
        else:
            sys.modules["libcst"] = before


class _Parser:
    """The extension module, where it can be used by itself."""

    def __init__(self) -> None:
        self.facade = _Facade("libcst")
        vars(self.facade).update(_CLASSES, ParserSyntaxError=ParserSyntaxError)
        vars(self.facade).update(dict.fromkeys(_NOTHING, _nothing))
        try:
            self.native: Any = _extension()
            self._try()
        except Exception:
            self.native = None

    def _try(self) -> None:
        """Parse something small, so that a parser that works otherwise is found out before anything hangs on it."""
        if self.native is not None:
            with _in_place(self.facade):
                tree = self.native.parse_module("x = 1\n", None)
            if not isinstance(tree.body[0].body[0].targets[0].target, _CLASSES["Name"]):
                self.native = None


def _nothing(**_: object) -> None:
    return None


def _extension() -> ModuleType | None:
    """The parser without its package; None with a release that was not tried."""
    if (loaded := sys.modules.get("libcst.native")) is not None:
        return loaded if _release(str(Path(str(loaded.__file__)).parent)) in TRIED else None
    package = PathFinder.find_spec("libcst")
    for folder in (package.submodule_search_locations or ()) if package is not None else ():
        for suffix in EXTENSION_SUFFIXES:
            file = f"{folder}/native{suffix}"
            if Path(file).is_file() and _release(folder) in TRIED:
                spec = spec_from_file_location("libcst.native", file, loader=ExtensionFileLoader("libcst.native", file))
                assert spec is not None and spec.loader is not None
                module = module_from_spec(spec)
                spec.loader.exec_module(module)
                # An extension is initialised once a process: libcst itself, if it is needed later, finds it here.
                sys.modules["libcst.native"] = module
                return module
    return None


def _release(folder: str) -> str:
    """Which release of libcst lies in a folder; "" where that is not told as usual."""
    text = Path(folder, "_version.py").read_text(encoding="utf-8")
    found = re.search(r"^__version__ = (?:version = )?['\"]([\w.]+)['\"]$", text, re.MULTILINE)
    return found[1] if found else ""


def _parsed_by_libcst(source: str) -> Any:
    from libcst import ParserSyntaxError as Theirs
    from libcst import native  # type: ignore[attr-defined]

    try:
        return copied(native.parse_module(source, None))
    except Theirs as error:
        raise ParserSyntaxError(error.message, lines=(), raw_line=error.raw_line, raw_column=error.raw_column) from None


def copied(node: Any) -> Any:
    """The stand-in of a real node, and of all below it."""
    if isinstance(node, (tuple, list)):
        return tuple(each for item in node if (each := copied(item)) is not None)
    if isinstance(node, (str, bool, int, type(None))):
        return node
    kind = _CLASSES.get(type(node).__name__)
    if kind is None:
        return None
    names = [name for name in node.__dataclass_fields__ if "whitespace" not in name]
    return kind(**{name: copied(getattr(node, name)) for name in names})


_parser = _Parser()
