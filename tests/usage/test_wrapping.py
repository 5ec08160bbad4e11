"""A wrapper's calls stand under the route of the client that it was given, or that its program set."""

from __future__ import annotations

import pytest

from tests.usage.building import catalogue
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import solve
from tosguard.syntax.lowering import lower
from tosguard.usage.classify import classify


def routes(program: str) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    usages = classify(solve([SourceModule("app.py", lower(program))], catalogue()), catalogue())
    return {(u.providers, u.models) for u in usages}


CHAIN = "from langchain.chains import LLMChain\nfrom langchain_openai import ChatOpenAI\n"
OWN_HOST = """
llm = ChatOpenAI(model="m", base_url="https://api.deepseek.com")
LLMChain(llm=llm).run(input())
"""
SET = """
import dspy
dspy.configure(lm=dspy.LM("anthropic/claude-3"))
dspy.Predict("q -> a")(q=input())
"""
DEPLOYMENTS = """
from litellm import Router
router = Router(model_list=[{"model_name": "a", "litellm_params": {"model": "azure/gpt-4"}}])
router.completion(model="a", messages=[])
"""
CONFIGURATION = """
import autogen
agent = autogen.AssistantAgent("a", llm_config={"config_list": [{"model": "gpt-4", "api_key": "k"}]})
agent.generate_reply(messages=[])
"""
SEVERAL = """
from langchain_anthropic import ChatAnthropic

def ask_one():
    return LLMChain(llm=ChatOpenAI(model="gpt-4")).run("x")

def ask_other():
    return LLMChain(llm=ChatAnthropic(model="claude-2")).run("x")

ask_one(), ask_other()
"""


@pytest.mark.parametrize(
    ("program", "route", "model"),
    [
        (CHAIN + 'LLMChain(llm=ChatOpenAI(model="gpt-4"), prompt="p").run(input())', "openai", "gpt-4"),
        (CHAIN + OWN_HOST, "deepseek", "m"),
        (CHAIN + 'llm = ChatOpenAI(model="gpt-4")\nllm(input())', "openai", "gpt-4"),
        (SET, "anthropic", "anthropic/claude-3"),
        (DEPLOYMENTS, "azure-openai", "azure/gpt-4"),
        (CONFIGURATION, "openai", "gpt-4"),
    ],
    ids=["given", "given with a host", "called itself", "set for the program", "deployments", "configuration"],
)
def test_a_wrapper_takes_the_route_of_its_client(program: str, route: str, model: str) -> None:
    assert ((route,), (model,)) in routes(program)


def test_of_several_clients_the_one_of_the_same_function_counts() -> None:
    assert routes(CHAIN + SEVERAL) == {(("openai",), ("gpt-4",)), (("anthropic",), ("claude-2",))}


def test_a_wrapper_that_holds_nothing_known_stays_unknown() -> None:
    program = "from langchain.chains import LLMChain\nimport mine\nLLMChain(llm=mine.llm()).run(input())"
    assert routes(program) == {(("unknown",), ())}
