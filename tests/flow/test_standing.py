"""Methods that nobody is seen to call meet the clients that instances of their class were given."""

from __future__ import annotations

import pytest

from tests.flow.flows import solved

CLIENT = """\
from functools import lru_cache
from typing import Annotated

from fastapi import Depends, FastAPI
from openai import AsyncOpenAI


class Client:
    def __init__(self, settings):
        self.name = "plain"
        self._client = AsyncOpenAI(api_key=settings.token)

    async def ask(self, messages):
        return await self._client.chat.completions.create(model="gpt-4o", messages=messages)


class Official(Client):
    def __init__(self, settings):
        super().__init__(settings)


class Service:
    def __init__(self, client):
        self._client = client

    async def answer(self, messages):
        return await self._client.ask(messages)


@lru_cache
def service() -> Service:
    return Service(Official(object()))


"""

SEEN = {
    "made at the top of a file": "client = Client(object())\n",
    "made by a class that derives from it": "CLIENTS = {'official': Official}\n",
    "handed to another that nobody asks": "found = service()\n",
    "named in an annotation": "async def handler(served: Service):\n    return await served.answer([])\n",
}

GIVEN = {
    "a default": "async def handler(served=Depends(service)):\n    return await served.answer([])\n",
    "an annotation": "async def handler(served: Annotated[Service, Depends(service)]):\n"
    "    return await served.answer([])\n",
    "a named annotation": "Given = Annotated[Service, Depends(service)]\n\n\n"
    "async def handler(served: Given):\n    return await served.answer([])\n",
}


@pytest.mark.parametrize("further", SEEN.values(), ids=SEEN)
def test_a_client_that_the_constructor_left_is_asked(further: str) -> None:
    asked = [c for c in solved(CLIENT + further).calls if c.entry.role == "generate" and c.place.path == "main.py"]
    assert {(c.symbol, c.place.line) for c in asked} == {("openai.OpenAI().chat.completions.create", 14)}


@pytest.mark.parametrize("further", GIVEN.values(), ids=GIVEN)
def test_what_a_framework_provides_is_called(further: str) -> None:
    asked = [c for c in solved(CLIENT + further).calls if c.entry.role == "generate"]
    assert any("handler" in {place.scope for place in c.callers} for c in asked)


def test_texts_stay_with_the_instance_that_has_them() -> None:
    solution = solved(
        "class Named:\n    def __init__(self, name):\n        self.name = name\n\n"
        "    def shown(self):\n        print(self.name)\n\n\nNamed('one')\n"
    )
    (printed,) = [c for c in solution.calls if c.entry.role == "log"]
    assert "data" not in printed.arguments or not printed.arguments["data"].constants


def test_a_method_that_nobody_calls_meets_the_address_that_its_instance_was_set_to() -> None:
    solution = solved(
        "from dataclasses import dataclass\n\n\n@dataclass\nclass Settings:\n    where: str\n    title: str\n\n\n"
        "class Door:\n    def __init__(self, settings, near):\n        self.settings = settings\n"
        "        self.near = near\n\n"
        "    def shown(self):\n        print(self.settings.where, self.near)\n\n\n"
        "Door(Settings('https://far.example', 'x'), 'https://near.example')\n"
    )
    (printed,) = [c for c in solution.calls if c.entry.role == "log"]
    assert {"https://far.example", "https://near.example"} <= set(printed.arguments["data"].constants)
