"""What a site is in its project: a library's offer to its importer, a test, an own server, an unmodelled call."""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.flow.facts import CallFact, is_test
from tosguard.usage.evidence import MEDIUM, WEAK, Clue
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.view import SIDE_ROLES
from tosguard.usage.sites.sites import PURPOSE_ROLES, Site
from tosguard.usage.sites.testing import asserts
from tosguard.usage.telling.unmodelled import said

#: The field of a request that holds a conversation.
CHAT_FIELD = "messages"

#: Libraries whose objects stand in for others in tests.
STAND_INS = ("unittest.mock", "mock", "pytest_mock", "respx", "responses", "vcr", "requests_mock", "pytest_httpx")


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about the role of one site."""
    calls = context.calls(site)
    for call in calls:
        if call.unmodelled:
            yield Clue("unmodelled", said(call), site.place, WEAK)
    if site.role in SIDE_ROLES and not any(_may_be_chat(call) for call in calls):
        yield Clue("inference-kind", f"the call is of the kind {site.role}", site.place, MEDIUM)
    if context.route(site).local:
        yield Clue("self-hosted", "the model runs on an own server", site.place, MEDIUM)
    if in_test(site):
        collected = asserts(site.place)
        yield Clue("test-code", "the call stands in a test", site.place, MEDIUM if collected else WEAK)
        own = collected or site.chain[0].path == site.place.path
        if own and _has_stand_ins(site, context):
            yield Clue(
                "stand-in", "the test puts stand-ins in the place of what it tests", site.place, MEDIUM, against=True
            )
    if _only_offered(site, context):
        yield Clue("library", "the code only offers the call to its importer", site.place, MEDIUM)


def _may_be_chat(call: CallFact) -> bool:
    """Whether the body of a request is a row of data that holds messages: its address is then but one of several."""
    body = call.arguments.get("body")
    return body is not None and bool(body.all_origins()) and any(name == CHAT_FIELD for name, _ in body.keys)


def _only_offered(site: Site, context: Context) -> bool:
    """Whether nothing in the project calls the function, and the function does nothing with the value but return it."""
    if not site.place.scope:
        return False
    function = site.functions[-1] if site.functions else ""
    if context.view.callers_of.get(function):
        return False
    return not any(context.view.call(f.sink).entry.role in PURPOSE_ROLES for f in context.flows(site))


def _has_stand_ins(site: Site, context: Context) -> bool:
    """Whether a test's file imports a library of stand-ins: what it calls need not ask any model."""
    module = context.view.modules.get(site.place.path)
    imports = module.imports if module is not None else ()
    return any(name == library or name.startswith(f"{library}.") for name in imports for library in STAND_INS)


def in_test(site: Site) -> bool:
    """Whether a site stands in a test of the code, by the names of its file and folder."""
    return is_test(site.place.path)
