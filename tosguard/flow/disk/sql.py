"""Rows kept in tables of a database: what one statement inserts into a table, another selects from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tosguard.flow.disk.disk import said_of
from tosguard.flow.language.iteration import element_of
from tosguard.flow.values.copies import read_back
from tosguard.flow.values.joining import join
from tosguard.flow.values.reach import reached
from tosguard.flow.values.values import NOTHING, REST, Constant, Pattern, Value, constant, single

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tosguard.flow.solver.frame import Frame
    from tosguard.syntax import ir

_NAME = r"\s+[\"'`\[]?([\w.]+)"
_INTO = re.compile(rf"\s*(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update){_NAME}", re.IGNORECASE)
_FROM = re.compile(rf"\s*select\b.{{0,2000}}?\bfrom{_NAME}", re.IGNORECASE | re.DOTALL)
#: What the place of a table among all that is written begins with.
_TABLE = "sql:"


def keep_rows(frame: Frame, node: ir.Node, named: Mapping[str, Value], *, many: bool) -> None:
    """Notes what a statement inserts."""
    data = named.get("data", NOTHING)
    rows = element_of(frame, data) if many else data
    taints = reached(frame, rows)
    for name in _tables(_INTO, named):
        if rows.atoms or rows.taints:
            kept = rows
            if taints is not None:
                kept = Value(rows.atoms, frame.hops(taints, node, "written", said_of(constant(name), "kept")))
            frame.machine.disk.write(frame.machine, constant(_TABLE + name), kept)


def selected_rows(frame: Frame, node: ir.Node, named: Mapping[str, Value]) -> Value:
    """The rows that a statement selects; nothing where the project does not write the table."""
    machine = frame.machine
    rows = NOTHING
    for name in _tables(_FROM, named):
        stored = machine.disk.read(machine, constant(_TABLE + name), frame.reader)
        rows = join(rows, read_back(frame, node, stored, said_of(constant(name), "selected")))
    if not rows.atoms and not rows.taints:
        return NOTHING
    made = machine.make("list", node, frame.context)
    machine.put(made, REST, rows)
    return single(made)


def _tables(pattern: re.Pattern[str], named: Mapping[str, Value]) -> list[str]:
    texts = []
    for atom in named.get("statement", NOTHING).atoms:
        if isinstance(atom, Constant) and isinstance(atom.value, str):
            texts.append(atom.value)
        elif isinstance(atom, Pattern) and atom.parts[0] is not None:
            texts.append(atom.parts[0])
    found = (pattern.match(text) for text in texts)
    return sorted({match[1].lower() for match in found if match is not None})
