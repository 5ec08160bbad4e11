"""What exists once: symbols, objects and methods by what they stand for, and what the catalogue says of a path.

Values are compared by the identity of their atoms, so the same thing met again must be the same atom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tosguard.flow.values.values import (
    Atom,
    ClassAtom,
    MethodAtom,
    ObjectAtom,
    PartialAtom,
    SymbolAtom,
    Value,
    WrappedAtom,
)

if TYPE_CHECKING:
    from tosguard.catalog.catalogue import Catalogue
    from tosguard.catalog.model import Entry
    from tosguard.flow.calls.context import Context
    from tosguard.flow.solver.records import CallRecord

#: Columns of one table that are told apart.
MAX_COLUMNS = 24
#: Contexts in which one site makes objects of its own.
MAX_CLONES = 16
#: Stands for the sites of all calls that may be of very many classes.
CROWD = "<crowd>"
#: Characters of a symbol path that is followed.
MAX_PATH = 160


class Interned:
    """The atoms of one solution."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.serial = 0
        self.symbols: dict[tuple[str, CallRecord | None], SymbolAtom] = {}
        self.objects: dict[tuple[object, Context | None], ObjectAtom] = {}
        self.rebounds: dict[tuple[PartialAtom, Atom], PartialAtom] = {}
        self.wrapped: dict[tuple[str, frozenset[Atom]], WrappedAtom] = {}
        self.columns: dict[SymbolAtom | None, object] = {}
        self.columns_of: dict[SymbolAtom, dict[object, SymbolAtom]] = {}
        self.symbols_of_columns: dict[tuple[str, CallRecord | None, SymbolAtom], SymbolAtom] = {}
        self.methods: dict[tuple[int, str], MethodAtom] = {}
        self.clones: dict[object, int] = {}
        self.native_prefixes: frozenset[str] = frozenset()
        self._canonical: dict[str, str] = {}
        self._known: dict[str, bool] = {}
        self._entries: dict[str, Entry | None] = {}

    def next_serial(self) -> int:
        """A number that grows with every context and record: what was met first comes first."""
        self.serial += 1
        return self.serial

    def symbol(self, path: str, record: CallRecord | None = None, parent: SymbolAtom | None = None) -> SymbolAtom:
        """The atom of a library symbol; ``parent`` is the object it is an attribute of."""
        if parent in self.columns:
            return self._of_column(path, record, parent)
        key = (path, record)
        found = self.symbols.get(key)
        if found is None:
            found = self.symbols[key] = SymbolAtom(path, record, parent)
        return found

    def _of_column(self, path: str, record: CallRecord | None, column: SymbolAtom | None) -> SymbolAtom:
        """What is an attribute of a column: the column itself where it is seen in another way, else of its own."""
        assert column is not None
        if path == column.path and record is column.record:
            return column
        key = (path, record, column)
        found = self.symbols_of_columns.get(key)
        if found is None:
            found = self.symbols_of_columns[key] = SymbolAtom(path, record, column)
        return found

    def column(self, table: SymbolAtom, key: object) -> SymbolAtom:
        """The atom of a column of a table; the table itself where it has too many, and for a column of a column."""
        known = self.columns_of.setdefault(table, {})
        found = known.get(key)
        if found is None and table not in self.columns and len(known) < MAX_COLUMNS:
            found = known[key] = SymbolAtom(table.path, table.record, table)
            self.columns[found] = key
        return found if found is not None else table

    def known(self, path: str) -> bool:
        """Whether anything is known of a symbol or of what lies behind it. Only such paths are followed: an unknown
        library's objects are anything, so paths cannot grow without end."""
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = len(path) < MAX_PATH and (
                self.catalogue.is_prefix(path) or path in self.native_prefixes or self._on_client(path)
            )
        return found

    def _on_client(self, path: str) -> bool:
        """Whether a path leads from a client to a method nobody modelled yet; what a modelled method gave is no
        client."""
        client = self.catalogue.under_client(path)
        if client is None:
            return False
        end = path.find("()", len(client.symbol) + 2)
        while end >= 0:
            if self.entry(self.canonical(path[:end])) is not None:
                return False
            end = path.find("()", end + 2)
        return "[" not in path[len(client.symbol) :]

    def rebound(self, partial: PartialAtom, function: Value) -> Value:
        """A ``partialmethod`` read through an instance."""
        (bound,) = function.atoms
        key = (partial, bound)
        found = self.rebounds.get(key)
        if found is None:
            found = self.rebounds[key] = PartialAtom(function, partial.positional, partial.keywords)
        return Value(frozenset((found,)))

    def wrapper(self, kind: str, function: Value) -> WrappedAtom:
        """A function behind ``staticmethod``, ``classmethod`` or ``property``."""
        key = (kind, function.atoms)
        found = self.wrapped.get(key)
        if found is None:
            found = self.wrapped[key] = WrappedAtom(kind, function)
        return found

    def method(self, receiver: Atom, name: str) -> MethodAtom:
        """The built-in method of a receiver."""
        key = (receiver.serial, name)
        found = self.methods.get(key)
        if found is None:
            found = self.methods[key] = MethodAtom(Value(frozenset((receiver,))), name)
        return found

    def canonical(self, path: str) -> str:
        """The catalogue's name of a symbol path."""
        found = self._canonical.get(path)
        if found is None:
            found = self._canonical[path] = self.catalogue.canonical(path)
        return found

    def entry(self, path: str) -> Entry | None:
        """The catalogue's entry of a canonical symbol."""
        try:
            return self._entries[path]
        except KeyError:
            found = self._entries[path] = self.catalogue.entry(path)
            return found

    def make(
        self, kind: str, site: object, context: Context, cls: ClassAtom | None = None, *, shared: bool = False
    ) -> ObjectAtom:
        """The object made at a site in a context: the same one whenever the site is evaluated again. Beyond
        ``MAX_CLONES`` contexts a site has one object for all others; a ``shared`` one is that of all such sites."""
        if shared:
            crowd = ((CROWD, cls, kind), None)
            return self.objects.get(crowd) or self.objects.setdefault(crowd, ObjectAtom(kind, cls, site, context))
        place = (site if isinstance(site, (str, tuple)) else id(site), cls, kind)
        found = self.objects.get((place, context))
        if found is None:
            if self.clones.get(place, 0) >= MAX_CLONES:
                key = (place, None)
                found = self.objects.get(key)
                if found is None:
                    found = self.objects[key] = ObjectAtom(kind, cls, site, context)
            else:
                self.clones[place] = self.clones.get(place, 0) + 1
                found = ObjectAtom(kind, cls, site, context)
            self.objects[(place, context)] = found
        return found
