"""Libraries by the names of their distributions."""

from __future__ import annotations

import pytest

from tosguard.catalog.loader import load
from tosguard.engine.sdks import distribution_of, name_sdks
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import solve
from tosguard.syntax.lowering import lower
from tosguard.usage.classify import classify

HELPER = """import openai

client = openai.OpenAI()


def ask(prompt):
    return client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}])
"""
SCRIPT = """from helper import ask

for line in open("tasks.txt"):
    print(ask(line))
"""


@pytest.mark.parametrize(
    ("symbol", "packages", "expected"),
    [
        pytest.param("google.genai.Client()", ("google-genai",), "google-genai", id="dots are dashes"),
        pytest.param(
            "langchain_openai.ChatOpenAI", ("langchain", "langchain-openai"), "langchain-openai", id="longest"
        ),
        pytest.param("agents.Agent", ("openai-agents", "crewai"), "openai-agents", id="a module called otherwise"),
        pytest.param("swarm.Swarm", ("openai-agents", "crewai"), "swarm", id="the module where nothing is spelt"),
        pytest.param("volcengine.Ark()", ("volcengine-python-sdk",), "volcengine-python-sdk", id="the only one"),
        pytest.param(
            "boto3.client(bedrock-runtime).converse", ("boto3", "aioboto3"), "boto3", id="a factory's constant"
        ),
    ],
)
def test_a_symbol_leads_to_its_distribution(symbol: str, packages: tuple[str, ...], expected: str) -> None:
    assert distribution_of(symbol, packages, {"agents": "openai-agents"}) == expected


def test_a_use_through_a_helper_names_the_library_the_helper_calls() -> None:
    catalogue = load()
    modules = [SourceModule("helper.py", lower(HELPER)), SourceModule("script.py", lower(SCRIPT))]
    solution = solve(modules, catalogue)
    usages = name_sdks(classify(solution, catalogue), solution, catalogue)
    assert [(usage.location.path, usage.attribute("sdk")) for usage in usages] == [("script.py", ("openai",))]


def test_the_way_that_a_file_takes_into_a_library_names_it() -> None:
    catalogue = load()
    program = 'from langchain.chat_models import ChatOpenAI\n\nprint(ChatOpenAI(model_name="gpt-4").predict("Hi"))\n'
    solution = solve([SourceModule("a.py", lower(program))], catalogue)
    usages = name_sdks(classify(solution, catalogue), solution, catalogue)
    assert [usage.attribute("sdk") for usage in usages] == [("langchain",)]
