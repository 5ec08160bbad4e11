"""What the catalogue only half knows is listed as such: unknown methods of clients, unknown paths of hosts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tosguard.engine.request import Means, Project, Request, Terms, Unwatched
from tosguard.engine.run import run
from tosguard.report.inventory import inventory
from tosguard.report.inventory_formats import render_text
from tosguard.report.model import Report


def report(root: Path, code: str) -> Report:
    (root / "app.py").write_text(code)
    return run(Request(Project(root), Terms("2026-01-01"), means=Means(provenance=False)), Unwatched())


@pytest.mark.parametrize(
    ("code", "route", "says"),
    [
        ("import openai\nopenai.OpenAI().oracles.ask(q=1)", "openai", "openai.OpenAI().oracles.ask"),
        ("import anthropic\nanthropic.Anthropic().muse(1)", "anthropic", "anthropic.Anthropic().muse"),
        ("import requests\nrequests.post('https://api.openai.com/v1/oracles')", "openai", "api.openai.com/v1/oracles"),
        ("import httpx\nhttpx.Client().post('https://api.mistral.ai/v9/x')", "mistral", "api.mistral.ai/v9/x"),
    ],
    ids=["method", "method of the client itself", "path", "path by another library"],
)
def test_an_audit_lists_what_a_provider_is_asked_in_a_way_nobody_knows(
    tmp_path: Path, code: str, route: str, says: str
) -> None:
    found = report(tmp_path, code)
    (usage,) = found.usages
    assert (usage.pattern, usage.providers, usage.location.line) == ("ordinary-use", (route,), 2)
    assert [e.kind for e in usage.evidence if says in e.message] == ["unmodelled"]
    assert not found.findings
    item = next(i for i in inventory(found).section("provider") if i.id == route)
    assert dict(item.patterns)["unmodelled"] == 1
    assert "not modelled 1" in render_text(found)


@pytest.mark.parametrize(
    ("code", "section", "id_"),
    [
        ("import requests\nrequests.get('https://api.x.com/9/oracles')", "platform", "x"),
        ("from slack_sdk import WebClient\nWebClient('t').oracles_ask()", "platform", "slack"),
        ("import requests\nrequests.get('https://slack.com/api/oracles.ask')", "platform", "slack"),
    ],
    ids=["path of a platform", "method of a platform's client", "web API of a platform"],
)
def test_an_inventory_lists_unknown_calls_of_platforms(tmp_path: Path, code: str, section: str, id_: str) -> None:
    found = report(tmp_path, code)
    item = next(i for i in inventory(found).section(section) if i.id == id_)
    assert dict(item.patterns)["unmodelled"] == 1


@pytest.mark.parametrize(
    "code",
    [
        "import openai\nopenai.OpenAI().models.list()",
        "import requests\nrequests.get('https://example.org/v1/oracles')",
        "import requests\nrequests.get('http://localhost:8000/oracles')",
        "import anthropic\nanthropic.Anthropic().messages.create(model='claude-2', messages=[]).model_dump()",
        "import hashlib\nimport openai\nprint(hashlib.sha256(openai.OpenAI().api_key.encode()).hexdigest())",
        "import anthropic, openai\nclient = openai.OpenAI() if input() else anthropic.Anthropic()\n"
        "client.chat.completions.create(model='gpt-4', messages=[])",
    ],
    ids=[
        "administration",
        "unknown host",
        "own host",
        "a method of an answer",
        "text of a client",
        "one client of several",
    ],
)
def test_what_is_known_or_nobodys_is_not_listed_so(tmp_path: Path, code: str) -> None:
    found = report(tmp_path, code)
    assert all("unmodelled" not in dict(item.patterns) for item in inventory(found).items)


def test_what_is_done_with_the_result_of_an_unknown_call_is_not_listed(tmp_path: Path) -> None:
    found = report(tmp_path, "import openai\nopenai.OpenAI().oracles.ask(q=1).text.strip().lower()")
    (usage,) = found.usages
    assert len(usage.evidence) == 1
