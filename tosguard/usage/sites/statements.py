"""Models asked in SQL: a statement that calls a function of the catalogue is a call of that function's role."""

from __future__ import annotations

import re
from dataclasses import replace

from tosguard.catalog.model import SqlFunction
from tosguard.flow.facts import CallFact, Value
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.view import texts_in

#: The argument that holds the text of a statement.
STATEMENT = "statement"

#: A text of SQL, quotes doubled, or what ends an argument.
_PIECE = re.compile(r"""'((?:[^']|'')*)'|"([^"]*)"|([(),])""")


def asked_in_sql(call: CallFact, lexicon: Lexicon) -> CallFact:
    """A call with the role of the first function of its statement that asks a model; as it is where there is none."""
    value = call.arguments.get(STATEMENT)
    for text in texts_in(value, 2) if value is not None else ():
        for function in lexicon.catalogue.sql:
            found = re.search(rf"(?<![\w.]){re.escape(function.name)}\s*\(", text, re.IGNORECASE)
            if found is not None:
                return _as_function(call, function, _argument(text[found.end() :], function.model))
    return call


def _as_function(call: CallFact, function: SqlFunction, model: str) -> CallFact:
    tags = (*call.entry.tags, "many")
    entry = replace(call.entry, role=function.role, kind="provider", provider=function.provider, tags=tags)
    named = {"model": Value(constants=(model,))} if model else {}
    return replace(call, entry=entry, arguments={**call.arguments, **named, "input": call.arguments[STATEMENT]})


def _argument(text: str, wanted: int) -> str:
    """The text of the argument at a position, or "" where it is none."""
    at = depth = 0
    for piece in _PIECE.finditer(text):
        single, double, sign = piece.groups()
        if sign is None:
            if at == wanted and not depth:
                return str(single if single is not None else double)
        elif sign == "(":
            depth += 1
        elif sign == ")":
            if not depth:
                break
            depth -= 1
        elif not depth:
            at += 1
    return ""
