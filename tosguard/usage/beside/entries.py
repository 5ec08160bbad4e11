"""Run entries of evaluation suites: lines such as ``{description: "task:subject=x,model=maker/name", priority: 1}``."""

from __future__ import annotations

import re
from typing import Any

_LIST = re.compile(r"^[ \t]*entries[ \t]*[:=][ \t]*\[", re.MULTILINE)
_DESCRIPTION = re.compile(r"""[{,\s]["']?description["']?\s*[:=]\s*"([^"\n]+)\"""")


def run_entries(text: str) -> Any:
    """The entries of a list named ``entries``, read line by line; comments and what else stands there are passed over.

    Args:
        text: the text of a file of any kind.

    Returns:
        A document ``{"entries": [{"description": …, "model": …}, …]}``, where an argument of the description that is
        called ``model`` stands beside it; None where the text holds no such list.
    """
    began = _LIST.search(text)
    if began is None:
        return None
    entries = []
    for line in text[began.end() :].splitlines():
        if line.lstrip().startswith(("#", "//")):
            continue
        for found in _DESCRIPTION.finditer(f" {line}"):
            arguments = [piece.strip() for piece in found[1].partition(":")[2].split(",")]
            models = [a.removeprefix("model=") for a in arguments if a.startswith("model=")]
            entries.append({"description": found[1], **({"model": models[0]} if models else {})})
    return {"entries": entries} if entries else None
