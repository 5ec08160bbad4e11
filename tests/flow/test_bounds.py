"""The bound on the work of a solution: it bites where calls are entangled, says so, and lets real chains through."""

from __future__ import annotations

import pytest

from tosguard.catalog.loader import load
from tosguard.flow.facts import Solution
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import solve
from tosguard.flow.solver import machine as machine_module
from tosguard.syntax.lowering import lower

CUT_SHORT = "too entangled"


def entangled(functions: int, calls: int) -> str:
    """Functions that call each other, store everything they get in one dict and hand that on."""
    lines = ["import json", "import openai", "client = openai.OpenAI()", "store = {}"]
    for i in range(functions):
        ask = f'client.chat.completions.create(model="m", messages=[{{"role": "user", "content": f"{{a}} {{b}} {i}"}}])'
        lines += [
            f"def f{i}(a, b, *rest, **more):",
            f'    store["k{i}"] = {ask}',
            f'    store[a] = {{"x": b, "y{i}": more, "z": rest, "all": store}}',
            "    for key, value in store.items():",
            "        for other in value:",
            f'            b = f"{{b}} {{other}} {i}"',
        ]
        for j in range(calls):
            other = (i + j * 7 + 1) % functions
            lines.append(f'            store[b] = f{other}(store["k{j}"], b, a, *rest, k{j}=store, **more)')
        lines.append("    return store")
    return "\n".join([*lines, 'json.dump(f0("a", "b"), open("out.json", "w"))', ""])


def solved(text: str) -> Solution:
    """The solution of one file."""
    return solve([SourceModule("program.py", lower(text))], load())


def test_entangled_calls_end_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    machines = []
    original = machine_module.Machine.__init__

    def remember(self: machine_module.Machine, *given: object) -> None:
        original(self, *given)  # type: ignore[arg-type]
        machines.append(self)

    monkeypatch.setattr(machine_module, "BASE_STEPS", 2_000)
    monkeypatch.setattr(machine_module.Machine, "__init__", remember)
    solution = solved(entangled(200, 10))
    assert any(CUT_SHORT in notice for notice in solution.notices)
    (machine,) = machines
    assert machine.budget < machine.steps < 2 * machine.budget
    assert len(machine.entered) == 200, "every function is evaluated once all the same"


def test_a_chain_of_helpers_is_not_cut_short() -> None:
    lines = ["import json", "import openai", "def f0(text):"]
    ask = 'openai.OpenAI().chat.completions.create(model="m", messages=[{"role": "user", "content": text}])'
    lines.append(f"    return {ask}.choices[0].message.content")
    for i in range(1, 60):
        lines += [f"def f{i}(text):", f"    return f{i - 1}(text)"]
    lines.append('json.dump({"output": f59("a")}, open("out.json", "w"))')
    solution = solved("\n".join([*lines, ""]))
    assert not solution.notices
    assert [flow.argument for flow in solution.flows if solution.calls[flow.sink].symbol == "json.dump"] == ["data"]


def test_arguments_that_grow_in_a_loop_leave_room_for_other_callers() -> None:
    lines = ["import json", "import openai", "def ask(history):"]
    ask = 'openai.OpenAI().chat.completions.create(model="m", messages=history)'
    lines += [f"    return {ask}.choices[0].message.content", "past = None"]
    lines += ["for turn in range(9):", '    past = [past, ask(past), str(turn), {"turn": past}]']
    lines += ['json.dump(ask("other"), open("other.json", "w"))', ""]
    solution = solved("\n".join(lines))
    dumps = [flow for flow in solution.flows if solution.calls[flow.sink].symbol == "json.dump"]
    outer = {solution.origins[flow.origin].outer.line for flow in dumps}
    assert outer == {8}, "what the loop asked for is not what the last line asked for"


def test_text_that_grows_in_a_loop_keeps_its_pieces() -> None:
    text = """
import openai

prompt = "Start here."
for name in open("names.txt"):
    prompt += f" Rate {name}."
    prompt += " Be strict."
openai.OpenAI().chat.completions.create(model="m", messages=prompt)
"""
    solution = solved(text)
    (call,) = [c for c in solution.calls if c.symbol.endswith("completions.create")]
    said = ["".join(part or "" for part in t.parts) for t in call.arguments["input"].templates]
    assert any(piece.startswith("Start here.") for piece in said)
    assert any("Rate" in piece for piece in said)
    assert any("Be strict." in piece for piece in said)
    assert len(said) < 8


RETRIED = """\
import json
from openai import OpenAI

client = OpenAI()

def ask(text, attempt=0):
    try:
        answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": text}])
    except Exception:
        answer = ask(text, attempt + 1)
    return answer

with open("out.jsonl", "w") as out:
    for line in open("in.txt"):
        json.dump({"text": ask(line)}, out)
"""


def test_a_helper_that_calls_itself_to_try_again_goes_round_in_one_context() -> None:
    solution = solved(RETRIED)
    asked = [c for c in solution.calls if c.entry.role == "generate"]
    assert 1 <= len(asked) <= 8
    assert any(f.keys == ("text",) and solution.calls[f.sink].symbol == "json.dump" for f in solution.flows)
    assert not solution.notices
