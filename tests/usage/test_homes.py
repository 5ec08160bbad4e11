"""Functions that run one of their own through what many share keep what is theirs."""

from __future__ import annotations

from pathlib import Path

from tosguard.engine.request import Means, Project, Request, Terms, Unwatched
from tosguard.engine.run import run

#: More users of one cache than the solver tells apart.
USERS = 24

SHARED = """
import time


def timed(compute):
    def run():
        started = time.time()
        response = compute()
        response["seconds"] = time.time() - started
        return response

    return run


class Cache:
    def __init__(self):
        self.stored = {}

    def get(self, request, compute):
        response = self.stored.get(request)
        if response is None:
            response = compute()
            self.stored[request] = response
        return response
"""

USER = """

class Client{number}:
    def __init__(self):
        self.cache = Cache()
        self.client = {client}

    def make_request(self, request):
        messages = [{{"role": "user", "content": request["prompt"]}}]
        texts = []
        for number in range(request["completions"]):

            def do_it():
                return {{"output": self.client.{method}(model=request["model"], messages=messages)}}

            response = self.cache.get((request["prompt"], number), timed(do_it))
            if response["output"] == request["prompt"]:
                continue
            texts.append(response["output"])
            print(request["model"], response["seconds"])
        return texts
"""

MAKERS = (
    ("openai", "openai.OpenAI()", "chat.completions.create"),
    ("anthropic", "anthropic.Anthropic()", "messages.create"),
    ("mistral", "mistralai.Mistral()", "chat.complete"),
)


def test_answers_that_pass_one_cache_stay_with_the_function_that_asked(tmp_path: Path) -> None:
    users = (MAKERS[number % len(MAKERS)] for number in range(USERS))
    code = (USER.format(number=i, client=client, method=method) for i, (_, client, method) in enumerate(users))
    imports = "import anthropic\nimport mistralai\nimport openai\nfrom shared import Cache, timed\n"
    (tmp_path / "shared.py").write_text(SHARED)
    (tmp_path / "clients.py").write_text(imports + "".join(code))
    usages = run(Request(Project(tmp_path), Terms("2026-01-01"), means=Means(provenance=False)), Unwatched()).usages
    asked = {u.providers for u in usages}
    assert asked == {(provider,) for provider, _, _ in MAKERS}
    assert {u.location.path for u in usages} == {"clients.py"}
