"""A server passes a provider's API on where the inbound request is what is sent, not something in it."""

from __future__ import annotations

import pytest

from tests.usage.building import Project, at, catalogue, record, text
from tosguard.flow.facts import Value
from tosguard.usage.classify import classify

URL = "https://api.openai.com/v1/chat/completions"


@pytest.mark.parametrize("whole", [True, False], ids=["a body that is passed on", "a message that a body holds"])
def test_only_an_inbound_request_as_it_is_is_passed_on(whole: bool) -> None:
    project = Project()
    inbound = project.asked("fastapi.FastAPI().post", at("app.py", 3, "chat"))
    sent = Value(origins=(inbound,))
    body = sent if whole else record(model=text("gpt-4o-mini"), messages=sent)
    asked = project.call("requests.post", at("app.py", 5, "chat"), arguments={"url": text(URL), "body": body})
    project.born(asked)
    project.reaches(inbound, asked, argument="body")
    found = {u.pattern for u in classify(project.solution(), catalogue())}
    assert found == ({"resale-proxy"} if whole else {"ordinary-use"})
