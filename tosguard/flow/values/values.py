"""Abstract values: what an expression may be, as far as the code shows it.

A ``Value`` is a small set of *atoms* (functions, classes, objects, constants, external symbols) and the *taints* in it:
origins of provider output, data sets, files, … each with the hop by which it arrived last. Atoms are interned or
unique, so sets of them compare by identity. Two values are the same when atoms and origins are the same; hops only tell
how a value travelled and never decide whether the analysis goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING, Any

#: Serials below belong to atoms made when modules are imported.
FIRST_SERIAL = 1 << 20
_serials = count()

if TYPE_CHECKING:
    from tosguard.flow.calls.context import Context
    from tosguard.flow.language.scopes import ClassScope, FunctionScope, ModuleScope
    from tosguard.flow.solver.records import CallRecord
    from tosguard.flow.solver.visits import Visit
    from tosguard.flow.values.questions import Question
    from tosguard.flow.values.taints import Hop, Taint

#: Sorts atoms by when they were first met.
BY_SERIAL = attrgetter("serial")

#: What was cut short while values were joined; emptied with the interned constants.
overflowed: set[str] = set()
#: A value with more constants than this forgets them: it is text of a list, not a choice.
MAX_CONSTANTS = 24


_NO_KEYS: frozenset[object] = frozenset()


class Atom:
    """One thing a value may be. ``serial`` orders atoms by when they were first met, which is the same in every run;
    ``alone`` is the value of this atom and nothing else, once somebody asked for it."""

    __slots__ = ("alone", "serial")

    #: Whether it holds nothing and is asked nothing: text, a number, or not known at all.
    is_plain = False
    #: Whether it is text or a number, and whether it is one of many objects: both are forgotten where too many meet.
    is_text = False
    is_object = False
    #: Whether one more of it among others may lead anywhere.
    is_telling = True

    def __init__(self) -> None:
        self.serial = next(_serials)
        self.alone: Value | None = None

    def __hash__(self) -> int:
        """The serial: sets of atoms iterate in the same order in every run."""
        return self.serial

    def __eq__(self, other: object) -> bool:
        return self is other


class Unknown(Atom):
    """Anything: what the code does not show."""

    __slots__ = ()
    is_plain = True
    is_telling = False

    def __repr__(self) -> str:
        return "?"


class Widened(Unknown):
    """Anything, after too many constants met: what carries it takes no further constants in."""

    __slots__ = ()


class Constant(Atom):
    """A literal string, number, boolean or None."""

    __slots__ = ("value",)
    is_plain = True
    is_text = True
    is_telling = False

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value

    def __repr__(self) -> str:
        return repr(self.value)


class Pattern(Atom):
    """A string with holes (``None``)."""

    __slots__ = ("parts",)
    is_plain = True
    is_text = True
    is_telling = False

    def __init__(self, parts: tuple[str | None, ...]) -> None:
        super().__init__()
        self.parts = parts

    def __repr__(self) -> str:
        return "f'" + "".join("{}" if p is None else p for p in self.parts) + "'"


class FunctionAtom(Atom):
    """A function of the project, closed over the frame that defined it."""

    __slots__ = ("closure", "defaults", "owner", "scope")

    def __init__(self, scope: FunctionScope, closure: Context, owner: ClassAtom | None) -> None:
        super().__init__()
        self.scope = scope
        self.closure = closure
        self.owner = owner
        self.defaults: dict[str, Value] = {}

    def __repr__(self) -> str:
        return f"<function {self.scope.dotted}>"


class Place(Atom):
    """Anything with fields: a cell each."""

    __slots__ = ("cells", "known_keys", "watchers")

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[object, Cell] = {}
        self.known_keys: AbstractSet[object] = _NO_KEYS
        self.watchers: set[Context | Question[Any] | Visit] | None = None

    def know(self, key: object) -> None:
        """Notes a key under which an item is stored."""
        if self.known_keys is _NO_KEYS:
            self.known_keys = {key}
        else:
            self.known_keys.add(key)  # type: ignore[attr-defined]

    def cell(self, key: object) -> Cell:
        """The cell of a field, made on first use."""
        found = self.cells.get(key)
        if found is None:
            found = self.cells[key] = Cell()
            if self.watchers is not None:
                self.outdate()
        return found

    def outdate(self) -> None:
        """Has what was found out about the place's fields found out anew."""
        watchers, self.watchers = self.watchers, None
        for watcher in watchers or ():
            watcher.outdate()


class ClassAtom(Place):
    """A class of the project. ``bases`` are project classes, ``external`` dotted symbols of library bases."""

    __slots__ = ("bases", "external", "fields", "metaclass", "mro_cache", "scope")

    def __init__(self, scope: ClassScope) -> None:
        super().__init__()
        self.scope = scope
        self.bases: tuple[ClassAtom, ...] = ()
        self.external: tuple[str, ...] = ()
        self.fields: tuple[str, ...] = ()
        self.metaclass: ClassAtom | None = None
        self.mro_cache: tuple[ClassAtom, ...] | None = None

    def __repr__(self) -> str:
        return f"<class {self.scope.dotted}>"


class ModuleAtom(Place):
    """A module of the project; its cells are its globals."""

    __slots__ = ("scope",)

    def __init__(self, scope: ModuleScope) -> None:
        super().__init__()
        self.scope = scope

    def __repr__(self) -> str:
        return f"<module {self.scope.name}>"


class ObjectAtom(Place):
    """An object made at one site in one context: an instance, list, dict, tuple, set, generator, namespace or parser.

    ``ELEMENT`` is the key of what iteration gives, other keys are constant subscripts (``("item", k)``) or attribute
    names. ``record`` is the library call that made the base part of an instance of a library subclass.
    """

    __slots__ = ("cls", "context", "kind", "record", "site")
    is_object = True

    def __init__(self, kind: str, cls: ClassAtom | None, site: object, context: Context | None) -> None:
        super().__init__()
        self.kind = kind
        self.cls = cls
        self.site = site
        self.context = context
        self.record: CallRecord | None = None

    @property
    def is_telling(self) -> bool:  # type: ignore[override]
        """Instances: what a list holds is told by what is stored in it."""
        return self.cls is not None

    def __repr__(self) -> str:
        return f"<{self.cls.scope.name if self.cls else self.kind}>"


class BoundAtom(Atom):
    """A method of the project bound to its receiver."""

    __slots__ = ("function", "receiver")
    is_object = True

    def __init__(self, function: FunctionAtom, receiver: Atom) -> None:
        super().__init__()
        self.function = function
        self.receiver = receiver

    def __repr__(self) -> str:
        return f"<bound {self.function.scope.dotted}>"


class MethodAtom(Atom):
    """A built-in method (``append``, ``items``, ``format``) bound to its receiver."""

    __slots__ = ("name", "receiver")
    is_object = True

    def __init__(self, receiver: Value, name: str) -> None:
        super().__init__()
        self.receiver = receiver
        self.name = name

    def __repr__(self) -> str:
        return f"<method {self.name}>"


class SymbolAtom(Place):
    """A symbol outside the project: a dotted path through a library's API (see ``docs/catalogue.md``).

    ``record`` is the call that made the object the path hangs on (the client's constructor), so that what the client
    was
    given is known where it is used. Fields stored on such an object live in its cells; ``SOURCE`` holds what the call
    that made it was given. ``ways`` remembers what its attributes lead to: path, canonical path and symbol.
    """

    __slots__ = ("parent", "path", "record", "ways")
    is_object = True

    def __init__(self, path: str, record: CallRecord | None, parent: SymbolAtom | None) -> None:
        super().__init__()
        self.path = path
        self.record = record
        self.parent = parent
        self.ways: dict[str, tuple[str, str, Value]] = {}

    def __repr__(self) -> str:
        return f"<{self.path}>"


class PartialAtom(Atom):
    """``functools.partial``: a callable with some arguments given."""

    __slots__ = ("function", "keywords", "method", "positional")

    def __init__(
        self, function: Value, positional: tuple[Value, ...], keywords: dict[str, Value], method: bool = False
    ) -> None:
        super().__init__()
        self.method = method
        self.function = function
        self.positional = positional
        self.keywords = keywords


class WrappedAtom(Atom):
    """A function behind ``staticmethod``, ``classmethod`` or ``property`` (``kind``)."""

    __slots__ = ("function", "kind", "setter")

    def __init__(self, kind: str, function: Value) -> None:
        super().__init__()
        self.kind = kind
        self.function = function
        self.setter: Value = NOTHING


class SliceAtom(Atom):
    """``lower:upper:step`` as an index; None where a bound is left out."""

    __slots__ = ("lower", "step", "upper")
    is_telling = False

    def __init__(self, lower: Value | None, upper: Value | None, step: Value | None) -> None:
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.step = step


class SuperAtom(Atom):
    """``super()`` inside a method of ``owner`` called on ``receiver``."""

    __slots__ = ("owner", "receiver")

    def __init__(self, owner: ClassAtom, receiver: Atom) -> None:
        super().__init__()
        self.owner = owner
        self.receiver = receiver


class Value:
    """A set of atoms and the taints in it. Immutable."""

    __slots__ = ("atoms", "taints")

    def __init__(self, atoms: frozenset[Atom], taints: Mapping[Taint, Hop] | None = None) -> None:
        self.atoms = atoms
        self.taints = taints if taints else None

    def __repr__(self) -> str:
        return f"{set(self.atoms) or '{}'}{list(self.taints) if self.taints else ''}"

    def covers(self, other: Value) -> bool:
        """Whether joining ``other`` in would change nothing that counts."""
        if not other.atoms <= self.atoms:
            return False
        if other.taints is None:
            return True
        return self.taints is not None and self.taints.keys() >= other.taints.keys()


class Cell:
    """A joined, ever-growing variable: a field, a global, a closure variable, a result. Contexts that read it run again
    when it grows. Most cells have one reader, who reads them over and over: ``last`` is who read it last."""

    __slots__ = ("_all", "last", "value")

    def __init__(self) -> None:
        self.value: Value = NOTHING
        self.last: Context | Visit | Question[Any] | None = None
        self._all: set[Context | Visit | Question[Any]] | None = None

    @property
    def readers(self) -> Collection[Context | Visit | Question[Any]]:
        """All who read it."""
        if self._all is not None:
            return self._all
        return () if self.last is None else (self.last,)

    def note(self, reader: Context | Visit | Question[Any]) -> None:
        """Counts one more reader."""
        if self._all is not None:
            self._all.add(reader)
        elif self.last is not None and self.last is not reader:
            self._all = {self.last, reader}
        self.last = reader


UNKNOWN = Unknown()
WIDENED = Widened()
NOTHING = Value(frozenset())
ANYTHING = Value(frozenset((UNKNOWN,)))

#: Cell keys that no program can spell.
ELEMENT = "<element>"
KEYS = "<keys>"
ALL = "<all>"
SOURCE = "<source>"
SENT = "<sent>"
THROWN = "<thrown>"
RETURNED = "<returned>"
NAMESPACE = "<namespace>"
FACTORY = "<factory>"
ROW = "<row>"
SUBCLASSES = "<subclasses>"


class Rest:
    """Stands for "an item under a key that is not known" where an item is stored."""


REST = Rest()

_constant_values: dict[tuple[type, object], Value] = {}
_patterns: dict[tuple[str | None, ...], Pattern] = {}
#: Texts that were put together of plain values, by what of and how; emptied with the interned constants.
folded: dict[tuple[object, ...], Value] = {}


def constant(value: object) -> Value:
    """The value of a literal."""
    key = (type(value), value)
    found = _constant_values.get(key)
    if found is None:
        found = _constant_values[key] = single(Constant(value))
    return found


def pattern(parts: Iterable[str | None]) -> Value:
    """The value of a string with holes; neighbours are merged, a string without holes becomes a constant."""
    merged: list[str | None] = []
    for part in parts:
        if merged and part is not None and merged[-1] is not None:
            merged[-1] += part
        elif not (merged and part is None and merged[-1] is None):
            merged.append(part)
    if merged == [None] or not any(merged):
        return ANYTHING if None in merged else constant("")
    if None not in merged:
        return constant(merged[0])
    key = tuple(merged)
    known = _patterns.get(key)
    if known is None:
        known = _patterns[key] = Pattern(key)
    return single(known)


def forget_interned() -> None:
    """Drops interned constants and counts from the same number again; called before and after a solution, so that a
    long-lived process neither grows nor solves the same project in another order."""
    global _serials
    overflowed.clear()
    _serials = count(FIRST_SERIAL)
    _constant_values.clear()
    _patterns.clear()
    folded.clear()


def single(atom: Atom) -> Value:
    """A value of one atom."""
    found = atom.alone
    if found is None:
        found = atom.alone = Value(frozenset((atom,)))
    return found


def is_plain(value: Value) -> bool:
    """Whether a value is text, numbers and what is not known, and nothing that holds or is asked anything."""
    for atom in value.atoms:  # noqa: SIM110 – asked of every operand, and a generator takes twice as long
        if not atom.is_plain:
            return False
    return True


def texts(value: Value) -> list[str]:
    """The constant strings a value may be, sorted."""
    return sorted(a.value for a in value.atoms if isinstance(a, Constant) and isinstance(a.value, str))


#: A text that names a class is no longer than this.
LONGEST_LABEL = 24


def ordered(value: Value) -> Iterable[Atom]:
    """The atoms of a value in an order that is the same in every run."""
    atoms = value.atoms
    return atoms if len(atoms) < 2 else sorted(atoms, key=BY_SERIAL)


def is_label(value: Value) -> bool:
    """Whether a value is nothing but a short text or a number that the code spells out, as the names of classes are."""
    return value.taints is None and bool(value.atoms) and all(map(_is_short, value.atoms))


def is_worded(value: Value) -> bool:
    """Whether a value is nothing but a label or text that the code puts together."""
    return bool(value.atoms) and all(isinstance(a, Pattern) or _is_short(a) for a in value.atoms)


def _is_short(atom: Atom) -> bool:
    if not isinstance(atom, Constant):
        return False
    held = atom.value
    return isinstance(held, (int, float)) or (isinstance(held, str) and 0 < len(held) <= LONGEST_LABEL)


def callables(value: Value) -> list[Atom]:
    """The atoms of a value that calling runs project code for, in stable order."""
    kinds = (FunctionAtom, BoundAtom, ClassAtom, PartialAtom)
    return [a for a in ordered(value) if isinstance(a, kinds)]
