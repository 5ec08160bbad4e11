"""The route follows the client, the vendor the model."""

from __future__ import annotations

import pytest

from tests.usage.building import Project, at, catalogue, text
from tosguard.catalog.model import Entry
from tosguard.flow.facts import Value
from tosguard.usage.classify import build_context
from tosguard.usage.reading.providers import Route

CHAT = "openai.OpenAI().chat.completions.create"


def route(project: Project, call: int) -> Route:
    context = build_context(project.solution(), catalogue())
    return context.routes.of(context.view.call(call))


def through(url: Value | None, model: str) -> Route:
    project = Project()
    arguments = {"base_url": url} if url is not None else {}
    client = project.call("openai.OpenAI", at("a.py", 1), arguments=arguments)
    return route(project, project.call(CHAT, at("a.py", 2), arguments={"model": text(model)}, receiver=client))


@pytest.mark.parametrize(
    ("url", "model", "providers", "vendors"),
    [
        (None, "gpt-4o", ("openai",), ("openai",)),
        ("https://openrouter.ai/api/v1", "anthropic/claude-3.5-sonnet", ("openrouter",), ("anthropic",)),
        ("https://api.deepseek.com", "deepseek-chat", ("deepseek",), ("deepseek",)),
        ("http://localhost:8000/v1", "my-model", ("self-hosted",), ()),
        ("http://ollama:11434/v1", "my-model", ("self-hosted",), ()),
        ("https://llm.example.org/v1", "my-model", ("unknown",), ()),
    ],
)
def test_the_base_url_decides_the_route(
    url: str | None, model: str, providers: tuple[str, ...], vendors: tuple[str, ...]
) -> None:
    found = through(text(url) if url else None, model)
    assert (found.providers, found.vendors) == (providers, vendors)


def test_a_base_url_of_none_is_the_default() -> None:
    assert through(Value(constants=(None,)), "gpt-4o").providers == ("openai",)


def test_a_base_url_from_the_environment_is_known_by_its_variable() -> None:
    project = Project()
    entry = Entry("os.getenv", "environment", "stdlib", "library")
    read = project.call("os.getenv", at("a.py", 1), entry=entry, arguments={"name": text("OPENROUTER_API_KEY")})
    origin = project.born(read)
    client = project.call("openai.OpenAI", at("a.py", 2), arguments={"base_url": Value(origins=(origin,))})
    call = project.call(CHAT, at("a.py", 3), receiver=client)
    assert route(project, call).providers == ("openrouter",)


@pytest.mark.parametrize(
    ("urls", "providers"),
    [
        (("https://api.moonshot.cn/v1",), ("moonshot",)),
        (("https://api.moonshot.cn/v1", "https://api.deepseek.com"), ("openai",)),
    ],
)
def test_the_one_client_known_for_a_place_is_asked_where_a_context_shows_none(
    urls: tuple[str, ...], providers: tuple[str, ...]
) -> None:
    project = Project()
    for line, url in enumerate(urls, 1):
        client = project.call("openai.OpenAI", at("a.py", line), arguments={"base_url": text(url)})
        project.call(CHAT, at("a.py", 9), receiver=client, callers=(at("b.py", line),))
    assert route(project, project.call(CHAT, at("a.py", 9), callers=(at("c.py", 1),))).providers == providers


def test_azure_clients_are_their_own_route() -> None:
    project = Project()
    client = project.call("openai.AzureOpenAI", at("a.py", 1))
    call = project.call(CHAT, at("a.py", 2), arguments={"model": text("gpt-4o")}, receiver=client)
    assert route(project, call).providers == ("azure-openai",)


def test_a_flag_of_the_old_sdk_names_the_route() -> None:
    project = Project()
    call = project.call("openai.ChatCompletion.create", at("a.py", 3), arguments={"provider": text("azure")})
    assert route(project, call).providers == ("azure-openai",)


def test_a_base_url_that_may_be_none_leaves_the_sdks_own_route_possible() -> None:
    url = Value(constants=("http://localhost:8000/v1", None))
    assert through(url, "gpt-4o").providers == ("self-hosted", "openai")


def test_a_list_of_several_vendors_models_leaves_each_client_its_own() -> None:
    project = Project()
    listed = text("gpt-4o", "claude-3-5-sonnet-latest")
    asked = project.call("anthropic.Anthropic().messages.create", at("a.py", 2), arguments={"model": listed})
    assert route(project, asked).models == ("claude-3-5-sonnet-latest",)
    assert route(project, asked).vendors == ("anthropic",)


def test_a_client_to_another_host_may_serve_any_model() -> None:
    assert through(Value(origins=()), "claude-3-5-sonnet-latest").vendors == ("anthropic",)


def test_a_cloud_that_names_the_vendor_in_the_id_serves_its_model() -> None:
    project = Project()
    model = text("anthropic.claude-3-haiku-20240307-v1:0")
    asked = project.call("boto3.client(bedrock-runtime).converse", at("a.py", 2), arguments={"model": model})
    assert route(project, asked).vendors == ("anthropic",)


def test_a_wrapper_takes_each_model_id_its_own_way() -> None:
    project = Project()
    ids = Value(constants=("gpt-4o", "gemini/gemini-1.5-pro", "claude-3-5-sonnet-20240620"))
    found = route(project, project.call("litellm.completion", at("a.py", 1), arguments={"model": ids}))
    assert set(found.providers) == {"openai", "google-gemini", "anthropic"}
    assert len(found.models) == 3


def test_text_beside_a_client_that_is_handed_over_as_the_model_names_no_model() -> None:
    project = Project()
    client = project.call("langchain_openai.ChatOpenAI", at("a.py", 1), arguments={"model": text("gpt-4o")})
    handed = Value(constants=("history",), symbols=("langchain_openai.ChatOpenAI()",))
    symbol = "langchain.chains.LLMChain().predict"
    asked = project.call(symbol, at("a.py", 2), arguments={"model": handed}, receiver=client)
    assert route(project, asked).models == ("gpt-4o",)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (("gpt-4o", "n_ctx", "seed"), ("gpt-4o",)),
        (("gpt-4o", "http://localhost:11434/v1"), ("gpt-4o",)),
        (("my_deployment", "spare"), ("my_deployment", "spare")),  # names of one's own, where none is known
    ],
)
def test_what_is_handed_about_beside_a_known_model_is_no_model(written: tuple[str, ...], told: tuple[str, ...]) -> None:
    project = Project()
    asked = project.call("openai.OpenAI().chat.completions.create", at("a.py", 2), arguments={"model": text(*written)})
    assert sorted(route(project, asked).models) == sorted(told)
