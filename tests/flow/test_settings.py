"""What code assigns to the module of a library holds for the program that does it, not for the project."""

from __future__ import annotations

from tests.flow.flows import catalogue
from tosguard.flow.facts import CallFact
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import solve
from tosguard.syntax.lowering import lower

CALL = 'openai.ChatCompletion.create(model="gpt-4", messages=[])\n'


def calls(**files: str) -> dict[str, CallFact]:
    """The calls of a model by file, ``folder__name`` for ``folder/name.py``."""
    sources = [SourceModule(f"{n.replace('__', '/')}.py", lower(t)) for n, t in sorted(files.items())]
    solution = solve(sources, catalogue())
    return {c.place.path: c for c in solution.calls if c.entry.role == "generate"}


def given(call: CallFact) -> set[object]:
    """What is said of the provider at a call, ``None`` where the default may hold."""
    return set(call.arguments["provider"].constants) if "provider" in call.arguments else set()


def test_a_setting_reaches_the_calls_of_its_own_file() -> None:
    found = calls(one="import openai\nopenai.api_type = 'azure'\n" + CALL)
    assert given(found["one.py"]) == {"azure"}


def test_two_scripts_do_not_share_a_setting() -> None:
    found = calls(one="import openai\nopenai.api_type = 'azure'\n" + CALL, two="import openai\n" + CALL)
    assert given(found["one.py"]) == {"azure"}
    assert given(found["two.py"]) == set()


def test_a_setting_reaches_what_its_script_imports_and_what_imports_it() -> None:
    helper = "import openai\ndef ask():\n    return " + CALL
    script = "import openai\nfrom tools import helper\nopenai.api_type = 'azure'\nhelper.ask()\n"
    assert given(calls(tools__helper=helper, script=script)["tools/helper.py"]) == {"azure"}
    setup = "import openai\nopenai.api_type = 'azure'\n"
    assert given(calls(setup=setup, main="import setup\nimport openai\n" + CALL)["main.py"]) == {"azure"}


def test_what_a_function_sets_for_its_own_call_stays_there() -> None:
    found = calls(
        one="import openai\n\n"
        "def azure():\n    openai.api_type = 'azure'\n    return openai.Completion.create(engine='x', prompt='y')\n\n"
        "def plain():\n    return " + CALL + "\nazure()\nplain()\n"
    )
    assert given(found["one.py"]) == set()


def test_a_setup_function_sets_for_all() -> None:
    found = calls(one="import openai\ndef setup():\n    openai.api_type = 'azure'\nsetup()\n" + CALL)
    assert given(found["one.py"]) == {"azure"}


def test_a_setting_in_a_branch_leaves_the_default_possible() -> None:
    found = calls(one="import openai, sys\nif sys.argv[1]:\n    openai.api_type = 'azure'\n" + CALL)
    assert given(found["one.py"]) == {"azure", None}


def test_a_client_of_its_own_does_not_ask_the_module() -> None:
    code = "import openai\nopenai.base_url = 'http://localhost:8000'\nclient = openai.OpenAI()\n"
    found = calls(one=code + 'client.chat.completions.create(model="gpt-4o", messages=[])\n')
    assert "base_url" not in found["one.py"].arguments
