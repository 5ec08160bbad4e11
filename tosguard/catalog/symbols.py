"""The grammar of catalogue symbols: paths through a library's public API, cut at their boundaries."""

from __future__ import annotations

import re

_PIECE = re.compile(r"\.?[^\W\d]\w*|\([^()]*\)|\[[^\[\]]*\]")
_SYMBOL = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*|\([^()\s]*\)|\[\*?\])*")
_TAIL = re.compile(r"(?:\.[^\W\d]\w*|\([^()\s]*\)|\[\*?\])+")


def is_symbol(text: str) -> bool:
    """Whether ``text`` is a well-formed symbol such as ``openai.OpenAI().chat.completions.create``."""
    return _SYMBOL.fullmatch(text) is not None


def is_tail(text: str) -> bool:
    """Whether ``text`` continues a symbol, e.g. ``.with_options()``."""
    return _TAIL.fullmatch(text) is not None


def cuts(symbol: str) -> list[int]:
    """The offsets at which a prefix of ``symbol`` ends, shortest first, the whole symbol last."""
    return [match.end() for match in _PIECE.finditer(symbol)]


def prefixes(symbol: str) -> list[str]:
    """Every prefix of ``symbol`` that ends at a boundary, longest (the symbol itself) first."""
    return [symbol[:end] for end in reversed(cuts(symbol))]


def begins_with(symbol: str, prefix: str) -> bool:
    """Whether ``symbol`` is ``prefix`` or continues it at a boundary."""
    return symbol.startswith(prefix) and (len(symbol) == len(prefix) or symbol[len(prefix)] in ".([")
