"""The resolved call graph of a project, and what of it reaches a provider, as text, JSON or DOT."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from tosguard.flow.facts import Solution

#: Roles whose calls leave the program for somebody's model or platform.
_INFERENCE = ("generate", "embed", "moderate", "rerank", "image", "speech", "transcribe", "judge")
_JOBS = ("batch", "harvest", "upload", "tune")
_OUTSIDE = frozenset((*_INFERENCE, *_JOBS, "unofficial", "platform-read", "platform-write"))


@dataclass(frozen=True, slots=True)
class Graph:
    """Functions by dotted name with their place, calls between them, and the symbols outside that each reaches.

    ``direct`` maps a function to the symbols it calls itself, ``reached`` to all it leads to.
    """

    nodes: Mapping[str, tuple[str, int]]
    edges: tuple[tuple[str, str], ...]
    direct: Mapping[str, tuple[str, ...]]
    reached: Mapping[str, tuple[str, ...]]


def graph_of(solution: Solution) -> Graph:
    """The graph that a solution resolved."""
    nodes = {function.name: (function.place.path, function.place.line) for function in solution.functions}
    edges = {(function.name, callee) for function in solution.functions for callee in function.calls if callee in nodes}
    direct: dict[str, set[str]] = {}
    for call in solution.calls:
        if call.entry.role in _OUTSIDE:
            direct.setdefault(call.function, set()).add(call.symbol)
    reached = _reached(edges, direct)
    return Graph(
        dict(sorted(nodes.items())),
        tuple(sorted(edges)),
        {name: tuple(sorted(symbols)) for name, symbols in sorted(direct.items())},
        {name: tuple(sorted(symbols)) for name, symbols in sorted(reached.items())},
    )


def _reached(edges: set[tuple[str, str]], direct: Mapping[str, set[str]]) -> dict[str, set[str]]:
    callers: dict[str, list[str]] = {}
    for caller, callee in sorted(edges):
        callers.setdefault(callee, []).append(caller)
    reached = {name: set(symbols) for name, symbols in direct.items()}
    work = sorted(reached)
    while work:
        name = work.pop()
        for caller in callers.get(name, ()):
            known = reached.setdefault(caller, set())
            if not reached[name] <= known:
                known |= reached[name]
                work.append(caller)
    return reached


def as_json(graph: Graph) -> str:
    """Nodes with their places, edges as pairs of names, and what each function reaches."""
    document = {
        "nodes": {name: {"path": path, "line": line} for name, (path, line) in graph.nodes.items()},
        "edges": [list(edge) for edge in graph.edges],
        "reaches": {name: list(symbols) for name, symbols in graph.reached.items()},
    }
    return json.dumps(document, indent=1, ensure_ascii=False)


def as_text(graph: Graph) -> str:
    """The functions that reach something outside, each with its calls; a line of totals."""
    callees: dict[str, list[str]] = {}
    for caller, callee in graph.edges:
        callees.setdefault(caller, []).append(callee)
    lines = []
    for name, symbols in graph.reached.items():
        path, line = graph.nodes.get(name, ("", 0))
        lines.append(f"{name}  ({path}:{line})" if path else name)
        own = graph.direct.get(name, ())
        lines += [f"  calls   {symbol}" for symbol in own]
        lines += [f"  through {callee}" for callee in callees.get(name, ()) if callee in graph.reached]
        lines += [f"  reaches {symbol}" for symbol in symbols if symbol not in own]
    lines.append(f"{len(graph.nodes)} functions, {len(graph.edges)} calls, {len(graph.reached)} reach a provider")
    return "\n".join(lines)


def as_dot(graph: Graph) -> str:
    """The graph for Graphviz; what reaches a provider is drawn bold, what is outside as boxes."""
    lines = ["digraph calls {", "  rankdir=LR;", "  node [shape=ellipse];"]
    for name in graph.nodes:
        style = " [style=bold]" if name in graph.reached else ""
        lines.append(f"  {_quoted(name)}{style};")
    lines += [f"  {_quoted(caller)} -> {_quoted(callee)};" for caller, callee in graph.edges]
    outside = sorted({symbol for symbols in graph.direct.values() for symbol in symbols})
    lines += [f"  {_quoted(symbol)} [shape=box];" for symbol in outside]
    lines += [f"  {_quoted(n)} -> {_quoted(s)};" for n, symbols in graph.direct.items() for s in symbols]
    return "\n".join([*lines, "}"])


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
