"""Every file that asks a provider is told of, however many stand behind one usage."""

from __future__ import annotations

from pathlib import Path

from tosguard.engine.request import Means, Project, Request, Terms, Unwatched
from tosguard.engine.run import run

#: More wrappers than a trace shows.
WRAPPERS = 16

WRAPPER = """from openai import OpenAI

def ask(text):
    reply = OpenAI().chat.completions.create(model="gpt-4o-{number}", messages=[dict(role="user", content=text)])
    return reply.choices[0].message.content
"""


def test_wrappers_that_a_trace_leaves_out_are_uses_of_their_own(tmp_path: Path) -> None:
    names = [f"maker{number}" for number in range(WRAPPERS)]
    (tmp_path / "makers").mkdir()
    (tmp_path / "makers" / "__init__.py").touch()
    for number, name in enumerate(names):
        (tmp_path / "makers" / f"{name}.py").write_text(WRAPPER.format(number=number))
    table = ", ".join(f'"{name}": {name}.ask' for name in names)
    program = f"from makers import {', '.join(names)}\n\nprint({{{table}}}[input('who? ')](input('what? ')))\n"
    (tmp_path / "main.py").write_text(program)
    usages = run(Request(Project(tmp_path), Terms("2026-01-01"), means=Means(provenance=False)), Unwatched()).usages
    told = {place.path for usage in usages for place in (usage.location, *usage.trace)}
    assert told == {"main.py", *(f"makers/{name}.py" for name in names)}
    assert {usage.pattern for usage in usages} == {"ordinary-use"}
    aside = [usage for usage in usages if usage.location.path != "main.py"]
    assert aside and all([e.kind for e in usage.evidence] == ["told-elsewhere"] for usage in aside)
