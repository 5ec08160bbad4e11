"""Solving small programs with the real catalogue, and naming what they show by marks in their comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from tosguard.catalog.catalogue import Catalogue
from tosguard.catalog.compiled import load_fast
from tosguard.flow.facts import Solution
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import evaluate, in_deep_stack, solve
from tosguard.flow.solver.machine import Machine
from tosguard.syntax.lowering import lower

#: A provider's client behind a helper, as projects have it.
API = """\
from openai import OpenAI

client = OpenAI()


def ask(prompt, model="gpt-4o"):
    response = client.chat.completions.create(model=model, messages=[{"role": "user", "content": prompt}])
    return response.choices[0].message.content
"""


@cache
def catalogue() -> Catalogue:
    return load_fast()


def solved(main: str, **others: str) -> Solution:
    """The solution of ``main.py``, ``api.py`` and other modules (``tools=…`` is ``tools.py``)."""
    return solve(_modules(_texts(main, others)), catalogue())


def machine_of(main: str, **others: str) -> Machine:
    """The solver's state after the same."""
    modules = _modules(_texts(main, others))
    return in_deep_stack(lambda: evaluate(modules, catalogue(), {}))


def _texts(main: str, others: Mapping[str, str]) -> dict[str, str]:
    return {"main.py": main, "api.py": API, **{f"{name}.py": text for name, text in others.items()}}


def _modules(texts: Mapping[str, str]) -> list[SourceModule]:
    return [SourceModule(path, lower(text)) for path, text in sorted(texts.items())]


def marked(main: str, *, derived: bool = False, **others: str) -> set[tuple[str, str]]:
    """Pairs of marks ``(born, taken in)``: lines that end in ``# mark`` and are joined by a flow. A value counts as
    born at the innermost marked line of the calls it is returned through."""
    texts = _texts(main, others)
    marks = {
        (path, number): found.group(1)
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if (found := re.search(r"# (\w+)$", line))
    }
    solution = solved(main, **others)
    pairs = set()
    for flow in solution.flows:
        origin, taken = solution.origins[flow.origin], solution.calls[flow.sink].place
        places = (solution.calls[origin.call].place, *origin.chain)
        start = next((marks[p.path, p.line] for p in places if (p.path, p.line) in marks), None)
        end = marks.get((taken.path, taken.line))
        if start and end and start != end and flow.derived is derived:
            pairs.add((start, end))
    return pairs


def models(solution: Solution) -> set[object]:
    """Every model id given to a provider's model."""
    return {
        constant
        for call in solution.calls
        if call.entry.role == "generate" and "model" in call.arguments
        for constant in call.arguments["model"].constants
    }
